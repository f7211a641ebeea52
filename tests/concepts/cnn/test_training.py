import dataclasses
import inspect
import math

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from explainer.concepts.cnn import CONCEPT
from explainer.concepts.cnn.experiment import DigitExperiment, Settings
from explainer.concepts.cnn.training.curves import (
    branch_name,
    changes_shown,
    ends_of_curves,
    kept_apart,
    learning_chart,
    loss_axis,
    loss_curve,
)
from explainer.concepts.cnn.training.film import Column, column_rects, columns, scales
from explainer.concepts.cnn.training.lesson import KNOBS, STEPS
from explainer.concepts.cnn.training.probe import NextUpdate, ReadMoment, ReadNow
from explainer.concepts.cnn.training.update import PACE, PARTS, parts_done
from explainer.concepts.cnn.training.view import TrainingView
from explainer.concepts.cnn.training.weight import beside_each_other
from explainer.concepts.cnn.training.written import (
    LEAST_NORM,
    MOST_NORM,
    log_share,
    log_written,
    significant,
    update_written,
    way_share,
)
from explainer.engine.run import Run
from explainer.engine.strokes import centre, example_drawing
from explainer.shell.still import still_frame
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Room
from explainer.stage.plot import Plot
from explainer.stage.share_ribbons import ribbon_at, stacked
from explainer.stage.smoothing import running_mean, thinned
from explainer.stage.view import paint

SCENE = CONCEPT.scene("training")


@pytest.fixture(scope="module")
def run():
    torch.set_num_threads(1)
    run = Run(SCENE.experiment, {}, "cpu")
    for _ in range(40):
        run.advance()
    run.keep_end()
    return run


@pytest.fixture
def view(qtbot):
    view = TrainingView()
    qtbot.addWidget(view)
    return view


def frame_of(view, run, key, **changes):
    step = SCENE.step(key)
    return still_frame(view, SCENE, step, run, example_drawing(), "en", **changes)


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_the_update_shown_is_the_one_that_comes_next(optimiser):
    experiment = DigitExperiment(Settings(optimiser=optimiser))
    for _ in range(3):
        experiment.step()
    before = experiment.state()
    update = experiment.answer(NextUpdate())
    after = experiment.state()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert experiment.step()["loss"] == update.loss
    assert update.step == experiment.steps
    weight, average = (kernels.detach() for kernels in experiment.first_kernels())
    at = update.index[0], 0, update.index[1], update.index[2]
    assert float(weight[at]) == update.after
    assert float(average[at]) == update.average_after
    assert np.array_equal(experiment.snapshot().gradient_norms, update.gradient_norms)


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_the_arithmetic_shown_gives_pytorchs_weight_and_loss(optimiser):
    experiment = DigitExperiment(Settings(optimiser=optimiser, learning_rate=0.02))
    for _ in range(5):
        update = experiment.answer(NextUpdate())
        assert abs(update.computed - update.after) < 1e-6
        assert abs(float(update.losses.mean()) - update.loss) < 1e-5
        chance = float(update.probabilities[0][update.labels[0]])
        assert abs(-math.log(chance) - float(update.losses[0])) < 1e-4
        experiment.step()


def test_a_rehearsal_leaves_the_measured_speed_alone():
    experiment = DigitExperiment(Settings())
    for _ in range(3):
        experiment.step()
    rate = experiment.snapshot().examples_per_second
    experiment.answer(NextUpdate())
    assert experiment.snapshot().examples_per_second == rate > 0


def test_the_film_is_asked_for_kernels_and_shares(run):
    image = centre(example_drawing()).image
    first, last = run.film.frames()[0], run.film.frames()[-1]
    moment = run.experiment.answer(ReadMoment(image), first.state)
    kernels = first.state["average.conv1.weight"][:, 0].numpy()
    assert np.array_equal(moment.filters, kernels)
    assert moment.drawing.sum() == pytest.approx(1, abs=1e-5)
    assert run.experiment.answer(ReadMoment(None), last.state).drawing is None
    now = run.experiment.answer(ReadNow(image, wall=5))
    assert now.wall == 5
    assert now.wall_probabilities.argmax() == run.experiment.snapshot().wall_predictions[5]


