"""The words in the parallel scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The three nets are being prepared …", "세 신경망을 준비하고 있습니다 …")
MEASURING = Text("measuring on this machine …", "이 컴퓨터에서 재고 있습니다 …")
UNMEASURED = Text(
    "Times are measured live, on the machine that shows this.",
    "시간은 이 화면을 띄운 컴퓨터에서 직접 잽니다.",
)
DASH = "–"
AGAIN = Text("measure again", "다시 재기")

RECURRENT = Text("GRU: one token after another", "GRU: 토큰을 하나씩 차례로")
AT_ONCE = Text("Transformer: all tokens at once", "트랜스포머: 모든 토큰을 한꺼번에")
IN_A_ROW = Text("steps in a row: {count} of {whole}", "차례로 밟은 단계: {whole} 중 {count}")
ONE_A_LAYER = Text(
    "steps in a row: {count} of {whole}, one a layer",
    "차례로 밟은 단계: {whole} 중 {count}, 층마다 하나",
)
STATE = Text("GRU state: {count} numbers", "GRU 상태: 수 {count}개")
VECTOR = Text("a token's vector in a layer: {count} numbers", "층마다 토큰의 벡터: 수 {count}개")
WAY_TO_LAST = Text("From “{token}” to the end", "“{token}”에서 끝까지")
BY_STATES = Text("GRU, states passed on", "GRU, 건너가는 상태")
BY_ATTENTION = Text("attention, looks", "어텐션, 바라보기")
WEIGHT = Text("weight the end gives it", "끝 토큰이 준 가중치")
WORD = Text("token {n} / {count}", "토큰 {n} / {count}")

WAYS = {
    "attention": Text("Self-attention, written out", "셀프 어텐션, 풀어 쓴 것"),
    "attention_fused": Text("Self-attention, fused", "셀프 어텐션, 융합"),
    "gru_loop": Text("GRU cell in a Python loop", "GRU 셀, 파이썬 반복문"),
    "gru": Text("GRU as in the race (nn.GRU)", "경주의 GRU(nn.GRU)"),
    "lstm": Text("LSTM (nn.LSTM)", "LSTM(nn.LSTM)"),
}
HOW = Text("what is fused", "융합된 것")
FUSED = {
    "attention": Text("nothing: two products, a softmax", "없음: 행렬 곱 둘, 소프트맥스"),
    "attention_fused": Text("scores, softmax and sum", "점수·소프트맥스·합"),
    "gru_loop": Text("nothing: T calls from Python", "없음: 파이썬에서 T번 호출"),
}
# Of nn.GRU and nn.LSTM by what was counted: which of them is fused depends on the device.
WHOLE = Text("all T steps", "T단계 모두")
INSIDE = Text("nothing: one call, a loop inside", "없음: 한 번 호출, 안에서 T번 반복")
ROW_STEPS = Text("in a row", "차례로")
OPERATORS = Text("operators", "연산 호출")
AT_LENGTH = Text("ms at T = {length}", "T = {length}, ms")
LENGTH = Text("length T, tokens", "길이 T, 토큰 수")
WORK = {
    "forward": Text("Forward, milliseconds", "순전파, 밀리초"),
    "training": Text("Forward and backward, milliseconds", "순전파와 역전파, 밀리초"),
}
MACHINE = Text(
    "{processor} ({device}), threads: {threads}", "{processor}({device}), 스레드 {threads}개"
)
METHOD = Text(
    "{batch} sentences of {width} numbers a word; median of {runs}",
    "문장 {batch}개, 토큰마다 수 {width}개, {runs}번의 중앙값",
)
NO_GPU = Text(
    "No GPU was measured for this program, so no GPU figures come with it; where there is one,"
    " this clock runs on it.",
    "GPU에서는 재지 않았으므로 GPU 수치는 싣지 않았습니다. GPU가 있으면 이 시계도 GPU에서 잽니다.",
)
FASTEST = Text("Fastest at T = {length}: {way}", "T = {length}에서 가장 빠른 것: {way}")

NETS = {
    "transformer": Text("Transformer", "트랜스포머"),
    "gru_attention": Text("GRU with attention", "어텐션이 있는 GRU"),
    "gru": Text("GRU without attention", "어텐션이 없는 GRU"),
}
EXACT = Text("Exact match on sentences never seen", "처음 보는 문장의 완전 일치")
UPDATES = Text(
    "updates of each net: one in 3 steps of the film",
    "신경망마다의 갱신 수(필름의 스텝 3번 = 세 신경망이 한 번씩)",
)
SECONDS = Text("seconds of each net", "신경망마다의 시간(초)")
MADE = Text("{processor} ({device}), {date}", "{processor}({device}), {date}")
SECONDS_OF = Text(
    "Seconds as measured when the film was made: {made}", "시간은 이 필름을 만들 때 잰 값: {made}"
)
SECONDS_OF_BOTH = Text(
    "Seconds up to update {updates} as measured for the film: {made}; after it, measured here",
    "{updates}번째 갱신까지는 필름을 만들 때 잰 시간: {made}. 그 뒤는 여기서 잰 시간",
)
MADE_HERE = Text("Seconds as measured here, on this machine", "이 컴퓨터에서 지금 잰 시간")
NOW = Text("now", "지금")
TO_95 = {
    "steps": Text("updates to 95 %", "95 %까지 갱신"),
    "seconds": Text("seconds to 95 %", "95 %까지 초"),
}
PARAMETERS = Text("parameters", "매개변수")
SEES = Text("where it looks", "바라보는 곳")
SEES_ONE = Text("all it sees", "보는 것은 이것뿐")
PRESS_TRAIN = Text(
    "Press the violet ▶: the three learn in turn, from the same batches.",
    "보라색 ▶ 단추를 누르세요. 셋이 같은 배치로 번갈아 배웁니다.",
)
SPOKEN = Text("{source} becomes, by the transformer: {said}", "{source} → 트랜스포머: {said}")
