import time

import numpy as np
import pytest

from explainer.engine.datasets import written_practice
from explainer.engine.handwriting import _SKELETONS, write_digit, written_digits
from explainer.engine.strokes import CENTRE, centre, rasterise


def mass(image):
    spots = np.arange(28) + 0.5
    return image.sum(axis=0) @ spots / image.sum(), image.sum(axis=1) @ spots / image.sum()


def stroke(*points, width=20.0):
    return np.array([(x, y, width) for x, y in points], np.float32)


SEVEN = stroke((90, 70), (170, 74), (120, 200))


def test_an_empty_pad_is_nothing():
    assert centre(np.zeros((280, 280), np.float32)) is None


def test_crumbs_of_an_eraser_are_nothing():
    pad = np.zeros((280, 280), np.float32)
    pad[::40, ::40] = 0.2
    pad[17, 200] = 1
    assert centre(pad) is None


def test_a_crumb_does_not_stretch_the_box():
    pad = rasterise([SEVEN])
    clean = centre(pad)
    pad[5, 5] = 1
    assert centre(pad).box == clean.box


def test_a_dot_fills_the_box():
    seen = centre(rasterise([stroke((60, 200), width=16)]))
    assert seen.placed == pytest.approx((4.5, 4.5, 20, 20), abs=0.1)
    assert seen.image[14, 14] == pytest.approx(1, abs=1e-6)


def test_the_longer_side_is_20_and_the_mass_is_in_the_middle():
    seen = centre(rasterise([SEVEN]))
    assert max(seen.placed[2:]) == pytest.approx(20)
    assert mass(seen.image) == pytest.approx((CENTRE, CENTRE), abs=0.02)
    x, y, width, height = seen.box
    assert (x, y) == (80, 60)
    assert seen.scale == pytest.approx(20 / height)
    assert (width * seen.scale, height * seen.scale) == pytest.approx(seen.placed[2:])


def test_the_shift_is_from_the_mass_to_the_centre():
    seen = centre(rasterise([SEVEN]))
    middle = (28 - seen.placed[2]) / 2, (28 - seen.placed[3]) / 2
    shift = CENTRE - seen.mass[0], CENTRE - seen.mass[1]
    assert (middle[0] + shift[0], middle[1] + shift[1]) == pytest.approx(seen.placed[:2])


def test_ink_is_averaged_by_area():
    pad = rasterise([SEVEN])
    seen = centre(pad)
    assert seen.image.sum() == pytest.approx(pad.sum() * seen.scale**2, rel=0.01)


def test_place_does_not_matter():
    moved = SEVEN + np.array([60, 50, 0], np.float32)
    first, second = centre(rasterise([SEVEN])), centre(rasterise([moved]))
    np.testing.assert_allclose(first.image, second.image, atol=1e-5)


def test_size_hardly_matters():
    small, large = SEVEN * 0.5, SEVEN * 1.2
    first, second = centre(rasterise([small])), centre(rasterise([large]))
    assert abs(first.image - second.image).mean() < 0.01


def test_lopsided_ink_is_not_pushed_over_the_edge():
    pad = np.zeros((280, 280), np.float32)
    pad[100:110, 20:260] = 1
    pad[40:170, 20:60] = 1
    seen = centre(pad)
    x, y, width, height = seen.placed
    assert x >= 0 and y >= 0 and x + width <= 28 and y + height <= 28
    assert seen.image.sum() == pytest.approx(pad.sum() * seen.scale**2, rel=0.01)


def test_centring_keeps_up_with_the_pen():
    pad = np.random.default_rng(0).random((280, 280), np.float32)
    times = []
    for _ in range(50):
        before = time.thread_time()
        centre(pad)
        times.append(time.thread_time() - before)
    assert np.median(times) < 0.002


def test_a_pen_draws_its_width():
    pad = rasterise([stroke((140, 40), (140, 240), width=21)])
    assert pad[140].sum() == pytest.approx(21, abs=0.1)
    assert pad.min() == 0 and pad.max() == 1


def test_practice_and_exam_share_no_skeleton():
    for digit in range(10):
        practice, exam = (set(_SKELETONS[source][digit]) for source in ("practice", "exam"))
        assert len(practice) >= 3 and len(exam) >= 3
        assert not practice & exam


@pytest.mark.parametrize("source", ["practice", "exam"])
def test_writing_stays_on_the_pad_and_repeats(source):
    for digit in range(10):
        strokes = write_digit(digit, source, np.random.default_rng(digit))
        again = write_digit(digit, source, np.random.default_rng(digit))
        for first, second in zip(strokes, again, strict=True):
            np.testing.assert_array_equal(first, second)
            assert first[:, :2].min() >= 0 and first[:, :2].max() <= 280


def test_the_shipped_practice_is_what_the_program_writes():
    shipped = written_practice()
    images, labels = written_digits(30, "practice", 1)
    np.testing.assert_array_equal(shipped.labels[:30], labels)
    assert abs(shipped.images[:30] / 255 - images).max() < 0.01
