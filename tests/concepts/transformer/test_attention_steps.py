"""The steps from tokens to mixed values: units, waves, and numbers that must be readable."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from types import MappingProxyType

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from explainer.concepts.transformer import CONCEPT
from explainer.concepts.transformer.attention import pieces, projections, softmax, waves
from explainer.concepts.transformer.attention.focus import question
from explainer.concepts.transformer.attention.layout import attention_layout
from explainer.concepts.transformer.attention.lesson import KNOBS, STEPS
from explainer.concepts.transformer.attention.probe import LearningTime
from explainer.concepts.transformer.attention.view import AttentionView
from explainer.concepts.transformer.experiment import TranslationExperiment
from explainer.concepts.transformer.sentence import source_chips, spelt
from explainer.concepts.transformer.settings import Settings
from explainer.concepts.transformer.tokens import UNKNOWN
from explainer.concepts.transformer.units import UNITS, costs, korean_pieces, split
from explainer.lesson import LANGUAGES
from explainer.shell.knob_values import kept_possible
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Frame, Room
from explainer.stage.heatmap import cell
from explainer.stage.lettering import number
from explainer.stage.view import paint
from tests.lettering import faults, words

ROOMS = (Room(1192, 720, 1.0), Room(1000, 720, 1.6))
HOMONYM = "소녀가 자기 배를 먹고 있다"
LONG = "용감한 소년이 공을 던지고 있지 않았다"


@pytest.fixture(scope="module")
def experiment() -> TranslationExperiment:
    return TranslationExperiment(Settings())


def frame_of(experiment: TranslationExperiment, key: str, **knobs: object) -> Frame:
    """Return the frame of a step with the first part of its answer."""
    step = next(step for step in STEPS if step.key == key)
    values = {knob.key: step.knobs.get(knob.key, knob.default) for knob in KNOBS} | knobs
    values["unit"] = experiment.settings.unit
    frame = Frame(step=step, snapshot=object(), knobs=MappingProxyType(values))
    asked = question(frame)
    assert asked is not None
    return dataclasses.replace(frame, answer=_first(experiment.answer(asked)))


def _first(answer: object) -> object:
    return next(answer) if isinstance(answer, Iterator) else answer


@pytest.mark.parametrize("unit", UNITS)
def test_chips_have_the_numbers_of_the_units_vocabulary(unit: str, qtbot: object) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    reader = TranslationExperiment(Settings(unit=unit), sentences=64)  # type: ignore[arg-type]
    vocabulary = korean_pieces(unit)  # type: ignore[arg-type]
    for sentence in (HOMONYM, LONG, "펭귄이 의자에 앉아 있다", "hello"):
        frame = frame_of(reader, "tokens", sentence=sentence)
        answer = frame.answer
        assert answer.unit == unit and answer.vocabulary_size == len(vocabulary)
        assert len(answer.ids) == len(answer.tokens) == len(answer.reading.embedded)
        for place, token in zip(answer.ids, answer.tokens, strict=True):
            known = token in vocabulary.ids
            assert vocabulary.tokens[place] == (token if known else UNKNOWN)
        layout = attention_layout(frame, ROOMS[0])
        at = pieces.places(layout, frame, answer)
        shown = [text for row in at.lines for text in row.texts]
        assert len(shown) == len(answer.tokens)
        last = at.lines[-1].rects[-1].center()
        assert view.hit(layout, frame, last) == ("row", len(shown) - 1)
        chips = source_chips(frame.knobs)
        if unit != "morpheme":
            assert answer.tokens[:-1] == split(spelt(chips), unit)  # type: ignore[arg-type]


def test_a_row_of_the_table_chooses_the_unit(
    experiment: TranslationExperiment, qtbot: object
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    frame = frame_of(experiment, "tokens")
    layout = attention_layout(frame, ROOMS[0])
    rows = pieces.places(layout, frame, frame.answer).table.rows
    for unit, row in zip(UNITS, rows, strict=True):
        target = view.hit(layout, frame, row.center())
        assert view.pick(frame, target).knobs == {"unit": unit}


def test_every_picture_bears_a_model_that_reads_letters(qtbot: object) -> None:
    reader = TranslationExperiment(Settings(unit="jamo"), sentences=64)
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    image = QImage(1192, 720, QImage.Format.Format_RGB32)
    for step in STEPS:
        values = {knob.key: step.knobs.get(knob.key, knob.default) for knob in KNOBS}
        frame = Frame(step=step, snapshot=object(), knobs=values | {"unit": "jamo"})
        asked = question(frame)
        assert (asked is None) == (step.knobs["picture"] in ("relations", "cut"))
        answer = None if asked is None else _first(reader.answer(asked))
        frame = dataclasses.replace(frame, answer=answer)
        with QPainter(image) as painter:
            paint(view, painter, image.rect().toRectF(), frame, 99, COLOURS["light"])
        view.lens(frame, 99)


@pytest.mark.parametrize("key", ["attention", "blocks", "translate"])
def test_another_direction_brings_morphemes_back(key: str) -> None:
    scene = CONCEPT.scene(key)
    values = dict(scene.values(scene.steps[0])) | {"unit": "jamo", "direction": "en-ko"}
    assert kept_possible(scene, "direction", values) == {"unit": "morpheme"}


def test_a_wave_goes_through_the_models_own_numbers(experiment: TranslationExperiment) -> None:
    table = waves.table(frame_of(experiment, "positions").answer)
    places = np.arange(len(table))
    for column in range(table.shape[1]):
        assert np.allclose(waves.wave(column, places, table.shape[1]), table[:, column], atol=1e-5)


def test_the_marked_row_is_written_in_all_three_maps(
    experiment: TranslationExperiment, qtbot: object
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    frame = dataclasses.replace(frame_of(experiment, "softmax"), selection=("row", 4))
    for theme, size in (
        ("light", QSize(1192, 720)),
        ("dark", QSize(968, 456)),
        ("projector", QSize(968, 456)),
    ):
        said = [word.text for word in words(view, frame, 99, theme, size)]  # type: ignore[arg-type]
        for (values, _, _), decimals in zip(
            softmax.stages(frame, frame.answer), softmax.DECIMALS, strict=True
        ):
            for value in values[4]:
                assert number(float(value), decimals) in said


def test_query_key_and_value_are_written_also_where_rows_are_low(
    experiment: TranslationExperiment, qtbot: object
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    frame = dataclasses.replace(frame_of(experiment, "qkv"), selection=("row", 4))
    size = QSize(968, 456)
    for theme in ("dark", "projector"):
        said = [word.text for word in words(view, frame, 99, theme, size)]  # type: ignore[arg-type]
        for values in projections.made(frame, frame.answer):
            assert all(number(float(value), 1) in said for value in values[4])
    layout = attention_layout(frame, ROOMS[1])
    strip = projections.rects(layout, frame, frame.answer)[5]
    point = cell(strip, 0, 3, 1, 16).center()
    assert projections.hit(layout, frame, frame.answer, point) == ("made", "k", 4, 3)


@pytest.mark.parametrize("unit", UNITS)
def test_the_chips_and_the_table_of_any_unit_are_readable(unit: str, qtbot: object) -> None:
    reader = TranslationExperiment(Settings(unit=unit), sentences=64)  # type: ignore[arg-type]
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    times = tuple(LearningTime(each, 1225, 135.7) for each in UNITS)
    for sentence in (HOMONYM, "용감한 펭귄들이 침대 밑에 숨어 있지 않았다"):
        frame = frame_of(reader, "tokens", sentence=sentence)
        full = dataclasses.replace(frame.answer, costs=costs(), learning=times)
        for language in LANGUAGES:
            shown = dataclasses.replace(frame, answer=full, language=language)
            for theme, size in (("light", QSize(1192, 720)), ("projector", QSize(968, 456))):
                found = words(view, shown, 99, theme, size)  # type: ignore[arg-type]
                assert faults(found, size, 11) == []
                assert f"{costs()[0].vocabulary_size}" in {word.text for word in found}
