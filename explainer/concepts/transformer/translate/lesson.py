"""What is said while a sentence is translated, token by token."""

from __future__ import annotations

from explainer.concepts.transformer.knobs import DIRECTION, UNIT
from explainer.concepts.transformer.outside import CASES
from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.lesson import Choice, Knob, Span, Step, Text

_DECODE = "explainer.concepts.transformer.reading:decode"
_DECODE_LINES = {
    "encode": "memory = net.encode(source, source_pad, cut)",
    "decode": "logits = net.decode(written, memory, source_pad, cut)[:, -1]",
    "end": "return ids",
}
_CANDIDATES = "explainer.concepts.transformer.sampling:candidates"
_TEMPERED = "uncut = softmax(logits / np.float32(sampling.temperature))"

KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures: flow, next, loop, beam, film, slow, cases or rates.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "flow"),
    Knob("sentence", "probe", Text("Sentence", "문장"), EXAMPLES[0]),
    # "early" ends the axes where most has been learned.
    Knob("steps_shown", "view", Text("Steps shown", "보이는 스텝"), "whole"),
    Knob("layer", "view", Text("Layer", "층"), 2, Choice((1, 2))),
    Knob("temperature", "probe", Text("Temperature", "온도"), 0.0, Span(0.0, 3.0, 0.1)),
    Knob(
        "top_k",
        "probe",
        Text("Top-k", "Top-k"),
        0,
        Choice(
            (0, 2, 3, 5, 10),
            (
                Text("all", "전부"),
                Text("2", "2"),
                Text("3", "3"),
                Text("5", "5"),
                Text("10", "10"),
            ),
        ),
    ),
    Knob("top_p", "probe", Text("Top-p", "Top-p"), 1.0, Span(0.1, 1.0, 0.05)),
    Knob("draw", "probe", Text("Draw", "뽑기 번호"), 0, Span(0, 99)),
    Knob("width", "probe", Text("Beam width", "빔 너비"), 3, Choice((1, 2, 3, 4))),
    Knob(
        "learning_rate",
        "live",
        Text("Learning rate", "학습률"),
        0.003,
        Span(0.0001, 0.1, step=10, log=True),
    ),
    Knob("batch_size", "live", Text("Batch size", "배치 크기"), 32, Choice((8, 16, 32, 64, 128))),
    DIRECTION,
    # Chosen in the scene about attention; a run learned so is shown here too.
    UNIT,
    Knob("heads", "rebuild", Text("Heads", "헤드 수"), 4, Choice((1, 2, 4))),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)

