"""The card beside the picture: our arithmetic held against PyTorch's own number."""

from __future__ import annotations

from explainer.concepts.cnn.convolution import filters as convolution_filters
from explainer.concepts.cnn.convolution import moments as convolution_moments
from explainer.concepts.cnn.convolution import words
from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.parts import weight_of
from explainer.concepts.cnn.convolution.probe import (
    Filtered,
)
from explainer.stage.frame import Frame, Lens
from explainer.stage.lettering import number

TOLERANCE = 1e-5


def lens(frame: Frame, answer: Convolved | Filtered, time: float) -> Lens | None:
    """Return the card for what is active."""
    if isinstance(answer, Filtered):
        return _filter_lens(frame, answer)
    if weight_of(frame.hover, answer) is not None:
        return _weight_lens(frame, answer)
    if frame.knobs["scene"] != "pixel":
        # Here the column is for the controls; the card comes with the pointer.
        index = convolution_moments.window_of(frame.hover, answer)
        return None if index is None else pixel_lens(frame, answer, index)
    now = convolution_moments.moment(frame, answer, time)
    index, is_done = convolution_moments.settled(now)
    return pixel_lens(frame, answer, index) if is_done else forming_lens(frame, answer, now)


def forming_lens(frame: Frame, answer: Convolved, now: convolution_moments.Moment) -> Lens:
    """Return what is known of a window at work: its place, and how far its sum has come."""
    row, column = divmod(now.index, answer.conv.shape[1])
    total = float(answer.sums(now.index).sum())
    if now.bias >= 1:
        known = frame.say(words.LENS_Z), number(total + answer.bias, 3)
    elif now.sums >= 1:
        known = frame.say(words.LENS_SUM), number(total, 3)
    else:
        count = answer.size**2
        known = frame.say(words.LENS_FORMED), f"{round(now.products * count)} / {count}"
    return Lens(title=frame.say(words.LENS_AT, row=row + 1, column=column + 1), rows=(known,))


def pixel_lens(frame: Frame, answer: Convolved, index: int) -> Lens:
    """Return our sum and PyTorch's; a tick only where both agree, before and after ReLU."""
    ours = float(answer.sums(index).sum()) + answer.bias
    theirs, after = float(answer.conv.flat[index]), float(answer.relu.flat[index])
    # A float32 sum of large numbers rounds by more than a small one: with weights and values up
    # to 9 as people may type them, the bound grows along.
    bound = TOLERANCE * max(1.0, answer.peak)
    difference = answer.difference(index)
    said = frame.say(words.LENS_BOTH, ours=number(ours, 3), theirs=number(theirs, 3))
    return Lens(
        title=said,
        rows=((frame.say(words.LENS_DIFFERENCE), f"{difference:.0e}" if difference else "0"),),
        good=difference < bound and abs(max(ours, 0.0) - after) < bound,
    )


def _weight_lens(frame: Frame, answer: Convolved) -> Lens:
    at = weight_of(frame.hover, answer)
    assert at is not None
    kernel = answer.kernel[convolution_moments.shown_channel(frame, answer)]
    return Lens(
        title=frame.say(words.LENS_WEIGHT, row=at[0] + 1, column=at[1] + 1),
        rows=(
            (frame.say(words.LENS_VALUE), number(float(kernel[at]), 3)),
            (frame.say(words.LENS_MEETS), number(answer.count, 0)),
        ),
        values=kernel,
        peak=answer.weight_peak,
        ramp="weight",
    )


def _filter_lens(frame: Frame, answer: Filtered) -> Lens | None:
    index = convolution_filters.hovered(frame)
    if index is None or index >= len(answer.learned) + len(answer.made):
        return None
    kernel, values, weight_peak, _ = convolution_filters.tile(answer, index)
    return Lens(
        title=convolution_filters.name_of(frame, answer, index),
        rows=(
            (frame.say(words.LENS_WEIGHT_SUM), number(float(kernel.sum()), 3)),
            (frame.say(words.LENS_LARGEST), number(float(values.max()), 3)),
            (frame.say(words.LENS_SMALLEST), number(float(values.min()), 3)),
        ),
        values=kernel,
        peak=weight_peak,
        ramp="weight",
    )
