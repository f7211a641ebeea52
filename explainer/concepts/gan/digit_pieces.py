"""What the pictures of the digit scenes share: tiles of fakes, bars of shares, headings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from explainer.concepts.gan import digit_words as words
from explainer.concepts.gan.judge import COVERED_FROM, Tally
from explainer.stage.colours import COLOURS, Colours, ThemeName, levels
from explainer.stage.frame import Frame
from explainer.stage.heatmap import cell
from explainer.stage.lettering import (
    BOLD,
    CENTRE,
    LEFT,
    REGULAR,
    RIGHT,
    SEMIBOLD,
    percent,
    width,
    write,
)

MARGIN = 28.0


def heading(
    painter: QPainter, rect: QRectF, text: str, colours: Colours, t: float, px: float = 18
) -> None:
    """Write a part's title."""
    write(painter, rect, text, px * t, colours.ink, SEMIBOLD)


_GAP = 2  # pixels of the pictures' own grid between two of them


def tiles(images: np.ndarray, columns: int, colours: Colours) -> QImage:
    """Return pictures as one image of that many columns, parted by a little of the background.

    Parameters
    ----------
    images : ndarray, (n, side, side)
        Ink 0 to 1, or 0 to 255 where they are uint8; n is a multiple of `columns`.
    """
    count, side = images.shape[:2]
    rows, pitch = count // columns, side + _GAP
    ink = images if images.dtype == np.uint8 else np.rint(images * 255).astype(np.uint8)
    half = _GAP // 2
    inner = slice(half, half + side)
    pixels = np.full((rows, pitch, columns, pitch), colours.background.rgb(), np.uint32)
    shown = _inks(colours.name)[ink].reshape(rows, columns, side, side)
    pixels[:, inner, :, inner] = shown.swapaxes(1, 2)
    wide, high = columns * pitch, rows * pitch
    shape = QImage.Format.Format_RGB32
    return QImage(pixels.data, wide, high, 4 * wide, shape).copy()


@lru_cache(maxsize=4)
def _inks(theme: ThemeName) -> np.ndarray:
    """Return each of 256 depths of ink as a 32-bit pixel."""
    table = COLOURS[theme].tables["image"][levels(np.arange(256) / 255, 1.0)].astype(np.uint32)
    opaque = np.uint32(0xFF000000)
    found: np.ndarray = opaque | table[:, 0] << 16 | table[:, 1] << 8 | table[:, 2]
    return found


def draw_tiles(painter: QPainter, rect: QRectF, image: QImage) -> None:
    """Draw such an image, smoothed where it is made smaller."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(rect, image)


def draw_one(
    painter: QPainter, rect: QRectF, picture: np.ndarray, frame: QColor, colours: Colours
) -> None:
    """Draw one picture with sharp pixels and a frame in the colour of its maker."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(rect, tiles(picture[None], 1, colours))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(frame, 2.5))
    painter.drawRoundedRect(rect, 4, 4)


def frames(painter: QPainter, boxes: Sequence[QRectF], colour: QColor, thick: float) -> None:
    """Draw frames round tiles by one path."""
    path = QPainterPath()
    for box in boxes:
        path.addRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, thick))
    painter.drawPath(path)


def tile(rect: QRectF, place: int, rows: int, columns: int) -> QRectF:
    """Return where a tile of a wall lies."""
    return cell(rect, *divmod(place, columns), rows, columns)


def draw_probabilities(
    painter: QPainter, rect: QRectF, values: np.ndarray, colours: Colours, t: float
) -> None:
    """Draw the classifier's ten probabilities as rows; the largest one stands out."""
    top = int(values.argmax())
    pitch = rect.height() / 10
    px = min(15 * t, 0.86 * pitch)
    name, said = 1.4 * px, width("100 %", px) + 6
    track = QRectF(rect.x() + name, 0, rect.width() - name - said, 0.52 * pitch)
    for digit, value in enumerate(values):
        row = QRectF(rect.x(), rect.y() + digit * pitch, rect.width(), pitch)
        weight = BOLD if digit == top else REGULAR
        ink = colours.ink if digit == top else colours.muted
        write(painter, row, str(digit), px, ink, weight)
        track.moveTop(row.center().y() - track.height() / 2)
        painter.fillRect(track, colours.line)
        bar = QRectF(track)
        bar.setWidth(track.width() * float(value))
        painter.fillRect(bar, colours.amber if digit == top else colours.ribbon)
        if value >= 0.01 or digit == top:
            write(painter, row, percent(float(value), 0), px, ink, weight, RIGHT)


