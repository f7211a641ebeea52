"""Convolution: what is said, and what may be changed."""

from __future__ import annotations

from explainer.concepts.cnn.convolution.hand_made import (
    NAMES,
    PICTURE_NAMES,
    PICTURES,
    named_kernel,
)
from explainer.concepts.cnn.convolution.limits import (
    CHANNELS,
    DILATIONS,
    MAPS,
    PADDINGS,
    SIZES,
    STRIDES,
    channels_of,
    dilations_of,
    kernels_of,
    maps_of,
    names_of,
    paddings_of,
    sizes_of,
)
from explainer.lesson import Choice, Grid, Knob, Span, Step, Text, Toggle, Value


def _chosen(name: str, size: int = 3) -> dict[str, Value]:
    kernel = named_kernel(name, size)
    assert kernel is not None
    return {"named": name, "size": size, "kernel": kernel}


_SOURCES = ("drawing", *PICTURES)
_START = _chosen("sobel_x")

# A change makes those that follow fit, in this order.
KNOBS: tuple[Knob, ...] = (
    Knob(
        "layer",
        "probe",
        Text("Layer", "층"),
        "conv1",
        Choice(
            ("conv1", "conv2"),
            (Text("Convolution 1", "합성곱 1"), Text("Convolution 2", "합성곱 2")),
        ),
    ),
    Knob(
        "map",
        "probe",
        Text("Map, strongest first", "지도, 반응이 센 순서"),
        1,
        Span(1, 16),
        maps_of,
    ),
    Knob(
        "channel",
        "view",
        Text("Channel shown large", "크게 볼 채널"),
        0,
        Choice(
            tuple(range(9)),
            (
                Text("The one that gives most", "가장 큰 몫을 낸 채널"),
                *(Text("Channel {n}", "채널 {n}").filled(n=n) for n in range(1, 9)),
            ),
        ),
        channels_of,
    ),
    Knob(
        "source",
        "probe",
        Text("Picture", "그림"),
        "drawing",
        Choice(_SOURCES, (Text("Your drawing", "그린 숫자"), *PICTURE_NAMES.values())),
    ),
    Knob("size", "probe", Text("Kernel size", "커널 크기"), 3, Choice(SIZES), sizes_of),
    Knob(
        "named",
        "probe",
        Text("Kernel", "커널"),
        _START["named"],
        Choice(tuple(NAMES), tuple(NAMES.values())),
        names_of,
    ),
    Knob("kernel", "probe", Text("Weights", "가중치"), _START["kernel"], Grid(), kernels_of),
    Knob("dilation", "probe", Text("Dilation", "팽창"), 1, Choice(DILATIONS), dilations_of),
    Knob("padding", "probe", Text("Padding", "덧대기"), 0, Choice(PADDINGS), paddings_of),
    Knob("stride", "probe", Text("Stride", "보폭"), 1, Choice(STRIDES)),
    Knob("rectified", "view", Text("After ReLU", "ReLU 뒤의 값"), False, Toggle()),
    # The rest is set by steps.
    Knob("scene", "view", Text("Picture", "그림"), "pixel"),
    Knob("once", "view", Text("One window", "창 하나만"), False),
    Knob("window", "view", Text("Which window", "어느 창"), "largest"),
    Knob("sized", "view", Text("Formula of the size", "크기 식"), False),
)

CONVOLVE = "explainer.concepts.cnn.convolution.probe:convolve"
FORWARD = "explainer.models.digit_net:DigitNet.forward"
_LINES = {
    "window": "window = padded[",
    "product": "products = window * kernel",
    "sum": "sums = products.sum",
    "bias": "z = sums.sum() + bias",
    "relu": "y[row, column] = z.clamp",
}

