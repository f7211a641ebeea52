"""The one table of colour roles and value ramps, for each theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from PySide6.QtGui import QColor, QPalette

ThemeName = Literal["light", "dark", "projector"]
THEMES: tuple[ThemeName, ...] = ("light", "dark", "projector")
RampName = Literal["signed", "weight", "magnitude", "image", "verdict"]

# The exponent lifts small values into sight while zero stays exactly the neutral colour.
_LIFT = 0.75
# Index 127 of a 255-entry table is zero, so both signs have 127 levels.
_ZERO = 127


@dataclass(frozen=True, slots=True)
class Colours:
    """What every colour on the screen means, in one theme.

    Roles are `QColor`; `tables` holds one palette a ramp, each (255, 3) uint8: entry 127 is zero,
    0 the negative and 254 the positive extreme. Unsigned ramps use entries 127 to 254 only.
    """

    name: ThemeName
    background: QColor
    surface: QColor
    line: QColor
    ink: QColor
    muted: QColor
    faint: QColor
    amber: QColor
    amber_soft: QColor
    amber_text: QColor
    on_amber: QColor
    ribbon: QColor
    query: QColor
    value: QColor
    generator: QColor
    gradient: QColor
    wrong: QColor
    branch: QColor
    frozen: QColor
    frozen_soft: QColor
    dark_text: QColor
    tables: Mapping[str, np.ndarray]

    @property
    def real(self) -> QColor:
        """Real data, beside what was forged."""
        return self.value

    @property
    def discriminator(self) -> QColor:
        """The net that judges."""
        return self.query

    @property
    def is_dark(self) -> bool:
        """Whether larger magnitudes are brighter."""
        return self.name == "dark"

    @property
    def is_projector(self) -> bool:
        """Whether lines are thick and contrast is highest."""
        return self.name == "projector"

    def solid(self, ramp: RampName, sign: int = 1) -> QColor:
        """Return the ramp's colour for bars and curves: its third stop on the given side."""
        return QColor(*(int(c) for c in self.tables[ramp][_ZERO + sign * 85]))

    def colour_of(self, value: float, peak: float, ramp: RampName) -> QColor:
        """Return the colour of one value on a ramp whose extreme is `peak`."""
        index = int(levels(np.asarray([value]), peak)[0])
        return QColor(*(int(c) for c in self.tables[ramp][index]))

    def over(self, colour: QColor, alpha: float) -> QColor:
        """Return, opaque, what a colour at an opacity of 0..1 shows on the background.

        Where it lies on the plain background it looks the same, and antialiased curves in it cost
        less than half as much (measured).
        """
        ground = self.background
        channels = ("red", "green", "blue")
        mixed = (
            getattr(ground, c)() + alpha * (getattr(colour, c)() - getattr(ground, c)())
            for c in channels
        )
        return QColor(*(round(value) for value in mixed))

    def text_on(self, fill: QColor) -> QColor:
        """Return the ink that reads best on a filled cell."""
        luma = 0.299 * fill.red() + 0.587 * fill.green() + 0.114 * fill.blue()
        return self.dark_text if luma > 140 else _WHITE

    def inks_on(self, values: np.ndarray, peak: float, ramp: RampName) -> list[QColor]:
        """Return the ink that reads best on each of a row of cells, (n,) finite.

        One by one they cost as much as writing the numbers (measured).
        """
        inks = _inks(self.name, ramp)
        return [inks[level] for level in levels(values, peak).tolist()]


_WHITE = QColor("#FFFFFF")


@cache
def _inks(theme: ThemeName, ramp: RampName) -> tuple[QColor, ...]:
    """Return the ink that reads on each entry of a ramp's palette."""
    colours = COLOURS[theme]
    return tuple(colours.text_on(QColor(*entry)) for entry in colours.tables[ramp].tolist())


def levels(values: np.ndarray, peak: float) -> np.ndarray:
    """Map values to palette entries.

    Parameters
    ----------
    values : ndarray
        Any shape; finite.
    peak : float
        The largest magnitude of the tensor the values belong to; nothing is clamped below it.

    Returns
    -------
    ndarray of uint8
        Same shape; 127 is zero, 0 is -peak, 254 is +peak.
    """
    if peak <= 0:
        return np.full(values.shape, _ZERO, np.uint8)
    share = np.minimum(np.abs(values) / peak, 1.0) ** _LIFT
    return (_ZERO + np.rint(np.copysign(share * _ZERO, values))).astype(np.uint8)


def _ramp(stops: str) -> np.ndarray:
    colours = np.array([QColor(stop).getRgb()[:3] for stop in stops.split()], float)
    position = np.linspace(0, len(colours) - 1, _ZERO + 1)
    channels = [np.interp(position, np.arange(len(colours)), colours[:, c]) for c in range(3)]
    return np.rint(np.stack(channels, axis=1))


def _table(negative: str, positive: str) -> np.ndarray:
    table = np.concatenate([_ramp(negative)[:0:-1], _ramp(positive)]).astype(np.uint8)
    table.setflags(write=False)
    return table


