"""What is said about a generator and a discriminator on the plane."""

from __future__ import annotations

from explainer.concepts.gan.plane.knobs import KNOBS as KNOBS
from explainer.lesson import Step, Text

_ROUND = "explainer.concepts.gan.experiment:PlaneExperiment.play_round"

STEPS: tuple[Step, ...] = (
    Step(
        key="roles",
        title=Text("A forger and a judge", "위조범과 감정사"),
        body=Text(
            "The **generator** turns noise into points: fakes. The **discriminator** is shown fakes"
            " and real points and says which is which.\n\nThe generator never sees a real point."
            " All it gets is the pink arrow back: **which way the judge would have been fooled**.",
            "**생성자**는 잡음을 점으로 바꿉니다. 그것이 가짜입니다. **판별자**는 가짜와 진짜를 보고"
            " 어느 쪽인지 가립니다.\n\n생성자는 진짜를 한 번도 보지 못합니다. 돌아오는 분홍 화살표,"
            " 곧 **어느 쪽으로 가야 판별자가 속는지**만 받습니다.",
        ),
        notes=Text(
            "Everything here is two small networks that run now: noise z, fakes G(z), real points"
            " x, verdicts D. The bars on the right count over thousands of fresh points how often"
            " either kind is taken for real; a judge that can only guess takes half of each."
            " Forger and judge are only a picture: neither wants anything, each follows the slope"
            " of its own loss.",
            "여기 보이는 것은 모두 지금 돌아가는 작은 신경망 두 개입니다. 잡음 z, 가짜 G(z), 진짜 x,"
            " 판정 D가 차례로 나옵니다. 오른쪽 막대는 새로 뽑은 점 수천 개 가운데 진짜로 본 비율입니다."
            " 찍기만 하는 판별자라면 둘 다 절반이 됩니다. 위조범과 감정사는 비유일 뿐입니다. 둘 다"
            " 무엇을 바라는 것이 아니라 자기 손실의 기울기를 따라갈 뿐입니다.",
        ),
        covers=("gan.roles",),
        minutes=3,
        training="shipped",
        knobs={"picture": "flow"},
        controls=("shape", "seed"),
        code="explainer.concepts.gan.model:Generator",
        slide=Text(
            "One net forges, one net judges, each learns from the other",
            "하나는 위조하고 하나는 감정하며 서로에게서 배웁니다",
        ),
    ),
    Step(
        key="map",
        title=Text("The judge's map", "감정사의 지도"),
        body=Text(
            "The discriminator gives **every place** a verdict. Green: a point here looks real."
            " Purple: forged. On the **blue line** it is undecided.\n\nOn the right, all its verdicts"
            " at once. If the two heaps lie on each other, it can only guess.",
            "판별자는 **모든 자리**에 점수를 매깁니다. 초록이면 진짜 같고, 보라면 가짜 같습니다. **파란"
            " 선** 위에서는 반반입니다.\n\n오른쪽은 판정을 한데 모은 것입니다. 두 무더기가 겹칠수록"
            " 찍기와 다름없어집니다.",
        ),
        notes=Text(
            "The surface is D at every place of the plane, not only where points lie. Away from"
            " both clouds nobody ever taught it anything, so what it says there means little; that"
            " matters, since the generator's gradient is read off this surface. Rewind the film"
            " below to see early judges: large plain fields, one bent line.",
            "바탕색은 점이 없는 곳까지 평면 전체에서 D를 구한 것입니다. 점이 없는 먼 곳은 아무도 가르친"
            " 적이 없으니 그곳의 값은 별 뜻이 없습니다. 그래도 중요합니다. 생성자의 기울기를 바로 이"
            " 바탕에서 읽기 때문입니다. 아래 필름을 되감으면 초기의 판별자가 보입니다. 큰 들판에 굽은"
            " 선 하나뿐입니다.",
        ),
        covers=("gan.plane",),
        minutes=3,
        training=300,
        knobs={"picture": "map"},
        controls=("shape", "seed"),
        code="explainer.concepts.gan.model:Discriminator",
        slide=Text("Every place gets a verdict", "모든 자리에 점수가 매겨집니다"),
    ),
    Step(
        key="arrows",
        title=Text("How a fake knows where to go", "가짜는 어떻게 길을 알까"),
        body=Text(
            "Each pink arrow is a **gradient**: which way the generator's loss falls if this fake"
            " moves. The arrows point uphill on the judge's map, across the blue line.\n\nPoint at"
            " a fake to see the noise it comes from. Where the map is flat, arrows are **short**.",
            "분홍 화살표는 **기울기**입니다. 그 가짜가 어느 쪽으로 움직이면 생성자의 손실이 줄어드는지"
            " 알려 줍니다. 지도의 오르막, 곧 파란 선 너머를 가리킵니다.\n\n가짜를 짚으면 어떤 잡음에서"
            " 왔는지 보입니다. 지도가 평평한 곳에서는 화살표가 **짧습니다**.",
        ),
        notes=Text(
            "The arrow is minus the derivative of the generator's loss with respect to the fake,"
            " found by autograd through the discriminator. The purple grid is where the generator"
            " sends a lattice of noise: dark where many fakes fall. The curve is the mean length of"
            " the arrows along this film. Fakes cannot move freely: all of them come from one set"
            " of weights.",
            "화살표는 생성자의 손실을 가짜의 위치로 미분해 부호를 바꾼 것으로, 판별자를 거꾸로 지나며"
            " 자동 미분으로 구합니다. 보라색 격자는 잡음의 격자를 생성자가 옮겨 놓은 것이고, 가짜가"
            " 많이 떨어지는 곳이 진합니다. 곡선은 이 필름에서 화살표 길이의 평균입니다. 가짜는 제멋대로"
            " 움직이지 못합니다. 모두 같은 가중치에서 나오기 때문입니다.",
        ),
        covers=("gan.plane", "gan.roles"),
        minutes=3,
        training=300,
        knobs={"picture": "arrows"},
        controls=("noise", "noise_size", "shape"),
        code="explainer.concepts.gan.reading:forged",
        slide=Text("The judge's slope shows the way", "판별자의 기울기가 길을 알려 줍니다"),
    ),
    Step(
        key="turns",
        title=Text("One round, in slow motion", "한 라운드를 천천히"),
        body=Text(
            "First the judge learns: its loss on the batch falls, **the forger stands in ice**. Then"
            " the forger learns through the judge's gradient, **the judge stands in ice**.\n\nThe"
            " zeros on the right are exact. Go on with Shift+→, or click a row.",
            "먼저 판별자가 배웁니다. 배치에서 잰 손실이 줄고, 그동안 **생성자는 얼어 있습니다**. 다음은"
            " 생성자가 판별자의 기울기로 배우고, **판별자가 얼어 있습니다**.\n\n오른쪽의 0은 정확히"
            " 0입니다. Shift+→로 넘기거나 줄을 눌러 보세요.",
        ),
        notes=Text(
            "This is the very next round, played on a copy of the two nets with the same noise and"
            " the same batch; pressing the step button then does just this. The surface moves little"
            " in one update, and the fakes' moves are drawn longer by the factor under the list."
            " Set the updates a round to 0 for one of them and its beats are left out.",
            "바로 다음에 할 라운드를, 같은 잡음과 같은 배치로, 두 신경망의 사본에서 미리 해 본 것입니다."
            " 한 스텝 단추를 누르면 똑같은 일이 일어납니다. 갱신 한 번에 바탕은 조금만 움직이고, 가짜의"
            " 움직임은 목록 아래에 적힌 배수만큼 길게 그렸습니다. 갱신 횟수를 0으로 두면 그쪽 순간을"
            " 건너뜁니다.",
        ),
        covers=("gan.turns", "all.step", "all.code"),
        minutes=4,
        training=300,
        knobs={"picture": "round"},
        controls=("discriminator_steps", "generator_steps", "loss", "batch_size"),
        code=_ROUND,
        lines={
            "forge": "real = self._real()",
            "judge-learns": "loss = self._teach_discriminator(real, fake.detach())",
            "forger-learns": "self._teach_generator(fake)",
            "over": "self._steps += 1",
        },
        slide=Text("One learns, the other stands in ice", "하나가 배우면 하나는 얼어 있습니다"),
    ),
    Step(
        key="tug-of-war",
        title=Text("Watch the tug-of-war", "줄다리기 지켜보기"),
        body=Text(
            "Press **T**. Both begin at random weights. The knot stands where the judge's **accuracy**"
            " on fresh points stands: in the middle it can only guess.\n\nGood training does not"
            " drive the losses to zero. They come to lie near the **dashed lines**: a draw.",
            "**T**를 누르세요. 둘 다 무작위 가중치에서 시작합니다. 매듭은 새 점에 대한 **판별 정확도**가"
            " 있는 자리입니다. 가운데면 찍기와 같습니다.\n\n잘 되는 학습에서 손실은 0으로 가지 않습니다."
            " **점선** 가까이, 곧 비긴 자리로 갑니다.",
        ),
        notes=Text(
            "The dashed lines are what the losses are if D says one half of everything: 2 ln 2 for"
            " the discriminator's two parts together, ln 2 for the generator's. With another loss"
            " they stand elsewhere, and a Wasserstein generator has none. The bars count fakes on"
            " each mode; ticks and dashes show what a perfect generator would score. R1, a penalty"
            " on the judge's slope at real points, is on; its weight is a knob.",
            "점선은 D가 무엇이든 1/2이라고 할 때의 손실입니다. 판별자는 두 부분을 더해 2 ln 2, 생성자는 ln"
            " 2입니다. 손실 함수를 바꾸면 자리가 달라지고, 바서슈타인 생성자에게는 없습니다. 막대는"
            " 봉우리마다 놓인 가짜의 비율이고, 눈금과 점선은 완벽한 생성자가 받을 값입니다. 진짜 점에서"
            " 판별자의 기울기에 매기는 R1 벌점이 켜져 있으며 그 세기는 조절할 수 있습니다.",
        ),
        covers=("gan.tug-of-war", "all.live", "all.rewind"),
        minutes=4,
        training="fresh",
        knobs={"picture": "tug"},
        controls=("loss", "r1", "smoothing", "penalty", "shape", "optimiser", "seed"),
        code="explainer.concepts.gan.losses:discriminator_loss",
        slide=Text("A draw is a success", "비기는 것이 성공입니다"),
    ),
    Step(
        key="best",
        title=Text("The best judge there could be", "있을 수 있는 최고의 감정사"),
        body=Text(
            "If real points fall somewhere with density p and fakes with q, no judge can do better"
            " than **p / (p + q)**. It can be counted here, and the learned D held against it.\n\nLet"
            " **only D** learn for a while: it comes closer. Where both clouds are alike, even the"
            " best says **one half**.",
            "어떤 자리에 진짜가 밀도 p로, 가짜가 밀도 q로 떨어진다면 **p / (p + q)**보다 나은 판별자는"
            " 없습니다. 여기서는 직접 세어 배운 D와 견줄 수 있습니다.\n\n**D만** 한동안 배우게 하면"
            " 가까워집니다. 두 구름이 같은 곳에서는 최고의 감정사도 **절반**이라고 말합니다.",
        ),
        notes=Text(
            "p and q are counted from 20,000 points each through a small blur, so the best D is an"
            " estimate, grey where neither ever fell. Click a row for the cut below it; point at a"
            " cell for its arithmetic. The learned D is smoother: it is a small network, has had"
            " little time against this generator, and R1 keeps its slopes gentle. Goodfellow and"
            " others, 2014, proposition 1.",
            "p와 q는 점 20,000개씩을 조금 흐려 센 값이라 최적의 D도 추정값이며, 둘 다 나온 적 없는 곳은"
            " 회색입니다. 줄을 누르면 아래에 그 단면이, 칸을 짚으면 계산이 나옵니다. 배운 D가 더"
            " 매끄럽습니다. 작은 신경망이고, 지금의 생성자를 상대한 시간이 짧고, R1이 경사를 완만하게"
            " 잡기 때문입니다. 굿펠로 등, 2014년, 명제 1.",
        ),
        covers=("gan.plane",),
        minutes=3,
        training=300,
        knobs={"picture": "best"},
        controls=("r1", "discriminator_rate", "units", "layers"),
        code="explainer.concepts.gan.density:best_discriminator",
        slide=Text("No judge beats p / (p + q)", "p / (p + q)를 이기는 감정사는 없습니다"),
    ),
    Step(
        key="balance",
        title=Text("When the judge is too strong", "감정사가 너무 세면"),
        body=Text(
            "Press **a judge too strong**, then T: it takes five updates a round, longer steps, and"
            " the generator has the old minimax loss.\n\nSoon the judge is sure. Its map is flat"
            " under the fakes, and **no gradient reaches G**. Go **back to balance**: it recovers.",
            "**너무 센 판별자**를 누르고 T로 학습하세요. 라운드마다 다섯 번, 더 큰 걸음으로 배우고,"
            " 생성자는 옛 미니맥스 손실을 씁니다.\n\n곧 판별자가 확신합니다. 가짜 밑의 지도가 평평해져"
            " **G에 닿는 기울기가 없습니다**. **균형으로 되돌리면** 살아납니다.",
        ),
        notes=Text(
            "This is why Goodfellow proposed the non-saturating loss, minus log D, in place of log"
            " of one minus D: under a sure judge the latter's slope is multiplied by nearly nothing."
            " Measured from scratch: after 75 rounds the judge is right every time and the gradient"
            " is under a millionth of its strongest; with the default settings again all eight modes"
            " fill up. Press the judge later in training and it is no longer so sure.",
            "굿펠로가 log(1−D) 대신 −log D, 곧 비포화 손실을 제안한 까닭입니다. 판별자가 확신하면 앞의"
            " 손실은 기울기에 0에 가까운 수를 곱합니다. 처음부터 학습해 재 보면 75라운드 뒤에 판별자가"
            " 늘 맞히고 기울기는 가장 셌을 때의 백만분의 1도 안 됩니다. 설정을 되돌리면 봉우리 여덟 개가"
            " 다시 찹니다. 학습이 꽤 된 뒤에 누르면 판별자가 그만큼 확신하지는 못합니다.",
        ),
        covers=("gan.balance", "gan.tug-of-war"),
        minutes=4,
        training="fresh",
        knobs={"picture": "balance"},
        controls=(
            "discriminator_rate",
            "generator_rate",
            "discriminator_steps",
            "generator_steps",
            "loss",
            "r1",
        ),
        code="explainer.concepts.gan.losses:generator_loss",
        slide=Text("A judge too strong starves the forger", "너무 센 감정사는 위조범을 굶깁니다"),
    ),
    Step(
        key="collapse",
        title=Text("Mode collapse, on demand", "모드 붕괴 일으키기"),
        body=Text(
            "Press **make it collapse**, then T: one knob now lets the generator move ten times"
            " before the judge may answer.\n\nAll fakes run together to where the judge is weakest,"
            " and hop on when caught. Count the **modes**. Then turn **G's updates** back to 1.",
            "**무너뜨리기**를 누르고 T로 학습하세요. 조절 하나를 바꿔, 판별자가 답하기 전에 생성자가 열"
            " 번 움직이게 합니다.\n\n가짜가 모두 함께 판별자의 약한 곳으로 몰려가고, 들키면 또 옮겨"
            " 갑니다. **봉우리**를 세어 본 다음 **G 갱신**을 1로 되돌리세요.",
        ),
        notes=Text(
            "A mode counts as covered from a sixth of its fair share on. Nothing in the generator's"
            " loss asks for variety: each fake is judged alone, so all may go to the one place where"
            " the judge is fooled; only its next update makes that place expensive. Often the fakes"
            " lie on no mode at all. From scratch it never gets beyond two modes; one that has"
            " learned all eight before mostly keeps them.",
            "고른 몫의 6분의 1부터 채운 것으로 칩니다. 생성자의 손실에는 다양하라는 말이 없습니다. 가짜는"
            " 하나씩 따로 판정받으니 모두 판별자가 속는 한곳으로 가도 됩니다. 그 자리를 비싸게 만드는"
            " 것은 판별자의 다음 갱신뿐입니다. 어느 봉우리에도 없을 때도 많습니다. 처음부터 하면 둘을 넘지"
            " 못하지만, 이미 여덟 개를 다 배운 뒤라면 대개 지켜 냅니다.",
        ),
        covers=("gan.collapse",),
        minutes=4,
        training="fresh",
        knobs={"picture": "collapse"},
        controls=("generator_steps", "discriminator_rate", "generator_rate", "r1", "loss"),
        code="explainer.concepts.gan.measuring:coverage",
        slide=Text("Nothing in its loss asks for variety", "손실에는 다양하라는 말이 없습니다"),
    ),
    Step(
        key="own",
        title=Text("Your own cloud", "내가 그린 모양"),
        body=Text(
            "Draw with the brush, or open a table of points or a picture: its dark pixels become"
            " points. Then **learn these points**, and T.\n\nHow many units does your shape need?"
            " Thin gaps and sharp corners are hard: the generator bends **one sheet** of noise.",
            "붓으로 그리거나, 점의 표나 그림을 여세요. 그림에서는 어두운 점을 씁니다. 그다음 **이 점들로"
            " 배우기**를 누르고 T를 누르세요.\n\n이 모양에는 뉴런이 얼마나 필요할까요? 좁은 틈과 뾰족한"
            " 모서리가 어렵습니다. 생성자는 잡음 **한 장**을 구부릴 뿐이니까요.",
        ),
        notes=Text(
            "The pad is the one of the convolution scenes: your digit is already on it. At most"
            " 2,000 points are taken, a file's are moved and scaled to the plane. A continuous"
            " generator cannot tear its sheet of noise: between separate parts a thin bridge of"
            " fakes remains. Choose another shape among the data to leave yours; the earlier run"
            " can be returned to.",
            "합성곱 장면의 그림판과 같은 것이어서, 그려 둔 숫자가 그대로 있습니다. 점은 많아야 2,000개를"
            " 쓰고, 파일의 점은 평면에 맞게 옮기고 늘입니다. 이어진 함수인 생성자는 잡음의 종이를 찢지"
            " 못합니다. 그래서 떨어진 부분 사이에 가짜의 가는 다리가 남습니다. 데이터에서 다른 모양을"
            " 고르면 원래대로 돌아가고, 앞서 하던 학습으로도 돌아갈 수 있습니다.",
        ),
        covers=("gan.plane",),
        minutes=4,
        knobs={"picture": "own"},
        controls=("units", "layers", "activation", "shape", "noise_size"),
        code="explainer.concepts.gan.plane.own_points:from_picture",
        slide=Text("Any cloud can be forged", "어떤 모양이든 위조할 수 있을까"),
    ),
)
