from explainer.concepts.transformer.complement import complements
from explainer.concepts.transformer.cuts import true_alignment, truths
from explainer.concepts.transformer.grammar import SHOWN, count, said_of, sample, sample_sentences
from explainer.concepts.transformer.lexicon import ANIMATES, has_final_consonant
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.relations import RELATION_NAMES

PAIRS = sample("training", 3000) + sample("sentences", 500) + sample("combinations", 500)


def shown():
    pair = parse(SHOWN, "ko")
    assert pair is not None
    return pair


def test_there_are_over_a_million_different_sentences():
    # Subjects of different tokens times complements of different tokens times four tails.
    for being in ("person", "animal"):
        said = complements(being)
        for language in ("ko", "en"):
            strings = {tuple(p.token for p in getattr(c, language)) for c in said}
            assert len(strings) == len(said)
    assert len({animate.ko for animate in ANIMATES}) == len(ANIMATES)
    assert all(len(said_of(animate)) > 4000 for animate in ANIMATES)
    assert count() > 4_000_000


def test_every_sentence_parses_back_from_either_language():
    for pair in PAIRS:
        assert parse(pair.korean, "ko") == pair
        assert parse(pair.english, "en") == pair


def test_one_string_has_one_meaning():
    assert len({pair.korean for pair in PAIRS}) == len({pair.english for pair in PAIRS})


def test_the_puppy_sits_on_the_chair_and_is_never_learned():
    assert " ".join(shown().english) == "the puppy is sitting on the chair"
    assert all(pair.korean != SHOWN for pair in sample("training", 16_000))


def test_what_is_no_sentence_has_no_meaning():
    for tokens in (
        ("강아지", "이", "의자", "에", "앉아", "있", "다"),
        ("강아지", "가", "의자", "를", "앉아", "있", "다"),
        ("의자", "가", "강아지", "에", "앉아", "있", "다"),
        ("강아지", "가"),
        (),
    ):
        assert parse(tokens, "ko") is None
    for words in (
        "the puppies is sitting on the chair",
        "the puppy is sitting on his chair",
        "the puppy",
        "",
    ):
        assert parse(words.split() if words else (), "en") is None


def test_particles_follow_the_final_consonant():
    after = {"이": True, "가": False, "을": True, "를": False}
    for pair in PAIRS:
        for before, token in zip(pair.korean, pair.korean[1:], strict=False):
            if token in after:
                assert has_final_consonant(before) == after[token], pair.korean


def test_be_and_possessive_agree_with_the_subject():
    owners = {"강아지": "its", "소년": "his", "여왕": "her"}
    for pair in PAIRS:
        be = next(word for word in pair.english if word in ("is", "are", "was", "were"))
        is_plural = pair.korean[1] == "들" or pair.korean[2] == "들"
        assert (be in ("are", "were")) == is_plural
        assert (be in ("was", "were")) == bool({"었", "았"} & set(pair.korean))
        assert ("not" in pair.english) == ("않" in pair.korean)
        owner = {"his", "her", "its", "their"} & set(pair.english)
        if is_plural:
            assert owner <= {"their"}
        elif pair.korean[0] in owners:
            assert owner <= {owners[pair.korean[0]]}
        if "자기" in pair.korean:
            assert owner


def test_eojeols_are_the_words_that_are_written():
    assert shown().eojeols == (0, 0, 1, 1, 2, 3, 3)


def test_the_alignment_of_the_shown_sentence():
    pair = shown()
    words = {pair.english[link.english]: pair.korean[link.korean] for link in pair.alignment}
    assert words == {
        "puppy": "강아지", "is": "있", "sitting": "앉아", "on": "에", "chair": "의자",
    }  # fmt: skip
    cells = true_alignment(pair, "ko")
    assert {(c.row, c.column) for c in cells} == {(1, 0), (2, 5), (3, 4), (4, 3), (6, 2)}


def test_relations_name_what_is_needed():
    tokens = ("소년", "이", "자기", "배", "를", "먹", "고")
    pair = parse((*tokens[:5], "먹고", "있", "었", "다"), "ko")
    assert pair is not None
    assert " ".join(pair.english) == "the boy was eating his pear"
    found = {
        (r.kind, pair.tokens(r.query_language)[r.query], pair.tokens(r.key_language)[r.key])
        for r in pair.relations
    }
    assert {
        ("particle", "이", "소년"),
        ("particle", "를", "배"),
        ("who", "먹고", "소년"),
        ("reflexive", "자기", "소년"),
        ("reflexive", "his", "소년"),
        ("homonym", "배", "먹고"),
        ("homonym", "pear", "먹고"),
        ("tense", "was", "었"),
    } <= found
    assert {kind for kind, _, _ in found} <= set(RELATION_NAMES)


def test_the_decoders_own_relations_look_back():
    for pair in PAIRS[:500]:
        for source in ("ko", "en"):
            assert all(t.column <= t.row for t in truths(pair, source, "decoder"))


def test_what_is_held_out_is_never_learned():
    def combinations(split, size):
        return {(s.subject.ko, s.complement.noun) for s in sample_sentences(split, size)}

    learned = {pair.korean for pair in sample("training", 16_000)}
    assert not {pair.korean for pair in sample("sentences", 500)} & learned
    new, known = combinations("combinations", 2000), combinations("training", 16_000)
    assert len(new) > 30 and not new & known
    # Each word alone is learned, only the two together are new.
    assert {subject for subject, _ in new} <= {subject for subject, _ in known}
    assert {noun for _, noun in new} <= {noun for _, noun in known}


def test_the_same_seed_draws_the_same_sentences():
    assert sample("sentences", 50, seed=3) == sample("sentences", 60, seed=3)[:50]
    assert sample("sentences", 50, seed=3) != sample("sentences", 50, seed=4)
