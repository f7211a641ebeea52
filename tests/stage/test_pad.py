from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explainer.stage.pad import SIDE, Pad


@pytest.fixture
def pad(qapp: object) -> Pad:
    pad = Pad()
    pad.resize(SIDE, SIDE)
    return pad


def press(pad: Pad, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(pad, key)


def wipe_with_an_example(pad: Pad) -> None:
    pad.show_example(np.zeros((SIDE, SIDE), np.float32))


def click_elsewhere(pad: Pad) -> None:
    QTest.mouseClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


@pytest.mark.parametrize("lift", [Pad.clear, Pad.undo, wipe_with_an_example, click_elsewhere])
def test_what_ends_the_stroke_lifts_the_keyboards_pen(
    pad: Pad, lift: Callable[[Pad], None]
) -> None:
    press(pad, Qt.Key.Key_Space)
    press(pad, Qt.Key.Key_Right, 3)
    assert pad.drawing().any()
    lift(pad)
    before = pad.drawing()
    press(pad, Qt.Key.Key_Down, 3)
    assert np.array_equal(pad.drawing(), before), "a lifted pen draws nothing"
    # One press sets it down again, so it was not shown as down.
    press(pad, Qt.Key.Key_Space)
    press(pad, Qt.Key.Key_Down, 3)
    assert pad.drawing().sum() > before.sum()


def test_space_sets_the_pen_down_and_lifts_it(pad: Pad) -> None:
    press(pad, Qt.Key.Key_Space)
    press(pad, Qt.Key.Key_Left, 3)
    drawn = pad.drawing()
    press(pad, Qt.Key.Key_Space)
    press(pad, Qt.Key.Key_Left, 9)
    assert np.array_equal(pad.drawing(), drawn)
