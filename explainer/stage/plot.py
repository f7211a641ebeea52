"""Charts: pyqtgraph on the stage, drawn from frozen descriptions, and the same in exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QWidget

from explainer.stage.colours import Colours
from explainer.stage.lettering import font


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One line of a chart.

    Parameters
    ----------
    x, y : ndarray, (n,)
        In the chart's axis units.
    colour : QColor
    thick : float
        Pen width in design units.
    dashed : bool
    filled : bool
        Whether the area down to zero is tinted.
    ringed : bool
        Whether each point is marked by a ring.
    """

    x: np.ndarray
    y: np.ndarray
    colour: QColor
    thick: float = 2.0
    dashed: bool = False
    filled: bool = False
    ringed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """What a chart shows.

    Parameters
    ----------
    key : str
        Names it within its view.
    rect : QRectF
        Where it lies, axes included, in design units.
    curves : tuple of Curve
    x_range, y_range : (float, float)
    x_ticks, y_ticks : tuple of (position, label)
    playhead : float or None
        Where the film stands.
    px : float
        Size of the tick labels.
    is_bare : bool
        Whether the curves fill the rectangle, the picture round it writing what the axes say.
    """

    key: str
    rect: QRectF
    curves: tuple[Curve, ...]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    playhead: float | None = None
    px: float = 14.0
    is_bare: bool = False


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
        self._lines: list[pyqtgraph.PlotDataItem] = []
        self._dressed: tuple[object, ...] = ()
        self._playhead = pyqtgraph.InfiniteLine(angle=90)
        self._playhead.setZValue(10)
        self.addItem(self._playhead, ignoreBounds=True)

    def draw_chart(self, chart: Chart, colours: Colours, scale: float = 1.0) -> None:
        """Show a chart; `scale` is screen pixels per design unit."""
        self._dress(chart, colours, scale)
        self.setRange(xRange=chart.x_range, yRange=chart.y_range, padding=0)
        while len(self._lines) < len(chart.curves):
            self._lines.append(self.plot([], [], skipFiniteCheck=True))
        for line, curve in zip(self._lines, chart.curves, strict=False):
            pen = QPen(curve.colour, curve.thick * scale)
            pen.setCosmetic(True)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if curve.dashed:
                pen.setStyle(Qt.PenStyle.DashLine)
            line.setPen(pen)
            tint = QColor(curve.colour)
            tint.setAlphaF(0.14)
            line.setFillLevel(0 if curve.filled else None)
            line.setFillBrush(tint if curve.filled else None)
            line.setSymbol("o" if curve.ringed else None)
            if curve.ringed:
                line.setSymbolSize(11 * scale)
                line.setSymbolPen(pen)
                line.setSymbolBrush(colours.background)
            line.setData(curve.x, curve.y)
        for line in self._lines[len(chart.curves) :]:
            line.setData([], [])
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


def root_ticks(last: int) -> tuple[tuple[float, str], ...]:
    """Return ticks of a √step axis, so that the first tenth of training has room.

    Parameters
    ----------
    last : int
        The last training step; it and 0 are always marked, round numbers between them.
    """
    end = max(last, 1) ** 0.5
    chosen = [0, last] if last > 0 else [0]
    rounds = [digit * 10**power for power in range(8) for digit in (1, 2, 5)]
    for step in sorted((r for r in rounds if r < last), reverse=True):
        # A label takes about an eighth of the axis.
        if all(abs(step**0.5 - other**0.5) > 0.13 * end for other in chosen):
            chosen.append(step)
    return tuple((step**0.5, f"{step:,}") for step in sorted(chosen))
