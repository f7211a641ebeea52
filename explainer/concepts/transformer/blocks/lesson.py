"""What is said about the boxes of the model, from the whole of it to single numbers."""

from __future__ import annotations

from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.concepts.transformer.translate import lesson as translate
from explainer.lesson import Knob, Step, Text, Toggle

_MODEL = "explainer.concepts.transformer.model"
_ENCODER = f"{_MODEL}:EncoderLayer.forward"
_DECODER = f"{_MODEL}:DecoderLayer.forward"
_ATTENTION = "explainer.concepts.transformer.multihead:MultiHeadAttention.forward"
_FEED_FORWARD = "explainer.concepts.transformer.multihead:FeedForward.forward"

KNOBS: tuple[Knob, ...] = (
    Knob("sentence", "probe", Text("Sentence", "문장"), EXAMPLES[0]),
    Knob("figures", "view", Text("Parameters' share", "매개변수 비율"), False, Toggle()),
    # What is learned is the same model as in the scene before; its settings are shared.
    *(knob for knob in translate.KNOBS if knob.kind in ("live", "rebuild")),
)

STEPS: tuple[Step, ...] = (
    Step(
        key="map",
        title=Text("The whole model", "모델 전체"),
        body=Text(
            "The **encoder** takes all Korean at once; the **decoder** writes token by token,"
            " rereading its own.\n\nThe teal line is all it knows of the Korean. **Click any"
            " box.**",
            "**인코더**는 한국어를 한꺼번에 읽고, **디코더**는 쓴 토큰을 다시 읽으며 하나씩"
            " 씁니다.\n\n디코더는 청록 선으로만 한국어를 압니다. **아무 상자나 눌러 보세요.**",
        ),
        notes=Text(
            "Every box opens to the tensors of the sentence on the stage; Esc or the pill at the"
            " top left comes back. A strand's colour is the length of its vector at that height."
            " The small maps in the boxes are the same tensors that open. Type another sentence"
            " to see which boxes change.",
            "상자를 누르면 지금 문장의 텐서가 열리고, Esc나 왼쪽 위 단추로 돌아옵니다. 가닥의 색은 그"
            " 높이에서 벡터의 길이입니다. 상자 속 작은 그림은 열었을 때 보이는 바로 그 텐서입니다. 다른"
            " 문장을 쓰고 어느 상자가 달라지는지 보세요.",
        ),
        covers=("transformer.encoder", "transformer.decoder", "all.step"),
        minutes=3,
        training="shipped",
        code=f"{_MODEL}:Transformer.forward",
        lines={
            "encode": "memory = self.encode(source, source_pad, cut, trace)",
            "decode": "return self.decode(target, memory, source_pad, cut, trace)",
        },
        slide=Text("Two stacks of boxes and one line between", "상자 두 더미와 그 사이의 선 하나"),
    ),
    Step(
        key="residual",
        title=Text("Nothing is replaced, only added", "바꾸지 않고 더하기만 합니다"),
        body=Text(
            "A box's result is **added** to the stream: before + branch = after.\n\nDo the sum at"
            " one cell. Does every column change **equally**?",
            "상자가 계산한 값은 흐름에 **더해집니다**. 더하기 전 + 가지 = 더한 뒤.\n\n칸을 짚고"
            " 직접 더해 보세요. 모든 열이 **똑같이** 바뀌나요?",
        ),
        notes=Text(
            "This is the residual connection around the encoder's first self-attention. Rows are"
            " tokens, columns the 64 numbers of each. The card compares the sum with the model's own"
            " next tensor. Each map has its own colour scale, so compare numbers below rather than"
            " shades. The addition also gives the gradient a straight way back.",
            "인코더 첫 셀프 어텐션을 둘러싼 잔차 연결입니다. 행은 토큰, 열은 토큰마다 있는 숫자"
            " 64개입니다. 카드는 더한 값을 모델의 다음 텐서와 견줍니다. 그림마다 색의 눈금이 다르니 색보다"
            " 아래 숫자를 견주세요. 더하기는 기울기가 곧장 되돌아가는 길이기도 합니다.",
        ),
        covers=("transformer.encoder", "all.code"),
        minutes=3,
        training="shipped",
        selection=("box", "encoder.0.add1"),
        code=_ENCODER,
        lines={
            "first": "normed1 = self.norm1(x)",
            "second": "residual1 = x + self.self_attention(normed1, normed1, mask, cut, trace)",
            "third": "normed2 = self.norm2(residual1)",
        },
        slide=Text("Before + branch = after", "더하기 전 + 가지 = 더한 뒤"),
    ),
    Step(
        key="norm",
        title=Text("Layer norm: one scale for every token", "층 정규화: 토큰마다 같은 크기로"),
        body=Text(
            "First minus the **mean**, over the **deviation**; then a learned gain and bias for"
            " each column.\n\nWhy is the deviation afterwards not exactly **1**?",
            "토큰의 수에서 **평균**을 빼고 **편차**로 나눈 뒤, 열마다 학습한 이득을 곱하고 편향을"
            " 더합니다.\n\n뒤의 편차는 왜 딱 **1**이 아닐까요?",
        ),
        notes=Text(
            "Gain and bias are parameters, 64 each; they move mean and deviation off 0 and 1. The"
            " norm works along a row, on one token alone, so it does not matter how many tokens the"
            " sentence has. The stream itself is not normalised: only what the branch reads.",
            "이득과 편향은 각각 64개인 매개변수이고, 이 둘 때문에 평균과 편차가 0과 1에서 벗어납니다."
            " 정규화는 토큰 하나, 곧 한 행 안에서만 하므로 문장의 길이와 상관없습니다. 흐름 자체가 아니라"
            " 가지가 읽는 값만 정규화합니다.",
        ),
        covers=("transformer.encoder",),
        minutes=2,
        training="shipped",
        selection=("box", "encoder.1.norm1"),
        code=_ENCODER,
        lines={
            "first": "normed1 = self.norm1(x)",
            "second": "residual1 = x + self.self_attention(normed1, normed1, mask, cut, trace)",
        },
        slide=Text(
            "Minus mean, over deviation, token by token", "토큰마다 평균을 빼고 편차로 나눕니다"
        ),
    ),
    Step(
        key="attention",
        title=Text(
            "Self-attention: the only place tokens meet", "셀프 어텐션: 토큰이 만나는 유일한 곳"
        ),
        body=Text(
            "In the encoder only here do rows take from **other rows**; below, the weights of each"
            " head.\n\nPoint at a token. Do its heads look at the **same** place?",
            "인코더에서 한 행이 **다른 행**의 정보를 가져오는 곳은 여기뿐입니다. 아래는 헤드별"
            " 가중치입니다.\n\n토큰 하나를 짚어 보세요. 헤드들이 **같은** 곳을 보나요?",
        ),
        notes=Text(
            "The map is the mean over heads, shown to have one picture; the model itself never"
            " averages them but puts their results side by side and through one matrix, which is"
            " what the card recomputes. How the weights arise from queries and keys is a scene of"
            " its own.",
            "그림은 한눈에 보려고 헤드를 평균한 것입니다. 모델은 평균하지 않고 헤드의 결과를 나란히 이어"
            " 행렬 하나에 통과시킵니다. 카드가 바로 그 계산을 다시 합니다. 가중치가 쿼리와 키에서 나오는"
            " 과정은 따로 다룹니다.",
        ),
        covers=("transformer.encoder",),
        minutes=3,
        training="shipped",
        selection=("box", "encoder.0.self_attention"),
        code=_ATTENTION,
        lines={
            "first": "scores = q @ k.transpose(-2, -1)  # (B, heads, queries, keys)",
            "second": "weights = masked.softmax(dim=-1)  # each row sums to 1",
            "third": "output: Tensor = self.w_o(self.merge(heads))  # (B, queries, d_model)",
        },
        slide=Text(
            "Only in attention does one token see another", "어텐션에서만 토큰이 서로를 봅니다"
        ),
    ),
    Step(
        key="feed_forward",
        title=Text("Feed-forward: each token alone", "피드포워드: 토큰마다 따로"),
        body=Text(
            "64 numbers become **128**, ReLU zeroes the negative ones, 64 come out; each row"
            " alone.\n\nHow many units stay **on**? The same for every token?",
            "숫자 64개가 **128개**가 되고, ReLU가 음수를 0으로 만든 뒤 64개가 나옵니다. 행마다"
            " 따로입니다.\n\n몇 개가 **켜져** 있나요? 모든 토큰에서 같은가요?",
        ),
        notes=Text(
            "The count behind each row is of hidden units above zero. Below, one number of the"
            " output taken apart: the hidden units that matter most to it, each times its weight."
            " Point at a column of the right map to take another number apart.",
            "행 뒤의 숫자는 0보다 큰 은닉 유닛의 수입니다. 아래에는 나가는 숫자 하나를 풀어 놓았습니다."
            " 가장 크게 이바지하는 은닉 유닛에 가중치를 곱한 것입니다. 오른쪽 그림의 다른 열을 짚으면 다른"
            " 숫자를 풀어 줍니다.",
        ),
        covers=("transformer.encoder",),
        minutes=2,
        training="shipped",
        selection=("box", "encoder.0.feed_forward"),
        code=_FEED_FORWARD,
        lines={
            "first": "hidden = F.relu(self.w_1(x))  # (B, T, d_ff)",
            "second": "output: Tensor = self.w_2(hidden)  # (B, T, d_model)",
            "third": "return output",
        },
        slide=Text("64 → 128 → 64, one token at a time", "64 → 128 → 64, 토큰마다 따로"),
    ),
    Step(
        key="masked",
        title=Text("The decoder must not look ahead", "디코더는 앞을 내다볼 수 없습니다"),
        body=Text(
            "The decoder reads what it wrote, **one row a token**. Dots hide the words after"
            " it.\n\nWhat can the **first** row look at?",
            "디코더는 지금까지 쓴 것을 **토큰마다 한 행씩** 읽습니다. 점은 볼 수 없는"
            " 뒤쪽입니다.\n\n**첫** 행은 무엇을 볼 수 있나요?",
        ),
        notes=Text(
            "The mask sets those scores to minus infinity, so that softmax gives exactly zero. In"
            " training all rows are computed at once, since the true words are known; the mask"
            " keeps a row from copying its answer. In use the rows really come one after another.",
            "마스크가 그 점수를 음의 무한대로 두므로 소프트맥스는 정확히 0을 줍니다. 학습할 때는 정답을"
            " 알고 있으니 모든 행을 한꺼번에 계산합니다. 마스크가 있어야 행이 답을 베끼지 못합니다. 쓸"
            " 때는 정말로 한 행씩 생깁니다.",
        ),
        covers=("transformer.decoder",),
        minutes=3,
        training="shipped",
        selection=("box", "decoder.0.self_attention"),
        code=_DECODER,
        lines={"row": "residual1 = x + self.self_attention(normed1, normed1, causal, cut, trace)"},
        slide=Text("A triangle: only what is already written", "삼각형: 이미 쓴 것만 봅니다"),
    ),
    Step(
        key="cross",
        title=Text("Cross-attention: over to the source", "교차 어텐션: 원문을 돌아보기"),
        body=Text(
            "Rows are English, columns **Korean**: the decoder asks, the encoder's keys and values"
            " answer.\n\nDoes the bright cell move **left to right**, or jump?",
            "행은 영어, 열은 **한국어**입니다. 디코더가 묻고 인코더의 키와 값이 답합니다.\n\n진한"
            " 칸이 **왼쪽에서 오른쪽으로** 가나요, 건너뛰나요?",
        ),
        notes=Text(
            "A row reads the token before the arrow and writes the one behind it. Without this box"
            " the decoder would be a plain language model that knows nothing of the source. The"
            " shape tells the two sentences apart: as many rows as output tokens, as many columns"
            " as source tokens.",
            "화살표 앞은 그 행이 읽는 토큰, 뒤는 쓰는 토큰입니다. 이 상자가 없으면 디코더는 원문을 전혀"
            " 모르는 언어 모델일 뿐입니다. 행의 수는 출력 토큰의 수, 열의 수는 원문 토큰의"
            " 수입니다.",
        ),
        covers=("transformer.decoder",),
        minutes=3,
        training="shipped",
        selection=("box", "decoder.1.cross_attention"),
        code=_DECODER,
        lines={
            "row": "residual2 = residual1 + self.cross_attention(normed2, memory, mask, cut, trace)"
        },
        slide=Text("Rows are output, columns are source", "행은 출력, 열은 원문"),
    ),
    Step(
        key="output",
        title=Text("From a vector to a word", "벡터에서 낱말로"),
        body=Text(
            "The last vector is multiplied with **every word's** embedding; the products are the"
            " logits. Softmax makes them probabilities.\n\nThis model was stopped **early** in its"
            " training. Step through the rows: where is it least sure?",
            "마지막 벡터를 **모든 낱말**의 임베딩과 곱한 것이 로짓입니다. 소프트맥스가 로짓을 확률로"
            " 바꿉니다.\n\n이 모델은 학습을 **일찍** 멈춘 것입니다. 행을 하나씩 넘겨 보세요. 어디서 가장"
            " 자신이 없나요?",
        ),
        notes=Text(
            "The output layer has no table of its own: it shares the decoder's embedding, so the"
            " table that reads words also writes them. The card recomputes logits and softmax from"
            " that table. Fully trained, the model is sure of nearly every token; move along the film"
            " to see the doubt go.",
            "출력층은 따로 표를 갖지 않고 디코더의 임베딩을 함께 씁니다. 낱말을 읽는 표가 낱말을 쓰기도"
            " 합니다. 카드는 그 표로 로짓과 소프트맥스를 다시 계산합니다. 다 배운 모델은 거의 모든 토큰을"
            " 확신합니다. 필름을 따라가며 망설임이 사라지는 것을 보세요.",
        ),
        covers=("transformer.decoder",),
        minutes=2,
        training=131,
        selection=("box", "output"),
        code=f"{_MODEL}:Transformer.decode",
        lines={"row": "logits: Tensor = self.output(normed)  # (B, target, target_size)"},
        slide=Text("One product a word, then softmax", "낱말마다 한 번 곱하고, 소프트맥스"),
    ),
    Step(
        key="parameters",
        title=Text("Where the parameters are", "매개변수는 어디에 있을까"),
        body=Text(
            "A **square** is 1,000 parameters, counted from the live model; beside the count its"
            " share.\n\nWhich holds more, all **attention** or all **feed-forward**? Why is a"
            " decoder layer larger?",
            "**네모 하나**가 매개변수 1,000개이고, 개수 옆은 전체에서 차지하는"
            " 비율입니다.\n\n**어텐션**을 다 합한 것과 **피드포워드**를 다 합한 것, 어느 쪽이"
            " 클까요? 디코더 층은 왜 더 클까요?",
        ),
        notes=Text(
            "An attention has four 64 by 64 matrices, a feed-forward two of 64 by 128: nearly the"
            " same. A decoder layer has one attention more. Large models choose a wider hidden"
            " layer, four times the stream instead of two, and there feed-forward wins. Norms are"
            " next to nothing. Changing the number of heads changes no count.",
            "어텐션에는 64×64 행렬이 넷, 피드포워드에는 64×128 행렬이 둘이라 거의 같습니다. 디코더 층에는"
            " 어텐션이 하나 더 있습니다. 큰 모델은 은닉층을 흐름의 두 배가 아니라 네 배로 잡으므로"
            " 피드포워드 쪽이 큽니다. 정규화는 아주 적습니다. 헤드 수를 바꿔도 개수는 그대로입니다.",
        ),
        covers=("transformer.encoder", "transformer.decoder"),
        minutes=2,
        training="shipped",
        knobs={"figures": True},
        controls=("figures", "heads"),
        code="explainer.concepts.transformer.multihead:FeedForward.__init__",
        lines={
            "encode": "self.w_1 = nn.Linear(D_MODEL, D_FF)",
            "decode": "self.w_2 = nn.Linear(D_FF, D_MODEL)",
        },
        slide=Text(
            "Attention or feed-forward: which is larger?", "어텐션과 피드포워드, 어느 쪽이 클까요?"
        ),
    ),
)
