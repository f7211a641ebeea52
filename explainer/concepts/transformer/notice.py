"""What is said beside a typed sentence that the model does not read as it was written."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.outside import case_of
from explainer.concepts.transformer.sentence import (
    EXAMPLES,
    source_chips,
    source_of,
    spoken,
    target_of,
    unknown_chips,
)
from explainer.concepts.transformer.standing import Standing, fitting, offers, standing
from explainer.lesson import Language, Text
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Room, Target
from explainer.stage.lettering import width, write

LANGUAGES: dict[Language, Text] = {
    "ko": Text("Korean", "한국어"),
    "en": Text("English", "영어"),
}
TURNED = Text(
    "It reads {tongue}. The grammar turned this into: {said}",
    "모델은 {tongue}를 읽습니다. 문법이 옮긴 문장: {said}",
)
TURNED_SHORT = Text(
    "It reads {tongue}: turned by the grammar.",
    "모델은 {tongue}를 읽습니다. 문법이 옮겼습니다.",
)
FOREIGN = Text(
    "It reads {tongue} only and understands nothing of this.",
    "모델은 {tongue}만 읽습니다. 이 문장은 하나도 모릅니다.",
)
UNKNOWN = Text(
    "No token for {words}: its answer is a guess.",
    "모르는 말: {words}. 답은 짐작일 뿐입니다.",
)
NEAREST = Text("Known and alike:", "비슷한 아는 말:")
FITTING = Text("Known words that fit:", "들어갈 수 있는 말:")
UNTAUGHT = Text(
    "It never learned a sentence like this: its answer is a guess.",
    "이런 문장은 배운 적이 없습니다. 답은 짐작일 뿐입니다.",
)
READ_OTHER = Text("Let it read {tongue}", "{tongue}를 읽게 하기")
_MARGIN, _GAP = 28.0, 10.0


@dataclass(frozen=True, slots=True)
class Notice:
    """A line beside the field, or under it where there is no room beside.

    Parameters
    ----------
    said : str
    is_warning : bool
        Whether the answer cannot be trusted.
    place : QRectF
    offers : tuple of (target, text, QRectF)
        What can be clicked: known words for unknown ones, the other direction.
    """

    said: str
    is_warning: bool
    place: QRectF
    offers: tuple[tuple[Target, str, QRectF], ...]

    def at(self, point: QPointF) -> Target:
        """Return the offer under a point."""
        return next((target for target, _, rect in self.offers if rect.contains(point)), ())


def standing_of(frame: Frame) -> Standing:
    """Return how the sentence stands; one that the program gave may be turned silently."""
    text, source = str(frame.knobs.get("sentence") or EXAMPLES[0]), source_of(frame.knobs)
    is_given = text in EXAMPLES or text == frame.step.knobs.get("sentence") or case_of(text)
    found = standing(spoken(frame.knobs) if is_given else text, source)
    # In other units than morphemes a new word may be read piece by piece.
    is_read = found == "unknown" and not unknown_chips(frame.knobs)
    return "untaught" if is_read else found


def written(frame: Frame) -> str:
    """Return what stands in the field: what was typed, also where the grammar turned it."""
    is_turned = standing_of(frame) == "turned"
    return str(frame.knobs["sentence"]) if is_turned else spoken(frame.knobs)


def unknown_words(frame: Frame) -> tuple[str, ...]:
    """Return the pieces the model has no token for."""
    chips = source_chips(frame.knobs)
    return tuple(chips[place].text for place in unknown_chips(frame.knobs))


def said_of(frame: Frame) -> tuple[str, ...]:
    """Return what is to be said, the longest way first; empty where nothing is."""
    tongue = frame.say(LANGUAGES[source_of(frame.knobs)])
    match standing_of(frame):
        case "known":
            return ()
        case "turned":
            long = frame.say(TURNED, tongue=tongue, said=spoken(frame.knobs))
            return long, frame.say(TURNED_SHORT, tongue=tongue)
        case "foreign":
            return (frame.say(FOREIGN, tongue=tongue),)
        case "unknown":
            words = unknown_words(frame)
            more = ", …" if len(words) > 3 else ""
            said = frame.say(UNKNOWN, words=", ".join(words[:3]) + more)
            return (f"{said}  {frame.say(_lead(frame))}", said) if _offered(frame) else (said,)
    return (frame.say(UNTAUGHT),)


def _lead(frame: Frame) -> Text:
    """Return what the words offered are: they fit the sentence, or look alike at least."""
    text, source = spoken(frame.knobs), source_of(frame.knobs)
    fit = all(fitting(text, source, place) for place in unknown_chips(frame.knobs))
    return FITTING if fit else NEAREST


def _offered(frame: Frame) -> tuple[tuple[Target, str], ...]:
    """Return what is offered, the best first."""
    kind = standing_of(frame)
    if kind in ("turned", "foreign") and "direction" in frame.knobs:
        other = target_of(frame.knobs)
        direction = "en-ko" if other == "en" else "ko-en"
        said = frame.say(READ_OTHER, tongue=frame.say(LANGUAGES[other]))
        return ((("direction", direction), said),)
    if kind != "unknown":
        return ()
    chips, text, source = source_chips(frame.knobs), spoken(frame.knobs), source_of(frame.knobs)
    unknown = unknown_chips(frame.knobs)
    # Every word has one offer before any has two.
    ranked = sorted(
        (rank, place, word)
        for place in unknown
        for rank, word in enumerate(offers(text, source, place))
    )
    lead = {place: f"{chips[place].text} → " if len(unknown) > 1 else "" for place in unknown}
    return tuple((("nearest", i, word), f"{lead[i]}{word}") for _, i, word in ranked)


def notice_in(
    frame: Frame, room: Room, field: QRectF, another: QRectF, right: float | None = None
) -> Notice | None:
    """Return what is said of the sentence and where; None where it is read as it stands.

    Parameters
    ----------
    right : float, optional
        Where it ends at most; without it, at the room's right margin.
    """
    ways = said_of(frame)
    if not ways:
        return None
    px = 15 * room.type
    end = room.width - _MARGIN if right is None else right
    beside = QRectF(another.right() + 20, another.y(), end - another.right() - 20, another.height())
    under = QRectF(field.x(), field.bottom() + 8, end - field.x(), 30 * room.type)
    kind, offers = standing_of(frame), _offered(frame)
    # Beside the field all is said and three offers stand, or the line goes under it.
    if width(ways[0], px) + _wide(offers[:3], px) <= beside.width():
        return _placed(ways[0], kind, beside, offers[:3], px)
    said = next(
        (w for w in ways if width(w, px) + _wide(offers[:1], px) <= under.width()), ways[-1]
    )
    return _placed(said, kind, under, offers, px)


def _wide(offers: tuple[tuple[Target, str], ...], px: float) -> float:
    return sum(_GAP + width(text, px) + 28 for _, text in offers)


def _placed(
    said: str, kind: Standing, line: QRectF, offers: tuple[tuple[Target, str], ...], px: float
) -> Notice:
    free = line.width() - _wide(offers[:1], px)
    place = QRectF(line.x(), line.y(), min(width(said, px) + 4, free), line.height())
    x, rects = place.right() + _GAP, []
    for target, text in offers[:6]:
        wide = width(text, px) + 28
        if x + wide > line.right() + 1:
            break
        rects.append((target, text, QRectF(x, line.y(), wide, line.height())))
        x += wide + _GAP
    return Notice(said, kind != "turned", place, tuple(rects))


def below(field: QRectF, notice: Notice | None) -> float:
    """Return where the picture may begin, without the gap to it."""
    return field.bottom() if notice is None else max(field.bottom(), notice.place.bottom())


def draw_notice(
    painter: QPainter, notice: Notice, frame: Frame, room: Room, colours: Colours
) -> None:
    """Draw the line and what it offers."""
    px = 15 * room.type
    ink = colours.wrong if notice.is_warning else colours.muted
    write(painter, notice.place, notice.said, px, ink)
    for target, text, rect in notice.offers:
        draw_pill(painter, rect, text, px, colours, frame.hover == target)
