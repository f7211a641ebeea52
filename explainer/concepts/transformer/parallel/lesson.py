"""What is said of reading all words at once, and of what that costs."""

from __future__ import annotations

from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.lesson import Choice, Knob, Span, Step, Text

_LOOP = "explainer.concepts.transformer.parallel.timing:LoopedGRU.forward"
_LOOP_LINES = {"word": "h = self.cell(word, h)", "end": "return torch.stack(states, dim=1)"}
_ATTENTION = "explainer.concepts.transformer.multihead:MultiHeadAttention.forward"
_RECURRENT = "explainer.concepts.transformer.parallel.recurrent:RecurrentTranslator.forward"
_RACE = "explainer.concepts.transformer.parallel.race:Race.step"

KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures: flow, clock, race or drafts.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "flow"),
    Knob("sentence", "probe", Text("Sentence", "문장"), EXAMPLES[2]),
    Knob(
        "work",
        "view",
        Text("Work", "작업"),
        "forward",
        Choice(("forward", "training"), (Text("forward", "순전파"), Text("training", "학습"))),
    ),
    # Counts how often the person had the times taken anew.
    Knob("take", "probe", Text("Measurement", "측정 번호"), 0),
    Knob(
        "against",
        "view",
        Text("Against", "가로축"),
        "steps",
        Choice(("steps", "seconds"), (Text("updates", "갱신 수"), Text("seconds", "초"))),
    ),
    Knob(
        "learning_rate",
        "live",
        Text("Learning rate", "학습률"),
        0.003,
        Span(0.0001, 0.1, step=10, log=True),
    ),
    Knob("batch_size", "live", Text("Batch size", "배치 크기"), 32, Choice((8, 16, 32, 64, 128))),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)

