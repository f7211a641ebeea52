"""What is said of three objectives over one grammar."""

from __future__ import annotations

from explainer.concepts.transformer.family.tasks import NAMES, TASKS
from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.lesson import Choice, Knob, Span, Step, Text

_MASK = "explainer.concepts.transformer.family.models:LanguageModel.mask"
_HIDE = "explainer.concepts.transformer.family.pool:hide"
_CONTINUED = "explainer.concepts.transformer.family.exam:continued"
_CONTINUED_LINES = {
    "read": "ids = np.array([[START_ID, *known.encode(prompt)] for prompt in prompts])",
    "write": "drawn = choose(logits, sampling, random)",
    "end": "is_over |= drawn == END_ID",
}
_FIT = "explainer.concepts.transformer.family.linear_probe:fit"
_FIT_LINE = "weights = np.linalg.solve(x.T @ x + penalty, x.T @ y)"

# The verb alone says which 배 it is; before it, all three could come.
PEAR = EXAMPLES[1]
BOAT = "원숭이들이 배를 타고 있다"  # before the verb GPT reads the belly here
RUBBED = "강아지가 배를 문지르고 있다"

KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures: masks, gap, text, task, sense or learning.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "masks"),
    Knob("sentence", "probe", Text("Sentence", "문장"), EXAMPLES[0]),
    Knob(
        "cells",
        "view",
        Text("Cells", "칸"),
        "mask",
        Choice(("mask", "weights"), (Text("mask", "마스크"), Text("weights", "가중치"))),
    ),
    Knob("layer", "view", Text("Layer", "층"), 2, Choice((1, 2))),
    Knob("task", "probe", Text("Prefix", "접두어"), TASKS[0],
         Choice(TASKS, tuple(NAMES[task] for task in TASKS))),
    Knob("temperature", "probe", Text("Temperature", "온도"), 0.0, Span(0.0, 2.0, 0.1)),
    # Counts how often the person had the continuation drawn anew.
    Knob("draw", "probe", Text("Draw", "뽑기 번호"), 0),
    Knob(
        "learning_rate",
        "live",
        Text("Learning rate", "학습률"),
        0.05,
        Span(0.001, 1.0, step=10, log=True),
    ),
    Knob("batch_size", "live", Text("Batch size", "배치 크기"), 32, Choice((8, 16, 32, 64, 128))),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)  # fmt: skip

