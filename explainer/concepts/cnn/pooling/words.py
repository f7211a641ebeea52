"""What is written in the pooling scene's pictures."""

from __future__ import annotations

from explainer.lesson import Text

LAYERS = {
    "relu1": Text("Convolution 1", "합성곱 1"),
    "pool1": Text("Pooling 1", "풀링 1"),
    "relu2": Text("Convolution 2", "합성곱 2"),
    "pool2": Text("Pooling 2", "풀링 2"),
    "conv2": Text("convolution 2", "합성곱 2"),
    "hidden": Text("the hidden layer", "은닉층"),
}
MAP_OF = Text("{layer} · map {map}", "{layer} · 지도 {map}")
RANKED = Text("{layer} · {map}", "{layer} · {map}")
KINDS = {
    "none": Text("No pooling", "풀링 없음"),
    "max": Text("Max pooling", "최댓값 풀링"),
    "average": Text("Average pooling", "평균 풀링"),
}
SHORT_KINDS = {
    "none": Text("No pooling", "풀링 없음"),
    "max": Text("Max", "최댓값"),
    "average": Text("Average", "평균"),
}
OPERATION = {"max": Text("max", "최댓값"), "average": Text("÷ {count}", "÷ {count}")}

PREPARING = Text("The net is getting ready.", "신경망을 준비하고 있습니다.")

PART_OF = Text("{part} cells of {whole}, after ReLU", "{whole} 가운데 {part}칸, ReLU 뒤")
WHOLE = Text("all {whole} cells, after ReLU", "{whole}칸 전체, ReLU 뒤")
LEFT_OUT = Text("left out", "쓰이지 않음")
VALUES = Text("Value after ReLU", "ReLU 뒤의 값")
LARGEST = Text("the largest of {count}", "{count}개 가운데 가장 큰 값")
SUM_OF = Text("sum of {count} values {sign} {sum}", "{count}개의 합 {sign} {sum}")
WINDOW = Text("window {index} / {count}", "창 {index} / {count}")
STRONGEST = Text("strongest window", "반응이 가장 센 창")

WINDOW_AND_STRIDE = Text(
    "window {size}×{size},\nstride {stride}", "창 {size}×{size},\n보폭 {stride}"
)
AFTER = Text("After max pooling", "최댓값 풀링 뒤")
MAPS_OF = Text("{count} maps of {size}", "{size} 지도 {count}장")
VALUE_COUNT = Text("Values in all maps", "지도에 든 값의 수")
MULTIPLY_ADDS = Text("Multiply-adds of {layer}", "{layer}의 곱셈과 덧셈")

DRAWING = Text("Your drawing", "그린 숫자")
PIXELS = Text("{shift} px", "{shift}픽셀")
CHANGE_LEGEND = Text("{map}, value after ReLU", "{map}, ReLU 뒤의 값")

SEES = Text("sees {size} px", "{size}픽셀을 봄")
STEP = Text("step {jump} px", "간격 {jump}픽셀")
FIELD = Text("One cell of {layer} sees {size} px", "{layer}의 한 칸은 {size}픽셀을 봅니다")

LENS_MAXIMUM = Text("Max · {named}", "최댓값 · {named}")
LENS_AVERAGE = Text("Average · {named}", "평균 · {named}")
LENS_OWN = Text("net's {layer}", "신경망 {layer}")
LENS_HOLDS = Text("Values it holds", "창에 든 값")
LENS_DIFFERENCE = Text("Difference", "차이")
LENS_FIELD = Text("Receptive field", "수용 영역")
LENS_STEP = Text("Step between cells", "칸 사이 간격")
LENS_VALUE = Text("Value", "값")
LENS_COMPARED = Text("{shift}: unpooled {change}", "{shift}: 풀링 없음 {change}")
SHARE_LEFT = Text("{share} left", "{share} 남음")
PIXEL_LIST = Text("{size} px", "{size}픽셀")
DESCRIBED = Text(
    "{layer}: maps of {before} values, pooled by windows of {size}×{size} to {after}.",
    "{layer}: {before} 지도를 {size}×{size} 창으로 풀링해 {after} 지도로 줄입니다.",
)
