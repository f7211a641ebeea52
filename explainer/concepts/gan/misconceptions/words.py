"""The words on the cards."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The nets are being prepared …", "신경망을 준비하고 있습니다 …")
TRUE, FALSE = Text("True", "참"), Text("False", "거짓")
UNDECIDED = Text("not yet", "아직")
GUESS = Text("What do you say?", "어떻게 생각하나요?")
GUESS_FIRST = Text("Choose first: true or false?", "먼저 고르세요. 참일까요, 거짓일까요?")
DO_IT = Text("Now try it", "이제 해 보세요")
BEFORE, AFTER = Text("before", "전"), Text("after", "후")
SIDE_A, SIDE_B = Text("A", "A"), Text("B", "B")
WAITS = Text(
    "The answer comes once you have chosen and tried it.",
    "고르고 직접 해 보면 답이 나옵니다.",
)
YOU_RIGHT = Text("You said {said}: right.", "{said}이라고 했습니다. 맞았습니다.")
YOU_WRONG = Text("You said {said}: look again.", "{said}이라고 했습니다. 다시 보세요.")
LOSSES_OF = Text("Losses of {side}, mean of 50 rounds", "{side}의 손실, 50라운드 평균")
DISTANCE_OVER = Text("Distance to the data over the rounds", "라운드에 따른 데이터와의 거리")
WITH_R1, WITHOUT_R1 = Text("A, with R1", "A, R1 있음"), Text("B, without R1", "B, R1 없음")
FLOOR = Text("a perfect generator", "완벽한 생성자")
ROUND = Text("round {step}", "{step}라운드")
HIDDEN = Text("fakes hidden", "가짜를 가려 둠")

REAL, FAKE = Text("real", "진짜"), Text("fake", "가짜")
PULL = Text("gradient", "기울기")
LINE = Text("undecided", "반반")
COVERED, MISSING = Text("covered", "찬 봉우리"), Text("empty", "빈 봉우리")

SAID = {
    "real": Text("The generator looks at the real points.", "생성자는 진짜 점을 보고 배운다."),
    "frozen": Text("A falling loss means better fakes.", "손실이 줄면 가짜가 좋아진 것이다."),
    "judge": Text("A better judge makes a better forger.", "판별자가 셀수록 생성자도 좋아진다."),
    "zero": Text("In a good GAN both losses go to zero.", "잘된 GAN은 두 손실이 0으로 간다."),
    "half": Text(
        "Against perfect fakes a judge is right half of the time.",
        "완벽한 가짜 앞에서 판별자는 반만 맞힌다.",
    ),
    "memorise": Text("A GAN copies its training points.", "GAN은 학습 데이터를 외워서 베낀다."),
    "collapse": Text("Mode collapse is seen in the losses.", "모드 붕괴는 손실을 보면 안다."),
    "rounds": Text("More rounds are always better.", "오래 배울수록 좋아진다."),
}
TRUTH = {key: key == "half" for key in SAID}

# What the pills of each card do: (amount, what it is called), the first one being nothing.
LEVELS: dict[str, tuple[tuple[int, Text], ...]] = {
    "real": (
        (1, Text("move the real points", "진짜 점 옮기기")),
        (2, Text("call them forged", "가짜라고 이름 붙이기")),
    ),
    "frozen": (
        (25, Text("G alone, 25 updates", "생성자만 25번")),
        (75, Text("75", "75번")),
        (150, Text("150", "150번")),
    ),
    "judge": (
        (20, Text("D alone, 20 updates", "판별자만 20번")),
        (100, Text("100", "100번")),
        (400, Text("400", "400번")),
    ),
    "zero": (
        (1, Text("no skill", "서툰 생성자")),
        (2, Text("this one", "지금 생성자")),
        (3, Text("perfect", "완벽한 생성자")),
    ),
    "half": (
        (1, Text("no skill", "서툰 생성자")),
        (2, Text("this one", "지금 생성자")),
        (3, Text("perfect", "완벽한 생성자")),
    ),
    "memorise": (
        (20, Text("measure 20", "20개 재기")),
        (100, Text("100", "100개")),
        (500, Text("500", "500개")),
    ),
    "collapse": ((1, Text("uncover the fakes", "가짜 공개하기")),),
    "rounds": (
        (1000, Text("go to round 1,000", "1,000라운드로")),
        (2000, Text("2,000", "2,000")),
        (4000, Text("4,000", "4,000")),
    ),
}

FIGURE = {
    "discriminator_loss": Text("D's loss", "판별자의 손실"),
    "generator_loss": Text("G's loss", "생성자의 손실"),
    "gradient": Text("length of G's gradient", "생성자 기울기의 길이"),
    "gradient_apart": Text("largest change in G's gradient", "생성자 기울기의 가장 큰 변화"),
    "unused": Text("autograd: by the real points", "자동 미분: 진짜 점에 대하여"),
    "distance": Text("distance to the data", "데이터와의 거리"),
    "modes": Text("modes covered", "채운 봉우리"),
    "off": Text("fakes off the plane", "평면 밖으로 나간 가짜"),
    "judge_apart": Text("largest change of a verdict", "판정의 가장 큰 변화"),
    "accuracy": Text("D is right", "판별 정확도"),
    "pull": Text("gradient to G, minimax", "G에 닿는 기울기: 미니맥스"),
    "other_pull": Text("gradient to G, non-saturating", "G에 닿는 기울기: 비포화"),
    "nearest": Text("median distance to a training point", "학습 점까지 거리의 중앙값"),
    "nearer": Text("nearer than half of the real ones", "진짜의 절반보다 가까운 비율"),
    "floor": Text("distance, a perfect generator", "거리, 완벽한 생성자"),
}
NO_PATH = Text("None", "None")
HEADS = {
    "memorise": (Text("fresh real", "새 진짜"), Text("fakes", "가짜")),
    "collapse": (Text("A", "A"), Text("B", "B")),
    "rounds": (Text("A, with R1", "A, R1 있음"), Text("B, without", "B, R1 없음")),
}

VERDICT = {
    "real": Text(
        "The judge's loss changed by {judge}; the generator's by {generator}, its gradient by"
        " {apart}. The real points are not in its loss at all: torch finds no path to them.",
        "판별자의 손실은 {judge}만큼 변했지만 생성자의 손실은 {generator}, 기울기는 {apart}만큼"
        " 변했습니다. 생성자의 손실에는 진짜 점이 아예 없어서, torch도 거기로 가는 길을 찾지"
        " 못합니다.",
    ),
    "frozen": Text(
        "The judge stood still ({still}). G's loss went from {loss} to {now}, the distance to the"
        " data from {distance} to {far}.",
        "판별자는 그대로입니다(변화 {still}). 생성자의 손실은 {loss}에서 {now}로, 가짜와 데이터의"
        " 거리는 {distance}에서 {far}로 변했습니다.",
    ),
    "judge": Text(
        "The judge is now right in {right} of cases. The minimax gradient it sends went from"
        " {pull} to {now}.",
        "판별자의 정확도는 {right}가 되었고, 보내는 미니맥스 기울기는 {pull}에서 {now}로"
        " 변했습니다.",
    ),
    "zero": Text(
        "Against this forger a new judge ended at {judge}, and the forger's loss at {generator}.",
        "이 생성자를 상대로 새 판별자의 손실은 {judge}, 생성자의 손실은 {generator}가 되었습니다.",
    ),
    "half": Text(
        "After {updates} updates a new judge tells {right} of points it never saw rightly, against"
        " this forger. With perfect fakes that stays near 50 %.",
        "{updates}번 배운 새 판별자는 이 생성자를 상대로 처음 보는 점의 {right}를 맞힙니다. 가짜가"
        " 완벽하면 50 % 근처에 머뭅니다.",
    ),
    "memorise": Text(
        "The nearest training point is {fakes} from a fake and {real} from a fresh real point.",
        "가장 가까운 학습 점까지 가짜는 {fakes}, 새 진짜는 {real}입니다.",
    ),
    "collapse": Text(
        "G's loss: A {left}, B {right}. Modes covered: A {modes}, B {few}.",
        "생성자의 손실은 A {left}, B {right}입니다. 채운 봉우리는 A {modes}개, B {few}개입니다.",
    ),
    "rounds": Text(
        "Without R1 the distance was {best} at round {at}; at round {last} it is {now}. With R1 it"
        " is {other}.",
        "R1이 없으면 {at}라운드에 거리가 {best}였는데 {last}라운드에는 {now}입니다. R1이 있으면"
        " {other}입니다.",
    ),
}
# How an answer ends, by what its figures turned out to be: see `closing.case`.
CLOSING: dict[str, dict[str, Text]] = {
    "frozen": {
        "no nearer": Text(
            "The loss fell, and the fakes came no nearer.",
            "손실은 줄었지만 가짜는 가까워지지 않았습니다.",
        ),
        "nearer": Text(
            "Here the fakes came nearer too: try a later round.",
            "여기서는 가짜도 가까워졌습니다. 더 뒤의 라운드에서도 해 보세요.",
        ),
        "no fall": Text(
            "The loss did not fall here: try more updates.",
            "여기서는 손실이 줄지 않았습니다. 더 배우게 해 보세요.",
        ),
    },
    "judge": {
        "sure": Text(
            "A judge that is sure has little left to say.",
            "확신하는 판별자는 알려 줄 것이 별로 없습니다.",
        ),
        "shrank": Text(
            "It learned, and yet it sends less.",
            "판별자가 배웠는데도 보내는 것은 줄었습니다.",
        ),
        "grew": Text(
            "Here the gradient grew: try 400 at round 16.",
            "여기서는 기울기가 커졌습니다. 16라운드에서 400번을 해 보세요.",
        ),
        "stayed": Text(
            "Here it made hardly a difference: try 400 at round 16.",
            "여기서는 거의 달라지지 않았습니다. 16라운드에서 400번을 해 보세요.",
        ),
    },
    "zero": {
        "beaten": Text(
            "A judge's loss near 0 says that the fakes are bad. At a draw it is 2 ln 2 = 1.386.",
            "판별자의 손실이 0에 가까우면 가짜가 나쁘다는 뜻입니다. 비기면 2 ln 2 = 1.386입니다.",
        ),
        "between": Text(
            "At a draw they are 2 ln 2 = 1.386 and ln 2 = 0.693, not 0.",
            "비기면 0이 아니라 2 ln 2 = 1.386과 ln 2 = 0.693입니다.",
        ),
        "draw": Text(
            "That is close to a draw: 2 ln 2 = 1.386 and ln 2 = 0.693, not 0.",
            "비긴 것에 가깝습니다. 그 값은 0이 아니라 2 ln 2 = 1.386과 ln 2 = 0.693입니다.",
        ),
    },
    "memorise": {
        "no nearer": Text(
            "Not this one: copies would be nearer. Large nets with few data can copy.",
            "이 GAN은 베끼지 않았습니다. 베꼈다면 더 가까웠을 것입니다. 데이터가 적고 신경망이 크면"
            " 베낄 수도 있습니다.",
        ),
        "a little": Text(
            "A little nearer; copies would lie almost at 0. Large nets with few data can copy.",
            "조금 더 가깝지만, 베꼈다면 거의 0일 것입니다. 데이터가 적고 신경망이 크면 베낄 수도"
            " 있습니다.",
        ),
        "copies": Text(
            "Much nearer than fresh points: these may be copies. Measure more of them.",
            "새 진짜보다 훨씬 가까우니 베낀 것일 수 있습니다. 더 많이 재 보세요.",
        ),
    },
    "collapse": {
        "hidden": Text(
            "Both losses are near ln 2 = 0.693. Look at the fakes, not at the losses.",
            "두 손실이 다 ln 2 = 0.693 근처입니다. 손실이 아니라 가짜를 보아야 합니다.",
        ),
        "apart": Text(
            "A loss says how the contest stands, not how many modes there are: look at the fakes.",
            "손실은 겨루기의 형세이지 봉우리의 수가 아닙니다. 가짜를 보아야 합니다.",
        ),
        "alike": Text(
            "At this round they cover about as many: look again at a later one.",
            "이 라운드에서는 채운 봉우리 수가 비슷합니다. 더 뒤의 라운드에서 다시 보세요.",
        ),
    },
    "rounds": {
        "calm": Text(
            "More rounds helped only where training stays calm.",
            "학습이 차분할 때만 라운드가 도움이 되었습니다.",
        ),
        "worse": Text(
            "More rounds made it worse, and R1 did not save it here.",
            "라운드가 늘자 나빠졌고, 여기서는 R1도 막지 못했습니다.",
        ),
        "helped": Text(
            "Up to here more rounds did no harm: let it learn on.",
            "여기까지는 라운드가 늘어도 나빠지지 않았습니다. 더 배우게 해 보세요.",
        ),
    },
}
SPOKEN = Text("{said} {answer}", "{said} {answer}")
