"""The table of contents: concepts, the scenes of the open one, and a dot for each step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from explainer.lesson import Concept, Scene, Text
from explainer.shell import words
from explainer.shell.theme import svg
from explainer.stage.buttons import Button
from explainer.stage.icons import icon
from explainer.stage.lettering import REGULAR, SEMIBOLD, width
from explainer.stage.look import Look, ring

_DOT, _GAP, _DASH = 6.0, 6.0, 16.0


class ConceptRow(Button):
    """A concept: icon and title; the open one is bold, the rail shows the icon alone."""

    def __init__(self, concept: Concept, parent: QWidget) -> None:
        super().__init__(f"concept-{concept.key}", "ghost", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.concept, self.current, self.rail = concept, False, False

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(48), self._look.px(52 if self.rail else 42))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = colours.ink if self.current or self.underMouse() else colours.muted
        side = look.px(20)
        body = QRectF(self.rect()).adjusted(look.px(8), 2, -look.px(8), -2)
        if self.rail and self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.amber_soft)
            painter.drawRoundedRect(body, look.px(8), look.px(8))
        left = (self.width() - side) / 2 if self.rail else float(look.px(20))
        if self._path is not None:
            picture = icon(self._path, ink, side, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(left, (self.height() - side) / 2), picture)
        if not self.rail:
            painter.setFont(look.font(16, SEMIBOLD if self.current else REGULAR))
            painter.setPen(ink)
            place = QRectF(look.px(52), 0, self.width() - look.px(60), self.height())
            metrics = painter.fontMetrics()
            said = look.say(self.concept.title)
            said = metrics.elidedText(said, Qt.TextElideMode.ElideRight, int(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, said)
        if self.hasFocus():
            ring(painter, body, look.px(8), look)


class SceneRow(Button):
    """A scene of the open concept; the current one shows its steps as dots.

    Signals
    -------
    step_chosen : int
        A dot was clicked.
    """

    step_chosen = Signal(int)

    def __init__(self, concept: Concept, scene: Scene, parent: QWidget) -> None:
        super().__init__(f"scene-{concept.key}-{scene.key}", "ghost", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.concept, self.scene = concept, scene
        self.current, self.index = False, 0

    def _dots_below(self) -> bool:
        """Return whether the dots need a line of their own."""
        look = self._look
        named = width(look.say(self.scene.title), round(15 * look.scale), SEMIBOLD)
        return look.px(48) + named + look.px(12) + self._dots_width() > self.width() - look.px(22)

    def _dots_width(self) -> float:
        count = len(self.scene.steps)
        return (count * _DOT + (count - 1) * _GAP + _DASH - _DOT) * self._look.scale

    def sizeHint(self) -> QSize:
        high = 58 if self.current and self._dots_below() else 40
        return QSize(self._look.px(120), self._look.px(high))

    def dots(self) -> list[QRectF]:
        """Return where the step dots lie; the current one is a dash."""
        scale = self._look.scale
        below = self._dots_below()
        left = self._look.px(48) if below else self.width() - self._look.px(22) - self._dots_width()
        middle = self.height() - 16 * scale if below else self.height() / 2
        rects = []
        for index in range(len(self.scene.steps)):
            wide = (_DASH if index == self.index else _DOT) * scale
            rects.append(QRectF(left, middle - _DOT * scale / 2, wide, _DOT * scale))
            left += wide + _GAP * scale
        return rects

    def _dot_at(self, point: QPointF) -> int | None:
        if not self.current:
            return None
        reach, tall = _GAP * self._look.scale / 2, 9 * self._look.scale
        for index, rect in enumerate(self.dots()):
            if rect.adjusted(-reach, -tall, reach, tall).contains(point):
                return index
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dot = self._dot_at(event.position())
        if dot is not None and self.isDown():
            self.setDown(False)
            self.step_chosen.emit(dot)
            return
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            dot = self._dot_at(QPointF(event.pos()))
            if dot is not None:
                title = self._look.say(self.scene.steps[dot].title)
                QToolTip.showText(event.globalPos(), f"{dot + 1}. {title}", self)
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = look.px(31)
        body = QRectF(line, 1, self.width() - line - look.px(10), self.height() - 2)
        painter.fillRect(QRectF(line, 0, max(1, look.px(1)), self.height()), colours.line)
        if self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.amber_soft)
            painter.drawRoundedRect(body, look.px(6), look.px(6))
            painter.fillRect(QRectF(line, 1, max(3, look.px(3)), body.height()), colours.amber)
        painter.setFont(look.font(15, SEMIBOLD if self.current else REGULAR))
        painter.setPen(colours.ink if self.current or self.underMouse() else colours.muted)
        first_line = look.px(40) if self.height() > look.px(48) else self.height()
        place = QRectF(look.px(48), 0, self.width() - look.px(60), first_line)
        said = painter.fontMetrics().elidedText(
            look.say(self.scene.title), Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, said)
        if self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            for index, rect in enumerate(self.dots()):
                seen = colours.muted if index < self.index else colours.faint
                painter.setBrush(colours.amber if index == self.index else seen)
                painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        if self.hasFocus():
            ring(painter, body, look.px(6), look)


class Contents(QWidget):
    """The list at the left; folds to a rail of icons.

    Signals
    -------
    fold_asked : None
        The person wants it folded, or open.
    """

    fold_asked = Signal()

    def __init__(self, session: Any, concepts: tuple[Concept, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("contents")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._look = session, None
        self._rail = False
        self._place: tuple[str, ...] = ()
        self._concepts = concepts
        self._area = QScrollArea(self)
        self._area.setObjectName("contentsArea")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("column")
        self._column = QVBoxLayout(inner)
        self._column.setSpacing(0)
        self._rows: list[tuple[ConceptRow, list[SceneRow]]] = []
        for concept in concepts:
            row = ConceptRow(concept, inner)
            row.clicked.connect(self._open_concept)
            self._column.addWidget(row)
            scenes = []
            for scene in concept.scenes:
                scene_row = SceneRow(concept, scene, inner)
                scene_row.clicked.connect(self._open_scene)
                scene_row.step_chosen.connect(self._open_step)
                self._column.addWidget(scene_row)
                scenes.append(scene_row)
            self._rows.append((row, scenes))
        self._column.addStretch(1)
        self._area.setWidget(inner)
        self._fold = Button("foldContents", "ghost", self)
        self._fold.clicked.connect(self.fold_asked)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        outer.addWidget(self._area, 1)
        outer.addWidget(self._fold)
        self._outer = outer

    def set_rail(self, rail: bool) -> None:
        """Fold to the rail, or open."""
        self._rail = rail
        self._mark()

    def dress(self, look: Look) -> None:
        """Take on another look."""
        self._look = look
        self._column.setContentsMargins(0, look.px(14), 0, look.px(8))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        look = self._look
        if look is None:
            return
        self.setAccessibleName(look.say(words.CONTENTS))
        for row, scenes in self._rows:
            row.dress(look, look.say(row.concept.title), path=svg(f"concept-{row.concept.key}"))
            for scene in scenes:
                scene.dress(look, look.say(scene.scene.title), tip=" ")
        self._mark()

    def refresh(self) -> None:
        """Follow the session to another place."""
        if self._session.place != self._place:
            self._mark()

    def _mark(self) -> None:
        look = self._look
        if look is None:
            return
        self._place = concept_key, scene_key, _ = self._session.place
        index, count = self._session.step_number
        for row, scenes in self._rows:
            row.current, row.rail = row.concept.key == concept_key, self._rail
            row.setToolTip(look.say(row.concept.title if self._rail else row.concept.summary))
            row.updateGeometry()
            row.update()
            for scene in scenes:
                scene.current = row.current and scene.scene.key == scene_key
                scene.index = index
                scene.setVisible(row.current and not self._rail)
                said: Text = scene.scene.title
                name = look.say(said)
                if scene.current:
                    name = look.say(words.STEP_OF_SCENE, scene=name, number=index + 1, count=count)
                scene.setAccessibleName(name)
                scene.updateGeometry()
                scene.update()
        centred = Qt.AlignmentFlag.AlignHCenter if self._rail else Qt.AlignmentFlag.AlignLeft
        self._outer.setAlignment(self._fold, centred)
        self._fold.dress(
            look,
            look.say(words.UNFOLD if self._rail else words.FOLD),
            path=svg("menu-2" if self._rail else "layout-sidebar"),
        )

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._mark()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._look is not None:
            painter = QPainter(self)
            painter.setPen(QPen(self._look.colours.line, 1))
            painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _open_concept(self) -> None:
        row = self.sender()
        if isinstance(row, ConceptRow):
            self._session.go(row.concept.key)

    def _open_scene(self) -> None:
        row = self.sender()
        if isinstance(row, SceneRow):
            self._session.go(row.concept.key, row.scene.key)

    def _open_step(self, index: int) -> None:
        row = self.sender()
        if isinstance(row, SceneRow):
            self._session.go(row.concept.key, row.scene.key, row.scene.steps[index].key)
