"""What is said over the wall of fakes: a DCGAN that learns to forge digits."""

from __future__ import annotations

from explainer.concepts.gan.digits.knobs import KNOBS as KNOBS
from explainer.lesson import Step, Text

CONDITIONAL = "checkpoints/gan-digits-conditional.safetensors"

_GROW = "explainer.concepts.gan.dcgan:Generator.forward"
_ROUND = "explainer.concepts.gan.digits.experiment:DigitGan.step"
_JUDGE = "explainer.concepts.gan.judge:tallied"

STEPS: tuple[Step, ...] = (
    Step(
        key="wall",
        title=Text("The same noise, a better forger", "같은 잡음, 더 나은 위조범"),
        body=Text(
            "Nobody drew these digits. The **generator** turned 60 noises into them, and it gets"
            " the **same 60** at every moment: each square is one forgery growing up.\n\nWhen do"
            " you first see strokes? When digits?",
            "이 숫자들은 아무도 쓰지 않았습니다. **생성자**가 잡음 60개를 바꾼 것입니다. 어느 순간에나"
            " **같은 60개**를 넣으므로, 한 칸은 위조품 하나가 자라는 모습입니다.\n\n획은 언제"
            " 보이나요? 숫자는요?",
        ),
        notes=Text(
            "Thirty-two random numbers go in, 784 pixels come out. Point at a fake to see it in"
            " full, what our digit classifier reads in it, and what the same noise gave earlier."
            " Click a moment of the strip to go there. What is shown comes from weights averaged"
            " over the last 200 rounds or so: single rounds pull the fakes about.",
            "난수 32개가 들어가 픽셀 784개가 나옵니다. 가짜를 짚으면 크게 보이고, 숫자 분류기가 무엇으로"
            " 읽는지, 같은 잡음에서 예전에는 무엇이 나왔는지 보입니다. 필름의 한 순간을 누르면 그때로"
            " 갑니다. 화면의 가짜는 최근 200번쯤의 가중치를 평균해 만든 것입니다. 한 번 한 번의 갱신은"
            " 가짜를 이리저리 흔들기 때문입니다.",
        ),
        covers=("gan.dcgan", "all.rewind"),
        minutes=3,
        training="shipped",
        code=_GROW,
        slide=Text("One square: one noise, growing up", "한 칸은 잡음 하나가 자라는 모습"),
    ),
    Step(
        key="rules",
        title=Text("DCGAN: built of convolutions", "DCGAN: 합성곱으로 쌓기"),
        body=Text(
            "The generator **grows** a picture: strided transposed convolutions, batch"
            " normalisation, ReLU, tanh at the end. The discriminator **shrinks** it: strided"
            " convolutions, LeakyReLU. No pooling.\n\nFollow one fake: which maps"
            " already look like strokes?",
            "생성자는 그림을 **키웁니다**. 보폭 있는 전치 합성곱, 배치 정규화, ReLU를 거쳐 tanh로"
            " 끝납니다. 판별자는 보폭 있는 합성곱과 LeakyReLU로 **줄입니다**. 풀링은"
            " 없습니다.\n\n가짜 하나를 따라가 보세요. 어느 지도에서 획이 보이기 시작하나요?",
        ),
        notes=Text(
            "Radford, Metz and Chintala found in 2016 that with these rules GANs on pictures train"
            " far more steadily. Each square holds one layer's maps for the chosen"
            " fake, on a scale of its own. 58,721 parameters forge and 10,097 judge. The"
            " discriminator normalises over the whole wall, since it judges a picture among the"
            " others of its batch, as in learning. The fake knob takes another noise.",
            "래드퍼드, 메츠, 친탈라의 2016년 논문은 이 규칙들을 지키면 그림 GAN이 훨씬"
            " 안정되게 학습된다는 것을 보였습니다. 네모 하나가 고른 가짜에 대한 한 층의 지도이고,"
            " 색의 눈금은 층마다 따로입니다. 위조에 매개변수 58,721개, 감정에 10,097개를 씁니다. 판별자는"
            " 학습 때처럼 배치 안에서 그림을 견주므로, 여기서는 벽 전체로 정규화합니다. 가짜 번호를 바꾸면"
            " 다른 잡음이 들어갑니다.",
        ),
        covers=("gan.dcgan", "all.code"),
        minutes=4,
        training="shipped",
        knobs={"picture": "layers", "fake": 2},
        controls=("fake",),
        code=_GROW,
        lines={
            "noise": 'if self.embedding is not None:',
            "seed": "x = self.norm1(x).relu()",
            "up1": "x = self.norm2(x).relu()",
            "up2": "self.up2(x).tanh()",
        },
        slide=Text("Grow by strides, shrink by strides", "보폭으로 키우고, 보폭으로 줄입니다"),
    ),
    Step(
        key="train",
        title=Text("Train it here and now", "지금 여기서 학습시키기"),
        body=Text(
            "Both nets are **untrained**. Press the violet ▶ under the stage.\n\nFirst grey"
            " blots, then one blot everywhere, then strokes, then digits. Watch both curves: which"
            " is high **too early**, confidence or the number of classes?",
            "두 신경망 모두 **아직 배우지 않았습니다**. 무대 아래 보라색 ▶ 단추를 누르세요.\n\n회색"
            " 얼룩에서 똑같은 얼룩으로, 획으로, 숫자로 바뀝니다. 두 곡선을 보세요. 확신과 나온 종류,"
            " 어느 쪽이 **너무 일찍** 높아지나요?",
        ),
        notes=Text(
            "It really trains, on 9,000 digits, some 90 rounds a second on one core. A round is"
            " one update of the discriminator, on 32 real digits and 32 fakes, and one of the"
            " generator. After a few dozen rounds all fakes are the same blob, and the classifier"
            " may be quite sure of it: confidence without coverage says nothing.",
            "실제로 숫자 9,000장으로 배웁니다. 코어 하나에서 1초에 90번쯤 갱신합니다. 한 번은 진짜 32장과"
            " 가짜 32장으로 판별자를 한 번, 생성자를 한 번 갱신하는 것입니다. 몇십 번 뒤에는 가짜가 모두"
            " 같은 덩어리가 되는데, 분류기가 그것을 꽤 확신하기도 합니다. 나온 종류를 함께 보지 않으면"
            " 확신은 아무 뜻이 없습니다.",
        ),
        covers=("gan.dcgan", "all.live"),
        minutes=4,
        training="fresh",
        knobs={"picture": "live"},
        controls=("conditional", "seed", "generator_rate", "discriminator_rate", "batch_size"),
        code=_ROUND,
        lines={"": "forging = self._teach_generator(fake, digit)"},
        slide=Text("Press T: blots, strokes, digits", "T를 누르면 얼룩이 획이 되고 숫자가 됩니다"),
    ),
    Step(
        key="judge",
        title=Text("What is each fake?", "가짜는 저마다 무엇일까"),
        body=Text(
            "The **digit classifier** of the convolution lesson reads every fake. Orange: it is"
            " not sure.\n\nTwo questions: **how sure** is it, and **how many kinds** of digit are"
            " there? Green marks say what real digits score.",
            "합성곱 수업의 **숫자 분류기**가 가짜를 하나하나 읽습니다. 주황 테두리는 자신이 없는"
            " 것입니다.\n\n두 가지를 봅니다. **얼마나 확신**하는지, 그리고 숫자가 **몇 종류**인지."
            " 초록 표시는 진짜 숫자의 값입니다.",
        ),
        notes=Text(
            "The classifier was trained on real digits only and is no part of the GAN; neither"
            " net ever hears its verdict. A class counts as covered from 2 % of 500 fakes on; a"
            " fair share is 10 %. Without classes in its training, nothing tells the generator to"
            " share its noise out evenly, and it does not.",
            "분류기는 진짜 숫자로만 배웠고 GAN의 일부가 아닙니다. 두 신경망은 분류기의 말을 듣지"
            " 못합니다. 가짜 500장 가운데 2 %를 넘으면 그 종류가 나온 것으로 칩니다. 고르게 나뉘면 10 %씩입니다."
            " 종류를 알려 주지 않고 학습했으므로 생성자는 잡음을 고르게 나누라는 말을 들은 적이 없고,"
            " 실제로 고르지도 않습니다.",
        ),
        covers=("gan.dcgan",),
        minutes=3,
        training="shipped",
        knobs={"picture": "judge"},
        selection=("fake", 13),
        code=_JUDGE,
        slide=Text("How sure, and how many kinds", "얼마나 확신하는지, 몇 종류인지"),
    ),
    Step(
        key="copies",
        title=Text("Is it only copying?", "베낀 것은 아닐까"),
        body=Text(
            "For each fake we search **all 9,000** training digits for the nearest, pixel by"
            " pixel.\n\nA copy would lie at **0**. Compare with real digits nobody trained on: do"
            " the fakes come any nearer?",
            "가짜마다 학습 숫자 **9,000장 전부**에서 픽셀이 가장 비슷한 것을 찾습니다.\n\n베꼈다면 거리가"
            " **0**입니다. 학습에 쓰지 않은 진짜 숫자와 견주어 보세요. 가짜가 더 가까운가요?",
        ),
        notes=Text(
            "The generator never sees a training digit: only the discriminator's gradient reaches"
            " it. Distance is Euclidean over 784 pixels with ink from 0 to 1. Pixel distance is a"
            " crude measure: the same stroke moved by one pixel lies far off. It can show that a"
            " fake is no copy, but not that it is new in kind.",
            "생성자는 학습 숫자를 한 번도 보지 못합니다. 판별자의 기울기만 받습니다. 거리는 먹의 진하기를"
            " 0에서 1로 잰 픽셀 784개의 유클리드 거리입니다. 픽셀 거리는 거친 잣대입니다. 같은 획이라도 한"
            " 픽셀만 옮기면 멀어집니다. 베끼지 않았다는 것은 보일 수 있어도, 새로운 모양이라는 것까지"
            " 보이지는 못합니다.",
        ),
        covers=("gan.dcgan",),
        minutes=3,
        training="shipped",
        knobs={"picture": "copies"},
        code="explainer.concepts.gan.judge:nearest",
        lines={
            "search": "apart = squares - 2 * flat @ known.T",
            "found": "places = apart.argmin(dim=1)",
        },
        slide=Text("The nearest of 9,000 is not the same", "9,000장 중 가장 가까운 것도 같지 않습니다"),
    ),
    Step(
        key="walk",
        title=Text("Walk through the noise", "잡음 속을 걷기"),
        body=Text(
            "Four noises stand at the corners; between them the noise is **mixed**. Drag on the"
            " picture.\n\nA small step changes the digit a little. There are no gaps: where does"
            " one digit become another, and what stands **between**?",
            "네 모서리에 잡음이 하나씩 있고, 그 사이에서는 잡음을 **섞습니다**. 그림 위를 끌어"
            " 보세요.\n\n조금 움직이면 숫자도 조금 바뀝니다. 빈틈은 없습니다. 어디에서 다른 숫자가"
            " 되나요? 그 **사이**에는 무엇이 있나요?",
        ),
        notes=Text(
            "Bilinear weights of the four noises, divided by their own length: a plain mean of"
            " noises is shorter than any noise the generator has learned from. Along the way the"
            " classifier's probabilities hand over from one digit to the next. Other corners give"
            " other walks.",
            "네 잡음을 이중 선형으로 섞고 가중치의 길이로 나눕니다. 그냥 평균하면 생성자가 배운 어떤"
            " 잡음보다도 짧아지기 때문입니다. 걷는 동안 분류기의 확률이 한 숫자에서 다음 숫자로 넘어갑니다."
            " 모서리를 바꾸면 다른 길이 나옵니다.",
        ),
        covers=("gan.dcgan",),
        minutes=3,
        training="shipped",
        knobs={"picture": "plane"},
        controls=("corners",),
        code="explainer.concepts.gan.digits.walking:mixed",
        slide=Text("Small steps in noise, small steps in ink", "잡음을 조금 옮기면 그림도 조금"),
    ),
    Step(
        key="between",
        title=Text("From one fake to another", "한 가짜에서 다른 가짜로"),
        body=Text(
            "Click a fake: the walk goes on to it, **through the noise**. Below, what the"
            " classifier reads on the way.\n\nMixing the **pixels** of both gives two ghosts."
            " Mixing their **noise** gives one picture.",
            "가짜를 누르면 **잡음을 지나** 그곳까지 걸어갑니다. 아래는 지나는 동안 분류기가 읽는"
            " 숫자입니다.\n\n두 그림의 **픽셀**을 섞으면 유령 둘이 겹칩니다. **잡음**을 섞으면 한 장의"
            " 그림이 나옵니다.",
        ),
        notes=Text(
            "The last goal becomes the next start, so a walk can go on for as long as you like."
            " Halfway pictures are often no clean digit: the generator was never asked to make"
            " digits only, merely pictures that the discriminator takes for real. Wide ribbons"
            " are what the classifier is sure of.",
            "도착한 곳이 다음 출발점이 되므로 얼마든지 이어 걸을 수 있습니다. 중간 그림은 또렷한 숫자가"
            " 아닐 때도 많습니다. 생성자는 숫자만 만들라는 말을 들은 적이 없고, 판별자가 진짜로 여길 그림을"
            " 만들 뿐입니다. 띠가 넓을수록 분류기가 확신합니다.",
        ),
        covers=("gan.dcgan",),
        minutes=3,
        training="shipped",
        knobs={"picture": "between"},
        code="explainer.concepts.gan.digits.walking:mixed",
        slide=Text("Mix the noise, not the pixels", "픽셀이 아니라 잡음을 섞습니다"),
    ),
    Step(
        key="ask",
        title=Text("Ask for a seven", "7을 달라고 하기"),
        body=Text(
            "A **conditional** GAN is told the digit: the generator beside its noise, the"
            " discriminator beside the picture. Press a key.\n\nOrange: the classifier reads"
            " another digit. Below: **one noise**, asked for every digit. What stays the same?",
            "**조건부** GAN은 숫자를 함께 받습니다. 생성자는 잡음과 함께, 판별자는 그림과 함께 받습니다."
            " 숫자판을 눌러 보세요.\n\n주황은 분류기가 다른 숫자로 읽은 것입니다. 아래는 **잡음 하나**로"
            " 모든 숫자를 청한 것입니다. 무엇이 그대로인가요?",
        ),
        notes=Text(
            "The class enters as an embedding: 16 learned numbers a digit beside the noise, and a"
            " direction in the discriminator's features on which the picture is projected (Miyato"
            " and Koyama, 2018). This step stands on a film of its own, the conditional pair: rewind"
            " it, or train it on. To train one from nothing, switch Conditional on in the training"
            " step.",
            "종류는 임베딩으로 들어갑니다. 생성자에서는 숫자마다 배운 수 16개가 잡음 옆에 붙고, 판별자에서는"
            " 특징 공간의 한 방향이 되어 그림을 거기에 투영합니다(미야토와 고야마, 2018). 이 단계는 조건부"
            " 신경망의 필름 위에 서 있으므로 되감거나 이어서 학습시킬 수 있습니다. 처음부터 학습시키려면"
            " 학습 단계에서 조건부를 켜세요.",
        ),
        covers=("gan.dcgan",),
        minutes=3,
        training="shipped",
        film=CONDITIONAL,
        knobs={"picture": "asked"},
        controls=("conditional",),
        code="explainer.concepts.gan.dcgan:Discriminator.forward",
        lines={
            "ask": "logits = logits + (self.embedding(digit) * x).sum(dim=1)",
            "judged": "return logits",
        },
        slide=Text("Told the digit, it draws that digit", "숫자를 알려 주면 그 숫자를 씁니다"),
    ),
    Step(
        key="collapse",
        title=Text("Sure, of one thing only", "확신하지만 한 가지뿐"),
        body=Text(
            "On the right the generator made **five** updates a round against a slow"
            " discriminator. It found one blot that passes, and stayed: **mode collapse**.\n\nThe"
            " classifier is **surer** of it than of good fakes. Only the number of classes tells.",
            "오른쪽에서는 느린 판별자를 상대로 생성자가 한 번에 **다섯 번** 갱신했습니다. 통과하는 얼룩"
            " 하나를 찾고 거기 머뭅니다. **모드 붕괴**입니다.\n\n분류기는 좋은 가짜보다 이것을 **더**"
            " 확신합니다. 종류의 수를 세어야 드러납니다.",
        ),
        notes=Text(
            "Both runs have the same nets, the same data and the same seed. Any single score can"
            " be fooled: quality without variety here, and variety without quality in noise. That"
            " is why papers report both. The run on the left follows the film: rewind it to its"
            " first rounds and it looks much like the right one.",
            "두 학습은 신경망도 데이터도 시드도 같습니다. 점수 하나는 속일 수 있습니다. 여기서는 다양함"
            " 없이 품질만 높고, 잡음 그림은 품질 없이 다양하기만 합니다. 그래서 논문은 둘을 함께 적습니다."
            " 왼쪽은 필름을 따라갑니다. 처음 몇십 번으로 되감으면 오른쪽과 꽤 닮았습니다.",
        ),
        covers=("gan.collapse",),
        minutes=3,
        training="shipped",
        knobs={"picture": "compared"},
        code=_JUDGE,
        slide=Text("High confidence, one class", "확신은 높고, 종류는 하나"),
    ),
    Step(
        key="balance",
        title=Text("Keep the two in balance", "둘의 균형 맞추기"),
        body=Text(
            "Make it collapse yourself: **5** generator updates, discriminator's rate **0.0002**,"
            " then press ▶. Count the classes.\n\nThen turn both **back** and train on. The blue"
            " curve is how often the discriminator is right; at 50 % it only guesses.",
            "직접 무너뜨려 보세요. 생성자 갱신 **5회**, 판별자 학습률 **0.0002**로 두고 ▶를 누릅니다."
            " 종류를 세어 보세요.\n\n이제 둘을 **되돌리고** 이어서 학습시키세요. 파란 곡선은 판별자가 맞힌"
            " 비율입니다. 50 %면 찍는 것과 같습니다.",
        ),
        notes=Text(
            "All four knobs work while it learns, and the film remembers each change, so rewind"
            " and branch freely. A discriminator that learns too slowly lets anything pass; one"
            " that is always right leaves the generator little to learn from. The accuracy is"
            " that of the learning batches, averaged over 25 rounds.",
            "네 조절 모두 학습 중에 바꿀 수 있고 필름이 바꾼 것을 기억하므로, 마음껏 되감고 가지를 쳐"
            " 보세요. 너무 천천히 배우는 판별자는 아무것이나 통과시키고, 늘 맞히는 판별자는 생성자에게"
            " 배울 것을 거의 주지 않습니다. 정확도는 학습 배치에서 잰 것을 25번에 걸쳐 평균했습니다.",
        ),
        covers=("gan.balance", "gan.collapse", "all.live"),
        minutes=4,
        training="fresh",
        knobs={"picture": "balance"},
        controls=("generator_steps", "discriminator_steps", "generator_rate",
                  "discriminator_rate"),
        code=_ROUND,
        lines={"": "for turn in range(settings.generator_steps):"},
        slide=Text("Neither may run away", "어느 쪽도 너무 앞서면 안 됩니다"),
    ),
)  # fmt: skip
