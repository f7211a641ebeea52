"""A person's own cloud: tables, pictures and drawings become points, or are refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from explainer.concepts.gan import CONCEPT
from explainer.concepts.gan.plane import own
from explainer.concepts.gan.plane.opening import open_points
from explainer.concepts.gan.plane.own_points import (
    LEAST,
    MOST,
    REACH,
    flat,
    from_drawing,
    from_picture,
    from_table,
)
from explainer.concepts.gan.plane.view import PlaneView
from explainer.concepts.gan.shapes import EXTENT
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.lesson import Problem
from explainer.shell.still import still_frame

(SCENE,) = (scene for scene in CONCEPT.scenes if scene.key == "plane")


def rows(count: int, form: str = "{},{}") -> str:
    return "\n".join(form.format(place, place % 5) for place in range(count))


@pytest.mark.parametrize("form", ["{},{}", "{}; {}", "{}\t{}", "{} {}", "{}, {}, red", "a,{},{}"])
def test_a_table_is_read_whatever_parts_its_columns(form: str) -> None:
    points = from_table("x,y\n" + rows(20, form), "t.csv")
    assert points.shape == (20, 2) and points.dtype == np.float32
    assert points[:, 0].min() == pytest.approx(-REACH) and points[:, 0].max() == pytest.approx(
        REACH
    )
    # Both directions are scaled alike: 19 wide, 4 high.
    high = np.ptp(points[:, 1])
    assert high == pytest.approx(2 * REACH * 4 / 19, abs=1e-5)


def square(form: str, gaps: str = "") -> np.ndarray:
    """Return what is read of the rows (n, 2 n) in a form, after rows that hold gaps."""
    return from_table(gaps + "\n".join(form.format(n, 2 * n) for n in range(20)), "t.csv")


@pytest.mark.parametrize(
    ("form", "gaps"),
    [
        ("{},{}", "1,,3\n,,\n5,\n,7\n"),  # no number moves to another column
        ("nan,{},{}", "nan,1,\n"),
        ("{},,{}", ""),
        ("2024-05-06 12:30,{},{}", "day,a,b\n"),
        (";{};{}", ""),
        ("red one\t{}\t{}", "colour\ta\tb\n"),
        ('"{}","{}"', '"x","y"\n'),
        ("{},5;{},5", "x;y\n"),  # decimal commas
        ("{},50;{}.50", ""),
        ("{},5\t{},5", ""),
        ("{}, {}, 3, 4", ""),
    ],
)
def test_each_number_stays_in_its_column(form: str, gaps: str) -> None:
    np.testing.assert_allclose(square(form, gaps), square("{},{}"), atol=1e-6)


def test_columns_of_any_size_are_fitted() -> None:
    points = from_table("\n".join(f"{1e9 + n},{-5e8 + 2 * n}" for n in range(50)), "t.csv")
    assert abs(points).max() == pytest.approx(REACH)
    assert len(from_table(rows(MOST + 500), "t.csv")) == MOST
    np.testing.assert_array_equal(
        from_table(rows(MOST + 500), "t.csv"), from_table(rows(MOST + 500), "t.csv")
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the quick brown fox\njumps over", "no two columns of numbers"),
        ("", "no two columns of numbers"),
        ("nan, nan\ninf, inf", "no two columns of numbers"),
        ("0.5, 0.5", f"has 1 points; a cloud needs at least {LEAST}"),
        ("1, 1\n" * 40, "on one spot"),
        ("1.7e308,0\n-1.7e308,1\n" * 10, "too large"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_what_is_no_cloud_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(Problem, match=said) as refused:
        from_table(text, "mine.csv")
    assert "mine.csv" in refused.value.text.ko


def test_dark_pixels_become_points_the_right_way_up() -> None:
    grey = np.full((40, 60), 250, np.uint8)
    grey[5:10, 10:50] = 10  # a bar near the top
    grey[5:35, 10:14] = 10  # and one down its left end
    points = from_picture(grey, "p.png")
    upper, lower = points[points[:, 1] > 0], points[points[:, 1] < 0]
    assert len(upper) > len(lower) and upper[:, 0].max() > 0.9 and lower[:, 0].max() < -0.8
    with pytest.raises(Problem, match="no dark marks"):
        from_picture(np.full((30, 30), 200, np.uint8), "p.png")
    single = np.full((30, 30), 255, np.uint8)
    single[3, 4] = 0
    with pytest.raises(Problem, match="has 1 points"):
        from_picture(single, "p.png")


def test_a_drawing_is_learned_where_it_was_drawn() -> None:
    drawing = np.zeros((280, 280), np.float32)
    with pytest.raises(Problem, match="nothing on the plane"):
        from_drawing(drawing)
    drawing[100, : LEAST - 1] = 1.0
    with pytest.raises(Problem, match="hardly a dot"):
        from_drawing(drawing)
    drawing[100] = 0.0
    drawing[20:60, 200:260] = 1.0  # the upper right
    points = from_drawing(drawing)
    assert (points > 0).all() and abs(points).max() < EXTENT
    assert len(flat(points)) == 2 * len(points)


def painted(path: Path, side: int) -> Path:
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(255)
    with QPainter(image) as painter:
        painter.fillRect(side // 4, side // 4, side // 2, side // 8, QColor("black"))
    assert image.save(str(path))
    return path


def test_a_picture_of_any_size_is_read_scaled(qapp: object, tmp_path: Path) -> None:
    for side in (64, 10_000):
        points = open_points(str(painted(tmp_path / f"{side}.png", side)))
        assert len(points) > 100
        assert np.ptp(points[:, 0]) == pytest.approx(2 * REACH)
        assert np.ptp(points[:, 1]) == pytest.approx(2 * REACH / 4, rel=0.25)


def test_a_transparent_picture_has_a_light_ground(qapp: object, tmp_path: Path) -> None:
    image = QImage(50, 50, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    with QPainter(image) as painter:
        painter.fillRect(10, 10, 20, 20, QColor("black"))
    file = tmp_path / "clear.png"
    assert image.save(str(file))
    assert len(open_points(str(file))) == 400


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.bin", b"\x00\x01\x02" * 50, "neither a table nor a picture"),
        ("a.csv", b"\xff\xfe\x81", "neither a table nor a picture"),
        ("half.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40, "a.png|half.png"),
        ("a.csv", "이름,값\n가,나".encode("cp949"), "no two columns"),
        ("big.csv", b"1,2\n" * 1_500_000, "larger than 5 MB"),
    ],
)
def test_foreign_files_are_refused_in_a_sentence(
    qapp: object, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(Problem, match=said):
        open_points(str(file))
    with pytest.raises(Problem, match="cannot be read"):
        open_points(str(tmp_path / "gone.csv"))


@pytest.fixture
def shown(qapp: object) -> Iterator[tuple[PlaneView, Any]]:
    view = PlaneView()
    run = Run(SCENE.experiment, {}, "cpu")
    yield view, still_frame(view, SCENE, SCENE.step("own"), run, example_drawing(), "en")
    view.close()


def test_learning_starts_anew_on_the_points_drawn(shown: Any) -> None:
    view, frame = shown
    pick = view.learn(frame)
    assert list(pick.knobs) == ["points", "shape"], "the points must be there before the shape is"
    points = np.array(pick.knobs["points"]).reshape(-1, 2)
    np.testing.assert_allclose(points, from_drawing(example_drawing()), atol=1e-4)
    experiment = SCENE.experiment(dict(pick.knobs), "cpu")
    near = np.linalg.norm(experiment.pair.real[:50, None] - points[None], axis=2).min(axis=1)
    assert near.max() < 0.15
    experiment.step()
    assert "modes" not in experiment.measure()


def test_nothing_is_lost_where_a_file_is_refused(shown: Any, tmp_path: Path) -> None:
    view, frame = shown
    words = tmp_path / "poem.csv"
    words.write_text("roses are red\nviolets are blue")
    pick = view.file_chosen(str(words))
    assert not pick.knobs and pick.selection[0] == "refused"
    told = type(frame)(step=frame.step, selection=pick.selection, language="ko")
    assert "poem.csv" in own.message(told) and "숫자" in own.message(told)
    empty = type(frame)(step=frame.step, knobs=frame.knobs)
    assert view.learn(empty).selection[0] == "refused"
