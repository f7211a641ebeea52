"""What is said of two pairs of nets that differ in one thing."""

from __future__ import annotations

from explainer.concepts.gan.side_by_side.knobs import OF_SIDES, SHARED_KNOBS
from explainer.lesson import Knob, Step, Text

SHIPPED = "checkpoints/gan-duel.safetensors"
FILMS = {
    name: f"checkpoints/gan-duel-{name}.safetensors" for name in ("wgan", "judge", "collapse", "r1")
}
_DUEL = "explainer.concepts.gan.side_by_side.duel:Duel.step"
_LOSSES = "explainer.concepts.gan.losses"
_ROUND = "explainer.concepts.gan.experiment:PlaneExperiment.play_round"

KNOBS: tuple[Knob, ...] = (
    # What the step looks at: same, critic, calm, pull, modes or own.
    Knob("focus", "view", Text("What is measured", "재는 것"), "same"),
    *SHARED_KNOBS,
    *OF_SIDES,
)

STEPS: tuple[Step, ...] = (
    Step(
        key="same",
        title=Text("Twins that stay twins", "끝까지 똑같은 쌍둥이"),
        body=Text(
            "Two pairs of nets, **A** and **B**: same data, same first weights, same noise, same"
            " batches. After all these rounds every number is still the same, **to the last"
            " bit**.\n\nSo whatever differs later comes from **what you change**. Change B and"
            " press T.",
            "신경망 두 쌍, **A**와 **B**입니다. 데이터, 처음 가중치, 잡음, 배치가 모두 같습니다."
            " 이만큼 배운 뒤에도 모든 수가 **마지막 비트까지** 같습니다.\n\n그러니 뒤에 생기는 차이는 모두"
            " **바꾼 것**에서 옵니다. B를 바꾸고 T를 눌러 보세요.",
        ),
        notes=Text(
            "GAN training is noisy: two runs with other seeds part even with equal settings, and"
            " then nobody knows what a difference comes from. Here one seed rules both, and each"
            " round has a seed of its own, so that even a side that draws more numbers begins the"
            " next round with the same noise and the same real points. Zero here is measured, over"
            " every weight of all four nets. Point at a fake: the one of the same noise lights up"
            " on the other side.",
            "GAN 학습은 우연이 많습니다. 설정이 같아도 시드가 다르면 갈라지고, 그러면 차이가 어디서 왔는지"
            " 알 수 없습니다. 여기서는 시드 하나를 함께 쓰고 라운드마다 시드가 따로 있어서, 한쪽이 수를"
            " 더 뽑더라도 다음 라운드는 같은 잡음과 같은 진짜로 시작합니다. 화면의 0은 신경망 네 개의 모든"
            " 가중치를 비교해 잰 값입니다. 가짜를 짚으면 반대쪽에서 같은 잡음의 가짜가 함께 표시됩니다.",
        ),
        covers=("gan.plane", "all.live"),
        minutes=2,
        knobs={"focus": "same"},
        controls=("generator_rate_right", "discriminator_rate_right", "r1_right", "seed"),
        training="shipped",
        code=_DUEL,
        lines={"": "metrics = experiment.step()"},
        slide=Text("Same seed, same bits", "시드가 같으면 비트까지 같습니다"),
    ),
    Step(
        key="wgan",
        title=Text("WGAN-GP against the standard loss", "WGAN-GP와 표준 손실"),
        body=Text(
            "Only the **loss** differs. A's judge answers with a probability. B's is a **critic**:"
            " it gives points a value, and its slope is held near **1**.\n\nDrag the film. Which"
            " covers the modes first, and which **stays** calm?",
            "다른 것은 **손실**뿐입니다. A의 판별자는 확률로 답합니다. B는 **비평가**라서 점마다 값을"
            " 매기고, 그 가파르기를 **1** 가까이에 묶어 둡니다.\n\n필름을 끌어 보세요. 어느 쪽이 봉우리를 먼저"
            " 채우고, 어느 쪽이 **차분한가요**?",
        ),
        notes=Text(
            "The critic's loss is its mean on fakes less its mean on real points: no logarithm, no"
            " probability, no ln 2 to hold it against. Near 0 it can no longer tell them apart."
            " R1 is off on both sides, so that the loss is the only difference. The critic makes"
            " one update a round here as well; papers give it five. Its values have no zero of"
            " their own, so G's loss may drift and says nothing.",
            "비평가의 손실은 가짜에서의 평균 빼기 진짜에서의 평균입니다. 로그도 확률도 없고, 견줄 ln 2도"
            " 없습니다. 0에 가까우면 더는 구별하지 못한다는 뜻입니다. 손실만 다르도록 R1은 양쪽 다"
            " 껐습니다. 여기서는 비평가도 라운드마다 한 번만 갱신합니다. 논문에서는 다섯 번 합니다. 비평가의"
            " 값에는 정해진 0이 없어서 생성자의 손실은 떠다닐 수 있고, 그 자체로는 뜻이 없습니다.",
        ),
        covers=("gan.wgan",),
        minutes=3,
        knobs={"focus": "modes"},
        controls=("loss_left", "loss_right", "penalty_right"),
        training="shipped",
        film=FILMS["wgan"],
        code=f"{_LOSSES}:discriminator_loss",
        lines={"": "return fake.mean() - real.mean()"},
        slide=Text("Only the loss differs", "다른 것은 손실뿐입니다"),
    ),
    Step(
        key="critic",
        title=Text("A slope held near one", "1에 묶인 가파르기"),
        body=Text(
            "**|∇D|** is how steep the judge is between real points and fakes. A penalty holds B's"
            " at **1**, and the gradient that reaches its generator stays near 1 too. A's is free and"
            " much **steeper**.\n\nThe critic's value on real points less that on fakes: how far apart it"
            " sees them.",
            "**|∇D|**는 진짜와 가짜 사이에서 판별자가 얼마나 가파른지입니다. B는 벌점이 이를 **1**에 묶어서"
            " 생성자에 닿는 기울기도 1 가까이에 머뭅니다. 풀어 둔 A는 훨씬 **가파릅니다**.\n\n진짜에 준 값 빼기"
            " 가짜에 준 값은 비평가가 보는 둘의 거리입니다.",
        ),
        notes=Text(
            "Measured here at 500 points between real ones and fakes, as in the penalty of Gulrajani"
            " et al. (2017). Where the slope is 1 everywhere, the difference of the critic's means"
            " is the Wasserstein distance: how far sand must be carried to turn one heap into the"
            " other. Values of A and B have different units: logits and distances.",
            "굴라자니 외(2017)의 벌점처럼 진짜와 가짜 사이의 점 500개에서 쟀습니다. 가파르기가 어디서나 1이면"
            " 비평가 평균의 차이가 바서슈타인 거리입니다. 모래 더미 하나를 다른 더미로 옮기는 데 드는"
            " 거리입니다. A와 B의 값은 단위가 다릅니다. 하나는 로짓, 하나는 거리입니다.",
        ),
        covers=("gan.wgan",),
        minutes=3,
        knobs={"focus": "critic"},
        controls=("penalty_right",),
        training="shipped",
        film=FILMS["wgan"],
        code=f"{_LOSSES}:gradient_penalty",
        lines={"measure": "penalty: Tensor = (steepness - 1).square().mean()"},
        slide=Text("The penalty asks for a slope of one", "벌점은 가파르기 1을 바랍니다"),
    ),
    Step(
        key="judge",
        title=Text("Too strong a judge, too weak a judge", "너무 센 판별자, 너무 약한 판별자"),
        body=Text(
            "A's judge learns fast and five times a round: it is **never wrong**, and by the"
            " minimax loss **no gradient** is left for the generator. B's judge is slow: gradient"
            " there is, but it points to **mistakes**.\n\nThe pink bars hold both losses against"
            " each other on the same nets.",
            "A의 판별자는 빨리, 라운드마다 다섯 번 배웁니다. **틀리는 법이 없고**, 미니맥스 손실로는"
            " 생성자에게 올 **기울기가 남지 않습니다**. B의 판별자는 느립니다. 기울기는 있지만 **엉뚱한 곳**을"
            " 가리킵니다.\n\n분홍 막대는 같은 신경망에서 두 손실을 견줍니다.",
        ),
        notes=Text(
            "Both sides learn by the minimax loss, log(1 − D). Where D is sure of a fake, this loss"
            " is flat; the non-saturating one, −log D, is steep there, which is why it is used. The"
            " second pair of bars is a question to the same nets, not another run. Set A's loss to"
            " non-saturating and press T: now it moves.",
            "양쪽 다 미니맥스 손실 log(1 − D)로 배웁니다. D가 가짜라고 확신하는 곳에서 이 손실은"
            " 평평합니다. 비포화 손실 −log D는 거기서 가팔라서 실제로는 이것을 씁니다. 둘째 줄 막대는 다른"
            " 학습이 아니라 같은 신경망에 물어본 값입니다. A의 손실을 비포화로 바꾸고 T를 누르면 움직이기"
            " 시작합니다.",
        ),
        covers=("gan.balance",),
        minutes=3,
        knobs={"focus": "pull"},
        controls=("loss_left", "discriminator_steps_left", "discriminator_rate_left",
                  "discriminator_rate_right"),
        training="shipped",
        film=FILMS["judge"],
        code=f"{_LOSSES}:generator_loss",
        lines={"pull": "return -F.softplus(fake).mean()  # log(1 - D)"},
        slide=Text("A judge never wrong teaches nothing", "틀리지 않는 판별자는 가르치지 못합니다"),
    ),
    Step(
        key="collapse",
        title=Text("Healthy against collapsed", "건강한 학습 대 모드 붕괴"),
        body=Text(
            "B's generator makes **ten updates** for each one of the judge. It runs to wherever the"
            " judge is fooled **now**, all noise to one place, and on again when the judge finds"
            " out.\n\nTurn B's updates back to 1 and press T: it **recovers**.",
            "B의 생성자는 판별자가 한 번 배울 때 **열 번** 배웁니다. **지금** 속는 곳으로 모든 잡음이 한꺼번에"
            " 몰려가고, 판별자가 알아채면 또 옮겨 갑니다.\n\nB의 갱신을 1로 되돌리고 T를 눌러 보세요."
            " **회복합니다**.",
        ),
        notes=Text(
            "Look at the losses as well: B's are about where a balanced pair's are, near ln 2 and"
            " 2 ln 2. Mode collapse is seen in the fakes, not in the losses. Drag the film to see"
            " the heap hop.",
            "손실도 보세요. B의 손실은 균형 잡힌 쌍과 비슷하게 ln 2와 2 ln 2 근처입니다. 모드 붕괴는 손실이"
            " 아니라 가짜에서 보입니다. 필름을 끌면 무더기가 뛰어다닙니다.",
        ),
        covers=("gan.collapse",),
        minutes=3,
        knobs={"focus": "modes"},
        controls=("generator_steps_right", "discriminator_steps_right", "generator_rate_right"),
        training="shipped",
        film=FILMS["collapse"],
        code=_ROUND,
        lines={"": "for turn in range(settings.generator_steps):"},
        slide=Text("All noise to one place", "모든 잡음이 한곳으로"),
    ),
    Step(
        key="r1",
        title=Text("With R1, without R1", "R1을 켜고, 끄고"),
        body=Text(
            "R1 makes a judge pay for being **steep on real points**. Without it B's judge grows"
            " steeper all the time; its gradients push the fakes about even where they are already"
            " right.\n\nDrag the film from its middle to its end: whose distance **grows again**?",
            "R1은 **진짜 점에서 가파른** 판별자에게 벌점을 줍니다. R1이 없는 B의 판별자는 갈수록 가팔라지고,"
            " 그 기울기가 이미 제자리에 있는 가짜까지 밀어냅니다.\n\n필름을 가운데서 끝까지 끌어 보세요. 어느"
            " 쪽의 거리가 **다시 커지나요**?",
        ),
        notes=Text(
            "R1 is half the squared length of the judge's gradient on real points, times γ"
            " (Mescheder et al., 2018). At a perfect generator a judge should be flat; R1 makes that"
            " a resting point. On the plane it costs a little speed at first and buys calm.",
            "R1은 진짜 점에서 판별자 기울기 길이를 제곱해 반으로 나누고 γ를 곱한 것입니다(메셰더 외, 2018)."
            " 생성자가 완벽하면 판별자는 평평해야 하고, R1은 그곳을 쉬는 점으로 만듭니다. 처음에 조금 느려지는"
            " 대신 차분해집니다.",
        ),
        covers=("gan.balance", "gan.plane"),
        minutes=3,
        knobs={"focus": "calm"},
        controls=("r1_left", "r1_right"),
        training="shipped",
        film=FILMS["r1"],
        code=f"{_LOSSES}:r1_penalty",
        lines={"measure": "return 0.5 * slope(logits, real).square().sum(dim=1).mean()"},
        slide=Text("R1: flat where the data are", "R1: 데이터가 있는 곳은 평평하게"),
    ),
    Step(
        key="own",
        title=Text("Your own pair", "나만의 한 쌍"),
        body=Text(
            "Every knob of both sides is yours; the table shows **what differs**. Change **one"
            " thing** at a time, press T, and say beforehand what you expect.\n\nData, seed and nets"
            " need a new start. All else changes while both learn.",
            "양쪽의 모든 조절을 바꿀 수 있고, 표에 **다른 것**이 나타납니다. 한 번에 **하나만** 바꾸고, 어떻게"
            " 될지 먼저 말한 뒤 T를 눌러 보세요.\n\n데이터, 시드, 신경망을 바꾸면 처음부터 다시 시작합니다."
            " 나머지는 배우는 도중에도 바뀝니다.",
        ),
        notes=Text(
            "Good questions: does a larger noise help? Is least squares calmer? What if only one"
            " side's learning rates are ten times as high? Try another seed before believing an"
            " answer: a single pair is one case.",
            "좋은 질문들: 잡음의 수를 늘리면 나아질까요? 최소 제곱 손실은 더 차분할까요? 한쪽 학습률만 열 배로"
            " 하면 어떻게 될까요? 답을 믿기 전에 시드를 바꿔 보세요. 한 쌍은 한 가지 경우일 뿐입니다.",
        ),
        covers=("gan.balance", "gan.wgan", "gan.collapse"),
        minutes=4,
        knobs={"focus": "own"},
        controls=(
            "loss_left", "loss_right", "r1_left", "r1_right", "penalty_left", "penalty_right",
            "discriminator_rate_left", "discriminator_rate_right", "generator_rate_left",
            "generator_rate_right", "discriminator_steps_left", "discriminator_steps_right",
            "generator_steps_left", "generator_steps_right", "shape", "seed", "layers", "units",
            "activation", "noise", "noise_size", "batch_size",
        ),
        training="fresh",
        code=_DUEL,
        lines={"": "metrics = experiment.step()"},
        slide=Text("Change one thing at a time", "한 번에 하나만 바꾸세요"),
    ),
)  # fmt: skip
