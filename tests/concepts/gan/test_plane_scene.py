"""The plane scene: every number is the nets' own, every knob reaches them and is read back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, QSize

from explainer.concepts.gan import CONCEPT
from explainer.concepts.gan.experiment import PlaneExperiment
from explainer.concepts.gan.losses import discriminator_loss, generator_loss
from explainer.concepts.gan.plane import column, curves, field, flow, rope, slow
from explainer.concepts.gan.plane.diagnosis import Numbers, diagnose
from explainer.concepts.gan.plane.knobs import KNOBS, LIVE, pressed
from explainer.concepts.gan.plane.layout import PARTS, PILLS, plane_layout
from explainer.concepts.gan.plane.probe import Compare, Look
from explainer.concepts.gan.plane.references import references
from explainer.concepts.gan.plane.round import PlayRound
from explainer.concepts.gan.plane.view import PlaneView
from explainer.concepts.gan.plane_geometry import densities, level_line, verdicts_shown
from explainer.concepts.gan.settings import LOSSES, PRESETS, PlaneSettings
from explainer.concepts.gan.shapes import EXTENT
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.device import choose
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.lesson import Choice, Knob, Span
from explainer.shell.still import still_frame
from explainer.stage.frame import Room

(SCENE,) = (scene for scene in CONCEPT.scenes if scene.key == "plane")


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> None:
    choose("cpu")  # as in the program: two cost more on a busy machine


def trained(rounds: int, **settings: Any) -> PlaneExperiment:
    experiment = PlaneExperiment(PlaneSettings.of(settings))
    for _ in range(rounds):
        experiment.step()
    return experiment


@pytest.fixture(scope="module")
def run() -> Run:
    film = checkpoint.load_for(SCENE.experiment, asset(SCENE.shipped), "gan")
    return Run(SCENE.experiment, {}, "cpu", film)


@pytest.fixture
def view(qapp: object) -> Iterator[PlaneView]:
    made = PlaneView()
    yield made
    made.close()


def frame_of(view: PlaneView, run: Run, key: str, language: Any = "en", **named: Any) -> Any:
    step = SCENE.step(key)
    run.seek(0, step.training if isinstance(step.training, int) else 10**9)
    return still_frame(view, SCENE, step, run, example_drawing(), language, **named)


# -- the diagnosis --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "key"),
    [
        (Numbers(0, 0.5, 0.01, 0.01), "new"),
        (Numbers(900, 0.52, 0.1, 0.4, (), 8), "balanced"),
        (Numbers(900, 0.68, 0.1, 0.1, (), 8), "ahead"),
        (Numbers(900, 0.8, 0.1, 0.1, (), 8), "winning"),
        (Numbers(900, 0.95, 0.01, 0.4, (), 8), "starved"),
        (Numbers(900, 0.95, 0.4, 0.4, (), 8), "winning"),
        (Numbers(900, 0.3, 0.1, 0.1, (), 8), "fooled"),
        (Numbers(900, 0.5, 0.1, 0.1, tuple(range(6)), 8), "spreading"),
        (Numbers(900, 0.5, 0.1, 0.1, tuple(range(6)), 8, 2, 0.8), "spreading"),
        (Numbers(900, 0.5, 0.1, 0.1, tuple(range(6)), 8, 3, 0.8), "collapse"),
        (Numbers(900, 0.5, 0.1, 0.1, tuple(range(6)), 8, 2, 0.4), "collapse"),
        (Numbers(900, 0.92, 0.1, 0.1, tuple(range(6)), 8, 2, 0.8), "winning"),
        (Numbers(50, 0.5, 0.1, 0.1, tuple(range(8)), 8), "balanced"),
        (Numbers(900, 0.5, 0.1, 0.1, None), "balanced"),
    ],
)
def test_the_diagnosis_follows_from_the_numbers(numbers: Numbers, key: str) -> None:
    assert diagnose(numbers).key == key


def test_the_diagnosis_says_how_much_weaker_the_gradient_is() -> None:
    found = diagnose(Numbers(900, 0.95, 0.01, 0.4, (0, 3, 4), 8))
    assert found.said[0].en == "The generator's gradient is 1/40 of its strongest in this film."
    assert found.said[1].en == "Still empty: mode 1, 4, 5."
    assert not found.is_fine
    gone = diagnose(Numbers(900, 1.0, 1e-9, 0.4, (), 8))
    assert "under a millionth" in gone.said[0].en


def numbers_along(steps: tuple[int, ...], **settings: Any) -> list[Numbers]:
    """Return what is diagnosed at these rounds of a run from scratch."""
    run, found = Run(SCENE.experiment, settings, "cpu"), []
    for step in range(1, steps[-1] + 1):
        run.advance()
        if step in steps:
            stands = run.experiment.answer(Look()).stands
            empty = tuple(np.flatnonzero(~stands.coverage.covered).tolist())
            most = int(run.strip().curve("modes")[1].max(initial=0))
            found.append(
                Numbers(step, stands.accuracy, stands.pull, stands.pull, empty, 8, most,
                        stands.spread)
            )  # fmt: skip
    return found


def test_a_healthy_run_that_covers_little_yet_is_still_spreading_out() -> None:
    found = numbers_along((127, 188))
    assert [len(numbers.empty or ()) for numbers in found] == [7, 7]
    for numbers in found:
        said = diagnose(numbers)
        assert said.key == "spreading" and said.is_fine
        assert said.said[0].en == "Modes covered: only 1 of 8."


def test_a_huddled_run_is_collapsed_and_none_is_said_as_none() -> None:
    for numbers in numbers_along((127, 400), preset="collapse"):
        said = diagnose(numbers)
        assert said.key == "collapse" and not said.is_fine
        assert said.said[0].ko == "봉우리 8개 가운데 하나도 차지 않았습니다."


def test_a_strong_judge_starves_the_generator_and_balance_brings_it_back() -> None:
    experiment = trained(0)
    for knob, value in pressed("strong").items():
        experiment.set(knob, value)
    before = experiment.measure()["pull"]
    for _ in range(150):
        experiment.step()
    starved = experiment.measure()
    numbers = Numbers(150, starved["accuracy"], starved["pull"], before, (), 8)
    assert starved["accuracy"] > 0.99 and diagnose(numbers).key == "starved"
    for knob, value in pressed("balanced").items():
        experiment.set(knob, value)
    assert dataclasses.replace(experiment.settings, seed=0) == PlaneSettings()
    for _ in range(500):
        experiment.step()
    assert experiment.measure()["pull"] > 1e4 * starved["pull"]


# -- the rope -------------------------------------------------------------------------------------


def test_the_knot_stands_where_the_measured_accuracy_stands(view: PlaneView, run: Run) -> None:
    frame = frame_of(view, run, "collapse")
    layout = view.layout_in(frame, Room())
    stands = frame.answer.stands
    pair = run.experiment.pair
    real = pair.discriminator(torch.tensor(real_fresh(pair.settings))).detach().numpy()
    fake = stands.fake_logits
    accuracy = ((real > 0).mean() + (fake <= 0).mean()) / 2
    assert stands.accuracy == pytest.approx(accuracy)
    bar = rope.span(layout.rope, 1.0)
    assert rope.knot(bar, 0.5) == pytest.approx(bar.center().x())
    assert rope.knot(bar, stands.accuracy) == pytest.approx(bar.x() + accuracy * bar.width())
    assert rope.knot(bar, -1) == bar.left() and rope.knot(bar, 2) == bar.right()


def real_fresh(settings: PlaneSettings) -> np.ndarray:
    """Real points that nobody learns from, as the measure draws them."""
    from explainer.concepts.gan.reading import _SECOND
    from explainer.concepts.gan.shapes import sample

    return sample(settings.shape, 2000, np.random.default_rng(_SECOND))


# -- one round ------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [(1, 1), (3, 1), (0, 1), (1, 0), (2, 4)])
@pytest.mark.parametrize("loss", ["non-saturating", "wgan-gp"])
def test_a_round_on_copies_is_the_round_that_comes_next(steps: Any, loss: str) -> None:
    experiment = trained(20, loss=loss, discriminator_steps=steps[0], generator_steps=steps[1])
    then = experiment.state()
    found = experiment.answer(PlayRound(cells=8))
    after = experiment.state()
    assert all(torch.equal(then[name], after[name]) for name in then), "asking changed the nets"
    assert found.step == 20 and found.updates == steps
    assert (found.judge is None, found.forger is None) == (steps[0] == 0, steps[1] == 0)
    copy = PlaneExperiment(experiment.settings)
    copy.restore(then)
    updates = []
    for update in copy.play_round():
        updates.append((update.who, update.loss))
    told = experiment.step()
    now, played = experiment.state(), copy.state()
    assert all(torch.equal(now[name], played[name]) for name in now), "the round is another one"
    first = dict(reversed(updates))
    if found.judge is not None:
        assert found.judge.loss == first["discriminator"]
        assert found.judge.still == 0.0 < found.judge.moved
    if found.forger is not None:
        assert found.forger.loss == first["generator"]
        assert found.forger.still == 0.0 < found.forger.moved
    if steps == (1, 1):
        assert told["discriminator_loss"] == found.judge.loss
        assert told["generator_loss"] == found.forger.loss
        generator = experiment.pair.generator
        with torch.no_grad():
            moved = generator(torch.from_numpy(found.judge.noise.copy())).numpy()
        np.testing.assert_allclose(found.forger.after, moved, atol=1e-6)


def test_the_figures_of_a_round_are_the_losses_of_the_papers() -> None:
    found = trained(30).answer(PlayRound())
    judge, forger = found.judge, found.forger
    real, fake = torch.tensor(judge.real_before), torch.tensor(judge.fake_before)
    assert judge.loss == pytest.approx(
        discriminator_loss("non-saturating", real, fake).item(), abs=1e-5
    )
    real, fake = torch.tensor(judge.real_after), torch.tensor(judge.fake_after)
    after = discriminator_loss("non-saturating", real, fake).item()
    assert judge.loss_after == pytest.approx(after, abs=1e-6)
    # The generator is asked of the judge as it was left by its update.
    asked = generator_loss("non-saturating", torch.tensor(judge.fake_after))
    assert forger.loss == pytest.approx(asked.item(), abs=1e-5)
    np.testing.assert_allclose(forger.logits, judge.fake_after, atol=1e-5)
    np.testing.assert_array_equal(forger.surface, judge.surface_after)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (1.2345, "D's loss falls: 1.3000 → 1.2345"),
        (1.3004, "D's loss rises: 1.3000 → 1.3004"),
        (1.30001, "D's loss stays at 1.3000"),
    ],
)
def test_the_headline_says_what_became_of_the_loss(
    view: PlaneView, run: Run, after: float, said: str
) -> None:
    frame, found = frame_of(view, run, "turns"), trained(3).answer(PlayRound(cells=8))
    judge = dataclasses.replace(found.judge, loss=1.3, loss_after=after)
    assert slow.headline(frame, dataclasses.replace(found, judge=judge), 2) == said


def test_the_legend_of_a_round_names_what_is_drawn() -> None:
    found = trained(3).answer(PlayRound(cells=8))
    assert slow.marks(found, 0) == ("real", "fake")
    assert slow.marks(found, 2) == ("real", "fake", "line")
    assert slow.marks(found, 3) == ("fake", "pull", "line")
    assert slow.marks(found, 5) == ("fake", "line")


def test_beats_that_the_settings_leave_out_are_left_out() -> None:
    both = trained(3).answer(PlayRound(cells=8))
    only = trained(3, generator_steps=0).answer(PlayRound(cells=8))
    assert slow.played(both) == (0, 1, 2, 3, 4, 5) and slow.played(only) == (0, 1, 2, 5)
    beats = slow.beats(both)
    for place, beat in enumerate(beats[:-1]):
        assert slow.beat_at(both, beat.at)[0] == place
    assert slow.beat_at(both, beats[-1].at) == (5, pytest.approx(0.27, abs=0.3))


# -- what is drawn --------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", LOSSES)
def test_the_dashed_lines_are_the_losses_of_a_guess(loss: Any) -> None:
    guess = torch.full((8,), 0.5 if loss == "least-squares" else 0.0)
    of_judge, of_forger = references(loss)
    said = discriminator_loss(loss, guess, guess).item()
    assert of_judge is not None and of_judge.value == pytest.approx(said, abs=1e-6)
    if of_forger is None:
        assert loss == "wgan-gp"
    else:
        assert of_forger.value == pytest.approx(generator_loss(loss, guess).item(), abs=1e-6)


def test_the_surface_is_the_discriminators_and_its_line_where_it_is_undecided() -> None:
    experiment = trained(60)
    board = experiment.answer(Look(cells=32))
    logits = experiment.pair.discriminator(
        torch.tensor([[-EXTENT + EXTENT / 32, EXTENT - EXTENT / 32]])
    )
    assert board.verdicts[0, 0] == pytest.approx(2 * torch.sigmoid(logits).item() - 1, abs=1e-5)
    pieces = torch.tensor(level_line(board.verdicts).reshape(-1, 2), dtype=torch.float32)
    inside = (pieces.abs() < EXTENT * 0.95).all(dim=1)
    on_line = torch.sigmoid(experiment.pair.discriminator(pieces[inside])).detach().numpy()
    assert len(on_line) and abs(on_line - 0.5).max() < 0.03


def test_level_lines_of_a_circle_and_a_saddle() -> None:
    along = (np.arange(64) + 0.5) / 64 * 2 * EXTENT - EXTENT
    x, y = np.meshgrid(along, along[::-1])
    circle = level_line(np.hypot(x, y), 1.0)
    assert abs(np.linalg.norm(circle, axis=2) - 1).max() < 0.01
    saddle = np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert len(level_line(saddle)) > 2 and np.isfinite(level_line(saddle)).all()
    assert len(level_line(np.ones((4, 4)))) == 0


def test_the_opacity_of_a_cell_is_how_many_fakes_fall_into_it() -> None:
    along = np.linspace(-1, 1, 9)
    even = np.stack(np.meshgrid(along, along), axis=-1)
    assert densities(even, "uniform") == pytest.approx(0.25)
    squeezed = even * np.array([0.5, 1.0])
    assert densities(squeezed, "uniform") == pytest.approx(0.5)
    gaussian = densities(even * 2, "gaussian")
    assert gaussian[4, 4] == pytest.approx(1 / (2 * np.pi), rel=0.1)


@pytest.mark.parametrize("loss", LOSSES)
def test_verdicts_are_between_forged_and_real(loss: Any) -> None:
    shown = verdicts_shown(np.array([-40.0, 0.2, 0.5, 40.0]), loss, 0.5)
    assert (np.diff(shown) >= 0).all() and abs(shown).max() <= 1
    logit = verdicts_shown(np.array([1.3]), "minimax", 0.0)
    assert logit == pytest.approx(2 / (1 + np.exp(-1.3)) - 1)


def test_the_board_counts_what_the_generator_makes(view: PlaneView, run: Run) -> None:
    frame = frame_of(view, run, "collapse")
    stands = frame.answer.stands
    assert stands.coverage.covered.sum() == 8 and len(stands.fake_logits) == 2000
    measured = run.experiment.measure()
    assert measured["modes"] == 8 and measured["sliced_wasserstein"] == stands.distance
    assert stands.floor < stands.distance and stands.ideal.high_quality > 0.97
    numbers = column.numbers_of(frame, frame.answer)
    steps, values = run.film.strip(run.experiment.steps).curve("pull")
    assert numbers.strongest == pytest.approx(values[steps <= run.experiment.steps].max())
    assert flow.taken_for_real(frame.answer)[0] == pytest.approx((stands.fake_logits > 0).mean())


def test_alone_the_discriminator_comes_closer_to_the_best(run: Run) -> None:
    run.seek(0, 300)
    state = run.experiment.state()
    experiment = PlaneExperiment(PlaneSettings(generator_steps=0, r1=0.0))
    experiment.restore(state)
    before = experiment.answer(Compare())
    for _ in range(400):
        experiment.step()
    after = experiment.answer(Compare())
    assert after.apart < 0.75 * before.apart
    np.testing.assert_array_equal(after.fake, before.fake)
    seen = np.isfinite(before.best)
    p, q = before.real[seen], before.fake[seen]
    np.testing.assert_allclose(before.best[seen], p / (p + q))


def test_curves_end_where_the_film_stands(view: PlaneView, run: Run) -> None:
    frame = frame_of(view, run, "arrows")
    step = frame.film.step
    assert step == 299
    steps, values = frame.film.curve("generator_loss")
    before = values[steps <= step][-curves.SMOOTHED :]
    assert curves.loss_now(frame, "generator_loss") == pytest.approx(before.mean())
    _, pulls = frame.film.curve("pull")
    assert curves.strongest(frame) <= pulls.max()
    low, high = curves.loss_range(frame)
    assert low < np.log(2) < 2 * np.log(2) < high


# -- knobs ----------------------------------------------------------------------------------------


def other_value(knob: Knob) -> Any:
    """Return a value that the knob does not stand at."""
    if isinstance(knob.control, Choice):
        return next(value for value in knob.control.values if value != knob.default)
    if isinstance(knob.control, Span):
        return type(knob.default)(knob.control.maximum)
    return {"points": (0.1, 0.2, 0.3, 0.4), "preset": "collapse"}[knob.key]


@pytest.mark.parametrize("knob", [k for k in KNOBS if k.kind != "view"], ids=lambda k: k.key)
def test_every_knob_reaches_the_running_nets_and_survives_a_reset(knob: Knob) -> None:
    wanted = other_value(knob)
    defaults = dataclasses.asdict(PlaneSettings())
    assert defaults[knob.key] == knob.default
    experiment = PlaneExperiment(PlaneSettings())
    if knob.kind == "live":
        experiment.set(knob.key, wanted)
    else:
        with pytest.raises(ValueError):
            experiment.set(knob.key, wanted)
        experiment = SCENE.experiment({**defaults, knob.key: wanted}, "cpu")
    assert getattr(experiment.settings, knob.key) == wanted
    again = SCENE.experiment(dataclasses.asdict(experiment.settings), "cpu")
    assert again.settings == experiment.settings
    assert (
        again.step()["loss"]
        == SCENE.experiment({**defaults, knob.key: wanted}, "cpu").step()["loss"]
    )


def test_every_setting_has_a_knob() -> None:
    fields = {field.name for field in dataclasses.fields(PlaneSettings)}
    assert fields == {knob.key for knob in KNOBS if knob.kind != "view"}
    offered = {key for step in SCENE.steps for key in step.controls}
    assert offered == {knob.key for knob in KNOBS if knob.control is not None}


@pytest.mark.parametrize("button", [key for keys in PILLS.values() for key, _ in keys])
def test_no_button_lets_both_stand_still(button: str) -> None:
    experiment = PlaneExperiment(PlaneSettings())
    for before in ("only-d", "only-g", "both"):
        for settings in (pressed(before), pressed(button)):
            for knob, value in settings.items():
                experiment.set(knob, value)  # refused where both would stand still
    for knob, value in pressed(button).items():
        assert knob in LIVE and getattr(experiment.settings, knob) == value


def test_the_collapse_button_sets_the_preset_and_one_knob_turns_it_back() -> None:
    default, collapsed = dict(pressed("balanced")), dict(pressed("collapse"))
    changed = {key for key in default if default[key] != collapsed[key]}
    assert changed == set(PRESETS["collapse"]) == {"generator_steps"}


def test_from_scratch_the_collapse_preset_holds_two_modes_at_most() -> None:
    experiment = trained(0, preset="collapse")
    for _ in range(4):
        for _ in range(25):
            experiment.step()
        assert experiment.measure()["modes"] <= 2


# -- pointing and pressing ------------------------------------------------------------------------


@pytest.mark.parametrize("picture", [*PARTS, "best", "own"])
@pytest.mark.parametrize("room", [Room(), Room(1000, 720, 1.6), Room(1280, 720, 1.35)])
def test_parts_lie_on_the_stage_and_apart(
    view: PlaneView, run: Run, picture: str, room: Room
) -> None:
    frame = frame_of(view, run, "map", knobs={"picture": picture})
    layout = plane_layout(frame, room)
    rects = [rect for _, rect in (*layout.parts, *layout.pills)]
    rects += [layout.plane, layout.legend]
    for rect in rects:
        assert rect.left() >= 0 and rect.right() <= room.width + 0.5
        assert rect.top() >= 0 and rect.bottom() <= room.height + 0.5
    for one in layout.parts:
        for other in layout.parts:
            if one is not other:
                assert not one[1].intersects(other[1])
    assert all(rect.height() > 40 for _, rect in layout.parts)


def test_a_fake_and_a_beat_are_found_under_the_pointer(view: PlaneView, run: Run) -> None:
    frame = frame_of(view, run, "arrows")
    layout = view.layout_in(frame, Room())
    spot = field.fake_at(layout, frame.answer, 5)
    assert view.hit(layout, frame, spot)[0] == "fake"
    card = view.lens(dataclasses.replace(frame, hover=("fake", 5)), 0.0)
    assert card is not None
    logit = frame.answer.forged.logits[5]
    assert card.rows[2][1] == f"{1 / (1 + np.exp(-logit)):.3f}"
    frame = frame_of(view, run, "turns")
    layout = view.layout_in(frame, Room())
    row = slow.places(layout).rows[3]
    assert view.hit(layout, frame, row.center()) == ("beat", 3)
    assert view.pick(frame, ("beat", 3)).time == pytest.approx(3 * slow.LONG)
    assert view.hit(layout, frame, QPointF(5, 5)) == ()


def test_a_button_sets_live_knobs_in_an_order_that_is_never_refused(
    view: PlaneView, run: Run
) -> None:
    frame = frame_of(view, run, "balance")
    pick = view.pick(frame, ("pill", "strong"))
    assert dict(pick.knobs) == {key: pressed("strong")[key] for key in PRESETS["strong-judge"]}
    frame = dataclasses.replace(
        frame, knobs={**frame.knobs, "generator_steps": 0, "discriminator_steps": 1}
    )
    assert list(view.pick(frame, ("pill", "only-g")).knobs) == [
        "generator_steps",
        "discriminator_steps",
    ]


def test_the_view_fits_a_small_window(view: PlaneView) -> None:
    view.resize(QSize(968, 480))
    assert view.room().large
