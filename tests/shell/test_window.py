from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from explainer.lesson import Text
from explainer.shell.layout import arrange
from explainer.shell.pills import Pill, placed
from explainer.shell.settings import load
from explainer.shell.window import MainWindow
from explainer.stage.buttons import Button
from explainer.stage.frame import Lens
from tests.shell.fake_session import FakeSession, film

Make = Callable[..., MainWindow]

NAMES = (
    "contents", "stage", "transport", "trainButton", "stepButton", "resetButton", "filmSlider",
    "timeSlider", "speedSlider", "lessonSpeed", "nextStep", "previousStep", "playButton",
    "languageMenu", "themeMenu", "deviceLabel", "banner",
)  # fmt: skip


def visible(window: QWidget, kind: type) -> Iterator[Any]:
    for widget in window.findChildren(kind):
        if widget.isVisible() and widget.width() > 0:
            yield widget


def hangul(said: str) -> bool:
    return any("가" <= letter <= "힣" for letter in said)


def scrolled(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return parent
        parent = parent.parentWidget()
    return None


def clipped(window: MainWindow) -> list[str]:
    """Return what does not fit its place: words wider than their widget, widgets outside."""
    found = []
    for label in visible(window, QLabel):
        if not label.text() or label.pixmap().width():
            continue
        inner = label.contentsRect()
        if label.wordWrap():
            if label.heightForWidth(label.width()) > label.height() + 1:
                found.append(f"high: {label.text()}")
        elif QFontMetricsF(label.font()).horizontalAdvance(label.text()) > inner.width() + 1:
            found.append(f"wide: {label.text()}")
    for button in visible(window, Button):
        row = button.objectName().split("-")[0] in ("concept", "scene", "segment")
        if button.text() and not row and button.needed() > button.width() + 1:
            found.append(f"button: {button.text()}")
    for widget in [*visible(window, QLabel), *visible(window, QAbstractButton)]:
        area = scrolled(widget)
        bound = area.widget() if area is not None else widget.parentWidget()
        corner = widget.mapTo(bound, widget.rect().bottomRight())
        if corner.x() > bound.width() or (area is None and corner.y() > bound.height()):
            found.append(f"outside: {widget.objectName() or getattr(widget, 'text', str)()}")
    return found


def overlapping(window: MainWindow) -> list[str]:
    transport = window.transport
    parts = [c for c in transport.children() if isinstance(c, QWidget) and c.isVisible()]
    parts = [
        part for part in parts if part.windowFlags() & Qt.WindowType.Popup != Qt.WindowType.Popup
    ]
    found = []
    for index, one in enumerate(parts):
        for other in parts[index + 1 :]:
            shared = one.geometry().intersected(other.geometry())
            # The film's gate and handle reach a little over their tracks.
            tracks = {"timeSlider", "filmSlider"}
            if {one.objectName(), other.objectName()} & tracks:
                continue
            if shared.width() > 2 and shared.height() > 2:
                found.append(f"{one.objectName()} on {other.objectName()}")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_named_widgets_are_there_once(window: Make, name: str) -> None:
    assert len(window().findChildren(QWidget, name)) == 1


def test_all_that_answers_is_named_in_both_languages(window: Make) -> None:
    made = window(language="ko")
    kinds = (QAbstractButton, QAbstractSlider, QLineEdit)
    korean = {}
    for kind in kinds:
        for widget in made.findChildren(kind):
            if widget.objectName().startswith("qt_") or "ScrollBar" in type(widget).__name__:
                continue
            assert widget.objectName(), widget
            if widget.isVisible():
                assert widget.accessibleName().strip(), widget.objectName()
                korean[widget] = widget.accessibleName()
    made.switch_language()
    for widget, name in korean.items():
        if hangul(name):
            assert not hangul(widget.accessibleName()), widget.objectName()
            assert widget.accessibleName().strip(), widget.objectName()


def test_a_language_switch_changes_every_visible_word(window: Make, session: FakeSession) -> None:
    made = window(language="ko", device_text="CPU")
    assert any(hangul(label.text()) for label in visible(made, QLabel))
    QTest.keyClick(
        made, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert session.language == "en"
    left = [w.text() for k in (QLabel, QAbstractButton) for w in visible(made, k)]
    assert not [text for text in left if hangul(text)]
    for action in [*made.topbar.menu.actions(), *made.transport.reset_menu.actions()]:
        assert not hangul(action.text())
    made.switch_language()
    back = [w.text() for k in (QLabel, QAbstractButton) for w in visible(made, k)]
    assert any(hangul(text) for text in back)


SIZES = [(1024, 700), (1024, 768), (1366, 768), (1600, 900), (1920, 1080)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_nothing_is_clipped(
    window: Make, session: FakeSession, size: tuple[int, int], language: str, theme: str
) -> None:
    made = window(*size, language=language, theme=theme, shows_own_run=False)
    for scene in session.concept.scenes:
        session.go("cnn", scene.key)
        made.tick()
        QTest.qWait(1)
        assert clipped(made) == []
        assert overlapping(made) == []


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1600, 900)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_is_clipped_with_doubled_words(
    window: Make, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    said = Text.said

    def doubled(self: Text, language: Any, **values: object) -> str:
        once = said(self, language, **values)
        return f"{once} {once}"

    monkeypatch.setattr(Text, "said", doubled)
    made = window(*size, language=language)
    QTest.qWait(1)
    assert clipped(made) == []
    assert overlapping(made) == []


@pytest.mark.parametrize("font_scale", [1.5, 2.0])
@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_nothing_is_clipped_in_large_type(
    window: Make, size: tuple[int, int], font_scale: float
) -> None:
    made = window(*size, font_scale=font_scale, language="en")
    QTest.qWait(1)
    assert clipped(made) == []
    assert overlapping(made) == []


def test_space_plays_and_a_focused_button_keeps_its_own(window: Make, session: FakeSession) -> None:
    made = window()
    QTest.keyClick(session.view, Qt.Key.Key_Space)
    QTest.keyClick(session.view, Qt.Key.Key_Space)
    assert session.calls == [("play_lesson", True), ("play_lesson", False)]
    button = made.findChild(QAbstractButton, "nextStep")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert session.calls[-1] == ("next_step",)


def test_hangul_keys_do_what_their_latin_twins_do(window: Make, session: FakeSession) -> None:
    window()
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, session.view, Qt.Key(ord("ㅜ")), "ㅜ", Qt.KeyboardModifier.NoModifier
    )
    assert ("next_step",) in session.calls


def test_the_transport_asks_the_session(window: Make, session: FakeSession) -> None:
    made = window(1600, 900)
    made.findChild(QAbstractButton, "stepButton").click()
    made.findChild(QAbstractButton, "trainButton").click()
    made.findChild(QAbstractButton, "trainFromScratch").click()
    made.findChild(QAbstractSlider, "speedSlider").setValue(0)
    made.findChild(QAbstractSlider, "timeSlider").setValue(5000)
    assert session.calls == [
        ("train_step",), ("train", True), ("reset", False, True), ("set_training_speed", 1.0),
        ("seek_lesson", 5.0),
    ]  # fmt: skip


def test_a_press_on_the_film_seeks_on_a_root_axis(window: Make, session: FakeSession) -> None:
    made = window()
    track = made.transport.film
    x = round(track.x_of(375))
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=track.strip().center().toPoint())
    name, branch, step = session.calls[-1]
    assert (name, branch) == ("seek_film", 0)
    assert abs(step - 375) <= 4 and abs(x - track.width() / 2) <= 1


def test_the_gate_glides_to_the_frame_on_the_stage(window: Make) -> None:
    """The fake session stays where it was: let go in the middle, the gate goes back to the end."""
    track = window().transport.film
    middle = track.strip().center()
    end = track.gate()
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert middle.x() - 2 < track.gate() < end
    QTest.qWait(250)
    assert track.gate() == end
    assert not track._glide.isActive()
    track.glides = False
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert track.gate() == end


def test_a_press_on_a_branch_follows_it(window: Make, session: FakeSession) -> None:
    made = window()
    track = made.transport.film
    line = next(line for line in track._built() if line.branch == 1)
    strip = track.strip()
    middle = len(line.x) // 2
    point = strip.bottomLeft()
    point.setX(strip.x() + line.x[middle] * strip.width())
    point.setY(strip.bottom() - line.y[middle] * strip.height() + 3)
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert session.calls[-1][:2] == ("seek_film", 1)


def test_the_film_says_where_it_stands(window: Make, session: FakeSession) -> None:
    made = window(language="en")
    assert "95.8 %" in made.findChild(QLabel, "filmNote").text()
    session.report.film = film(150)
    made.transport.refresh(1.0)
    texts = [label.text() for label in visible(made.transport, QLabel)]
    assert "150 / 1,500" in texts
    session.report.film = None
    made.transport.refresh(1.0)
    assert not made.findChild(QAbstractButton, "trainButton").isEnabled()
    assert "Preparing" in made.findChild(QLabel, "filmNote").text()


def test_a_step_chosen_by_its_dot(window: Make, session: FakeSession) -> None:
    made = window()
    row = made.findChild(QWidget, "scene-cnn-draw")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.dots()[4].center().toPoint())
    assert session.place == ("cnn", "draw", "draw5")


