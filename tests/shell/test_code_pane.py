from __future__ import annotations

from explainer.shell.codepane import without_hushes, wrapped

SOURCE = """def step(self):
    loss = F.cross_entropy(logits, labels, reduction="mean")
    return loss"""


def test_long_lines_are_wrapped_standing_in_and_nothing_is_lost() -> None:
    pieces = wrapped(SOURCE, 30)
    assert all(piece.indent + len(piece.text.rstrip()) <= 30 for piece in pieces)
    joined = ["".join(p.text for p in pieces if p.line == line) for line in range(3)]
    assert joined == SOURCE.splitlines()
    assert {p.indent for p in pieces if p.start} == {8}
    assert [p.text for p in wrapped(SOURCE, 200)] == SOURCE.splitlines()


def test_what_only_checkers_read_is_not_shown() -> None:
    said = "x = f()  # type: ignore[misc]\ny = 2  # the second\n"
    assert without_hushes(said) == "x = f()\ny = 2  # the second\n"
