from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from explainer.stage.keeping import Keeping

PLACE = QRect(0, 0, 4, 4)
ONE, EQUAL = np.zeros(2), np.zeros(2)


@pytest.fixture
def painted(qapp: object) -> Iterator[Callable[..., int]]:
    """Draw a part; returns how often it was painted so far."""
    keeping, image = Keeping(), QImage(4, 4, QImage.Format.Format_RGB32)
    times = []

    def draw(*of: Any) -> int:
        with QPainter(image) as painter:
            keeping.draw(painter, "part", PLACE, of, lambda _: times.append(1))
        return len(times)

    yield draw


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ONE, EQUAL),
        ((ONE,), (EQUAL,)),
        ((1, (ONE, "a")), (1, (EQUAL, "a"))),
        ((ONE,), (1.0,)),
        ((1.0,), (ONE,)),
        ((1, 2), (1, 3)),
        ((1, 2), (1, 2, 3)),
        (None, ONE),
    ],
)
def test_what_differs_is_painted_anew(
    painted: Callable[..., int], one: object, other: object
) -> None:
    assert painted(one) == 1
    assert painted(other) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ONE, ONE),
        ((ONE, 2), (ONE, 2)),
        ((1, (ONE, "a")), (1, (ONE, "a"))),
        ("ab", "".join(["a", "b"])),
    ],
)
def test_what_is_the_same_or_equal_is_not(
    painted: Callable[..., int], one: object, other: object
) -> None:
    assert painted(one) == 1
    assert painted(other) == 1
