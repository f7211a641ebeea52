import subprocess
import sys
import time

import numpy as np
import pytest
import torch

from explainer.concepts.transformer.cuts import (
    PLACES,
    Cuts,
    Edge,
    Head,
    Place,
    RelationEdges,
    truths,
)
from explainer.concepts.transformer.experiment import Settings, TranslationExperiment
from explainer.concepts.transformer.grammar import Pair, sample
from explainer.concepts.transformer.judging import clauses, judge
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.questions import (
    Beam,
    Damage,
    Hallucinate,
    ReadSentence,
    ReadWeights,
    ScoreHeads,
    Translate,
)
from explainer.concepts.transformer.sampling import Sampling, candidates, choose, softmax
from explainer.concepts.transformer.tokens import END
from explainer.engine.questions import whole
from explainer.lesson import Problem

CHAIR = ("강아지", "가", "의자", "에", "앉아", "있", "다")


@pytest.fixture(scope="module")
def learner():
    torch.set_num_threads(1)
    experiment = TranslationExperiment(Settings())
    for _ in range(130):
        experiment.step()
    return experiment


def test_a_sentence_read_is_the_models_own_arithmetic(learner):
    reading, weights = learner.answer(ReadSentence(CHAIR)), learner.answer(ReadWeights())
    assert reading.tokens == (*CHAIR, "</s>")
    assert np.array_equal(reading.input, reading.embedded + reading.positions)
    assert np.array_equal(reading.positions, weights["positions"][:8])
    attention = reading.attention[Place("encoder", 0)]
    name = "encoder.0.self_attention"
    x = reading.tensors["encoder.0.norm1"]
    q = x @ weights[f"{name}.w_q.weight"].T + weights[f"{name}.w_q.bias"]
    heads, rows, d_k = attention.q.shape
    assert np.allclose(attention.q, q.reshape(rows, heads, d_k).swapaxes(0, 1), atol=1e-5)
    scores = attention.q @ attention.k.swapaxes(1, 2)
    assert np.allclose(attention.scores, scores, atol=1e-5)
    assert np.allclose(attention.scaled, scores / np.sqrt(d_k), atol=1e-5)
    assert np.allclose(attention.weights, softmax(attention.masked), atol=1e-5)
    assert np.allclose(attention.heads, attention.weights @ attention.v, atol=1e-5)
    assert {(t.relation, t.row, t.column) for t in reading.truths} == {
        ("particle", 1, 0), ("place", 3, 2), ("who", 4, 0),
    }  # fmt: skip
    with pytest.raises(ValueError):
        attention.weights[0, 0, 0] = 1


def test_a_translation_keeps_every_step(learner):
    answer = learner.answer(Translate(CHAIR))
    steps = len(answer.output)
    assert answer.read == ("<s>", *answer.output[:-1])
    assert answer.expected == ("the", "puppy", "is", "sitting", "on", "the", "chair")
    assert answer.logits.shape == (steps, len(answer.target_tokens))
    assert np.allclose(answer.probabilities.sum(axis=1), 1, atol=1e-5)
    assert [answer.target_tokens[i] for i in answer.chosen] == list(answer.output)
    assert np.array_equal(answer.chosen, answer.logits.argmax(axis=1))
    assert answer.attention[Place("cross", 1)].weights.shape == (4, steps, len(answer.source))
    assert answer.attention[Place("decoder", 0)].weights.shape == (4, steps, steps)
    assert set(answer.attention) == set(PLACES)
    assert len(answer.wrong) == len(answer.words)
    assert {(t.row, t.column) for t in answer.alignment} >= {(1, 0), (6, 2)}


def test_the_output_can_be_forced(learner):
    answer = learner.answer(Translate(CHAIR, forced=("the", "king")))
    assert answer.words[:2] == ("the", "king")
    assert answer.wrong[1] and "puppy" in answer.missing


def test_an_unknown_word_and_a_sentence_without_meaning_are_answered(learner):
    answer = learner.answer(Translate(("<unk>", *CHAIR[1:])))
    assert (answer.pair, answer.expected, answer.judged_by) == (None, None, "dictionary")
    assert answer.words


