"""The card beside the picture: the window's values, held against the net's own pooling."""

from __future__ import annotations

from explainer.concepts.cnn.pooling import moments as pooling_moments
from explainer.concepts.cnn.pooling import place as pooling_place
from explainer.concepts.cnn.pooling import shift as pooling_shift
from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.layout import map_index, part_of
from explainer.concepts.cnn.pooling.probe import KINDS, POOL_AFTER, SHIFTS, Pooled
from explainer.stage.frame import Frame, Lens
from explainer.stage.lettering import number

TOLERANCE = 1e-5


def lens(frame: Frame, answer: Pooled, time: float) -> Lens | None:
    """Return the card for what is active in the step's picture."""
    picture = frame.knobs["picture"]
    if picture == "windows":
        return window_lens(frame, answer, time)
    if picture == "shift":
        return _shift_lens(frame, answer, time)
    if picture == "place":
        return _field_lens(frame, answer, time)
    return None


def window_lens(frame: Frame, answer: Pooled, time: float) -> Lens:
    """Return the window's values and its results, each beside PyTorch's own of that kind.

    A maximum is held against the net's own pooling layer where that has the same window.
    """
    part, chosen = part_of(frame, answer), map_index(frame, answer)
    now = pooling_moments.moment(frame, answer, time)
    window = part.window(now.index, answer.maps[0, chosen])
    row, column = divmod(now.index, part.columns)
    at = part.row + row, part.column + column
    kinds = frame.knobs["kinds"]
    rows, differences = [], []
    if kinds != "average":
        ours, named = float(window.max()), "max_pool2d"
        theirs = float(answer.maximum[0, chosen][at])
        if answer.own is not None:
            layer = frame.say(words.LAYERS[POOL_AFTER[answer.layer]])
            named, theirs = frame.say(words.LENS_OWN, layer=layer), float(answer.own[chosen][at])
        rows += [(frame.say(words.LENS_MAXIMUM), number(ours, 3)), (named, number(theirs, 3))]
        differences.append(abs(ours - theirs))
    if kinds != "max":
        ours, theirs = float(window.mean(dtype=float)), float(answer.average[0, chosen][at])
        rows.append((frame.say(words.LENS_AVERAGE), number(ours, 3)))
        rows.append(("avg_pool2d", number(theirs, 3)))
        differences.append(abs(ours - theirs))
    difference = max(differences)
    if kinds != "both":
        rows.append((frame.say(words.LENS_DIFFERENCE), f"{difference:.0e}" if difference else "0"))
    return Lens(
        title=frame.say(words.WINDOW, index=now.index + 1, count=part.count),
        rows=tuple(rows),
        values=window,
        peak=answer.peak,
        good=difference < TOLERANCE * max(1.0, answer.peak),
    )


def _shift_lens(frame: Frame, answer: Pooled, time: float) -> Lens:
    column = pooling_shift.column_at(frame, time)
    shift = SHIFTS[column] * answer.direction
    rows = tuple(
        (frame.say(words.KINDS[kind]), pooling_shift.written(float(change), 1))
        for kind, change in zip(KINDS, answer.changes[:, column], strict=True)
    )
    said = number(shift, 0)
    return Lens(title=frame.say(words.LENS_COMPARED, shift=said), rows=rows)


def _field_lens(frame: Frame, answer: Pooled, time: float) -> Lens:
    cells, _ = pooling_place.active(frame, answer, time)
    index, row, column = cells[-1]
    field = answer.fields[index]
    values = answer.layers[field.layer][pooling_place.shown_maps(frame, answer)[field.layer]]
    return Lens(
        title=frame.say(words.LAYERS[field.layer]),
        rows=(
            (frame.say(words.LENS_VALUE), number(float(values[row, column]), 3)),
            (frame.say(words.LENS_FIELD), f"{field.size}×{field.size}"),
            (frame.say(words.LENS_STEP), frame.say(words.PIXEL_LIST, size=field.jump)),
        ),
    )