def draw_coverage(
    painter: QPainter, rect: QRectF, frame: Frame, tally: Tally, real: Tally, colours: Colours,
    t: float,
) -> None:  # fmt: skip
    """Draw the share of each digit among fakes, with the fair share and what real digits give."""
    line = 22 * t
    write(painter, QRectF(rect.x(), rect.y(), rect.width(), line), frame.say(words.SHARES),
          14 * t, colours.muted)  # fmt: skip
    keys = _key_lines(frame, rect.width(), t)
    key_high = (1 + max(row for row, _ in keys)) * line
    body = QRectF(rect.x(), rect.y() + line + 4, rect.width(), rect.height() - line - key_high - 12)
    pitch = body.height() / 10
    px = min(15 * t, 0.86 * pitch)
    name, figure = 1.5 * px, width("100 %", px) + 8
    track = QRectF(body.x() + name, 0, body.width() - name - figure, 0.6 * pitch)
    most = max(0.2, float(tally.shares.max()), float(real.shares.max()))
    path = QPainterPath()
    for digit in range(10):
        share = float(tally.shares[digit])
        row = QRectF(body.x(), body.y() + digit * pitch, body.width(), pitch)
        covered = share >= COVERED_FROM
        ink = colours.ink if covered else colours.wrong
        write(painter, row, str(digit), px, ink, SEMIBOLD)
        track.moveTop(row.center().y() - track.height() / 2)
        painter.fillRect(track, colours.line)
        bar = QRectF(track)
        bar.setWidth(track.width() * share / most)
        painter.fillRect(bar, colours.generator if covered else colours.wrong)
        # Near the mark that decides, whole percents would hide on which side of it a share lies.
        said = percent(share, 1 if 0 < share < 0.03 else 0)
        write(painter, row, said, px, ink, SEMIBOLD, RIGHT)
        x = track.x() + track.width() * float(real.shares[digit]) / most
        path.addRect(QRectF(x - 1.5, track.y() - 2, 3, track.height() + 4))
    painter.fillPath(path, colours.value)
    for share in (0.1, COVERED_FROM):
        x = track.x() + track.width() * share / most
        painter.setPen(
            QPen(
                colours.ink if share == 0.1 else colours.muted,
                1.4,
                Qt.PenStyle.DashLine if share == 0.1 else Qt.PenStyle.DotLine,
            )
        )
        painter.drawLine(QPointF(x, body.y()), QPointF(x, body.bottom()))
    _draw_keys(painter, QRectF(rect.x(), body.bottom() + 8, rect.width(), key_high), frame,
               colours, t)  # fmt: skip


_KEYS = (words.FLOOR, words.FAIR, words.FROM)


def _key_lines(frame: Frame, wide: float, t: float) -> tuple[tuple[int, float], ...]:
    """Return for each key its line and where it begins, as many in a line as fit."""
    row, x = 0, 0.0
    found = []
    for text in _KEYS:
        needed = width(frame.say(text), 14 * t) + 18
        if x > 0 and x + needed > wide:
            row, x = row + 1, 0.0
        found.append((row, x))
        x += needed + 16
    return tuple(found)


def _draw_keys(painter: QPainter, rect: QRectF, frame: Frame, colours: Colours, t: float) -> None:
    """Draw what the marks on the bars mean."""
    line = 22 * t
    places = _key_lines(frame, rect.width(), t)
    for place, (text, (row, left)) in enumerate(zip(_KEYS, places, strict=True)):
        x, y = rect.x() + left, rect.y() + row * line
        middle = y + line / 2
        if place == 0:
            painter.fillRect(QRectF(x + 4, middle - 7, 3, 14), colours.value)
        else:
            style = Qt.PenStyle.DashLine if place == 1 else Qt.PenStyle.DotLine
            painter.setPen(QPen(colours.ink if place == 1 else colours.muted, 1.4, style))
            painter.drawLine(QPointF(x + 5, middle - 8), QPointF(x + 5, middle + 8))
        box = QRectF(x + 14, y, rect.right() - x - 14, line)
        said_small(painter, box, frame.say(text), colours, t)


def draw_score(
    painter: QPainter, rect: QRectF, figure: str, of: str, colour: QColor, colours: Colours,
    t: float,
) -> None:  # fmt: skip
    """Write a large figure and what it is out of, at the right end of a line."""
    small = width(of, 15 * t) + 2
    write(painter, rect, of, 15 * t, colours.muted, REGULAR, RIGHT)
    write(painter, rect.adjusted(0, 0, -small - 2, 0), figure, 24 * t, colour, BOLD, RIGHT)


def said_small(
    painter: QPainter, rect: QRectF, text: str, colours: Colours, t: float,
    align: Qt.AlignmentFlag = LEFT,
) -> None:  # fmt: skip
    """Write a caption."""
    write(painter, rect, text, 14 * t, colours.muted, REGULAR, align)


def waits(painter: QPainter, rect: QRectF, text: str, colours: Colours, t: float) -> None:
    """Say that something is on its way."""
    write(painter, rect, text, 18 * t, colours.muted, align=CENTRE)
