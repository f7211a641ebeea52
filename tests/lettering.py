"""Finds text that is cut, overlaps other text or is too small, by reading a picture's SVG."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgGenerator

from explainer.stage.colours import COLOURS, ThemeName
from explainer.stage.frame import Frame
from explainer.stage.view import View, paint

_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Word:
    """A piece of text as it lies on the picture, in pixels."""

    text: str
    box: QRectF
    px: float
    baseline: float


def words(
    view: View,
    frame: Frame,
    time: float,
    theme: ThemeName,
    size: QSize,
    presented: bool = False,
) -> list[Word]:
    """Return every text of a picture with its tight box."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    svg = QSvgGenerator()
    svg.setOutputDevice(buffer)
    svg.setSize(size)
    svg.setViewBox(QRectF(0, 0, size.width(), size.height()))
    with QPainter(svg) as painter:
        rect = QRectF(0, 0, size.width(), size.height())
        paint(view, painter, rect, frame, time, COLOURS[theme], presented=presented)
    root = ElementTree.fromstring(bytes(data))
    found: list[Word] = []
    _collect(root, (1, 0, 0, 1, 0, 0), {}, found)
    return found


def _collect(
    node: ElementTree.Element,
    matrix: tuple[float, ...],
    style: dict[str, str],
    found: list[Word],
) -> None:
    if "transform" in node.attrib:
        own = [float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", node.attrib["transform"])]
        if len(own) == 6:
            matrix = _times(matrix, tuple(own))
    style = {**style, **node.attrib}
    if node.tag == f"{_SVG}text" and node.text and node.text.strip():
        found.append(_word(node.text, style, matrix))
    for child in node:
        _collect(child, matrix, style, found)


def _times(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = m
    g, h, i, j, k, l = n  # noqa: E741
    return (
        a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
        a * k + c * l + e, b * k + d * l + f,
    )  # fmt: skip


def _word(text: str, style: dict[str, str], matrix: tuple[float, ...]) -> Word:
    font = QFont(style["font-family"])
    font.setPixelSize(max(1, round(float(style["font-size"]))))
    font.setWeight(QFont.Weight(int(style.get("font-weight", "400"))))
    metrics = QFontMetricsF(font)
    x, y = float(style["x"]), float(style["y"])
    tight = metrics.tightBoundingRect(text)
    box = QRectF(x + tight.x(), y + tight.y(), metrics.horizontalAdvance(text), tight.height())
    a, b, c, d, e, f = matrix
    corners = [
        (a * px + c * py + e, b * px + d * py + f)
        for px in (box.left(), box.right())
        for py in (box.top(), box.bottom())
    ]
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    scale = (a * a + b * b) ** 0.5
    placed = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    return Word(text, placed, font.pixelSize() * scale, b * x + d * y + f)


def faults(found: list[Word], size: QSize, smallest: float) -> list[str]:
    """Return what is wrong: text outside the picture, on other text, or smaller than allowed."""
    whole = QRectF(-1, -1, size.width() + 2, size.height() + 2)
    wrong = [f"cut: {w.text!r} at {_where(w.box)}" for w in found if not whole.contains(w.box)]
    wrong += [f"small: {w.text!r} is {w.px:.1f} px" for w in found if w.px < smallest - 0.3]
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            both = one.box.intersected(other.box)
            # One line with two scripts is read as runs, measured apart though kerned together.
            is_one_line = one.px == other.px and abs(one.baseline - other.baseline) < 0.5
            kerned = 0.25 * one.px if is_one_line else 2.0
            if both.width() > max(2.0, kerned) and both.height() > 2:
                wrong.append(f"overlap: {one.text!r} and {other.text!r} at {_where(both)}")
    return wrong


def _where(box: QRectF) -> str:
    return f"({box.x():.0f}, {box.y():.0f}, {box.width():.0f}x{box.height():.0f})"
