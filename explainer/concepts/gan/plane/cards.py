"""The cards of the board: the numbers of one fake, or of the two nets."""

from __future__ import annotations

import numpy as np

from explainer.concepts.gan.plane import curves, words
from explainer.concepts.gan.plane.probe import Board
from explainer.stage.frame import Frame, Lens
from explainer.stage.lettering import number, percent


def board_lens(frame: Frame, board: Board) -> Lens:
    """Return the numbers of the fake pointed at, or of the two nets."""
    target = frame.hover if frame.hover[:1] == ("fake",) else frame.selection
    forged, stands = board.forged, board.stands
    if target[:1] == ("fake",) and int(target[1]) < len(forged.points):
        index = int(target[1])
        z, x, pull = forged.noise[index], forged.points[index], forged.pull[index]
        rows = [
            ("z", ", ".join(number(float(v)) for v in z[:3])),
            ("G(z)", ", ".join(number(float(v)) for v in x)),
            (words.verdict_name(board.loss), words.verdict_said(board.loss, forged.logits[index])),
            (frame.say(words.PULL), number(float(np.linalg.norm(pull)), 3)),
        ]
        return Lens(frame.say(words.FAKE), tuple(rows))
    distance = stands.distance
    if distance is None:
        distance = curves.value_at(frame, "sliced_wasserstein")
    rows = [(frame.say(words.ACCURACY_SHORT), f"{percent(stands.accuracy, 1)} / {percent(0.5, 0)}")]
    if stands.coverage is not None and stands.ideal is not None:
        covered, count = int(stands.coverage.covered.sum()), len(stands.coverage.covered)
        rows.append((frame.say(words.COVERED), f"{covered} / {count}"))
        quality = percent(stands.coverage.high_quality, 0)
        perfect = percent(stands.ideal.high_quality, 0)
        rows.append((frame.say(words.QUALITY), f"{quality} / {perfect}"))
    if distance is not None:
        far = f"{number(distance, 3)} / {number(stands.floor, 3)}"
        rows.append((frame.say(words.DISTANCE), far))
    return Lens(frame.say(words.NOW_AND_PERFECT), tuple(rows))
