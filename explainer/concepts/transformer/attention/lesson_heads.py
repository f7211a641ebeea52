"""What is said about heads: what they look at, what they should, and what breaks without them."""

from __future__ import annotations

from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.lesson import Step, Text

_FORWARD = "explainer.concepts.transformer.multihead:MultiHeadAttention.forward"

# Cut from its verb, this homonym flips in the shipped model; most others find another way.
CHESTNUTS = "토끼가 밤을 먹고 있었다"

# Nearly every relation in one short sentence.
PEARS = "소녀가 자기 배를 먹고 있었다"

STEPS: tuple[Step, ...] = (
    Step(
        key="heads",
        title=Text("Several heads, several views", "여러 헤드, 여러 시선"),
        body=Text(
            "The small maps are all **heads** of both layers. Click one.\n\nArcs show one row: the"
            " **thicker**, the larger the weight. Point at another token.",
            "층마다 **헤드**가 여럿입니다. 작은 지도가 그 전부이니 하나를 눌러 보세요.\n\n호는 그"
            " 지도의 한 줄이고 **굵을수록** 가중치가 큽니다. 다른 토큰도 짚어 보세요.",
        ),
        notes=Text(
            "Let the class name what a head seems to do before the next step measures it."
            " Many heads look nowhere in particular, and the end token often gets what nobody"
            " needs. Everything is drawn from the trained model as it stands; train it on, or go"
            " back in"
            " its film, and the maps change.",
            "다음 단계에서 재기 전에, 어떤 헤드가 무엇을 하는 것 같은지 먼저 말해 보게 하세요."
            " 특별한 곳을"
            " 보지 않는 헤드도 많습니다. 모두 지금 모델에서 읽은 것이라, 더 학습하거나 필름을"
            " 되돌리면 지도가 바뀝니다.",
        ),
        covers=("transformer.multihead", "transformer.attention"),
        minutes=3,
        knobs={"picture": "heads", "sentence": EXAMPLES[1], "layer": 1},
        controls=("layer", "head", "truth"),
        training="shipped",
        code=_FORWARD,
        lines={
            "weights": "weights = masked.softmax(dim=-1)",
            "split": "q = self.split(self.w_q(x))",
            "arcs": "heads = weights @ v",
        },
    ),
    Step(
        key="relations",
        title=Text("Does it look where it should?", "봐야 할 곳을 볼까"),
        body=Text(
            "**Diamonds**: what the grammar needs. The table: how often a head finds it, beside"
            " **chance**.\n\nWhich relation does **no head** follow? Where is tense found?",
            "**마름모**는 문법에서 봐야 할 칸입니다. 표는 헤드가 그곳을 찾은 비율이고 옆은"
            " **우연**입니다.\n\n**어느 헤드도** 못 찾는 관계는 무엇인가요? 시제는 어디서 찾나요?",
        ),
        notes=Text(
            "Point at a number: the map turns to that head and relation. Chance is one over the"
            " number of tokens a row can see; in the decoder's own map only those written before."
            " There the true translation is fed in, and a row is called by the token it is about"
            " to write. A low score does not mean the model fails: it may bring the word over"
            " elsewhere. Attention is what was mixed, not an explanation.",
            "표의 수를 짚으면 지도가 그 헤드와 관계로 바뀝니다. 우연은 줄이 볼 수 있는 토큰 수분의"
            " 1이고, 디코더에서는 앞서 쓴 토큰만 셉니다. 디코더와 교차에는 정답 번역을 넣고, 줄"
            " 이름은 그 줄이 이제 쓸 토큰입니다. 점수가 낮아도 모델이 틀리는 것은 아닙니다. 다른"
            " 곳에서 가져올 수도 있습니다. 어텐션은 섞은 비율이지 설명이 아닙니다.",
        ),
        covers=("transformer.relations", "transformer.multihead"),
        minutes=3,
        knobs={"picture": "relations", "sentence": PEARS, "layer": 1, "truth": True},
        controls=("attention", "layer", "head"),
        training="shipped",
        code="explainer.concepts.transformer.measuring:score_sentences",
        lines={
            "weights": "weights = trace.attention[place].weights.cpu().numpy()",
            "hit": "hit = shares.argmax(axis=2) == keys[:, None]",
            "chance": "np.add.at(chance[place], relations, 1 / seen)",
        },
    ),
    Step(
        key="cut",
        title=Text("Cut the wire", "선을 끊어 보기"),
        body=Text(
            "밤 is cut from its verb. Four heads: **chestnuts** become the **night**. One head:"
            " they stay.\n\nClick a head of layer 1 off: when is it missed, one of **four** or the"
            " **only** one?",
            "‘밤’을 동사와 끊었습니다. 헤드가 넷이면 **먹는 밤**이 **캄캄한 밤**이 되고, 하나면"
            " 그대로입니다.\n\n1층 헤드를 꺼 보세요. **넷** 중 하나일 때와 **하나뿐**일 때, 언제"
            " 더 아쉬울까요?",
        ),
        notes=Text(
            "The step cuts ‘homonym’ in the encoder: −∞ in every head. In the shipped films 밤"
            " flips with four heads; most such sentences find another way, about 95 % of the words"
            " with four heads, 99 % with one. A silenced head passes on zeros: any one of four in"
            " layer 1 leaves at least 95 % of sentences right, the only one 54 %. Change the"
            " number of heads to see both. Cut tense everywhere: nothing else knows it. Which way"
            " a net finds depends on its training.",
            "이 단계는 인코더에서 ‘동음이의어’ 관계를 끊습니다. 모든 헤드에서 점수가 −∞가 됩니다."
            " 실린 필름에서 헤드가 넷이면 ‘밤’이 뒤집히지만, 그런 문장은 대부분 다른 길을"
            " 찾습니다. 그 낱말을 맞힌 비율은 넷일 때 95 %쯤, 하나일 때 99 %였습니다. 끈 헤드는"
            " 0만 건넵니다. 1층 헤드 넷 중 하나를 끄면 95 % 이상이 맞고, 하나뿐인 헤드를 끄면 54"
            " %만 맞습니다. 헤드 수를 바꾸어 둘 다 보세요. 시제를 모두 끊으면 알 길이 없습니다."
            " 어떤 길을 찾는지는 학습마다 다릅니다.",
        ),
        covers=("transformer.multihead", "transformer.relations", "transformer.position"),
        minutes=4,
        knobs={
            "picture": "cut",
            "sentence": CHESTNUTS,
            "layer": 1,
            "truth": True,
            "relation": "homonym",
        },
        controls=("relation", "ways", "heads", "positions"),
        training="shipped",
        code=_FORWARD,
        lines={
            "whole": "weights = masked.softmax(dim=-1)",
            "edges": "masked = masked.masked_fill(edges, -math.inf)",
            "said": "output: Tensor = self.w_o(self.merge(heads))",
        },
    ),
)
