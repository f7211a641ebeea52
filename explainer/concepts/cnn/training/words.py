"""The words in the training scene's picture."""

from __future__ import annotations

from explainer.lesson import Text

HEADS = (
    Text("Loss and test accuracy", "손실과 시험 정확도"),
    Text("The first layer's {n} kernels", "첫 층의 커널 {n}개"),
    Text("What it says about your drawing", "내 그림을 무엇으로 볼까"),
    Text("{count} of the 1,000 test digits", "시험 숫자 1,000개 중 {count}개"),
)
LAYERS = (
    Text("conv 1", "합성곱 1"),
    Text("conv 2", "합성곱 2"),
    Text("hidden", "은닉층"),
    Text("output", "출력층"),
)
STEP = Text("step {step}", "{step}스텝")
NOW = Text("At step {step}", "{step}스텝에서")
LOSS = Text("loss", "손실")
FIRST_RUN = Text("first run", "첫 학습")
ALL_DIGITS = Text("{accuracy} of 1,000", "1,000개 중 {accuracy}")
ACCURACY = Text("test accuracy", "시험 정확도")
DRAWING_IS = Text("your drawing is a {digit}", "내 그림이 {digit}일 확률")
EMPTY = Text("The pad is empty: draw a digit first", "그림판이 비어 있습니다. 먼저 숫자를 그리세요")
ASKING = Text("Asking every frame of the film…", "필름의 프레임마다 물어보는 중…")
WRONG = Text("{wrong} wrong", "{wrong}개 틀림")
OWN_SCALES = Text("each block: its own scale", "묶음마다 따로 눈금")
GRADIENTS = Text("Gradient", "기울기 크기")
NORM_SCALE = Text("{least}–{most}, log", "{least}–{most} 로그")
RATE = Text("digits/s", "초당 숫자")
SEEN = Text("digits seen", "본 숫자")
BATCH_SIZE = Text("batch", "배치")
SETTING = Text("learning rate", "학습률")
WALL = Text("A test digit, never trained on", "시험 숫자 (학습에 쓰지 않음)")
TRUTH = Text("right answer", "정답")
GUESS = Text("the net's guess", "신경망의 답")
KERNEL = Text("Kernel {n} at step {step}", "{step}스텝의 커널 {n}")
LARGEST = Text("largest weight", "가장 큰 가중치")
SMALLEST = Text("smallest weight", "가장 작은 가중치")
BATCH_DIGIT = Text("Digit {n} of the batch", "배치의 {n}번째 숫자")
SPOKEN = Text(
    "Step {step}: {accuracy} of the test digits are read rightly.",
    "{step}스텝: 시험 숫자의 {accuracy}를 맞게 읽습니다.",
)
BLOWN_UP = Text(
    "The next update would no longer be a finite number: lower the learning rate, or rewind.",
    "다음 스텝의 값이 유한한 수가 아닙니다. 학습률을 낮추거나 되감으세요.",
)
RUNNING = Text(
    "Pause the training to see its next update, part by part.",
    "학습을 멈추면 다음 스텝을 하나씩 보여 줍니다.",
)
DASH = "–"  # what is not known yet, or not measured
