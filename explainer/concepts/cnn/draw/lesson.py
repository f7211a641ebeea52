"""Draw a digit, and watch the network read it."""

from __future__ import annotations

from explainer.lesson import Choice, Knob, Span, Step, Text, Toggle

_FORWARD = "explainer.models.digit_net:DigitNet.forward"

KNOBS: tuple[Knob, ...] = (
    Knob("pen", "view", Text("Pen width", "붓 굵기"), 20, Span(8, 36, 2)),
    Knob("centred", "probe", Text("Centre the drawing", "가운데 맞춤"), True, Toggle()),
    Knob(
        "shown",
        "view",
        Text("Convolution maps", "합성곱 지도"),
        "sum",
        Choice(("sum", "relu"), (Text("before ReLU", "ReLU 앞"), Text("after ReLU", "ReLU 뒤"))),
    ),
    Knob("focus", "view", Text("Focus", "초점"), ""),
    Knob("spot", "view", Text("Map in the light", "비추는 지도"), ""),
)

STEPS: tuple[Step, ...] = (
    Step(
        key="draw",
        title=Text("Draw a digit", "숫자를 그려 보세요"),
        slide=Text(
            "The bars follow the pen: a live network reads every move",
            "막대가 붓을 따라갑니다. 살아 있는 신경망이 그때그때 읽습니다",
        ),
        body=Text(
            "Wipe the pad and draw any digit. The bars on the right are a real network's answer,"
            " computed anew **at every move of the pen**.\n\nWatch them change their mind before"
            " you have finished.",
            "그림판을 지우고 아무 숫자나 그려 보세요. 오른쪽 막대는 진짜 신경망의 답이며,"
            " **붓이 움직일 때마다** 새로 계산됩니다.\n\n다 그리기도 전에 생각을 바꾸는 모습을"
            " 지켜보세요.",
        ),
        notes=Text(
            "Let someone from the audience draw. Ask before each stroke what the net will say."
            " A seven without its bar is a one; a closed four is a nine. Nothing is scripted:"
            " the net was trained on nine thousand digits that other people wrote.",
            "청중 한 분께 그려 달라고 부탁하세요. 획을 하나 그을 때마다 신경망이 뭐라고 답할지"
            " 먼저 물어보세요. 가로획이 없는 7은 1이 되고, 위가 닫힌 4는 9가 됩니다. 미리 정해 둔"
            " 것은 없습니다. 다른 사람들이 쓴 숫자 9천 장으로 배운 신경망입니다.",
        ),
        covers=("cnn.draw", "all.live"),
        minutes=3,
        controls=("pen",),
    ),
    Step(
        key="centre",
        title=Text("What the network gets", "신경망이 받는 그림"),
        slide=Text(
            "Fitted into 20 pixels, centred by mass: as the training digits were",
            "20픽셀에 맞추고 무게중심을 가운데로. 학습한 숫자와 똑같이",
        ),
        body=Text(
            "Your drawing is fitted into a box of **20 pixels**, then moved until its centre of"
            " mass lies in the middle of **28×28** pixels.\n\nThat is how the training digits were"
            " made. Switch it off, draw in a corner, and compare.",
            "그림은 **20픽셀** 상자에 맞춰지고, 무게중심이 **28×28** 픽셀의 한가운데에 오도록"
            " 옮겨집니다.\n\n학습에 쓴 숫자들이 그렇게 만들어졌기 때문입니다. 스위치를 끄고 구석에"
            " 작게 그려서 견주어 보세요.",
        ),
        notes=Text(
            "The dashed box is the ink's bounding box, the ring its centre of mass. Most demos that"
            " read digits badly skip this step. It is no part of the network: it is preparation of"
            " data, and it must be the same in training and in use.",
            "점선 상자는 잉크를 둘러싼 상자이고 고리는 무게중심입니다. 숫자를 잘 못 읽는 데모는"
            " 대개 이 과정을 빠뜨린 것입니다. 이것은 신경망이 아니라 데이터 준비이며, 학습할 때와"
            " 쓸 때가 같아야 합니다.",
        ),
        covers=("cnn.draw",),
        minutes=2,
        knobs={"focus": "centre"},
        controls=("centred", "pen"),
    ),
    Step(
        key="flow",
        title=Text("Layer by layer", "층층이 흐릅니다"),
        slide=Text(
            "One picture, 8 maps, 16 maps, 10 probabilities",
            "그림 한 장이 지도 8장, 16장을 거쳐 확률 열 개로",
        ),
        body=Text(
            "The picture becomes **8 maps**, each the answer of one small kernel. Pooling shrinks"
            " them, a second convolution mixes them into **16**, and what is left decides between"
            " ten digits.\n\nOpen **Code**: the marked line is the one that runs.",
            "그림은 먼저 **지도 8장**이 됩니다. 지도마다 작은 커널 하나의 답이 담겨 있습니다. 풀링이"
            " 줄이고, 둘째 합성곱이 섞어 **16장**을 만들고, 남은 값이 숫자 열 개 가운데 하나를"
            " 고릅니다.\n\n**코드**를 열면 지금 실행되는 줄이 표시됩니다.",
        ),
        notes=Text(
            "Step through with the frame keys: input, convolution, pooling, convolution, pooling,"
            " hidden layer, output. Blue is positive, orange negative, white is zero. Colours are"
            " never clamped: the legend tells the largest value in each layer.",
            "Shift+→ 키로 한 동작씩 짚어 가세요. 입력, 합성곱, 풀링, 합성곱, 풀링, 은닉층, 출력"
            " 순서입니다. 파랑은 양수, 주황은 음수, 흰색은 0입니다. 색은 잘라 내지 않으며, 범례에"
            " 층마다 가장 큰 값이 적혀 있습니다.",
        ),
        covers=("cnn.convolution", "all.step", "all.code"),
        minutes=3,
        knobs={"focus": "flow"},
        controls=("shown",),
        code=_FORWARD,
        lines={
            "input": "def forward(self, x: Tensor)",
            "conv1": "x = self.conv1(x)",
            "pool1": "x = self.pool1(x)",
            "conv2": "x = self.conv2(x)",
            "pool2": "x = self.pool2(x)",
            "hidden": "x = self.hidden(x)",
            "output": "x = self.output(x)",
        },
    ),
    Step(
        key="map",
        title=Text("Where a map comes from", "지도는 어디서 올까요"),
        slide=Text(
            "A map listens to all eight maps before it, with a kernel for each",
            "지도 한 장은 앞의 여덟 장을 받고, 장마다 커널이 따로 있습니다",
        ),
        body=Text(
            "Point at any map. Its **incoming edges** light up: a map of the second layer listens"
            " to all eight maps before it, through **a kernel for each**.\n\nOn the right you see"
            " which digits it speaks for, in blue, and against, in orange.",
            "지도를 아무거나 짚어 보세요. **들어오는 길**이 켜집니다. 둘째 층의 지도는 앞 층 지도 여덟"
            " 장을 모두 받아, 장마다 **커널을 따로** 씁니다.\n\n오른쪽 파란 선은 이 지도가 밀어 올리는"
            " 숫자, 주황 선은 끌어내리는 숫자입니다.",
        ),
        notes=Text(
            "The width of an incoming ribbon is the mean strength of what that channel gives for"
            " this drawing; its colour is the sign of the kernel's sum. The outgoing lines are"
            " exact: with the ReLUs fixed the rest of the net is linear, so each map's share of"
            " each logit can be told, and the shares add up.",
            "들어오는 띠의 굵기는 이 그림에서 그 채널이 준 값의 평균 크기이고, 색은 커널 합의"
            " 부호입니다. 나가는 선은 정확합니다. ReLU가 정해지고 나면 나머지는 선형이라, 지도마다"
            " 로짓에 얼마를 보탰는지 말할 수 있고 다 더하면 로짓이 됩니다.",
        ),
        covers=("cnn.filters", "cnn.convolution"),
        minutes=2,
        knobs={"spot": "conv2/5"},
        controls=("shown",),
    ),
    Step(
        key="made",
        title=Text("How one map is made", "지도 한 장이 되기까지"),
        slide=Text(
            "Eight results, one sum, a bias, ReLU, pooling",
            "결과 여덟을 더하고, 편향, ReLU, 풀링을 거칩니다",
        ),
        body=Text(
            "Eight inputs, eight kernels, **eight results**. They are added, the **bias** shifts"
            " the sum, **ReLU** keeps what is positive and pooling keeps the strongest of each"
            " window.\n\nClick a pixel of the sum to open it.",
            "입력 여덟, 커널 여덟, **결과 여덟**. 모두 더하고 **편향**으로 옮긴 뒤, **ReLU**가 양수만"
            " 남기고 풀링이 창마다 가장 센 값을 남깁니다.\n\n합의 픽셀을 누르면 그 안이 열립니다.",
        ),
        notes=Text(
            "The column of results before the sum is what most pictures of convolution leave out."
            " Draw while the map is open: everything follows. Esc or a click on empty space goes"
            " one level up.",
            "더하기 전의 채널별 결과는 합성곱 그림에서 흔히 빠지는 부분입니다. 지도를 열어 둔 채"
            " 그려 보세요. 모두 따라 바뀝니다. Esc를 누르거나 빈 곳을 누르면 한 단계 위로 갑니다.",
        ),
        covers=("cnn.convolution", "cnn.activation"),
        minutes=2,
        selection=("conv2", 5),
        code=_FORWARD,
        lines={
            "channel": "x = self.conv2(x)",
            "bias": "x = self.conv2(x)",
            "relu": "x = self.relu2(x)",
            "done": "x = self.pool2(x)",
        },
    ),
    Step(
        key="pixel",
        title=Text("One pixel, added up", "픽셀 하나를 더해 보면"),
        slide=Text(
            "One pixel is one number: products, sums, bias, ReLU",
            "픽셀 하나는 수 하나. 곱하고 더하고 편향을 보태고 ReLU",
        ),
        body=Text(
            "One pixel of the map is **one number**: in each channel a window times a kernel,"
            " summed; then all channels, then the bias.\n\nThe card compares what is added up here"
            " with **the module's own output**.",
            "지도의 픽셀 하나는 **수 하나**입니다. 채널마다 창과 커널을 곱해 더하고, 채널을 모두"
            " 더한 다음 편향을 더합니다.\n\n카드에서 여기서 더한 값과 **모듈이 낸 값**을 견주어"
            " 보세요.",
        ),
        notes=Text(
            "The sums are rounded to three decimals for the eye; the comparison uses the full"
            " numbers. A warning would replace the tick if they differed by more than a hundred"
            " thousandth.",
            "합은 보기 좋게 소수 셋째 자리까지만 적었지만, 비교는 반올림하지 않은 값으로 합니다."
            " 10만분의 1보다 크게 다르면 체크 표시 대신 경고가 나옵니다.",
        ),
        covers=("cnn.convolution", "cnn.activation"),
        minutes=2,
        selection=("conv2", 5, "peak"),
        code=_FORWARD,
        lines={
            "channel": "x = self.conv2(x)",
            "bias": "x = self.conv2(x)",
            "relu": "x = self.relu2(x)",
        },
    ),
    Step(
        key="head",
        title=Text("From maps to an answer", "지도에서 답으로"),
        slide=Text(
            "Maps push digits up or down; softmax makes probabilities",
            "지도가 숫자를 밀고 끌고, 소프트맥스가 확률로 바꿉니다",
        ),
        body=Text(
            "Through the hidden layer every pooled map pushes each digit up or down. The pushes add"
            " up to ten **logits**; **softmax** turns them into probabilities that sum to"
            " 100 %.\n\nPoint at a bar to see who pushed it, at a map to see whom it pushes.",
            "풀링을 거친 지도는 은닉층을 거쳐 숫자마다 점수를 올리거나 내립니다. 그 점수를 모두 더하면"
            " **로짓** 열 개가 되고, **소프트맥스**가 합이 100 %인 확률로 바꿉니다.\n\n막대나 지도를"
            " 짚어 보세요.",
        ),
        notes=Text(
            "This is classification: ten numbers, one for each class, and the largest wins. A small"
            " lead in logits is a large lead in probability, because softmax takes exponentials."
            " A high probability is not a promise: draw a letter and see.",
            "이것이 분류입니다. 클래스마다 수 하나씩 열 개를 내고 가장 큰 것을 고릅니다. 소프트맥스는"
            " 지수를 쓰기 때문에 로짓이 조금만 앞서도 확률은 크게 앞섭니다. 확률이 높다고 맞는다는"
            " 약속은 아닙니다. 글자를 그려 보면 알 수 있습니다.",
        ),
        covers=("cnn.output",),
        minutes=2,
        knobs={"spot": "pool2/5"},
        code=_FORWARD,
        lines={"": "x = self.output(x)"},
    ),
    Step(
        key="fool",
        title=Text("Try to fool it", "속여 보세요"),
        slide=Text(
            "It must choose among ten digits, whatever you draw",
            "무엇을 그려도 열 숫자 가운데 하나를 고릅니다",
        ),
        body=Text(
            "Draw thick, thin, tiny, tilted; draw a six that is almost an eight. Where does it"
            " waver? Which **three guesses** does it hold?\n\nIt must always choose among ten"
            " digits: it cannot say **“none of these”**.",
            "굵게, 가늘게, 아주 작게, 기울여서 그려 보세요. 8에 가까운 6도 좋습니다. 어디서"
            " 흔들리나요? **후보 셋**은 무엇인가요?\n\n이 신경망은 반드시 열 숫자 가운데 골라야 하고,"
            " **‘숫자가 아니다’**라고는 답하지 못합니다.",
        ),
        notes=Text(
            "Good moments: rub out one stroke of an eight and see it become a three or a six. Turn"
            " the digit by ninety degrees. Draw a face. The probabilities say how the net divides"
            " its ten answers, not whether the picture is a digit at all.",
            "이렇게 해 보세요. 8의 한 획을 지우면 3이나 6이 됩니다. 숫자를 90도 돌려 보세요. 얼굴을"
            " 그려 보세요. 확률은 열 가지 답을 어떻게 나누는지를 말할 뿐, 그림이 정말 숫자인지는"
            " 말해 주지 않습니다.",
        ),
        covers=("cnn.draw", "cnn.output"),
        minutes=3,
        controls=("pen",),
    ),
)
