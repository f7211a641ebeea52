from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from explainer.shell.help import rows
from explainer.shell.keys import KEYS, table


@pytest.mark.parametrize("context", ["window", "slide"])
def test_no_key_calls_two_actions(context: str) -> None:
    keys = [
        QKeySequence(key).toString() for entry in table(context) for key in entry.keys + entry.twins
    ]
    doubled = [key for key, count in Counter(keys).items() if count > 1]
    assert not doubled


def test_every_key_is_one_that_qt_knows() -> None:
    for entry in KEYS:
        for key in entry.keys + entry.twins:
            assert QKeySequence(key).count() == 1, key


def test_plain_letters_have_their_hangul_twins() -> None:
    for entry in KEYS:
        bare = [key.removeprefix("Shift+") for key in entry.keys]
        letters = [key for key in bare if len(key) == 1 and key.isalpha()]
        assert len(letters) == len(entry.twins), entry.action


def test_help_lists_the_whole_table() -> None:
    assert [label for _, label, _ in rows()] == [entry.label for entry in KEYS]


def test_space_plays_in_the_window_and_is_next_in_full_screen() -> None:
    calls = {
        context: [entry.action for entry in table(context) if "Space" in entry.keys]
        for context in ("window", "slide")
    }
    assert calls == {"window": ["play"], "slide": ["next"]}


def test_a_clicker_is_understood_in_full_screen() -> None:
    said = {key: entry.action for entry in table("slide") for key in entry.keys}
    assert [said[key] for key in ("PgDown", "PgUp", "F5", "Esc", ".")] == [
        "next", "previous", "leave", "leave", "black",
    ]  # fmt: skip