def test_every_line_named_is_found_once():
    source = inspect.getsource(DigitExperiment.step)
    for step in STEPS:
        for text in step.lines.values():
            assert source.count(text) == 1, text


def test_bodies_are_short_enough_to_be_read_aloud():
    assert len(STEPS) == len({step.key for step in STEPS}) == 8
    for step in STEPS:
        assert len(step.body.en.split()) <= 60
        assert len(step.body.ko.split()) <= 60


def test_live_knobs_are_the_settings():
    fields = {field.name for field in dataclasses.fields(Settings)}
    for knob in KNOBS:
        if knob.kind in ("live", "rebuild"):
            assert knob.key in fields
            assert knob.default == getattr(Settings(), knob.key)
            assert (knob.kind == "rebuild") == (knob.key == "seed")


def test_the_beats_of_an_update_follow_the_code(view, run):
    beats = view.beats(frame_of(view, run, "update"))
    assert [beat.key for beat in beats[:-1]] == list(PARTS)
    assert beats[-1].at < 10
    assert [parts_done(beat.at, False) for beat in beats[:-1]] == [1, 2, 3, 4, 5, 6]
    assert parts_done(0.0, True) == len(PARTS)
    assert parts_done(PACE * 0.99, False) == 1
    source = inspect.getsource(DigitExperiment.step)
    places = [source.index(SCENE.step("update").lines[key]) for key in PARTS]
    assert places == sorted(places)


def test_pointing_and_clicking(view, run):
    frame = frame_of(view, run, "rewind")
    layout = view.layout_in(frame, Room())
    shown = columns(frame, layout.columns)
    rect = column_rects(layout, shown)[1]
    target = view.hit(layout, frame, rect.center())
    assert target[:2] == ("kernel", shown[1].step)
    assert view.pick(frame, target).seek == shown[1].step
    assert view.hit(layout, frame, layout.wall.topLeft() + QPointF(5, 5)) == ("wall", 0)
    assert view.pick(frame, ("wall", 0)).selection == ("wall", 0)
    kind, step, digit = view.hit(layout, frame, layout.ribbons.center())
    assert kind == "ribbon" and 0 <= digit <= 9
    assert step in [kept.step for kept in run.film.frames()]
    moment = view.hit(layout, frame, layout.plot.center())
    assert moment[0] == "moment" and 0 < moment[1] < 40
    assert view.hit(layout, frame, QPointF(2, 2)) == ()


def test_a_wall_digit_shows_its_ten_probabilities(view, run):
    frame = frame_of(view, run, "rewind", hover=("wall", 3))
    lens = view.lens(frame, 0.0)
    said = " ".join(f"{label} {value}" for label, value in lens.rows)
    assert said.count("%") == 10
    assert lens.values.shape == (28, 28)


def test_columns_hold_the_step_on_the_stage(view, run):
    run.seek(0, 9)
    frame = frame_of(view, run, "rewind")
    for most in (5, 7, 9):
        shown = columns(frame, most)
        assert len(shown) <= most
        assert [c.step for c in shown] == sorted({c.step for c in shown})
        assert [c.step for c in shown if c.is_now] == [frame.film.step]
    run.seek(0, 40)


def test_an_empty_pad_asks_nothing_of_the_drawing(view, run):
    empty = np.zeros((280, 280), np.float32)
    frame = still_frame(view, SCENE, SCENE.step("rewind"), run, empty, "ko")
    assert frame.answer.drawing is None
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        paint(view, painter, QRectF(0, 0, 600, 400), frame, 0.0, COLOURS["light"])
    Plot.close_rendered()


def test_the_running_mean_forgets_and_never_looks_ahead():
    values = np.array([4.0, 2.0, 0.0, math.nan, 0.0])
    at, smooth = running_mean(np.arange(5), values, over=2)
    assert at.tolist() == [0, 1, 2, 4] and smooth.tolist() == [4.0, 3.0, 1.0, 0.0]
    steps = np.arange(1, 20_001)
    few, same = thinned(steps, steps.astype(float), 500)
    assert len(few) <= 501 and few[0] == 1 and few[-1] == 20_000
    assert np.array_equal(few, same)


