"""The card beside the picture: the window's values, held against the net's own pooling."""

from __future__ import annotations

from explainer.concepts.cnn.pooling import moments as pooling_moments
from explainer.concepts.cnn.pooling import place as pooling_place
from explainer.concepts.cnn.pooling import shift as pooling_shift
from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.layout import map_index, part_of
from explainer.concepts.cnn.pooling.probe import KINDS, POOL_AFTER, Pooled
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
    index, is_done = pooling_moments.settled(now)
    title = frame.say(words.WINDOW, index=index + 1, count=part.count)
    window = part.window(index, answer.maps[0, chosen])
    if not is_done:
        return Lens(title=title, rows=((frame.say(words.LENS_HOLDS), str(window.size)),))
    row, column = divmod(index, part.columns)
    at = part.row + row, part.column + column
    kinds = frame.knobs["kinds"]
    rows, differences = [], []
    if kinds != "average":
        ours, named = float(window.max()), "max_pool2d"
        theirs = float(answer.maximum[0, chosen][at])
        if answer.own is not None:
            layer = frame.say(words.LAYERS[POOL_AFTER[answer.layer]])
            named, theirs = frame.say(words.LENS_OWN, layer=layer), float(answer.own[chosen][at])
        said = frame.say(words.LENS_MAXIMUM, named=named)
        rows.append((said, f"{number(ours, 3)} · {number(theirs, 3)}"))
        differences.append(abs(ours - theirs))
    if kinds != "max":
        ours, theirs = float(window.mean(dtype=float)), float(answer.average[0, chosen][at])
        said = frame.say(words.LENS_AVERAGE, named="avg_pool2d")
        rows.append((said, f"{number(ours, 3)} · {number(theirs, 3)}"))
        differences.append(abs(ours - theirs))
    difference = max(differences)
    rows.append((frame.say(words.LENS_DIFFERENCE), f"{difference:.0e}" if difference else "0"))
    good = difference < TOLERANCE * max(1.0, answer.peak)
    return Lens(title=title, rows=tuple(rows), good=good)


def _shift_lens(frame: Frame, answer: Pooled, time: float) -> Lens:
    column = pooling_shift.column_at(frame, time)
    without, *pooled = (pooling_shift.written(float(c), 1) for c in answer.changes[:, column])
    said = pooling_shift.said_push(frame, column)
    kinds = (
        f"{frame.say(words.SHORT_KINDS[kind])} **{change}**"
        for kind, change in zip(KINDS[1:], pooled, strict=True)
    )
    title = frame.say(words.LENS_COMPARED, shift=said, change=without)
    return Lens(title=title, rows=(("", "\t".join(kinds)),))


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