def test_the_lens_stands_in_the_column(window: Make, session: FakeSession) -> None:
    made = window(language="en")
    session.lens = Lens("Map 6", (("largest", "6.7"),), good=False)
    made.refresh()
    card = made.findChild(QWidget, "lens")
    assert card.isVisible() and "differs" in card.accessibleName()
    session.lens = None
    made.refresh()
    assert not card.isVisible()


def test_full_screen_has_the_same_state_and_a_clicker_steps_it(
    qtbot: Any, window: Make, session: FakeSession
) -> None:
    made = window()
    QTest.keyClick(session.view, Qt.Key.Key_F)
    assert made.presenting and session.view.window() is made.slide
    qtbot.waitUntil(made.slide.isActiveWindow)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_PageUp):
        QTest.keyClick(session.view, key)
    assert session.place[2] == "draw3"
    QTest.keyClick(session.view, Qt.Key.Key_Period)
    assert made.slide.cover == "black" and not session.view.isVisible()
    QTest.keyClick(made.slide, Qt.Key.Key_B)
    assert made.slide.cover is None and session.view.isVisible()
    QTest.keyClick(session.view, Qt.Key.Key_Escape)
    assert not made.presenting and session.view.window() is made
    qtbot.waitUntil(made.isActiveWindow)
    QTest.keyClick(session.view, Qt.Key.Key_F5)
    assert made.presenting and session.place[2] == "draw1"
    qtbot.waitUntil(made.slide.isActiveWindow)
    QTest.keyClick(session.view, Qt.Key.Key_F5)
    assert not made.presenting


