"""Every step on the real stage: reachable in any way with the same picture, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize

from explainer.app import create
from explainer.concepts import CONCEPTS
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.lesson import LANGUAGES, Concept, Scene, Text
from explainer.shell.still import still_frame
from explainer.stage.plot import Plot
from tests.films import run_on_own_film
from tests.lettering import faults, words
from tests.opened import close, is_settled, pump

SCENES = [(c, s) for c in CONCEPTS for s in c.scenes]
# Stage sizes of a 1024x768, a 1366x768 and a 1920x1080 window, and of a projector's slide.
SIZES = (QSize(968, 480), QSize(982, 588), QSize(1430, 864))
SLIDE = QSize(976, 638)
# Every way of laying out there is: dark lays out as light does, and a slide as the projector.
LOOKS = (
    *(("light", size) for size in SIZES),
    *(("projector", size) for size in SIZES),
    ("light", SLIDE),
)
# Fine print may shrink to this.
SMALLEST = 11.0


def scene_id(value: object) -> str:
    return str(getattr(value, "key", value))


@pytest.fixture
def window(qapp: Any) -> Iterator[Any]:
    _, opened = create(["main.py", "--lang", "en", "--device", "cpu"])
    opened.resize(1200, 760)
    yield opened
    close(opened)


def state(window: Any) -> tuple[Any, ...]:
    session = window.session
    frame = session.frame
    return (session.place, dict(frame.knobs), frame.selection, frame.snapshot.step, frame.film.step)


def picture(window: Any) -> bytes:
    """The view at the end of its animation, as pixels."""
    session = window.session
    session.play_lesson(False)
    pump(lambda: is_settled(window))
    session.seek_lesson(session.duration)
    session.view.repaint()
    image = session.view.grab().toImage()
    return bytes(image.constBits())


@pytest.mark.parametrize("concept", CONCEPTS, ids=scene_id)
def test_jump_walk_and_return_show_the_same(window: Any, concept: Concept) -> None:
    session = window.session
    places = [(s.key, p.key) for s in concept.scenes for p in s.steps]
    session.go(concept.key)
    pump(lambda: is_settled(window))
    session.reset_all()
    walked = []
    for place in places:
        assert session.place == (concept.key, *place)
        walked.append((picture(window), state(window)))
        session.next_step()
    for place, (seen, known) in list(zip(places, walked, strict=True))[::-1]:
        session.go(concept.key, *place)
        assert picture(window) == seen, f"there and back differ at {place}"
        assert state(window) == known
    session.reset_all()
    for place, (seen, known) in list(zip(places, walked, strict=True))[::3]:
        session.go(concept.key, *place)
        assert picture(window) == seen, f"a jump after Reset all differs at {place}"
        assert state(window) == known


@pytest.fixture(scope="module")
def shipped() -> Iterator[dict[Any, checkpoint.Shipped]]:
    found = {}
    for concept, scene in SCENES:
        if scene.shipped is not None and scene.experiment not in found:
            film = checkpoint.load_for(scene.experiment, asset(scene.shipped), concept.key)
            found[scene.experiment] = film
    yield found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("concept", "scene"), SCENES, ids=scene_id)
def test_no_text_is_cut_small_or_on_other_text(
    qapp: Any, shipped: Any, concept: Concept, scene: Scene, language: Any
) -> None:
    trained = Run(scene.experiment, {}, "cpu", shipped.get(scene.experiment))
    fresh = Run(scene.experiment, {}, "cpu")
    view = scene.view()
    wrong = []
    for step in scene.steps:
        run = fresh if step.training == "fresh" else trained
        if step.film is not None:
            run = run_on_own_film(scene, step)
        if run is not fresh:
            run.seek(0, step.training if isinstance(step.training, int) else 10**9)
        frame = still_frame(view, scene, step, run, example_drawing(), language)
        end = view.beats(frame)[-1].at
        for theme, size in LOOKS:
            for time in sorted({0.0, end / 2, end}):
                found = words(view, frame, time, theme, size, presented=size is SLIDE)
                for fault in faults(found, size, SMALLEST):
                    wrong.append(f"{step.key} {theme} {size.width()} {time:.1f}s {fault}")
    Plot.close_rendered()
    view.close()
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_a_window_opens_unseen_and_nothing_is_written_outside(window: Any, tmp_path: Path) -> None:
    pump(lambda: is_settled(window))
    close(window)
    assert {p.name for p in tmp_path.iterdir()} <= {"settings.json"}


def test_texts_with_placeholders_say_the_same_in_both_languages() -> None:
    with pytest.raises(ValueError):
        Text("{a}", "{b}")
    with pytest.raises(ValueError):
        Text("only English", "")
