"""Which values of the convolution's knobs go together, and why the others are refused."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.concepts.cnn.convolution.hand_made import (
    NAMES,
    OWN,
    PICTURES,
    Kernel,
    named_kernel,
    resized,
)
from explainer.lesson import Text, Value

# How many input channels and maps each layer has; the tests hold this against the net.
CHANNELS = {"conv1": 1, "conv2": 8}
MAPS = {"conv1": 8, "conv2": 16}
DRAWING_SIDE = 28
SIZES, STRIDES, PADDINGS, DILATIONS = (1, 2, 3, 4, 5), (1, 2, 3, 4), (0, 1, 2, 3, 4), (1, 2, 3)

_NO_SUCH_MAP = Text(
    "The first convolution has {count} maps.", "첫 합성곱의 특징 지도는 {count}장입니다."
).filled(count=MAPS["conv1"])
_NO_SUCH_CHANNEL = Text("The drawing has a single channel.", "그린 숫자는 채널이 하나뿐입니다.")
_NO_ROOM = Text(
    "A wider window would not fit into the picture.", "창이 더 넓으면 그림에 들어가지 않습니다."
)
_DILATION = Text(
    "A wider window would not fit, and a single weight cannot be spread.",
    "더 넓은 창은 그림에 들어가지 않고, 값이 하나뿐인 커널은 벌릴 수 없습니다.",
)
_PADDING = Text(
    "At least one window must fit, and none may see nothing but padding.",
    "창이 하나는 들어가야 하고, 덧댄 칸만 보는 창은 없어야 합니다.",
)
_NOT_THIS_SIZE = Text(
    "Not every named kernel exists in this size.", "이 크기로는 없는 커널이 있습니다."
)


def _whole(values: Mapping[str, Value], key: str) -> int:
    value = values[key]
    assert isinstance(value, int)
    return value


def kernel_of(values: Mapping[str, Value]) -> Kernel:
    """Return the kernel that the knobs hold."""
    kernel = values["kernel"]
    assert isinstance(kernel, tuple)
    return kernel


def side_of(values: Mapping[str, Value]) -> int:
    """Return the side of the picture that one's own kernel slides over."""
    picture = PICTURES.get(str(values["source"]))
    return DRAWING_SIDE if picture is None else picture.shape[0]


def fits(values: Mapping[str, Value]) -> bool:
    """Return whether at least one window fits and none sees nothing but padding."""
    beyond = _whole(values, "dilation") * (_whole(values, "size") - 1)
    padding = _whole(values, "padding")
    return beyond < side_of(values) + 2 * padding and padding <= beyond


def maps_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the numbers of the maps that the chosen layer has."""
    return tuple(range(1, MAPS[str(values["layer"])] + 1)), _NO_SUCH_MAP


def channels_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the channels that the chosen layer's input has; 0 leaves the choice to the view."""
    return tuple(range(CHANNELS[str(values["layer"])] + 1)), _NO_SUCH_CHANNEL


def sizes_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the sides of a kernel for which a window fits."""
    room = side_of(values) + 2 * _whole(values, "padding")
    spread = _whole(values, "dilation")
    return tuple(size for size in SIZES if spread * (size - 1) < room), _NO_ROOM


def name_of(kernel: Kernel) -> str:
    """Return which named kernel has just these weights, or "own"."""
    size = round(len(kernel) ** 0.5)
    return next((n for n in NAMES if n != OWN and named_kernel(n, size) == kernel), OWN)


def names_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the kernels there are in this size; for edited cells, the one name that they have."""
    name, size, kernel = str(values["named"]), _whole(values, "size"), kernel_of(values)
    is_edited = len(kernel) == size * size and kernel != named_kernel(name, size)
    if name == OWN or is_edited:
        cells = kernel if len(kernel) == size * size else resized(kernel, size)
        alike = name_of(cells)
        if alike != OWN or name != OWN:
            return (alike,), _NOT_THIS_SIZE
    open_names = (n for n in NAMES if n == OWN or named_kernel(n, size) is not None)
    return tuple(open_names), _NOT_THIS_SIZE


def kernels_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the one kernel of the chosen name and size; one's own keeps its middle."""
    size, kernel = _whole(values, "size"), kernel_of(values)
    named = named_kernel(str(values["named"]), size)
    if named is None:
        named = kernel if len(kernel) == size * size else resized(kernel, size)
    return (named,), _NOT_THIS_SIZE


def dilations_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the dilations for which a window fits; a single weight has no neighbours to spread."""
    size = _whole(values, "size")
    room = side_of(values) + 2 * _whole(values, "padding")
    fitting = (d for d in DILATIONS if d * (size - 1) < room and (size > 1 or d == 1))
    return tuple(fitting), _DILATION


def paddings_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the paddings with at least one window, and none on nothing but padding."""
    return tuple(p for p in PADDINGS if fits({**values, "padding": p})), _PADDING
