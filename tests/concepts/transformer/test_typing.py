"""The sentence over the picture: the field always shows what the picture shows."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.concepts.transformer import CONCEPT
from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.concepts.transformer.translate.view import TranslateView
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Frame, Pick

SCENE = CONCEPT.scene("translate")


class Stage(TranslateView):
    """The scene's view with what a session does: a pick changes the frame that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.picked.connect(self.take_pick)
        self.go("translate")

    def go(self, step: str) -> None:
        """Show the start of a step."""
        values = SCENE.values(SCENE.step(step))
        self.show_one(Frame(step=SCENE.step(step), knobs=MappingProxyType(values)))

    def show_one(self, frame: Frame) -> None:
        """Show a frame."""
        self.show_frame(frame, 0.0, COLOURS["light"], 1.0)

    def take_pick(self, pick: Pick) -> None:
        """Show the frame that a pick makes."""
        assert self.frame is not None
        if "sentence" in pick.knobs:
            self.asked.append(str(pick.knobs["sentence"]))
        knobs = MappingProxyType({**self.frame.knobs, **pick.knobs})
        self.show_one(dataclasses.replace(self.frame, knobs=knobs))

    def type_anew(self, text: str) -> None:
        """Type over what stands in the field; nothing empties it."""
        self.field.setFocus()
        self.field.selectAll()
        if text:
            QTest.keyClicks(self.field, text)
        else:
            QTest.keyClick(self.field, Qt.Key.Key_Backspace)

    @property
    def examples(self) -> list[Any]:
        """What Tab reaches over the prompt."""
        return [press for press in self._examples._made if press.isVisible()]