STEPS: tuple[Step, ...] = (
    Step(
        key="masks",
        title=Text("Three models, three masks", "세 모델, 세 마스크"),
        body=Text(
            "The same grammar, learned three ways. **BERT** lets every word look at all words."
            " **GPT** lets a word look only **back**. **T5** has both: an encoder that sees all,"
            " a decoder that looks back, and a **cross** from one to the other.\n\nClick a cell;"
            " then show the weights.",
            "같은 문법을 세 가지로 배웁니다. **BERT**는 모든 낱말이 서로를 봅니다. **GPT**는 **앞쪽만**"
            " 봅니다. **T5**는 둘 다 있습니다. 모두 보는 인코더, 앞만 보는 디코더, 그 사이를 잇는 **교차**"
            " 어텐션입니다.\n\n칸을 눌러 보고, 가중치도 켜 보세요.",
        ),
        notes=Text(
            "BERT and GPT here are the same file and the same size; one line, the mask, and what"
            " they are asked for differ. A closed cell has weight exactly zero, since its score is"
            " minus infinity before the softmax. GPT's map begins with the start token, BERT's"
            " ends with the end token. T5's empty corner: the encoder never sees what is written.",
            "여기서 BERT와 GPT는 같은 파일, 같은 크기입니다. 다른 것은 마스크 한 줄과 무엇을 묻느냐뿐입니다."
            " 막힌 칸은 소프트맥스 전 점수가 음의 무한대라 가중치가 정확히 0입니다. GPT 지도는 시작 토큰으로"
            " 시작하고 BERT 지도는 끝 토큰으로 끝납니다. T5의 빈 모서리는 인코더가 디코더의 글을 보지 못한다는"
            " 뜻입니다.",
        ),
        covers=("transformer.bert", "transformer.gpt", "transformer.t5"),
        minutes=3,
        controls=("cells", "layer", "task"),
        selection=("cell", "causal", 3, 1),
        code=_MASK,
        lines={
            "full": "hidden = None if pad is None else pad[:, None, None, :]",
            "triangle": "later = torch.ones(length, length, dtype=torch.bool, device=tokens.device)"
            ".triu(1)",
            "both": "return hidden",
        },
        slide=Text("All, only back, or both", "모두, 앞만, 또는 둘 다"),
    ),
    Step(
        key="fill",
        title=Text("BERT fills in hidden words", "BERT는 가린 낱말을 채웁니다"),
        body=Text(
            "One word is hidden; BERT says what stood there. Here the **grammar** leaves only one:"
            " 앉아 asks for 에, 자고 would ask for 에서. The clue stands **behind** the gap, and"
            " BERT may look there.\n\nClick other words to hide them.",
            "낱말 하나를 가리면 BERT가 맞힙니다. 여기서는 **문법**상 답이 하나입니다. ‘앉아’ 앞은 ‘에’,"
            " ‘자고’ 앞은 ‘에서’이니까요. 단서가 빈칸 **뒤에** 있고, BERT는 뒤도 볼 수 있습니다.\n\n다른"
            " 낱말도 눌러 가려 보세요.",
        ),
        notes=Text(
            "Determined means: every token of the vocabulary is tried in the gap, and exactly one"
            " gives a sentence that the grammar can parse. That is counted live, and ticked beside"
            " the bars. Over all such gaps of unseen sentences the share right is on the last"
            " step. In training a word is hidden with a chance of 20 %; one in five of these stays"
            " visible and is asked for all the same, as BERT does it.",
            "‘결정됨’은 어휘의 모든 토큰을 빈칸에 넣어 보아 문법이 읽을 수 있는 문장이 꼭 하나뿐이라는"
            " 뜻입니다. 그 자리에서 세어 막대 옆에 표시합니다. 처음 보는 문장의 그런 빈칸에서 맞힌 비율은"
            " 마지막 단계에 있습니다. 학습 때는 낱말을 20 % 확률로 가리고, 그 다섯에 하나는 BERT처럼 보이게"
            " 둔 채 묻습니다.",
        ),
        covers=("transformer.bert",),
        minutes=3,
        knobs={"picture": "gap"},
        controls=("layer",),
        selection=("word", 3),
        code=_HIDE,
        lines={
            "hide": "shown = np.where(is_hidden & ~is_seen, korean().ids[MASK], ids)",
            "fill": "wanted = np.where(is_hidden, ids, PAD_ID)",
        },
        slide=Text("The clue may stand behind the gap", "단서는 빈칸 뒤에 있을 수 있습니다"),
    ),
    Step(
        key="open",
        title=Text("When several words fit", "여러 낱말이 맞을 때"),
        body=Text(
            "Who is rubbing its 배? Before 가, **any** animal or person whose name ends in a vowel"
            " fits. No model can know which it was; a good one **spreads** its probability over the"
            " words that fit.\n\nNow hide 배 instead: how many words fit there, and why?",
            "배를 문지르는 것은 누구일까요? ‘가’ 앞이니 모음으로 끝나는 동물과 사람이 **다 맞습니다**. 무엇이었는지 알 수"
            " 있는 모델은 없습니다. 좋은 모델은 맞는 낱말들에 확률을 **나눕니다**.\n\n이번에는 ‘배’를 가려 보세요. 몇"
            " 개가 맞고, 왜 그럴까요?",
        ),
        notes=Text(
            "So the share right is measured only where one word fits; elsewhere it would measure"
            " luck. In this grammar only a belly, 배, is rubbed with 문지르고; eyes take 비비고."
            " How evenly the bars stand shows how evenly the words came in the training sentences.",
            "그래서 맞힌 비율은 답이 하나인 빈칸에서만 잽니다. 다른 곳에서는 운을 재는 셈입니다. 이 문법에서"
            " ‘문지르고’의 목적어는 ‘배’뿐이고 눈은 ‘비비고’를 씁니다. 막대가 고른 것은 학습 문장에"
            " 낱말들이 고루 나왔기 때문입니다.",
        ),
        covers=("transformer.bert",),
        minutes=2,
        knobs={"picture": "gap", "sentence": RUBBED},
        controls=("layer",),
        selection=("word", 0),
        code="explainer.concepts.transformer.family.exam:fitting",
        lines={"fill": 'if token != MASK and parse((*before, token, *after), "ko") is not None:'},
        slide=Text("What is open cannot be known", "열린 자리는 알 수 없습니다"),
    ),
    Step(
        key="continue",
        title=Text("GPT continues", "GPT는 이어 씁니다"),
        body=Text(
            "GPT has learned one thing: **the next token**, from those before it. Asked again and"
            " again, it writes a whole sentence.\n\nAt temperature 0 it takes the likeliest; raise"
            " it and press **draw again**. Click a word to give more or less of the text.",
            "GPT가 배운 것은 하나, 앞을 보고 **다음 토큰**을 맞히는 것입니다. 거듭 물으면 문장이 됩니다.\n\n온도"
            " 0에서는 가장 그럴듯한 것을 고릅니다. 온도를 올리고 **다시 뽑기**를 눌러 보세요. 낱말을 누르면 거기까지"
            " 주고 시작합니다.",
        ),
        notes=Text(
            "Whether the whole is a sentence of the grammar is checked by parsing it. At"
            " temperature 1 a small part is not: an unlikely token now and then is enough. The"
            " share along the film is on the last step. The bars are the probabilities at"
            " temperature 1, before it is changed.",
            "문법에 맞는지는 파서로 확인합니다. 온도 1에서는 일부가 어긋납니다. 드문 토큰이 한 번만 뽑혀도"
            " 그렇습니다. 필름에 따른 비율은 마지막 단계에 있습니다. 막대는 온도를 바꾸기 전, 온도 1의"
            " 확률입니다.",
        ),
        covers=("transformer.gpt",),
        minutes=3,
        knobs={"picture": "text"},
        controls=("temperature",),
        code=_CONTINUED,
        lines=_CONTINUED_LINES,
        slide=Text("One next token after another", "다음 토큰, 그다음 토큰"),
    ),
    Step(
        key="before",
        title=Text("배, and no verb yet", "‘배’까지 왔는데 동사가 없습니다"),
        body=Text(
            "A girl, and **her 배**. Pear or boat? Korean puts the verb **last**, and GPT has not"
            " got there. Look at its next token: verbs for eating, peeling, riding and building"
            " **share** the probability.\n\nSo at 배 itself, what can GPT know?",
            "소녀가 **자기 배를** … 먹는 배일까요, 타는 배일까요? 한국어는 동사가 **맨 끝**에 오고 GPT는 아직"
            " 거기 못 갔습니다. 다음 토큰을 보세요. 먹고, 깎고, 타고, 만들고가 확률을 **나눠** 가집니다.\n\n그럼"
            " ‘배’ 자리에서 GPT는 무엇을 알 수 있을까요?",
        ),
        notes=Text(
            "Belly is out: the grammar never says 자기 before a body part; the model gives its verb a"
            " few percent all the same. Between pear and boat"
            " nothing before the verb decides. This is no weakness of the training; the mask"
            " keeps later words from 배 whatever is learned. The next step measures it.",
            "이 문법은 몸 앞에 ‘자기’를 쓰지 않으니 몸의 배는 아닌데, 모델은 그 동사에도"
            " 확률을 조금 줍니다. 먹는 배와 타는 배 사이는 동사 전의 무엇도 정해 주지"
            " 않습니다. 학습이 모자란 것이 아니라, 마스크가 뒤 낱말을 막기 때문입니다. 다음 단계에서"
            " 재 봅니다.",
        ),
        covers=("transformer.gpt",),
        minutes=2,
        knobs={"picture": "text", "sentence": PEAR},
        controls=("temperature",),
        selection=("word", 4),
        code=_CONTINUED,
        lines=_CONTINUED_LINES,
        slide=Text("The verb comes last", "동사는 맨 끝에 옵니다"),
    ),
    Step(
        key="sense",
        title=Text("What each knows at 배", "‘배’ 자리에서 아는 것"),
        body=Text(
            "A **linear probe** reads the sense of 배 out of one vector. In BERT and T5 it is there"
            " **already**; in GPT only luck, until the **verb** comes.\n\nHere GPT is wrong."
            " Other sentences: how often by **luck** right?",
            "**선형 탐침**으로 벡터 하나에서 ‘배’의 뜻을 읽습니다. BERT와 T5에는 **이미** 있고, GPT는 **동사**가"
            " 나오기 전에는 찍는 것과 같습니다.\n\n여기서 GPT는 틀립니다. 다른 문장에서는 **운**으로"
            " 맞히기도 할까요?",
        ),
        notes=Text(
            "The probe is ridge regression in closed form, fitted now to 600 training sentences"
            " and tried on 400 unseen ones; 배 is not hidden. Best before the verb is counted over"
            " the grammar: whoever guesses the likeliest sense from subject, 자기 and adjective is"
            " right so often on average. The band is two standard deviations of such a guess over 400"
            " sentences: a bar that ends in it, below the commonest sense or above, tells nothing."
            " In the one sentence on the stage GPT may name the right sense by luck. Once it has"
            " read the verb it knows, at the verb. English puts the verb before the object.",
            "탐침은 닫힌 식으로 푸는 릿지 회귀입니다. 학습 문장 600개에 지금 맞추고 처음 보는 400개로 시험합니다."
            " ‘배’는 가리지 않습니다. ‘동사 전 최대’는 문법 전체에서 센 값입니다. 주어, ‘자기’, 꾸밈말만 보고"
            " 찍으면 평균이 그만큼입니다. 띠는 그런 짐작을 문장 400개로 쟀을 때의 표준편차 두 배이고, 그 안에서 끝난"
            " 막대는 가장 흔한 뜻보다 짧든 길든 아는 것이 없습니다. 화면의 한 문장은 GPT가 운으로"
            " 맞힐 수도 있습니다. GPT도 동사를 읽고 나면 동사 자리에서는 뜻을 압니다. 영어는"
            " 동사가 목적어보다 먼저 옵니다.",
        ),
        covers=("transformer.bert", "transformer.gpt", "transformer.t5", "all.live"),
        minutes=4,
        knobs={"picture": "sense", "sentence": BOAT},
        selection=("read", 1, 0),
        code=_FIT,
        lines={"read": _FIT_LINE},
        slide=Text("BERT knows at 배; GPT at the verb", "BERT는 ‘배’에서, GPT는 동사에서 압니다"),
    ),
    Step(
        key="untrained",
        title=Text("The same probe before any training", "배우기 전에 재 보면"),
        body=Text(
            "Now the three have learned **nothing**. The probe reads the sense in BERT **all the"
            " same**: even random attention carries a trace of the verb to 배, and the probe finds"
            " it.\n\nSo the gap is made by the **mask**. A probe shows what a vector **contains**,"
            " not what the model uses.",
            "세 모델이 **아무것도** 배우지 않은 상태입니다. 그래도 BERT에서는 뜻이 **읽힙니다**. 무작위 어텐션도"
            " 동사의 흔적을 ‘배’로 옮기고, 탐침이 그것을 찾습니다.\n\n차이를 만든 것은 **마스크**입니다. 탐침은"
            " 벡터에 **담긴 것**을 보일 뿐, 모델이 쓰는 것을 보이지 않습니다.",
        ),
        notes=Text(
            "An honest control, and one that papers on probing ask for: a probe must be compared"
            " with the same probe on an untrained model. What training adds is seen elsewhere: in"
            " the words filled in and the sentences written. Ask the class before showing this.",
            "탐침 연구에서 요구하는 대조 실험입니다. 탐침은 배우지 않은 모델에서 잰 값과 견주어야 합니다. 학습으로"
            " 나아지는 것은 채운 낱말과 쓴 문장에서 보입니다. 보여 주기 전에 학생들에게 먼저 물어보세요.",
        ),
        covers=("transformer.bert", "transformer.gpt", "all.live"),
        minutes=3,
        knobs={"picture": "sense", "sentence": PEAR},
        selection=("read", 0, 0),
        training="fresh",
        code=_FIT,
        lines={"read": _FIT_LINE},
        slide=Text("The mask makes the gap, not training", "차이는 학습이 아니라 마스크에서"),
    ),
    Step(
        key="prefix",
        title=Text("T5: the prefix names the task", "T5: 접두어가 할 일을 정합니다"),
        body=Text(
            "T5 turns text into text. The **first token** it reads says what to do: 번역: makes"
            " English of it.\n\nThe ribbons are **cross-attention**: where each written token"
            " looks in what the encoder has read. Point at a token, then choose another prefix.",
            "T5는 글을 글로 바꿉니다. 맨 앞 **첫 토큰**이 할 일을 말합니다. ‘번역:’이면 영어로 옮깁니다.\n\n띠는"
            " **교차 어텐션**입니다. 쓰는 토큰이 인코더가 읽은 것 가운데 어디를 보는지 보여 줍니다. 토큰을 짚어"
            " 보고 다른 접두어도 골라 보세요.",
        ),
        notes=Text(
            "The model is the translator of the other scenes with one table for both languages."
            " The figures under the tokens are the probabilities it gave. Whether the output is"
            " right is judged by the grammar, to the last token. T5 was trained with the optimiser"
            " Adafactor, and so are these three: it remembers little, which keeps the film small.",
            "다른 장면의 번역기와 같은 모델이고, 두 언어가 임베딩 표 하나를 같이 씁니다. 토큰 아래 숫자는 모델이"
            " 준 확률입니다. 맞았는지는 문법이 끝 토큰까지 따집니다. T5는 Adafactor라는 최적화 방법으로 배웠고,"
            " 여기 세 모델도 그렇습니다. 기억할 것이 적어 필름이 작습니다.",
        ),
        covers=("transformer.t5",),
        minutes=3,
        knobs={"picture": "task", "sentence": PEAR},
        controls=("layer",),
        code="explainer.concepts.transformer.family.models:PrefixModel",
        lines={"read": "self.source_embedding = self.target_embedding"},
        slide=Text("The first token says what to do", "첫 토큰이 할 일을 말합니다"),
    ),
    Step(
        key="tasks",
        title=Text("One set of weights, four tasks", "같은 가중치로 네 가지 일"),
        body=Text(
            "Nothing in the model changes between tasks, only **one token** of its input. 질문:"
            " asks, 부정: says the opposite, 과거: moves it into the past.\n\nMost words are copied;"
            " the **ending** is rewritten. Choose 부정: for a sentence that is already negated.",
            "일이 바뀌어도 모델은 그대로이고 입력의 **토큰 하나**만 바뀝니다. ‘질문:’은 묻고, ‘부정:’은 반대로"
            " 말하고, ‘과거:’는 지난 일로 만듭니다.\n\n낱말은 거의 베끼고 **어미**만 고쳐 씁니다. 이미 부정인 문장에"
            " ‘부정:’을 골라 보세요.",
        ),
        notes=Text(
            "What is right is made from the grammar: the tail 있다, 있었다, 있지 않다 or 있지 않았다"
            " is exchanged, and 다 becomes 니 with a question mark. The opposite of a negated"
            " sentence is the plain one; what is past stays past. Each task is exact on nearly all"
            " unseen sentences: see the next step.",
            "정답은 문법으로 만듭니다. 끝의 있다, 있었다, 있지 않다, 있지 않았다를 서로 바꾸고, 질문은 ‘다’를"
            " ‘니?’로 바꿉니다. 부정문의 반대는 긍정문이고, 과거는 그대로 과거입니다. 처음 보는 문장에서도 거의 모두"
            " 정확합니다. 다음 단계에서 확인하세요.",
        ),
        covers=("transformer.t5",),
        minutes=3,
        knobs={"picture": "task", "task": "question"},
        controls=("layer",),
        code="explainer.concepts.transformer.family.tasks:asked",
        lines={"write": "return (*tokens[:-1], _ASKS, MARK)"},
        slide=Text("Only one token of input changes", "입력의 토큰 하나만 바뀝니다"),
    ),
    Step(
        key="learning",
        title=Text("All three learn from the same sentences", "셋이 같은 문장으로 배웁니다"),
        body=Text(
            "The three take turns on the **same batches**. Each is held to its own goal: words that"
            " the grammar determines, drawn texts that the grammar has, outputs wholly right.\n\n"
            "The dashed lines are the probe at 배: **flat** from the start, one high, one low.",
            "셋은 **같은 배치**로 번갈아 배우고, 저마다의 목표로 평가합니다. 문법이 정해 주는 낱말, 문법에 맞게 이어 쓴"
            " 글, 끝까지 맞은 출력입니다.\n\n점선은 ‘배’ 탐침입니다. 처음부터 **평평합니다**. 하나는 높고 하나는"
            " 낮습니다.",
        ),
        notes=Text(
            "Every curve is on sentences that none has learned from. The causal model's curve"
            " draws at temperature 1, which forgives nothing; at temperature 0 nearly all is in"
            " the grammar. Press the violet ▶ to go on, or set the film back and watch the bars of the"
            " other steps with an earlier model.",
            "모든 곡선은 아무도 배우지 않은 문장에서 잰 것입니다. GPT의 곡선은 온도 1로 뽑아 가장 까다롭습니다."
            " 학습을 눌러 더 배우게 하거나, 필름을 되감아 다른 단계의 막대를 이전 모델로 보세요.",
        ),
        covers=("transformer.bert", "transformer.gpt", "transformer.t5"),
        minutes=3,
        knobs={"picture": "learning"},
        controls=("learning_rate",),
        code="explainer.concepts.transformer.family.family:Family.step",
        lines={"": "turn = self._steps % len(MODELS)"},
        slide=Text("Three goals, the same sentences", "목표는 셋, 문장은 같습니다"),
    ),
)
