"""The one table of keys: the shortcuts, the help and the documentation come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from explainer.lesson import Text

Context = Literal["window", "slide", "both"]


@dataclass(frozen=True, slots=True)
class Key:
    """One action and the keys that call it.

    Parameters
    ----------
    action : str
        What the window's table of actions calls it.
    label : Text
        What it does.
    keys : tuple of str
        As `QKeySequence` reads them.
    twins : tuple of str
        The Hangul letters on the same keys, for a keyboard left in Korean.
    context : "window", "slide" or "both"
    """

    action: str
    label: Text
    keys: tuple[str, ...]
    twins: tuple[str, ...] = ()
    context: Context = "both"


KEYS: tuple[Key, ...] = (
    Key("next", Text("Next step", "다음 단계"), ("Right", "Down", "PgDown", "N"), ("ㅜ",)),
    Key("previous", Text("Previous step", "이전 단계"), ("Left", "Up", "PgUp", "P"), ("ㅔ",)),
    Key("next", Text("Next step", "다음 단계"), ("Space",), context="slide"),
    Key("play", Text("Play or pause", "재생, 멈춤"), ("Space",), context="window"),
    Key("play", Text("Play or pause", "재생, 멈춤"), ("K", "Alt+K"), ("ㅏ",)),
    Key("beat_back", Text("One moment back", "한 동작 뒤로"), ("Shift+Left",)),
    Key("beat_on", Text("One moment on", "한 동작 앞으로"), ("Shift+Right",)),
    Key("restart", Text("Play the step again", "이 단계를 처음부터"), ("R",), ("ㄱ",)),
    Key("slower", Text("Slower lesson", "수업을 느리게"), ("<",)),
    Key("faster", Text("Faster lesson", "수업을 빠르게"), (">",)),
    Key("train", Text("Train or pause training", "학습 시작, 멈춤"), ("T",), ("ㅅ",)),
    Key("train_step", Text("One training step", "학습 한 스텝"), ("Shift+T",), ("ㅆ",)),
    Key("undo", Text("Undo in the drawing", "그림 되돌리기"), ("Ctrl+Z",)),
    Key("first", Text("First step of the scene", "장면의 첫 단계"), ("Home",)),
    Key("last", Text("Last step of the scene", "장면의 마지막 단계"), ("End",)),
    Key("full_screen", Text("Full screen", "전체 화면"), ("F", "F11"), ("ㄹ",)),
    Key("present", Text("Present from the first step", "첫 단계부터 발표"), ("F5",), (), "window"),
    Key("present_here", Text("Present from here", "여기부터 발표"), ("Shift+F5",), (), "window"),
    Key("leave", Text("Leave full screen", "전체 화면 끝"), ("Esc", "F5", "Shift+F5"), (), "slide"),
    Key("black", Text("Black screen", "검은 화면"), ("B", "."), ("ㅠ",), "slide"),
    Key("white", Text("White screen", "흰 화면"), ("W", ","), ("ㅈ",), "slide"),
    Key("up", Text("One level up", "그림에서 한 단계 위로"), ("Esc",), context="window"),
    Key("search", Text("Search all steps", "모든 단계 찾기"), ("Ctrl+K",), context="window"),
    Key("code", Text("Show the code", "코드 보기"), ("C",), ("ㅊ",), "window"),
    Key("contents", Text("Fold the contents", "차례 접기, 펼치기"), ("M",), ("ㅡ",), "window"),
    Key("larger", Text("Larger text", "글자 크게"), ("Ctrl++", "Ctrl+=")),
    Key("smaller", Text("Smaller text", "글자 작게"), ("Ctrl+-",)),
    Key("plain", Text("Text at its usual size", "글자를 원래 크기로"), ("Ctrl+0",)),
    Key("language", Text("Korean or English", "한국어, 영어"), ("Ctrl+Shift+L",)),
    Key("theme", Text("Next appearance", "다음 화면 모양"), ("Ctrl+Shift+D",)),
    Key("reset_all", Text("Reset all", "모두 처음으로"), ("Alt+R",)),
    Key("help", Text("Keyboard help", "단축키 도움말"), ("F1", "?"), context="window"),
)  # fmt: skip

_SHOWN = {
    "Right": "→", "Left": "←", "Up": "↑", "Down": "↓", "PgDown": "Page Down", "PgUp": "Page Up",
    "Shift+Left": "Shift ←", "Shift+Right": "Shift →", "Ctrl+-": "Ctrl −", "Ctrl++": "Ctrl +",
}  # fmt: skip


def table(context: Context) -> tuple[Key, ...]:
    """Return the keys that hold in a context."""
    return tuple(key for key in KEYS if key.context in (context, "both"))


def shown(keys: tuple[str, ...]) -> str:
    """Return keys as the help writes them."""
    return "  ".join(_SHOWN.get(key, key.replace("+", " ")) for key in keys)


def bind(
    window: QWidget, context: Context, actions: Mapping[str, Callable[[], None]]
) -> list[QShortcut]:
    """Make the shortcuts of a context on a window; a field in which one types keeps its keys.

    Raises
    ------
    KeyError
        If an action of the table is not given.
    """
    made = []
    for key in table(context):
        for sequence in key.keys + key.twins:
            shortcut = QShortcut(QKeySequence(sequence), window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            repeats = key.action in ("next", "previous", "beat_back", "beat_on", "train_step")
            shortcut.setAutoRepeat(repeats)
            shortcut.activated.connect(actions[key.action])
            made.append(shortcut)
    return made