def test_a_sentence_too_long_is_refused(learner):
    for question in (ReadSentence(CHAIR * 14), Translate(CHAIR * 14), Beam(CHAIR * 14)):
        with pytest.raises(Problem, match="99 tokens"):
            learner.answer(question)


def test_wrong_words_are_told_by_the_grammar_or_the_dictionary():
    pair = parse(CHAIR, "ko")
    said = ("the", "puppy", "is", "sitting", "on", "the", "sofa")
    wrong, missing = judge(CHAIR, said, pair, "ko")
    assert wrong == (False,) * 6 + (True,) and missing == ("chair",)
    strange = ("의자", "가", "강아지", "에", "앉아", "있", "다")
    wrong, missing = judge(strange, ("the", "cat", "is", "sitting"), None, "ko")
    assert wrong == (False, True, False, False)
    assert missing == ("의자", "강아지")
    twice = ("the", "puppy", "is", "sitting", "on", "the", "puppy")
    # Who sits is wrong, on whom is right: the source says the puppy is sat on.
    assert judge(strange, twice, None, "ko") == ((False, True) + (False,) * 5, ("의자",))


def test_who_does_what_decides_what_is_wrong():
    two = ("왕", "이", "자고", "<unk>", "여왕", "이", "울고", "있", "다")
    swapped = ("the", "king", "is", "crying", "on", "the", "ball")
    # The source says of the queen that she cries.
    wrong = (False, False, False, True, False, False, True)
    assert judge(two, swapped, None, "ko") == (wrong, ("자고", "여왕", "울고"))
    truth = ("the", "king", "is", "sleeping", "and", "the", "queen", "is", "crying")
    pair = Pair(two, truth, (), (), ())
    told, missing = judge(two, swapped, pair, "ko")
    assert told == (False, False, False, True, True, True, True)
    assert missing == ("sleeping", "and", "the", "queen", "is", "crying")
    either = ("the", "queen", "is", "crying", "and", "the", "king", "is", "sleeping")
    assert judge(two, either, None, "ko") == ((False,) * 9, ())
    back = judge(truth, ("왕", "이", "울고", "있", "다"), None, "en")
    assert back[0] == (False, False, True, False, False)


def test_a_word_is_held_against_the_one_that_plays_its_part():
    korean = ("작은", "고양이", "들", "이", "침대", "밑", "에", "숨어", "있", "다")
    pair = parse(korean, "ko")
    assert " ".join(pair.english) == "the small cats are hiding under the bed"
    said = ("the", "mouse", "is", "hiding", "behind", "the", "small", "house")
    wrong, missing = judge(korean, said, pair, "ko")
    right = [word for word, is_wrong in zip(said, wrong, strict=True) if not is_wrong]
    # "small" is said of the cats, not of the house.
    assert right == ["the", "hiding", "the"] and not wrong[0] and not wrong[5]
    assert missing == ("small", "cats", "are", "under", "bed")
    back, lacking = judge(pair.english, korean[1:2] + korean[3:], pair, "en")
    # Without the plural the particle differs: the grammar does not parse it, clauses decide.
    assert lacking and not any(back[-4:])


def test_a_true_pair_is_right_by_either_way_of_judging():
    for pair in sample("sentences", 400):
        for language, other in (("ko", "en"), ("en", "ko")):
            tokens, words = pair.tokens(language), pair.tokens(other)
            assert len(clauses(words, other)) == 1
            for truth in (pair, None):
                assert judge(tokens, words, truth, language) == ((False,) * len(words), ())