def test_the_loss_axis_holds_the_curve(run):
    low, high, ticks = loss_axis(run.strip(), False)
    assert low == 0 and ticks[0][1] == "0.0" and ticks[-1][0] == high
    low, high, ticks = loss_axis(run.strip(), True)
    assert low <= -1 and high >= 1 and all(low <= place <= high for place, _ in ticks)


def test_a_stack_puts_one_class_at_the_bottom():
    shares = np.array([[0.2, 0.3, 0.5], [0.1, 0.8, 0.1]])
    stack = stacked(np.array([0.0, 2.0]), shares, 1, 2.0)
    assert stack.order == (1, 2, 0)
    assert stack.edges[1].tolist() == pytest.approx([0, 0.8, 0.9, 1.0])
    rect = QRectF(0, 0, 100, 100)
    assert ribbon_at(stack, rect, QPointF(99, 95)) == (1, 1)
    assert ribbon_at(stack, rect, QPointF(1, 1)) == (0, 0)
    assert ribbon_at(stack, rect, QPointF(1, 101)) is None


def valued(written):
    """Return what a person types into a calculator."""
    plain = written.replace("−", "-").replace(",", "")
    if "×" in plain:
        mantissa, power = plain.split(" × 10")
        power = power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
        return float(mantissa) * 10 ** float(power)
    return float(plain)


def rounded(value, like):
    decimals = len(like.partition(".")[2])
    return f"{value:.{decimals}f}".replace("-", "−")


def test_a_calculator_gives_the_losses_as_they_are_written():
    experiment = DigitExperiment(Settings())
    for _ in range(4):
        update = experiment.answer(NextUpdate())
        for row, right, loss in zip(
            update.probabilities, update.labels, update.losses, strict=True
        ):
            chance, said = log_written(float(row[right]), float(loss))
            assert rounded(-math.log(valued(chance)), said) == said
            assert abs(valued(said) - loss) < 6e-4
        experiment.step()
    # Four decimals of this one gave 3.062.
    assert log_written(0.046818, 3.06149) == ("0.04682", "3.061")
    for chance in np.logspace(-12, 0, 400).tolist():
        written, said = log_written(chance, -math.log(chance))
        assert rounded(abs(math.log(valued(written))), said) == said


def test_a_calculator_gives_the_new_weight_as_it_is_written():
    random = np.random.default_rng(1)
    for _ in range(400):
        before, direction = random.normal(0, 0.5), random.normal(0, 1)
        rate = float(10.0 ** random.integers(-4, 0))
        old, times, new = update_written(before, rate, direction)
        assert rounded(valued(old) - rate * valued(times), new) == new
        assert valued(new) == pytest.approx(before - rate * direction, abs=6e-5)


def test_the_average_goes_the_share_of_the_way_that_its_decay_leaves():
    experiment = DigitExperiment(Settings())
    for step in (1, 2, 3):
        update = experiment.answer(NextUpdate())
        share = way_share(update.average_before, update.average_after, update.after)
        assert share == pytest.approx(1 - (1 + step) / (10 + step), abs=1e-3)
        experiment.step()
    assert way_share(0.5, 0.5, 0.5) is None


def test_norms_are_written_with_three_digits_and_drawn_on_one_scale():
    said = [significant(x) for x in (0, 0.17, 0.00123, 4.889, 212.3, 1.234e-7)]
    assert said == ["0", "0.170", "0.00123", "4.89", "212", "1.23 × 10⁻⁷"]
    assert [log_share(x) for x in (0.0, LEAST_NORM, MOST_NORM, math.inf)] == [0, 0, 1, 1]
    assert log_share(1.0) - log_share(0.1) == pytest.approx(log_share(0.1) - log_share(0.01))


def test_two_labels_stay_apart_and_inside():
    for spots in ([0, 300], [290, 300], [0, 3], [150, 152], [10, 300]):
        first, second = beside_each_other(spots, [80, 80], 0, 300, 10)
        assert first >= 0 and first + 90 <= second and second + 80 <= 300


