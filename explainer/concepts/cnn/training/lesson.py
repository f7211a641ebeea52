"""What is said while the digit net learns."""

from __future__ import annotations

from explainer.lesson import Choice, Knob, Span, Step, Text, Toggle

_STEP = "explainer.concepts.cnn.experiment:DigitExperiment.step"
_LINES = {
    "batch": "images, labels = self._next_batch()",
    "forward": "logits = self._net(images)",
    "loss": "loss = F.cross_entropy(logits, labels)",
    "backward": "loss.backward()",
    "update": "optimiser.step()",
    "average": "self._average_weights()",
}

KNOBS: tuple[Knob, ...] = (
    # "start" shows large kernels beside the wall, "update" one update in slow motion, "kernels" the
    # first layer over the whole width.
    Knob("focus", "view", Text("What is shown", "보여 주는 것"), ""),
    Knob(
        "loss_axis",
        "view",
        Text("Loss axis", "손실 눈금"),
        "linear",
        Choice(("linear", "log"), (Text("linear", "고르게"), Text("log", "로그"))),
    ),
    # "early" ends the axes where most has been learned.
    Knob("steps_shown", "view", Text("Steps shown", "보이는 스텝"), "whole"),
    Knob(
        "learning_rate",
        "live",
        Text("Learning rate", "학습률"),
        0.003,
        Span(0.0001, 1.0, step=10, log=True),
    ),
    Knob("batch_size", "live", Text("Batch size", "배치 크기"), 32, Choice((8, 16, 32, 64, 128))),
    Knob(
        "optimiser",
        "live",
        Text("Optimiser", "최적화 방법"),
        "adam",
        Choice(("adam", "sgd"), (Text("Adam", "Adam"), Text("SGD", "SGD"))),
    ),
    Knob("augmentation", "live", Text("Vary the digits", "숫자를 조금씩 바꾸기"), True, Toggle()),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)

