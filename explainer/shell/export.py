"""Any step as PNG, SVG or PDF, or the whole window as PNG; rendered without a worker."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from explainer.engine.assets import asset
from explainer.engine.checkpoint import Shipped
from explainer.engine.device import choose, warm_up
from explainer.engine.films import Films, Place
from explainer.engine.run import Run
from explainer.lesson import Concept, Language, Problem, Scene, Step, Text, Value
from explainer.shell.slide import draw_words, picture_rect
from explainer.shell.still import still_frame
from explainer.stage.colours import COLOURS, ThemeName
from explainer.stage.plot import Plot
from explainer.stage.view import View, paint

KINDS = (".png", ".svg", ".pdf")
LARGEST = 8192

_KIND = Text(
    "{file} must end in .png, .svg or .pdf; GIF and MP4 are not made yet.",
    "{file}은 .png, .svg, .pdf 가운데 하나로 끝나야 합니다. GIF와 MP4는 아직 만들지 않습니다.",
)
_FOLDER = Text(
    "{file} cannot be written; make its folder or choose another place for --out.",
    "{file} 파일을 쓸 수 없습니다. 폴더를 만들거나 --out을 다른 위치로 바꾸세요.",
)
_NO_FILM = Text(
    "No film was made with {settings}; leave out --frame and --checkpoint, or train one with"
    " 'main.py train ... --out FILE'.",
    "{settings}(으)로 만든 필름이 없습니다. --frame과 --checkpoint를 빼거나"
    " 'main.py train ... --out 파일'로 만드세요.",
)


def check_target(file: Path) -> None:
    """Refuse a file that cannot be made, before anything is computed.

    Raises
    ------
    Problem
        If its kind is unknown or its folder does not exist.
    """
    if file.suffix.lower() not in KINDS:
        raise Problem(_KIND.filled(file=file.name))
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise Problem(_FOLDER.filled(file=file))


def run_for(
    concept: Concept,
    scene: Scene,
    step: Step,
    device: str,
    film: Path | None,
    frame: int | None,
    chosen: Mapping[str, Value] = MappingProxyType({}),
    language: Language = "en",
) -> Run:
    """Return a run that stands where the step wants it, or at a step of the film.

    As in the window, settings that need a new start bring the film made with them, or an untrained
    model where there is none; live ones are set on the run.

    Raises
    ------
    Problem
        If a film or one of its frames was asked for and none has the settings.
    """
    used = choose(device)
    warm_up()
    kinds = {knob.key: knob.kind for knob in scene.knobs}
    anew = {key: value for key, value in chosen.items() if kinds[key] == "rebuild"}
    shipped = None
    if step.training != "fresh" or film is not None:
        shipped = _film_with(concept, scene, step, film, anew, language)
    if shipped is None and anew and not (film is None and frame is None):
        said = ", ".join(f"{key} {value}" for key, value in anew.items())
        raise Problem(_NO_FILM.filled(settings=said))
    run = Run(scene.experiment, anew if shipped is None else {}, used.key, shipped)
    wanted = frame if frame is not None else step.training
    if shipped is not None and isinstance(wanted, int):
        run.seek(0, wanted)
    for key, value in chosen.items():
        if kinds[key] == "live":
            run.set(key, value)
    return run


def _film_with(
    concept: Concept,
    scene: Scene,
    step: Step,
    film: Path | None,
    anew: Mapping[str, Value],
    language: Language,
) -> Shipped | None:
    """Return the step's film, or the one named, or one with other settings; None without one."""
    names = (() if step.film is None else (step.film,)) + scene.films(language)
    places: list[Place] = [partial(asset, name) for name in names]
    if film is not None:
        places.insert(0, film)
    if not places:
        return None
    films = Films(scene.experiment, concept.key, places[0], places[1:])
    first = films.first
    if first is None or not anew:
        return first
    return films.made_with({**first.settings, **anew})


def export(
    concept: Concept,
    scene: Scene,
    step: Step,
    out: Path,
    *,
    size: tuple[int, int] = (1920, 1080),
    time: float | None = None,
    frame: int | None = None,
    language: Language = "en",
    theme: ThemeName = "light",
    device: str = "auto",
    film: Path | None = None,
    drawing: np.ndarray,
    chosen: Mapping[str, Value] = MappingProxyType({}),
) -> None:
    """Write one step as a slide: title, first sentence, picture.

    Parameters
    ----------
    time : float or None
        Lesson seconds; None is the end of the animation.
    frame : int or None
        A training step of the film.
    chosen : mapping
        Values of the scene's knobs.

    Raises
    ------
    Problem
        If something asked for is not possible.
    """
    check_target(out)
    run = run_for(concept, scene, step, device, film, frame, chosen, language)
    view: View = scene.view()
    knobs = {k.key: chosen[k.key] for k in scene.knobs if k.key in chosen}
    shown = still_frame(view, scene, step, run, drawing, language, knobs=knobs)
    end = view.beats(shown)[-1].at
    moment = end if time is None else min(max(time, 0.0), end)
    colours = COLOURS[theme]
    number = (scene.steps.index(step), len(scene.steps))

    def draw(painter: QPainter) -> None:
        rect = QRectF(0, 0, *size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colours.background)
        share = moment / end if end else 1.0
        draw_words(painter, rect, step, number, language, share, colours)
        paint(view, painter, picture_rect(rect), shown, moment, colours, presented=True)

    try:
        _write(out, size, step.title.said(language), draw)
    finally:
        Plot.close_rendered()
        view.close()


def _write(out: Path, size: tuple[int, int], title: str, draw: Any) -> None:
    kind = out.suffix.lower()
    if kind == ".png":
        image = QImage(QSize(*size), QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            draw(painter)
        save_image(image, out)
        return
    try:
        out.touch()
    except OSError:
        raise Problem(_FOLDER.filled(file=out)) from None
    if kind == ".svg":
        svg = QSvgGenerator()
        svg.setFileName(str(out))
        svg.setSize(QSize(*size))
        svg.setViewBox(QRectF(0, 0, *size))
        svg.setTitle(title)
        with QPainter(svg) as painter:
            draw(painter)
        return
    pdf = QPdfWriter(str(out))
    pdf.setTitle(title)
    pdf.setResolution(96)
    points = QSizeF(size[0] * 72 / 96, size[1] * 72 / 96)
    pdf.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    pdf.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    with QPainter(pdf) as painter:
        scale = pdf.width() / size[0]
        painter.scale(scale, scale if math.isfinite(scale) else 1.0)
        draw(painter)


def save_image(image: QImage, out: Path) -> None:
    """Write an image.

    Raises
    ------
    Problem
        If the file cannot be written.
    """
    if not image.save(str(out)):
        raise Problem(_FOLDER.filled(file=out))
