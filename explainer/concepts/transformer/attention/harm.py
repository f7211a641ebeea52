"""What a cut costs over held-out sentences, as bars."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.answers import DamageReport
from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import measured_in, relations_by_hand
from explainer.concepts.transformer.attention.probe import Listened
from explainer.concepts.transformer.cuts import INTACT
from explainer.concepts.transformer.relations import RELATION_NAMES
from explainer.concepts.transformer.sentence import source_chips, tokens_of
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import RIGHT, SEMIBOLD, percent, write


def is_cut_everywhere(frame: Frame, answer: Listened) -> bool:
    """Return whether anything is cut that other sentences have too.

    An edge that the grammar has no name for is a place in this sentence alone.
    """
    cuts = answer.cuts
    if cuts.heads or cuts.relations or not cuts.positions_on:
        return True
    return bool(relations_by_hand(frame.knobs, tokens_of(source_chips(frame.knobs))))


def bars_of(frame: Frame, report: DamageReport) -> list[tuple[str, float, float]]:
    """Return what is measured as (name, intact, cut): sentences, then words of the relation."""
    kind = measured_in(frame.knobs, tokens_of(source_chips(frame.knobs)))
    if kind is None:
        title = frame.say(words.DAMAGE, count=report.sentences)
        bars = [(title, report.intact, report.cut)]
        worst = sorted(report.words, key=lambda k: report.words[k][1])[: report.cut < report.intact]
    else:
        relation = frame.say(RELATION_NAMES[kind])
        title = frame.say(words.DAMAGE_HAVING, count=report.sentences, relation=relation)
        bars = [(title, report.intact, report.cut)]
        worst = [kind] if kind in report.words else []
    if report.sentences < report.wanted:
        bars = [(frame.say(words.GOING_ON, said=title), *bars[0][1:])]
    for name in worst:
        intact, cut, _ = report.words[name]
        text = f"{frame.say(words.WORDS_THAT_NEED)}: {frame.say(RELATION_NAMES[name])}"
        bars.append((text, intact, cut))
    return bars


def draw_harm(
    painter: QPainter,
    frame: Frame,
    answer: Listened,
    report: DamageReport,
    rect: QRectF,
    colours: Colours,
    t: float,
) -> None:
    """Draw each measured share before the cut, and after it once something is cut."""
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(rect.topLeft(), rect.topRight())
    bars = bars_of(frame, report)
    if rect.height() < 150 * t:
        bars = bars[:1]
    pitch = min((rect.height() - 12) / len(bars), 96 * t)
    high = (pitch - 34 * t) / 2
    missing = words.NOTHING_CUT if answer.cuts == INTACT else words.ONLY_HERE
    for place, (name, intact, cut) in enumerate(bars):
        line = QRectF(rect.x(), rect.y() + 8 + place * pitch, rect.width(), 26 * t)
        write(painter, line, name, 15 * t, colours.muted)
        row = QRectF(rect.x(), line.bottom(), rect.width(), high)
        violet = colours.solid("magnitude")
        _draw_share(painter, row, frame.say(words.BEFORE), intact, violet, colours, t)
        row.translate(0, high)
        if is_cut_everywhere(frame, answer):
            ink = colours.wrong if cut < intact else violet
            _draw_share(painter, row, frame.say(words.AFTER), cut, ink, colours, t)
        else:
            box = row.adjusted(84 * t, 0, 0, 0)
            write(painter, row, frame.say(words.AFTER), 15 * t, colours.muted)
            write(painter, box, frame.say(missing), 15 * t, colours.muted)


def _draw_share(
    painter: QPainter,
    rect: QRectF,
    label: str,
    share: float,
    ink: QColor,
    colours: Colours,
    t: float,
) -> None:
    tag = figure = 84 * t
    write(painter, QRectF(rect.x(), rect.y(), tag, rect.height()), label, 15 * t, colours.muted)
    bar = QRectF(
        rect.x() + tag, rect.y() + rect.height() * 0.24,
        rect.width() - tag - figure, rect.height() * 0.52,
    )  # fmt: skip
    painter.fillRect(bar, colours.line)
    bar.setWidth(max(bar.width() * share, 2))
    painter.fillRect(bar, ink)
    box = QRectF(rect.right() - figure, rect.y(), figure, rect.height())
    px = min(17 * t, rect.height() * 0.8)
    write(painter, box, percent(share), px, colours.ink, SEMIBOLD, RIGHT)
