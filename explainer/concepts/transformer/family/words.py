"""The words in the family scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The three models are being prepared …", "세 모델을 준비하고 있습니다 …")
DASH = "–"
START = Text("start", "시작")
END = Text("end", "끝")
HIDDEN = "?"

MODELS = {
    "masked": Text("masked (BERT)", "빈칸 채우기(BERT)"),
    "causal": Text("causal (GPT)", "이어 쓰기(GPT)"),
    "prefix": Text("prefix, encoder (T5)", "접두어, 인코더(T5)"),
}
SHORT = {"masked": "BERT", "causal": "GPT", "prefix": "T5"}

FULL = Text("BERT: full", "BERT: 모두 열림")
TRIANGLE = Text("GPT: triangle", "GPT: 삼각형")
TOGETHER = Text("T5: full, cross and triangle", "T5: 전체, 교차, 삼각형")
ENCODER = Text("encoder", "인코더")
CROSS = Text("cross", "교차")
DECODER = Text("decoder", "디코더")
SEES = Text(
    "“{token}” may look at {count} of {whole}", "‘{token}’: {whole}개 중 {count}개를 봅니다"
)
SEES_BOTH = Text(
    "“{token}” may look at all {read} read and {count} written",
    "‘{token}’: 읽은 {read}개 모두와 쓴 {count}개를 봅니다",
)
ROWS_LOOK = Text(
    "A row looks at the columns; a dot is closed.", "행이 열을 봅니다. 점은 막힌 자리입니다."
)
LOOKS = Text("{row} looks at {column}", "{row} → {column}")
WEIGHT = Text("weight, mean of the heads", "가중치(헤드 평균)")
ROW_SUM = Text("sum of the row", "행의 합")
OPEN = Text("mask", "마스크")
IS_OPEN = {True: Text("open", "열림"), False: Text("closed", "막힘")}

CLICK_TO_HIDE = Text("Click a word to hide it.", "낱말을 눌러 가려 보세요.")
HIDES = Text(
    "Hidden: word {n}. The arcs show where its place looks.",
    "가린 낱말: {n}번째. 호는 그 자리가 보는 곳입니다.",
)
FILLED_IN = Text("What BERT puts there", "BERT가 채운 낱말")
FITS = Text("makes a sentence of the grammar", "문법에 맞는 문장이 됨")
DETERMINED = Text("Determined: only one word fits.", "결정됨: 맞는 낱말은 하나뿐입니다.")
LEFT_OPEN = Text(
    "Open: {count} words fit, so no model can be sure.",
    "열림: {count}개가 맞으니 확신할 수 없습니다.",
)
NO_FIT = Text(
    "No word makes a sentence of the grammar here.", "어떤 낱말로도 문법에 맞는 문장이 안 됩니다."
)
WAS = Text("hidden word", "가린 낱말")
GIVEN = Text("probability given", "모델이 준 확률")
HOW_MANY_FIT = Text("words that fit", "맞는 낱말 수")

CLICK_TO_CUT = Text(
    "Click a word: the text up to it is given, GPT writes the rest.",
    "낱말을 누르면 거기까지 주고 나머지를 GPT가 씁니다.",
)
NEXT = Text("Next after “{token}”", "‘{token}’ 다음에 올 낱말")
AGAIN = Text("draw again", "다시 뽑기")
SENTENCE = Text("A sentence of the grammar.", "문법에 맞는 문장입니다.")
NO_SENTENCE = Text("No sentence of the grammar.", "문법에 맞는 문장이 아닙니다.")
WRITTEN = Text("token {n} / {count}", "토큰 {n} / {count}")
TOKEN = Text("Token {n}: {token}", "{n}번째 토큰: {token}")

READS = Text("The encoder reads the prefix and the sentence", "인코더가 접두어와 문장을 읽습니다")
WRITES = Text("The decoder writes:", "디코더가 쓴 문장:")
RIGHT = Text("Right to the last token.", "끝까지 맞습니다.")
WRONG = Text("Right would be: {said}", "맞는 답: {said}")
UNKNOWN = Text("The grammar does not have this sentence.", "문법에 없는 문장입니다.")
LOOKS_MOST = Text("looks most at", "가장 많이 보는 곳")

PROBE = Text(
    "Sense of 배 told right by a linear probe, on {count} unseen sentences",
    "처음 보는 문장 {count}개에서 선형 탐침이 맞힌 ‘배’의 뜻",
)
AT = Text("at {token}", "‘{token}’에서")
READ_HERE = Text("read here", "이 문장에서 읽은 뜻")
BASELINES = Text(
    "always the commonest sense: {majority} of these {count}",
    "늘 가장 흔한 뜻을 찍으면 이 {count}개에서 {majority}",
)
BEST = Text(
    "the best guess before the verb: {ceiling} on average, give or take {luck} points of luck",
    "동사를 보기 전의 가장 나은 짐작: 평균 {ceiling}, 이만한 문장 수에서 운은 ±{luck}점",
)
AS_GOOD = Text(
    "So a bar that ends in the band knows no more than a guess, even below the dashed line.",
    "그래서 띠 안에서 끝나는 막대는 점선보다 짧아도 짐작만큼만 아는 것입니다.",
)
TRUE_SENSE = Text("In this sentence 배 is “{sense}”.", "이 문장의 ‘배’: {sense}")
NO_HOMONYM = Text(
    "This sentence has no 배 of the grammar; the shares stay.",
    "이 문장에는 문법의 ‘배’가 없습니다. 비율은 그대로입니다.",
)
SENSES = {
    "pear": Text("pear", "먹는 배"),
    "boat": Text("boat", "타는 배"),
    "belly": Text("belly", "몸의 배"),
}
SHARE = Text("told right", "맞힌 비율")
MAJORITY = Text("always the commonest", "늘 가장 흔한 뜻")
CEILING = Text("best before the verb", "동사 전 최대")

CURVES = {
    "masked": Text("BERT: determined words right", "BERT: 정해진 낱말 정답률"),
    "continued": Text("GPT: drawn texts in the grammar", "GPT: 문법에 맞는 이어 쓰기"),
    "prefixes": Text("T5: outputs wholly right", "T5: 완전 일치"),
    "probe_masked": Text("probe at 배, BERT", "‘배’ 탐침, BERT"),
    "probe_causal": Text("probe at 배, GPT", "‘배’ 탐침, GPT"),
}
LEARNING = Text("On sentences never seen", "처음 보는 문장에서")
UPDATES = Text("updates of each model", "모델마다의 갱신 수")
NOW = Text("now", "지금")
PRESS_TRAIN = Text(
    "Press the violet ▶: the three learn in turn, from the same sentences.",
    "보라색 ▶ 단추를 누르세요. 셋이 같은 문장으로 번갈아 배웁니다.",
)
SPOKEN = Text("{source} becomes {said}", "{source} → {said}")
PARAMETERS = Text("parameters", "매개변수")
