"""The digits scene: its shipped nets, its questions against the nets, its hits and its beats."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from explainer.concepts.gan.dcgan import NOISE
from explainer.concepts.gan.digit_pieces import tiles
from explainer.concepts.gan.digits import asked, between, plane, strip, wall
from explainer.concepts.gan.digits.asking import ReadAsked
from explainer.concepts.gan.digits.experiment import DigitGan, forged
from explainer.concepts.gan.digits.lesson import CONDITIONAL, KNOBS, STEPS
from explainer.concepts.gan.digits.probe import (
    COLUMNS,
    ReadCompared,
    ReadMoment,
    ReadWall,
    count,
    wall_noise,
)
from explainer.concepts.gan.digits.searching import ReadCopies, ReadLayers
from explainer.concepts.gan.digits.settings import DigitSettings
from explainer.concepts.gan.digits.shipped import COLLAPSED, as_shipped
from explainer.concepts.gan.digits.view import DigitsView
from explainer.concepts.gan.digits.walking import (
    PATH,
    PLANE,
    ReadBetween,
    ReadPlane,
    bilinear,
    corner_noise,
    mixed,
    way_round,
)
from explainer.concepts.gan.judge import judged, nearest
from explainer.engine.film import Film, Kept
from explainer.engine.strip import Strip
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Frame, Room

SHIPPED = "checkpoints/gan-digits.safetensors"
ROOM = Room()


def film_at(step: int) -> Strip:
    film = Film(Kept(step, {}, {}), 10**6)
    film.record(step, {"confidence": 0.5})
    return film.strip(step)


def frame_of(key: str, answer: Any, **given: Any) -> Frame:
    step = next(step for step in STEPS if step.key == key)
    values = {knob.key: step.knobs.get(knob.key, knob.default) for knob in KNOBS}
    values |= given.pop("knobs", {})
    given.setdefault("film", film_at(100))
    return Frame(step=step, answer=answer, knobs=MappingProxyType(values), **given)


# -- what ships -----------------------------------------------------------------------------------


def test_the_shipped_generator_covers_every_class_and_is_judged_well() -> None:
    tally = count(as_shipped(SHIPPED).pair)
    assert tally.classes == 10
    assert tally.confidence > 0.88


def test_the_shipped_conditional_pair_draws_what_is_asked_for() -> None:
    pair = as_shipped(CONDITIONAL).pair
    for digit in range(10):
        answer = ReadAsked(digit).read(pair)
        assert answer.step is None
        assert (answer.verdict.labels == digit).mean() > 0.75, digit
    assert answer.agreement > 0.95
    noise, _ = wall_noise()
    alone = forged(pair, noise[:1], torch.tensor([4]))
    assert np.allclose(answer.others[4], alone[0, 0], atol=1e-6)


def test_a_pair_that_cannot_be_asked_sends_to_the_shipped_one() -> None:
    answer = ReadAsked(7).read(as_shipped(SHIPPED).pair)
    assert answer.step == as_shipped(CONDITIONAL).step


def test_the_collapsed_pair_is_surer_than_the_good_one_and_of_one_class() -> None:
    compared = ReadCompared().read(as_shipped(SHIPPED).pair)
    assert compared.collapsed.tally.classes == 1
    assert compared.collapsed.tally.confidence > compared.here.tally.confidence + 0.05
    assert (compared.generator_steps, compared.discriminator_rate) == (5, 0.0002)
    assert compared.step == as_shipped(COLLAPSED).step


# -- its questions --------------------------------------------------------------------------------


def test_the_measures_are_those_of_the_tally() -> None:
    gan = DigitGan(DigitSettings(batch_size=8))
    gan.step()
    answer, measured = gan.answer(ReadWall()), gan.measure()
    assert measured == {
        "classes": answer.tally.classes,
        "confidence": answer.tally.confidence,
    }
    assert gan.answer(ReadWall(counted=False)).tally is None
    verdict = judged(torch.tensor(answer.pictures).unsqueeze(1))
    assert np.allclose(verdict.probabilities, answer.verdict.probabilities, atol=1e-5)


def test_noise_between_noises_is_as_long_as_noise() -> None:
    corners = torch.randn(4, 40_000, generator=torch.Generator().manual_seed(0))
    places = torch.rand(20, 2, generator=torch.Generator().manual_seed(1))
    between_them = mixed(corners, bilinear(places[:, 0], places[:, 1]))
    assert (between_them.square().mean(dim=1) - 1).abs().max() < 0.03
    ends = mixed(corners, bilinear(torch.tensor([0.0, 1, 0, 1]), torch.tensor([0.0, 0, 1, 1])))
    assert torch.equal(ends, corners)


def test_the_plane_has_its_corners_and_the_walk_its_places() -> None:
    pair = as_shipped(SHIPPED).pair
    answer = ReadPlane(0, 1.0, 0.0).read(pair)
    corners = forged(pair, corner_noise(0))[:, 0].numpy()
    for place, corner in zip((0, PLANE - 1, PLANE * (PLANE - 1), -1), corners, strict=True):
        assert np.allclose(answer.plane[place], corner, atol=1e-5)
    assert np.allclose(answer.point, corners[1], atol=1e-5)
    assert len(set(answer.corners.tolist())) == 4  # four different digits, as its comment says
    assert np.allclose(answer.path[0], answer.path[-1], atol=1e-4)  # once round
    x, y = way_round(np.array([0.3]))[0]
    noise = mixed(corner_noise(0), bilinear(torch.tensor([x]).float(), torch.tensor([y]).float()))
    assert noise.shape == (1, NOISE)


def test_a_walk_goes_from_one_of_the_walls_fakes_to_the_other() -> None:
    pair = as_shipped(SHIPPED).pair
    answer, shown = ReadBetween(20, 58).read(pair), ReadWall(False).read(pair)
    assert np.allclose(answer.pictures[0], shown.pictures[20], atol=1e-5)
    assert np.allclose(answer.pictures[-1], shown.pictures[58], atol=1e-5)
    assert np.allclose(answer.faded, (shown.pictures[20] + shown.pictures[58]) / 2, atol=1e-5)


def test_the_layers_shown_are_the_forward_pass() -> None:
    pair = as_shipped(SHIPPED).pair
    answer = ReadLayers(5).read(pair)
    noise, _ = wall_noise()
    net = pair.generator
    with torch.no_grad():
        x = net.norm1(net.seed(noise).unflatten(1, (32, 7, 7))).relu()
        assert np.allclose(answer.grown[0], x[5], atol=1e-5)
        x = net.norm2(net.up1(x)).relu()
        assert np.allclose(answer.grown[1], x[5], atol=1e-5)
        pictures = net.up2(x).tanh()
        assert np.allclose(answer.picture, (pictures[5, 0] + 1) / 2, atol=1e-5)
        logits = pair.discriminator(pictures)
    assert abs(answer.logit - float(logits[5])) < 1e-4
    assert answer.shrunk[0].shape == (16, 14, 14) and answer.shrunk[1].shape == (32, 7, 7)
    assert not any(m._forward_hooks for m in (*net.modules(), *pair.discriminator.modules()))


def test_copies_are_those_of_the_search() -> None:
    pair = as_shipped(SHIPPED).pair
    answer = ReadCopies((13, 2)).read(pair)
    found = nearest(torch.tensor(answer.wall).unsqueeze(1))
    assert np.array_equal(answer.distances, answer.all_distances[[13, 2]])
    assert np.allclose(found.distances, answer.all_distances, atol=1e-4)
    apart = np.sqrt(np.square(answer.pictures - answer.nearest).sum(axis=(1, 2)))
    assert np.allclose(apart, answer.distances, atol=1e-3)
    assert answer.distances.min() > 0  # none is a copy


# -- its pictures ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shown() -> Any:
    return ReadWall().read(as_shipped(SHIPPED).pair)


def test_a_click_on_the_wall_chooses_that_fake_and_on_the_strip_goes_there(shown: Any) -> None:
    moment = ReadMoment().read(as_shipped(SHIPPED).pair)
    frame = frame_of("wall", shown, along=((0, moment), (50, moment), (100, moment)))
    where = wall.places(ROOM, False)
    point = wall.tile(where.wall, 27, 6, COLUMNS).center()
    assert wall.hit(ROOM, frame, point) == ("fake", 27)
    boxes = strip.squares(where.strip, 3, where.columns)
    assert wall.hit(ROOM, frame, boxes[1].center()) == ("moment", 50)
    view_pick = DigitsView.pick(None, frame, ("moment", 50))  # type: ignore[arg-type]
    assert view_pick.seek == 50


def test_the_walls_animation_plays_the_film_up_to_now(shown: Any) -> None:
    moment = ReadMoment().read(as_shipped(SHIPPED).pair)
    along = tuple((step, moment) for step in (0, 50, 100, 200))
    frame = frame_of("wall", shown, along=along)
    beats = wall.beats(frame, ROOM)
    assert len(beats) == 3  # what lies after the step on the stage is not played
    assert wall.played(frame, ROOM, 0.0).step == 0
    assert wall.played(frame, ROOM, beats[-1].at).step == 100
    assert wall.played(frame, ROOM, beats[-1].at).pictures is shown.pictures


def test_a_walk_between_fakes_goes_on_from_where_it_ended() -> None:
    frame = frame_of("between", None)
    assert between.ends(frame) == (20, 58)
    assert dict(between.go_on(frame, 7).knobs) == {"first": 58, "second": 7}
    assert dict(between.go_on(frame, 58).knobs) == {"first": 58, "second": 20}
    assert between.place_at(frame, 0.0) == 0
    assert between.place_at(frame, between.SECONDS) == PATH - 1


def test_a_key_asks_for_its_digit_by_mouse_and_keyboard() -> None:
    frame = frame_of("ask", ReadAsked(7).read(as_shipped(CONDITIONAL).pair))
    keys = asked.painted(ROOM, frame)
    assert [key.target for key in keys] == [("ask", digit) for digit in range(10)]
    for key in keys:
        assert asked.hit(ROOM, frame, key.rect.center()) == key.target
    assert dict(asked.ask(4).knobs) == {"digit": 4}


def test_dragging_walks_through_the_plane(qapp: Any) -> None:
    view = DigitsView()
    view.resize(1192, 720)
    frame = frame_of("walk", ReadPlane().read(as_shipped(SHIPPED).pair))
    view.show_frame(frame, 0.0, COLOURS["light"], 1.0)
    picked: list[Any] = []
    view.picked.connect(picked.append)
    at = view.on_screen(plane.places(view.room()).plane)

    def send(kind: QEvent.Type, point: QPointF, button: Qt.MouseButton) -> None:
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        event = QMouseEvent(kind, point, point, button, held, Qt.KeyboardModifier.NoModifier)
        qapp.sendEvent(view, event)

    left = Qt.MouseButton.LeftButton
    send(QEvent.Type.MouseButtonPress, at.center(), left)
    send(QEvent.Type.MouseMove, at.center() + QPointF(60, 0), left)
    send(QEvent.Type.MouseButtonRelease, at.center() + QPointF(60, 0), left)
    send(QEvent.Type.MouseMove, at.center() + QPointF(90, 0), Qt.MouseButton.NoButton)
    assert len(picked) == 2
    first, second = (dict(pick.knobs) for pick in picked)
    assert abs(first["across"] - 0.5) < 0.01 and second["across"] > first["across"]
    asked_at = view.request(frame_of("walk", None, knobs=second))
    assert (asked_at.across, asked_at.down) == (second["across"], second["down"])
    view.close()


def test_while_it_learns_only_the_wall_is_asked_for(qapp: Any) -> None:
    view = DigitsView()
    assert view.request(frame_of("wall", None)).counted
    assert not view.request(frame_of("wall", None, live=True)).counted
    view.close()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_tiles_lie_in_rows_in_the_themes_ink(theme: Any) -> None:
    colours = COLOURS[theme]
    images = np.zeros((6, 4, 4), np.float32)
    images[4] = 1.0  # second row, second of three
    image = tiles(images, 3, colours)
    assert (image.width(), image.height()) == (18, 12)
    table = colours.tables["image"]
    assert image.pixelColor(6 + 3, 6 + 3).getRgb()[:3] == tuple(table[254])
    assert image.pixelColor(3, 3).getRgb()[:3] == tuple(table[127])
    assert image.pixelColor(0, 0) == colours.background
    assert tiles((images * 255).astype(np.uint8), 3, colours) == image
