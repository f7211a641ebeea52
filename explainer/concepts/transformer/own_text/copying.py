"""What of a text was copied from another: its runs of characters that stand there too."""

from __future__ import annotations

from typing import NamedTuple


class Run(NamedTuple):
    """Characters in a row that stand in the source just so.

    Parameters
    ----------
    start, end : int
        Places in the text, the end not included.
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """Characters."""
        return self.end - self.start


def copied_runs(text: str, source: str, shortest: int) -> tuple[Run, ...]:
    """Return the runs of a text that are copied, from left to right, none within another.

    Parameters
    ----------
    shortest : int
        Characters, 1 at least; shorter runs stand in any text.
    """
    found: list[Run] = []
    end = 0
    for start in range(len(text) - shortest + 1):
        end = max(end, start)
        before = end
        while end < len(text) and text[start : end + 1] in source:
            end += 1
        if end - start >= shortest and end > before:
            found.append(Run(start, end))
    return tuple(found)


def longest_copied(text: str, source: str) -> Run:
    """Return the longest run that is copied, the first of equals; empty if there is none."""
    best = Run(0, 0)
    for start in range(len(text)):
        end = start + best.length + 1
        while end <= len(text) and text[start:end] in source:
            best = Run(start, end)
            end += 1
    return best
