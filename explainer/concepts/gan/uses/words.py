"""The words in the uses scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("The generator is being prepared …", "생성자를 준비하고 있습니다 …")
PAD = Text("Drawing pad", "그림판")
CLEAR = Text("Clear", "지우기")
UNDO = Text("Undo", "되돌리기")
EMPTY = Text("Draw a digit with thin strokes", "가는 획으로 숫자를 그려 보세요")
READ_AS = Text("read as {digit}", "읽은 숫자 {digit}")

HOLE = Text("A digit with a hole", "한 곳이 지워진 숫자")
STARTS = Text("Six noises, followed downhill", "여섯 잡음을 내리막으로")
KNOWN_LOSS = Text("Mismatch on the known pixels", "아는 픽셀에서 어긋난 정도")
STEP = Text("step {n}", "{n}스텝")
BEST = Text("The best, put in", "가장 잘 맞는 것을 넣으면")
BEST_WHOLE = Text("The best, as it is", "가장 잘 맞는 것 그대로")
WRITTEN = Text("written", "원래 숫자")
BLANK_READ = Text("with the hole: read as {digit}", "구멍이 있을 때 읽은 숫자 {digit}")
FILLED_READ = Text("filled in: read as {digit}", "채웠을 때 읽은 숫자 {digit}")
WAS = Text("written was a {digit}", "원래는 {digit}")

READ_RIGHT = Text("Read as the digit that was written", "원래 숫자로 읽힌 비율")
KINDS = (
    Text("as written", "원래대로"),
    Text("hole left blank", "구멍을 비워 둠"),
    Text("mean of all digits", "모든 숫자의 평균"),
    Text("by the generator", "생성자가 채움"),
)
OF_100 = Text(
    "100 test digits; the search at step {n} of {of}", "시험 숫자 100개, 탐색 {n}/{of}스텝"
)
WRONG_FRAMED = Text("orange: read as another digit", "주황: 다른 숫자로 읽음")

SKETCH = Text("sketch", "스케치")
ANSWER = Text("generator", "생성자")
TRUTH = Text("digit", "숫자")
UNSEEN = Text("Six sketches it has never seen", "처음 보는 스케치 여섯 장")
OF_200 = Text("Read as the right digit, of 200 unseen", "처음 보는 200장을 바르게 읽은 비율")
SKETCHES_READ = Text("the sketches", "스케치")
PICTURES_READ = Text("drawn out by the generator", "생성자가 그린 것")
YOUR_SKETCH = Text("Your drawing", "그린 그림")
THINNED = Text("made thin", "가늘게 한 것")
DRAWN_OUT = Text("drawn out", "생성자가 그린 것")
READS = Text("What the classifier reads", "분류기가 읽은 것")

ALONG = Text("The same sketches, along the training", "같은 스케치, 학습이 나아가는 대로")
AGREEMENT = Text("read as the right digit", "바르게 읽은 비율")
DISTANCE = Text("L1 distance, unseen", "처음 보는 그림과의 L1 거리")

LIVE = Text("live here", "여기서 직접")
TOLD = Text("only told", "이야기만")
CARDS = (
    (
        Text("Restoration", "이미지 복원"),
        Text("Pixels that do not exist are guessed from those that do.",
             "없는 픽셀을 남은 픽셀로 미루어 그립니다."),
        "hole",
    ),
    (
        Text("Sketch to image", "스케치에서 이미지로"),
        Text("A few thin strokes become a full picture.",
             "가는 획 몇 개가 온전한 그림이 됩니다."),
        "sketch",
    ),
    (
        Text("High resolution", "고해상도 이미지"),
        Text("A small picture is drawn anew with many more pixels.",
             "작은 그림을 훨씬 많은 픽셀로 다시 그립니다."),
        "",
    ),
    (
        Text("Photo to painting", "사진을 그림으로"),
        Text("What is shown stays, the style is another's.",
             "내용은 그대로 두고 화풍을 바꿉니다."),
        "",
    ),
    (
        Text("Video", "영상"),
        Text("Frames are made up, or mended, one after another.",
             "장면을 한 장씩 만들어 내거나 고칩니다."),
        "",
    ),
    (
        Text("Practice data", "연습용 데이터"),
        Text("Made-up examples where real ones are few, or private.",
             "진짜가 적거나 사생활이 담겼을 때 지어낸 예를 씁니다."),
        "",
    ),
)  # fmt: skip
PRESS_T = Text(
    "Press T: the two begin to learn, and moments of it line up here.",
    "T를 누르면 둘이 배우기 시작하고, 그 순간들이 여기에 늘어섭니다.",
)
