"""Blocks and Translate over a model that reads other pieces of Korean than morphemes."""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import Any

import pytest
from PySide6.QtCore import QSize

from explainer.concepts.transformer import CONCEPT
from explainer.concepts.transformer.experiment import TranslationExperiment
from explainer.concepts.transformer.sentence import is_known
from explainer.concepts.transformer.settings import Settings
from explainer.concepts.transformer.translate import words as said
from explainer.concepts.transformer.units import UNITS, Unit, piece_name, split
from explainer.lesson import Scene
from explainer.stage.frame import Frame, Room
from explainer.stage.view import View
from tests.lettering import words

PUPPY = ("강아지", "가", "의자", "에", "앉아", "있", "다")
NEW = "펭귄이 의자에 앉아 있다"
ROOM = Room()
SIZE = QSize(1192, 720)
Readers = dict[Unit, TranslationExperiment]


@pytest.fixture(scope="module")
def readers() -> Readers:
    return {unit: TranslationExperiment(Settings(unit=unit), sentences=64) for unit in UNITS}


def shown(
    scene: Scene, reader: TranslationExperiment, key: str, **knobs: Any
) -> tuple[View, Frame]:
    view, step = scene.view(), scene.step(key)
    values = {**scene.values(step), **knobs, "unit": reader.settings.unit}
    frame = Frame(step=step, knobs=values, selection=step.selection, language="ko")
    return view, dataclasses.replace(frame, answer=reader.answer(view.request(frame)))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("key", "step"), [("blocks", "map"), ("translate", "translate")])
def test_every_piece_that_is_read_has_a_chip(
    key: str, step: str, unit: Unit, readers: Readers, qapp: Any
) -> None:
    view, frame = shown(CONCEPT.scene(key), readers[unit], step)
    layout = view.layout_in(frame, ROOM)
    row = layout.overview.source if key == "blocks" else layout.source
    pieces = split(PUPPY, unit)
    assert row.texts == (*(piece_name(piece) for piece in pieces), "끝")
    spoken = [row for row in row.texts if row != "·"][:-1]
    written = unicodedata.normalize("NFC", "".join(p for p in pieces if p != " "))
    assert written == "강아지가의자에앉아있다" and len(spoken) <= len(pieces)
    # Within a written word chips touch; the space between words touches neither.
    for place, piece in enumerate(pieces):
        if piece == " ":
            assert row.joined[place] == (False, False)
    if unit in ("syllable", "jamo"):
        first = pieces.index(" ")
        assert all(before for before, _ in row.joined[1:first])
    assert layout.notice is None
    view.close()


@pytest.mark.parametrize(
    ("key", "step"),
    [("blocks", "map"), ("blocks", "attention"), ("translate", "translate"), ("translate", "loop")],
)
def test_letters_stand_alone(key: str, step: str, readers: Readers, qapp: Any) -> None:
    """A conjoining letter by itself is a box that no one can read."""
    view, frame = shown(CONCEPT.scene(key), readers["jamo"], step)
    found = words(view, frame, 99, "light", SIZE)
    card = view.lens(frame, 99)
    assert card is not None
    texts = [word.text for word in found] + [view.described(frame)]
    texts += [card.title, *(text for row in card.rows for text in row)]
    assert "ㄱ" in texts
    for text in texts:
        assert not any(0x1100 <= ord(letter) <= 0x11FF for letter in text), text
    view.close()


@pytest.mark.parametrize("key", ["blocks", "translate"])
def test_a_new_word_is_read_by_its_letters(key: str, readers: Readers, qapp: Any) -> None:
    """No token for it is said only where that is so."""
    scene = CONCEPT.scene(key)
    step = scene.steps[0].key
    for unit, is_read in (("morpheme", False), ("eojeol", False), ("jamo", True)):
        view, frame = shown(scene, readers[unit], step, sentence=NEW)  # type: ignore[index]
        walk = frame.answer.said if key == "blocks" else frame.answer
        assert all(is_known(frame.knobs, piece) for piece in walk.source) == is_read
        told = view.layout_in(frame, ROOM).notice.said
        assert ("펭귄" in told) != is_read, (unit, told)
        view.close()


def test_cases_are_given_by_letters_too(readers: Readers, qapp: Any) -> None:
    _, frame = shown(CONCEPT.scene("translate"), readers["jamo"], "wrong", sentence=NEW)
    by_key = {judged.key: judged.found for judged in frame.answer}
    assert by_key["unknown"].source[:-1] == split(("펭귄", "이", *PUPPY[2:]), "jamo")


def test_what_needs_morphemes_says_so(readers: Readers, qapp: Any) -> None:
    for unit in ("morpheme", "syllable"):
        view, frame = shown(CONCEPT.scene("translate"), readers[unit], "alignment")
        assert bool(frame.answer.alignment) == (unit == "morpheme")
        texts = {word.text for word in words(view, frame, 99, "light", SIZE)}
        assert (said.OF_MORPHEMES.ko in texts) == (unit != "morpheme")
        view.close()