_ROLES: dict[ThemeName, dict[str, str]] = {
    "light": {
        "background": "#FBFBF9", "surface": "#FFFFFF", "line": "#E3E2DC", "ink": "#1E2530",
        "muted": "#5D6673", "faint": "#B6BCC6", "amber": "#C98200", "amber_soft": "#FDF3DC",
        "amber_text": "#8A5A00", "on_amber": "#1E2530", "ribbon": "#8A94A3", "query": "#2F7AC2",
        "value": "#14806B", "generator": "#8F6BCE", "gradient": "#D4478F", "wrong": "#C8590A",
        "branch": "#14806B", "frozen": "#3F9DB4", "frozen_soft": "#E4F4F8",
        "dark_text": "#1E2530",
    },
    "dark": {
        "background": "#11151C", "surface": "#1A2029", "line": "#2B3340", "ink": "#E9EDF3",
        "muted": "#9AA5B4", "faint": "#4A5564", "amber": "#FFB938", "amber_soft": "#2E2718",
        "amber_text": "#FFB938", "on_amber": "#11151C", "ribbon": "#8A97A8", "query": "#5AA5EA",
        "value": "#3FBF9F", "generator": "#8D6EE3", "gradient": "#F178B4", "wrong": "#E8833A",
        "branch": "#3FBF9F", "frozen": "#7FD3E6", "frozen_soft": "#16303A",
        "dark_text": "#11151C",
    },
    "projector": {
        "background": "#FFFFFF", "surface": "#FFFFFF", "line": "#A3A8B0", "ink": "#000000",
        "muted": "#333A45", "faint": "#8A919C", "amber": "#D67F00", "amber_soft": "#FFE9BF",
        "amber_text": "#8A5000", "on_amber": "#000000", "ribbon": "#5D6673", "query": "#1260AD",
        "value": "#006B57", "generator": "#7547C4", "gradient": "#B8236F", "wrong": "#B84A00",
        "branch": "#006B57", "frozen": "#147E98", "frozen_soft": "#D3EFF6",
        "dark_text": "#1E2530",
    },
}  # fmt: skip

_RAMPS: dict[ThemeName, dict[str, tuple[str, str]]] = {
    "light": {
        "signed": ("#FFFFFF #FBD9B5 #EE8F3C #A8480A", "#FFFFFF #C3DDF4 #5398D6 #12498A"),
        "weight": ("#F6F4EF #E3C793 #B07A2E #6B430F", "#F6F4EF #A5D9D0 #3E9C90 #0A5A51"),
        "magnitude": ("#F5F1FB #F5F1FB", "#F5F1FB #CBBBEA #8F6BCE #4B2A8C"),
        "image": ("#FFFFFF #FFFFFF", "#FFFFFF #1E2530"),
        "verdict": ("#FFFFFF #E8DAF5 #D6BEEC #C3A3E2", "#FFFFFF #D0EBE3 #A8D8CB #80C3B2"),
    },
    "dark": {
        "signed": ("#1D242E #65391A #D9762B #FFC690", "#1D242E #1D4A7A #3F93E2 #BFE0FF"),
        "weight": ("#262D38 #86602A #DDA14A #FFE3B5", "#262D38 #1E766C #3FC0AE #BDF5EA"),
        "magnitude": ("#1D2230 #1D2230", "#1D2230 #47358A #8D6EE3 #D9CCFF"),
        "image": ("#0B0E13 #0B0E13", "#0B0E13 #E9EDF3"),
        "verdict": ("#141922 #2A2145 #3D2E63 #523D86", "#141922 #143A35 #16554B #1C7063"),
    },
    "projector": {
        "signed": ("#FFFFFF #FFCF9C #E67614 #8A3700", "#FFFFFF #A9D0F5 #2C7CC9 #063670"),
        "weight": ("#FFFFFF #DDB874 #9A6214 #553300", "#FFFFFF #86CCC0 #1B8577 #00463E"),
        "magnitude": ("#FFFFFF #FFFFFF", "#FFFFFF #BBA6E6 #7547C4 #3A1580"),
        "image": ("#FFFFFF #FFFFFF", "#FFFFFF #000000"),
        "verdict": ("#FFFFFF #EADCF7 #D2B8EC #B894DE", "#FFFFFF #CDECE3 #97D4C4 #5DB9A3"),
    },
}


def _theme(name: ThemeName) -> Colours:
    roles = {role: QColor(code) for role, code in _ROLES[name].items()}
    tables = {ramp: _table(*sides) for ramp, sides in _RAMPS[name].items()}
    return Colours(name=name, tables=tables, **roles)


COLOURS: dict[ThemeName, Colours] = {name: _theme(name) for name in THEMES}


def palette(colours: Colours) -> QPalette:
    """Return the Qt palette of a theme; `setColorScheme` does nothing on offscreen and bare X."""
    roles = QPalette.ColorRole
    result = QPalette()
    for role, colour in (
        (roles.Window, colours.surface),
        (roles.Base, colours.surface),
        (roles.AlternateBase, colours.background),
        (roles.Button, colours.surface),
        (roles.ToolTipBase, colours.surface),
        (roles.WindowText, colours.ink),
        (roles.Text, colours.ink),
        (roles.ButtonText, colours.ink),
        (roles.ToolTipText, colours.ink),
        (roles.BrightText, colours.ink),
        (roles.PlaceholderText, colours.muted),
        (roles.Highlight, colours.amber_soft),
        (roles.HighlightedText, colours.ink),
        (roles.Link, colours.amber_text),
        (roles.Light, colours.surface),
        (roles.Midlight, colours.line),
        (roles.Mid, colours.line),
        (roles.Dark, colours.faint),
        (roles.Shadow, colours.faint),
        (roles.Accent, colours.amber),
    ):
        result.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, colours.faint)
    return result


def fade(colour: QColor, alpha: float) -> QColor:
    """Return a colour at an opacity of 0..1."""
    result = QColor(colour)
    result.setAlphaF(max(0.0, min(1.0, alpha)))
    return result
