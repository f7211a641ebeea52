"""The words in the side-by-side scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

PREPARING = Text("Two pairs of nets are being prepared …", "신경망 두 쌍을 준비하고 있습니다 …")
DASH = "–"

SIDE = {"left": Text("A", "A"), "right": Text("B", "B")}
LOSS = {
    "non-saturating": Text("non-saturating loss", "비포화 손실"),
    "minimax": Text("minimax loss", "미니맥스 손실"),
    "least-squares": Text("least squares", "최소 제곱 손실"),
    "wgan-gp": Text("WGAN-GP", "WGAN-GP"),
}
SETTING = {
    "loss": Text("loss", "손실"),
    "r1": Text("R1 penalty γ", "R1 벌점 γ"),
    "penalty": Text("gradient penalty λ", "기울기 벌점 λ"),
    "discriminator_rate": Text("D's learning rate", "판별자 학습률"),
    "generator_rate": Text("G's learning rate", "생성자 학습률"),
    "discriminator_steps": Text("D's updates a round", "라운드당 판별자 갱신"),
    "generator_steps": Text("G's updates a round", "라운드당 생성자 갱신"),
}
DIFFERS = Text("What differs", "다른 것")
R1_BOTH = Text("R1 {r1} on both sides", "R1 벌점은 양쪽 다 {r1}")
LAMBDA_IS = Text("critic's λ {penalty} (paper: 10)", "비평가의 λ {penalty} (논문: 10)")
CRITIC_ONCE = Text(
    "{count} critic update a round (paper: 5)", "라운드당 비평가 갱신 {count}번 (논문: 5번)"
)
CRITIC_UPDATES = Text(
    "{count} critic updates a round (paper: 5)", "라운드당 비평가 갱신 {count}번 (논문: 5번)"
)
NOTHING_DIFFERS = Text(
    "Nothing: all {count} settings are the same", "없음: 설정 {count}개가 모두 같음"
)
ALL_ELSE = Text(
    "Same for both: data, first weights, and each round's first noise and batch",
    "둘 다 같은 것: 데이터, 처음 가중치, 라운드마다 처음 쓰는 잡음과 배치",
)
TICK = Text("dashed: a perfect generator", "점선: 완벽한 생성자")

MEASURE = {
    "modes": Text("modes covered", "채운 봉우리"),
    "quality": Text("fakes on a mode", "봉우리에 놓인 가짜"),
    "distance": Text("distance to the data", "데이터와의 거리"),
    "accuracy": Text("D is right", "판별 정확도"),
    "gap": Text("D on real − on fakes", "D의 차이: 진짜 − 가짜"),
    "steepness": Text("slope of D, |∇D|", "D의 가파르기 |∇D|"),
    "minimax": Text("gradient to G, by minimax", "G에 닿는 기울기: 미니맥스"),
    "non-saturating": Text("gradient to G, non-saturating", "G에 닿는 기울기: 비포화"),
}
APART = {
    "weights": Text("largest difference of a weight", "가중치의 가장 큰 차이"),
    "fakes": Text("largest distance of two fakes of one noise", "같은 잡음의 가짜, 가장 먼 거리"),
    "verdicts": Text("largest difference of a verdict", "판정의 가장 큰 차이"),
}
SAME_TO_THE_BIT = Text("the same, to the last bit", "마지막 비트까지 같음")
APART_NOW = Text("A and B have parted", "A와 B가 갈라졌음")

REAL = Text("real", "진짜")
FAKE = Text("fake", "가짜")
PULL = Text("gradient", "기울기")
UNDECIDED = Text("undecided", "반반")
COVERED = Text("covered", "찬 봉우리")
MISSING = Text("empty", "빈 봉우리")
LOSSES = Text("Losses, mean of 50 rounds", "손실, 50라운드 평균")
HISTORY = {
    "modes": Text("Modes covered", "채운 봉우리"),
    "pull": Text("Gradient that reaches G", "G에 닿는 기울기"),
    "distance": Text("Distance to the data", "데이터와의 거리"),
}
ROUNDS = Text("round {step}", "{step}라운드")
NOT_YET = Text("Press T: both learn at once.", "T를 누르세요. 둘이 함께 배웁니다.")

ONE_NOISE = Text("One noise, two fakes", "같은 잡음, 두 가짜")
PLACE_OF = Text("fake {side}", "가짜 {side}")
SAYS_OF = Text("D says, {side}", "D의 값 {side}")
PULLED = Text("gradient {side}", "기울기 {side}")
BEATS = {
    "fake": Text("The same noise goes through both generators", "같은 잡음이 두 생성자를 지납니다"),
    "pull": Text("Each judge sends its gradient", "두 판별자가 기울기를 보냅니다"),
    "measure": Text("Both are measured alike", "둘을 똑같이 잽니다"),
}
SPOKEN = Text(
    "Round {step}. A covers {left}, B covers {right} of {modes} modes.",
    "{step}라운드. 봉우리 {modes}개 가운데 A는 {left}개, B는 {right}개를 채웠습니다.",
)
