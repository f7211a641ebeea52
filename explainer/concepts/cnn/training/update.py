"""One update in slow motion: batch, forward, loss, backward, update, average."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.cnn.training.film import draw_gradients_column
from explainer.concepts.cnn.training.layout import UpdateLayout
from explainer.concepts.cnn.training.weight import draw_average, draw_weight
from explainer.concepts.cnn.training.written import LEAST_NORM, MOST_NORM, log_written
from explainer.lesson import Text
from explainer.stage.colours import Colours, fade
from explainer.stage.digit_wall import atlas, sheet
from explainer.stage.frame import Beat, Frame
from explainer.stage.heatmap import cell
from explainer.stage.lettering import (
    CENTRE,
    LEFT,
    MINUS,
    REGULAR,
    RIGHT,
    SEMIBOLD,
    number,
    percent,
    width,
    write,
)

if TYPE_CHECKING:
    from explainer.concepts.cnn.training.probe import Update

HEADS = (
    Text("Take a batch", "배치를 꺼냅니다"),
    Text("Forward", "앞으로 계산합니다"),
    Text("Loss", "손실을 잽니다"),
    Text("Backward", "거꾸로 기울기를 구합니다"),
    Text("Update", "가중치를 고칩니다"),
    Text("Average", "평균에 섞습니다"),
)
PART_OF_BATCH = Text("{shown} of the batch's {n} digits", "배치의 숫자 {n}개 가운데 {shown}개")
BATCH = Text("{n} digits; the right answer is known", "숫자 {n}개. 정답은 이미 압니다")
RIGHT_ANSWER = Text("right answer: {digit}", "정답: {digit}")
LOSS_OF_ONE = Text("this digit", "이 숫자")
LOSS_OF_ALL = Text("mean of all {n} = loss of step {step}", "{n}개의 평균 = {step}스텝의 손실")
NORMS = Text("length of each layer's gradient", "층마다 기울기의 크기")
NORM_SCALE = Text("bars: {least} to {most}, log scale", "막대: {least}–{most}, 로그 눈금")
VARIED = Text(
    "each shifted, turned and stretched a little",
    "저마다 조금씩 옮기고 돌리고 늘였습니다",
)
LOGIT = Text("logit", "로짓")
PROBABILITY = Text("probability", "확률")

PARTS = ("batch", "forward", "loss", "backward", "update", "average")
PACE = 1.6  # seconds a part


def update_beats() -> tuple[Beat, ...]:
    """Return one moment a part, in the order the code runs."""
    moments = (Beat(key, PACE * place) for place, key in enumerate(PARTS))
    return (*moments, Beat("", PACE * len(PARTS)))


def parts_done(time: float, is_reduced: bool) -> int:
    """Return how many parts are drawn at a moment; the last of them is the one that runs."""
    return len(PARTS) if is_reduced else min(int(time / PACE + 1e-6) + 1, len(PARTS))


def chosen_digit(frame: Frame, shown: int) -> int:
    """Return the digit of the batch that is followed: hovered, else selected, else the first."""
    for target in (frame.hover, frame.selection):
        if target and target[0] == "batch" and int(target[1]) < shown:
            return int(target[1])
    return 0


def draw_update(
    painter: QPainter,
    layout: UpdateLayout,
    frame: Frame,
    update: Update,
    time: float,
    colours: Colours,
) -> None:
    """Draw the parts that have run; the running one carries the amber number."""
    done = parts_done(time, frame.reduced)
    is_over = frame.reduced or time >= PACE * len(PARTS)
    chosen = chosen_digit(frame, min(layout.shown, len(update.images)))
    for place in range(len(PARTS)):
        is_running = place == done - 1 and not is_over
        _head(painter, layout, frame, place, place < done, is_running, colours)
    drawings = (_batch, _forward, _loss, _backward, draw_weight, draw_average)
    for draw in drawings[:done]:
        draw(painter, layout, frame, update, chosen, colours)


def _head(
    painter: QPainter,
    layout: UpdateLayout,
    frame: Frame,
    place: int,
    is_done: bool,
    is_running: bool,
    colours: Colours,
) -> None:
    line = layout.heads[place]
    px = 18 * min(layout.room.type, 1.3)
    disc = QRectF(line.x(), line.y(), line.height(), line.height())
    painter.setPen(QPen(colours.faint if not is_running else colours.amber, 1.5))
    painter.setBrush(colours.amber if is_running else colours.background)
    painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
    on = colours.on_amber if is_running else (colours.ink if is_done else colours.muted)
    write(painter, disc, str(place + 1), px * 0.85, on, SEMIBOLD, CENTRE)
    words = line.adjusted(line.height() + 10, 0, 0, 0)
    colour = colours.ink if is_done else colours.muted
    said = frame.say(HEADS[place])
    write(painter, words, said, px, colour, SEMIBOLD)
    if place % 3 < 2:
        # An arrow to the part that comes next in the row.
        start, end = words.x() + width(said, px, SEMIBOLD) + 14, layout.heads[place + 1].x() - 12
        y = line.center().y()
        painter.setPen(QPen(colours.faint, 1.4))
        if end - start > 24:
            tip = QPointF(end, y)
            painter.drawPolyline([QPointF(start, y), tip, QPointF(end - 6, y - 5)])
            painter.drawLine(tip, QPointF(end - 6, y + 5))


def _batch(
    painter: QPainter,
    layout: UpdateLayout,
    frame: Frame,
    update: Update,
    chosen: int,
    colours: Colours,
) -> None:
    t = layout.room.type
    across = 4 if layout.room.large else 8
    images = update.images[: layout.shown]
    rows = max(1, len(images) // across)
    images = images[: rows * across]
    area = QRectF(layout.batch)
    area.setHeight(layout.batch.height() * rows / 4)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(area, atlas(sheet(images, across, colours).full))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.solid("magnitude"), 3))
    painter.drawRoundedRect(cell(area, *divmod(chosen, across), rows, across), 3, 3)
    under = QRectF(area.x(), area.bottom() + 8, layout.bodies[0].width(), 22 * t)
    whole = len(update.labels)
    said = frame.say(BATCH, n=whole)
    if len(images) < whole:
        said = frame.say(PART_OF_BATCH, shown=len(images), n=whole)
    write(painter, under, said, 15 * t, colours.muted)
    if frame.knobs.get("augmentation") and not layout.room.large:
        under.translate(0, 24 * t)
        write(painter, under, frame.say(VARIED), 15 * t, colours.muted)


def _forward(
    painter: QPainter,
    layout: UpdateLayout,
    frame: Frame,
    update: Update,
    chosen: int,
    colours: Colours,
) -> None:
    t = layout.room.type
    body = layout.bodies[1]
    shares, right = update.probabilities[chosen], int(update.labels[chosen])
    is_large = layout.room.large
    over = (18 if is_large else 22) * t
    line = (body.height() - (0 if is_large else 26 * t) - over) / 10
    px = min(16 * t, line * 0.86)
    small = min(14 * t, over * 0.8)
    gap = 12.0 if is_large else 14.0
    logits = QRectF(body.x() + width("0", px) + gap, body.y(), width(frame.say(LOGIT), px), over)
    logits.setWidth(max(logits.width(), width(f"{MINUS}00.00", px)))
    left, after = logits.right() + gap - body.x(), width("100.0 %", px) + 10
    head = QRectF(body.x() + left, body.y(), body.width() - left, over)
    write(painter, logits, frame.say(LOGIT), small, colours.muted, REGULAR, RIGHT)
    write(painter, head, frame.say(PROBABILITY), small, colours.muted)
    bars = QPainterPath()
    for digit, share in enumerate(shares):
        y = body.y() + over + digit * line
        long = (body.width() - left - after) * float(share)
        bar = QRectF(body.x() + left, y + line * 0.2, max(long, 1.5), line * 0.6)
        if digit == right:
            painter.fillRect(bar, colours.solid("magnitude"))
        else:
            bars.addRect(bar)
        ink = colours.ink if digit == right else colours.muted
        weight = SEMIBOLD if digit == right else REGULAR
        write(painter, QRectF(body.x(), y, left, line), str(digit), px, ink, weight, LEFT)
        logit = QRectF(logits.x(), y, logits.width(), line)
        said = number(float(update.logits[chosen][digit]), 2)
        write(painter, logit, said, px, ink, weight, RIGHT)
        end = QRectF(bar.right() + 8, y, after, line)
        write(painter, end, percent(float(share)), px, ink, weight, LEFT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fade(colours.ribbon, 0.7))
    painter.drawPath(bars)
    if not is_large:
        under = QRectF(body.x(), body.bottom() - 22 * t, body.width(), 22 * t)
        write(painter, under, frame.say(RIGHT_ANSWER, digit=right), 15 * t, colours.muted)


def _loss(
    painter: QPainter,
    layout: UpdateLayout,
    frame: Frame,
    update: Update,
    chosen: int,
    colours: Colours,
) -> None:
    t = layout.room.type
    body = layout.bodies[2]
    share = float(update.probabilities[chosen][update.labels[chosen]])
    one = float(update.losses[chosen])
    chance, value = log_written(share, one)
    said = [f"{MINUS}ln {chance} = {value}"]
    if layout.room.large:  # its own line: the forward part has none there
        said.insert(0, frame.say(RIGHT_ANSWER, digit=int(update.labels[chosen])))
    else:
        said[0] = f"{frame.say(LOSS_OF_ONE)}:  {said[0]}"
    line = (24 if layout.room.large else 26) * t
    for place, text in enumerate(said):
        box = QRectF(body.x(), body.y() + place * line, body.width(), line)
        write(painter, box, text, 17 * t, colours.ink)
    top = body.y() + len(said) * line + 12
    plot = QRectF(body.x(), top, body.width(), body.bottom() - 2 * 26 * t - 8 - top)
    losses = update.losses
    peak = max(float(losses.max()), 1e-6)
    pitch = plot.width() / len(losses)
    others = QPainterPath()
    for place, value in enumerate(losses):
        high = plot.height() * float(value) / peak
        bar = QRectF(plot.x() + place * pitch, plot.bottom() - high, pitch * 0.7, high)
        if place == chosen:
            painter.fillRect(bar, colours.solid("magnitude"))
        else:
            others.addRect(bar)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fade(colours.ribbon, 0.7))
    painter.drawPath(others)
    painter.setPen(QPen(colours.faint, 1))
    painter.drawLine(plot.bottomLeft(), plot.bottomRight())
    y = plot.bottom() + 8
    says = frame.say(LOSS_OF_ALL, n=len(update.losses), step=f"{update.step:,}")
    write(painter, QRectF(body.x(), y, body.width(), 22 * t), says, 15 * t, colours.muted)
    total = QRectF(body.x(), y + 22 * t, body.width(), 28 * t)
    write(painter, total, number(update.loss, 3), 22 * t, colours.ink, SEMIBOLD)


def _backward(
    painter: QPainter,
    layout: UpdateLayout,
    frame: Frame,
    update: Update,
    chosen: int,
    colours: Colours,
) -> None:
    t = layout.room.type
    body = layout.bodies[3]
    names = tuple(frame.say(LAYERS[name]) for name in LAYERS)
    bars = QRectF(body.x(), body.y(), body.width(), body.height() - 44 * t - 6)
    draw_gradients_column(painter, bars, names, update.gradient_norms, colours, 16 * t)
    under = QRectF(body.x(), body.bottom() - 44 * t, body.width(), 22 * t)
    write(painter, under, frame.say(NORMS), 15 * t, colours.muted)
    scale = frame.say(NORM_SCALE, least=f"{LEAST_NORM:g}", most=f"{MOST_NORM:g}")
    write(painter, under.translated(0, 22 * t), scale, 15 * t, colours.muted)


LAYERS = {
    "conv1": Text("convolution 1", "합성곱 1"),
    "conv2": Text("convolution 2", "합성곱 2"),
    "hidden": Text("hidden layer", "은닉층"),
    "output": Text("output layer", "출력층"),
}
