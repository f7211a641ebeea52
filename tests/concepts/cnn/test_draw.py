"""Drawing by real mouse events, and what the network says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explainer.app import create
from explainer.engine.strokes import centre
from tests.opened import close, is_settled, pump

SEVEN = [(0.25, 0.25), (0.5, 0.25), (0.75, 0.25), (0.65, 0.45), (0.55, 0.65), (0.45, 0.85)]


@pytest.fixture
def window(qapp: Any) -> Iterator[Any]:
    _, opened = create(["main.py", "cnn/draw/draw", "--lang", "en", "--device", "cpu"])
    opened.resize(1600, 900)
    pump(lambda: is_settled(opened))
    yield opened
    close(opened)


def pad(window: Any) -> QWidget:
    return window.findChild(QWidget, "digitCanvas")


def probabilities(window: Any) -> list[float]:
    return window.findChild(QWidget, "predictionBars").property("probabilities")


def stroke(canvas: QWidget, points: list[tuple[float, float]]) -> None:
    places = [QPoint(round(x * canvas.width()), round(y * canvas.height())) for x, y in points]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
    for start, end in pairwise(places):
        for part in range(1, 9):
            step = QPoint(
                start.x() + (end.x() - start.x()) * part // 8,
                start.y() + (end.y() - start.y()) * part // 8,
            )
            QTest.mouseMove(canvas, step)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[-1])


def test_a_drawn_seven_is_read(window: Any) -> None:
    clear = window.findChild(QWidget, "clearButton")
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    stroke(pad(window), SEVEN)
    pump(lambda: is_settled(window))
    said = probabilities(window)
    assert len(said) == 10
    assert abs(sum(said) - 1) < 1e-5
    assert int(np.argmax(said)) == 7


def test_clearing_empties_the_prediction_in_the_same_call(window: Any) -> None:
    assert len(probabilities(window)) == 10
    window.findChild(QWidget, "clearButton").click()
    assert probabilities(window) == []
    pump(lambda: not window.session.waiting)
    QTest.qWait(50)
    assert probabilities(window) == []


def test_undo_brings_a_wiped_drawing_back(window: Any) -> None:
    example = window.session.frame.drawing.copy()
    stroke(pad(window), SEVEN)
    drawn = window.session.frame.drawing.copy()
    window.findChild(QWidget, "clearButton").click()
    assert not window.session.frame.drawing.any()
    window.findChild(QWidget, "undoButton").click()
    assert np.array_equal(window.session.frame.drawing, drawn)
    window.findChild(QWidget, "undoButton").click()
    window.findChild(QWidget, "undoButton").click()
    assert np.array_equal(window.session.frame.drawing, example)
    window.findChild(QWidget, "undoButton").click()
    assert np.array_equal(window.session.frame.drawing, example)


def test_the_eraser_works_on_the_example(window: Any) -> None:
    example = window.session.frame.drawing.copy()
    window.findChild(QWidget, "eraserButton").click()
    stroke(pad(window), [(0.3, 0.5), (0.35, 0.5)])
    left = window.session.frame.drawing.sum()
    assert 0.5 * example.sum() < left < example.sum()


def test_the_eraser_takes_ink_away(window: Any) -> None:
    stroke(pad(window), SEVEN)
    before = window.session.frame.drawing.sum()
    window.findChild(QWidget, "eraserButton").click()
    stroke(pad(window), [(0.2, 0.25), (0.8, 0.25)])
    assert window.session.frame.drawing.sum() < 0.8 * before


def test_the_bars_follow_the_pen_before_it_is_lifted(window: Any) -> None:
    canvas = pad(window)
    window.findChild(QWidget, "clearButton").click()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(80, 60))
    QTest.mouseMove(canvas, QPoint(80, 140))
    pump(lambda: len(probabilities(window)) == 10)
    first = probabilities(window)
    QTest.mouseMove(canvas, QPoint(180, 200))
    pump(lambda: probabilities(window) != first)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(180, 200))


def test_pressure_draws_a_wider_line(window: Any) -> None:
    canvas = pad(window)
    widths = []
    for pressure in (0.3, 0.9):
        window.findChild(QWidget, "clearButton").click()
        for kind, x in (
            (QEvent.Type.TabletPress, 60.0),
            (QEvent.Type.TabletMove, 160.0),
            (QEvent.Type.TabletRelease, 160.0),
        ):
            place = QPointF(x, 100.0)
            event = QTabletEvent(
                kind, QPointingDevice.primaryPointingDevice(), place,
                QPointF(canvas.mapToGlobal(place.toPoint())), pressure, 0.0, 0.0, 0.0, 0.0, 0.0,
                Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton,
                Qt.MouseButton.LeftButton,
            )  # fmt: skip
            QApplication.sendEvent(canvas, event)
        column = window.session.frame.drawing[:, 110]
        widths.append(column.sum())
    assert widths[1] > 1.4 * widths[0]
    assert QInputDevice.devices() is not None


def test_the_keyboard_draws_too(window: Any) -> None:
    canvas = pad(window)
    window.findChild(QWidget, "clearButton").click()
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(10):
        QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert window.session.frame.drawing.sum() > 300


def test_what_is_shown_equals_the_model(window: Any) -> None:
    """The maps and bars on the stage are those of the module that is running."""
    session = window.session
    answer = session.frame.answer
    experiment = session.runner._worker.runs.own.experiment  # the thread rests: reading is safe
    image = centre(session.frame.drawing)
    assert image is not None
    net = experiment._average
    with torch.no_grad():
        layers = net.layers(torch.tensor(image.image)[None, None])
    for name, values in layers.items():
        assert np.allclose(answer.layers[name], values[0].numpy(), atol=1e-5), name
    sums = answer.conv2_terms.sum(axis=1) + net.conv2.bias.detach().numpy()[:, None, None]
    assert np.allclose(sums, layers["conv2"][0].numpy(), atol=1e-5)
    logits = answer.map_shares.sum(axis=1) + answer.bias_shares
    assert np.allclose(logits, layers["logits"][0].numpy(), atol=1e-4)


def test_a_map_opens_then_a_pixel_then_back(window: Any) -> None:
    session, view = window.session, window.session.view
    layout = view.current_layout()
    tile = view.on_screen(layout.tiles["conv2"][3]).center().toPoint()
    QTest.mouseMove(view, tile)
    assert session.frame.hover[:2] == ("conv2", 3)
    assert session.lens is not None and "4" in session.lens.title
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=tile)
    assert session.frame.selection == ("conv2", 3)
    session.take_pick(view.pick(session.frame, ("conv2", 3, 2, 2)))
    assert session.frame.selection == ("conv2", 3, 2, 2)
    pump(lambda: is_settled(window))
    assert session.lens is not None and session.lens.good is True
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert session.frame.selection == ("conv2", 3)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert session.frame.selection == ()


def test_receptive_fields_agree_with_gradients(window: Any) -> None:
    """The framed pixels are exactly those that can move the cell."""
    net = window.session.runner._worker.runs.own.experiment._average
    fields = window.session.frame.answer.fields
    for layer, at in (("conv1", (3, 5)), ("pool1", (4, 2)), ("conv2", (5, 6)), ("pool2", (1, 2))):
        image = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(1))
        (top, side), (left, _) = fields[layer].span(at[0]), fields[layer].span(at[1])
        with torch.no_grad():
            base = net.layers(image)[layer][0, :, at[0], at[1]]
            inside, outside = image.clone(), image.clone()
            window_of = (slice(top, top + side), slice(left, left + side))
            outside += 1.0
            outside[0, 0][window_of] = image[0, 0][window_of]
            inside[0, 0][window_of] += 1.0
            same = net.layers(outside)[layer][0, :, at[0], at[1]]
            moved = net.layers(inside)[layer][0, :, at[0], at[1]]
        assert torch.equal(base, same), layer
        assert not torch.equal(base, moved), layer


def test_no_part_of_the_picture_stays_behind_the_answer(window: Any) -> None:
    """Flows follow an answer one tick late; then the picture is the one painted from nothing."""
    view = window.session.view
    stroke(pad(window), SEVEN)
    pump(lambda: is_settled(window))
    QTest.qWait(100)
    shown = view.grab().toImage()
    view._kept.forget()
    assert view.grab().toImage() == shown


def test_the_answer_to_the_pen_waits_for_no_other_report(
    window: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the net learns, a report without the awaited answer is held for its turn."""
    session = window.session
    window._timer.stop()
    answered = session.report
    session._runners.note(session.scene, replace(answered, playing=True))
    monkeypatch.setattr(session.runner, "ask", lambda request: answered.answer.id + 1)
    session.take_drawing(session.frame.drawing[::-1].copy())
    assert session.waiting
    before = replace(answered, playing=True)
    reports = [before]
    monkeypatch.setattr(session.runner, "take", lambda: reports.pop() if reports else None)
    session.tick(0.0)
    assert session.report is not before
    monkeypatch.setattr(session._asking, "asked_at", 0.0)  # the pen has been still for long
    session.tick(1.0)
    assert session.report is before
    answer = replace(answered.answer, id=answered.answer.id + 1)
    reports.append(replace(before, answer=answer))
    session.tick(0.0)
    assert session.report.answer is answer
    assert not session.waiting
