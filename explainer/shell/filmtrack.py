"""The training film: the loss over √step, kept frames, branches and the gate."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from explainer.shell.pills import Pill, Setting, placed
from explainer.shell.tracks import spread
from explainer.stage.chart import root_ticks
from explainer.stage.colours import Colours, fade
from explainer.stage.lettering import width
from explainer.stage.look import ring
from explainer.stage.motion import Tween, out_cubic
from explainer.stage.sliders import Slider
from explainer.stage.smoothing import mean_of_few

_COLUMN = 3.0  # pixels of a curve's piece; finer ones cost paint and show nothing
_DOT_ROOM = 12.0  # pixels between the dots of kept frames
_GLIDE_SECONDS, _GLIDE_MS = 0.15, 16  # of the gate to the nearest kept frame, once let go


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """One branch on the film: shares of the axis and of the height."""

    branch: int
    x: np.ndarray
    y: np.ndarray


class FilmTrack(Slider):
    """The training film: loss over √step, kept frames, branches, and the gate.

    Attributes
    ----------
    glides : bool
        Whether the gate, once let go, moves to the nearest kept frame or stands there at once.

    Signals
    -------
    sought : int, int
        `Track.id` of the branch, and the step, that the person wants on the stage.
    """

    sought = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("filmSlider", parent)
        self._film: Any = None
        self._names: Mapping[str, Setting] = {}
        self._lines: tuple[_Line, ...] = ()
        self._lines_of: tuple[Any, ...] = ()
        self._branch = 0
        self._pills: tuple[tuple[QRectF, Pill], ...] = ()
        self._high = 44.0
        self.glides = True
        self._let_go, self._let_go_at = Tween(0.0, 0.0, 0.0), 0.0
        self._glide = QTimer(self)
        self._glide.setTimerType(Qt.TimerType.PreciseTimer)
        self._glide.setInterval(_GLIDE_MS)
        self._glide.timeout.connect(self._glide_on)
        self.setRange(0, 0)
        self.setPageStep(50)
        self.valueChanged.connect(self._tell)

    def set_height(self, design: float) -> None:
        """Set how high the strip is, in design pixels."""
        self._high = design

    def show_film(self, film: Any, names: Mapping[str, Setting]) -> None:
        """Show an `engine.film.Strip`; `names` says what its knobs are called."""
        if film is self._film and names == self._names:
            return
        self._film, self._names = film, names
        before = self.blockSignals(True)
        last = 0 if film is None else film.last
        if not self.isSliderDown():
            self.setRange(0, last)
            self._branch = 0 if film is None else film.branch
            self.setValue(0 if film is None else film.step)
        self.blockSignals(before)
        self.update()

    def share_of(self, value: float) -> float:
        last = self.maximum()
        # An untrained film has its gate at the left; nothing lies to the right yet.
        return math.sqrt(max(value, 0.0) / last) if last else 0.0

    def value_at(self, share: float) -> int:
        return round(share * share * self.maximum())

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(400), self._look.px(self._high + 28))

    def strip(self) -> QRectF:
        """Return where the film itself lies."""
        edge, scale = self.margin * self._look.scale, self._look.scale
        return QRectF(edge, 7 * scale, self.width() - 2 * edge, self._high * scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            named = next((p.branch for r, p in self._pills if r.contains(event.position())), None)
            if named is not None and self._film is not None:
                self.sought.emit(self._film.tracks[named].id, self._film.tracks[named].last)
                return
            self._branch = self._branch_at(event.position())
            before = self.value()
            super().mousePressEvent(event)
            if self.value() == before and self._film is not None:
                self._tell(before)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        let_go = self.x_of(self.value())
        super().mouseReleaseEvent(event)
        film, self._film = self._film, None
        self.show_film(film, self._names)
        if self.glides and let_go != self.x_of(self.value()):
            self._let_go = Tween(let_go, self.x_of(self.value()), _GLIDE_SECONDS, out_cubic)
            self._let_go_at = time.perf_counter()
            self._glide.start()

    def _glide_on(self) -> None:
        if time.perf_counter() - self._let_go_at >= _GLIDE_SECONDS:
            self._glide.stop()
        self.update()

    def gate(self) -> float:
        """Return the x of the gate: for a moment on its way to the step on the stage."""
        if self._glide.isActive():
            return self._let_go.at(time.perf_counter() - self._let_go_at)
        return self.x_of(self.value())

    def gate_rect(self) -> QRectF:
        """Return what the gate covers."""
        scale, strip = self._look.scale, self.strip()
        over = 5 * scale
        return QRectF(self.gate() - 7 * scale, strip.top() - over, 14 * scale,
                      strip.height() + 2 * over)  # fmt: skip

    def _branch_at(self, point: QPointF) -> int:
        """Return the branch whose curve passes under the pointer, or the one on the stage."""
        strip = self.strip()
        best, near = (0 if self._film is None else self._film.branch), 8 * self._look.scale
        for line in self._built():
            if line.branch == best or not len(line.x):
                continue
            share = (point.x() - strip.x()) / max(1.0, strip.width())
            if line.x[0] <= share <= line.x[-1] + 0.01:
                y = strip.bottom() - float(np.interp(share, line.x, line.y)) * strip.height()
                if abs(y - point.y()) < near:
                    best, near = line.branch, abs(y - point.y())
        return best

    def _tell(self, step: int) -> None:
        if self._film is not None:
            self.sought.emit(self._film.tracks[self._branch].id, step)

    def _built(self) -> tuple[_Line, ...]:
        """Return the curves, made anew where film, width or names changed."""
        columns = max(8, round(self.strip().width() / _COLUMN))
        of = (self._film, columns, self._names)
        if self._lines_of == of:
            return self._lines
        self._lines_of, self._lines = of, ()
        film = self._film
        if film is None or film.last == 0:
            return self._lines
        curves = []
        for branch, track in enumerate(film.tracks):
            steps, values = mean_of_few(*film.curve("loss", branch), track.start, columns)
            curves.append((np.sqrt(steps / film.last), values, branch))
        top = max((float(y.max()) for _, y, _ in curves if len(y)), default=1.0) or 1.0
        self._lines = tuple(_Line(branch, x, 0.08 + 0.8 * y / top) for x, y, branch in curves)
        return self._lines

    def _named(self, changed: Sequence[tuple[str, Any]]) -> str:
        """Return settings with their values; of one set twice the last."""
        newest = list(dict(changed).items())[:2]
        return ", ".join(self._names.get(key, Setting(key)).said(value) for key, value in newest)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, colours, strip = self._look, self._look.colours, self.strip()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = 4 * look.scale
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.background)
        painter.drawRoundedRect(strip, radius, radius)
        gate = self.gate()
        # A rectangle: an antialiased clip path made this paint several times slower.
        painter.setClipRect(strip)
        current = 0 if self._film is None else self._film.branch
        for line in sorted(self._built(), key=lambda line: line.branch == current):
            self._paint_line(painter, line, strip, gate, colours)
        painter.setClipping(False)
        self._paint_marks(painter, strip, colours)
        self._paint_ticks(painter, strip, gate)
        self._paint_gate(painter, strip, gate)
        if self.hasFocus():
            ring(painter, QRectF(self.rect()), 6 * look.scale, look)

    def _paint_line(
        self, painter: QPainter, line: _Line, strip: QRectF, gate: float, colours: Colours
    ) -> None:
        if not len(line.x):
            return
        xs = strip.x() + line.x * strip.width()
        ys = strip.bottom() - line.y * strip.height()
        followed = self._film.branch
        on_path, until = self._path_end(line.branch, followed)
        hue = colours.generator if line.branch == 0 else colours.branch
        lit_to = min(gate, strip.x() + until * strip.width()) if on_path else strip.x()
        ahead = colours.faint if line.branch == 0 else fade(colours.branch, 0.55)
        is_ahead, is_lit = xs >= lit_to - 4, xs <= lit_to
        self._stroke(painter, _points(xs[is_ahead], ys[is_ahead]), ahead)
        lit = _points(xs[is_lit], ys[is_lit])
        if len(lit) < 2:
            return
        base = strip.bottom()
        area = [QPointF(lit[0].x(), base), *lit, QPointF(lit[-1].x(), base)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fade(hue, 0.26 if colours.is_dark else 0.18))
        painter.drawPolygon(QPolygonF(area))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._stroke(painter, lit, hue)

    def _stroke(self, painter: QPainter, points: list[QPointF], colour: QColor) -> None:
        """Draw a curve two pixels thick.

        Hairlines side by side: 400 points took 0.15 ms so, and 2.9 ms with a pen two wide.
        """
        pen = QPen(colour, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        curve = QPolygonF(points)
        lines = math.ceil(1.5 * self._look.scale) + 1
        for index in range(lines):
            painter.drawPolyline(curve.translated(0, 0.75 * (index - (lines - 1) / 2)))

    def _path_end(self, branch: int, followed: int) -> tuple[bool, float]:
        """Return whether a branch led to the one on the stage, and up to which share."""
        end, index = 1.0, followed
        while index is not None:
            if index == branch:
                return True, end
            track = self._film.tracks[index]
            end, index = math.sqrt(track.start / max(1, self._film.last)), track.parent
        return False, 0.0

    def _paint_marks(self, painter: QPainter, strip: QRectF, colours: Colours) -> None:
        """Draw the dots of kept frames, each branch's fork, and where settings were changed."""
        if self._film is None or self._film.last == 0:
            return
        scale = self._look.scale
        kept = np.concatenate([track.kept for track in self._film.tracks])
        xs = spread([self.x_of(int(step)) for step in np.unique(kept)], _DOT_ROOM * scale)
        pen = QPen(colours.muted, 2.2 * scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints([QPointF(x, strip.top() + 4.5 * scale) for x in xs])
        for index, track in enumerate(self._film.tracks):
            hue = colours.branch if index else colours.muted
            steps = {step for step, _, _ in track.changes}
            for step in steps | ({track.start} if index else set()):
                self._paint_notch(painter, self.x_of(step), strip, hue, step == track.start)
        self._pills = placed(self._wanted_pills(), strip, self.gate_rect(), scale)
        for rect, pill in self._pills:
            hue = colours.branch if pill.branch else colours.muted
            painter.setPen(QPen(hue, 1.2 * scale))
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            painter.setFont(self._look.font(14))
            painter.setPen(hue)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, pill.said)

    def _paint_notch(
        self, painter: QPainter, x: float, strip: QRectF, hue: QColor, is_fork: bool
    ) -> None:
        """Mark a step at which a setting was changed; at a fork through the whole film."""
        scale = self._look.scale
        painter.setPen(QPen(hue, 1.4 * scale, Qt.PenStyle.DashLine))
        reach = strip.height() if is_fork else 12 * scale
        painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.top() + reach))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hue)
        a, top = 5 * scale, strip.top() - 6 * scale
        tip = [QPointF(x - a, top), QPointF(x + a, top), QPointF(x, top + 1.5 * a)]
        painter.drawPolygon(QPolygonF(tip))

    def _wanted_pills(self) -> list[Pill]:
        """Return what was changed, on the branch on the stage first and the newest first."""
        film, px = self._film, round(14 * self._look.scale)
        found = []
        for index, track in enumerate(film.tracks):
            by_step: dict[int, list[tuple[str, Any]]] = {}
            if index:
                by_step[track.start] = list(track.changed)
            for step, knob, value in track.changes:
                by_step.setdefault(step, []).append((knob, value))
            for step, changed in by_step.items():
                said = self._named(changed)
                pill = Pill(self.x_of(step), said, width(said, px), index)
                found.append((index != film.branch, -step, pill))
        return [pill for _, _, pill in sorted(found, key=lambda item: item[:2])]

    def _paint_ticks(self, painter: QPainter, strip: QRectF, gate: float) -> None:
        look, last = self._look, self.maximum()
        ticks = root_ticks(last) if last else ((0.0, "0"),)
        face = look.font(14)
        painter.setFont(face)
        painter.setPen(look.colours.muted)
        taken: list[tuple[float, float]] = []
        places = []
        # Both ends are named first, then what fits between.
        for root, said in (ticks[0], ticks[-1], *ticks[1:-1]):
            wide = width(said, face.pixelSize())
            x = self.x_of(root * root) - wide / 2
            x = min(max(x, strip.left()), strip.right() - wide)
            if all(x > right + 10 or x + wide < left - 10 for left, right in taken):
                taken.append((x, x + wide))
                places.append((x, said, wide))
        top = strip.bottom() + 2 * look.scale
        for x, said, wide in places:
            painter.drawText(
                QRectF(x, top, wide + 2, 20 * look.scale), Qt.AlignmentFlag.AlignVCenter, said
            )

    def _paint_gate(self, painter: QPainter, strip: QRectF, x: float) -> None:
        look = self._look
        gate = self.gate_rect()
        painter.setPen(QPen(look.colours.amber, 3 * look.scale))
        painter.setBrush(fade(look.colours.amber, 0.16))
        painter.drawRoundedRect(gate, 4 * look.scale, 4 * look.scale)
        painter.setPen(QPen(look.colours.amber, 1.5 * look.scale))
        painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()))


def _points(xs: np.ndarray, ys: np.ndarray) -> list[QPointF]:
    return [QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