def test_closing_stops_the_clock_keeps_the_settings_and_ends_the_session(
    qtbot: Any, fonts: None, tmp_path: Path
) -> None:
    session = FakeSession()
    file = tmp_path / "kept.json"
    made = MainWindow(session, keep_at=file)
    made.show()
    made.set_theme("dark")
    made.close()
    made.deleteLater()
    assert session.closed
    settings, problem = load(file)
    assert problem is None and settings.theme == "dark" and settings.place == session.place


def test_places_fill_the_window_without_gaps() -> None:
    for width, height in SIZES:
        for scale in (1.0, 1.5, 2.0):
            for code in (False, True):
                at = arrange(width, height, scale, True, code)
                area = sum(
                    rect.width() * rect.height()
                    for rect in (at.topbar, at.contents, at.stage, at.narration, at.transport)
                )
                assert abs(area - width * height) <= max(width, height), (width, height, scale)
                assert at.stage.height() >= 200 and at.stage.width() >= 480


def test_pills_stand_clear_of_each_other_and_of_the_gate() -> None:
    strip, gate = QRectF(0, 0, 600, 44), QRectF(290, -5, 14, 54)
    wanted = [Pill(280.0, "learning rate 0.1", 110.0, 1), Pill(280.0, "batch 64", 60.0, 2),
              Pill(590.0, "optimiser SGD", 90.0, 2), Pill(280.0, "", 0.0, 3)]  # fmt: skip
    found = placed(wanted, strip, gate, 1.0)
    assert [pill.said for _, pill in found] == [pill.said for pill in wanted if pill.said]
    rects = [gate, *(rect for rect, _ in found)]
    for one, other in combinations(rects, 2):
        assert not one.intersects(other)
    assert all(strip.contains(rect) for rect in rects[1:])
    assert placed(wanted, QRectF(0, 0, 100, 44), gate, 1.0)[:1] == ()
