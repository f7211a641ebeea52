"""What is inside a box: maps with one row a token, and the numbers of one row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explainer.concepts.transformer.answers import Floats
from explainer.concepts.transformer.blocks import words
from explainer.concepts.transformer.blocks.places import BOXES, Box
from explainer.concepts.transformer.blocks.probe import Walk
from explainer.lesson import Text
from explainer.stage.colours import RampName

SHOWN = 8  # numbers on a line
_EPSILON = 1e-5  # of torch.nn.LayerNorm


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A tensor with one row a token.

    Parameters
    ----------
    title : Text
    values : ndarray, shape (tokens, columns)
    ramp : str
    columns : tuple of str
        What the columns are called, where they are tokens.
    figures : tuple of (Text, ndarray of shape (tokens,), int)
        Numbers written behind each row, and their decimals.
    is_masked : bool
        Whether a row may not look at later columns.
    """

    title: Text
    values: Floats
    ramp: RampName = "signed"
    columns: tuple[str, ...] = ()
    figures: tuple[tuple[Text, Floats, int], ...] = ()
    is_masked: bool = False

    @property
    def peak(self) -> float:
        """The largest magnitude; 1 where values are shares."""
        return 1.0 if self.ramp == "magnitude" else float(np.abs(self.values).max())


@dataclass(frozen=True, slots=True, eq=False)
class Inside:
    """The maps of a box from left to right, with the sign between each two."""

    rows: tuple[str, ...]
    panels: tuple[Panel, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """One row's numbers.

    Parameters
    ----------
    title : Text
    heads : tuple of str
        What the columns are called.
    lines : tuple of (Text, ndarray, float, str)
        Label, values, peak and ramp.
    total : Text, optional
        What is said under them.
    """

    title: Text
    heads: tuple[str, ...]
    lines: tuple[tuple[Text, Floats, float, RampName], ...]
    total: Text | None = None


def rows_of(walk: Walk, box: Box) -> tuple[str, ...]:
    """Return the tokens whose vectors pass through a box."""
    return walk.said.source if box.stack == "encoder" else walk.said.read


def added(walk: Walk, box: Box) -> Floats:
    """Return what the branch of an addition computes, shape (tokens, d_model)."""
    part = next(
        b for b in BOXES.values()
        if (b.stack, b.layer, b.branch) == (box.stack, box.layer, box.branch)
        and b.part not in ("norm", "add")
    )  # fmt: skip
    if part.part == "feed_forward":
        return walk.said.tensors[f"{part.name}.output"]
    return walk.said.attention[part.place].output


def normed_name(box: Box) -> str:
    """Return the tensor that a box reads after its norm, or that a norm gives."""
    if box.layer is None:
        return "encoder.memory" if box.stack == "encoder" else "decoder.norm"
    return f"{box.stack}.{box.layer}.norm{box.branch}"


def inside(walk: Walk, name: str) -> Inside:
    """Return the maps of a box."""
    box = BOXES[name]
    rows, t = rows_of(walk, box), walk.said.tensors
    if box.part == "embedding":
        parts = [t[f"{box.stack}.{what}"] for what in ("embedded", "positions", "input")]
        titles = (words.EMBEDDED, words.POSITIONS, words.INPUT)
        return Inside(rows, tuple(map(Panel, titles, parts)), ("+", "="))
    if box.part == "add":
        after = t[f"{box.stack}.{box.layer}.residual{box.branch}"]
        parts = [t[box.before], added(walk, box), after]
        titles = (words.BEFORE, words.ADDS, words.AFTER)
        return Inside(rows, tuple(map(Panel, titles, parts)), ("+", "="))
    normed = t[normed_name(box)]
    if box.part == "norm":
        panels = tuple(
            Panel(title, values, figures=(
                (words.MEAN, values.mean(axis=1), 2),
                (words.DEVIATION, values.std(axis=1), 2),
            ))
            for title, values in ((words.RAW, t[box.before]), (words.NORMED, normed))
        )  # fmt: skip
        return Inside(rows, panels, ("→",))
    first = Panel(words.NORMED, normed)
    if box.part == "feed_forward":
        hidden = t[f"{name}.hidden"]
        on = (hidden > 0).sum(axis=1).astype(np.float32)
        middle = Panel(words.HIDDEN.filled(n=hidden.shape[1]), hidden, figures=((words.ON, on, 0),))
        return Inside(rows, (first, middle, Panel(words.FF_OUT, t[f"{name}.output"])), ("→", "→"))
    if box.part == "output":
        logits = walk.said.logits
        last = Panel(words.LOGITS.filled(n=logits.shape[1]), logits)
        return Inside(rows, (first, last), ("→",))
    found = walk.said.attention[box.place]
    heads = len(found.weights)
    title = words.ONE_HEAD if heads == 1 else words.AVERAGE.filled(n=heads)
    seen = walk.said.source if box.place.kind != "decoder" else walk.said.read
    middle = Panel(
        title, found.weights.mean(axis=0), "magnitude", seen, is_masked=box.place.kind == "decoder"
    )
    return Inside(rows, (first, middle, Panel(words.ADDS, found.output)), ("→", "→"))


def standardised(values: Floats) -> Floats:
    """Return rows minus their mean, over their deviation, as a layer norm computes them."""
    wide = values.astype(np.float64)
    centred = wide - wide.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + _EPSILON)
    standard: Floats = scaled.astype(np.float32)
    return standard


