"""One theme for the whole application: palette, a small style sheet, Qt's own words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from explainer.engine.assets import asset
from explainer.lesson import Language
from explainer.stage.colours import Colours, palette
from explainer.stage.lettering import font

_translator: QTranslator | None = None


def svg(name: str) -> Path:
    """Return the file of a shipped icon."""
    return asset(f"icons/{name}.svg")


def apply_theme(application: QApplication, colours: Colours, type_scale: float) -> None:
    """Dress the application in a theme; `type_scale` is screen pixels per design pixel."""
    if application.style().objectName() != "fusion":
        application.setStyle("Fusion")
    application.setPalette(palette(colours))
    application.setFont(font(max(14, round(16 * type_scale))))
    application.setStyleSheet(style_sheet(colours, type_scale))


def style_sheet(colours: Colours, scale: float) -> str:
    """Return the rules that a palette cannot say."""
    role = {name: getattr(colours, name).name() for name in (
        "background", "surface", "line", "ink", "muted", "faint", "amber", "amber_soft",
        "amber_text", "wrong",
    )}  # fmt: skip
    px = {n: f"{max(1, round(n * scale))}px" for n in (1, 2, 3, 4, 6, 8, 10, 12, 16)}
    ring = "2px" if not colours.is_projector else "3px"
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[role="muted"] {{ color: {role["muted"]}; }}
    QLabel[role="amber"] {{ color: {role["amber_text"]}; }}
    QWidget#narration, QWidget#sheet, QWidget#contents, QWidget#transport, QWidget#topbar,
    QWidget#column, QWidget#foot {{ background: {role["surface"]}; }}
    QWidget#stage, QWidget#slide {{ background: {role["background"]}; }}
    QScrollArea {{ background: transparent; border: 0; }}
    QFrame#lens {{ background: {role["amber_soft"]}; border: 0; border-radius: {px[10]}; }}
    QFrame#rule {{ background: {role["line"]}; border: 0; }}
    QFrame#banner {{ background: {role["surface"]}; border: 2px solid {role["wrong"]};
        border-radius: {px[10]}; }}
    QFrame#palette, QFrame#help {{ background: {role["surface"]};
        border: 1px solid {role["faint"]}; border-radius: {px[12]}; }}
    QLineEdit {{ background: {role["background"]}; color: {role["ink"]};
        border: 1px solid {role["line"]}; border-radius: {px[8]}; padding: {px[8]} {px[12]};
        selection-background-color: {role["amber_soft"]}; selection-color: {role["ink"]}; }}
    QLineEdit#sentenceField {{ padding: 0 {px[12]}; }}
    QLineEdit[cell="true"] {{ border-radius: 2px; padding: 0; background: {role["surface"]}; }}
    QLineEdit:focus {{ border: {ring} solid {role["amber"]}; }}
    QListWidget {{ background: transparent; border: 0; outline: 0; }}
    QListWidget::item {{ padding: {px[8]} {px[12]}; border-radius: {px[8]}; color: {role["ink"]}; }}
    QListWidget::item:selected {{ background: {role["amber_soft"]}; color: {role["ink"]}; }}
    QPlainTextEdit {{ background: {role["background"]}; color: {role["ink"]};
        border: 1px solid {role["line"]}; border-radius: {px[8]}; }}
    QPlainTextEdit:focus {{ border: {ring} solid {role["amber"]}; }}
    QComboBox QAbstractItemView {{ background: {role["surface"]}; color: {role["ink"]};
        selection-background-color: {role["amber_soft"]}; selection-color: {role["ink"]}; }}
    QMenu {{ background: {role["surface"]}; color: {role["ink"]}; border: 1px solid {role["line"]};
        padding: {px[6]}; }}
    QMenu::item {{ padding: {px[8]} {px[16]}; border-radius: {px[6]}; }}
    QMenu::item:selected {{ background: {role["amber_soft"]}; }}
    QMenu::separator {{ height: 1px; background: {role["line"]}; margin: {px[4]} {px[8]}; }}
    QToolTip {{ background: {role["surface"]}; color: {role["ink"]};
        border: 1px solid {role["line"]}; padding: {px[6]} {px[8]}; }}
    QScrollBar:vertical {{ background: transparent; width: {px[10]}; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {px[10]}; margin: 0; }}
    QScrollBar::handle {{ background: {role["faint"]}; border-radius: {px[3]}; margin: 2px;
        min-height: 28px; min-width: 28px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def apply_language(application: QApplication, language: Language) -> None:
    """Give Qt's own words in a language and tell every window that it changed."""
    global _translator
    if _translator is not None:
        application.removeTranslator(_translator)
        _translator = None
    if language == "ko":
        translator = QTranslator(application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        # Where a distribution leaves Qt's words out, its few dialogs stay English.
        if translator.load("qtbase_ko", folder):
            application.installTranslator(translator)
            _translator = translator
    for window in application.topLevelWidgets():
        QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
