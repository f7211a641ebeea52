from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from explainer.lesson import Choice, Grid, Knob, Span, Text, Toggle
from explainer.stage.cells import read_number
from explainer.stage.colours import COLOURS
from explainer.stage.knobs import KnobRow, stops
from explainer.stage.look import Look
from explainer.stage.segments import written

NAME = Text("Size", "크기")
REASON = Text("The window would be larger than the picture.", "창이 그림보다 커집니다.")
EN, KO = Look(COLOURS["light"], "en"), Look(COLOURS["light"], "ko")


def row(qtbot: Any, control: Any, default: Any, wide: int = 300) -> tuple[KnobRow, list[Any]]:
    made = KnobRow(Knob("size", "view", NAME, default, control))
    qtbot.addWidget(made)
    made.dress(EN)
    made.resize(wide, 120)
    made.show()
    told: list[Any] = []
    made.changed.connect(told.append)
    return made, told


@pytest.mark.parametrize(
    ("control", "default", "other"),
    [
        (Choice((2, 3, 4)), 2, 3),
        (Span(1, 9), 3, 5),
        (Toggle(), False, True),
        (Grid(), (0.0,) * 9, (1.0,) * 25),
    ],
)
def test_a_control_is_named_and_set_in_silence(
    qtbot: Any, control: Any, default: Any, other: Any
) -> None:
    made, told = row(qtbot, control, default)
    inner = made.findChild(QWidget, "knob-size")
    assert inner.accessibleName() == "Size"
    made.set_value(other)
    assert told == []
    made.dress(KO)
    assert inner.accessibleName() == "크기"


def test_a_choice_tells_what_was_clicked(qtbot: Any) -> None:
    made, told = row(qtbot, Choice((2, 3, 4)), 2)
    made.findChild(QWidget, "segment-2").click()
    assert told == [4]


def test_many_choices_become_a_list(qtbot: Any) -> None:
    made, told = row(qtbot, Choice(tuple(range(9))), 0)
    drop = made.findChild(QWidget, "list")
    assert drop.isVisible() and not made.findChild(QWidget, "segment-0").isVisible()
    drop.activated.emit(5)
    assert told == [5]


def test_impossible_values_are_grey_and_say_why(qtbot: Any) -> None:
    made, _ = row(qtbot, Choice((2, 3, 4)), 2)
    made.set_allowed((2, 3), REASON, EN)
    assert not made.findChild(QWidget, "segment-2").isEnabled()
    assert made.toolTip() == REASON.en
    made.set_allowed((2, 3, 4), REASON, EN)
    assert made.findChild(QWidget, "segment-2").isEnabled() and made.toolTip() == ""


def test_a_slider_goes_to_the_nearest_possible_stop(qtbot: Any) -> None:
    made, told = row(qtbot, Span(1, 9), 3)
    made.set_allowed((1, 2, 3, 4), REASON, EN)
    made.findChild(QWidget, "knob-size").setValue(7)
    assert told == [4]


def test_stops_of_a_log_scale_are_round_numbers() -> None:
    assert stops(Span(1e-4, 1, 3, True), whole=False)[::3] == (1e-4, 1e-3, 1e-2, 0.1, 1.0)
    assert stops(Span(0, 1, 0.1), whole=False)[3] == 0.3
    assert stops(Span(4, 40), whole=True)[:2] == (4, 5)


def test_a_toggle_tells_its_state(qtbot: Any) -> None:
    made, told = row(qtbot, Toggle(), False)
    made.findChild(QWidget, "knob-size").click()
    assert told == [True]


def test_numbers_are_typed_and_turned(qtbot: Any) -> None:
    made, told = row(qtbot, Grid(-2, 2), (0.0,) * 9)
    cell = made.findChild(QWidget, "cell-4")
    cell.setFocus()
    cell.selectAll()
    QTest.keyClicks(cell, "-1,5")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert told[-1][4] == -1.5 and cell.text() == "−1.5"
    cell.setFocus()
    QTest.keyClick(cell, Qt.Key.Key_Up)
    assert told[-1][4] == -1.4
    cell.selectAll()
    QTest.keyClicks(cell, "99")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert told[-1][4] == 2
    cell.setFocus()
    cell.selectAll()
    QTest.keyClicks(cell, "abc")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert cell.text() == "2.0"


@pytest.mark.parametrize(
    ("typed", "read"), [("1.5", 1.5), ("−2", -2.0), ("0,25", 0.25), ("", None), ("nan", None)]
)
def test_reading_numbers(typed: str, read: float | None) -> None:
    assert read_number(typed) == read


@pytest.mark.parametrize(
    ("value", "shown"), [(1500, "1,500"), (0.001, "0.001"), (0.00015, "0.00015"), (-2.5, "−2.5")]
)
def test_writing_numbers(value: float, shown: str) -> None:
    assert written(value) == shown
