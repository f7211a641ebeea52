"""What each prefix asks for is right, natural, and parses back."""

from __future__ import annotations

import dataclasses

import pytest

from explainer.concepts.transformer.family.tasks import (
    MASK,
    PREFIXES,
    asked,
    both,
    expected,
    korean,
    negated,
    past,
    said,
    stated,
)
from explainer.concepts.transformer.grammar import pair, sample, sample_sentences
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.tokens import (
    join,
)
from tests.concepts.transformer.test_family import TOKENS


def test_every_change_parses_back_to_the_sentence_it_should_be() -> None:
    for sentence in sample_sentences("training", 400, seed=3):
        tokens = pair(sentence).korean
        no = pair(dataclasses.replace(sentence, is_negated=not sentence.is_negated))
        gone = pair(dataclasses.replace(sentence, is_past=True))
        assert parse(negated(tokens), "ko") == no
        assert parse(past(tokens), "ko") == gone
        assert negated(negated(tokens)) == tokens
        assert parse(asked(tokens), "ko") is None
        assert stated(asked(tokens)) == tokens
        assert expected("translate", tokens) == pair(sentence).english


def test_what_is_no_statement_or_question_is_refused() -> None:
    assert stated(TOKENS) is None
    assert stated(("강아지", "니", "?")) is None
    assert expected("past", ("강아지", "가")) is None
    with pytest.raises(ValueError, match="no statement"):
        asked(("강아지", "가"))


def test_outputs_are_written_as_natural_text() -> None:
    assert said(asked(TOKENS), "question") == "강아지가 의자에 앉아 있니?"
    assert said(negated(TOKENS), "negate") == "강아지가 의자에 앉아 있지 않다"
    assert said(past(negated(TOKENS)), "past") == "강아지가 의자에 앉아 있지 않았다"
    assert said(parse(TOKENS, "ko").english, "translate") == "The puppy is sitting on the chair."  # type: ignore[union-attr]
    for found in sample("training", 50):
        assert said(found.korean, "past") == join(found.korean, "ko")


def test_one_id_means_the_same_to_all_three() -> None:
    assert both().tokens[: len(korean())] == korean().tokens
    assert len(set(both().tokens)) == len(both())
    assert {MASK, "니", "?", *PREFIXES.values(), "puppy"} <= set(both().tokens)