STEPS: tuple[Step, ...] = (
    Step(
        key="fresh",
        title=Text("Before any learning", "아직 아무것도 배우지 않았습니다"),
        body=Text(
            "Every weight was drawn at random. This network has seen **no digit at all**, and it"
            " guesses: look at the orange frames.\n\nThe number at a corner is its guess. How"
            " many would be right **by pure luck**?",
            "가중치는 모두 무작위로 뽑혔습니다. 이 신경망은 숫자를 **한 번도 본 적이 없어** 찍고"
            " 있습니다. 주황 테두리를 보세요.\n\n모서리의 숫자가 신경망의 답입니다. **순전히"
            " 운으로** 찍으면 몇 개나 맞을까요?",
        ),
        notes=Text(
            "Ten classes, so about one in ten by luck. The right ones here know nothing either."
            " Look at the kernels on the left and remember their patterns: in two steps you see what"
            " becomes of them. If you have trained a"
            " net yourself, it is not lost: a button under the stage goes back to it.",
            "클래스가 열 개이니 운으로는 열에 하나쯤 맞습니다. 지금 맞은 것도 알고 맞힌 것이"
            " 아닙니다. 왼쪽의 커널 무늬를 기억해 두세요. 잠시 뒤에 어떻게 바뀌는지 봅니다."
            " 직접 학습시킨 신경망이 있어도 사라지지 않습니다. 무대 아래 단추로 되돌아갈 수"
            " 있습니다.",
        ),
        covers=("all.live", "cnn.output"),
        minutes=2,
        knobs={"focus": "start"},
        training="fresh",
        slide=Text("Before learning, it only guesses", "배우기 전에는 찍을 뿐입니다"),
    ),
    Step(
        key="update",
        title=Text("One step, slowly", "한 스텝을 천천히"),
        body=Text(
            "Learning is this, thousands of times. Each weight moves **against its gradient**, the"
            " slope of the **loss**; how far, the **learning rate** says.\n\nPoint at a digit to"
            " follow it.",
            "학습은 이 일을 수천 번 되풀이하는 것입니다. 가중치는 **손실**의 **기울기와"
            " 반대쪽으로** 움직이고, 얼마나 움직일지는 **학습률**이 정합니다.\n\n배치의 숫자에"
            " 포인터를 올리면 그 숫자를 따라갑니다.",
        ),
        notes=Text(
            "From left to right: logits, the probability of the right answer, its loss, the gradient,"
            " the step. These are the numbers of the update that comes next: it was really made, noted and"
            " taken back. Press the single-step button and the network makes exactly this one."
            " The loss is the cross-entropy: minus the logarithm of the probability of the right"
            " answer, averaged over the batch. Adam divides the running mean of the gradient by"
            " its usual size; at the very first step both come from one gradient, so 1 or −1 is"
            " left. The average follows closely now and ever more slowly later. The marked line"
            " of code is the one that runs.",
            "왼쪽부터 로짓, 정답의 확률, 손실, 기울기, 가중치 갱신 순서입니다. 바로 다음 스텝의"
            " 실제 값으로, 정말로 한 스텝을 해 보고 적어 둔 다음 되돌린 것입니다. 한 스텝 단추를"
            " 누르면 똑같은 스텝을 밟습니다. 손실은 교차 엔트로피입니다. 정답 확률의 로그에 음의"
            " 부호를 붙여 배치 전체에서 평균합니다. Adam은 기울기의 이동 평균을 평소 크기로"
            " 나눕니다. 첫 스텝에는 둘 다 기울기 하나에서 나오므로 1이나 −1이 됩니다. 평균"
            " 가중치는 처음에는 바짝 따라가고 갈수록 천천히 따라갑니다. 지금 실행되는 코드 줄에는"
            " 표시가 있습니다.",
        ),
        covers=("all.step", "all.code", "cnn.output"),
        minutes=4,
        knobs={"focus": "update"},
        controls=("learning_rate",),
        training="fresh",
        slide=Text(
            "Each weight moves a little, against its gradient",
            "가중치는 저마다 기울기와 반대로 조금 움직입니다",
        ),
        code=_STEP,
        lines=_LINES,
    ),
    Step(
        key="train",
        title=Text("Now let it learn", "이제 학습시켜 봅시다"),
        body=Text(
            "Press the violet **▶** under the stage: the loss falls, accuracy on **new digits**"
            " rises.\n\nChange a **setting** as it learns: the chart marks it.",
            "무대 아래 보라색 **▶** 단추를 누르세요. 손실이 떨어지고, **처음 보는 숫자**에서 정확도가"
            " 올라갑니다.\n\n배우는 동안 **설정**을 바꿔 보세요. 곡선에 표시됩니다.",
        ),
        notes=Text(
            "Training really runs on this machine now. Start at one step a second to see single"
            " updates, then go as fast as it can. The curve is the mean of 25 batches: one batch"
            " of 32 jumps too much to be read. The axis is the root of the step, so that the"
            " first hundred steps have room. Watch how quickly the orange frames go. They are on the"
            " first of 1,000 test digits, none of which is trained on; the accuracy counts all"
            " 1,000.",
            "지금 이 컴퓨터에서 정말로 학습합니다. 처음에는 1초에 한 스텝으로 보고, 그다음 최대"
            " 속도로 올려 보세요. 곡선은 배치 25개의 평균입니다. 배치 하나하나의 손실은 너무"
            " 들쭉날쭉해서 읽기 어렵습니다. 가로축은 스텝 수의 제곱근이라 처음 100스텝이 넓게"
            " 보입니다. 주황 테두리가 얼마나 빨리 사라지는지 보세요. 화면에 깔린 것은 학습에 쓰지"
            " 않은 시험 숫자 1,000개의 앞부분이고, 정확도는 1,000개 전체로 잽니다.",
        ),
        covers=("all.live", "all.step"),
        minutes=4,
        training="fresh",
        controls=("learning_rate", "batch_size", "optimiser", "augmentation"),
        slide=Text(
            "Press T: the loss falls, the accuracy rises",
            "T를 누르면 학습합니다. 손실은 내려가고 정확도는 올라갑니다",
        ),
    ),
    Step(
        key="kernels",
        title=Text("What changes inside", "안에서는 무엇이 달라질까"),
        body=Text(
            "Each block is a moment; **the same place in it is the same kernel**. They keep much of"
            " the pattern they began with: single weights shift, some kernels grow stronger,"
            " others weaker.\n\nClick a block to go there.",
            "한 묶음이 한 시점이고, **묶음 안의 같은 자리가 같은 커널**입니다. 처음 무늬는 대체로"
            " 남아 있습니다. 가중치가 하나둘 달라지면서 어떤 커널은 강해지고 어떤 커널은"
            " 약해집니다.\n\n묶음을 누르면 그때로 갑니다.",
        ),
        notes=Text(
            "Textbooks often say that first-layer kernels become edge detectors. In a net this"
            " small that is not what you see: in the shipped run each kernel at the end"
            " correlates with its random start at 0.66 or more. The random start is useful"
            " already. All blocks share one colour scale, unless one blows up: then each has its own, with"
            " its largest weight written under it. Point at a kernel for its largest"
            " weights.",
            "첫 층의 커널이 윤곽선 검출기가 된다는 말을 흔히 듣지만, 이렇게 작은 신경망에서는"
            " 그렇게 보이지 않습니다. 함께 제공하는 학습에서는 끝난 뒤의 커널과 처음 커널의"
            " 상관이 모두 0.66 이상입니다. 무작위 시작값이 이미 쓸 만하다는 뜻입니다. 모든"
            " 묶음은 같은 색 눈금을 씁니다. 값이 폭발한 묶음이 있으면 묶음마다 따로 눈금을 쓰고"
            " 가장 큰 가중치를 아래에 적습니다. 커널에 포인터를 올리면 가장 큰 가중치가 보입니다.",
        ),
        covers=("cnn.filters", "all.rewind"),
        minutes=3,
        training="shipped",
        knobs={"focus": "kernels"},
        slide=Text(
            "The first patterns mostly stay; their strength changes",
            "처음 무늬는 대체로 남고, 세기가 달라집니다",
        ),
    ),
    Step(
        key="drawing",
        title=Text("Making up its mind", "마음을 정하기까지"),
        body=Text(
            "The ribbons are the ten probabilities of **your own drawing**, over training. At"
            " first the network is undecided; then one ribbon takes over.\n\nDraw another digit"
            " in the first scene and come back: which digits **compete** longest?",
            "띠는 **내 그림**을 보고 매긴 열 가지 확률이 학습하는 동안 어떻게 바뀌는지 보여"
            " 줍니다. 처음에는 망설이다가 띠 하나가 자리를 다 차지합니다.\n\n첫 장면에서 다른 숫자를 그리고"
            " 돌아와 보세요. 어떤 숫자들이 가장 오래 **겨루나요**?",
        ),
        notes=Text(
            "Every kept frame of the film was asked about the same drawing. At each step the ten"
            " shares add up to 100 %, because softmax divides them. The digit at the bottom is"
            " the one the network gives in the end. Fours and nines, threes and fives and eights"
            " compete longest as a rule, but look: it depends on how it was drawn.",
            "필름에 남은 프레임마다 같은 그림을 물어본 결과입니다. 소프트맥스로 나눈 값이라"
            " 어느 때나 합은 100 %입니다. 맨 아래 띠는 마지막에 내놓는 답입니다. 대개 4와 9, 3과"
            " 5와 8이 오래 겨루지만, 어떻게 그렸는지에 따라 다르니 직접 확인하세요.",
        ),
        covers=("cnn.output", "all.rewind"),
        minutes=3,
        training=600,
        knobs={"steps_shown": "early"},
        slide=Text(
            "The ten probabilities of one drawing, as training goes on",
            "학습하는 동안 그림 하나의 확률 열 가지가 이렇게 바뀝니다",
        ),
    ),
    Step(
        key="rewind",
        title=Text("Rewind", "되감기"),
        body=Text(
            "Training is a film. Here it stands near **step 150**: kernels, test digits and your"
            " drawing all show the network **as it was then**.\n\nDrag the film under the stage."
            " Which mistakes are the last to go? Point at one for its ten probabilities.",
            "학습은 필름입니다. 지금은 **150스텝** 무렵입니다. 커널, 시험 숫자, 내 그림이 모두"
            " **그때의 신경망**을 보여 줍니다.\n\n무대 아래 필름을 끌어 보세요. 끝까지 남는 실수는"
            " 무엇인가요? 숫자에 포인터를 올리면 확률 열 개가 보입니다.",
        ),
        notes=Text(
            "Go to the drawing scene from here: it reads with the network of this moment too."
            " Film frames are kept densely at first and thinner later, so the step shown is the"
            " nearest one that was kept. Some test digits are hard for people as well: let the"
            " class read them before you show the label.",
            "여기서 그리기 장면으로 가 보세요. 거기서도 이때의 신경망이 읽습니다. 필름에는"
            " 처음에는 촘촘하게, 나중에는 드문드문 남기므로 가장 가까운 프레임이 나옵니다."
            " 사람이 보기에도 어려운 숫자가 있습니다. 정답을 보여 주기 전에 학생들에게 먼저"
            " 읽게 해 보세요.",
        ),
        covers=("all.rewind", "cnn.output"),
        minutes=3,
        training=150,
        knobs={"steps_shown": "early"},
        slide=Text(
            "Rewind the film, and you see the network of that moment",
            "필름을 되감으면 그때의 신경망이 보입니다",
        ),
    ),
    Step(
        key="branch",
        title=Text("A larger learning rate?", "학습률을 키우면?"),
        body=Text(
            "Set the **learning rate** to 0.1 or 1 and press the violet **▶**: a **second curve**"
            " leaves, in teal.\n\nGuess first: faster, or not at all? If it leaves the axis, take"
            " **log**.",
            "**학습률**을 0.1이나 1로 놓고 보라색 **▶** 단추를 누르세요. **둘째 곡선**이 청록색으로"
            " 갈라집니다.\n\n먼저 맞혀 보세요. 더 빨리 배울까요, 아예 못 배울까요? 곡선이 눈금을"
            " 벗어나면 **로그**로 바꾸세요.",
        ),
        notes=Text(
            "At 1.0 the steps overshoot and the loss leaps. Measured from step 150: after 300"
            " more steps the network gives every picture the same answer, at 0.1 as well, and is"
            " right on about one in ten. Rewind and try 0.0003 as well: at"
            " 0.0003 it still learns, only slowly. If the loss stops being a number, training"
            " stops and the last good frame is offered.",
            "1.0에서는 한 번에 너무 크게 움직여 손실이 튀어 오릅니다. 150스텝에서 갈라져 300스텝을 더 가"
            " 보니, 0.1에서도 1.0에서도 어떤 그림에나 같은 답만 내놓아 열에 하나쯤만 맞았습니다."
            " 되감아서 0.0003도 해 보세요. 느리지만 배웁니다. 손실이 유한한 수가 아니게 되면"
            " 학습이 멈추고, 마지막 정상 프레임으로 돌아갈 수 있습니다.",
        ),
        covers=("all.rewind", "all.live"),
        minutes=4,
        training=150,
        knobs={"steps_shown": "early"},
        controls=("learning_rate", "loss_axis"),
        slide=Text(
            "Ten times the learning rate does not learn ten times as fast",
            "학습률을 키운다고 그만큼 빨리 배우지는 않습니다",
        ),
    ),
    Step(
        key="again",
        title=Text("Your turn", "직접 해 보기"),
        body=Text(
            "Another **seed**: the same mistakes?\n\nThen smaller batches, digits **without**"
            " variation, or SGD at 0.03: one thing at a time.",
            "**시드**를 바꿔도 같은 실수를 할까요?\n\n배치를 줄이거나, 숫자를 **그대로** 쓰거나,"
            " 학습률 0.03의 SGD로 바꿔 보세요. 한 번에 하나씩만요.",
        ),
        notes=Text(
            "Another seed means other random weights. Does the new network need as many steps? The"
            " same seed gives the same numbers bit for bit on a processor, so a class can"
            " compare results. SGD here has momentum 0.9 and wants a larger learning rate than"
            " Adam, about 0.03. With small batches each step is cheaper and noisier: compare by"
            " digits seen, not by steps.",
            "시드가 다르면 무작위 가중치가 달라집니다. 스텝은 비슷하게 필요할까요? CPU에서는 같은"
            " 시드가 비트까지 같은 결과를 내므로 서로 견줘 볼 수 있습니다. 여기서 SGD는 모멘텀"
            " 0.9를 쓰며, Adam보다 큰 학습률인 0.03쯤이 알맞습니다. 배치가 작으면 한 스텝에 드는"
            " 계산은 적지만 더 들쭉날쭉합니다. 스텝 수가 아니라 지금까지 본 숫자 수로 견주세요.",
        ),
        covers=("all.live", "all.code"),
        minutes=4,
        training="fresh",
        controls=("seed", "batch_size", "augmentation", "optimiser", "learning_rate"),
        slide=Text(
            "Another random start gives another network",
            "무작위 시작이 달라지면 신경망도 달라집니다",
        ),
        code=_STEP,
        lines={"": "logits = self._net(images)"},
    ),
)
