"""What a cut costs over held-out sentences, as bars."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.answers import DamageReport
from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import measured_in, relations_by_hand
from explainer.concepts.transformer.attention.probe import Listened
from explainer.concepts.transformer.cuts import INTACT
from explainer.concepts.transformer.grammar import RelationKind
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


def most_lost(report: DamageReport) -> tuple[RelationKind, ...]:
    """Return the relation whose words lost the largest share; none where nothing was lost."""
    losses = {kind: intact - cut for kind, (intact, cut, count) in report.words.items() if count}
    worst = max(losses, key=lambda kind: losses[kind], default=None)
    return () if worst is None or losses[worst] <= 0 else (worst,)


def bars_of(frame: Frame, report: DamageReport) -> list[tuple[str, float, float]]:
    """Return what is measured as (name, intact, cut): sentences, then words of the relation."""
    kind = measured_in(frame.knobs, tokens_of(source_chips(frame.knobs)))
    if kind is None:
        title = frame.say(words.DAMAGE, count=report.sentences)
        bars = [(title, report.intact, report.cut)]
        lead, worst = words.MOST_LOST, most_lost(report)
    else:
        relation = frame.say(RELATION_NAMES[kind])
        title = frame.say(words.DAMAGE_HAVING, count=report.sentences, relation=relation)
        bars = [(title, report.intact, report.cut)]
        lead, worst = words.WORDS_THAT_NEED, (kind,) if kind in report.words else ()
    if report.sentences < report.wanted:
        bars = [(frame.say(words.GOING_ON, said=title), *bars[0][1:])]
    for name in worst:
        intact, cut, _ = report.words[name]
        bars.append((frame.say(lead, relation=frame.say(RELATION_NAMES[name])), intact, cut))
    return bars


def rows_in(rect: QRectF, bars: int, t: float) -> tuple[tuple[QRectF, QRectF, QRectF], ...]:
    """Return for each bar its name, the share before the cut, and the share after it.

    Where there is little height only the first bar has a place.
    """
    bars = 1 if rect.height() < 150 * t else bars
    pitch = min((rect.height() - 12) / bars, 96 * t)
    high = (pitch - 34 * t) / 2
    found = []
    for place in range(bars):
        line = QRectF(rect.x(), rect.y() + 8 + place * pitch, rect.width(), 26 * t)
        row = QRectF(rect.x(), line.bottom(), rect.width(), high)
        found.append((line, row, row.translated(0, high)))
    return tuple(found)


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
    for (name, intact, cut), rows in zip(bars, rows_in(rect, len(bars), t), strict=False):
        line, row, after = rows
        write(painter, line, name, 15 * t, colours.muted)
        violet = colours.solid("magnitude")
        _draw_share(painter, row, frame.say(words.BEFORE), intact, violet, colours, t)
        row = after
        if answer.cuts == INTACT:
            continue
        if is_cut_everywhere(frame, answer):
            ink = colours.wrong if cut < intact else violet
            _draw_share(painter, row, frame.say(words.AFTER), cut, ink, colours, t)
        else:
            box = row.adjusted(84 * t, 0, 0, 0)
            write(painter, row, frame.say(words.AFTER), 15 * t, colours.muted)
            write(painter, box, frame.say(words.ONLY_HERE), 15 * t, colours.muted)


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