STEPS: tuple[Step, ...] = (
    Step(
        key="translate",
        title=Text("One token at a time", "한 번에 토큰 하나씩"),
        body=Text(
            "The encoder reads the source **all at once**. The decoder writes the translation **one"
            " token at a time**, and for each it looks back at the source: the ribbons.\n\nThe word"
            " order is nearly reversed. Do the ribbons **cross**?",
            "인코더는 원문을 **한꺼번에** 읽습니다. 디코더는 번역을 **한 토큰씩** 쓰면서, 그때마다"
            " 원문을 돌아봅니다. 그것이 띠입니다.\n\n어순이 거의 거꾸로입니다. 띠가 **엇갈리나요**?",
        ),
        notes=Text(
            "A ribbon is as wide as its cross-attention weight, averaged over the heads of one"
            " layer; a token's weights add up to one, those under 0.08 are not drawn. The"
            " percentage is the probability"
            " the model gave the token it wrote. Type another sentence in the field, or press"
            " the button beside it. This sentence itself was never trained on. The direction"
            " brings the model that translates English into Korean.",
            "띠의 너비는 한 층의 교차 어텐션 가중치를 헤드에 걸쳐 평균한 값입니다. 토큰 하나의"
            " 가중치를 모두 더하면 1이고, 0.08보다 작은 것은 그리지 않습니다. 백분율은 모델이 쓴"
            " 토큰에 준 확률입니다. 위 칸에 다른"
            " 문장을 쓰거나 옆 단추를 눌러 보세요. 이 문장은 학습에 쓰지 않았습니다. 번역 방향을 바꾸면"
            " 영어를 한국어로 옮기는 모델이 나옵니다.",
        ),
        covers=("transformer.translate", "transformer.decoder"),
        minutes=3,
        training="shipped",
        controls=("direction",),
        code=_DECODE,
        lines=_DECODE_LINES,
        slide=Text(
            "Read all at once, written one token at a time",
            "한꺼번에 읽고, 한 토큰씩 씁니다",
        ),
    ),
    Step(
        key="alignment",
        title=Text("Does it look at the right word?", "제 짝을 보고 있을까"),
        body=Text(
            "A **diamond** marks a word whose partner the grammar knows; filled, the model looks"
            " hardest at it.\n\nNot every word does, nor need it. How many do, here and in **layer"
            " 1**?",
            "문법은 낱말의 **짝**을 압니다. **마름모**는 모델이 바로 그 토큰을 가장 많이 볼 때 속이"
            " 찹니다.\n\n모든 낱말이 제 짝을 보지는 않고, 그럴 필요도 없습니다. 몇 개가 보나요?"
            " **1층**에서는요?",
        ),
        notes=Text(
            "Attention is not word alignment: nothing in the loss asks for it. That it comes out"
            " for nouns and verbs is something the model found useful; for is, on and the, the"
            " information sits in other places, since the encoder has mixed the tokens already."
            " The dashed teal line is the true pair of the chosen token.",
            "어텐션이 곧 낱말 정렬은 아닙니다. 손실은 정렬을 요구하지 않습니다. 명사와 동사에서 짝이"
            " 맞는 것은 모델에게 쓸모가 있었기 때문입니다. 인코더가 이미 정보를 섞어 두었으므로 is나"
            " on의 정보는 다른 토큰에 있을 수 있습니다. 청록 점선이 고른 토큰의 실제 짝입니다.",
        ),
        covers=("transformer.translate",),
        minutes=3,
        training="shipped",
        knobs={"sentence": EXAMPLES[2]},
        controls=("layer",),
        selection=("row", 2),
        code="explainer.concepts.transformer.cuts:true_alignment",
        slide=Text(
            "Most words find their partners; not one of them has to",
            "낱말은 대개 제 짝을 찾지만, 꼭 그래야 하는 것은 아닙니다",
        ),
    ),
    Step(
        key="loop",
        title=Text("What the decoder may see", "디코더가 볼 수 있는 것"),
        body=Text(
            "Each row writes one token. Left it sees **only what is written already**: the mask"
            " leaves a triangle. Right it sees the **whole source**.\n\nThe new token joins the end:"
            " the next row begins.",
            "한 행이 토큰 하나를 씁니다. 왼쪽은 **이미 쓴 것만** 보여서 삼각형이고, 오른쪽은 **원문"
            " 전체**가 보입니다.\n\n새 토큰을 끝에 붙이고 다음 행으로 넘어갑니다.",
        ),
        notes=Text(
            "In training all rows are computed at once, because the true translation is known and"
            " the mask keeps each row from seeing its own answer. In use the rows must wait for"
            " each other. The card checks that the weights on the future are exactly zero and"
            " that both rows add up to one.",
            "학습할 때는 정답을 알기 때문에 모든 행을 한꺼번에 계산하고, 마스크가 자기 답을 미리 보지"
            " 못하게 막습니다. 실제로 번역할 때는 앞 행을 기다려야 합니다. 오른쪽 카드에서 앞날의"
            " 가중치가 정확히 0이고 두 행의 합이 1임을 확인할 수 있습니다.",
        ),
        covers=("transformer.decoder", "all.step", "all.code"),
        minutes=3,
        training="shipped",
        knobs={"picture": "loop"},
        controls=("layer",),
        code=_DECODE,
        lines=_DECODE_LINES,
        slide=Text(
            "Back at its own words, over at the whole source",
            "자기가 쓴 말은 뒤로만, 원문은 전체를 봅니다",
        ),
    ),
    Step(
        key="next",
        title=Text("The next token is a choice", "다음 토큰은 고르는 것"),
        body=Text(
            "Halfway through training it is unsure. **Temperature** evens the bars out, **top-k**"
            " and **top-p** strike the tail; at 0 the likeliest wins.\n\n**Click a bar**: how does it"
            " go on from that token?",
            "학습 도중의 모델은 망설입니다. **온도**는 막대를 고르게 하고, **top-k**와 **top-p**는"
            " 꼬리를 지웁니다. 0이면 가장 그럴듯한 것입니다.\n\n**막대를 누르면** 그 토큰에서 어떻게"
            " 이어 쓸까요?",
        ),
        notes=Text(
            "The bars come from the stored logits of this row: dividing by the temperature and"
            " cutting need no new pass through the model. Dotted outlines are the distribution"
            " at temperature 1 with nothing cut. Click the amber bar to draw again. Esc takes a"
            " forced token back.",
            "막대는 이 행의 로짓으로 바로 계산합니다. 온도로 나누고 거르는 데에는 모델을 다시 돌릴"
            " 필요가 없습니다. 점선은 온도 1에서 거르기 전의 분포입니다. 호박색 막대를 누르면 다시"
            " 뽑고, Esc를 누르면 고른 토큰을 되돌립니다.",
        ),
        covers=("transformer.sampling", "transformer.decoder"),
        minutes=4,
        training=120,
        knobs={"picture": "next", "temperature": 1.0, "top_k": 5, "draw": 2},
        controls=("temperature", "top_k", "top_p", "draw"),
        code=_CANDIDATES,
        lines={"encode": _TEMPERED, "decode": _TEMPERED, "end": _TEMPERED},
        slide=Text(
            "Temperature evens the bars; top-k and top-p cut the tail",
            "온도는 막대를 고르게, top-k와 top-p는 꼬리를 자릅니다",
        ),
    ),
    Step(
        key="beam",
        title=Text("Do not decide too soon", "너무 일찍 정하지 않기"),
        body=Text(
            "Greedy takes the likeliest token and never looks back. **Beam search** keeps a few"
            " **beginnings** and compares sentences: amber wins.\n\nBelow, which of the two is more"
            " probable as a **whole**?",
            "그리디는 가장 그럴듯한 토큰만 고릅니다. **빔 탐색**은 **앞부분** 몇 개를 남겨 문장을"
            " 견줍니다. 호박색이 이긴 길입니다.\n\n아래 두 문장 가운데 **전체** 확률은 어느 쪽이"
            " 높나요?",
        ),
        notes=Text(
            "The bar in a box is the probability of the token after its parents; dashed boxes"
            " were looked at and dropped. The card multiplies the probabilities along a path and checks"
            " the product against the search. With width 1 the tree is a line: greedy. A more"
            " probable sentence is not always a better one.",
            "상자 안의 막대는 앞말 다음에 그 토큰이 올 확률입니다. 점선 상자는 살펴보고 버린 후보입니다."
            " 카드에서 한 길의 확률을 모두 곱해 탐색이 센 값과 맞춰 봅니다. 너비가 1이면 나무가 한 줄,"
            " 곧 그리디입니다. 확률이 더 높다고 늘 더 좋은 번역은 아닙니다.",
        ),
        covers=("transformer.sampling",),
        minutes=3,
        training=131,
        knobs={"picture": "beam", "sentence": EXAMPLES[1]},
        controls=("width",),
        code="explainer.concepts.transformer.beam:search",
        lines={
            "decode": "logits = net.decode(written, memory.expand(len(beams), -1, -1))[:, -1]",
            "best": "best = _path(nodes, max(ends)[1])",
        },
        slide=Text(
            "Keep several beginnings, decide at the end",
            "앞부분을 여럿 남기고, 끝에 가서 정합니다",
        ),
    ),
    Step(
        key="train",
        title=Text("Learn it from nothing", "처음부터 배우기"),
        body=Text(
            "It knows nothing. Press the violet ▶ and read the last line: babble, something fluent,"
            " the **right** sentence.\n\nWhich comes first, alignment or exact match?",
            "아직 아무것도 모릅니다. 보라색 ▶ 단추를 누르고 맨 아랫줄을 보세요. 같은 말만 되풀이하다가,"
            " 그럴듯한 문장을 거쳐, **맞는** 문장이 됩니다.\n\n정렬과 완전 일치, 어느 쪽이 먼저"
            " 오르나요?",
        ),
        notes=Text(
            "It really trains, on pairs of sentences drawn from the grammar. Exact match is over"
            " held-out sentences, right to the last token. Change the direction to train English"
            " into Korean; any change of direction, heads or seed starts anew.",
            "문법에서 뽑은 문장 쌍으로 정말 학습합니다. 완전 일치는 학습에 쓰지 않은 문장을 끝까지"
            " 맞힌 비율입니다. 번역 방향을 바꾸면 영어를 한국어로 옮기는 모델을 학습합니다. 방향이나"
            " 헤드 수나 시드를 바꾸면 처음부터 다시 시작합니다.",
        ),
        covers=("transformer.translate", "all.live"),
        minutes=4,
        training="fresh",
        knobs={"picture": "film", "steps_shown": "early"},
        controls=("direction", "heads", "seed", "learning_rate", "batch_size"),
        code="explainer.concepts.transformer.experiment:TranslationExperiment.step",
        lines={"": "loss.backward()"},
        slide=Text("Press T: from babble to translation", "T를 누르면 옹알이가 번역이 됩니다"),
    ),
    Step(
        key="phase",
        title=Text("The moment it clicks", "갑자기 깨치는 순간"),
        body=Text(
            "Within a few dozen steps the cross map **sharpens** and exact match leaps: here in"
            " **slow motion**.\n\nClick a column. What does it write **just before** it is right?",
            "한동안 아무 일도 없는 듯하다가, 수십 스텝 만에 교차 지도가 **또렷해지고** 완전 일치가"
            " 뛰어오릅니다. 그 순간을 **느린 화면**으로 봅니다.\n\n멈추거나 열을 눌러 보세요. 맞히기"
            " **바로 앞**에서는 무엇이라고 쓰나요?",
        ),
        notes=Text(
            "The axis goes by the square root of the step, so that the early steps have room; the"
            " lines to the columns show how time is stretched. Each column is a kept frame of the"
            " film; while the next one comes, its maps are a mean of both. All maps are"
            " of the second layer, averaged over heads, with the true translation fed in, so that"
            " they can be compared. Alignment rises a little before exact match: a translation is"
            " right only if every token is.",
            "축은 스텝의 제곱근 간격이라 앞부분이 넓습니다. 축에서 열로 내려가는 선은 시간을 어떻게"
            " 늘렸는지 보여 줍니다. 열은 필름에 남은 순간이고, 다음 열이 오는 동안에는 두 지도의"
            " 평균을 그립니다. 지도는 모두 둘째 층을"
            " 헤드에 걸쳐 평균한 것이고, 견줄 수 있도록 정답 번역을 넣어 계산했습니다. 정렬이 완전"
            " 일치보다 조금 먼저 오릅니다. 토큰이 모두 맞아야 문장이 맞기 때문입니다.",
        ),
        covers=("transformer.translate", "all.rewind"),
        minutes=4,
        training=120,
        knobs={"picture": "slow", "steps_shown": "early"},
        slide=Text(
            "Attention sharpens, and translation follows",
            "어텐션이 또렷해지면 번역이 따라옵니다",
        ),
    ),
    Step(
        key="wrong",
        title=Text("Fluent is not the same as true", "매끄럽다고 맞는 말은 아닙니다"),
        body=Text(
            "Four sentences outside the grammar; most answers are **smooth**. Orange: not what was"
            " said. Dotted: a word it does not know.\n\nHow **sure** was it? Then **type your"
            " own**.",
            "문법에 없는 문장 네 가지입니다. 답은 대개 **매끄럽습니다**. 주황은 원문이 **말하지 않은"
            " 뜻**, 점선 테두리는 모르는 낱말입니다.\n\n얼마나 **확신**했나요? **직접 써** 보세요.",
        ),
        notes=Text(
            "Nothing in the model says I do not know: softmax must share out all its probability"
            " among known tokens. A high probability means likely among sentences it has seen,"
            " not true. We can mark the errors only because we know what was said, and of whom: one"
            " who sleeps is not one who cries. A sentence of your own is held against the grammar,"
            " or against its own words where the grammar has none such.",
            "모델에는 모른다고 말하는 장치가 없습니다. 소프트맥스는 확률을 아는 토큰에 모두 나누어야"
            " 합니다. 확률이 높다는 것은 본 문장들 사이에서 그럴듯하다는 뜻이지 참이라는 뜻이 아닙니다."
            " 누가 무엇을 하는지 우리가 알기에 틀린 곳을 표시할 수 있습니다. 직접 쓴 문장은 문법에 있으면"
            " 문법으로, 없으면 원문의 낱말로 판정합니다.",
        ),
        covers=("transformer.hallucination",),
        minutes=4,
        training="shipped",
        knobs={"picture": "cases", "sentence": CASES[0].ko},
        controls=("direction",),
        code="explainer.concepts.transformer.judging:judge",
        lines={"decode": "return _judge_by_clauses(words, expected, target)"},
        slide=Text("Smooth, sure, and wrong", "매끄럽고, 확신하고, 틀렸습니다"),
    ),
    Step(
        key="rate",
        title=Text("How often does it invent?", "얼마나 자주 지어낼까"),
        body=Text(
            "Held-out sentences, left by temperature, right by training step.\n\nHeat breaks"
            " sentences, but some errors stay fluent. When in training were those"
            " **commonest**?",
            "배운 적 없는 문장이 **맞음**, **그럴듯하게 틀림**, **문장이 안 됨**으로 나뉩니다. 왼쪽은"
            " 온도, 오른쪽은 학습 스텝입니다.\n\n열을 올리면 문장이 깨지지만 멀쩡해 보이는 오류도"
            " 있습니다. 학습 중 **언제** 가장 많았나요?",
        ),
        notes=Text(
            "Fluent but wrong means: a sentence of the grammar that says something else. That is"
            " hallucination in the strict sense. The film on the right is drawn at temperature 1,"
            " over as many sentences a frame. A model that is half trained is fluent before it is"
            " right.",
            "그럴듯하게 틀렸다는 것은 문법에 맞지만 다른 뜻인 문장이라는 말입니다. 엄밀한 뜻의"
            " 환각입니다. 오른쪽은 온도 1에서 프레임마다 같은 수의 문장을 뽑았습니다. 덜 배운 모델은"
            " 맞기 전에 먼저 매끄러워집니다.",
        ),
        covers=("transformer.hallucination", "transformer.sampling", "all.rewind"),
        minutes=3,
        training="shipped",
        knobs={"picture": "rates", "steps_shown": "early"},
        code="explainer.concepts.transformer.measuring:_rate",
        lines={"": "elif parse(words, target) is not None:"},
        slide=Text(
            "Fluent comes before right, and stays when it errs",
            "매끄러움이 정답보다 먼저 옵니다",
        ),
    ),
)