def test_cuts_reach_the_cell_the_head_and_the_positions(learner):
    place = Place("encoder", 1)
    whole = learner.answer(ReadSentence(CHAIR))
    cut = learner.answer(ReadSentence(CHAIR, Cuts(edges=(Edge("encoder", 4, 0, 1, 2),))))
    assert cut.attention[place].weights[2, 4, 0] == 0
    assert cut.attention[place].masked[2, 4, 0] == -np.inf
    assert np.array_equal(cut.attention[place].weights[1], whole.attention[place].weights[1])
    everywhere = learner.answer(ReadSentence(CHAIR, Cuts(edges=(Edge("encoder", 4, 0),))))
    for layer in range(2):
        assert (everywhere.attention[Place("encoder", layer)].weights[:, 4, 0] == 0).all()
    silenced = learner.answer(ReadSentence(CHAIR, Cuts(heads=(Head("encoder", 1, 3),))))
    assert (silenced.attention[place].heads[3] == 0).all()
    assert np.array_equal(silenced.attention[place].weights, whole.attention[place].weights)
    flat = learner.answer(ReadSentence(CHAIR, Cuts(positions_on=False)))
    assert np.array_equal(flat.input, flat.embedded)
    related = learner.answer(ReadSentence(CHAIR, Cuts(relations=(RelationEdges("who"),))))
    assert (related.attention[place].weights[:, 4, 0] == 0).all()


def test_a_cut_in_the_cross_map_reaches_its_row_alone(learner):
    whole = learner.answer(Translate(CHAIR, forced=("the", "puppy")))
    cut = learner.answer(
        Translate(CHAIR, Cuts(edges=(Edge("cross", 1, 0, 0),)), forced=("the", "puppy"))
    )
    assert (cut.attention[Place("cross", 0)].weights[:, 1, 0] == 0).all()
    assert np.allclose(cut.logits[0], whole.logits[0], atol=1e-6)
    assert not np.allclose(cut.logits[1], whole.logits[1], atol=1e-3)


def test_a_beam_is_a_tree_that_holds_the_likeliest(learner):
    tree = learner.answer(Beam(CHAIR, width=3))
    assert len(tree.nodes) > len(tree.best)
    for place, node in enumerate(tree.nodes):
        if node.parent is None:
            assert node.depth == 0
            assert node.log_probability == pytest.approx(np.log(node.probability), abs=1e-4)
        else:
            parent = tree.nodes[node.parent]
            assert node.parent < place and parent.depth == node.depth - 1 and parent.is_kept
            total = parent.log_probability + np.log(max(node.probability, 1e-30))
            assert node.log_probability == pytest.approx(total, abs=1e-3)
    for depth in {node.depth for node in tree.nodes}:
        assert sum(n.is_kept for n in tree.nodes if n.depth == depth) <= 3
    greedy = learner.answer(Translate(CHAIR))
    narrow = learner.answer(Beam(CHAIR, width=1))
    assert narrow.words == greedy.words
    likelihood = np.log(greedy.confidence).sum()
    assert tree.nodes[tree.best[-1]].log_probability >= likelihood - 1e-4


def test_head_scores_are_shares_beside_chance(learner):
    scores = whole(learner.answer(ScoreHeads(60)))
    assert scores.relations[-1] == "translation"
    for place in PLACES:
        shares, counts = scores.shares[place], scores.counts[place]
        assert shares.shape == (4, len(scores.relations))
        assert np.isnan(shares[:, counts == 0]).all()
        assert ((shares[:, counts > 0] >= 0) & (shares[:, counts > 0] <= 1)).all()
        assert (scores.chance[place][counts > 0] < 1).all()
    particle = scores.relations.index("particle")
    assert scores.counts[Place("encoder", 0)][particle] >= 60


def test_head_scores_are_what_each_sentence_alone_shows(learner):
    pairs = sample("sentences", 40)
    scores = whole(learner.answer(ScoreHeads(40)))
    for place in PLACES:
        hits, seen = {}, {}
        for pair in pairs:
            true = Translate(pair.korean, forced=(*pair.english, END))
            weights = learner.answer(true).attention[place].weights
            cells = [(t.relation, t.row, t.column) for t in truths(pair, "ko", place.kind)]
            if place.kind == "cross":
                links = [link for link in pair.alignment if link.is_content]
                cells += [("translation", link.english, link.korean) for link in links]
            for name, row, column in cells:
                largest = [int(head[row].argmax()) == column for head in weights]
                hits.setdefault(name, []).append(largest)
                # The decoder sees the start token and what was written before; all else everything.
                can_see = row + 1 if place.kind == "decoder" else len(pair.korean) + 1
                assert column < can_see and not weights[:, row, can_see:].any()
                seen.setdefault(name, []).append(1 / can_see)
        for i, name in enumerate(scores.relations):
            assert scores.counts[place][i] == len(hits.get(name, ()))
            if name in hits:
                assert np.allclose(scores.shares[place][:, i], np.mean(hits[name], axis=0))
                assert scores.chance[place][i] == pytest.approx(np.mean(seen[name]))


