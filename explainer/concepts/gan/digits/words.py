"""The words in the digits scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The two nets are being prepared …", "두 신경망을 준비하고 있습니다 …")
STRIP = Text("The same noise, along the training", "같은 잡음, 학습이 나아가는 대로")
PRESS_T = Text(
    "Press T: the two begin to learn, and moments of it line up here.",
    "T를 누르면 둘이 배우기 시작하고, 그 순간들이 여기에 늘어섭니다.",
)
WALL = Text("60 fakes, step {step}", "가짜 60장, {step}스텝")
WALL_ASKED = Text(
    "Each column asked for its digit, step {step}", "열마다 숫자를 청한 가짜, {step}스텝"
)
UNSURE = Text(
    "classifier less than {sure} % sure: {count} of 60",
    "분류기의 확신이 {sure} % 미만: 60장 중 {count}장",
)
OTHER = Text(
    "classifier reads another digit: {count} of 60", "분류기가 다른 숫자로 읽음: 60장 중 {count}장"
)
COVERED = Text("Classes covered", "나온 종류")
REAL_CONFIDENCE = Text("real {p}", "진짜 {p}")
AT_REST = Text("counted when training pauses", "학습이 멈추면 셉니다")
READ_AS = Text("read as {digit}", "분류기: {digit}")
SURE = Text("sure to {p}", "확신 {p}")
HISTORY = Text("this noise, earlier", "같은 잡음의 예전 모습")
FAKE_NO = Text("Fake {n}", "가짜 {n}번")
STEP = Text("step {step}", "{step}스텝")

FAKE = Text("fake", "가짜")
NEAREST = Text("nearest training digit", "가장 가까운 학습 숫자")
NEAREST_SHORT = Text("nearest real", "가장 가까운 진짜")
DIFFERENCE = Text("difference", "차이")
DISTANCE = Text("distance {d}", "거리 {d}")
OF_ALL = Text("searched: all 9,000", "9,000장 전부와 비교")
ALL_DISTANCES = Text("Distance to the nearest training digit", "가장 가까운 학습 숫자까지의 거리")
FAKES_60 = Text("60 fakes, median {d}", "가짜 60장, 중앙값 {d}")
REAL_200 = Text("200 unseen real digits, median {d}", "처음 보는 진짜 200장, 중앙값 {d}")
COPY = Text("0 = an exact copy", "0 = 똑같은 복사본")
CHOOSE = Text("Click a fake", "가짜를 눌러 보세요")

PLANE = Text("Noise between four corners", "네 모서리 사이의 잡음")
PLANE_NOW = Text("Here", "지금 여기")
DRAG = Text("drag on the picture", "그림 위를 끌어 보세요")
PLACE = Text("across {a}, down {d}", "가로 {a}, 세로 {d}")
MIX = Text(
    "z = the four corners' noises, mixed by nearness, stretched to the usual length",
    "z = 네 모서리 잡음을 가까운 만큼 섞어 평소 길이로 늘인 것",
)

FROM_HERE = Text("from", "출발")
TO_THERE = Text("to", "도착")
GO_ON = Text("Click a fake: the walk goes on to it", "가짜를 누르면 그곳까지 걸어갑니다")
ON_THE_WAY = Text("Through the noise between them", "둘 사이의 잡음을 지나며")
READING = Text("What the classifier reads on the way", "지나는 동안 분류기가 읽는 숫자")
FADED = Text("Pixels mixed", "픽셀을 섞으면")
MIXED = Text("Noise mixed", "잡음을 섞으면")

ASK = Text("Ask for a digit", "숫자를 청해 보세요")
CAME = Text("24 fakes asked to be a {digit}", "{digit} 달라고 해서 나온 가짜 24장")
AGREED = Text("{n} of 24 read as {digit}", "24장 중 {n}장이 {digit}")
AGREEMENT = Text("Asked and read the same, 500 fakes", "청한 대로 읽힌 비율, 가짜 500장")
SAME_NOISE = Text("One noise, asked for every digit", "잡음 하나로 모든 숫자를 청하면")
SHIPPED_ONE = Text(
    "The net on the stage cannot be asked; this is the conditional one as shipped, step {step}.",
    "무대의 신경망은 청할 수 없어서, 함께 들어 있는 조건부 신경망({step}스텝)에게 청했습니다.",
)
THIS_ONE = Text("The conditional net on the stage", "무대 위의 조건부 신경망")

HERE = Text("This run, step {step}", "이 학습, {step}스텝")
COLLAPSED = Text("A collapsed run, step {step}", "무너진 학습, {step}스텝")
RECIPE = Text(
    "{g} generator updates a round, discriminator's rate {d}",
    "한 번에 생성자 {g}회, 판별자 학습률 {d}",
)
SURE_OF = Text("Confidence", "확신")
KINDS = Text("Classes", "종류")
SHARE_OF = Text("Share of 500 fakes", "가짜 500장의 비율")

NOISE = Text("noise z", "잡음 z")
GENERATOR = Text("Generator: grows a picture", "생성자: 그림을 키웁니다")
DISCRIMINATOR = Text("Discriminator: shrinks it to one number", "판별자: 수 하나로 줄입니다")
PICTURE = Text("the fake", "가짜")
LOGIT = Text("logit", "로짓")
VERDICT = Text("D = {p} real", "D = 진짜일 확률 {p}")
MAPS = Text("{n} maps, {s}×{s}", "지도 {n}장, {s}×{s}")
# One for each layer, in two lines.
RULES = (
    Text("linear\nbatch norm, ReLU", "선형\n배치 정규화, ReLU"),
    Text("transposed conv., stride 2\nbatch norm, ReLU", "전치 합성곱, 보폭 2\n배치 정규화, ReLU"),
    Text("transposed conv., stride 2\ntanh", "전치 합성곱, 보폭 2\ntanh"),
    Text("convolution, stride 2\nLeakyReLU", "합성곱, 보폭 2\nLeakyReLU"),
    Text("convolution, stride 2\nbatch norm, LeakyReLU", "합성곱, 보폭 2\n배치 정규화, LeakyReLU"),
    Text("linear\none number", "선형\n수 하나"),
)
SPOKEN = Text(
    "At step {step}, {classes} of 10 digits are covered, mean confidence {p}.",
    "{step}스텝에서 숫자 10종 중 {classes}종이 나오고, 평균 확신은 {p}입니다.",
)
DASH = "–"
