"""When each token is written, and which one is looked at."""

from __future__ import annotations

from explainer.concepts.transformer.answers import Translation
from explainer.concepts.transformer.translate import words
from explainer.stage.frame import Beat, Frame
from explainer.stage.motion import out_cubic, share

START, PITCH, GROWING = 0.5, 0.8, 0.4  # seconds; a token's own animation is GROWING long
_REST = 0.6


def written_at(place: int) -> float:
    """Return when a token begins to be written."""
    return START + place * PITCH


def token_beats(frame: Frame, answer: Translation) -> tuple[Beat, ...]:
    """Return a beat for the source, one for each token once it stands, and the end.

    A step on thus shows a whole token, and while one grows any step ends its growing.
    """
    beats = [Beat("encode", 0.0, frame.say(words.READS))]
    count = len(answer.output)
    for place in range(count):
        said = f"{place + 1} / {count}"
        beats.append(Beat("decode", written_at(place) + GROWING, said))
    beats.append(Beat("end", written_at(count - 1) + GROWING + _REST, f"{count} / {count}"))
    return tuple(beats)


def grown(frame: Frame, place: int, time: float) -> float:
    """Return how far, 0..1, a token has come."""
    seconds = 0.0 if frame.reduced else GROWING
    return share(time, written_at(place), seconds, out_cubic) if time >= written_at(place) else 0.0


def newest(answer: Translation, time: float) -> int:
    """Return the token that was written last; -1 before the first."""
    count = sum(time >= written_at(place) for place in range(len(answer.output)))
    return count - 1


def is_over(answer: Translation, time: float) -> bool:
    """Whether all has been written."""
    return time >= written_at(len(answer.output) - 1) + GROWING


def looked_at(frame: Frame, answer: Translation, time: float) -> int:
    """Return the row on the stage: pointed at, chosen, else the newest one.

    Returns -1 where there is none: before the first token, and for the whole sentence at its end.
    """
    last = newest(answer, time)
    for target in (frame.hover, frame.selection):
        if target[:1] == ("row",) and int(target[1]) <= last:
            return int(target[1])
        if target[:1] == ("force",) and target is frame.selection and len(target) - 2 <= last:
            return len(target) - 2
    return -1 if is_over(answer, time) else last


def bars_of(frame: Frame, answer: Translation, time: float) -> int:
    """Return the row whose next token is shown as bars; the least sure one at the end."""
    if frame.hover[:1] == ("bar",) and int(frame.hover[1]) < len(answer.output):
        return int(frame.hover[1])
    row = looked_at(frame, answer, time)
    if row >= 0:
        return row
    return 0 if not is_over(answer, time) else int(answer.confidence.argmin())
