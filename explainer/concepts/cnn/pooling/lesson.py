"""Pooling: what is said, and what may be changed."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.lesson import Choice, Knob, Span, Step, Text, Value

# How many maps each layer of the digit net has; the tests hold this against the net.
MAPS = {"relu1": 8, "relu2": 16}
READ = "explainer.concepts.cnn.pooling.probe:Pool.read"
FORWARD = "explainer.models.digit_net:DigitNet.forward"

_POOL_LINES = {
    "take": "maps = layers[self.layer]",
    "max": "maximum = F.max_pool2d",
    "average": "average = F.avg_pool2d",
}

_NO_SUCH_MAP = Text(
    "The first convolution has {count} maps.",
    "첫 합성곱의 특징 지도는 {count}장입니다.",
).filled(count=MAPS["relu1"])
_WOULD_SKIP = Text(
    "A stride longer than the window would skip values.",
    "보폭이 창보다 크면 건너뛰는 값이 생깁니다.",
)


def maps_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the numbers of the maps that the chosen layer has."""
    return tuple(range(1, MAPS[str(values["layer"])] + 1)), _NO_SUCH_MAP


def strides_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the strides that leave no value out."""
    size = values["size"]
    assert isinstance(size, int)
    return tuple(range(1, size + 1)), _WOULD_SKIP


KNOBS: tuple[Knob, ...] = (
    Knob(
        "layer",
        "probe",
        Text("Maps of", "어느 층의 지도"),
        "relu2",
        Choice(
            ("relu1", "relu2"),
            (Text("Convolution 1", "합성곱 1"), Text("Convolution 2", "합성곱 2")),
        ),
    ),
    Knob(
        "map", "view", Text("Map, strongest first", "지도, 반응이 센 순서"), 1, Span(1, 16), maps_of
    ),
    Knob(
        "size",
        "probe",
        Text("Window", "창 크기"),
        2,
        Choice((2, 3, 4), (Text("2×2", "2×2"), Text("3×3", "3×3"), Text("4×4", "4×4"))),
    ),
    Knob("stride", "probe", Text("Stride", "보폭"), 2, Choice((1, 2, 3, 4)), strides_of),
    Knob(
        "extent",
        "view",
        Text("Show", "보기"),
        "part",
        Choice(
            ("part", "whole"),
            (Text("A part", "일부"), Text("The whole map", "지도 전체")),
        ),
    ),
    # The rest is set by steps and by clicks on the picture.
    Knob("picture", "view", Text("Picture", "그림"), "windows"),
    Knob("kinds", "view", Text("Kinds of pooling", "풀링 종류"), "both"),
    Knob("once", "view", Text("One window", "창 하나만"), False),
    Knob("counted", "view", Text("Count", "셈하기"), True),
    # Upper left cell of the part shown; -1 is where the map answers most.
    Knob("row", "view", Text("Row", "행"), -1),
    Knob("column", "view", Text("Column", "열"), -1),
)

STEPS: tuple[Step, ...] = (
    Step(
        key="why",
        title=Text("Smaller on purpose", "일부러 줄이기"),
        body=Text(
            "The first convolution leaves {maps} maps of your digit, nearly as large as the "
            "picture. Neighbouring values say almost the same thing. **Pooling** keeps one value "
            "for each small window: the maps shrink, yet you can still tell what they show.",
            "첫 합성곱을 지나면 숫자 그림이 {maps}장의 지도가 됩니다. 크기는 원래 그림과 비슷하고, "
            "이웃한 값끼리는 거의 같은 이야기를 합니다. **풀링**은 작은 창마다 값 하나만 남깁니다. "
            "지도는 작아지지만 무엇을 그렸는지는 여전히 보입니다.",
        ).filled(maps=MAPS["relu1"]),
        notes=Text(
            "Let the class compare a map on the left with the same one on the right before you "
            "explain anything. Ask what got lost: the exact place of a stroke within two cells. "
            "Pooling has no weights and learns nothing; it is a fixed rule. In this net it follows "
            "each of the two convolutions. The maps are those of the drawing from the first scene.",
            "설명하기 전에 왼쪽 지도와 오른쪽 지도를 먼저 견주어 보게 하세요. 무엇이 사라졌는지 "
            "물어보세요. 두 칸 안에서 획이 정확히 어디 있었는지가 사라졌습니다. 풀링에는 가중치가 "
            "없어서 배우는 것도 없습니다. 정해진 규칙일 뿐입니다. 이 신경망에서는 두 합성곱 뒤에 "
            "한 번씩 나옵니다. 지도는 첫 장면에서 그린 숫자의 것입니다.",
        ),
        slide=Text(
            "Pooling keeps one value per window, so the maps shrink.",
            "풀링은 창마다 값 하나만 남겨 지도를 줄입니다.",
        ),
        covers=("cnn.pooling",),
        knobs={"picture": "saved", "layer": "relu1", "counted": False},
        controls=("layer",),
        code=FORWARD,
        lines={"before": "self.relu1(x)", "after": "self.pool1(x)"},
    ),
    Step(
        key="max",
        title=Text("One window, the largest", "한 창에서 가장 큰 값"),
        body=Text(
            "Take a window of 2×2 values. **Max pooling** keeps the largest and drops the other "
            "three. What remains answers one question: was the pattern this map looks for found "
            "anywhere in the window, and how strongly?",
            "2×2 창 하나를 봅시다. **최댓값 풀링**은 가장 큰 값만 남기고 나머지 셋은 버립니다. "
            "남은 값은 한 가지 물음에 답합니다. 이 지도가 찾는 무늬가 창 안 어딘가에 있었는가, "
            "있었다면 얼마나 뚜렷했는가?",
        ),
        notes=Text(
            "Nothing is multiplied and nothing is added here: it is a comparison. Where in the "
            "window the winner stood is forgotten. While learning, the gradient flows back to "
            "the winner alone. Point at any other window, and its numbers appear. The card at the "
            "right compares with the net's own pooling layer.",
            "여기서는 곱셈도 덧셈도 없이 견주기만 합니다. 가장 큰 값이 창의 어디에 있었는지는 "
            "잊힙니다. 학습할 때 기울기는 뽑힌 칸으로만 돌아갑니다. 다른 창에 포인터를 올리면 그 "
            "창의 숫자가 나옵니다. 오른쪽 카드는 신경망의 풀링 층이 낸 값과 견줍니다.",
        ),
        slide=Text(
            "Max pooling keeps the largest value of each window.",
            "최댓값 풀링은 창에서 가장 큰 값만 남깁니다.",
        ),
        covers=("cnn.pooling",),
        knobs={"layer": "relu1", "kinds": "max", "once": True},
        controls=("map",),
        code=READ,
        lines=_POOL_LINES,
    ),
    Step(
        key="average",
        title=Text("One window, the average", "한 창의 평균"),
        body=Text(
            "**Average pooling** adds the values of the same window and divides by their number. "
            "Every value has a say, also the zeros, so a single strong answer is watered down. "
            "The average can never exceed the maximum.",
            "**평균 풀링**은 같은 창의 값을 모두 더해 개수로 나눕니다. 0까지 모든 값이 한몫을 "
            "하므로 혼자 큰 값은 옅어집니다. 평균은 최댓값을 넘을 수 없습니다.",
        ),
        notes=Text(
            "Do the sum aloud with the class; three decimals are shown so that it comes out right. "
            "Averaging is a convolution whose weights are all 1/4 and never change. This net was "
            "trained with max pooling; the average is computed beside it, for comparison.",
            "학생들과 함께 소리 내어 더해 보세요. 계산이 맞아떨어지도록 소수 셋째 자리까지 보여 "
            "줍니다. 평균은 가중치가 모두 1/4로 고정된 합성곱과 같습니다. 이 신경망은 최댓값 "
            "풀링으로 학습했고, 평균은 견주어 보려고 곁에서 따로 계산한 값입니다.",
        ),
        slide=Text(
            "Average pooling keeps the mean: a lone peak is watered down.",
            "평균 풀링은 평균을 남기므로 혼자 큰 값은 옅어집니다.",
        ),
        covers=("cnn.pooling",),
        knobs={"layer": "relu1", "kinds": "average", "once": True},
        controls=("map",),
        code=READ,
        lines=_POOL_LINES,
    ),
    Step(
        key="lanes",
        title=Text("Window by window", "한 창씩 차례로 봅니다"),
        body=Text(
            "The window moves on by its own width, so no value is used twice. Above, the largest "
            "is kept; below, the average. Follow both into the small maps: **where a window holds "
            "one peak, they differ most**. Click the little map to move the part you see.",
            "창은 제 너비만큼 옮겨 가므로 같은 값을 두 번 쓰지 않습니다. 위는 최댓값, 아래는 "
            "평균입니다. 작은 지도가 채워지는 모습을 견주어 보세요. **창 안에 큰 값이 하나뿐일 때 "
            "둘의 차이가 가장 큽니다.** 작은 전체 지도를 누르면 보는 곳이 바뀝니다.",
        ),
        notes=Text(
            "The first windows with something in them are slow, the others fast; Shift+→ goes window "
            "by window. Point at an input cell or a result to see where it belongs. Each map is "
            "pooled by itself: channels are never mixed, so their number stays the same.",
            "값이 있는 처음 몇 창은 느리게, 나머지는 빠르게 지나갑니다. Shift+→ 키로 창마다 멈출 수 "
            "있습니다. 입력 칸이나 결과 칸에 포인터를 올리면 짝이 보입니다. 지도는 저마다 따로 "
            "풀링합니다. 채널을 섞지 않으므로 채널 수는 그대로입니다.",
        ),
        slide=Text(
            "Max and average differ most where only one value is large.",
            "큰 값이 하나뿐인 창에서 최댓값과 평균이 가장 다릅니다.",
        ),
        covers=("cnn.pooling",),
        minutes=1.5,
        knobs={"layer": "relu1"},
        controls=("layer", "map", "size"),
        code=READ,
        lines=_POOL_LINES,
    ),
    Step(
        key="whole",
        title=Text("The whole map", "지도 전체"),
        body=Text(
            "Now the same over a whole map. Look at the edge: if the side is not a multiple of the "
            "stride, **the last row and column**, hatched here, **are left out**. The two results "
            "resemble each other; the average looks softer.",
            "이제 지도 전체를 훑습니다. 가장자리를 보세요. 한 변이 보폭(스트라이드)으로 나누어떨어지지 않으면 "
            "빗금을 친 **마지막 행과 열은 쓰이지 않습니다.** 두 결과는 서로 닮았지만 평균 쪽이 더 부드럽습니다.",
        ),
        notes=Text(
            "The side of the result is the floor of (side − window) / stride, plus one; the "
            "numbers stand over the result. PyTorch leaves the rest out unless ceil_mode or "
            "padding is set, and this net does the same. Switch to convolution 1 for a larger map.",
            "결과의 한 변은 (한 변 − 창) ÷ 보폭을 내림한 값에 1을 더한 것입니다. 숫자는 결과 위에 "
            "있습니다. 파이토치는 ceil_mode나 덧대기를 정하지 않으면 남는 칸을 버리고, 이 "
            "신경망도 그렇습니다. 합성곱 1로 바꾸면 더 큰 지도를 볼 수 있습니다.",
        ),
        slide=Text(
            "What does not fill a window at the edge is left out.",
            "창 하나를 채우지 못하는 가장자리 칸은 쓰이지 않습니다.",
        ),
        covers=("cnn.pooling",),
        knobs={"extent": "whole"},
        controls=("layer", "map", "extent"),
        code=READ,
        lines=_POOL_LINES,
    ),
    Step(
        key="overlap",
        title=Text("Stride: how far it jumps", "보폭만큼 건너뛰기"),
        body=Text(
            "With a window of 3 and a **stride** of 2 the windows overlap by one row or column. A "
            "strong value can now win several times, so one peak shows up in several results. Try "
            "stride 1: the map hardly shrinks at all.",
            "창이 3이고 **보폭(스트라이드)**이 2면 이웃한 창이 한 줄씩 겹칩니다. 큰 값 하나가 여러 번 뽑혀 "
            "결과 여러 칸에 나타날 수 있습니다. 보폭을 1로 바꾸면 지도는 거의 줄지 않습니다.",
        ),
        notes=Text(
            "The stride, not the window, decides the size of the result. AlexNet (2012) pooled "
            "with windows of 3 and stride 2; most later nets use 2 and 2, or let a convolution "
            "with stride 2 do the shrinking. A stride longer than the window would skip values, "
            "so it is not on offer.",
            "결과의 크기를 주로 정하는 것은 창이 아니라 보폭입니다. AlexNet(2012)은 창 3, 보폭 2로 "
            "겹쳐 풀링했습니다. 그 뒤로는 창 2, 보폭 2가 많고, 보폭이 2인 합성곱으로 줄이기도 "
            "합니다. 보폭이 창보다 크면 빠지는 값이 생기므로 고를 수 없게 했습니다.",
        ),
        slide=Text(
            "The stride decides how much the map shrinks.",
            "지도가 얼마나 줄어들지는 보폭이 정합니다.",
        ),
        covers=("cnn.pooling",),
        knobs={"layer": "relu1", "size": 3, "stride": 2},
        controls=("size", "stride", "map"),
        code=READ,
        lines=_POOL_LINES,
    ),
    Step(
        key="saved",
        title=Text("What it saves", "풀링으로 아끼는 것"),
        body=Text(
            "A 2×2 window with stride 2 leaves at most **a quarter of the values**. The next layer "
            "pays per value: it has that much less to multiply and add. The numbers are counted "
            "from the layers of the live net.",
            "2×2 창이 보폭 2로 지나가면 값은 많아야 **4분의 1**만 남습니다. 다음 층은 받는 값이 "
            "줄어든 만큼 곱셈과 덧셈도 덜 합니다. 아래 수는 지금 이 신경망의 층에서 직접 센 "
            "것입니다.",
        ),
        notes=Text(
            "After convolution 2 comes a linear layer, where each value meets every neuron: "
            "without pooling it would also need that many more weights. After convolution 1 comes "
            "another convolution, whose weights stay the same; only the positions become fewer. "
            "Pooling itself costs a few comparisons, which are not counted here.",
            "합성곱 2 다음은 선형 층이라 값 하나하나가 모든 뉴런과 만납니다. 풀링이 없으면 "
            "가중치도 그만큼 더 필요합니다. 합성곱 1 다음은 또 다른 합성곱이라 가중치 수는 "
            "그대로이고 훑을 자리만 줄어듭니다. 풀링할 때의 비교 몇 번은 여기서 세지 않았습니다.",
        ),
        slide=Text(
            "Fewer values: the next layer multiplies and adds less.",
            "값이 줄어든 만큼 다음 층의 곱셈과 덧셈도 줄어듭니다.",
        ),
        covers=("cnn.pooling",),
        knobs={"picture": "saved"},
        controls=("layer", "size", "stride"),
        code="explainer.concepts.cnn.pooling.probe:cost_of",
        lines={
            "before": "before[0].numel()",
            "after": "multiply_adds(following, *before",
            "counted": "multiply_adds(following, *after",
        },
    ),
    Step(
        key="shift",
        title=Text("Push the digit sideways", "그림을 옆으로 밀어 봅니다"),
        body=Text(
            "Your digit is pushed by up to three pixels. How far do all the maps move, compared "
            "with their own length? Read the percentages row by row: **with pooling and without, "
            "max and average**. Which pooling moves less depends on the digit and the net.",
            "그린 숫자를 옆으로 세 픽셀까지 밀어 봅니다. 지도 전체는 원래 크기에 견주어 얼마나 "
            "달라질까요? **풀링이 없을 때와 있을 때, 최댓값과 평균**을 한 줄씩 읽어 보세요. 어느 "
            "풀링이 덜 흔들리는지는 숫자와 신경망에 따라 다릅니다.",
        ),
        notes=Text(
            "The figure is the distance between the maps before and after the push, divided by the "
            "length of the maps before: 0 % is no change, more than 100 % is possible. It covers "
            "all maps of the layer; the pictures show the chosen one. Pooling makes a net less "
            "sensitive to small shifts, not indifferent to them. Do not promise that max wins: the "
            "order may even turn round between one pixel and three. Draw another digit and look "
            "again.",
            "퍼센트는 밀기 전후 지도의 거리를 밀기 전 지도의 크기로 나눈 값입니다. 0 %면 "
            "그대로이고 100 %를 넘을 수도 있습니다. 계산에는 그 층의 모든 지도가 들어가고, 그림은 "
            "고른 지도 한 장만 보여 줍니다. 풀링은 작은 이동에 둔감하게 할 뿐 무관하게 하지는 "
            "않습니다. 최댓값이 늘 이긴다고 말하지 마세요. 한 픽셀일 때와 세 픽셀일 때 "
            "순서가 뒤집히기도 합니다. 다른 숫자를 그려 다시 견주어 보세요.",
        ),
        slide=Text(
            "Push the digit, and measure how far the maps move.",
            "숫자를 옆으로 밀면 지도가 얼마나 달라지는지 잽니다.",
        ),
        covers=("cnn.pooling",),
        minutes=1.5,
        knobs={"picture": "shift"},
        controls=("layer", "map", "size"),
        code="explainer.concepts.cnn.pooling.probe:relative_changes",
        lines={"length": "maps[0].norm()", "pushed": "pushed_maps - maps[0]"},
    ),
    Step(
        key="place",
        title=Text("One cell sees more", "한 칸이 더 넓게 봅니다"),
        body=Text(
            "Each pooling **doubles the step**: neighbouring cells now look at places twice as far "
            "apart. So the next kernel, as small as before, spans twice as much of your drawing. "
            "Follow one cell back to all the pixels it can see.",
            "풀링을 한 번 지날 때마다 **칸 사이 간격이 두 배**가 됩니다. 이웃한 두 칸이 그림에서는 "
            "두 배 떨어진 곳을 봅니다. 그래서 다음 커널은 크기가 그대로여도 그림의 두 배 폭을 "
            "훑습니다. 한 칸이 볼 수 있는 픽셀을 거슬러 찾아보세요.",
        ),
        notes=Text(
            "This is the second reason for pooling. The side of the receptive field grows by "
            "(kernel − 1) times the step so far, and each stride multiplies the step. The numbers "
            "are worked out from the modules. The path shown follows the winners of the two "
            "poolings, and the middle of each kernel's window. Point at any cell of any map.",
            "풀링을 쓰는 두 번째 까닭입니다. 수용 영역의 한 변은 (커널 − 1)에 그때까지의 간격을 "
            "곱한 만큼 커지고, 보폭은 간격을 곱으로 늘립니다. 숫자는 신경망의 모듈에서 "
            "계산했습니다. 그림의 길은 두 풀링에서 뽑힌 칸과 커널 창의 가운데를 따라갑니다. 어느 "
            "지도든 칸에 포인터를 올려 보세요.",
        ),
        slide=Text(
            "Each pooling doubles the step, so later cells see more.",
            "풀링을 지날 때마다 칸 사이 간격이 두 배가 됩니다.",
        ),
        covers=("cnn.pooling",),
        knobs={"picture": "place"},
        controls=("map",),
        code=FORWARD,
        lines={
            "relu1": "self.conv1(x)",
            "pool1": "self.pool1(x)",
            "relu2": "self.conv2(x)",
            "pool2": "self.pool2(x)",
        },
    ),
)
