"""The bent lattice: its opacity is a density only where the lattice is all of the noise."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from explainer.concepts.gan.experiment import PlaneExperiment
from explainer.concepts.gan.plane_picture import draw_grid, on_plane
from explainer.concepts.gan.reading import Survey
from explainer.concepts.gan.settings import PlaneSettings
from explainer.stage.colours import COLOURS

_SIDE = 400


def painted(size: int, warped: np.ndarray) -> np.ndarray:
    """Return where ink is, (side, side)."""
    image = QImage(_SIDE, _SIDE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        draw_grid(painter, QRectF(0, 0, _SIDE, _SIDE), warped, "gaussian", size, COLOURS["light"])
    grey = np.frombuffer(image.constBits(), np.uint8).reshape(_SIDE, -1)[:, :_SIDE]
    return grey < 250


@pytest.mark.parametrize(("size", "share"), [(2, 1.0), (3, 0.0), (8, 0.0)])
def test_only_a_lattice_of_two_numbers_is_inked_by_density(size: int, share: float) -> None:
    along = np.linspace(-1, 1, 13)
    warped = np.stack(np.meshgrid(along, along), axis=-1)
    ink = painted(size, warped)
    # The middles of the cells: the lines, every second one of which is drawn, lie elsewhere.
    middles = on_plane(QRectF(0, 0, _SIDE, _SIDE), (warped[4:8, 4:8] + warped[5:9, 5:9]) / 2)
    inked = [ink[int(y), int(x)] for x, y in middles.reshape(-1, 2)]
    assert np.mean(inked) == share
    assert ink.any()


def test_of_one_number_there_is_one_bent_line() -> None:
    _, warped = Survey(8, 13).read(PlaneExperiment(PlaneSettings(noise_size=1)).pair)
    ink = painted(1, warped)
    assert ink.any()
    np.testing.assert_allclose(warped, np.broadcast_to(warped[:1], warped.shape), atol=1e-6)
    across = on_plane(QRectF(0, 0, _SIDE, _SIDE), warped[0])
    long = float(np.linalg.norm(np.diff(across, axis=0), axis=1).sum())
    assert ink.sum() < 4 * long  # no thicker than one line
