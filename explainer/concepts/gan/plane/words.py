"""The words in the plane scene's pictures."""

from __future__ import annotations

import math

from explainer.lesson import Text

PREPARING = Text("The two nets are being prepared …", "두 신경망을 준비하고 있습니다 …")
DASH = "–"

NOISE = Text("Noise z", "잡음 z")
GENERATOR = Text("Generator G", "생성자 G")
DISCRIMINATOR = Text("Discriminator D", "판별자 D")
FORGER = Text("the forger", "위조범")
JUDGE = Text("the judge", "감정사")
FAKES = Text("Fakes", "가짜")
REAL_DATA = Text("Real data", "진짜 데이터")
FAKE = Text("fake", "가짜")
REAL = Text("real", "진짜")
PULL = Text("gradient", "기울기")
SAME_LATTICE = Text(
    "The same lattice, bent, lies on the plane: the denser, the darker.",
    "같은 격자가 휘어서 평면에 놓입니다. 촘촘할수록 진합니다.",
)
FIRST_TWO = Text(
    "One slice: only the first two of {size} numbers change, the others are 0.",
    "수 {size}개 가운데 두 수만 바꾼 한 단면입니다. 나머지는 여기서 0입니다.",
)
ONE_NUMBER = Text(
    "One number only: the plane shows a bent line.",
    "수가 하나뿐이라 평면에는 휘어진 선이 됩니다.",
)
HALF = Text("D = 1/2", "D = 1/2")
UNDECIDED = Text("undecided", "반반")
CRITIC_LOW, CRITIC_HIGH = Text("low", "낮음"), Text("high", "높음")

# -- roles ---------------------------------------------------------------------------------------
TAKEN_FOR_REAL = Text("taken for real", "진짜로 봄")
OF_FAKES = Text("{share} of the fakes", "가짜의 {share}")
OF_REAL = Text("{share} of the real points", "진짜의 {share}")
SLOPE_BACK = Text(
    "the gradient: which way D would be fooled", "기울기: 어느 쪽으로 가야 D가 속는지"
)
NEVER_SEES = Text("G never sees real data", "G는 진짜를 한 번도 보지 못합니다")

# -- rope ----------------------------------------------------------------------------------------
ACCURACY = Text("D is right {share} of the time", "판별 정확도 {share}")
BALANCE = Text("balance 50 %", "균형 50 %")
MEASURED_ON = Text(
    "on fresh real points and fakes, as many of each", "새로 뽑은 진짜와 가짜 같은 수에서 잰 값"
)

# -- parts of the board --------------------------------------------------------------------------
VERDICTS = Text("What D says of each", "D는 무엇이라 할까")
CRITIC_AXIS = Text("the critic's value, low to high", "비평가의 값, 낮은 쪽에서 높은 쪽")
RIGHT = Text("told rightly: {share}", "맞힌 비율: {share}")
LOSSES = Text("Losses, mean of {count} rounds", "손실, {count}라운드 평균")
PULL_CURVE = Text("Gradient that reaches G", "G에 닿는 기울기")
PULL_NOW = Text("now {now}, strongest {most}", "지금 {now}, 가장 셌을 때 {most}")
MODES_CURVE = Text("Modes covered over training", "학습하는 동안 채운 봉우리")
COVERED = Text("Modes covered", "채운 봉우리")
SHARES_ARE = Text(
    "% of {count} fakes on each; covered from {least} %", "가짜 {count}개 중 %, {least} %부터 채움"
)
NO_MODES = Text("This shape has no separate modes.", "이 모양에는 따로 떨어진 봉우리가 없습니다.")
QUALITY = Text("fakes on a mode", "봉우리에 놓인 가짜")
DISTANCE = Text("distance to the data", "데이터와의 거리")
PERFECT = Text("tick: a perfect generator", "눈금: 완벽한 생성자")
ROUND = Text("round {step}", "{step}라운드")

WHO = Text("Who learns", "누가 배우나")
BOTH, ONLY_D, ONLY_G = Text("both", "둘 다"), Text("only D", "D만"), Text("only G", "G만")
ONLY_D_FREE = Text("only D, without R1", "D만, R1 없이")
TRY = Text("Try it, then press T", "눌러 보고 T로 학습")
STRONG_JUDGE = Text("a judge too strong", "너무 센 판별자")
COLLAPSE = Text("make it collapse", "무너뜨리기")
TURN_BACK = Text("back to balance", "균형으로 되돌리기")