@pytest.fixture(scope="module")
def branched():
    """A run that was set otherwise on the way, and one that left it."""
    torch.set_num_threads(1)
    run = Run(SCENE.experiment, {}, "cpu")
    for step in range(20):
        if step == 10:
            run.set("batch_size", 16)
            run.set("batch_size", 8)
        if step == 15:
            run.set("optimiser", "sgd")
        run.advance()
    run.keep_end()
    run.seek(0, 12)
    run.set("learning_rate", 0.02)
    for _ in range(5):
        run.advance()
    run.keep_end()
    return run


def test_what_was_set_on_the_way_is_marked_where_it_was_set(view, branched):
    branched.seek(0, 20)
    frame = frame_of(view, branched, "train")
    assert changes_shown(frame) == ((10, "batch 8"), (15, "SGD"))
    layout = view.layout_in(frame, Room())
    marks = [
        float(curve.x[0]) ** 2
        for curve in learning_chart(layout, frame, COLOURS["light"]).curves
        if curve.dashed and len(curve.x) == 2 and curve.x[0] == curve.x[1]
    ]
    assert marks == pytest.approx([10, 15])
    # The branch left before the optimiser was changed.
    branched.seek(1, 17)
    assert changes_shown(frame_of(view, branched, "train")) == ((10, "batch 8"),)


def test_each_curve_has_its_name_at_its_end(view, branched, run):
    frame = frame_of(view, branched, "train")
    assert [branch_name(frame, index) for index in (0, 1)] == ["first run", "rate 0.02"]
    ends = ends_of_curves(frame)
    assert [(index, round(x**2)) for index, x, _ in ends] == [
        (index, track.last) for index, track in enumerate(frame.film.tracks)
    ]
    low, high, _ = loss_axis(frame.film, False)
    for index, _, share in ends:
        assert low + share * (high - low) == pytest.approx(loss_curve(frame.film, index)[1][-1])
    layout = view.layout_in(frame, Room())
    assert layout.names > 0
    alone = view.layout_in(frame_of(view, run, "train"), Room())
    assert alone.names == 0 and alone.plot.right() - layout.plot.right() == layout.names


def test_names_are_kept_apart_in_their_order():
    assert kept_apart([0.5, 0.2], 0, 1, 0.1) == [0.5, 0.2]
    for places in ([0.0, 0.01, 0.0], [1.0, 0.99, 1.0], [0.5, 0.52, 0.51, 0.9]):
        moved = kept_apart(places, 0, 1, 0.2)
        assert np.argsort(moved).tolist() == np.argsort(places, kind="stable").tolist()
        assert np.diff(sorted(moved)).min() >= 0.2 - 1e-9
        assert min(moved) >= -1e-9 and max(moved) <= 1 + 1e-9


def test_a_block_that_blew_up_does_not_bleach_the_others():
    kernels = np.ones((8, 3, 3), np.float32)
    alike = (Column(0, kernels, False), Column(9, -2 * kernels, True))
    assert scales(alike) == ((2.0, 2.0), True)
    assert scales((*alike, Column(20, 13 * kernels, False))) == ((1.0, 2.0, 13.0), False)


def test_before_any_learning_the_kernels_are_large_and_no_chart_is_empty(view, run):
    frame = frame_of(view, run, "fresh")
    small = view.layout_in(frame_of(view, run, "train"), Room())
    for room in (Room(), Room(1000, type=1.6), Room(1280, type=1.25)):
        layout = view.layout_in(frame, room)
        shown = columns(frame, layout.columns)
        assert [column.is_now for column in shown] == [True]
        block = column_rects(layout, shown)[0]
        assert layout.filters.contains(block) and not layout.filters.intersects(layout.wall)
        assert block.width() / 2 > 3 * column_rects(small, columns(frame, 7))[0].width()
        assert view.charts(layout, frame, COLOURS["light"]) == ()
        assert layout.wall_count <= len(frame.snapshot.wall_predictions)
