"""Charts: pyqtgraph on the stage, drawn from frozen descriptions, and the same in exports."""

from __future__ import annotations

from typing import ClassVar

import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QWidget

from explainer.stage.chart import Chart as Chart
from explainer.stage.chart import Curve as Curve
from explainer.stage.chart import root_ticks as root_ticks
from explainer.stage.colours import Colours
from explainer.stage.lettering import font


class Plot(pyqtgraph.PlotWidget):
    """A chart without menus or mouse gestures: the film is scrubbed under the stage."""

    _for_render: ClassVar[dict[str, Plot]] = {}

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, enableMenu=False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseEnabled(x=False, y=False)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hideButtons()
        self.getPlotItem().setContentsMargins(0, 0, 0, 0)
        self._lines: list[pyqtgraph.PlotCurveItem] = []
        self._rings = pyqtgraph.ScatterPlotItem(pxMode=True)
        self._rings.setZValue(5)
        self.addItem(self._rings, ignoreBounds=True)
        self._dressed: tuple[object, ...] = ()
        self._playhead = pyqtgraph.InfiniteLine(angle=90)
        self._playhead.setZValue(10)
        self.addItem(self._playhead, ignoreBounds=True)

    def draw_chart(self, chart: Chart, colours: Colours, scale: float = 1.0) -> None:
        """Show a chart; `scale` is screen pixels per design unit."""
        self._dress(chart, colours, scale)
        self.setRange(xRange=chart.x_range, yRange=chart.y_range, padding=0)
        # Curve items: the library's data items went through every setting anew, 2 ms a picture.
        while len(self._lines) < len(chart.curves):
            line = pyqtgraph.PlotCurveItem(skipFiniteCheck=True)
            self.addItem(line, ignoreBounds=True)
            self._lines.append(line)
        rings = []
        for line, curve in zip(self._lines, chart.curves, strict=False):
            pen = QPen(curve.colour, curve.thick * scale)
            pen.setCosmetic(True)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if curve.dashed:
                pen.setStyle(Qt.PenStyle.DashLine)
            if curve.ringed:
                rings += [
                    {"pos": spot, "pen": pen, "brush": colours.background, "size": 11 * scale}
                    for spot in zip(curve.x.tolist(), curve.y.tolist(), strict=True)
                ]
            tint = QColor(curve.colour)
            tint.setAlphaF(0.14)
            line.setData(
                x=curve.x,
                y=curve.y,
                pen=pen,
                fillLevel=0 if curve.filled else None,
                brush=tint if curve.filled else None,
            )
            line.show()
        for line in self._lines[len(chart.curves) :]:
            line.hide()
        self._rings.setData(rings)
        self._playhead.setVisible(chart.playhead is not None)
        if chart.playhead is not None:
            pen = QPen(colours.amber, 2 * scale)
            pen.setCosmetic(True)
            self._playhead.setPen(pen)
            self._playhead.setValue(chart.playhead)

    def _dress(self, chart: Chart, colours: Colours, scale: float) -> None:
        """Style background and axes where they changed: it costs more than new data."""
        dress = (colours.name, scale, chart.px, chart.x_ticks, chart.y_ticks, chart.is_bare)
        if dress == self._dressed:
            return
        self._dressed = dress
        self.setBackground(colours.background)
        for side, ticks in (("bottom", chart.x_ticks), ("left", chart.y_ticks)):
            axis = self.getAxis(side)
            axis.setTickFont(font(chart.px * scale))
            axis.setTextPen(colours.muted)
            axis.setPen(QPen(colours.line, 1))
            axis.setStyle(tickLength=0, tickTextOffset=round(6 * scale))
            axis.setTicks([list(ticks)])
            # Not setVisible: a hidden axis gives up its room only by its own hide().
            if chart.is_bare:
                axis.hide()
            else:
                axis.show()

    @classmethod
    def render(cls, painter: QPainter, chart: Chart, colours: Colours) -> None:
        """Draw a chart with any painter, in design units; text stays text in an SVG."""
        plot = cls._for_render.get(chart.key)
        if plot is None:
            plot = cls._for_render[chart.key] = cls()
            plot.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            plot.show()  # a PlotItem that was never shown draws no ticks
        plot.resize(chart.rect.size().toSize())
        plot.draw_chart(chart, colours)
        plot.getPlotItem().layout.activate()
        source = QRectF(plot.rect())
        plot.scene().prepareForPaint()
        painter.setBrush(Qt.BrushStyle.NoBrush)  # else the frame of the curves is filled with it
        plot.scene().render(painter, chart.rect, source, Qt.AspectRatioMode.IgnoreAspectRatio)

    @classmethod
    def close_rendered(cls) -> None:
        """Close the hidden charts that exports used."""
        for plot in cls._for_render.values():
            plot.close()
        cls._for_render.clear()
