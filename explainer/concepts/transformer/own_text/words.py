"""The words in the own-text scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

DASH = "–"
PREPARING = Text("The text is being cut into tokens …", "글을 토큰으로 자르고 있습니다 …")

# -- the text and its file
COURSES = {
    "": Text("This course, in Korean", "이 강의, 한국어"),
    "course-en": Text("This course, in English", "이 강의, 영어"),
}
OPEN = Text("Open a text file …", "텍스트 파일 열기 …")
DROP = Text("or drop a file on this picture", "이 그림 위로 파일을 끌어다 놓아도 됩니다")
CHOOSE = Text("Choose a text file", "텍스트 파일 고르기")
FILES = Text(
    "Text files (*.txt *.md *.csv);;All files (*)",
    "텍스트 파일 (*.txt *.md *.csv);;모든 파일 (*)",
)
NET = Text("The net that learns it", "이 글을 배우는 신경망")
FACTS = {
    "name": Text("text", "글"),
    "encoding": Text("encoding", "인코딩"),
    "size": Text("size", "크기"),
    "characters": Text("characters", "글자 수"),
    "tokens": Text("tokens learned from", "배우는 토큰"),
    "held": Text("tokens held out", "따로 둔 토큰"),
    "vocabulary": Text("vocabulary", "어휘 크기"),
    "parameters": Text("parameters", "매개변수"),
    "passes": Text("times read", "읽은 횟수"),
    "held_out": Text("bits per byte", "바이트당 비트"),
}

# -- tokens
CHARACTERS = Text("characters", "글자")
BYTES = Text("bytes", "바이트")
AFTER = Text("{merges} merges", "합치기 {merges}번")
MERGES = Text("What was merged first, of {count} merges", "먼저 합친 짝, 모두 {count}개 가운데")
TOKENS_OF = Text("{tokens} tokens", "토큰 {tokens}개")
FIELD = Text("Text to read", "읽을 글")
FIELD_HINT = Text("Type a text, or take one from the file", "글을 쓰거나 파일에서 가져오세요")
PROMPT_HINT = Text("Begin a text; empty is a new line", "글의 첫머리를 쓰세요. 비우면 새 줄입니다")
ANOTHER = Text("Another passage", "다른 대목")
DRAW_AGAIN = Text("Draw again", "다시 뽑기")

# -- the next token
NEXT_OF = Text("What comes at place {n}?", "{n}번째 자리에 무엇이 올까요?")
HELD_OUT = Text("a passage it never learned from", "배운 적 없는 대목")
TYPED = Text("the text typed above", "위에 쓴 글")
GIVEN = Text("{share} for what stands there", "실제 토큰에 준 확률 {share}")
SURPRISE = Text("surprise, bits", "놀라움, 비트")
RANK = Text("rank", "순위")
PROBABILITY = Text("probability", "확률")
PLACE = Text("token {n} / {count}", "토큰 {n} / {count}")

# -- learning
BITS = Text(
    "Bits per byte: how much each byte still surprises", "바이트당 비트: 바이트마다 남은 놀라움"
)
CURVES = {
    "held_out": Text("held-out text", "따로 둔 글"),
    "learned": Text("text it learns from", "배우는 글"),
}
BASELINES = {
    "uniform": Text("all alike", "모두 똑같이"),
    "unigram": Text("counting tokens", "토큰 세기"),
    "bigram": Text("counting pairs", "짝 세기"),
}
STEPS = Text("training step", "학습 스텝")
BETTER = Text("Fewer bits per byte than", "세기보다 줄어든 비트")
NOW = Text("now", "지금")
BEST = Text("best", "가장 낮을 때")
PRESS_TRAIN = Text(
    "Press the violet ▶: the curves grow here.",
    "보라색 ▶ 단추를 누르면 여기에 곡선이 자랍니다.",
)

# -- samples
STEP_AT = Text("step {step}", "{step}스텝")
BROKEN = Text(
    "∅ bytes that make no character of the text   ¶ new line",
    "∅ 이 글의 글자가 되지 못한 바이트   ¶ 줄바꿈",
)
SAMPLES = Text(
    "The same seed, the same start: what it writes", "같은 시드, 같은 시작: 무엇을 쓸까요"
)
WRITING = Text("It is writing …", "쓰고 있습니다 …")
MEAN = Text("probability of a token, mean", "토큰 하나의 확률, 평균")
DRAFT = Text("draw {n}", "뽑기 {n}")
SHADE = Text(
    "the stronger the tint, the likelier the token", "바탕색이 뚜렷할수록 가능성이 높던 토큰"
)

# -- attention
HEAD = Text("Layer {layer}, head {head}", "{layer}층 {head}번 헤드")
LAYER = Text("layer {layer}", "{layer}층")
LOOKS = Text("“{token}” looks at", "“{token}”이(가) 보는 곳")
WEIGHT = Text("weight", "가중치")

# -- copying
LONGEST = Text("longest run copied from the text", "글에서 그대로 베낀 가장 긴 부분")
CHANCE = Text("the same in text nobody copied", "베끼지 않은 글에서 같은 값")
CHARACTERS_OF = Text("{count} characters", "{count}글자")
MARKED = Text(
    "underlined: stands in the text just so, 12 characters or more; amber: the longest of all",
    "밑줄: 글에 그대로 있는 12글자 이상, 호박색: 길이에 상관없이 가장 긴 부분",
)
SAMPLE = Text("What it writes now", "지금 쓰는 글")
SEEN_AND_NOT = Text("Bits per byte", "바이트당 비트")
