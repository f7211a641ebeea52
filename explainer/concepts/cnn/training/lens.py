"""What lies under the pointer in the training scene, and the card that tells of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from explainer.concepts.cnn.draw.input import network_input
from explainer.concepts.cnn.training.curves import accuracy_now, loss_now, reach
from explainer.concepts.cnn.training.film import OF_A_KIND, columns, drawing_stack, kernel_at
from explainer.concepts.cnn.training.layout import TrainingLayout
from explainer.concepts.cnn.training.update import chosen_digit
from explainer.concepts.cnn.training.words import (
    ACCURACY,
    BATCH_DIGIT,
    DASH,
    DRAWING_IS,
    GUESS,
    KERNEL,
    LARGEST,
    LOSS,
    NOW,
    SMALLEST,
    TRUTH,
    WALL,
)
from explainer.stage.digit_wall import picture_at
from explainer.stage.frame import Frame, Lens, Target
from explainer.stage.lettering import number, percent
from explainer.stage.share_ribbons import ribbon_at


def hit_training(layout: TrainingLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("kernel", step, map), ("moment", step), ("ribbon", step, class) or ("wall", i)."""
    if frame.film is None or frame.snapshot is None:
        return ()
    found = kernel_at(layout, columns(frame, layout.columns), point)
    if found is not None:
        return ("kernel", *found)
    digit = picture_at(layout.wall, point, *layout.wall_shape)
    if digit is not None:
        return ("wall", digit)
    stack = drawing_stack(frame)
    if stack is not None:
        ribbon = ribbon_at(stack, layout.ribbons, point)
        if ribbon is not None:
            return ("ribbon", round(float(stack.x[ribbon[1]]) ** 2), ribbon[0])
    if layout.plot.contains(point):
        root = (point.x() - layout.plot.x()) / layout.plot.width() * reach(frame)
        track = frame.film.tracks[frame.film.branch]
        return ("moment", min(round(root**2), track.last))
    return ()


def training_lens(frame: Frame) -> Lens | None:
    """Return the card of what is hovered, else selected, else of the step on the stage."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("wall",):
            return wall_lens(frame, int(target[1]))
        if target[:1] == ("kernel",):
            return kernel_lens(frame, int(target[1]), int(target[2]))
        if target[:1] == ("ribbon",):
            return ribbon_lens(frame, int(target[1]), int(target[2]))
    return now_lens(frame)


def now_lens(frame: Frame) -> Lens:
    """Return loss, accuracy and the drawing's probability at the step on the stage."""
    loss, accuracy = loss_now(frame.film), accuracy_now(frame.film)
    rows = [
        (frame.say(LOSS), DASH if loss is None else number(loss, 3)),
        (frame.say(ACCURACY), DASH if accuracy is None else percent(accuracy)),
    ]
    drawing = getattr(frame.answer, "drawing", None)
    if drawing is not None:
        best = int(np.argmax(drawing))
        rows.append((frame.say(DRAWING_IS, digit=best), percent(float(drawing[best]))))
    return Lens(frame.say(NOW, step=f"{frame.film.step:,}"), tuple(rows))


def wall_lens(frame: Frame, index: int) -> Lens:
    """Return a test digit, the right answer and the guess, both bold among ten probabilities."""
    from explainer.engine.datasets import digits

    data = digits()
    rows = [
        (frame.say(TRUTH), str(int(data.test_labels[index]))),
        (frame.say(GUESS), str(int(frame.snapshot.wall_predictions[index]))),
    ]
    answer = frame.answer
    if answer is not None and getattr(answer, "wall", None) == index:
        named = int(data.test_labels[index]), int(frame.snapshot.wall_predictions[index])
        chances = [f"{d}:  {percent(float(p))}" for d, p in enumerate(answer.wall_probabilities)]
        said = [f"**{said}**" if d in named else said for d, said in enumerate(chances)]
        rows += [("", f"{said[d]}\t{said[d + 5]}") for d in range(5)]
    image = data.test_images[index].astype(np.float32) / 255
    return Lens(frame.say(WALL), tuple(rows), image, 1.0, "image")


def kernel_lens(frame: Frame, step: int, index: int) -> Lens | None:
    """Return one kernel of the first layer as it was at a step."""
    moments = {at: moment.filters for at, moment in frame.along or ()}
    moments[frame.film.step] = frame.snapshot.weights["conv1.weight"][:, 0]
    if step not in moments:
        return None
    kernel = moments[step][index]
    rows = (
        (frame.say(LARGEST), number(float(kernel.max()), 3)),
        (frame.say(SMALLEST), number(float(kernel.min()), 3)),
    )
    own = float(np.abs(moments[step]).max())
    # As the blocks have it: one scale, but not that of a block that blew up.
    peak = max(p for f in moments.values() if (p := float(np.abs(f).max())) <= OF_A_KIND * own)
    title = frame.say(KERNEL, n=index + 1, step=f"{step:,}")
    return Lens(title, rows, kernel, peak, "weight")


def ribbon_lens(frame: Frame, step: int, digit: int) -> Lens | None:
    """Return how probable one class was for the drawing at a step."""
    moments = dict(frame.along or ())
    shares = moments[step].drawing if step in moments else getattr(frame.answer, "drawing", None)
    if shares is None:
        return None
    rows = ((frame.say(DRAWING_IS, digit=digit), percent(float(shares[digit]))),)
    return Lens(frame.say(NOW, step=f"{step:,}"), rows, network_input(frame), 1.0, "image")


def batch_lens(frame: Frame) -> Lens | None:
    """Return the digit of the batch that is followed, with its own loss."""
    update = frame.answer
    if not hasattr(update, "losses"):
        return None
    chosen = chosen_digit(frame, len(update.images))
    right = int(update.labels[chosen])
    rows = (
        (frame.say(TRUTH), str(right)),
        (frame.say(GUESS), str(int(np.argmax(update.probabilities[chosen])))),
        (frame.say(LOSS), number(float(update.losses[chosen]), 3)),
    )
    title = frame.say(BATCH_DIGIT, n=chosen + 1)
    return Lens(title, rows, update.images[chosen], 1.0, "image")