# -- diagnosis -----------------------------------------------------------------------------------
DIAGNOSIS = Text("Diagnosis", "진단")
DIAGNOSES = {
    "new": Text("Nothing is learned yet", "아직 아무것도 배우지 않았습니다"),
    "spreading": Text("The fakes are still spreading out", "아직 퍼지는 중입니다"),
    "balanced": Text("The two are in balance", "둘이 팽팽합니다"),
    "ahead": Text("The judge is a little ahead", "판별자가 조금 앞섭니다"),
    "winning": Text("The judge is winning", "판별자가 이기고 있습니다"),
    "starved": Text("The judge has won: G starves", "판별자가 이겨서 G가 굶습니다"),
    "fooled": Text("The generator fools the judge", "생성자가 판별자를 속이고 있습니다"),
    "collapse": Text("Mode collapse", "모드 붕괴"),
}
NO_HISTORY = Text(
    "Press T: both begin at random weights.", "T를 누르세요. 둘 다 무작위 가중치에서 시작합니다."
)
AS_STRONG = Text(
    "The generator's gradient is nearly as strong as it ever was in this film.",
    "생성자의 기울기는 이 필름에서 가장 셌을 때와 비슷합니다.",
)
WEAKER = Text(
    "The generator's gradient is 1/{times} of its strongest in this film.",
    "생성자의 기울기가 이 필름에서 가장 셌을 때의 1/{times}입니다.",
)
FAR_WEAKER = Text(
    "The generator's gradient is under a millionth of its strongest in this film.",
    "생성자의 기울기가 이 필름에서 가장 셌을 때의 백만분의 1도 안 됩니다.",
)
LITTLE_LEFT = Text(
    "The gradient is 1/{times} of its strongest: D finds little to tell them apart by.",
    "기울기는 가장 셌을 때의 1/{times}입니다. D가 둘을 가릴 거리가 거의 없습니다.",
)
ALL_COVERED = Text("All {modes} modes are covered.", "봉우리 {modes}개가 모두 찼습니다.")
FEW_COVERED = Text(
    "Modes covered: only {covered} of {modes}.",
    "봉우리 {modes}개 가운데 {covered}개만 찼습니다.",
)
NONE_COVERED = Text(
    "None of the {modes} modes is covered.", "봉우리 {modes}개 가운데 하나도 차지 않았습니다."
)
EMPTY_ARE = Text("Still empty: mode {named}.", "아직 빈 봉우리: {named}번.")

# -- one round -----------------------------------------------------------------------------------
BEATS = (
    Text("Forge: noise goes through G", "위조: 잡음이 G를 지납니다"),
    Text("Judge: D looks at both", "감정: D가 둘을 봅니다"),
    Text("D learns from both", "D가 둘에서 배웁니다"),
    Text("Ask D which way it is fooled", "어느 쪽이 속는 쪽인지 D에게 묻습니다"),
    Text("G learns: fakes follow", "G가 배웁니다: 가짜가 따라갑니다"),
    Text("The round is over", "한 라운드가 끝났습니다"),
)
BATCH_IS = Text("{count} fakes, {count} real points", "가짜 {count}개, 진짜 {count}개")
D_FALLS = Text("D's loss falls: {before} → {after}", "D의 손실이 줄어듭니다: {before} → {after}")
D_RISES = Text("D's loss rises: {before} → {after}", "D의 손실이 늘어납니다: {before} → {after}")
D_STAYS = Text("D's loss stays at {before}", "D의 손실이 {before}에서 그대로입니다")
D_LOSS_IS = Text("D's loss {loss}", "D의 손실 {loss}")
G_LOSS_IS = Text("G's loss {loss}", "G의 손실 {loss}")
D_MOVED = Text("moved: D {moved}, G {still}", "변화량: D {moved}, G {still}")
G_MOVED = Text("moved: G {moved}, D {still}", "변화량: G {moved}, D {still}")
PULL_IS = Text("mean gradient {pull}, D unchanged", "평균 기울기 {pull}, D는 그대로")
MEAN_D = Text("D: real {real}, fake {fake}", "D: 진짜 {real}, 가짜 {fake}")
MEAN_CRITIC = Text("value: real {real}, fake {fake}", "값: 진짜 {real}, 가짜 {fake}")
FOOLED_MORE = Text(
    "on these fakes D went from {before} to {after}", "이 가짜에 대한 D: {before} → {after}"
)
NOT_PLAYED = Text("left out: 0 updates are set", "건너뜀: 갱신이 0번입니다")
UPDATES = Text("{first} of {count} updates shown", "갱신 {count}번 가운데 {first}번째")
FROZEN, LEARNS = Text("frozen", "얼어 있음"), Text("learns", "배우는 중")
RESTS = Text("waits", "기다림")
SHOWN_LARGER = Text("moves drawn {times}× as long", "움직임을 {times}배로 그렸습니다")
STOPPED = Text(
    "While the nets learn, a round is over too soon: press T to stop.",
    "학습하는 동안에는 한 라운드가 너무 빨리 끝납니다. T로 멈추세요.",
)

