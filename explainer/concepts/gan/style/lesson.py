"""What is said over the styles: a miniature StyleGAN that draws digits."""

from __future__ import annotations

from explainer.concepts.gan.style.knobs import KNOBS as KNOBS
from explainer.lesson import Step, Text

_MODEL = "explainer.concepts.gan.stylegan"
_ROUND = "explainer.concepts.gan.style.experiment:StyleGan._forgeries"

STEPS: tuple[Step, ...] = (
    Step(
        key="mapping",
        title=Text("A detour before drawing", "그리기 전에 한 번 돌아가기"),
        body=Text(
            "Noise **z** is a round cloud: nobody asked where the digits lie in it. Three layers"
            " turn every z into a **w**, and the cloud may take the shape the digits need.\n\nPick"
            " a digit. Where are its purple points nearer together?",
            "잡음 **z**는 둥근 구름일 뿐, 숫자가 어디에 놓일지는 정해져 있지 않습니다. 층 세 개가 z를"
            " 하나하나 **w**로 옮기면, 구름은 숫자에 맞는 모양이 될 수 있습니다.\n\n숫자를 골라 보세요."
            " 보라색 점은 어느 쪽에서 더 모여 있나요?",
        ),
        notes=Text(
            "Both clouds are the same 400 fakes, seen along their two directions of greatest"
            " spread; the other 30 numbers cannot be seen, so the figures under the clouds compare"
            " neighbours over all 32. In the shipped net about half of a point's neighbours in w"
            " are the same digit, against a fifth in z. Nothing in the loss asks for this. Click a"
            " point to follow it through the layers.",
            "두 구름은 같은 가짜 400장이고, 가장 넓게 퍼진 두 방향에서 본 것입니다. 나머지 30개의 수는"
            " 보이지 않으므로, 구름 아래 숫자는 32개 전부로 이웃을 찾아 견준 값입니다. 함께 제공하는"
            " 신경망에서는 w에서 이웃의 절반쯤이 같은 숫자이고, z에서는 다섯 중 하나쯤입니다. 손실이 이것을"
            " 요구한 적은 없습니다. 점을 누르면 그 점이 층을 지나는 길을 볼 수 있습니다.",
        ),
        covers=("gan.stylegan",),
        minutes=3,
        training="shipped",
        controls=("digit",),
        code=f"{_MODEL}:Mapping.stages",
        lines={
            "z": "x = z * (z.square().mean(dim=1, keepdim=True) + 1e-8).rsqrt()",
            "layer": "stages.append(leaky(layer(stages[-1])))",
            "w": "return stages",
        },
        slide=Text("z is drawn, w is learned", "z는 뽑은 것, w는 배운 것입니다"),
    ),
    Step(
        key="layers",
        title=Text("A style for every layer", "층마다 스타일 하나"),
        body=Text(
            "The drawing starts from a **constant**, the same for every fake, and grows from 7 to"
            " 28 pixels.\n\nOnly **w** says which digit it becomes: each layer makes its **style**"
            " of it, one factor for each map that comes in.",
            "그림은 어느 가짜에서나 똑같은 **상수**에서 시작해 7픽셀에서 28픽셀로 자랍니다.\n\n무슨 숫자가 될지는 **w**만이 정합니다. 층마다 w에서 제 **스타일**을"
            " 만듭니다. 들어오는 지도마다 곱할 계수 하나입니다.",
        ),
        notes=Text(
            "Shown are six maps of each layer, those that vary most, with a colour scale for each"
            " layer. The constant is learned like a weight. The Fake knob takes another noise: the"
            " first column stays exactly as it is, all others change. Karras, Laine and Aila, 2019;"
            " the modulated convolution is from their paper of 2020.",
            "층마다 가장 많이 변하는 지도 여섯 장을 보이고, 색의 눈금은 층마다 따로입니다. 상수는"
            " 가중치처럼 배운 것입니다. 가짜 번호를 바꾸면 다른 잡음이 들어갑니다. 첫 열은 그대로이고 나머지"
            " 열만 바뀝니다. 카라스, 라이네, 아일라의 2019년 논문이고, 변조 합성곱은 2020년 논문의 것입니다.",
        ),
        covers=("gan.stylegan", "all.code"),
        minutes=3,
        training="shipped",
        knobs={"picture": "flow"},
        controls=("fake",),
        code=f"{_MODEL}:Synthesis.forward",
        lines={
            "constant": "x = self.constant.expand(len(styles), -1, -1, -1)",
            "layer": "x = layer(x, styles[:, place], None if noise is None else noise[place])",
            "picture": "return ink.tanh()",
        },
        slide=Text("The same constant, another style", "상수는 같고 스타일만 다릅니다"),
    ),
    Step(
        key="modulation",
        title=Text("How a style acts on a kernel", "스타일은 커널에 어떻게 작용할까"),
        body=Text(
            "A style **scales kernels**: all that read one map are multiplied by its factor s.\n\n"
            "**Demodulation** then divides each output's kernels by their length, so that their"
            " squares add up to **1** again, whatever the style.",
            "스타일은 **커널에 곱해집니다**. 한 지도를 읽는 커널에는 모두 그 지도의 계수 s를 곱합니다.\n\n"
            "**되돌리기**(demodulation)는 출력마다 커널들을 그 길이로 나누어, 스타일이 무엇이든 제곱의"
            " 합이 다시 **1**이 되게 합니다.",
        ),
        notes=Text(
            "Click a row at the left for another map that comes in, at the right for another that"
            " goes out. The bars at the right are 1/d: how large an output would be without"
            " demodulation, for inputs of unit variance that do not depend on each other. A"
            " negative factor turns a kernel's sign: what drew ink takes it away.",
            "왼쪽 줄을 누르면 다른 입력 지도를, 오른쪽 줄을 누르면 다른 출력 지도를 봅니다. 오른쪽 막대는"
            " 1/d입니다. 서로 상관없고 분산이 1인 입력이 들어올 때 되돌리지 않으면 출력이 얼마나 커질지를"
            " 뜻합니다. 계수가 음수이면 커널의 부호가 뒤집혀, 잉크를 칠하던 것이 지우게 됩니다.",
        ),
        covers=("gan.stylegan", "all.code"),
        minutes=4,
        training="shipped",
        knobs={"picture": "kernel"},
        controls=("layer", "fake"),
        code=f"{_MODEL}:ModulatedConv",
        lines={
            "weight": "x = F.conv2d(x, self.weight, padding=\"same\")",
            "modulate": "x = x * s[:, :, None, None]",
            "energy": "energy = self.weight.square().sum(dim=(2, 3))",
            "demodulate": "x = x * self.demodulation(s)[:, :, None, None]",
        },
        slide=Text("Scale by the style, then back to 1", "스타일을 곱하고, 다시 1로"),
    ),
    Step(
        key="mixing",
        title=Text("Mixing two fakes, layer by layer", "층을 나누어 두 가짜 섞기"),
        body=Text(
            "A row's fake **A** gives the first layers their style, a column's fake **B** the"
            " rest.\n\nClick a layer to move the border. With one layer from A, whose digit is it?"
            " With four? The percentages count it over the grid.",
            "앞쪽 층은 줄의 가짜 **A**에서, 나머지 층은 칸의 가짜 **B**에서 스타일을 받습니다.\n\n층을 눌러"
            " 경계를 옮겨 보세요. 한 층만 A이면 누구의 숫자인가요? 네 층이 A이면요? 백분율은 표 전체에서 센"
            " 값입니다.",
        ),
        notes=Text(
            "Half of the fakes were mixed like this while it learned, so that no layer relies on"
            " the style of its neighbour. In the shipped net the border matters most about layers"
            " 2 and 3. With few pictures the percentages are coarse, and fakes of A and B may"
            " share a digit by luck. Other fakes deals new rows and columns.",
            "학습할 때 가짜의 절반을 이렇게 섞었습니다. 그래서 어느 층도 옆 층의 스타일에 기대지 않습니다."
            " 함께 제공하는 신경망에서는 2층과 3층 언저리의 경계가 가장 중요합니다. 그림이 적어 백분율은"
            " 거칠고, A와 B가 우연히 같은 숫자일 수도 있습니다. ‘다른 가짜’를 바꾸면 새로 뽑습니다.",
        ),
        covers=("gan.stylegan",),
        minutes=4,
        training="shipped",
        knobs={"picture": "mixing"},
        controls=("deal",),
        code=f"{_MODEL}:mixed",
        lines={"row": "return torch.where(is_coarse[..., None], coarse[:, None], fine[:, None])"},
        slide=Text("First layers from A, the rest from B", "앞쪽 층은 A, 나머지는 B"),
    ),
    Step(
        key="deciding",
        title=Text("What does each layer decide?", "층마다 무엇을 정할까"),
        body=Text(
            "Now **one** layer of A takes B's style, the others keep their own. Orange: the"
            " classifier reads another digit.\n\nWhich layers change **which digit** it is, and"
            " which only **how** it is drawn? Compare the bars.",
            "이번에는 A의 **한 층만** B의 스타일을 받고 나머지는 그대로 둡니다. 주황 테두리는 분류기가 다른"
            " 숫자로 읽은 것입니다.\n\n**어떤 숫자**인지를 바꾸는 층과 **쓰는 모양**만 바꾸는 층은 어느"
            " 것인가요? 막대를 견주어 보세요.",
        ),
        notes=Text(
            "Counted over 100 pairs, with the averaged weights and without noise. In the shipped"
            " net the three layers up to 14 pixels decide the digit, the second most of all; the"
            " two at 28 pixels seldom change it and move a third of the ink or less. In StyleGAN on"
            " faces coarse layers decide pose and shape, fine layers colour. Here there is no"
            " colour: what is left to the fine layers is the stroke.",
            "평균한 가중치로, 잡음 없이 100쌍을 세었습니다. 함께 제공하는 신경망에서는 14픽셀까지의 세 층이"
            " 숫자를 정하고, 그중 2층이 가장 많이 정합니다. 28픽셀의 두 층은 숫자를 잘 바꾸지 않고, 움직이는"
            " 잉크도 3분의 1 이하입니다. 얼굴을 그린 StyleGAN에서는 거친 층이 자세와 모양을, 고운 층이 색을"
            " 정합니다. 여기에는 색이 없으므로 고운 층에 남는 것은 획입니다.",
        ),
        covers=("gan.stylegan",),
        minutes=3,
        training="shipped",
        knobs={"picture": "deciding"},
        controls=("pair",),
        code="explainer.concepts.gan.style.exchanged:Decide.read",
        lines={"layer": "everyone = torch.cat((same_in_all(one), same_in_all(other),"
                        " styles.flatten(0, 1)))"},
        slide=Text("Early layers choose the digit", "앞쪽 층이 숫자를 고릅니다"),
    ),
    Step(
        key="noise",
        title=Text("Noise for what nobody plans", "아무도 정하지 않은 것을 위한 잡음"),
        body=Text(
            "Each layer may add fresh noise to every pixel, times a **learned strength**. On faces"
            " it places hairs and freckles.\n\nOur net learned strengths close to **0**: these"
            " digits have nothing of the kind. Set it by force. What breaks first?",
            "층마다 픽셀에 새 잡음을 더할 수 있고, 그 **세기는 배웁니다**. 얼굴에서는 머리카락과 주근깨의"
            " 자리를 정합니다.\n\n우리 신경망이 배운 세기는 **0**에 가깝습니다. 이 숫자들에는 그런 것이"
            " 없기 때문이겠지요. 세기를 억지로 올려 보세요. 무엇이 먼저 망가지나요?",
        ),
        notes=Text(
            "The strengths start at 0, rise while the net is bad, and fall again: the lesson's film"
            " shows it if you rewind. The spread is over 16 draws of the noise for the same w, and"
            " what the classifier reads is counted over all of them. A strength set here holds for"
            " all layers and only for this question; the net stays as it is.",
            "세기는 0에서 시작해 신경망이 서투를 때 커졌다가 다시 줄어듭니다. 필름을 되감으면 볼 수 있습니다."
            " 흔들림은 같은 w에 잡음을 16번 뽑아 잰 것이고, 분류기가 읽은 결과도 그 모두에서 세었습니다."
            " 여기서 정한 세기는 모든 층에, 이 물음에만 쓰입니다. 신경망은 그대로입니다.",
        ),
        covers=("gan.stylegan",),
        minutes=3,
        training="shipped",
        knobs={"picture": "noise"},
        controls=("noise",),
        code=f"{_MODEL}:StyleLayer.forward",
        lines={"draw": "x = x + self.strength * noise"},
        slide=Text("Same style, other noise", "스타일은 같고 잡음만 다르게"),
    ),
    Step(
        key="truncation",
        title=Text("Towards the mean: truncation", "평균 쪽으로: 절단"),
        body=Text(
            "Every w is drawn towards the **mean** of all: w̄ + ψ·(w − w̄). Move **ψ**.\n\nAt 0 all"
            " fakes are one. On the way digits go missing, and the classifier is hardly surer."
            " Truncation gives **variety** away.",
            "모든 w를 전체의 **평균** 쪽으로 끌어당깁니다: w̄ + ψ·(w − w̄). **ψ**를 움직여 보세요.\n\n0이면"
            " 가짜가 모두 하나입니다. 그리로 가는 동안 사라지는 숫자가 생기는데 분류기의 확신은 거의 그대로입니다."
            " 절단은 **다양함**을 내주는 일입니다.",
        ),
        notes=Text(
            "The shares are of 500 fakes at this psi; green marks show real digits. On faces the"
            " mean w gives a pleasant average face, and a psi of 0.7 hides bad fakes. Here the"
            " fakes are good enough at 1, so there is little to gain and digits to lose: the"
            " curve of confidence is almost flat. Published pictures are often truncated, and it"
            " is fair to say so.",
            "비율은 이 ψ에서 만든 가짜 500장의 것이고, 초록 표시는 진짜 숫자입니다. 얼굴에서는 평균 w가"
            " 무난한 평균 얼굴이 되고, ψ 0.7이면 나쁜 가짜가 감춰집니다. 여기서는 1에서도 가짜가 괜찮으므로"
            " 얻을 것은 적고 잃을 숫자는 있습니다. 확신 곡선은 거의 평평합니다. 논문의 그림은 절단한 것이"
            " 많으니, 그렇다고 밝히는 것이 옳습니다.",
        ),
        covers=("gan.stylegan",),
        minutes=3,
        training="shipped",
        knobs={"picture": "truncation", "psi": 0.5},
        controls=("psi",),
        code=f"{_MODEL}:truncated",
        lines={"": "return mean + psi * (w - mean)"},
        slide=Text("Less ψ, less variety", "ψ가 작을수록 덜 다양합니다"),
    ),
    Step(
        key="learning",
        title=Text("Watch it learn", "배우는 모습 보기"),
        body=Text(
            "Both nets start **untrained** here. Press the violet ▶: from grey grain to strokes to"
            " digits, 40 noises that stay the same.\n\nThe classifier must be **sure**, and find"
            " **all ten** digits. Rewind, change a knob, and train a branch.",
            "여기서는 두 신경망이 **아직 배우지 않았습니다**. 보라색 ▶를 누르세요. 늘 같은 잡음 40개가 회색"
            " 얼룩에서 획으로, 숫자로 바뀝니다.\n\n분류기가 **확신**해야 하고, **열 가지** 숫자가 모두"
            " 나와야 합니다. 되감고, 조절을 바꾸고, 가지를 쳐 보세요.",
        ),
        notes=Text(
            "The loss is the non-saturating one with an R1 penalty on the discriminator, asked for"
            " in one round of eight and eight times as strongly. The mapping network learns at a"
            " tenth of the rate. Shown are weights averaged over the last 500 rounds. Set the share"
            " of mixed fakes to 0, train, and look at mixing again.",
            "손실은 비포화 손실이고 판별자에는 R1 벌점이 붙습니다. 벌점은 여덟 번에 한 번, 여덟 배로"
            " 매깁니다. 매핑 네트워크는 학습률의 10분의 1로 배웁니다. 화면의 가짜는 최근 500번쯤의 가중치를"
            " 평균해 만든 것입니다. 섞은 가짜의 몫을 0으로 하고 학습시킨 뒤 섞기를 다시 보세요.",
        ),
        covers=("gan.stylegan", "all.live", "all.rewind"),
        minutes=4,
        training="fresh",
        knobs={"picture": "learning"},
        controls=("learning_rate", "r1", "mixing", "batch_size", "seed"),
        code=_ROUND,
        lines={"": "one, other = self._generator.mapping(z).chunk(2)"},
        slide=Text("Press T: grain, strokes, digits", "T를 누르면 얼룩이 획이 되고 숫자가 됩니다"),
    ),
)  # fmt: skip
