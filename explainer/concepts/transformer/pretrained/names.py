"""How a file's weights are called here: left the name in model.safetensors, right our module's.

{n} counts the layers; each line stands for a weight and, where there is one, its bias.
"""

from __future__ import annotations

BERT = {
    "embeddings.word_embeddings": "tokens",
    "embeddings.position_embeddings": "positions",
    "embeddings.token_type_embeddings": "segments",
    "embeddings.LayerNorm": "norm",
    "encoder.layer.{n}.attention.self.query": "layers.{n}.attention.w_q",
    "encoder.layer.{n}.attention.self.key": "layers.{n}.attention.w_k",
    "encoder.layer.{n}.attention.self.value": "layers.{n}.attention.w_v",
    "encoder.layer.{n}.attention.output.dense": "layers.{n}.attention.w_o",
    "encoder.layer.{n}.attention.output.LayerNorm": "layers.{n}.norm1",
    "encoder.layer.{n}.intermediate.dense": "layers.{n}.feed_forward.w_1",
    "encoder.layer.{n}.output.dense": "layers.{n}.feed_forward.w_2",
    "encoder.layer.{n}.output.LayerNorm": "layers.{n}.norm2",
}

GPT2 = {
    "wte": "tokens",
    "wpe": "positions",
    "h.{n}.ln_1": "layers.{n}.norm1",
    "h.{n}.attn.c_attn": "layers.{n}.attention.w_qkv",
    "h.{n}.attn.c_proj": "layers.{n}.attention.w_o",
    "h.{n}.ln_2": "layers.{n}.norm2",
    "h.{n}.mlp.c_fc": "layers.{n}.feed_forward.w_1",
    "h.{n}.mlp.c_proj": "layers.{n}.feed_forward.w_2",
    "ln_f": "norm",
}
# GPT-2's file holds these weights as (in, out); nn.Linear wants (out, in).
TURNED = ("attention.w_qkv", "attention.w_o", "feed_forward.w_1", "feed_forward.w_2")

NAMES = {"bert": BERT, "gpt2": GPT2}
