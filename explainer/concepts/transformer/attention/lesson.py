"""What is said while the encoder reads a sentence."""

from __future__ import annotations

from explainer.concepts.transformer.attention.knobs import KNOBS as KNOBS
from explainer.concepts.transformer.attention.lesson_heads import STEPS as HEAD_STEPS
from explainer.lesson import Step, Text

_FORWARD = "explainer.concepts.transformer.multihead:MultiHeadAttention.forward"
_LINES = {
    "q": "q = self.split(self.w_q(x))",
    "k": "k = self.split(self.w_k(memory))",
    "v": "v = self.split(self.w_v(memory))",
    "scores": "scores = q @ k.transpose(-2, -1)",
    "sum": "scores = q @ k.transpose(-2, -1)",
}

STEPS: tuple[Step, ...] = (
    Step(
        key="tokens",
        title=Text("A sentence becomes tokens", "문장을 토큰으로"),
        body=Text(
            "The model reads no letters but **tokens**: numbered pieces of a list it knows. Click a"
            " row to split Korean otherwise: a model **trained on that split** reads it.\n\nThen"
            " type a word it cannot know: which split loses it whole?",
            "모델은 글자가 아니라 **토큰**을 읽습니다. 아는 조각마다 번호가 있습니다. 줄을 눌러"
            " 다르게 나누어 보세요. **그 단위로 학습한 모델**이 읽습니다.\n\n모를 만한 낱말도 써"
            " 보세요. 어느 단위가 통째로 놓칠까요?",
        ),
        notes=Text(
            "Lengths are counted over 1,000 sentences of the grammar, vocabularies over all that it"
            " can say. Each split has a film of its own; updates are read from it, one update is"
            " timed here. Letters make the text four times as long, and each of their many more"
            " updates takes longer. An unknown word costs written words the whole word with its"
            " particle; letters are all known, but nothing was learned about them in this order.",
            "길이는 문법이 만든 문장 1,000개에서 세었고, 어휘는 문법이 말할 수 있는 모든 것에서"
            " 세었습니다. 단위마다 필름이 따로 있습니다. 스텝 수는 거기서 읽고, 한 스텝의 시간은"
            " 여기서 잽니다. 자모는 글이 네 배쯤 길고, 스텝도 훨씬 많이 드는 데다 한 스텝도 오래"
            " 걸립니다. 모르는 낱말이 나오면 어절은 조사까지 통째로 놓칩니다. 자모는 다 아는"
            " 글자이지만 그렇게 이어진 말을 배운 적은 없습니다.",
        ),
        covers=("transformer.tokens",),
        minutes=3,
        knobs={"picture": "pieces"},
        controls=("unit",),
        training="shipped",
        code="explainer.concepts.transformer.tokens:tokenise",
        lines={"chips": 'chips.append(_chip(piece, place, "ko", '},
    ),
    Step(
        key="vectors",
        title=Text("Each token is a vector, each place too", "토큰도 벡터, 자리도 벡터"),
        body=Text(
            "A token has **64 learned numbers**, a place 64 fixed ones. The encoder gets their"
            " **sum**.\n\nPoint at a number. Do the four below really add up?",
            "토큰마다 **학습한 수 64개**, 자리마다 정해진 수 64개가 있습니다. 인코더는 둘의"
            " **합**을 받습니다.\n\n수 하나를 짚어 보세요. 아래의 넷이 정말로 더해지나요?",
        ),
        notes=Text(
            "All numbers are read from the running model. The token vectors are multiplied by"
            " the root of 64 before they are added, so that neither drowns the other. The same"
            " token"
            " in two places has the same left row and a different right one.",
            "모든 수는 돌아가는 모델에서 읽은 것입니다. 토큰 벡터에는 √64를 곱해 더하므로 어느 쪽도"
            " 묻히지 않습니다. 같은 토큰이 두 자리에 나오면 왼쪽 줄은 같고 오른쪽 줄은 다릅니다.",
        ),
        covers=("transformer.tokens", "transformer.position"),
        minutes=2,
        knobs={"picture": "vectors"},
        training="shipped",
        code="explainer.concepts.transformer.model:Transformer.embed",
        lines={
            "embedded": "embedded = table(tokens) * math.sqrt(D_MODEL)",
            "positions": "positions = self.positions[: tokens.shape[1]]",
            "sum": "x: Tensor = embedded + positions if cut.positions_on else embedded",
        },
    ),
    Step(
        key="positions",
        title=Text("Places as waves", "물결로 적은 자리"),
        body=Text(
            "Attention knows no order: each place gets its own mix of **waves**.\n\nSwitch"
            " positions **off**: this sentence may survive. Do 200 others?",
            "어텐션은 순서를 모르므로 자리마다 **물결**을 다르게 섞어 더합니다.\n\n위치를 **꺼**"
            " 보세요. 이 문장은 무사할 수도 있지만, 다른 200문장은 어떨까요?",
        ),
        notes=Text(
            "Even columns are sines, odd ones cosines, each pair slower than the one before; the"
            " card checks one number of the table by its formula. The bars compare the same trained"
            " model with and without positions, in the encoder and the decoder. A model trained"
            " without them from the start would be another experiment.",
            "짝수 열은 사인, 홀수 열은 코사인이고 쌍마다 점점 느려집니다. 카드는 표의 수 하나를"
            " 식으로"
            " 확인합니다. 막대는 같은 모델에서 위치를 더할 때와 뺄 때를 견준 것이고, 인코더와"
            " 디코더"
            " 모두에서 뺍니다. 처음부터 위치 없이 학습한 모델은 또 다른 실험입니다.",
        ),
        covers=("transformer.position",),
        minutes=3,
        knobs={"picture": "waves"},
        controls=("positions",),
        training="shipped",
        code="explainer.concepts.transformer.model:sinusoids",
        lines={
            "position": "position = torch.arange(length).unsqueeze(1)",
            "sine": "table[:, 0::2] = torch.sin(position * rate)",
            "cosine": "table[:, 1::2] = torch.cos(position * rate)",
        },
    ),
    Step(
        key="qkv",
        title=Text("Query, key, value", "쿼리, 키, 값"),
        body=Text(
            "Each token's vector becomes a **query** (what it asks), a **key** (how it is found)"
            " and a **value** (what it gives).\n\nAll tokens, all three, **at once**.",
            "토큰의 벡터를 셋으로 바꿉니다. **쿼리**는 찾는 것, **키**는 찾아지는 표지, **값**은"
            " 건네줄 내용입니다.\n\n모든 토큰의 셋을 **한꺼번에** 계산합니다.",
        ),
        notes=Text(
            "Three learned matrices do it, the same for every token; what they mean is a"
            " way to speak, the model was only asked to translate. What the layer reads has"
            " been layer-normalised. Point at a number: the card adds up its 64 products and the"
            " bias, and holds the sum against the tensor.",
            "학습한 행렬 셋이 하는 일이고, 모든 토큰에 같은 행렬을 씁니다. 찾는다, 건넨다는 말은"
            " 비유이고 모델은 번역만 배웠습니다. 층이 읽는 것은 층 정규화를 거친 벡터입니다. 수"
            " 하나를"
            " 짚으면 카드가 곱 64개와 편향을 더해 텐서와 견줍니다.",
        ),
        covers=("transformer.attention",),
        minutes=3,
        knobs={"picture": "projections"},
        controls=("layer", "head"),
        training="shipped",
        code=_FORWARD,
        lines={key: _LINES[key] for key in ("q", "k", "v")},
    ),
    Step(
        key="scores",
        title=Text("A question meets every answer", "쿼리 하나가 모든 키를 만나다"),
        body=Text(
            "Where a **query's row** meets a **key's column**, products of pairs add up to one"
            " **score**.\n\nPoint at any cell: which pair of numbers counts most?",
            "**쿼리의 줄**과 **키의 열**이 만나는 칸마다 수를 쌍으로 곱해 더한 것이"
            " **점수**입니다.\n\n아무 칸이나 짚어 보세요. 어느 쌍의 몫이 가장 큰가요?",
        ),
        notes=Text(
            "The larger the score, the better key and query agree. Negative scores are as normal as"
            " positive ones. The card compares the sum with the model's own tensor. With one"
            " head the vectors have 64 numbers, and the list shows the largest products and the"
            " rest together.",
            "점수가 클수록 쿼리와 키가 잘 맞습니다. 음수 점수도 양수만큼 자연스럽습니다. 카드는"
            " 합을"
            " 모델의 텐서와 견줍니다. 헤드가 하나면 벡터가 64개 수라서, 목록에는 큰 곱만 적고"
            " 나머지는"
            " 묶어 보입니다.",
        ),
        covers=("transformer.attention",),
        minutes=3,
        knobs={"picture": "scores"},
        controls=("layer", "head"),
        training="shipped",
        code=_FORWARD,
        lines={key: _LINES[key] for key in ("q", "k", "scores", "sum")},
    ),
    Step(
        key="softmax",
        title=Text("Scores become shares", "점수가 몫이 되기까지"),
        body=Text(
            "Scores are **divided** by √16, raised to powers of e and shared out: each row adds up"
            " to **1**.\n\nClick a cell and **mask** it: where does its share go?",
            "점수를 √16으로 **나누고** e의 거듭제곱으로 바꾸어 합으로 나눕니다. 줄마다 합이"
            " **1**입니다.\n\n칸을 눌러 **가려** 보세요. 그 몫은 어디로 가나요?",
        ),
        notes=Text(
            "Without the division large scores would leave softmax with one winner and next to no"
            " gradient. The encoder masks nothing of its own accord; the decoder masks what has not"
            " been written yet, and the next scene shows it. The middle map's scale is divided as"
            " the scores are, so both maps look alike.",
            "나누지 않으면 큰 점수 탓에 하나만 이기고 기울기가 거의 사라집니다. 인코더는 스스로"
            " 아무것도"
            " 가리지 않습니다. 디코더는 아직 쓰지 않은 것을 가립니다. 가운데 지도의 색 눈금도"
            " 점수와 함께"
            " 나누었으므로 두 지도가 같아 보입니다.",
        ),
        covers=("transformer.attention",),
        minutes=3,
        knobs={"picture": "softmax"},
        controls=("layer", "head"),
        training="shipped",
        code=_FORWARD,
        lines={
            "scores": "scores = q @ k.transpose(-2, -1)",
            "scaled": "scaled = scores / math.sqrt(self.d_k)",
            "masked": "masked = scaled if mask is None else scaled.masked_fill(mask, -math.inf)",
            "weights": "weights = masked.softmax(dim=-1)",
        },
    ),
    Step(
        key="mix",
        title=Text("Values, mixed by weight", "가중치로 섞은 값"),
        body=Text(
            "Each token takes of every **value** what its weights say. That **mixture** is its new"
            " vector.\n\nPoint at a number of Z and follow who gave how much.",
            "토큰은 가중치만큼 모든 **값**을 가져옵니다. 그렇게 **섞은 것**이 새"
            " 벡터입니다.\n\nZ의 수를 짚어 누가 얼마나 주었는지 따라가 보세요.",
        ),
        notes=Text(
            "It is the same picture as two steps ago: a row meets a column. A row of weights that"
            " is"
            " nearly all in one place copies that token's value; a flat row averages the"
            " sentence. The heads' results are then put side by side and mixed once more by W_O.",
            "두 단계 앞과 같은 그림입니다. 줄과 열이 만납니다. 가중치가 한곳에 몰리면 그 토큰의"
            " 값을"
            " 베끼는 셈이고, 고르면 문장을 평균하는 셈입니다. 헤드들의 결과는 나란히 이어 붙여"
            " W_O로 한 번"
            " 더 섞습니다.",
        ),
        covers=("transformer.attention",),
        minutes=2,
        knobs={"picture": "mix"},
        controls=("layer", "head"),
        training="shipped",
        code=_FORWARD,
        lines={
            "weights": "weights = masked.softmax(dim=-1)",
            "values": "v = self.split(self.w_v(memory))",
            "heads": "heads = weights @ v",
            "sum": "heads = weights @ v",
        },
    ),
    *HEAD_STEPS,
)
