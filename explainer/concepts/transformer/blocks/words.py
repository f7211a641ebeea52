"""The words in the pictures of the blocks scene."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The model is being prepared …", "모델을 준비하고 있습니다 …")
START, END = Text("start", "시작"), Text("end", "끝")
MODEL = Text("Whole model", "모델 전체")
LAYER = Text("Layer {n}", "{n}층")
PARAMETERS = Text("{count} · {share}", "{count}개 · {share}")
TIED = Text("shares the embedding's table", "임베딩 표를 함께 씀")
NO_PARAMETERS = Text("none", "없음")
PARALLEL = Text("all tokens at once", "모든 토큰을 한꺼번에")
ONE_BY_ONE = Text("one token at a time", "한 번에 토큰 하나씩")
TOTAL = Text("Parameters", "매개변수")
SHAPE = Text("Shape", "모양")
SHAPES = Text("Shapes", "모양")
DIFFERENCE = Text("Largest difference", "가장 큰 차이")
COLUMN = Text("Column", "열")
SQUARE = Text("= {count} parameters", "= 매개변수 {count}개")
LENGTH = Text("Strand colour: vector length", "가닥의 색: 벡터의 길이")

BEFORE = Text("Stream before", "더하기 전 흐름")
ADDS = Text("What the branch adds", "가지가 더하는 값")
AFTER = Text("Stream after", "더한 뒤 흐름")
EMBEDDED = Text("Token vectors", "토큰 벡터")
POSITIONS = Text("Positions", "위치")
INPUT = Text("Into the stream", "흐름의 시작")
RAW = Text("Stream", "흐름")
NORMED = Text("Normalised", "정규화한 값")
MEAN = Text("mean", "평균")
DEVIATION = Text("dev.", "편차")
STANDARD = Text("Minus mean, over deviation", "평균을 빼고 편차로 나눔")
SCALED = Text("Times gain, plus bias", "이득을 곱하고 편향을 더함")
LINE_RAW = Text("x", "x")
HIDDEN = Text("{n} hidden units, after ReLU", "은닉 유닛 {n}개, ReLU 뒤")
ON = Text("on", "켜짐")
FF_OUT = Text("Out", "나가는 값")
UNIT = Text("Unit", "유닛")
UNIT_WEIGHT = Text("Its weight", "가중치")
PRODUCT = Text("Product", "곱")
REST = Text(
    "These 8, the other {n} and the bias: {sum}", "이 8개와 나머지 {n}개, 편향을 합하면 {sum}"
)
AVERAGE = Text("Weights, mean of {n} heads", "가중치, 헤드 {n}개의 평균")
ONE_HEAD = Text("Weights of the one head", "헤드 하나의 가중치")
HEAD = Text("Head {n}", "헤드 {n}")
ROW_SUM = Text("Each line adds up to 1", "한 줄을 모두 더하면 1")
LOGITS = Text("Logits of {n} tokens", "토큰 {n}개의 로짓")
LOGIT = Text("Logit", "로짓")
PROBABILITY = Text("Probability", "확률")
NEXT = Text("The likeliest next tokens", "가장 그럴듯한 다음 토큰")
COLUMNS = Text("“{token}”: columns {a} to {b} of {n}", "“{token}”: {n}열 가운데 {a}~{b}열")
UNITS_OF = Text("“{token}”, column {c}: the 8 largest products", "“{token}” {c}열: 가장 큰 곱 8개")
HEADS_OF = Text(
    "“{token}”: how much each head takes from where", "“{token}”: 헤드마다 어디서 얼마나 가져오나"
)
NEXT_OF = Text("After “{token}”: the likeliest tokens", "“{token}” 다음에 올 만한 토큰")
