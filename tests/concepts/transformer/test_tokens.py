import unicodedata

import pytest

from explainer.concepts.transformer.grammar import eojeols_of, sample
from explainer.concepts.transformer.tokens import (
    SPECIAL,
    UNKNOWN,
    join,
    nearest,
    tokenise,
    vocabulary,
)


def tokens(text, language="ko"):
    return tuple(chip.token for chip in tokenise(text, language))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_text_and_tokens_go_both_ways(language):
    for pair in sample("training", 3000):
        text = join(pair.tokens(language), language)
        assert tokens(text, language) == pair.tokens(language)


def test_chips_know_their_written_word():
    for pair in sample("sentences", 300):
        chips = tokenise(join(pair.korean, "ko"), "ko")
        assert tuple(chip.eojeol for chip in chips) == pair.eojeols
        assert eojeols_of(pair.korean) == pair.eojeols


def test_every_word_of_the_grammar_is_in_the_vocabulary():
    for language in ("ko", "en"):
        known = vocabulary(language)
        used = {token for pair in sample("training", 16_000) for token in pair.tokens(language)}
        assert used | set(SPECIAL) == set(known.tokens)
        assert known.decode(known.encode(known.tokens)) == known.tokens


def test_natural_text():
    assert join(("강아지", "가", "의자", "에", "앉아", "있", "다"), "ko") == (
        "강아지가 의자에 앉아 있다"
    )
    assert join(("the", "puppy", "is", "sleeping"), "en") == "The puppy is sleeping."
    assert join((), "en") == ""


@pytest.mark.parametrize(
    "text",
    [
        "강아지가 의자에 앉아 있다",
        "  강아지가  의자에 앉아있다. ",
        "강아지는 의자에 앉아 있다!",
        unicodedata.normalize("NFD", "강아지가 의자에 앉아 있다"),
    ],
)
def test_typing_as_people_do(text):
    assert tokens(text) == ("강아지", "가", "의자", "에", "앉아", "있", "다")


def test_a_topic_particle_keeps_its_form_on_the_chip():
    chip = tokenise("강아지는", "ko")[1]
    assert (chip.text, chip.token, chip.is_known) == ("는", "가", True)


def test_english_as_people_type_it():
    expected = ("the", "puppies", "are", "not", "sitting", "in front of", "the", "house")
    assert tokens("The puppies aren't sitting in front of a house.", "en") == expected


def test_unknown_words_are_marked_and_known_ones_offered():
    chips = tokenise("호랑이가 으자에 앉아 있다", "ko")
    assert [chip.text for chip in chips[:4]] == ["호랑이", "가", "으자", "에"]
    assert [chip.is_known for chip in chips[:4]] == [False, True, False, True]
    assert chips[0].token == UNKNOWN
    assert chips[2].nearest[0] == "의자"
    assert nearest("pupy", "en")[0] == "puppy"
    assert tokenise("", "ko") == ()


def test_words_of_the_same_kind_are_offered():
    def offered(text, language):
        return [chip.nearest for chip in tokenise(text, language) if not chip.is_known]

    nouns, verbs = {"여우", "왕", "공원", "공", "곰", "정원"}, {"놀고", "타고", "자고"}
    (near,) = offered("펭귄이 의자에 앉아 있다", "ko")
    assert near and not set(near) & {"귀여운", "피곤한", "용감한"}
    (near,) = offered("강아지가 의자에 날고 있다", "ko")
    assert near == ("놀고", "타고", "자고") and set(near) <= verbs and not set(near) & nouns
    (near,) = offered("the penguin is sitting on the sofa", "en")
    assert near and not any(word.endswith("ing") for word in near)
    (near,) = offered("the puppy is flying on the chair", "en")
    assert near and all(word.split()[0].endswith("ing") for word in near)


def test_the_special_tokens_cannot_be_typed():
    assert tokens("<pad> </s>", "en") == (UNKNOWN, UNKNOWN)