@pytest.fixture
def stage(qapp: Any, qtbot: Any) -> Any:
    made = Stage()
    qtbot.addWidget(made)
    made.resize(1192, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def compose(stage: Stage, preedit: str, committed: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(committed)
    QApplication.sendEvent(stage.field, event)


def test_what_is_typed_stays_while_the_picture_shows_it(stage: Stage) -> None:
    stage.type_anew("abc")
    assert stage.asked == ["a", "ab", "abc"]
    assert stage.frame is not None
    stage.show_one(dataclasses.replace(stage.frame, answer=None))
    assert stage.field.text() == "abc" and stage.field.hasFocus()


def test_another_step_takes_the_typed_sentence_away(stage: Stage) -> None:
    stage.type_anew("abc")
    stage.go("loop")
    assert stage.frame is not None
    assert stage.field.text() == stage.frame.knobs["sentence"] == EXAMPLES[0]
    assert stage.field.hasFocus()
    QTest.keyClicks(stage.field, "!")
    assert stage.asked[-1] == f"{EXAMPLES[0]}!" == stage.field.text()


@pytest.mark.parametrize("typed", ["xyz", ""])
def test_reset_all_takes_it_away_and_the_focus(stage: Stage, typed: str) -> None:
    stage.type_anew(typed)
    assert stage.prompt.isVisible() == (not typed)
    stage.reset()
    stage.go("translate")
    assert stage.field.text() == EXAMPLES[0]
    assert stage.hasFocus() and not stage.prompt.isVisible()


def test_the_prompt_covers_no_other_step(stage: Stage) -> None:
    stage.type_anew("")
    assert stage.prompt.isVisible()
    stage.go("loop")
    assert stage.field.text() == EXAMPLES[0] and not stage.prompt.isVisible()
    stage.type_anew("")
    stage.go("rate")  # asks for no sentence
    assert not stage.prompt.isVisible() and not stage.examples


def test_a_step_without_a_field_is_not_asked_what_was_being_composed(stage: Stage) -> None:
    stage.type_anew("")
    compose(stage, "나", "왕이")
    stage.go("rate")
    assert stage.asked == []


def test_undo_and_the_button_replace_what_was_typed(stage: Stage) -> None:
    stage.type_anew("abc")
    assert stage.frame is not None
    stage.picked.emit(stage.pick(stage.frame, ("another",)))
    assert stage.field.text() == stage.asked[-1] != "abc"
    stage.undo()
    assert stage.field.text() == stage.asked[-1] == "abc"


def test_a_composition_that_is_cancelled_leaves_its_sentence_to_be_read(stage: Stage) -> None:
    stage.type_anew("")
    compose(stage, "나", "왕이")
    assert stage.field.text() == "왕이" and stage.asked == []
    compose(stage, "")
    assert stage.asked == ["왕이"]
    stage.setFocus()
    assert stage.field.text() == "왕이" and stage.asked == ["왕이"]


def test_a_composition_that_ends_is_asked_once(stage: Stage) -> None:
    stage.type_anew("")
    compose(stage, "나", "왕이")
    compose(stage, "", "나")
    assert stage.asked == ["왕이나"]
    compose(stage, "ㄱ")
    compose(stage, "")  # nothing was committed: nothing new to ask
    assert stage.asked == ["왕이나"]


def test_leaving_the_field_takes_what_was_not_yet_asked(stage: Stage) -> None:
    stage.type_anew("")
    compose(stage, "나", "왕이")
    stage.setFocus()
    assert stage.asked == ["왕이"] and stage.field.text() == "왕이"
    stage.type_anew("")
    stage.setFocus()
    assert stage.field.text() == "왕이" and not stage.prompt.isVisible()
    assert stage.asked == ["왕이"]


def test_tab_reaches_the_examples_of_the_prompt(stage: Stage) -> None:
    stage.type_anew("")
    names = [press.accessibleName() for press in stage.examples]
    assert names == list(EXAMPLES[:4])
    QTest.keyClick(stage.field, Qt.Key.Key_Tab)
    assert stage.prompt.isVisible() and stage.examples[0].hasFocus()
    QTest.keyClick(stage.examples[0], Qt.Key.Key_Tab)
    QTest.keyClick(stage.examples[1], Qt.Key.Key_Space)
    assert stage.asked == [EXAMPLES[1]] and stage.field.text() == EXAMPLES[1]
    assert stage.hasFocus() and not stage.prompt.isVisible() and not stage.examples


def test_back_from_the_examples_to_the_field_the_prompt_stays(stage: Stage) -> None:
    stage.type_anew("")
    QTest.keyClick(stage.field, Qt.Key.Key_Tab)
    QTest.keyClick(stage.examples[0], Qt.Key.Key_Backtab)
    assert stage.field.hasFocus() and stage.prompt.isVisible()
    QTest.keyClick(stage.field, Qt.Key.Key_Tab)
    QTest.mouseClick(stage.prompt, Qt.MouseButton.LeftButton, pos=QPoint(4, 300))
    assert stage.field.hasFocus() and stage.prompt.isVisible() and stage.asked == []


def test_escape_and_tab_lead_out_of_the_examples(stage: Stage) -> None:
    stage.type_anew("")
    QTest.keyClick(stage.field, Qt.Key.Key_Tab)
    QTest.keyClick(stage.examples[0], Qt.Key.Key_Escape)
    assert stage.field.text() == EXAMPLES[0] and not stage.prompt.isVisible() and stage.hasFocus()
    stage.type_anew("")
    QTest.keyClick(stage.field, Qt.Key.Key_Tab)
    for press in stage.examples:
        assert press.hasFocus() and stage.prompt.isVisible()
        QTest.keyClick(press, Qt.Key.Key_Tab)
    assert stage.field.text() == EXAMPLES[0] and not stage.prompt.isVisible()
    assert stage.asked == []


def test_only_the_left_button_takes_an_example_and_no_light_stays(stage: Stage) -> None:
    stage.type_anew("")
    scale, origin = stage.scale_and_origin()
    _, _, rect = stage.prompt.pills()[2]
    point = (rect.center() * scale + origin).toPoint()
    QTest.mouseMove(stage.prompt, point)
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(stage.prompt, button, pos=point)
    assert stage.asked == [] and stage.prompt.isVisible()

    def picture() -> Any:
        return stage.prompt.grab(stage.on_screen(rect).toRect()).toImage()

    lit = picture()
    QApplication.sendEvent(stage.prompt, QEvent(QEvent.Type.Leave))
    dark = picture()
    assert lit != dark
    QTest.mouseClick(stage.prompt, Qt.MouseButton.LeftButton, pos=point)
    assert stage.asked == [EXAMPLES[2]]
    stage.type_anew("")
    assert picture() == dark