def recomputed(walk: Walk, name: str) -> tuple[Floats, Floats]:
    """Return what a box gives: worked out again from what it reads, and the model's tensor."""
    box = BOXES[name]
    t, w = walk.said.tensors, walk.weights
    if box.part in ("embedding", "add"):
        first, second, third = (panel.values for panel in inside(walk, name).panels)
        total: Floats = first + second
        return total, third
    if box.part == "norm":
        begins = box.parameters
        again = standardised(t[box.before]) * w[f"{begins}weight"] + w[f"{begins}bias"]
        return again, t[normed_name(box)]
    if box.part == "feed_forward":
        hidden = t[f"{name}.hidden"]
        again = hidden @ w[f"{name}.w_2.weight"].T + w[f"{name}.w_2.bias"]
        return again, t[f"{name}.output"]
    if box.part == "output":
        logits = (t["decoder.norm"] @ w["target_embedding.weight"].T).astype(np.float64)
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: Floats = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
        return shares, walk.said.probabilities
    found = walk.said.attention[box.place]
    merged: Floats = (found.weights @ found.v).transpose(1, 0, 2).reshape(found.output.shape)
    output: Floats = merged @ w[f"{name}.w_o.weight"].T + w[f"{name}.w_o.bias"]
    return output, found.output


def difference(walk: Walk, name: str) -> float:
    """Return the largest difference between the two."""
    again, given = recomputed(walk, name)
    return float(np.abs(again - given).max())


def window(column: int, columns: int) -> int:
    """Return the first of the columns written out round one."""
    return min(max(column - SHOWN // 2 + 1, 0), max(columns - SHOWN, 0))


def numbers(walk: Walk, name: str, row: int, column: int, token: str) -> Numbers:
    """Return one row's numbers: those round a column, or those that matter most."""
    box = BOXES[name]
    found = inside(walk, name)
    last = found.panels[-1]
    if box.part in ("embedding", "add", "norm"):
        first = window(min(column, 63), last.values.shape[1])
        part = slice(first, first + SHOWN)
        lines: tuple[tuple[Text, Floats, float, RampName], ...] = tuple(
            (p.title, p.values[row, part], p.peak, p.ramp) for p in found.panels
        )
        if box.part == "norm":
            standard = standardised(found.panels[0].values)
            lines = (
                (words.LINE_RAW, *lines[0][1:]),
                (words.STANDARD, standard[row, part], float(np.abs(standard).max()), "signed"),
                (words.SCALED, *lines[1][1:]),
            )
        title = words.COLUMNS.filled(
            token=token, a=first + 1, b=first + SHOWN, n=last.values.shape[1]
        )
        heads = tuple(str(i + 1) for i in range(first, first + SHOWN))
        return Numbers(title, heads, lines)
    if box.part == "feed_forward":
        return _products(walk, name, row, min(column, 63), token)
    if box.part == "output":
        said = walk.said
        best = np.argsort(-said.probabilities[row], kind="stable")[:SHOWN]
        lines = (
            (words.LOGIT, said.logits[row, best], last.peak, "signed"),
            (words.PROBABILITY, said.probabilities[row, best], 1.0, "magnitude"),
        )
        names = tuple(said.target_tokens[i] for i in best)
        return Numbers(words.NEXT_OF.filled(token=token), names, lines)
    weights = walk.said.attention[box.place].weights[:, row]
    lines = tuple(
        (words.HEAD.filled(n=head + 1), line, 1.0, "magnitude") for head, line in enumerate(weights)
    )
    title = words.HEADS_OF.filled(token=token)
    return Numbers(title, found.panels[1].columns, lines, words.ROW_SUM)


def _products(walk: Walk, name: str, row: int, column: int, token: str) -> Numbers:
    hidden = walk.said.tensors[f"{name}.hidden"]
    weights = walk.weights[f"{name}.w_2.weight"][column]
    products = hidden[row] * weights
    best = np.argsort(-np.abs(products), kind="stable")[:SHOWN]
    total = float(products.sum() + walk.weights[f"{name}.w_2.bias"][column])
    lines: tuple[tuple[Text, Floats, float, RampName], ...] = (
        (words.UNIT, hidden[row, best], float(hidden.max()), "signed"),
        (words.UNIT_WEIGHT, weights[best], float(np.abs(weights).max()), "weight"),
        (words.PRODUCT, products[best], float(np.abs(products).max()), "signed"),
    )
    return Numbers(
        words.UNITS_OF.filled(token=token, c=column + 1),
        tuple(str(i + 1) for i in best),
        lines,
        words.REST.filled(n=hidden.shape[1] - SHOWN, sum=f"{total:.4f}".replace("-", "−")),
    )