STEPS: tuple[Step, ...] = (
    Step(
        key="order",
        title=Text("In turn, or all at once", "차례로, 아니면 한꺼번에"),
        body=Text(
            "Above, a **GRU** reads: each state needs the one before it, so T words take **T steps"
            " in a row**.\n\nBelow, **self-attention** makes all vectors together: **one step a"
            " layer**, however long the sentence. Watch the two counters.",
            "위의 **GRU**는 앞 상태가 나와야 다음 상태를 만듭니다. 토큰이 T개면 **T단계를 차례로**"
            " 밟습니다.\n\n아래 **셀프 어텐션**은 모든 벡터를 함께 만듭니다. 문장이 길어도 **층마다"
            " 한 단계**입니다. 두 숫자를 보세요.",
        ),
        notes=Text(
            "The blocks are the vectors of the nets of this scene: one cell is one number, equally"
            " large in both. The GRU's state has 128, the transformer 64 a token and layer. Violet"
            " lines are the largest weights of each layer. Counted are steps that must wait for"
            " each other, not the work: attention does more of that, since every word meets every"
            " other. Both are encoders; when writing, the transformer too goes token by token.",
            "블록은 이 장면의 신경망이 만든 실제 벡터입니다. 한 칸이 수 하나이고 양쪽의 칸 크기가"
            " 같습니다. GRU의 상태는 수 128개, 트랜스포머는 층마다 토큰당 64개입니다. 보라색 선은 각"
            " 층에서 가장 큰 가중치입니다. 세는 것은 서로 기다려야 하는 단계이지 계산량이 아닙니다."
            " 어텐션은 모든 낱말이 서로 만나므로 계산량은 더 많습니다. 둘 다 인코더이고, 쓸 때는"
            " 트랜스포머도 한 토큰씩 씁니다.",
        ),
        covers=("transformer.parallel", "transformer.encoder"),
        minutes=3,
        training=550,
        code=_LOOP,
        lines=_LOOP_LINES,
        slide=Text("T steps in a row against one a layer", "차례로 T단계, 아니면 층마다 한 단계"),
    ),
    Step(
        key="path",
        title=Text("From the first word to the last", "첫 낱말에서 끝까지의 거리"),
        body=Text(
            "To reach the end, the GRU **carries the first word through every state**. Attention"
            " **can** look straight at it; the line's **width** is how much.\n\nClick other words."
            " Which does the end look at most?",
            "첫 낱말이 끝까지 닿으려면 GRU는 사이의 **모든 상태를 거쳐 실어 날라야** 합니다. 어텐션은"
            " **곧장** 볼 **수 있습니다**. 얼마나 보는지는 선의 **굵기**입니다.\n\n다른 낱말도 눌러"
            " 보세요. 어느 것이나 똑같이 가깝습니다. 무엇을 가장 많이 보나요?",
        ),
        notes=Text(
            "The gradient takes the same ways back: through all states in the GRU, by one edge in"
            " attention. The card gives the weight that the end token puts on the chosen word,"
            " averaged over the heads of the first layer. Before training it is near one in T.",
            "기울기도 같은 길로 되돌아옵니다. GRU에서는 모든 상태를 거치고 어텐션에서는 한 번에 옵니다."
            " 카드의 숫자는 끝 토큰이 고른 낱말에 준 가중치로, 첫 층의 헤드를 평균한 값입니다."
            " 배우기 전에는 1/T에 가깝습니다.",
        ),
        covers=("transformer.parallel",),
        minutes=2,
        selection=("word", 0),
        training=550,
        code=_LOOP,
        lines=_LOOP_LINES,
        slide=Text(
            "Carried through every state, or one look", "모든 상태를 거치거나, 한 번 바라보기"
        ),
    ),
    Step(
        key="forward",
        title=Text("The clock on this machine", "이 컴퓨터의 시계"),
        body=Text(
            "Fewer steps in a row: faster? Measured **here and now**.\n\n**Fused** attention usually"
            " beats the GRU's many small operators. But on a small CPU it **does not win** at length"
            " against an LSTM **fused** into one: attention grows with **T²**.",
            "차례로 밟는 단계가 적으면 더 빠를까요? **지금 여기서** 잽니다.\n\n**융합된** 어텐션은 단계마다"
            " 작은 연산을 여러 번 부르는 GRU보다 대개 빠릅니다. 그러나 작은 CPU에서 길어지면 하나로"
            " **융합된** LSTM을 **이기지 못합니다**. 어텐션의 계산량은 **T²**으로 늡니다.",
        ),
        notes=Text(
            "Fused means that one operator does what were many. The table counts the operators that"
            " torch ran: on a CPU nn.GRU is one call from Python, yet loops over its steps inside,"
            " while nn.LSTM is one operator at any length. The race trains the GRU; the LSTM is here"
            " as the fastest that recurrence gets. Point at a length for its figures. Both axes are"
            " by ratio: twice as steep means the square. Short measurements vary; measure again.",
            "융합이란 여러 연산이 할 일을 연산 하나가 하는 것입니다. 표는 torch가 실제로 부른 연산을 센"
            " 값입니다. CPU에서 nn.GRU는 파이썬에서 한 번 부르지만 안에서 단계마다 반복하고, nn.LSTM은"
            " 길이와 상관없이 연산 하나입니다. 경주에서 배우는 것은 GRU이고, LSTM은 순환이 가장 빠를 때를"
            " 보여 줍니다. 길이를 짚으면 값이 나옵니다. 두 축 모두 비율 눈금이라 기울기가 두 배면 제곱으로"
            " 늡니다. 짧은 측정은 흔들리니 다시 재 보세요.",
        ),
        covers=("transformer.parallel", "all.live"),
        minutes=3,
        knobs={"picture": "clock"},
        controls=("work",),
        code=_ATTENTION,
        lines={"": "scores = q @ k.transpose(-2, -1)"},
        slide=Text(
            "Fewer steps in a row is not always faster", "차례가 적다고 늘 빠르지는 않습니다"
        ),
    ),
    Step(
        key="training",
        title=Text("Training: there and back", "학습: 갔다가 돌아오기"),
        body=Text(
            "Learning runs the layer **forward and back**. The recurrent net must go back through"
            " its T steps too, the last first.\n\nWith teacher forcing, a transformer's decoder"
            " also learns **all positions at once**. A GRU cannot. Which line is lowest here?",
            "학습할 때는 층을 **앞으로 갔다가 뒤로** 돌아옵니다. 순환 신경망은 T단계를 끝에서부터 거꾸로"
            " 되짚어야 합니다.\n\n정답을 넣어 배우면 트랜스포머는 디코더도 **모든 자리를 한꺼번에**"
            " 배웁니다. GRU는 그럴 수 없습니다. 어느 선이 가장 낮나요?",
        ),
        notes=Text(
            "This is what made transformers win: not that a step is cheap, but that on hardware"
            " with many units a whole text is learned from in a few large products. Whether that"
            " shows here depends on the machine named under the table.",
            "트랜스포머가 앞선 까닭은 한 단계가 싸서가 아니라, 계산 장치가 많은 하드웨어에서 글 전체를 큰"
            " 곱 몇 번으로 배울 수 있어서입니다. 여기서도 그런지는 표 아래 적힌 컴퓨터에 달렸습니다.",
        ),
        covers=("transformer.parallel",),
        minutes=2,
        knobs={"picture": "clock", "work": "training"},
        controls=("work",),
        code="explainer.concepts.transformer.parallel.timing:_learn",
        lines={"": "layer(x).sum().backward()"},
        slide=Text("There and back, measured here", "갔다가 돌아오기, 여기서 잽니다"),
    ),
    Step(
        key="race",
        title=Text("Three nets, one race", "세 신경망의 경주"),
        body=Text(
            "A transformer, a GRU **with** attention and a GRU **without** took turns on the same"
            " batches. Which is the odd one out: the transformer, or the net **without"
            " attention**?\n\nRace them anew on this machine: **Train from scratch**.",
            "트랜스포머, 어텐션이 **있는** GRU, **없는** GRU가 같은 배치로 번갈아 배웠습니다. 홀로 처지는"
            " 것은 트랜스포머인가요, **어텐션이 없는** 신경망인가요?\n\n**처음부터 학습**을 누르면 이"
            " 컴퓨터에서 다시 겨룹니다.",
        ),
        notes=Text(
            "Same seed, same batches, same learning rate; sizes are alike. One evaluation reads 256"
            " held-out sentences; a sentence counts only if it is right to the last token. A dashed"
            " line marks where a net first reached 95 %. The two that attend rise together; the"
            " third has to squeeze the source into one state. Drag the film to go back.",
            "시드와 배치, 학습률이 같고 크기도 비슷합니다. 평가할 때는 배우지 않은 256문장을 읽고, 끝까지"
            " 맞아야 맞은 것으로 셉니다. 점선은 처음 95 %에 이른 곳입니다. 어텐션이 있는 둘은 함께 오르고,"
            " 나머지 하나는 원문을 상태 하나에 눌러 담아야 합니다. 필름을 끌면 되돌아갑니다.",
        ),
        covers=("transformer.parallel",),
        minutes=4,
        knobs={"picture": "race"},
        controls=("against", "learning_rate"),
        code=_RACE,
        lines={"": "turn = self._steps % len(NETS)"},
        slide=Text("Three nets learn in turn", "세 신경망이 번갈아 배웁니다"),
    ),
    Step(
        key="seconds",
        title=Text("By seconds: attention wins", "시간으로 보면: 이기는 것은 어텐션"),
        body=Text(
            "The same race by **seconds**. Here the GRU with attention is first: its updates cost"
            " less. The one without takes several times as long.\n\nSo what wins is **attention**,"
            " not doing without recurrence.",
            "같은 경주를 **시간**으로 봅니다. 어텐션이 있는 둘 가운데 여기서는 GRU가 먼저입니다. 갱신 한"
            " 번이 더 싸기 때문입니다. 어텐션이 없으면 몇 배나 걸립니다.\n\n그러니 이 문장들에서 이기는"
            " 것은 순환을 버린 것이 아니라 **어텐션**입니다.",
        ),
        notes=Text(
            "Seconds are those each net's own updates took: CPU time of the training thread, or"
            " wall time on a GPU; evaluation is not counted. Under the table stands whose they are:"
            " those of the film, with machine and date, or measured here. Train from scratch to see"
            " your own. Attention was invented for recurrent translators (Bahdanau et al., 2015);"
            " the transformer kept it and dropped recurrence.",
            "초는 각 신경망이 자기 갱신에 쓴 시간입니다. CPU에서는 학습 스레드의 CPU 시간, GPU에서는"
            " 실제 시간이며 평가는 세지 않습니다. 표 아래에 어디서 잰 값인지 적혀 있습니다. 필름의 값이면"
            " 컴퓨터와 날짜를 적고, 처음부터 학습하면 여기서 잰 값이 나옵니다. 어텐션은 본래 순환 번역기를"
            " 위해 나왔고(바다나우 외, 2015), 트랜스포머는 순환을 버리고 그것을 남겼습니다.",
        ),
        covers=("transformer.parallel",),
        minutes=3,
        knobs={"picture": "race", "against": "seconds"},
        controls=("against",),
        code=_RACE,
        lines={"": "seconds = clock() - began"},
        slide=Text("What wins is attention", "이기는 것은 어텐션입니다"),
    ),
    Step(
        key="drafts",
        title=Text("One sentence, three translations", "한 문장, 세 번역"),
        body=Text(
            "The **same moment of the film**; wrong words are **dashed**.\n\nThe GRU"
            " without attention writes from **one state** that must hold everything said. Does it"
            " get the **words** wrong, or the **grammar**? Drag the film on.",
            "필름의 **같은 순간**, 세 신경망의 번역입니다. 틀린 낱말은 **점선** 테두리입니다.\n\n어텐션이 없는"
            " GRU는 **상태 하나**만 보고 씁니다. 문장의 모든 뜻이 거기 담겨야 합니다. 틀리는 것은"
            " **낱말**인가요, **문법**인가요? 필름을 앞으로 끌어 보세요.",
        ),
        notes=Text(
            "This is the frame of the film in which the two that attend are mostly right. Often the"
            " net without attention writes fluent English about something else: it has learned the"
            " language before the translation. At the end of the film it translates too. In the maps a"
            " row is a word written, a column a token read. Try a short and a long sentence.",
            "어텐션이 있는 둘은 거의 다 맞히기 시작한 프레임입니다. 어텐션이 없는 신경망은 유창한 영어로"
            " 딴소리를 할 때가 많습니다. 번역보다 언어를 먼저 배운 것입니다. 필름 끝에서는 이 신경망도"
            " 번역합니다. 지도에서 행은 쓴 낱말, 열은 읽은 토큰입니다. 짧은 문장과 긴 문장을 모두 넣어 보세요.",
        ),
        covers=("transformer.parallel", "transformer.translate"),
        minutes=3,
        knobs={"picture": "drafts"},
        training=550,
        code=_RECURRENT,
        lines={"": "context = self.attention(written, states, source_pad) @ states"},
        slide=Text(
            "Everything said must fit into one state", "문장의 뜻이 상태 하나에 담겨야 합니다"
        ),
    ),
)