STEPS: tuple[Step, ...] = (
    Step(
        key="window",
        title=Text("One window, one number", "창 하나에서 수 하나"),
        body=Text(
            "A **kernel** is a small square of weights. Laid on the drawing, each weight is "
            "multiplied by the pixel under it. The products are added up, with one more number, "
            "the **bias**. Out comes a single number: how well this place fits the kernel.",
            "**커널**은 가중치를 네모나게 모아 놓은 작은 판입니다. 그림 위에 얹고 가중치마다 바로 "
            "아래 픽셀과 곱합니다. 곱을 모두 더하고 **편향**을 보태면 수 하나가 나옵니다. 그 자리가 "
            "커널과 얼마나 잘 맞는지 말해 주는 수입니다.",
        ),
        notes=Text(
            "Do one product aloud, then let the class check another. The kernel belongs to the "
            "first layer of the live net; nobody chose its numbers. The card at the right compares "
            "our sum with what PyTorch's own layer returns. Point at one weight to see every pixel "
            "it will ever meet. What most libraries call convolution does not flip the kernel.",
            "곱 하나를 함께 소리 내어 계산하고, 다른 하나는 학생들이 확인하게 하세요. 이 커널은 지금 "
            "이 신경망의 첫 층에서 가져왔고, 값을 사람이 정하지 않았습니다. 오른쪽 카드는 우리가 더한 "
            "값과 파이토치 층이 낸 값을 견줍니다. 가중치 하나에 포인터를 올리면 그 가중치가 만나는 "
            "픽셀이 모두 표시됩니다. 신경망에서 말하는 합성곱은 커널을 뒤집지 않습니다.",
        ),
        slide=Text(
            "Multiply pixels by weights and add: out comes one number.",
            "픽셀과 가중치를 곱해 모두 더하면 수 하나가 나옵니다.",
        ),
        covers=("cnn.convolution", "all.code"),
        minutes=1.5,
        knobs={"once": True},
        controls=("map",),
        code=CONVOLVE,
        lines=_LINES,
    ),
    Step(
        key="slide",
        title=Text("The kernel slides", "커널이 미끄러집니다"),
        body=Text(
            "Now the window moves pixel by pixel, row by row. **The weights stay the same "
            "everywhere**; only the pixels change. Each stop fills one pixel of the output: a "
            "**feature map**. Point at either grid to stop there.",
            "이제 창이 한 픽셀씩, 한 줄씩 옮겨 갑니다. **가중치는 어디서나 그대로**이고 아래에 놓인 "
            "픽셀만 달라집니다. 멈출 때마다 출력이 한 칸씩 채워져 **특징 지도**가 됩니다. 두 격자 "
            "어디든 포인터를 올리면 그 자리를 보여 줍니다.",
        ),
        notes=Text(
            "The first stop lies on blank paper: every product is zero, and only the bias remains. "
            "Then it runs to the first stroke, takes three slow stops there, and speeds up. At the "
            "end it rests on the strongest window. Shift+→ goes window by window. The "
            "map is smaller than the drawing, since the window may not hang over the edge. Because "
            "the same weights are used everywhere, a stroke is found wherever it lies.",
            "첫 자리는 빈 종이라서 곱이 모두 0이고 편향만 남습니다. 이어서 획이 처음 나타나는 곳까지 "
            "빠르게 간 다음, 거기서 세 자리를 천천히 보고 다시 빨라집니다. 끝에는 반응이 가장 센 창에 멈춥니다. Shift+→ 키로 창마다 멈출 수 "
            "있습니다. 창이 가장자리 밖으로 "
            "나갈 수 없어서 지도는 그림보다 조금 작습니다. 어디서나 같은 가중치를 쓰기 때문에 획이 "
            "어디에 있든 찾아냅니다.",
        ),
        slide=Text(
            "The same weights slide over every place and fill a map.",
            "같은 가중치가 모든 자리를 훑어 지도 한 장을 채웁니다.",
        ),
        covers=("cnn.convolution", "all.step"),
        minutes=1.5,
        controls=("map",),
        code=CONVOLVE,
        lines=_LINES,
    ),
    Step(
        key="channels",
        title=Text("All channels add up", "모든 채널을 더합니다"),
        body=Text(
            "The second convolution looks at all {channels} maps of the first at once. Each input "
            "**channel** has a kernel of its own and gives a partial sum. **All of them are "
            "added**: the result is still one number, not {channels}.",
            "둘째 합성곱은 앞에서 만든 지도 {channels}장을 한꺼번에 봅니다. 입력 **채널**마다 커널이 "
            "따로 있고, 채널마다 부분합이 하나씩 나옵니다. **이 부분합을 모두 더하므로** 결과는 "
            "{channels}개가 아니라 여전히 수 하나입니다.",
        ).filled(channels=CHANNELS["conv2"]),
        notes=Text(
            "This is where most pictures of convolution stop short: a kernel is not a square but a "
            "block, as deep as its input. Click a channel's card to see its numbers large. Negative "
            "partial sums count as votes against. A colour photograph would have three channels.",
            "합성곱 그림이 흔히 빼먹는 대목입니다. 커널은 판 한 장이 아니라 입력 채널 수만큼 쌓인 "
            "덩어리입니다. 채널 카드를 누르면 그 채널의 숫자를 크게 볼 수 있습니다. 음수인 부분합은 "
            "반대표라고 생각하면 됩니다. 컬러 사진이라면 채널이 셋입니다.",
        ),
        slide=Text(
            "Each channel gives a partial sum; all add up to one number.",
            "채널마다 낸 부분합을 모두 더해도 결과는 수 하나입니다.",
        ),
        covers=("cnn.convolution",),
        minutes=1.5,
        knobs={"layer": "conv2", "once": True},
        controls=("layer", "map", "channel"),
        code=CONVOLVE,
        lines=_LINES,
    ),
    Step(
        key="bend",
        title=Text("Bias, then ReLU", "편향, 그리고 ReLU"),
        body=Text(
            "Here the sum comes out negative: the place does not fit this kernel. The **bias** "
            "moves the sum up or down for the whole map. Then **ReLU** follows: negative numbers "
            "become 0, positive ones pass as they are.",
            "이 자리에서는 합이 음수입니다. 커널과 맞지 않는 곳이라는 뜻입니다. **편향**은 지도 "
            "전체의 합을 똑같이 올리거나 내립니다. 그다음이 **ReLU**입니다. 음수는 0이 되고 양수는 "
            "그대로 지나갑니다.",
        ),
        notes=Text(
            "This is the window with the most negative sum of the whole map. Follow the dot on the "
            "hinge. Without such a bend, two convolutions in a row would be no more than a single "
            "larger one. Point at a positive output pixel to see the dot climb the slope.",
            "지도 전체에서 합이 가장 작은 창을 골랐습니다. 꺾인 선 위의 점을 따라가 보세요. 이렇게 "
            "꺾어 주지 않으면 합성곱을 두 번 이어도 더 큰 합성곱 한 번과 다를 것이 없습니다. 값이 "
            "양수인 출력 칸에 포인터를 올리면 점이 비탈을 오릅니다.",
        ),
        slide=Text(
            "The bias shifts the sum; ReLU turns what is negative into 0.",
            "편향은 합을 옮기고, ReLU는 음수를 0으로 만듭니다.",
        ),
        covers=("cnn.activation", "cnn.convolution"),
        knobs={"layer": "conv2", "once": True, "window": "smallest"},
        controls=("layer", "map"),
        code=CONVOLVE,
        lines=_LINES,
    ),
    Step(
        key="relu",
        title=Text("ReLU on the whole map", "지도 전체에 ReLU"),
        body=Text(
            "Left, the map as the convolution leaves it: blue is positive, orange negative. Right, "
            "the same map after **ReLU**. All that was orange is now exactly 0, and nothing blue "
            "has changed. What remains says only where the pattern **was** found.",
            "왼쪽은 합성곱이 낸 그대로의 지도입니다. 파랑은 양수, 주황은 음수입니다. 오른쪽은 같은 "
            "지도가 **ReLU**를 지난 뒤입니다. 주황이던 곳은 모두 정확히 0이 되었고 파란 곳은 "
            "그대로입니다. 이제 무늬가 나타난 자리만 남았습니다.",
        ),
        notes=Text(
            "The dots on the hinge are the values of the row at work, each where it stands on the "
            "line. The count below is of the live map. Try other maps: some keep nearly everything, "
            "others hardly anything. Zeros are not lost information for good: another map may have "
            "kept what this one drops.",
            "꺾인 선 위의 점은 지금 지나가는 줄의 값들입니다. 아래 개수는 지금 이 지도에서 센 "
            "것입니다. 다른 지도도 골라 보세요. 거의 다 남기는 지도도 있고 거의 다 지우는 지도도 "
            "있습니다. 여기서 0이 되었다고 영영 사라지는 것은 아닙니다. 다른 지도가 그 자리를 "
            "간직하고 있을 수 있습니다.",
        ),
        slide=Text(
            "ReLU makes every negative cell 0 and leaves the rest alone.",
            "ReLU는 음수인 칸만 0으로 만들고 나머지는 그대로 둡니다.",
        ),
        covers=("cnn.activation",),
        knobs={"scene": "relu"},
        controls=("layer", "map"),
        code=FORWARD,
        lines={"before": "self.conv1(x)", "after": "self.relu1(x)"},
    ),
    Step(
        key="hand",
        title=Text("Kernels made by hand", "손으로 만든 커널"),
        body=Text(
            "Long before networks learned them, people designed kernels. **Sobel x** answers where "
            "ink begins or ends from left to right. Blur takes the mean; sharpen exaggerates "
            "differences. Choose one and watch what it makes of your drawing.",
            "신경망이 커널을 배우기 오래전에는 사람이 직접 만들었습니다. **소벨 x**는 왼쪽에서 "
            "오른쪽으로 갈 때 잉크가 시작하거나 끝나는 곳에 반응합니다. 흐리게는 평균을 내고, 또렷하게는 "
            "차이를 키웁니다. 하나를 골라 그린 숫자가 어떻게 바뀌는지 보세요.",
        ),
        notes=Text(
            "Look at the numbers before the picture: in Sobel x the left column is negative, the "
            "right positive, and all nine add up to zero, so an even area gives nothing. The "
            "weights of blur add up to one, so brightness stays. The kernel here belongs to you, "
            "not to the net; nothing you change touches the net.",
            "그림보다 숫자를 먼저 보게 하세요. 소벨 x는 왼쪽 열이 음수, 오른쪽 열이 양수이고 아홉 "
            "값을 더하면 0입니다. 그래서 고른 곳에서는 아무 반응이 없습니다. 흐리게는 더하면 1이라 "
            "밝기가 그대로입니다. 여기 커널은 신경망의 것이 아니라서 무엇을 바꿔도 신경망에는 영향이 "
            "없습니다.",
        ),
        slide=Text(
            "Sobel x answers where ink begins or ends from left to right.",
            "소벨 x는 좌우로 잉크가 시작하거나 끝나는 곳에 반응합니다.",
        ),
        covers=("cnn.filters", "cnn.convolution"),
        minutes=1.5,
        knobs={"scene": "own"},
        controls=("source", "named", "rectified"),
        code=CONVOLVE,
        lines=_LINES,
    ),
    Step(
        key="edit",
        title=Text("Make one yourself", "직접 만들어 보기"),
        body=Text(
            "**Click a weight in the kernel**: it grows by 1, and after 2 comes −2. Or type any number "
            "into the grid. The whole map follows. Can you find a kernel that answers only to the left "
            "edge of the square? One that moves the picture by a pixel?",
            "**커널의 칸을 누르면** 가중치가 1씩 커지고, 2 다음은 −2입니다. 격자에 원하는 값을 바로 "
            "써넣어도 됩니다. 그때마다 지도 전체가 따라 바뀝니다. 네모의 왼쪽 변에만 반응하는 커널을 "
            "만들 수 있을까요? 그림을 한 칸 옮기는 커널은 어떨까요?",
        ),
        notes=Text(
            "In the grid, type a number or turn it with the wheel or the arrow keys. A single 1 beside the "
            "middle moves the picture; −1 and 1 side by side answer to an edge; add ReLU to keep "
            "one side only. Let students predict one output number, then step to that window.",
            "격자에서는 숫자를 입력하거나 휠과 화살표 키로 바꿉니다. 가운데 옆에 1 하나만 두면 그림이 한 칸 "
            "옮겨 가고, −1과 1을 나란히 두면 경계에 반응합니다. ReLU까지 켜면 한쪽 변만 남습니다. "
            "학생들이 출력 한 칸을 먼저 예상하게 한 다음 그 창으로 가 보세요.",
        ),
        slide=Text(
            "Change one weight, and the whole map changes.",
            "가중치 하나를 바꾸면 지도 전체가 바뀝니다.",
        ),
        covers=("cnn.filters",),
        minutes=2,
        knobs={"scene": "own", "source": "square"},
        controls=("kernel", "source", "named", "rectified"),
        code=CONVOLVE,
        lines=_LINES,
    ),
    Step(
        key="filters",
        title=Text("Many kernels, many maps", "커널 여럿, 지도 여럿"),
        body=Text(
            "One kernel gives one map, so a layer uses many: this one has **{maps} kernels** and "
            "makes {maps} maps of the same drawing. Above, the kernels this net has learned; below, "
            "hand-made ones. The learned ones follow no design: they are whatever lowered the loss.",
            "커널 하나에서 지도 한 장이 나오니, 한 층은 커널을 여럿 씁니다. 이 층은 **커널 {maps}개**로 "
            "같은 그림에서 지도 {maps}장을 만듭니다. 위는 이 신경망이 배운 커널, 아래는 사람이 만든 "
            "커널입니다. 배운 커널에는 설계도가 없습니다. 손실을 줄이다 보니 이렇게 되었습니다.",
        ).filled(maps=MAPS["conv1"]),
        notes=Text(
            "Compare the two rows honestly: some learned kernels resemble a named one, most do not. "
            "They begin as random numbers, and a good part of that beginning usually remains. "
            "Press Train and watch them change, or drag the film back. Point at a kernel to read "
            "its numbers.",
            "두 줄을 있는 그대로 견주어 보세요. 이름 있는 커널을 닮은 것도 있지만 대부분은 그렇지 "
            "않습니다. 처음에는 무작위 값이었고, 그 흔적이 꽤 남아 있는 것이 보통입니다. 학습을 눌러 "
            "바뀌는 모습을 보거나 필름을 되감아 보세요. 커널에 포인터를 올리면 숫자를 읽을 수 "
            "있습니다.",
        ),
        slide=Text(
            "One kernel gives one map; a layer learns many kernels.",
            "커널 하나에 지도 한 장, 한 층은 커널 여럿을 배웁니다.",
        ),
        covers=("cnn.filters", "all.live"),
        minutes=1.5,
        knobs={"scene": "filters"},
        code="explainer.concepts.cnn.convolution.probe:ReadFilters.read",
        lines={"learned": "learned_maps = net.conv1", "made": "made_maps = F.conv2d"},
    ),
    Step(
        key="size",
        title=Text("Size, stride, padding", "크기, 보폭, 덧대기"),
        body=Text(
            "**Padding** lays a frame of zeros round the picture, so that a window can also be "
            "centred on an edge pixel: with stride 1 and p = (k − 1) ÷ 2 the size stays. **Stride** "
            "is how far the kernel jumps. They and the kernel decide the output's size.",
            "**패딩(덧대기)**은 그림 둘레에 0을 둘러, 가장자리 픽셀도 창의 한가운데에 올 수 있게 "
            "합니다. 보폭 1에 p = (k − 1) ÷ 2만큼 덧대면 크기가 그대로입니다. "
            "**보폭(스트라이드)**은 커널이 한 번에 건너뛰는 거리입니다. 커널 크기와 이 둘이 출력의 "
            "크기를 정합니다.",
        ),
        notes=Text(
            "Ask for the output size before you turn a knob. An edge pixel still lies in fewer "
            "windows than a middle one: with k = 3 and padding 1 in two along each axis, not three. "
            "Each stride of 2 about halves the side. Combinations in which "
            "no window fits cannot be chosen, and the reason is given. A 1×1 kernel is useful too: "
            "it mixes channels.",
            "조절하기 전에 출력 크기를 먼저 물어보세요. 덧대도 가장자리 픽셀은 가운데 픽셀보다 창에 "
            "덜 들어갑니다. k = 3에 덧대기 1이면 축마다 셋이 아니라 둘입니다. 보폭이 2면 한 변이 "
            "절반쯤 됩니다. 창이 들어갈 수 없는 조합은 고를 수 "
            "없고, 그 까닭이 나옵니다. 1×1 커널도 쓸모가 있습니다. 채널을 섞는 일을 합니다.",
        ),
        slide=Text(
            "Kernel, stride and padding decide how large the output is.",
            "커널 크기와 보폭과 덧대기가 출력의 크기를 정합니다.",
        ),
        covers=("cnn.hyperparameters",),
        minutes=2,
        knobs={"scene": "own", "sized": True, "padding": 1, "stride": 2},
        controls=("size", "stride", "padding", "named"),
        code="explainer.concepts.cnn.convolution.probe:output_side",
        lines={
            "window": "reach = dilation",
            "product": "return (side + 2 * padding",
            "sum": "return (side + 2 * padding",
        },
    ),
    Step(
        key="dilation",
        title=Text("Dilation: weights apart", "팽창: 사이를 벌린 가중치"),
        body=Text(
            "**Dilation** spreads the same nine weights over a wider area, leaving pixels between "
            "them out. The window sees more of the picture for the same price. The output becomes "
            "smaller, as with a larger kernel.",
            "**팽창(다일레이션)**은 가중치 아홉 개를 더 넓게 벌려 놓습니다. 사이에 낀 픽셀은 보지 않습니다. 같은 "
            "계산량으로 그림을 더 넓게 보는 셈입니다. 출력은 큰 커널을 쓸 때처럼 작아집니다.",
        ),
        notes=Text(
            "Count with the class: nine multiplications, whatever the dilation. A kernel of side 3 "
            "and dilation 2 spans 5 pixels. It is common where a net must see far without shrinking "
            "its maps, in segmentation and in sound. Try checker with dilation 2: the window meets "
            "only squares of one colour.",
            "팽창이 얼마든 곱셈은 아홉 번이라는 것을 함께 세어 보세요. 한 변이 3인 커널을 2로 벌리면 "
            "5픽셀을 아우릅니다. 지도를 줄이지 않고 멀리 보아야 하는 영상 분할이나 소리 처리에 자주 "
            "씁니다. 바둑판에 팽창 2를 써 보세요. 창이 같은 색 칸만 만납니다.",
        ),
        slide=Text(
            "The same nine weights, spread apart, see a wider area.",
            "가중치 아홉 개를 벌려 놓으면 더 넓게 봅니다.",
        ),
        covers=("cnn.hyperparameters",),
        knobs={"scene": "own", "sized": True, "dilation": 2},
        controls=("source", "dilation", "padding", "size"),
        code=CONVOLVE,
        lines=_LINES,
    ),
)
