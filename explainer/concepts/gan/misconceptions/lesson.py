"""What is said of claims about GANs that are often made."""

from __future__ import annotations

from explainer.concepts.gan.misconceptions import words
from explainer.concepts.gan.side_by_side.knobs import OF_SIDES, SHARED_KNOBS
from explainer.concepts.gan.side_by_side.lesson import FILMS
from explainer.lesson import Choice, Knob, Step, Text

_DEEDS = "explainer.concepts.gan.misconceptions.deeds"
_COVERS = ("gan.misconceptions",)

KNOBS: tuple[Knob, ...] = (
    # Which claim is on the stage.
    Knob("card", "probe", Text("Card", "카드"), "real"),
    Knob(
        "guess",
        "probe",
        words.GUESS,
        "none",
        Choice(("none", "true", "false"), (words.UNDECIDED, words.TRUE, words.FALSE)),
    ),
    # How much was done to try it, by the pills on the stage.
    Knob("amount", "probe", words.DO_IT, 0),
    *SHARED_KNOBS,
    *OF_SIDES,
)

STEPS: tuple[Step, ...] = (
    Step(
        key="real",
        title=Text("Does the forger see real ones?", "위조범은 진짜를 볼까요?"),
        body=Text(
            "Choose **true** or **false** first. Then **move the real points**, or call them"
            " forged, and see whose loss notices.\n\nIf the generator looked at them, its loss or"
            " its gradient would change.",
            "먼저 **참**인지 **거짓**인지 고르세요. 그런 다음 **진짜 점을 옮기거나** 가짜라고 이름 붙이고,"
            " 누구의 손실이 알아채는지 보세요.\n\n생성자가 진짜를 본다면 손실이나 기울기가 변할 것입니다.",
        ),
        notes=Text(
            "Both losses are taken again on the same noise, with the judge as it is. The last row"
            " asks autograd for the gradient of the generator's loss with respect to the real"
            " points: None means that there is no path, not that it is small. The real points act"
            " only through the judge's weights, in the next update of the judge.",
            "판별자는 그대로 두고 같은 잡음으로 두 손실을 다시 잽니다. 마지막 줄은 자동 미분에 진짜 점에 대한"
            " 생성자 손실의 기울기를 물은 것입니다. None은 작다는 뜻이 아니라 길이 없다는 뜻입니다. 진짜는"
            " 판별자가 다음에 배울 때 그 가중치를 통해서만 영향을 줍니다.",
        ),
        covers=_COVERS,
        minutes=2,
        knobs={"card": "real"},
        controls=("guess",),
        training="shipped",
        code=f"{_DEEDS}:_both_losses",
        lines={"": "(to_real,) = torch.autograd.grad(forged, real, allow_unused=True)"},
        slide=Text("Move the real points: who notices?", "진짜를 옮기면 누가 알아챌까요?"),
    ),
    Step(
        key="frozen",
        title=Text("Is a falling loss good news?", "손실이 줄면 좋은 소식일까요?"),
        body=Text(
            "Freeze the judge and let the **generator learn alone**. Its loss can only be held"
            " against a judge that stands still.\n\nWatch the loss, the distance to the data and"
            " the modes together.",
            "판별자를 멈추고 **생성자만 배우게** 하세요. 생성자의 손실은 가만히 있는 판별자를 상대로 잰"
            " 값일 뿐입니다.\n\n손실, 데이터와의 거리, 봉우리를 함께 보세요.",
        ),
        notes=Text(
            "The judge's verdicts are compared at 1,600 places before and after: they do not move at"
            " all, so the generator's signal stands still. It follows the slope past the data to"
            " wherever this judge happens to be wrong. In all seeds tried the loss fell and the"
            " distance grew.",
            "판별자의 판정을 1,600곳에서 전후로 비교합니다. 조금도 변하지 않으니 생성자가 받는 신호도"
            " 그대로입니다. 생성자는 그 비탈을 따라 데이터를 지나쳐, 이 판별자가 마침 틀리는 곳으로 갑니다."
            " 시험한 시드 모두에서 손실은 줄고 거리는 커졌습니다.",
        ),
        covers=_COVERS,
        minutes=2,
        knobs={"card": "frozen"},
        controls=("guess",),
        training="shipped",
        code=f"{_DEEDS}:frozen_judge",
        lines={
            "": "follow(optimiser, weights, generator_loss(pair.settings.loss,"
            " alone.discriminator(fake)))"
        },
        slide=Text("Freeze the judge, train the forger", "판별자를 멈추고 생성자만 배우면"),
    ),
    Step(
        key="judge",
        title=Text("Does a better judge help?", "판별자가 세면 도움이 될까요?"),
        body=Text(
            "This is an early round: the fakes are easy to tell. Let the **judge learn alone** and"
            " look at the **minimax** gradient it sends to the generator.\n\nTry 20 updates, then"
            " 400.",
            "아직 초반이라 가짜를 알아보기 쉽습니다. **판별자만 배우게** 하고, 생성자에게 보내는 **미니맥스**"
            " 기울기를 보세요.\n\n20번을 해 보고, 400번도 해 보세요.",
        ),
        notes=Text(
            "A few updates help: the gradient grows. Many make the judge sure of every fake, and"
            " log(1 − D) is flat where D is 0. The non-saturating loss on the same nets stays steep:"
            " that is why it is the usual one. The judge learns here without R1, on a copy.",
            "조금 배우는 것은 도움이 되어 기울기가 커집니다. 많이 배우면 모든 가짜를 확신하게 되는데, D가"
            " 0인 곳에서 log(1 − D)는 평평합니다. 같은 신경망에서 비포화 손실은 여전히 가파르고, 그래서 흔히"
            " 이것을 씁니다. 여기서 판별자는 복사본에서 R1 없이 배웁니다.",
        ),
        covers=(*_COVERS, "gan.balance"),
        minutes=2,
        knobs={"card": "judge"},
        controls=("guess",),
        training=16,
        code=f"{_DEEDS}:teach_judge",
        lines={
            "": "follow(optimiser, weights, discriminator_loss("
            '"non-saturating", on_real, on_fake))'
        },
        slide=Text("Train the judge alone", "판별자만 더 배우면"),
    ),
    Step(
        key="zero",
        title=Text("Where do the losses want to go?", "손실은 어디로 가야 할까요?"),
        body=Text(
            "Let a **new judge** begin against three forgers: one without skill, this one, and a"
            " **perfect** one, whose fakes are fresh real points.\n\nAgainst which of them do the"
            " losses go near zero?",
            "**새 판별자**를 세 생성자와 겨루게 하세요. 서툰 생성자, 지금 생성자, 그리고 **완벽한** 생성자입니다."
            " 완벽한 생성자의 가짜는 새로 뽑은 진짜입니다.\n\n누구를 상대할 때 손실이 0에 가까워지나요?",
        ),
        notes=Text(
            "A judge's loss near 0 means that the fakes are bad. At a draw D is 1/2 everywhere, the"
            " judge's loss 2 ln 2 = 1.386 and the generator's ln 2 = 0.693. All figures are on 2,000"
            " points of each kind that the judge has not learned from.",
            "판별자의 손실이 0에 가깝다는 것은 가짜가 나쁘다는 뜻입니다. 비기면 D는 어디서나 1/2이고 판별자의"
            " 손실은 2 ln 2 = 1.386, 생성자의 손실은 ln 2 = 0.693입니다. 모두 판별자가 배우지 않은 점"
            " 2,000개씩에서 잰 값입니다.",
        ),
        covers=(*_COVERS, "gan.balance"),
        minutes=2,
        knobs={"card": "zero"},
        controls=("guess",),
        training="shipped",
        code=f"{_DEEDS}:new_judge",
        lines={"": "teach_judge(alone, forger, JUDGED)"},
        slide=Text("A new judge against three forgers", "새 판별자와 세 생성자"),
    ),
    Step(
        key="half",
        title=Text("Is 50 % a bad judge?", "반만 맞히면 못난 판별자일까요?"),
        body=Text(
            "The same contest, now by **accuracy**: how often the new judge is right on points it"
            " never saw.\n\nIs a judge that is right half of the time badly trained, or has it met"
            " its master?",
            "같은 겨루기를 이번에는 **정확도**로 봅니다. 새 판별자가 처음 보는 점을 얼마나 맞힐까요?\n\n반만"
            " 맞히는 판별자는 덜 배운 것일까요, 아니면 임자를 만난 것일까요?",
        ),
        notes=Text(
            "If fakes are drawn just like real points, nothing tells them apart, and 50 % is the best"
            " there is. So 50 % alone says little: a judge that never learned also has it. Hold it"
            " against the distance to the data.",
            "가짜가 진짜와 똑같이 뽑힌다면 구별할 길이 없고 50 %가 최선입니다. 그러니 50 %만 보아서는 알 수"
            " 없습니다. 배우지 않은 판별자도 50 %입니다. 데이터와의 거리를 함께 보아야 합니다.",
        ),
        covers=_COVERS,
        minutes=2,
        knobs={"card": "half"},
        controls=("guess",),
        training="shipped",
        code=f"{_DEEDS}:_judged",
        lines={
            "": "right = ((on_real > 0).float().mean() + (on_fake <= 0).float().mean()) / 2"
        },
        slide=Text("Right half of the time", "반만 맞히는 판별자"),
    ),
    Step(
        key="memorise",
        title=Text("Copies, or new points?", "베낀 것일까요, 새것일까요?"),
        body=Text(
            "For each fake, find the **nearest training point**. Do the same for **fresh real"
            " points**, which cannot be copies.\n\nCopies would lie nearer than the fresh ones do.",
            "가짜마다 **가장 가까운 학습 점**을 찾습니다. 베꼈을 리 없는 **새로 뽑은 진짜**로도 똑같이"
            " 합니다.\n\n베낀 것이라면 새 진짜보다 더 가까이 있을 것입니다.",
        ),
        notes=Text(
            "There are 20,000 training points, so even a fresh one has a neighbour close by: only the"
            " comparison says something. The last row counts fakes nearer than the middle of the"
            " fresh points; copies would be at 100 %. A small net and much data cannot copy; large"
            " nets on few pictures sometimes do.",
            "학습 점이 20,000개라 새 점 곁에도 늘 이웃이 있습니다. 그래서 비교만이 뜻이 있습니다. 마지막"
            " 줄은 새 진짜의 중앙값보다 가까운 가짜를 셉니다. 베꼈다면 100 %일 것입니다. 작은 신경망과 많은"
            " 데이터로는 베낄 수 없지만, 큰 신경망과 적은 그림이라면 그럴 때도 있습니다.",
        ),
        covers=_COVERS,
        minutes=2,
        knobs={"card": "memorise"},
        controls=("guess",),
        training="shipped",
        code=f"{_DEEDS}:nearest",
        lines={"": "to_fakes, to_others = (_distances(points, pair.real) for points in"
                   " (fakes, others))"},
        slide=Text("How near is the nearest?", "가장 가까운 점까지의 거리"),
    ),
    Step(
        key="collapse",
        title=Text("Can you see it in the losses?", "손실만 보고 알 수 있을까요?"),
        body=Text(
            "One of these two has **collapsed**: all its fakes sit in one heap. Here are their"
            " losses.\n\nCan you tell which one from the curves? Say it aloud, then **uncover** the"
            " fakes.",
            "둘 중 하나는 **모드 붕괴**가 일어나 가짜가 모두 한곳에 뭉쳐 있습니다. 여기 두 손실이"
            " 있습니다.\n\n곡선만 보고 어느 쪽인지 알 수 있나요? 먼저 말해 본 뒤 가짜를 **공개**하세요.",
        ),
        notes=Text(
            "Both end near 2 ln 2 and ln 2, as if in balance. The collapsed one's generator makes ten"
            " updates a round; its judge is always behind and can only guess. Shakier curves may"
            " raise suspicion, but their values look perfect.",
            "둘 다 균형을 이룬 듯 2 ln 2와 ln 2 근처에서 끝납니다. 무너진 쪽은 생성자가 라운드마다 열 번"
            " 배워서 판별자가 늘 뒤처지고 찍기만 합니다. 곡선이 흔들리면 의심할 수 있지만 값만 보면"
            " 완벽합니다.",
        ),
        covers=(*_COVERS, "gan.collapse"),
        minutes=3,
        knobs={"card": "collapse"},
        controls=("guess",),
        training="shipped",
        film=FILMS["collapse"],
        code=f"{_DEEDS}:both_sides",
        lines={"": 'left, right = (Stand(1000).read(pairs[side]) for side in ("left", "right"))'},
        slide=Text("Which of the two has collapsed?", "무너진 쪽은 어디일까요?"),
    ),
    Step(
        key="rounds",
        title=Text("Is longer always better?", "오래 배우면 늘 좋을까요?"),
        body=Text(
            "A learns with R1, B without; all else is the same. Go to rounds **1,000**, **2,000**"
            " and **4,000** and compare the distances to the data.\n\nOr press T and let them go"
            " on.",
            "A는 R1을 켜고 B는 끄고 배웁니다. 나머지는 같습니다. **1,000**, **2,000**, **4,000**라운드로 가서"
            " 데이터와의 거리를 견주세요.\n\nT를 눌러 더 배우게 해도 됩니다.",
        ),
        notes=Text(
            "In the seeds tried without R1 the distance at round 4,000 was above its best before. The"
            " games of two do not roll downhill like an ordinary loss; they can circle or drift. So"
            " people keep the best moment, or calm the judge.",
            "R1 없이 시험한 시드에서는 4,000라운드의 거리가 그전의 가장 좋은 값보다 컸습니다. 둘이 겨루는"
            " 학습은 보통 손실처럼 내리막을 굴러가지 않고, 맴돌거나 흘러갈 수 있습니다. 그래서 가장 좋았던"
            " 순간을 간직하거나 판별자를 차분하게 만듭니다.",
        ),
        covers=_COVERS,
        minutes=3,
        knobs={"card": "rounds"},
        controls=("guess",),
        training=300,
        film=FILMS["r1"],
        code="explainer.concepts.gan.losses:r1_penalty",
        lines={"": "return 0.5 * slope(logits, real).square().sum(dim=1).mean()"},
        slide=Text("More rounds, better fakes?", "라운드가 많으면 더 좋을까요?"),
    ),
)  # fmt: skip
