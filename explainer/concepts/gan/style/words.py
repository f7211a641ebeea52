"""The words in the style scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The generator is being prepared …", "생성자를 준비하고 있습니다 …")
LAYER = Text("layer {n}", "{n}층")
READ_AS = Text("read as {digit}", "읽은 숫자 {digit}")
SURE = Text("classifier's confidence", "분류기의 확신")

CLOUD_Z = Text("Noise z, as it is drawn", "뽑은 그대로의 잡음 z")
CLOUD_W = Text("The same points as w", "같은 점들의 w")
ALIKE = Text("of the {count} nearest are the same digit", "가장 가까운 {count}개 중 같은 숫자")
BY_LUCK = Text(
    "Points picked by luck: {p} the same digit. Purple: fakes read as {digit}.",
    "아무 점이나 고르면 {p}가 같은 숫자입니다. 보라색은 분류기가 읽은 숫자가 {digit}인 가짜입니다.",
)
WAY = Text("One point's way through the mapping network", "한 점이 매핑 네트워크를 지나는 길")
NOT_YET = Text("not computed yet", "아직 계산하지 않았습니다")

ONE_W = Text("One w, a style for each layer", "w 하나에서 층마다 하나씩 나오는 스타일")
CONSTANT = Text("constant", "상수")
PICTURE = Text("picture", "그림")
FACTORS = Text("{n} factors", "계수 {n}개")
SIX_MAPS = Text(
    "Under each layer: how many maps, and their side. Shown are the six that vary most.",
    "층 아래는 지도의 수와 크기입니다. 가장 많이 변하는 여섯 장을 보입니다.",
)
MAP = Text("map {n}", "지도 {n}")
LARGEST = Text("largest", "가장 큰 값")
SMALLEST = Text("smallest", "가장 작은 값")
STYLE_OF = Text("Style of layer {n}", "{n}층의 스타일")

STYLES = Text("Style s, by map in", "들어오는 지도별 스타일 s")
BEFORE_DEMODULATION = Text("Spread without d", "d가 없을 때의 크기")
LEARNED = Text("learned", "배운 커널")
MODULATED = Text("modulated", "스타일을 곱함")
DEMODULATED = Text("demodulated", "크기를 되돌림")
ENERGY = Text(
    "what each map in adds to the sum of squares, for map {n} out",
    "나가는 지도 {n}에서, 들어오는 지도가 제곱의 합에 더하는 몫",
)
MAP_IN = Text("map {n} in", "들어오는 지도 {n}")
MAP_OUT = Text("map {n} out", "나가는 지도 {n}")

WHOSE = Text("Whose style does each layer take?", "층마다 누구의 스타일을 받을까요?")
LIKE_A = Text("read as A's digit", "A와 같은 숫자로 읽힘")
LIKE_B = Text("read as B's digit", "B와 같은 숫자로 읽힘")
A_BELOW = Text("A ↓", "A ↓")
B_AT_RIGHT = Text("B →", "B →")
CLICK_LAYER = Text(
    "Click a layer to hand it, and those beyond it, to the other.",
    "층을 누르면 그 층부터 다른 쪽의 스타일로 바뀝니다.",
)
MIXED = Text("Mixed fake", "섞은 가짜")
STYLES_OF = Text("styles of", "스타일")
OF_BOTH = Text("A {row} and B {column}", "A {row}번과 B {column}번")

NO_NOISE = Text("No noise", "잡음 없음")
WITH_NOISE = Text("Noise drawn six times", "잡음을 여섯 번 뽑음")
SPREAD = Text("Spread", "흔들림")
STRENGTHS = Text("Strength of the noise in each layer", "층마다 잡음의 세기")
MEAN_SPREAD = Text("mean spread of a pixel's ink", "픽셀 잉크의 평균 흔들림")
CHANGED = Text("read as another digit than without", "잡음이 없을 때와 다르게 읽힘")

WALL_AT = Text("Fakes at ψ = {psi}", "ψ = {psi}일 때의 가짜")
COVERED = Text("Digits covered: {n} of 10", "나온 숫자: 10 중 {n}")
MEAN_FAKE = Text("The mean w", "평균 w의 그림")
OVER_PSI = Text("Over ψ", "ψ에 따라")
SURENESS = Text("classifier's confidence", "분류기의 확신")
APART = Text("distance of two fakes, as a share of the largest", "두 가짜 사이 거리(최댓값 대비)")

EXCHANGE = Text("A, with the style of one layer taken from B", "A의 한 층만 B의 스타일로 바꾸면")
FROM_A = Text("A gives all,", "모두 A,")
ONE_FROM_B = Text("but for one layer", "한 층만 B")
VERDICT_1 = Text("read differently", "다르게 읽힘")
VERDICT_2 = Text("share of pairs", "짝의 비율")
PIXELS_1 = Text("ink moved", "바뀐 잉크")
PIXELS_2 = Text("mean of a pixel", "픽셀 평균")
OF_PAIRS = Text("Counted over {n} pairs.", "{n}쌍을 세었습니다.")
ALL_EXCHANGED = Text(
    "All layers at once: {p} read differently, {ink} ink.",
    "모든 층을 바꾸면 {p}가 다르게 읽히고 잉크는 {ink} 바뀝니다.",
)
BEFORE = Text("A is read as", "A를 읽으면")
AFTER = Text("now read as", "바꾼 뒤 읽으면")

SAME_NOISE = Text("The same noise, along the training", "같은 잡음, 학습이 나아가는 대로")
WALL_NOW = Text("40 fakes, step {step}", "가짜 40장, {step}스텝")
PRESS_T = Text(
    "Press T: the two begin to learn, and moments of it line up here.",
    "T를 누르면 둘이 배우기 시작하고, 그 순간들이 여기에 늘어섭니다.",
)
