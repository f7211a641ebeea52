"""What is written in the convolution scene's pictures."""

from __future__ import annotations

from explainer.concepts.cnn.rank import rank
from explainer.lesson import Text

PREPARING = Text("The net is getting ready.", "신경망을 준비하고 있습니다.")
EXAMPLE = Text("An example digit", "예시 숫자")
EMPTY_PAD = Text(
    "The pad is empty, so this is an example digit. Draw your own in the first scene.",
    "그린 숫자가 없어서 예시 숫자를 씁니다. 첫 장면에서 직접 그려 보세요.",
)

LAYERS = {"conv1": Text("Convolution 1", "합성곱 1"), "conv2": Text("Convolution 2", "합성곱 2")}
INPUT = Text("Input", "입력")
INPUT_CHANNEL = Text("Input · channel {n} of {count}", "입력 · 채널 {n}/{count}")
SOURCES = {
    "conv1": Text("{size}, your drawing", "{size}, 그린 숫자"),
    "conv2": Text("{size}, after pooling 1", "{size}, 풀링 1 뒤"),
    "own": Text("{size}", "{size}"),
}
EXAMPLE_SOURCE = Text("{size}, an example", "{size}, 예시 숫자")
PADDED = Text("{size}, padded to {padded}", "{size}, 덧대어 {padded}")
OUTPUT = Text("Output · {map}", "출력 · {map}")
OWN_OUTPUT = Text("Output", "출력")
AFTER = Text("{size}, after ReLU", "{size}, ReLU 뒤")
BEFORE = Text("{size}, before ReLU", "{size}, ReLU 앞")

WINDOW_X = Text("window x", "창 x")
KERNEL_W = Text("kernel w", "커널 w")
KERNEL_OF = Text("kernel w · channel {n}", "커널 w · 채널 {n}")
PRODUCTS = Text("products x · w", "곱 x · w")
SUM_OF = Text("Σ of the {count} {sign} {sum}", "{count}개의 합 Σ {sign} {sum}")
ADD_UP = Text(
    "Add the {count} products of each channel, then the channels, then the bias",
    "채널마다 곱 {count}개를 더하고, 채널을 모두 더한 뒤, 편향을 보탭니다",
)
ADD_UP_ONE = Text(
    "Add the {count} products, then the bias", "곱 {count}개를 더하고 편향을 보탭니다"
)
CHANNEL = Text("channel {n}", "채널 {n}")
SHORT_CHANNEL = Text("ch. {n}", "채널 {n}")
BIAS = Text("bias b", "편향 b")
SUM_Z = Text("sum z", "합 z")
COUNTED = Text(
    "{channels} channels × {count} products + 1 bias", "채널 {channels}개 × 곱 {count}개 + 편향 1개"
)
COUNTED_ONE = Text("{count} products + 1 bias", "곱 {count}개 + 편향 1개")
WINDOW = Text("window {index} / {count}", "창 {index} / {count}")
STRONGEST = Text("strongest window", "반응이 가장 센 창")
POINT = Text("kernel w · point to read", "커널 w · 칸을 가리켜 읽기")

VALUE = Text("value", "값")
# The formula of the output's side in words, without its floor brackets.
SIDE = Text(
    "(input + 2·padding − dilation·(kernel − 1) − 1) ÷ stride",
    "(입력 + 2·덧대기 − 팽창·(커널 − 1) − 1) ÷ 보폭",
)
WEIGHT = Text("weight w", "가중치 w")

BEFORE_RELU = Text("Before ReLU", "ReLU 앞")
AFTER_RELU = Text("After ReLU", "ReLU 뒤")
MAP_OF = Text("{layer} · {map}", "{layer} · {map}")
NEGATIVE = Text("{count} of {all} are negative", "{all}칸 가운데 {count}칸이 음수")
ZEROS = Text("{count} of {all} are 0", "{all}칸 가운데 {count}칸이 0")
ZEROS_SO_FAR = Text("so far {count} of {all} are 0", "지금까지 {all}칸 가운데 {count}칸이 0")
ROW = Text("row {index} / {count}", "줄 {index} / {count}")
MAP_VALUE = Text("Value z and y", "z와 y의 값")

LEARNED = Text("Learned: the kernels of convolution 1", "배운 커널: 합성곱 1")
MADE = Text("Made by hand", "손으로 만든 커널")
DRAWING = Text("Your drawing", "그린 숫자")
MAP_N = Text("map {n}", "지도 {n}")
SCALES = Text(
    "Blue is above zero,\norange below. Each map\nhas a scale of its own.",
    "파랑은 양수, 주황은\n음수입니다. 눈금은\n지도마다 다릅니다.",
)

LENS_BOTH = Text("Our z {ours}, PyTorch {theirs}", "우리 z {ours}, 파이토치 {theirs}")
LENS_AT = Text("Output row {row}, column {column}", "출력 행 {row}, 열 {column}")
LENS_FORMED = Text("Products so far", "지금까지 곱한 수")
LENS_SUM = Text("Sum so far", "지금까지의 합")
LENS_Z = Text("z, bias added", "편향까지 더한 z")
LENS_DIFFERENCE = Text("Difference", "차이")
LENS_WEIGHT = Text("Weight · row {row}, column {column}", "가중치 · 행 {row}, 열 {column}")
LENS_VALUE = Text("Value", "값")
LENS_MEETS = Text("Pixels it meets", "만나는 픽셀")
LENS_WEIGHT_SUM = Text("Sum of weights", "가중치의 합")
LENS_LARGEST = Text("Largest map value", "지도에서 가장 큰 값")
LENS_SMALLEST = Text("Smallest map value", "지도에서 가장 작은 값")

DESCRIBED = Text(
    "A kernel of {size}×{size} slides over {channels} channels of {before}; its map is {after}.",
    "{size}×{size} 커널이 {before} 크기의 채널 {channels}개를 훑어 {after} 지도를 만듭니다.",
)
DESCRIBED_FILTERS = Text(
    "{learned} learned kernels and {made} hand-made ones with their maps of the drawing.",
    "배운 커널 {learned}개와 손으로 만든 커널 {made}개, 그리고 그림에서 나온 지도들입니다.",
)


_ENDING = Text("{map} ({place} strongest)", "{map} (반응 세기 {place})")
_FIRST = Text("{map} (strongest)", "{map} (반응이 가장 셈)")


def ranked(n: int, place: int) -> Text:
    """Return a map's name with its place: "map 8 (strongest)", "map 3 (2nd strongest)".

    Parameters
    ----------
    n, place : int
        The map and its place by strength, both counted from 1.
    """
    ending, ordinal = _FIRST if place == 1 else _ENDING, rank(place)
    return Text(
        ending.en.format(map=MAP_N.en.format(n=n), place=ordinal.en),
        ending.ko.format(map=MAP_N.ko.format(n=n), place=ordinal.ko),
    )
