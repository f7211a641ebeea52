"""The products and sums beside a cell are true as they are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from explainer.concepts.transformer.attention.focus import cell_of
from explainer.concepts.transformer.attention.product import product_of
from explainer.concepts.transformer.attention.terms import added_in, formula, shown_terms
from explainer.concepts.transformer.experiment import TranslationExperiment
from explainer.concepts.transformer.settings import Settings
from explainer.stage.addition import multiplied
from tests.concepts.transformer.test_attention_scene import frame_of


def value(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(",", ""))


def is_true(line: str) -> bool:
    """Whether a printed product is true as printed; one with ≈ claims nothing."""
    if "≈" in line:
        return False
    left, _, right, _, product = line.split()
    decimals = len(product.partition(".")[2])
    return round(value(left) * value(right), decimals) == value(product)


@pytest.mark.parametrize("heads", [4, 1])
@pytest.mark.parametrize("key", ["scores", "mix"])
def test_products_are_true_as_printed(key: str, heads: int) -> None:
    experiment = TranslationExperiment(Settings(heads=heads))
    found = []
    for head in range(1, heads + 1):
        frame = frame_of(experiment, key, head=head)
        product = product_of(frame, frame.answer)
        rows, columns = product.result.shape
        for row in range(rows):
            for column in range(columns):
                terms = product.terms(row, column)
                indices, others, hidden = shown_terms(terms, 12)
                adding = added_in([float(terms[i]) for i in indices], others, hidden > 0)
                lines = [
                    formula(
                        float(product.left[row, i]),
                        float(product.upper[i, column]),
                        float(terms[i]),
                        adding.decimals,
                    )
                    for i in indices
                ]
                found += [is_true(line) for line in lines]
                if adding.is_exact:
                    shown = [value(line.split()[-1]) for line in lines]
                    rest = [Decimal(f"{others:.{adding.decimals}f}")] if hidden else []
                    total = Decimal(
                        f"{sum(terms[i] for i in indices) + others:.{adding.decimals}f}"
                    )
                    assert abs(sum(shown + rest) - total) <= Decimal(1).scaleb(-adding.decimals - 9)
    # What cannot be written truly is marked as such, and that is rare.
    assert sum(found) >= 0.995 * len(found)
    row, column = cell_of(frame, frame.answer, product.result)
    assert abs(float(product.terms(row, column).sum()) - product.result[row, column]) < 1e-5


def test_the_lines_that_were_printed_falsely_are_true_now() -> None:
    for left, right in ((0.0061, -1.342), (0.9812, 0.0367)):
        for decimals in (2, 3):
            assert is_true(formula(left, right, left * right, decimals))
    assert multiplied(0.5, 0.5, 0.25, 2) == 2
    assert multiplied(0.0061, -1.342, 0.0061 * -1.342, 3) == 3
