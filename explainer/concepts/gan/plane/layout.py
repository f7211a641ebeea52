"""Where the parts of the plane scene lie."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.concepts.gan.plane import words
from explainer.lesson import Text
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import width

MARGIN, GAP = 28.0, 30.0
_NOISE, _FUNNEL = 156.0, 66.0
_LEAST_RIGHT = 336.0  # of the right column, times the type
_ROPED = ("tug", "balance", "collapse")

# What stands in the right column, from the top: its name and its share of what is left; those
# without a share are as high as their lines.
PARTS: dict[str, tuple[tuple[str, float], ...]] = {
    "map": (("verdicts", 1.0), ("diagnosis", 0.0)),
    "arrows": (("pull", 1.0), ("verdicts", 1.2), ("diagnosis", 0.0)),
    "tug": (("losses", 1.0), ("diagnosis", 0.0), ("modes", 1.1), ("measures", 0.0)),
    "balance": (("pills", 0.0), ("pull", 1.0), ("losses", 1.0), ("diagnosis", 0.0)),
    "collapse": (("pills", 0.0), ("modes", 1.25), ("history", 0.8), ("diagnosis", 0.0)),
}
# What is left out where type is large.
_SPARED = {"arrows": "verdicts", "tug": "measures", "balance": "losses", "collapse": "history"}
PILLS: dict[str, tuple[tuple[str, Text], ...]] = {
    "balance": (
        ("both", words.BOTH),
        ("only-d", words.ONLY_D),
        ("only-g", words.ONLY_G),
        ("strong", words.STRONG_JUDGE),
        ("balanced", words.TURN_BACK),
    ),
    "collapse": (("collapse", words.COLLAPSE), ("balanced", words.TURN_BACK)),
    "best": (
        ("both", words.BOTH),
        ("only-d", words.ONLY_D),
        ("only-d-free", words.ONLY_D_FREE),
        ("balanced", words.TURN_BACK),
    ),
    "own": (
        ("learn", words.LEARN_DRAWN),
        ("open", words.OPEN),
        ("undo", words.UNDO),
        ("clear", words.CLEAR),
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class PlaneLayout:
    """Rectangles in design units; those of what is left out are empty.

    Parameters
    ----------
    rope : QRectF
        From badge to badge, with what is written over and under it.
    noise, funnel : QRectF
        The square of the noise, and the shape that leads from it to the plane.
    plane : QRectF
    legend : QRectF
        The line under the plane.
    parts : tuple of (name, QRectF)
        What stands in the right column.
    pills : tuple of (key, QRectF)
    body : QRectF
        All there is inside the margins, for the pictures that are not the board.
    """

    room: Room
    rope: QRectF
    noise: QRectF
    funnel: QRectF
    plane: QRectF
    legend: QRectF
    parts: tuple[tuple[str, QRectF], ...]
    pills: tuple[tuple[str, QRectF], ...]
    body: QRectF

    def part(self, name: str) -> QRectF:
        """Return where a part of the right column lies; empty where it is left out."""
        return next((rect for key, rect in self.parts if key == name), QRectF())


def shown(frame: Frame) -> str:
    """Return which picture is on the stage."""
    return str(frame.knobs.get("picture", "map"))


def plane_layout(frame: Frame, room: Room) -> PlaneLayout:
    """Return the layout of any of the scene's pictures."""
    body = QRectF(MARGIN, 18, room.width - 2 * MARGIN, room.height - 34)
    picture = shown(frame)
    if picture not in PARTS:
        empty = QRectF()
        pills: tuple[tuple[str, QRectF], ...] = ()
        if picture in PILLS:
            high = 36 * min(room.type, 1.3)
            rect = QRectF(body.x(), body.bottom() - high, body.width(), high)
            pills = _pills(frame, picture, rect, room.type)
        return PlaneLayout(room, empty, empty, empty, empty, empty, (), pills, body)
    return _board(frame, picture, room, body)


def _board(frame: Frame, picture: str, room: Room, body: QRectF) -> PlaneLayout:
    t, top, rope = room.type, body.y(), QRectF()
    if picture in _ROPED:
        rope = QRectF(body.x(), top, body.width(), 84 + 20 * t)
        top = rope.bottom() + 14
    line = 24 * t
    left = body.x()
    noise = funnel = QRectF()
    has_noise = not room.large and room.width >= 1100
    if has_noise:
        left += _NOISE + _FUNNEL
    right = _LEAST_RIGHT * min(t, 1.25)
    side = min(body.bottom() - top - line - 8, body.right() - left - GAP - right)
    plane = QRectF(left, top + max(0.0, (body.bottom() - top - side - line - 8) / 2), side, side)
    if has_noise:
        noise = QRectF(body.x(), plane.center().y() - _NOISE / 2, _NOISE, _NOISE)
        funnel = QRectF(noise.right() + 8, plane.y() + 0.2 * side, _FUNNEL - 14, 0.6 * side)
    legend = QRectF(plane.x(), plane.bottom() + 8, side, line)
    column = QRectF(plane.right() + GAP, top, 0, body.bottom() - top)
    column.setRight(body.right())
    parts = _stacked(picture, column, t)
    pills = ()
    for name, rect in parts:
        if name == "pills":
            pills = _pills(frame, picture, rect, t)
    return PlaneLayout(room, rope, noise, funnel, plane, legend, parts, pills, body)


def _stacked(picture: str, column: QRectF, t: float) -> tuple[tuple[str, QRectF], ...]:
    wanted = PARTS[picture]
    if t > 1.3:
        wanted = tuple(part for part in wanted if part[0] != _SPARED.get(picture))
    fixed = {"diagnosis": 28 + 70 * t, "measures": 78 * t, "pills": pills_high(picture, t)}
    gap = 16.0
    rest = column.height() - gap * (len(wanted) - 1)
    rest -= sum(fixed[name] for name, share in wanted if not share)
    whole = sum(share for _, share in wanted)
    y, found = column.y(), []
    for name, share in wanted:
        high = rest * share / whole if share else fixed[name]
        if not (len(wanted) == 2 and share):
            high = min(high, 420.0) if share else high
        found.append((name, QRectF(column.x(), y, column.width(), high)))
        y += high + gap
    return tuple(found)


def pills_high(picture: str, t: float) -> float:
    """Return how high the rows of buttons in the right column are."""
    row = 34 * min(t, 1.25)
    return 24 * t + 4 + (2 * row + 10 if picture == "balance" else row)


def _pills(frame: Frame, picture: str, rect: QRectF, t: float) -> tuple[tuple[str, QRectF], ...]:
    """Lay buttons in rows; where they do not fit, all shrink alike."""
    row = 34 * min(t, 1.25)
    named = PILLS[picture]
    rows = [named[:3], named[3:]] if picture == "balance" else [named]
    y = rect.y() + (24 * t + 4 if picture in PARTS else 0)
    found = []
    for members in rows:
        wides = [width(frame.say(text), 15 * t) + 34 for _, text in members]
        gaps = 10.0 * (len(members) - 1)
        shrink = min(1.0, (rect.width() - gaps) / sum(wides))
        x = rect.x()
        for (key, _), wide in zip(members, wides, strict=True):
            found.append((key, QRectF(x, y, wide * shrink, row)))
            x += wide * shrink + 10
        y += row + 10
    return tuple(found)
