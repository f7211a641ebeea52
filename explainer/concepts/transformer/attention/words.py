"""The words in the attention scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The model is being prepared …", "모델을 준비하고 있습니다 …")
NO_SENTENCE = Text("Type a sentence above.", "위 칸에 문장을 써 보세요.")
MEASURING = Text(
    "measuring over {count} held-out sentences …", "배우지 않은 문장 {count}개로 재고 있습니다 …"
)
END = Text("end", "끝")
UNKNOWN = Text(
    "Not in the vocabulary: {words}. Known and alike:",
    "어휘에 없는 말: {words}. 비슷한 아는 말:",
)
DESCRIBED = Text(
    "{title}. The sentence: {sentence}. Layer {layer}, head {head}.",
    "{title}. 문장: {sentence}. {layer}층, 헤드 {head}.",
)

# -- pieces
READS = Text("What the model reads", "모델이 읽는 것")
NUMBERED = Text(
    "each token is a number in a vocabulary of {count}, {special} special ones among them",
    "토큰마다 번호가 있고, 어휘는 특수 토큰 {special}개를 더해 모두 {count}개",
)
SPLITS = Text("Ways to split Korean, and their price", "한국어를 나누는 방법과 그 대가")
COLUMNS = {
    "here": Text("here", "이 문장"),
    "mean": Text("mean length", "평균 길이"),
    "vocabulary": Text("vocabulary", "어휘 크기"),
    "learning": Text("time to 95 %: steps × one step", "95 %까지 시간: 스텝 수 × 한 스텝"),
}
NO_FILM = Text("no film here", "필름 없음")
PROVENANCE = Text(
    "95 % of held-out sentences: updates as recorded in each film, milliseconds timed on this"
    " machine now.",
    "배우지 않은 문장의 95 %를 맞히기까지: 스텝 수는 필름의 기록, 시간은 지금 이 컴퓨터에서 잰 값.",
)
NO_KOREAN = Text(
    "The grammar does not know this sentence in Korean.", "문법이 이 문장을 한국어로 알지 못합니다."
)
TOKEN = Text("Token {n}", "{n}번째 토큰")
ID = Text("number", "번호")
KNOWN = Text("in the vocabulary", "어휘에 있음")
YES, NO = Text("yes", "예"), Text("no", "아니요")

# -- vectors and waves
EMBEDDING = Text("Token vector", "토큰 벡터")
POSITION = Text("Position vector", "위치 벡터")
SUM = Text("What the encoder gets", "인코더에 들어가는 것")
NUMBERS = Text("Numbers {first} to {last} of ‘{token}’", "‘{token}’의 {first}~{last}번째 수")
VALUE = Text("value", "값")
PLACE = Text("place p = {row}, number {column}", "자리 p = {row}의 {column}번째 수")
DIFFERENCE = Text("difference", "텐서와의 차이")
TENSOR = Text("model's tensor", "모델의 텐서")
WAVES = Text("Four of the {count} columns, as waves", "{count}개 열 가운데 넷을 물결로")
TABLE = Text("The whole table: a row for each place p", "표 전체: 자리 p마다 한 줄")
ALONG = Text(
    "place p in the sentence; the first token stands at p = 0",
    "문장 속 자리 p, 첫 토큰의 자리가 p = 0",
)
COLUMN = Text("column {n}", "{n}번 열")
WITH_POSITIONS = Text("with positions", "위치가 있을 때")
WITHOUT = Text("without", "없을 때")
RIGHT_OF = Text(
    "{count} held-out sentences translated right", "배우지 않은 문장 {count}개 중 맞은 비율"
)
TRANSLATED = Text("This sentence", "이 문장의 번역")

# -- query, key and value
NORMED = Text("What layer {layer} looks at", "{layer}층에 들어온 벡터")
QUERY = Text("Query: what it asks for", "쿼리: 무엇을 찾나")
KEY = Text("Key: what it offers to be found by", "키: 무엇으로 찾아지나")
CONTENT = Text("Value: what it passes on", "값: 무엇을 건네나")
QUERIES, KEYS, CONTENTS = (
    Text("Queries Q", "쿼리 Q"),
    Text("Keys K, transposed", "전치한 키 K"),
    Text("Values V", "값 V"),
)
SHAPE = Text("{rows} × {columns}", "{rows} × {columns}")

# -- products
SCORES = Text("Scores Q · K", "점수 Q · K")
MIXED = Text("New vectors Z", "새 벡터 Z")
WEIGHTS = Text("Weights", "가중치")
SCORE_OF = Text("‘{row}’ asks, ‘{column}’ answers", "‘{row}’의 쿼리와 ‘{column}’의 키")
MIX_OF = Text("number {column} of the new ‘{row}’", "새 ‘{row}’ 벡터의 {column}번째 수")
TERMS = Text("{count} products", "곱 {count}개를 더함")
LARGEST = Text("the {count} largest of {all} products", "곱 {all}개 가운데 큰 것 {count}개")
REST = Text("the other {count}", "나머지 {count}개")
TOTAL = Text("sum", "합")

# -- softmax
RAW = Text("Scores", "점수")
SCALED = Text("÷ √{d}", "÷ √{d}")
SOFTMAX = Text("Softmax", "소프트맥스")
ROW_OF = Text("The row of ‘{token}’", "‘{token}’의 줄")
EXPONENTIAL = Text("e to the scaled score", "e의 (나눈 점수) 제곱")
SHARE_OF_SUM = Text("its share of the sum", "합에서 차지하는 몫")
ROW_SUM = Text("the row adds up to", "이 줄의 합")
MASK = Text("mask this cell", "이 칸 가리기")
UNMASK = Text("show it again", "다시 보이기")

# -- map
HEAD = Text("Layer {layer}, head {head}", "{layer}층, 헤드 {head}")
LAYER = Text("layer {layer}", "{layer}층")
HEAD_ONLY = Text("head {head}", "헤드 {head}")
LOOKS = Text("Where ‘{token}’ looks", "‘{token}’ 토큰이 보는 곳")
LANGUAGE = {"ko": Text("Korean", "한국어"), "en": Text("English", "영어")}
LOOK = {
    "encoder": Text(
        "{source} rows look at {source} columns", "{source}(행)가 {source}(열)를 봅니다"
    ),
    "decoder": Text(
        "{target} rows look at what is written", "{target}(행)가 앞서 쓴 {target}(열)를 봅니다"
    ),
    "cross": Text("{target} rows look at {source} columns", "{target}(행)가 {source}(열)를 봅니다"),
}
START = Text("start", "시작")
FOUND = Text("true relation found", "찾은 관계")
MISSED = Text("missed", "놓친 관계")
LOOKER, LOOKED = Text("looks", "보는 토큰"), Text("looked at", "보이는 토큰")
WRITER = Text("is to be written", "쓰려는 토큰")
WEIGHT = Text("weight", "가중치")

# -- relations
SCORE_TABLE = Text(
    "How often the largest weight falls on the true token, in %",
    "가장 큰 가중치가 맞는 토큰에 놓인 비율(%)",
)
SCORE = Text("found", "맞은 비율")
MEAN_WEIGHT = Text("mean weight", "평균 가중치")
OVER = Text("{count} held-out sentences", "배우지 않은 문장 {count}개")
OVER_FED = Text(
    "{count} held-out sentences, the true translation fed in",
    "배우지 않은 문장 {count}개, 정답 번역을 넣고 읽은 결과",
)
GOING_ON = Text("{said} so far …", "{said} (재는 중 …)")
SHORT = {
    "particle": Text("particle", "조사"),
    "place": Text("place", "어디에"),
    "who": Text("who", "누가"),
    "reflexive": Text("its owner", "자기"),
    "homonym": Text("homonym", "동음이의어"),
    "plural": Text("one or many", "하나와 여럿"),
    "tense": Text("tense", "시제"),
    "negation": Text("negation", "부정"),
    "translation": Text("meaning", "같은 뜻"),
}
PAIR = Text("{row} → {column}", "{row} → {column}")
TRUE_FED = Text("rows: true translation", "행은 정답 번역")
NO_RELATION = Text("No relation joins these two here.", "여기에는 표시할 관계가 없습니다.")
CHANCE = Text("chance", "우연")
CASES = Text("cases", "사례 수")
NEEDS_MORPHEMES = Text(
    "The grammar's relations join morphemes; this model reads Korean split otherwise.",
    "문법이 아는 관계는 형태소 사이의 관계입니다. 이 모델은 한국어를 다른 단위로 읽습니다.",
)
NO_TRUTH = Text("The grammar does not know this sentence.", "문법이 모르는 문장입니다.")

# -- cut
CUT_CLICK = Text(
    "Click a cell to cut that edge in every head.", "칸을 누르면 모든 헤드에서 그 선을 끊습니다."
)
SILENCE = Text("Click a head to silence it.", "헤드를 누르면 꺼집니다.")
SILENCED = Text("off", "꺼짐")
BEFORE = Text("whole", "그대로")
AFTER = Text("cut", "끊은 뒤")
TRANSLATION = Text("Translation", "번역")
NOTHING_CUT = Text("Nothing is cut yet.", "아직 아무것도 끊지 않았습니다.")
ONLY_HERE = Text(
    "No relation names this edge, so it is cut in no other sentence.",
    "이 선에 해당하는 관계가 없어 다른 문장에서는 끊지 않습니다.",
)
CUT_IN = Text("The cut edges lie in: {maps}.", "끊은 선이 있는 곳: {maps}")
DAMAGE = Text("Right to the last token, {count} sentences", "끝까지 맞은 문장, {count}개 중")
DAMAGE_HAVING = Text(
    "Right to the last token, {count} sentences with ‘{relation}’",
    "끝까지 맞은 문장, ‘{relation}’ 문장 {count}개 중",
)
WORDS_THAT_NEED = Text("Words that need ‘{relation}’", "‘{relation}’ 관계가 있어야 아는 낱말")
MOST_LOST = Text("Lost most: words that need ‘{relation}’", "가장 많이 잃은 관계: {relation}")
CUT_EDGES = Text("edges cut", "끊은 선")
OFF_HEADS = Text("heads off", "꺼진 헤드")
