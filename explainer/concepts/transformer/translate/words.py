"""The words in the translate scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The model is being prepared …", "모델을 준비하고 있습니다 …")
MEASURING = Text("measuring …", "재고 있습니다 …")
END = Text("end", "끝")
START = Text("start", "시작")
ENCODER_SHORT = Text("Encoder", "인코더")
ENCODER = Text("Encoder: reads all tokens at once", "인코더: 토큰을 한꺼번에 읽습니다")
DECODER = Text("Decoder: writes one token at a time", "디코더: 토큰을 하나씩 씁니다")
CROSS = Text("Cross-attention, layer {layer}", "교차 어텐션, {layer}층")
WIDTH_IS = Text("width = weight", "너비 = 가중치")
CONFIDENCE = Text("probability it gave", "모델이 준 확률")
SAYS = Text("The source says: {said}", "원문의 뜻: {said}")
ALL_RIGHT = Text("Right to the last token.", "끝까지 맞았습니다.")
WRONG = Text("{wrong} of {count} tokens wrong.", "토큰 {count}개 가운데 {wrong}개가 틀렸습니다.")
WRONG_SHORT = Text("{wrong} of {count} wrong.", "{count}개 가운데 {wrong}개 틀림.")
UNSAID = Text(
    "{wrong} of {count} not said by the source.", "{count}개 가운데 {wrong}개는 원문에 없는 말."
)
FAITHFUL = Text(
    "Every content word is said by the source.", "내용을 담은 낱말은 모두 원문에 있는 말입니다."
)
MISSING = Text("Left out: {words}", "빠진 말: {words}")
BY_DICTIONARY = Text(
    "No sentence of the grammar: held against the source's own words, who does what.",
    "문법에 없는 문장이라 원문의 낱말과 견주었습니다. 누가 무엇을 하는지도 봅니다.",
)
OF_MORPHEMES = Text(
    "Which word translates which is known for morphemes only; this model reads other pieces.",
    "어느 말이 어느 말의 번역인지는 형태소일 때만 압니다. 이 모델은 다른 단위로 읽습니다.",
)
ALIGNED = Text(
    "{hits} of {count} words look hardest at the word they translate",
    "{count}개 낱말 가운데 {hits}개가 제 짝을 가장 많이 봅니다",
)
NEXT_AFTER = Text("Next token after", "다음 토큰, 앞말은")
NOTHING_YET = Text("(nothing yet)", "(아직 없음)")
BEFORE = Text("T = 1, nothing cut", "T = 1, 거르기 전")
NOW = Text("now", "지금")
CUT = Text("filtered out", "걸러짐")
DRAWN = Text("drawn", "뽑힌 토큰")
LIKELIEST = Text("likeliest", "가장 그럴듯한 토큰")
TRUTH = Text("right token", "맞는 토큰")
OTHERS = Text("{count} others, {kept} kept", "나머지 {count}개 중 {kept}개 남음")
SELF_MAP = Text("Masked self-attention", "마스크를 씌운 셀프 어텐션")
CROSS_MAP = Text("Cross-attention", "교차 어텐션")
LOOKS_BACK = Text("a row sees only what was written before it", "행은 이미 쓴 것만 봅니다")
LOOKS_OVER = Text("a row sees the whole source", "행은 원문 전체를 봅니다")
WEIGHT = Text("attention weight", "어텐션 가중치")
BEST = Text("best", "최종")
BEAM = Text("Beam {width}", "빔 {width}")
GREEDY = Text("Greedy", "그리디")
SENTENCE_P = Text("whole sentence: {p}", "문장 전체: {p}")
EXACT = Text("exact match", "완전 일치")
ALIGNMENT = Text("alignment", "정렬")
LOSS = Text("loss", "손실")
LOSS_AT_RIGHT = Text("loss (right axis)", "손실(오른쪽 축)")
KINDS = (
    Text("encoder", "인코더"),
    Text("decoder", "디코더"),
    Text("cross", "교차"),
)
ROOT = Text("step, √", "스텝, √")
STEP = Text("step {step}", "{step}스텝")
CASES = {
    "own": Text("Your sentence", "내가 쓴 문장"),
    "roles": Text("Roles swapped", "자리가 뒤바뀐 문장"),
    "unknown": Text("A word it never saw", "처음 보는 낱말"),
    "two": Text("Two clauses", "두 절"),
    "unsaid": Text("A place never said", "말하지 않은 장소"),
}
BY_TEMPERATURE = Text(
    "By temperature, {count} unseen sentences", "온도에 따라, 안 배운 문장 {count}개"
)
BY_STEP = Text(
    "By training step, {count} sentences at T 1", "학습 스텝에 따라, T 1로 문장 {count}개"
)
ROOT_AXIS = Text("training step, by square root", "학습 스텝, 제곱근 간격")
TEMPERATURE_AXIS = Text("temperature T", "온도 T")
RIGHT = Text("right", "맞음")
FLUENT_WRONG = Text("fluent, wrong", "그럴듯하게 틀림")
BROKEN = Text("broken", "문장이 안 됨")
SURE = Text(
    "probability its fluent errors got, per token: {p}",
    "그럴듯하게 틀린 문장의 토큰에 준 확률: 평균 {p}",
)
ROW = Text("Token {n}: {token}", "토큰 {n}: {token}")
GIVEN = Text("probability", "확률")
LAST_GIVEN = Text("last token alone", "마지막 토큰만")
BEFORE_CUT = Text("before", "거르기 전")
AFTER_CUT = Text("after", "거른 뒤")
AFTER = Text("after temperature and cut", "온도와 거르기 뒤")
SUM_IS = Text("softmax against the model", "소프트맥스와 모델의 차이")
ROW_SUM = Text("weights add up to", "가중치의 합")
LOOKS_AT = Text("looks most at", "가장 많이 보는 토큰")
TRUE_IS = Text("translates", "실제 짝")
SPOKEN = Text("{source} becomes {said}", "{source} → {said}")
DASH = "–"
NOT_YET = Text(
    "Press T: curves and maps come here as it learns.",
    "T를 누르면 배우는 동안 곡선과 지도가 여기에 그려집니다.",
)
READS = Text("the source is read", "원문을 읽습니다")
AHEAD = Text("weight on what is not yet written", "아직 쓰지 않은 토큰의 가중치")
PRODUCT = Text("product of its {n} tokens", "토큰 {n}개의 곱")
LOG_P = Text("log-probability of the search", "탐색이 센 로그 확률")
