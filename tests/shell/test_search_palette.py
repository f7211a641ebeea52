from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from explainer.shell.search import entries, matching
from explainer.shell.window import MainWindow
from tests.shell.fake_session import CNN, FakeSession

ALL = entries((CNN,))


def titles(typed: str) -> list[str]:
    return [entry.title.en for entry in matching(ALL, typed)]


@pytest.mark.parametrize("typed", ["pool", "POOLING", "풀링", "풀리", "풀ㄹ", "ㅍㄹ"])
def test_both_languages_and_unfinished_syllables_find_a_scene(typed: str) -> None:
    assert titles(typed)[0] == "Pooling"


def test_a_syllable_still_being_typed_finds_its_word() -> None:
    assert "Draw a digit" in titles("숫자 그") and "Draw a digit" in titles("숫ㅈ")


def test_words_are_found_in_any_order_and_titles_come_first() -> None:
    found = titles("digit draw")
    assert found[0] == "Draw a digit"
    assert len(titles("kernel")) == sum(len(scene.steps) for scene in CNN.scenes)


def test_nothing_is_nothing_and_an_empty_field_is_everything() -> None:
    assert titles("xyzzy") == []
    assert len(titles("  ")) == len(ALL)


def test_typing_and_enter_go_there(window: Callable[..., MainWindow], session: FakeSession) -> None:
    made = window()
    QTest.keyClick(made, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = made.findChild(QLineEdit, "searchField")
    assert field.isVisible()
    QTest.keyClicks(field, "pooling")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session.place[:2] == ("cnn", "pooling")
    assert not field.isVisible()


def test_keys_stay_with_the_field_while_typing(
    window: Callable[..., MainWindow], session: FakeSession
) -> None:
    made = window()
    made.palette_.open()
    field = made.findChild(QLineEdit, "searchField")
    QTest.keyClicks(field, "n f b ")
    assert field.text() == "n f b "
    assert session.calls == [] and not made.presenting
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
