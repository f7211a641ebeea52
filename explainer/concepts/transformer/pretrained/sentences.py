"""The sentences to begin with; no Qt, no torch."""

from __future__ import annotations

# A pronoun to resolve; what a sentence encoder should part from the first; a long word.
EXAMPLES = (
    "The dog sat on the chair because it was tired.",
    "The chair sat on the dog because it was tired.",
    "A tired dog was sitting on a chair.",
    "The dog did not sit on the chair.",
    "Unbelievably, the photosynthesis textbook vanished.",
    "The stock market fell sharply today.",
    "The trophy did not fit in the suitcase because it was too big.",
    "The trophy did not fit in the suitcase because it was too small.",
)
LONGEST_TEXT = 300