# -- the best discriminator ----------------------------------------------------------------------
DENSITIES = Text("How dense: real p, fakes q", "얼마나 촘촘한가: 진짜 p, 가짜 q")
LEARNED = Text("The learned D", "배운 D")
BEST = Text("The best D: p / (p + q)", "최적의 D: p / (p + q)")
NEITHER = Text("grey: neither was ever seen there", "회색: 둘 다 나온 적 없는 곳")
GAP = Text("mean difference where points fall: {gap}", "점이 놓이는 곳에서의 평균 차이: {gap}")
NO_CRITIC = Text(
    "A Wasserstein critic gives no probability: its sigmoid is shown for comparison only.",
    "바서슈타인 비평가의 값은 확률이 아닙니다. 견주어 보려고 시그모이드를 씌웠습니다.",
)
CUT = Text("Along the amber line", "호박색 선을 따라")
P, Q = Text("p, real", "p, 진짜"), Text("q, fakes", "q, 가짜")
BEST_SHORT, LEARNED_SHORT = Text("best D", "최적의 D"), Text("learned D", "배운 D")

# -- own data ------------------------------------------------------------------------------------
DRAW_HERE = Text("Draw here", "여기에 그리세요")
THEY_LEARN = Text("What the two learn", "두 신경망이 배우는 모양")
LEARN_DRAWN = Text("learn these points", "이 점들로 배우기")
OPEN = Text("open a file …", "파일 열기 …")
CLEAR = Text("clear", "모두 지우기")
UNDO = Text("undo", "되돌리기")
BRUSH = Text("Brush on the plane", "평면의 붓")
COUNTED = Text("{count} points", "점 {count}개")
CHOOSE = Text("Choose a table of points or a picture", "점의 표나 그림 고르기")
FILES = Text(
    "Tables and pictures (*.csv *.tsv *.txt *.png *.jpg *.jpeg *.bmp *.gif *.webp);;All files (*)",
    "표와 그림 (*.csv *.tsv *.txt *.png *.jpg *.jpeg *.bmp *.gif *.webp);;모든 파일 (*)",
)
FROM_FILE = Text(
    "A file: two columns of numbers, or dark pixels", "파일: 숫자 두 열, 또는 그림의 어두운 점"
)
REFUSED = {
    "empty": Text(
        "There is nothing on the plane yet; draw with the brush, or open a file.",
        "평면이 비어 있습니다. 붓으로 그리거나 파일을 여세요.",
    ),
    "scant": Text(
        "There is hardly a dot on the plane; draw a little more, or open a file.",
        "평면에 점이 거의 없습니다. 조금 더 그리거나 파일을 여세요.",
    ),
    "few": Text(
        "{name} has {count} points; a cloud needs at least {least}.",
        "{name}에는 점이 {count}개 있습니다. 적어도 {least}개가 필요합니다.",
    ),
    "same": Text(
        "All points of {name} lie on one spot; choose ones that differ.",
        "{name}의 점이 모두 한 자리에 있습니다. 서로 다른 점이 필요합니다.",
    ),
    "huge": Text(
        "The numbers in {name} are too large; choose ones under 1e300.",
        "{name}의 수가 너무 큽니다. 1e300보다 작은 수를 쓰세요.",
    ),
    "words": Text(
        "{name} has no two columns of numbers; use rows such as 0.5, 1.2.",
        "{name}에는 숫자 열이 두 개 없습니다. 0.5, 1.2처럼 한 줄에 수를 둘씩 쓰세요.",
    ),
    "pale": Text(
        "{name} has no dark marks on a light ground; choose one that has.",
        "{name}에는 밝은 바탕 위의 어두운 점이 없습니다. 그런 그림을 고르세요.",
    ),
    "foreign": Text(
        "{name} is neither a table nor a picture; choose a CSV, PNG or JPEG file.",
        "{name}은(는) 표도 그림도 아닙니다. CSV나 PNG, JPEG 파일을 고르세요.",
    ),
    "large": Text(
        "{name} is larger than {most} MB; choose a smaller file.",
        "{name}은(는) {most} MB보다 큽니다. 더 작은 파일을 고르세요.",
    ),
    "unread": Text(
        "{name} cannot be read; check that it is there and may be opened.",
        "{name}을(를) 읽을 수 없습니다. 파일이 있는지, 열어도 되는지 확인하세요.",
    ),
}

SPOKEN = Text(
    "Round {step}: the judge is right {accuracy} of the time. {diagnosis}.",
    "{step}라운드: 판별 정확도 {accuracy}. {diagnosis}.",
)

ACCURACY_SHORT = Text("judge's accuracy", "판별 정확도")
NOW_AND_PERFECT = Text("Now / a perfect generator", "지금 / 완벽한 생성자")


def verdict_name(loss: str) -> str:
    """Return what the discriminator's answer is called under a loss."""
    return "f(x)" if loss == "wgan-gp" else "D(x)"


def verdict_said(loss: str, logit: float) -> str:
    """Return the discriminator's answer: a probability where its loss makes it one."""
    if loss in ("wgan-gp", "least-squares"):
        return f"{logit:.3f}".replace("-", "−")
    return f"{1 / (1 + math.exp(-logit)):.3f}"