def test_a_whole_translation_can_be_fed_in(learner):
    said = ("the", "puppy", "is", "sitting", "on", "the", "chair")
    answer = learner.answer(Translate(CHAIR, forced=(*said, END)))
    assert (answer.output, answer.words) == ((*said, END), said)
    assert answer.read == ("<s>", *said)


def test_damage_is_measured_by_relation(learner):
    nothing = whole(learner.answer(Damage(Cuts(), sentences=60)))
    assert nothing.intact == nothing.cut
    blind = Cuts(heads=tuple(Head("cross", layer, h) for layer in range(2) for h in range(4)))
    report = whole(learner.answer(Damage(blind, sentences=60, having="reflexive")))
    assert report.cut < report.intact
    before, after, count = report.words["reflexive"]
    assert count >= 60 and after < before


def test_heat_makes_sentences_go_wrong(learner):
    cold, hot = learner.answer(Hallucinate((0.0, 3.0), sentences=40))
    for rate in (cold, hot):
        assert rate.right + rate.fluent_wrong + rate.broken == pytest.approx(1)
    assert hot.right < cold.right


def test_temperature_top_k_and_top_p():
    logits = np.log(np.array([[0.5, 0.3, 0.15, 0.05]], np.float32))
    assert candidates(logits, Sampling()).probabilities.tolist() == [[1, 0, 0, 0]]
    plain = candidates(logits, Sampling(1.0))
    assert np.allclose(plain.probabilities, [[0.5, 0.3, 0.15, 0.05]]) and plain.is_kept.all()
    two = candidates(logits, Sampling(1.0, top_k=2))
    assert np.allclose(two.probabilities, [[0.625, 0.375, 0, 0]])
    assert np.allclose(two.uncut, plain.uncut)
    assert candidates(logits, Sampling(1.0, top_p=0.7)).is_kept.tolist() == [
        [True, True, False, False]
    ]
    assert candidates(logits, Sampling(1.0, top_p=0.0)).is_kept.sum() == 1
    flat = candidates(logits, Sampling(100.0)).probabilities
    assert flat.max() - flat.min() < 0.01
    drawn = [
        int(choose(logits, Sampling(1.0, top_k=2), np.random.default_rng(seed))[0])
        for seed in range(200)
    ]
    assert set(drawn) == {0, 1} and 100 < drawn.count(0) < 150


def test_the_same_seed_draws_the_same_translation(learner):
    first = learner.answer(Translate(CHAIR, sampling=Sampling(2.0, seed=3)))
    assert first.words == learner.answer(Translate(CHAIR, sampling=Sampling(2.0, seed=3))).words
    others = {
        learner.answer(Translate(CHAIR, sampling=Sampling(2.0, seed=seed))).words
        for seed in range(6)
    }
    assert len(others) > 1


def test_answers_are_quick(learner):
    def fastest(question):
        seconds = []
        for _ in range(5):
            before = time.perf_counter()
            learner.answer(question)
            seconds.append(time.perf_counter() - before)
        return min(seconds)

    longest = max(sample("sentences", 384), key=lambda pair: len(pair.korean)).korean
    assert fastest(ReadSentence(longest)) < 0.005
    assert fastest(Translate(longest)) < 0.030


def test_questions_need_neither_torch_nor_qt_to_be_asked():
    code = (
        "import sys, explainer.concepts.transformer.questions as q;"
        "q.Translate(('a',)); print('torch' in sys.modules, 'PySide6' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
