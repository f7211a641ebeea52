"""What is said over the uses: restoring a digit, and turning sketches into digits."""

from __future__ import annotations

from explainer.concepts.gan.uses.knobs import KNOBS as KNOBS
from explainer.lesson import Step, Text

_SEARCH = "explainer.concepts.gan.uses.restoring:search"
_SKETCH = "explainer.concepts.gan.sketch:Generator.forward"

STEPS: tuple[Step, ...] = (
    Step(
        key="hole",
        title=Text("Fill in what is missing", "없어진 곳 채우기"),
        body=Text(
            "Part of a digit is rubbed out. We search the **noise** whose fake fits the pixels we"
            " **know**, by walking downhill; the generator stays as it is.\n\nSix noises run side"
            " by side, the best is kept. Click the digit to move the hole.",
            "숫자 한 곳이 지워졌습니다. 학습한 생성자는 그대로 두고, **아는** 픽셀에 맞는 가짜를 내는"
            " **잡음**을 내리막을 따라 찾습니다.\n\n잡음 여섯 개가 나란히 내려가고, 가장 잘 맞는 것을"
            " 남깁니다. 숫자를 눌러 구멍을 옮겨 보세요.",
        ),
        notes=Text(
            "The generator is the StyleGAN of the scene on styles. Of 200 noises the six that fit"
            " best begin; then the gradient of the mismatch goes through the frozen generator to"
            " z, 60 times. Nothing is said about the hole: what appears there is what the"
            " generator holds likely. Switch the known pixels' clamp off to see the best fake as"
            " it is. Large holes end in another digit as often as not, and that is honest: the"
            " known pixels do not say which it was.",
            "생성자는 스타일 장면의 StyleGAN입니다. 잡음 200개 가운데 가장 잘 맞는 여섯에서 시작해,"
            " 어긋난 정도의 기울기를 고정된 생성자를 거쳐 z까지 보내기를 60번 합니다. 구멍에 대해서는"
            " 아무것도 말해 주지 않습니다. 거기 나타나는 것은 생성자가 그럴듯하다고 여기는 것입니다. ‘아는"
            " 픽셀은 그대로’를 끄면 가장 잘 맞는 가짜를 그대로 볼 수 있습니다. 구멍이 크면 다른 숫자가 되는"
            " 일도 흔합니다. 남은 픽셀만으로는 무엇이었는지 알 수 없기 때문입니다.",
        ),
        covers=("gan.restore",),
        minutes=4,
        training="shipped",
        controls=("digit", "side", "clamped"),
        code=_SEARCH,
        lines={"step": "losses = mismatch(pictures, target, known)"},
        slide=Text("Search the noise that fits", "맞는 잡음을 찾습니다"),
    ),
    Step(
        key="counted",
        title=Text("Is the guess any good?", "잘 맞힌 걸까"),
        body=Text(
            "One digit proves little. Here **100** test digits get the same hole, and the"
            " classifier reads them.\n\nCompare the last bar with what needs **no** generator:"
            " blank paper, or the mean of all digits.",
            "한 장으로는 알 수 없습니다. 시험 숫자 **100개**에 같은 구멍을 내고 분류기에게 읽혔습니다.\n\n"
            "맨 아래 막대를, 생성자가 **필요 없는** 방법인 빈 종이나 모든 숫자의 평균과 견주어 보세요."
            " 구멍을 옮기고 크기를 바꿔 보세요.",
        ),
        notes=Text(
            "Two noises for each digit, 25 steps, and the known pixels kept: less than in the step"
            " before, so that it takes a few seconds. With the hole over the upper half the"
            " shipped generator brings the classifier from about 30 % back to about 70 %; the mean"
            " of all digits alone gives about 50 %. Being read rightly is not the same as being"
            " what was written.",
            "숫자마다 잡음 두 개, 25스텝이고 아는 픽셀은 그대로 둡니다. 몇 초 안에 끝나도록 앞 단계보다"
            " 적게 찾습니다. 위쪽 절반을 가리면, 함께 제공하는 생성자는 분류기의 정답을 30 %쯤에서 70 %쯤으로"
            " 되돌립니다. 모든 숫자의 평균만으로도 50 %쯤은 됩니다. 바르게 읽혔다고 해서 원래 쓴 것과 같다는"
            " 뜻은 아닙니다.",
        ),
        covers=("gan.restore",),
        minutes=3,
        training="shipped",
        knobs={"picture": "counting"},
        controls=("side", "x", "y"),
        code="explainer.concepts.gan.uses.restoring:mismatch",
        slide=Text("A hundred holes, counted", "구멍 백 개를 세어 보면"),
    ),
    Step(
        key="sketches",
        title=Text("From sketch to digit", "스케치에서 숫자로"),
        body=Text(
            "Another generator is given no noise but a **sketch**: a digit peeled to a line one"
            " pixel thin. It must draw the digit out.\n\nTwo teachers: **L1**, which asks for the"
            " true picture, and a **discriminator**, which asks for strokes that look written.",
            "다른 생성자는 잡음이 아니라 **스케치**를 받습니다. 숫자를 한 픽셀 두께의 선이 될 때까지 깎은"
            " 것입니다. 여기서 온전한 숫자를 그려야 합니다.\n\n선생은 둘입니다. **L1**은 진짜 그림과 같기를,"
            " **판별자**는 정말 쓴 획 같기를 바랍니다.",
        ),
        notes=Text(
            "After pix2pix by Isola and others, 2017. The pairs are made here: 3,000 training"
            " digits, thinned by the rule of Zhang and Suen. How thick a stroke was is gone from"
            " the sketch, so the generator must choose. The skeletons themselves are read rightly"
            " three times in four: the classifier has never seen lines so thin.",
            "이솔라 등의 2017년 논문 pix2pix를 따랐습니다. 짝은 여기서 만듭니다. 학습 숫자 3,000장을 장과"
            " 쑨(Zhang, Suen)의 규칙으로 깎습니다. 획의 굵기는 스케치에서 사라지므로 생성자가 정해야 합니다."
            " 스케치 그대로는 분류기가 넷 가운데 셋만 바르게 읽습니다. 그렇게 가는 선을 본 적이 없기"
            " 때문입니다.",
        ),
        covers=("gan.translate", "all.code"),
        minutes=3,
        training="shipped",
        knobs={"picture": "sketches"},
        controls=("page",),
        code=_SKETCH,
        lines={"draw": "ink: Tensor = self.picture(x) + sketch"},
        slide=Text("A thin line in, a digit out", "가는 선이 들어가 숫자가 나옵니다"),
    ),
    Step(
        key="draw",
        title=Text("Draw it yourself", "직접 그려 보기"),
        body=Text(
            "Draw on the pad. What you draw is centred, made **thin**, and the generator answers"
            " at every movement of the pen.\n\nTry what is **no** digit: a star, a house. It knows"
            " only how digits are written; what does it make of yours?",
            "그림판에 그려 보세요. 그린 것을 가운데로 옮기고 **가늘게** 깎으면, 펜이 움직일 때마다 생성자가"
            " 답합니다.\n\n숫자가 **아닌** 것, 별이나 집도 그려 보세요. 이 생성자는 숫자를 쓰는 법만 압니다."
            " 무엇으로 만드나요?",
        ),
        notes=Text(
            "The classifier's ten probabilities stand below both, for the thin line and for the"
            " picture. The generator has learned strokes, not meanings: a patch discriminator"
            " looks at 18 pixels at a time. So it draws out any line in the hand of the training"
            " digits.",
            "아래에는 가는 선과 그림 각각에 대한 분류기의 확률 열 개가 있습니다. 생성자는 뜻이 아니라 획을"
            " 배웠습니다. 판별자가 한 번에 18픽셀씩만 보기 때문입니다. 그래서 어떤 선이든 학습한 숫자의"
            " 필체로 그립니다.",
        ),
        covers=("gan.translate",),
        minutes=3,
        training="shipped",
        knobs={"picture": "pad"},
        code=_SKETCH,
        slide=Text("Any line, in the hand of digits", "어떤 선이든 숫자의 필체로"),
    ),
    Step(
        key="learn",
        title=Text("Watch it learn to draw", "그리기를 배우는 모습"),
        body=Text(
            "Press the violet ▶: the untrained generator leaves the sketch as it is, then learns"
            " to draw it out within seconds.\n\nNow set the discriminator's weight to **0**, or"
            " L1's. What does each teacher **alone** bring about?",
            "보라색 ▶를 누르세요. 배우지 않은 생성자는 스케치를 그대로 두지만, 몇 초 만에 그리는 법을"
            " 배웁니다.\n\n이제 판별자의 몫을 **0**으로, 또는 L1의 몫을 0으로 해 보세요. 선생이 **하나뿐**이면"
            " 어떻게 되나요?",
        ),
        notes=Text(
            "Some forty rounds a second on one quiet core. The purple curve is read off 200 unseen"
            " sketches. With pairs at hand this is far easier to learn than drawing from noise:"
            " with seed 0, after 300 rounds, L1 alone has 195 of the 200 read rightly, both teachers"
            " 195, the discriminator alone 119. Use other weights from the start or in the middle;"
            " the film remembers each change.",
            "조용한 코어 하나에서 1초에 40번쯤 배웁니다. 보라색 곡선은 처음 보는 스케치 200장에서 잰"
            " 것입니다. 짝이 있으므로 잡음에서 그리기보다 훨씬 쉽습니다. 시드 0으로 300번 배우면 200장 가운데"
            " L1만으로 195장, 둘 다 쓰면 195장, 판별자만으로는 119장이 바르게 읽힙니다. 처음부터든 중간부터든"
            " 몫을 바꿔 보세요. 필름이 바꾼 것을 기억합니다.",
        ),
        covers=("gan.translate", "all.live", "all.rewind"),
        minutes=3,
        training="fresh",
        knobs={"picture": "learning"},
        controls=("adversarial", "likeness", "learning_rate", "batch_size", "seed"),
        code="explainer.concepts.gan.uses.experiment:SketchGan._teach_generator",
        lines={"": "loss = settings.adversarial * passing + settings.likeness * distance"},
        slide=Text("Two teachers, one generator", "선생 둘, 생성자 하나"),
    ),
    Step(
        key="elsewhere",
        title=Text("What else generators do", "그 밖의 쓰임"),
        body=Text(
            "Two of these ran live in this scene, on digits. The others are only **told** here:"
            " they need nets and data far beyond a laptop.\n\nWhat is common to all: somewhere a"
            " **judge** said which pictures look real.",
            "이 가운데 둘은 이 장면에서 숫자로 직접 해 보았습니다. 나머지는 **이야기만** 합니다. 노트북으로는"
            " 어림없는 신경망과 데이터가 필요하기 때문입니다.\n\n모두에 공통된 것이 있습니다. 어딘가에서"
            " **감정사**가 진짜 같은지 말해 주었다는 것입니다.",
        ),
        notes=Text(
            "What is filled in is invented, however sharp it looks. That is fine for a torn"
            " photograph and dangerous for evidence or a medical scan. Today many of these uses"
            " have gone over to diffusion models, which are steadier to train.",
            "채워 넣은 것은 아무리 또렷해도 지어낸 것입니다. 찢어진 사진이라면 괜찮지만 증거나 의료 영상이라면"
            " 위험합니다. 오늘날 이런 쓰임의 많은 부분은 학습이 더 안정된 확산 모델로 옮겨 갔습니다.",
        ),
        covers=("gan.restore", "gan.translate"),
        minutes=2,
        training="shipped",
        knobs={"picture": "cards"},
        slide=Text("Two live, four told", "둘은 직접, 넷은 이야기로"),
    ),
)  # fmt: skip
