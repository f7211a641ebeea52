"""Right or wrong: a translation against what the grammar knows, or what the source's words say."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from explainer.concepts.transformer.grammar import BE, Pair, Sentence, parts
from explainer.concepts.transformer.parsing import adjectives, dictionary, sentence_of
from explainer.lesson import Language

_BE = frozenset(BE.values())


def judge(
    tokens: Sequence[str], words: tuple[str, ...], pair: Pair | None, source: Language
) -> tuple[tuple[bool, ...], tuple[str, ...]]:
    """Return which words of a translation are wrong, and which are missing.

    Who does what counts: a word is held against the one that plays its part in the true
    translation, be it of the subject, the verb or the place. Where the grammar cannot tell the
    parts, a clause is held against what is said of its own subject. Where the truth is not known,
    a content word is wrong if no word of the source says it, and a content word of the source is
    missing if nothing translates it.
    """
    target: Language = "en" if source == "ko" else "ko"
    if pair is None:
        return _judge_by_dictionary(tokens, words, source, target)
    expected = pair.tokens(target)
    written, truth = sentence_of(words, target), sentence_of(expected, target)
    if written is None or truth is None:
        return _judge_by_clauses(words, expected, target)
    said, told = _by_part(written, target), _by_part(truth, target)
    return (
        tuple(told.get(part) != word for part, word in said.items()),
        tuple(word for part, word in told.items() if said.get(part) != word),
    )


def _by_part(sentence: Sentence, language: Language) -> dict[str, str]:
    """Return each word of a sentence by the part it plays, in order."""
    found: dict[str, str] = {}
    for word, role in parts(sentence)[language == "en"]:
        # What stands before the noun is an article or tells whose it is.
        is_determiner = role in ("article", "own", "owner") and language == "en"
        place = ("noun" if "subject" in found else "subject") if is_determiner else ""
        found[f"{place} determiner" if is_determiner else role] = word
    return found


def clauses(tokens: Sequence[str], language: Language) -> tuple[tuple[int, range], ...]:
    """Return for each clause the place of its subject and the places of all its tokens.

    A subject stands before a form of be in English, before its particle in Korean. What no
    subject leads is one clause, its subject at -1.
    """
    subjects = list(_subjects(tokens, language))
    if not subjects:
        return ((-1, range(len(tokens))),) if tokens else ()
    starts = [0, *(_start(tokens, place, language) for place in subjects[1:]), len(tokens)]
    return tuple(
        (subject, range(start, end))
        for subject, start, end in zip(subjects, starts, starts[1:], strict=False)
    )


def _subjects(tokens: Sequence[str], language: Language) -> Iterator[int]:
    for place in range(1, len(tokens)):
        if language == "en" and tokens[place] in _BE:
            yield place - 1
        elif language == "ko" and tokens[place] in ("이", "가"):
            yield place - (2 if tokens[place - 1] == "들" and place > 1 else 1)


def _start(tokens: Sequence[str], subject: int, language: Language) -> int:
    """Return where a clause begins: with its article in English, else with its adjective."""
    if language == "ko":
        return subject - (tokens[subject - 1] in adjectives("ko"))
    return next((i for i in range(subject, max(subject - 3, 0), -1) if tokens[i] == "the"), subject)


def _judge_by_clauses(
    words: tuple[str, ...], expected: tuple[str, ...], target: Language
) -> tuple[tuple[bool, ...], tuple[str, ...]]:
    wrong = [True] * len(words)
    untold = list(clauses(expected, target))
    missing: list[str] = []
    for subject, written in clauses(words, target):
        if not untold:
            break
        said = words[subject] if subject >= 0 else ""
        same = (c for c in untold if c[0] >= 0 and expected[c[0]] == said)
        truth = next(same, untold[0])
        untold.remove(truth)
        told = expected[truth[1].start : truth[1].stop]
        own = words[written.start : written.stop]
        matcher = difflib.SequenceMatcher(None, own, told, autojunk=False)
        for tag, start, end, told_start, told_end in matcher.get_opcodes():
            if tag == "equal":
                right = slice(written.start + start, written.start + end)
                wrong[right] = [False] * (end - start)
            else:
                missing += told[told_start:told_end]
    for _, left in untold:
        missing += expected[left.start : left.stop]
    return tuple(wrong), tuple(missing)


def _judge_by_dictionary(
    tokens: Sequence[str], words: tuple[str, ...], source: Language, target: Language
) -> tuple[tuple[bool, ...], tuple[str, ...]]:
    back, forth = dictionary(target), dictionary(source)
    unsaid = [True] * len(tokens)
    wrong = [False] * len(words)
    told = clauses(tokens, source)
    for subject, written in clauses(words, target):
        # What is written of a being may say only what the source says of that being.
        means = back.get(words[subject], frozenset()) if subject >= 0 else frozenset()
        same = [c for c in told if c[0] >= 0 and unsaid[c[0]] and tokens[c[0]] in means]
        places = same[0][1] if same else range(len(tokens))
        for place in written:
            word = words[place]
            if word not in back:
                continue
            if place == subject:
                said = same[0][0] if same else None
            else:
                said = next((i for i in places if unsaid[i] and tokens[i] in back[word]), None)
            wrong[place] = said is None
            if said is not None:
                unsaid[said] = False  # a word said once is translated once
    missing = tuple(t for t, left in zip(tokens, unsaid, strict=True) if left and t in forth)
    return tuple(wrong), missing
