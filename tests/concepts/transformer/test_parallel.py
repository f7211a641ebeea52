"""The parallel scene: three nets side by side, the times, the pictures and what answers."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF

from explainer.concepts.transformer.model import Transformer
from explainer.concepts.transformer.multihead import NOTHING_CUT
from explainer.concepts.transformer.parallel import clock, contest, flow, lesson, strands
from explainer.concepts.transformer.parallel.probe import (
    NETS,
    WAYS,
    BothWays,
    ReadBoth,
    TimeLayers,
    Timings,
)
from explainer.concepts.transformer.parallel.race import Race, RaceSettings
from explainer.concepts.transformer.parallel.recurrent import RecurrentTranslator
from explainer.concepts.transformer.parallel.timing import Operators, layers
from explainer.concepts.transformer.parallel.view import ParallelView, is_answered
from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.concepts.transformer.tokens import END_ID, START_ID, tokenise
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.lesson import Problem, Scene, Text
from explainer.shell.source import line_of, source_of
from explainer.shell.still import still_frame
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Frame, Room

SCENE = Scene(
    key="parallel",
    title=Text("In turn and at once", "차례로, 한꺼번에"),
    steps=lesson.STEPS,
    knobs=lesson.KNOBS,
    experiment=lambda settings, device: Race(RaceSettings(**settings), device),
    view=ParallelView,
)
TOKENS = tuple(chip.token for chip in tokenise(EXAMPLES[2], "ko"))
TIMES = Timings(
    lengths=(8, 16, 32),
    forward=np.array([[1.0, 2, 8], [1, 1, 2], [3, 6, 12], [2, 4, 8], [0.5, 1, 1.5]]),
    training=np.array([[2.0, 4, 16], [2, 2, 4], [6, 12, 24], [4, 8, 16], [1, 2, 1.5]]),
    operators={
        "forward": np.array([[43] * 3, [25] * 3, [131, 259, 515], [125, 237, 461], [10] * 3]),
        "training": np.array([[116] * 3, [78] * 3, [450, 898, 1794], [391, 759, 1495], [25] * 3]),
    },
    device="cpu",
    processor="a processor",
    threads=1,
    batch=8,
    width=64,
    runs=5,
)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def run() -> Run:
    made = Run(SCENE.experiment, {}, "cpu")
    for _ in range(62):
        made.advance()
    made.keep_end()
    return made


@pytest.fixture
def view(qapp: Any) -> Any:
    made = ParallelView()
    yield made
    made.close()


def frame_of(view: ParallelView, run: Run, step: str, **changes: Any) -> Frame:
    return still_frame(view, SCENE, SCENE.step(step), run, example_drawing(), "en", **changes)


def test_the_three_take_turns_on_the_same_batch() -> None:
    race = Race(RaceSettings())
    before = {name: next(net.parameters()).clone() for name, net in race.nets.items()}
    for turn, name in enumerate(NETS):
        assert race.step()["seconds"] > 0
        changed = [n for n in NETS if not torch.equal(before[n], next(race.nets[n].parameters()))]
        assert changed == list(NETS[: turn + 1])
        assert race.snapshot().loss[name] > 0
        assert race._position == 1
    race.step()
    assert race._position == 2


def test_it_goes_on_bit_for_bit_from_any_turn() -> None:
    race = Race(RaceSettings())
    for _ in range(5):
        race.step()
    state = race.state()
    ahead = [race.step()["loss"] for _ in range(6)]
    other = Race(RaceSettings())
    assert other.state().keys() == state.keys()
    other.restore(state)
    assert [other.step()["loss"] for _ in range(6)] == ahead


def test_an_answer_in_a_past_state_is_that_state(run: Run) -> None:
    race = run.experiment
    first = run.film.frames()[0].state
    then = race.answer(ReadBoth(TOKENS), first)
    now = race.answer(ReadBoth(TOKENS))
    fresh = Race(RaceSettings()).answer(ReadBoth(TOKENS))
    assert np.array_equal(then.states, fresh.states)
    assert np.array_equal(then.vectors, fresh.vectors)
    assert not np.array_equal(then.states, now.states)


def test_what_makes_no_sense_is_refused() -> None:
    race = Race(RaceSettings())
    with pytest.raises(Problem):
        race.set("learning_rate", 0.0)
    with pytest.raises(Problem):
        RaceSettings(seed=-1)
    with pytest.raises(ValueError, match="not a live setting"):
        race.set("seed", 2)


def test_padding_changes_nothing() -> None:
    generator = torch.Generator().manual_seed(3)
    for attends in (True, False):
        net = RecurrentTranslator(30, 20, attends, generator)
        source = torch.tensor([[5, 6, 7, 1]])
        target = torch.tensor([[2, 3, 4]])
        padded = torch.cat((source, torch.zeros(1, 3, dtype=torch.long)), dim=1)
        pad = torch.tensor([[False] * 4 + [True] * 3])
        assert torch.allclose(net(source, target), net(padded, target, pad), atol=1e-6)


def test_without_attention_only_the_last_state_is_seen() -> None:
    generator = torch.Generator().manual_seed(3)
    net = RecurrentTranslator(30, 20, False, generator)
    states, last = net.encode(torch.tensor([[5, 6, 7, 1]]))
    assert torch.equal(states[:, -1], last)
    assert not hasattr(net, "w_query")


def test_each_state_is_made_from_the_one_before_and_attention_from_all(run: Run) -> None:
    """The last word reaches every vector of the encoder, and no earlier state of the GRU."""
    answer = run.experiment.answer(ReadBoth(TOKENS))
    other = run.experiment.answer(ReadBoth((*TOKENS[:-1], TOKENS[0])))
    place = len(TOKENS) - 1
    assert np.array_equal(answer.states[:place], other.states[:place])
    assert not np.array_equal(answer.states[place:], other.states[place:])
    for mine, others in zip(answer.vectors, other.vectors, strict=True):
        assert all(not np.array_equal(a, b) for a, b in zip(mine, others, strict=True))


def test_what_is_drawn_is_what_the_nets_hold(run: Run) -> None:
    race, answer = run.experiment, run.experiment.answer(ReadBoth(TOKENS))
    ids = torch.tensor([[*race.source.encode(TOKENS), END_ID]])
    net = race.nets["transformer"]
    assert isinstance(net, Transformer)
    with torch.no_grad():
        x = net.embed(ids, net.source_embedding, "encoder")
        for layer, drawn in zip(net.encoder, answer.vectors, strict=True):
            x = layer(x, None, NOTHING_CUT, None)
            assert np.abs(drawn - x[0].numpy()).max() < 1e-5
        assert torch.equal(net.encoder_norm(x), net.encode(ids))
        states, _ = race.nets["gru_attention"].encode(ids)
        _, last = race.nets["gru"].encode(ids)
    assert np.abs(answer.states - states[0].numpy()).max() < 1e-5
    assert np.abs(answer.last - last[0].numpy()).max() < 1e-5
    assert np.allclose(answer.weights.sum(axis=-1), 1, atol=1e-5)


def test_each_word_of_a_draft_looked_where_the_map_says(run: Run) -> None:
    race, answer = run.experiment, run.experiment.answer(ReadBoth(TOKENS))
    ids = torch.tensor([[*race.source.encode(TOKENS), END_ID]])
    transformer, attends, plain = answer.drafts
    assert plain.looks is None
    for draft in (transformer, attends):
        assert draft.looks is not None
        assert draft.looks.shape == (len(draft.words), len(answer.source))
        assert np.allclose(draft.looks.sum(axis=1), 1, atol=1e-5)
    net = race.nets["gru_attention"]
    written = torch.tensor([[START_ID, *race.target.encode(attends.words[:-1])]])
    with torch.no_grad():
        states, last = net.encode(ids)
        decoded, _ = net.decoder(net.embed(written, net.target_embedding), last.unsqueeze(0))
        scores = net.w_query(decoded) @ states.transpose(1, 2) / states.shape[-1] ** 0.5
    assert np.abs(attends.looks - scores.softmax(dim=-1)[0].numpy()).max() < 1e-5


def test_the_same_number_is_drawn_equally_large_in_both(view: ParallelView, run: Run) -> None:
    frame = frame_of(view, run, "order")
    answer = frame.answer
    for room in (Room(), Room(1000.0, 720.0, 1.6)):
        layout = view.layout_in(frame, room)
        state = layout.state_rect(0, answer.states.shape[1])
        vector = layout.vector_rect(0, 0, answer.vectors.shape[2])
        assert state.width() == pytest.approx(vector.width()) and vector.height() > 20
        ratio = answer.states.shape[1] / answer.vectors.shape[2]
        assert state.height() == pytest.approx(ratio * vector.height())
        last = layout.state_rect(len(answer.source) - 1, answer.states.shape[1])
        assert last.width() == pytest.approx(state.width())
        assert layout.vector_rect(1, 0, 64).bottom() < layout.legend.top()


def test_the_ways_compute_what_each_other_do() -> None:
    written_out, fused, loop, gru, _ = layers(torch.device("cpu"))
    fused[0].load_state_dict(written_out[0].state_dict())
    x = torch.randn(2, 9, 64)
    assert torch.allclose(written_out[1](x), fused[1](x), atol=1e-5)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    loop[0].cell.load_state_dict({n: gru[0].state_dict()[f"{n}_l0"] for n in names})
    assert torch.allclose(gru[1](x), loop[1](x), atol=1e-5)


def test_the_gru_timed_is_of_the_kind_that_is_trained() -> None:
    _, _, _, (gru, _), _ = layers(torch.device("cpu"))
    assert type(gru) is type(Race(RaceSettings()).nets["gru"].encoder) is torch.nn.GRU


def test_operators_are_counted_not_claimed() -> None:
    """A matrix product is one operator; a loop of T steps is some for each of them."""
    with Operators() as counter:
        torch.ones(2, 2) @ torch.ones(2, 2)
    assert counter.count == 3
    _, _, (_, loop), _, _ = layers(torch.device("cpu"))
    counts = []
    for length in (4, 8, 16):
        with torch.no_grad(), Operators() as counter:
            loop(torch.zeros(1, length, 64))
        counts.append(counter.count)
    assert counts[2] - counts[1] == 2 * (counts[1] - counts[0]) >= 8


def test_times_are_taken_once_until_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    from explainer.concepts.transformer.parallel import timing

    monkeypatch.setattr(timing, "LENGTHS", (4, 8))
    monkeypatch.setattr(timing, "RUNS", 1)
    timing.time_layers.cache_clear()  # what other tests measured is kept as long as the program
    race = Race(RaceSettings())
    random = torch.random.get_rng_state()
    found = race.answer(TimeLayers())
    assert torch.equal(random, torch.random.get_rng_state())
    assert found.forward.shape == found.training.shape == (len(WAYS), 2)
    assert found.is_fused("attention_fused") and not found.is_fused("gru_loop")
    assert (found.operators["training"] > found.operators["forward"]).all()
    assert (found.forward > 0).all() and not found.forward.flags.writeable
    assert race.answer(TimeLayers()) is found
    assert race.answer(TimeLayers(1)) is not found
    assert Race(RaceSettings()).answer(TimeLayers()) is found
    timing.time_layers.cache_clear()
    assert all(p.grad is None for net in race.nets.values() for p in net.parameters())


def test_a_course_counts_each_nets_own_updates_and_seconds(view: ParallelView, run: Run) -> None:
    frame = dataclasses.replace(frame_of(view, run, "race"), measured=True)
    steps, seconds = frame.film.curve("seconds")
    last = int(frame.film.curve("gru")[0][-1])
    for turn, net in enumerate(NETS):
        course = contest.course(frame, net)
        mine = [s for s in range(1, last + 1) if (s - 1) % 3 == turn]
        assert course.updates[-1] == len(mine)
        whole = sum(t for s, t in zip(steps, seconds, strict=True) if s in mine)
        assert course.seconds[-1] == pytest.approx(whole)
        assert course.updates[0] == course.seconds[0] == 0


def test_every_step_is_answered(view: ParallelView, run: Run) -> None:
    for step in SCENE.steps:
        frame = frame_of(view, run, step.key)
        assert is_answered(frame), step.key
        layout = view.layout_in(frame, Room())
        assert view.charts(layout, frame, COLOURS["light"]) or step.key not in ("race",)


def test_exports_have_no_times(view: ParallelView, run: Run) -> None:
    still = frame_of(view, run, "forward")
    assert not still.measured and view.request(still) is None
    assert clock.times(dataclasses.replace(still, answer=TIMES)) is None
    live = dataclasses.replace(still, measured=True)
    assert view.request(live) == TimeLayers(0)
    assert not is_answered(live)
    assert contest.said(frame_of(view, run, "seconds"), "gru")[3] == "–"


def test_the_clock_shows_the_work_and_the_length_looked_at(view: ParallelView, run: Run) -> None:
    frame = dataclasses.replace(frame_of(view, run, "forward"), answer=TIMES, measured=True)
    assert np.array_equal(clock.times(frame), TIMES.forward)
    assert view.lens(frame, 0.0) is None
    card = view.lens(dataclasses.replace(frame, hover=("length", 2)), 0.0)
    assert card is not None and "LSTM" in card.title and "T = 32" in card.title
    assert clock.said(frame, "gru") == ("32", "461", "8.00")
    assert clock.said(frame, "attention_fused") == ("1", "25", "2.00")
    assert "nothing" in clock.fused(frame, "gru") and "nothing" not in clock.fused(frame, "lstm")
    assert "a processor" in clock.notes(frame)[0] and "No GPU" in clock.notes(frame)[1]
    layout = view.layout_in(frame, Room())
    left = QPointF(layout.plot.x() + 30, layout.plot.center().y())
    assert view.hit(layout, frame, left) == ("length", 0)
    assert view.hit(layout, frame, layout.again.center()) == ("again",)
    assert view.pick(frame, ("again",)).knobs == {"take": 1}
    back = dataclasses.replace(frame, step=SCENE.step("training"), knobs={"work": "training"})
    assert np.array_equal(clock.times(back), TIMES.training)


def test_words_come_in_turn_above_and_at_once_below(view: ParallelView, run: Run) -> None:
    frame = frame_of(view, run, "order")
    assert isinstance(frame.answer, BothWays)
    beats = view.beats(frame)
    count = len(TOKENS) + 1
    assert [beat.key for beat in beats] == ["start", *["word"] * count, "end"]
    assert all(a.at < b.at for a, b in itertools.pairwise(beats))
    middle = beats[3].at + 0.1
    come = [flow.come(frame, place, middle) for place in range(count)]
    assert come[0] == 1 and 0 < come[2] < 1 and not any(come[3:])


def test_a_word_is_found_and_its_way_said(view: ParallelView, run: Run) -> None:
    frame = frame_of(view, run, "path")
    layout = view.layout_in(frame, Room())
    for row in (layout.upper, layout.lower):
        assert row is not None
        for place, rect in enumerate(row.rects):
            assert view.hit(layout, frame, rect.center()) == ("word", place)
    card = view.lens(frame, 0.0)
    assert card is not None
    assert [value for _, value in card.rows[:2]] == [str(len(TOKENS)), "1"]
    assert view.pick(frame, ("another",)).knobs["sentence"] in EXAMPLES


def test_a_sentence_with_an_unknown_word_is_said_to_be_a_guess(
    view: ParallelView, run: Run
) -> None:
    frame = frame_of(view, run, "order")
    assert view.layout_in(frame, Room()).notice is None
    typed = {**frame.knobs, "sentence": "공룡이 의자에 앉아 있다"}
    frame = dataclasses.replace(frame, knobs=typed)
    notice = view.layout_in(frame, Room()).notice
    assert notice is not None and "공룡" in notice.said
    target, word, rect = notice.offers[0]
    layout = view.layout_in(frame, Room())
    assert view.hit(layout, frame, rect.center()) == target
    assert word in str(view.pick(frame, target).knobs["sentence"])


def test_layers_come_while_the_gru_reads_as_many_words(view: ParallelView, run: Run) -> None:
    frame = frame_of(view, run, "order")
    layers = len(frame.answer.vectors)
    done = flow.read_at(layers - 1) + flow.GROWING
    assert flow.come(frame, layers - 1, done) == 1 and flow.come(frame, layers - 1, done - 0.1) < 1
    assert flow.states_come(frame, done) == layers < len(frame.answer.source)
    assert flow.states_come(frame, view.beats(frame)[-1].at) == len(frame.answer.source)


def test_parts_that_stand_cover_no_other_part(view: ParallelView, run: Run) -> None:
    for room in (Room(), Room(1000.0, 720.0, 1.6)):
        frame = frame_of(view, run, "order")
        layout = view.layout_in(frame, room)
        layers = [strands.layer_rect(layout, frame, layer) for layer in (0, 1)]
        chain = strands.chain_rect(layout, frame)
        assert layout.lower is not None
        assert chain.bottom() < layout.lower.rects[0].y() and chain.bottom() < layers[0].y()
        assert chain.contains(layout.state_rect(0, 128)) and layers[1].contains(
            layout.vector_rect(1, 0, 64)
        )


def test_only_strong_enough_weights_are_drawn() -> None:
    weights = np.array([[0.9, 0.1, 0.0], [0.3, 0.3, 0.4], [0.05, 0.05, 0.9]])
    assert strands.strongest(weights)[0] == (0, 0)
    assert len(strands.strongest(weights)) == 4


@pytest.mark.parametrize("step", SCENE.steps, ids=lambda step: step.key)
def test_code_is_found_and_narration_short(step: Any) -> None:
    assert all(len(body.split()) <= 60 for body in (step.body.en, step.body.ko))
    source = source_of(step.code)
    for wanted in step.lines.values():
        line_of(source, wanted)
