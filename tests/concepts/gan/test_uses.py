"""Restoring by a search for the noise, thinning, and the GAN from sketches to digits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from explainer.concepts.gan.film_moments import moments
from explainer.concepts.gan.sketch import Discriminator, Generator
from explainer.concepts.gan.uses import probe, restoring
from explainer.concepts.gan.uses.experiment import SketchGan, on_paper
from explainer.concepts.gan.uses.keeping import Kept
from explainer.concepts.gan.uses.settings import SketchSettings
from explainer.concepts.gan.uses.thinning import thinned, unseen
from explainer.engine.datasets import digits
from explainer.engine.strokes import centre, example_drawing
from explainer.lesson import Problem


@pytest.fixture(scope="module")
def gan() -> SketchGan:
    made = SketchGan(SketchSettings(batch_size=8))
    for _ in range(3):
        made.step()
    return made


def test_the_hole_is_a_square_that_stays_inside() -> None:
    for x, y, side in ((14, 8, 12), (0, 0, 14), (27, 27, 8)):
        known = restoring.window(x, y, side)
        rows, columns = np.nonzero(~known)
        assert len(rows) == side**2
        assert rows.max() - rows.min() == columns.max() - columns.min() == side - 1


def test_the_mismatch_counts_known_pixels_only() -> None:
    known = torch.zeros((28, 28))
    known[0, :2] = 1
    wanted = torch.zeros((1, 1, 28, 28))
    pictures = torch.full((2, 1, 28, 28), 9.0)
    pictures[0, 0, 0, :2] = torch.tensor([1.0, 3.0])
    pictures[1, 0, 0, :2] = 0.0
    assert restoring.mismatch(pictures, wanted, known).tolist() == [5.0, 0.0]


def test_the_search_lowers_every_loss_and_leaves_the_generator() -> None:
    image = digits().test_images[:2].astype(np.float32) / 255
    known = torch.from_numpy(restoring.window(14, 8, 14).astype(np.float32))
    before = {name: each.clone() for name, each in restoring.forger().state_dict().items()}
    found = list(restoring.search(on_paper(image), known, 3, 20))
    assert len(found) == 21
    pictures, losses = found[-1]
    assert pictures.shape == (2, 3, 28, 28) and losses.shape == (2, 3)
    assert bool((losses < found[0][1]).all())
    again = restoring.mismatch(pictures[0].unsqueeze(1), on_paper(image[:1]), known)
    assert torch.allclose(again, losses[0], atol=1e-5)
    after = restoring.forger().state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_the_search_is_adam() -> None:
    image = digits().test_images[:1].astype(np.float32) / 255
    known = torch.ones((28, 28))
    z = restoring._best_of_many(on_paper(image), known, 2).requires_grad_()
    optimiser = torch.optim.Adam([z], lr=restoring.RATE, betas=(0.9, 0.99))
    for _, losses in restoring.search(on_paper(image), known, 2, 5):
        loss = restoring.mismatch(restoring.forger()(z), on_paper(image), known)
        assert torch.allclose(loss.detach(), losses[0], atol=1e-4)
        (z.grad,) = torch.autograd.grad(loss.sum(), z)
        optimiser.step()


def test_the_search_begins_with_the_noises_that_fit_best() -> None:
    image = digits().test_images[:1].astype(np.float32) / 255
    known = torch.from_numpy(restoring.window(14, 14, 8).astype(np.float32))
    random = torch.Generator().manual_seed(41)
    z = torch.randn((restoring.TRIED, 32), generator=random)
    fit = restoring.mismatch(restoring.forger()(z), on_paper(image), known)
    wanted = z[fit.argsort()[:4]]
    assert torch.equal(restoring._best_of_many(on_paper(image), known, 4), wanted)


def test_clamped_pixels_are_the_originals() -> None:
    original, made = np.random.default_rng(0).random((2, 28, 28), np.float32)
    known = restoring.window(10, 10, 12)
    filled = restoring.clamped(made, original, known)
    assert np.array_equal(filled[known], original[known])
    assert np.array_equal(filled[~known], made[~known])


def test_a_restored_digit_comes_in_parts_that_grow(gan: SketchGan) -> None:
    parts = list(gan.answer(probe.Restore(0, 14, 8, 14)))
    assert [len(part.steps) for part in parts] == list(range(1, len(parts) + 1))
    last = parts[-1]
    assert last.steps[-1] == probe.STEPS
    assert last.losses[-1].min() < last.losses[0].min()
    assert last.best == int(last.losses[-1].argmin())
    assert last.label == int(digits().test_labels[0])


def test_filling_in_beats_what_needs_no_generator(gan: SketchGan) -> None:
    *_, counted = gan.answer(probe.Count(14, 8, 14))
    written, blank, mean, filled = (float(each.mean()) for each in counted.right)
    assert written > 0.95
    assert filled > max(blank, mean) + 0.1
    known = counted.known
    assert np.array_equal(counted.filled[:, known], counted.originals[:, known])


@pytest.mark.parametrize(
    "request_", [probe.Restore(3, 14, 8, 12), probe.ShowBoth(probe.Restore(3, 14, 8, 12),
                                                             probe.DrawOut(11, 1))],
    ids=["restore", "both"],
)  # fmt: skip
def test_a_search_goes_on_while_the_net_learns(request_: probe.Restore | probe.ShowBoth) -> None:
    *_, whole = SketchGan(SketchSettings(batch_size=8)).answer(request_)
    learning, lengths = SketchGan(SketchSettings(batch_size=8)), []
    for _ in steps_of(whole):
        learning.step()  # which ends the answer in parts: it is asked anew
        answer = next(learning.answer(request_))
        lengths.append(len(steps_of(answer)))
    assert lengths == list(range(1, probe.STEPS // probe.EVERY + 2))
    for one, other in zip(restored_of(whole), restored_of(answer), strict=True):
        assert np.array_equal(one, other)
    learning.step()
    assert [steps_of(part) for part in learning.answer(request_)] == [steps_of(whole)]
    if isinstance(request_, probe.ShowBoth):
        drawn = learning.answer(request_.draw).pictures
        assert np.array_equal(next(learning.answer(request_)).drawn.pictures, drawn)
        assert not np.array_equal(answer.drawn.pictures, drawn)  # of the round before


def steps_of(answer: probe.Restored | probe.Examples) -> tuple[int, ...]:
    """Return when the search in an answer was looked at."""
    return answer.steps if isinstance(answer, probe.Restored) else answer.restored.steps


def restored_of(answer: probe.Restored | probe.Examples) -> tuple[np.ndarray, ...]:
    """Return the arrays of the search in an answer."""
    found = answer if isinstance(answer, probe.Restored) else answer.restored
    return found.original, found.known, found.pictures, found.losses


def test_a_count_comes_in_halves_of_a_step() -> None:
    hole = probe.Count(14, 8, 12)
    one, other = SketchGan(SketchSettings(batch_size=8)), SketchGan(SketchSettings(batch_size=8))
    parts = list(islice(one.answer(hole), 5))
    assert [part.step for part in parts] == [0, 0, 1, 1, 2]
    for before, after in pairwise(parts):
        moved = (before.filled != after.filled).any(axis=(1, 2))
        assert moved.any() and not (moved[:50].any() and moved[50:].any())
    for part in parts:
        other.step()
        assert np.array_equal(next(other.answer(hole)).filled, part.filled)


def test_what_is_kept_is_bounded_and_goes_on() -> None:
    kept, begun = Kept(), []

    def asked(name: str) -> Iterator[str]:
        def begin() -> Iterator[str]:
            begun.append(name)
            yield from (name + "1", name + "2")

        return kept.parts(name, begin)

    assert [next(asked("a")), *asked("a"), *asked("a")] == ["a1", "a2", "a2"]
    early = asked("b")
    assert [next(early), next(asked("b")), *early] == ["b1", "b2", "b2"]
    for name in "cdef":
        next(asked(name))
    assert next(asked("a")) == "a1"
    assert begun == list("abcdefa")


def test_what_failed_is_begun_anew() -> None:
    kept = Kept()

    def fails() -> Iterator[int]:
        yield 1
        raise ValueError

    parts = kept.parts("x", fails)
    assert next(parts) == 1
    with pytest.raises(ValueError):
        next(parts)
    assert next(kept.parts("x", fails)) == 1


def test_thinning_leaves_lines_of_one_pixel() -> None:
    bar = np.zeros((1, 28, 28), np.float32)
    bar[0, 10:15, 4:24] = 1
    line = thinned(bar)[0]
    assert set(np.unique(line)) == {0.0, 1.0}
    assert (line.sum(axis=0) <= 1).all() and line.sum() >= 14
    assert thinned(line[None]).sum() == line.sum()  # what is thin stays
    sketches, pictures = unseen()
    assert bool(((sketches == 0) | (pictures > 0)).all())  # only what was ink is left
    blocks = sketches[:, :-1, :-1] + sketches[:, 1:, :-1] + sketches[:, :-1, 1:]
    assert float((blocks + sketches[:, 1:, 1:] == 4).mean()) < 1e-3


def test_an_untrained_generator_leaves_the_sketch() -> None:
    sketch = on_paper(unseen()[0][:3])
    assert torch.allclose(Generator()(sketch), sketch.tanh())
    assert sum(each.numel() for each in Generator().parameters()) == 30_138
    assert "30,138" in str(Generator.__doc__)


def test_a_verdict_sees_eighteen_pixels() -> None:
    judge = Discriminator(torch.Generator().manual_seed(0))
    picture = torch.zeros((1, 1, 28, 28), requires_grad=True)
    verdict = judge(torch.zeros((1, 1, 28, 28)), picture).view(7, 7)[3, 3]
    (seen,) = torch.autograd.grad(verdict, picture)
    rows, columns = np.nonzero(seen[0, 0].numpy())
    assert rows.max() - rows.min() + 1 == 18
    assert columns.max() - columns.min() + 1 == 18


def test_it_goes_on_bit_for_bit_from_a_kept_state() -> None:
    one = SketchGan(SketchSettings(batch_size=8))
    for _ in range(3):
        one.step()
    kept = one.state()
    losses = [one.step() for _ in range(4)]
    other = SketchGan(SketchSettings(batch_size=8))
    other.restore(kept)
    assert [other.step() for _ in range(4)] == losses


def test_the_distance_is_the_mean_of_a_pixel(gan: SketchGan) -> None:
    sketches, pictures = unseen()
    with torch.no_grad():
        drawn = gan._generator(on_paper(sketches))
    wanted = float((drawn - on_paper(pictures)).abs().mean())
    assert gan.measure()["unseen_distance"] == pytest.approx(wanted)


def test_a_drawing_is_made_thin_first(gan: SketchGan) -> None:
    found = centre(example_drawing())
    assert found is not None
    drawn = gan.answer(probe.DrawPad(found.image))
    assert np.array_equal(drawn.sketches, thinned(found.image[None]))
    assert drawn.read_pictures.sum() == pytest.approx(1.0, abs=1e-5)
    assert drawn.truths.shape == (0, 28, 28)


@pytest.mark.parametrize(
    "wrong",
    [{"learning_rate": 0.0}, {"adversarial": -1.0}, {"adversarial": 0.0, "likeness": 0.0},
     {"batch_size": 4}],
)  # fmt: skip
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Problem):
        SketchSettings(**wrong)  # type: ignore[arg-type]


def test_moments_of_a_film_are_spread_and_hold_what_is_shown() -> None:
    now = np.zeros((1, 28, 28))
    film = [(step, SimpleNamespace(pictures=now + step)) for step in range(0, 1001, 10)]

    def at(step: int, along: list[tuple[int, Any]] | None) -> list[int]:
        frame: Any = SimpleNamespace(
            film=SimpleNamespace(step=step), answer=SimpleNamespace(pictures=now), along=along
        )
        found = moments(frame, 5, SimpleNamespace)
        assert all(pictures is now for then, pictures in found if then == step)
        assert all((pictures == then).all() for then, pictures in found if then != step)
        return [then for then, _ in found]

    assert at(7, None) == [7]
    assert at(1000, film) == [0, 20, 130, 420, 1000]  # of 0, 2.5, 5, 7.5 and 10, cubed
    assert at(400, film) == [0, 20, 130, 400, 1000]
    assert at(400, [(0, None), *film[1:]])[0] == 10
