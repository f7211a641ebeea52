"""The drawing pad: mouse, pen with pressure, finger and keyboard; eraser, clear, undo."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QTabletEvent
from PySide6.QtWidgets import QWidget

SIDE = 280  # pixels of the drawing
_KEY_STEP = 6.0
_PEN_KEYS = {
    Qt.Key.Key_Left: QPointF(-_KEY_STEP, 0),
    Qt.Key.Key_Right: QPointF(_KEY_STEP, 0),
    Qt.Key.Key_Up: QPointF(0, -_KEY_STEP),
    Qt.Key.Key_Down: QPointF(0, _KEY_STEP),
}


@dataclass(slots=True)
class _Stroke:
    erases: bool
    points: list[tuple[QPointF, float]] = field(default_factory=list)  # position, width


class Pad(QWidget):
    """A transparent sheet over the painted pad that turns gestures into a drawing.

    The scene paints the ink from `Frame.drawing`; this widget only listens, and frames itself
    when the keyboard draws: arrows move, Space sets the pen down and lifts it.

    Signals
    -------
    drawn : ndarray
        The drawing, (280, 280) float32, 0 paper .. 1 ink; read-only.
    """

    drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("digitCanvas")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        # By Tab only: after drawing with a mouse the arrow keys still step through the lesson.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pen_width = 20.0
        self.erasing = False
        self._image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
        self._image.fill(0)
        # The example stands on the sheet until it is wiped; strokes go over it.
        self._example = QImage()
        self._wiped = False
        self._strokes: list[_Stroke] = []
        self._before_wipes: list[tuple[list[_Stroke], bool]] = []
        self._current: _Stroke | None = None
        self._pen_is_near = False
        self._cursor = QPointF(SIDE / 2, SIDE / 2)
        self._key_pen_down = False

    # -- what it holds ----------------------------------------------------------------------------

    def show_example(self, drawing: np.ndarray) -> None:
        """Put a drawing, (280, 280) float32, on the sheet, to be drawn over, erased or wiped."""
        grey = np.ascontiguousarray(np.rint(drawing * 255).astype(np.uint8))
        # The copy owns its bytes; an image over numpy's would outlive them.
        self._example = QImage(grey.data, SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8).copy()
        self.end()
        self._strokes, self._before_wipes, self._wiped = [], [], False
        self._repaint_strokes()

    def clear(self) -> None:
        """Wipe the pad; undo brings back what was on it."""
        self.end()
        self._before_wipes.append((self._strokes, self._wiped))
        self._strokes, self._wiped = [], True
        self._repaint_strokes()
        self._tell()

    def undo(self) -> None:
        """Take the last stroke, or the last wipe, back; an untouched pad stays as it is."""
        self.end()
        if self._strokes:
            self._strokes = self._strokes[:-1]
        elif self._before_wipes:
            self._strokes, self._wiped = self._before_wipes.pop()
        else:
            return
        self._repaint_strokes()
        self._tell()

    def drawing(self) -> np.ndarray:
        """Return the drawing, (280, 280) float32."""
        grey = np.frombuffer(self._image.constBits(), np.uint8)
        drawing = (grey.reshape(SIDE, self._image.bytesPerLine())[:, :SIDE] / 255).astype(
            np.float32
        )
        drawing.flags.writeable = False
        return drawing

    def _tell(self) -> None:
        self.drawn.emit(self.drawing())
        if self.hasFocus():  # only then does the pad itself paint
            self.update()

    # -- strokes ----------------------------------------------------------------------------------

    def begin(self, point: QPointF, pressure: float = 1.0, erases: bool | None = None) -> None:
        """Set the pen down; `point` in widget pixels, `pressure` 0..1."""
        erases = self.erasing if erases is None else erases
        if not erases and not self._strokes and not self._wiped:
            # The first stroke takes the example's place; undo brings it back.
            self._before_wipes.append(([], False))
            self._wiped = True
            self._repaint_strokes()
        self._current = _Stroke(erases)
        self._strokes.append(self._current)
        self._extend(point, pressure)

    def extend(self, point: QPointF, pressure: float = 1.0) -> None:
        """Move the pen that is down."""
        if self._current is not None:
            self._extend(point, pressure)

    def end(self) -> None:
        """Lift whatever draws, the keyboard's pen too."""
        self._current = None
        if self._key_pen_down:
            self._key_pen_down = False
            self.update()

    def _extend(self, point: QPointF, pressure: float) -> None:
        assert self._current is not None
        scale = SIDE / max(self.width(), 1)
        wide = self.pen_width * (0.4 + 0.6 * pressure) * (1.6 if self._current.erases else 1.0)
        self._current.points.append((point * scale, wide))
        with QPainter(self._image) as painter:
            self._paint_piece(painter, self._current, len(self._current.points) - 1)
        self._tell()

    def _repaint_strokes(self) -> None:
        self._image.fill(0)
        with QPainter(self._image) as painter:
            if not self._wiped and not self._example.isNull():
                painter.drawImage(0, 0, self._example)
            for stroke in self._strokes:
                for index in range(len(stroke.points)):
                    self._paint_piece(painter, stroke, index)

    @staticmethod
    def _paint_piece(painter: QPainter, stroke: _Stroke, index: int) -> None:
        point, wide = stroke.points[index]
        before = stroke.points[index - 1][0] if index else point
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = Qt.GlobalColor.black if stroke.erases else Qt.GlobalColor.white
        pen = QPen(ink, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if before == point:
            painter.drawPoint(point)
        else:
            painter.drawLine(before, point)

    # -- gestures ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Draw with the left button, erase with the right."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.begin(event.position())
        elif event.button() == Qt.MouseButton.RightButton:
            self.begin(event.position(), erases=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on drawing."""
        if event.buttons():
            self.extend(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the pen."""
        self.end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen: pressure widens the line, its eraser end erases."""
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            from PySide6.QtGui import QPointingDevice

            erases = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._pen_is_near = True
            self.begin(event.position(), event.pressure(), self.erasing or erases)
        elif kind == QEvent.Type.TabletMove and self._current is not None:
            self.extend(event.position(), event.pressure())
        elif kind == QEvent.Type.TabletRelease:
            self._pen_is_near = False
            self.end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take touches; a palm that rests while the pen is down is ignored."""
        kind = event.type()
        if kind in (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd):
            points = event.points()
            if self._pen_is_near or len(points) != 1:
                self.end()
            elif kind == QEvent.Type.TouchBegin:
                self.begin(points[0].position())
            elif kind == QEvent.Type.TouchUpdate:
                self.extend(points[0].position())
            if kind == QEvent.Type.TouchEnd:
                self.end()
            event.accept()
            return True
        if (
            kind == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.key() in _PEN_KEYS or event.key() == Qt.Key.Key_Space)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw with arrows and Space."""
        if event.key() == Qt.Key.Key_Space:
            if self._key_pen_down:
                self.end()
            else:
                self.begin(self._cursor * self.width() / SIDE)
                self._key_pen_down = True
                self.update()
        elif event.key() in _PEN_KEYS:
            moved = self._cursor + _PEN_KEYS[Qt.Key(event.key())]
            self._cursor = QPointF(
                min(max(moved.x(), 0), SIDE - 1), min(max(moved.y(), 0), SIDE - 1)
            )
            if self._key_pen_down:
                self.extend(self._cursor * self.width() / SIDE)
            self.update()
        else:
            event.ignore()

    def paintEvent(self, event: QEvent) -> None:
        """Mark the keyboard's pen while it has the focus."""
        if not self.hasFocus():
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            accent = self.palette().accent().color()
            painter.setPen(QPen(accent, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
            painter.setPen(QPen(accent, 3 if self._key_pen_down else 1.5))
            painter.drawEllipse(self._cursor * self.width() / SIDE, 7, 7)
