"""Right or wrong: a translation against what the grammar knows."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from explainer.concepts.transformer.grammar import Pair
from explainer.concepts.transformer.parsing import dictionary
from explainer.lesson import Language


def judge(
    tokens: Sequence[str], words: tuple[str, ...], pair: Pair | None, source: Language
) -> tuple[tuple[bool, ...], tuple[str, ...]]:
    """Return which words of a translation are wrong, and which are missing.

    Against the true translation where it is known. Else a content word is wrong if it translates
    nothing in the source, and a content word of the source is missing if nothing translates it.
    """
    target: Language = "en" if source == "ko" else "ko"
    if pair is None:
        return _judge_by_dictionary(tokens, words, source, target)
    expected = pair.tokens(target)
    wrong = [True] * len(words)
    missing: list[str] = []
    matcher = difflib.SequenceMatcher(None, words, expected, autojunk=False)
    for tag, start, end, expected_start, expected_end in matcher.get_opcodes():
        if tag == "equal":
            wrong[start:end] = [False] * (end - start)
        missing += expected[expected_start:expected_end] if tag != "equal" else ()
    return tuple(wrong), tuple(missing)


def _judge_by_dictionary(
    tokens: Sequence[str], words: tuple[str, ...], source: Language, target: Language
) -> tuple[tuple[bool, ...], tuple[str, ...]]:
    back, forth = dictionary(target), dictionary(source)
    unsaid = list(tokens)
    wrong = []
    for word in words:
        said = next((token for token in unsaid if token in back.get(word, ())), None)
        if said is not None:
            unsaid.remove(said)  # a word said once is translated once
        wrong.append(word in back and said is None)
    missing = tuple(token for token in unsaid if token in forth)
    return tuple(wrong), missing
