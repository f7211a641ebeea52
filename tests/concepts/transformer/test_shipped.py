import pytest
import torch

from explainer.concepts.transformer.attention.lesson_heads import CHESTNUTS
from explainer.concepts.transformer.cuts import Cuts, RelationEdges
from explainer.concepts.transformer.experiment import Settings, TranslationExperiment
from explainer.concepts.transformer.pool import exam
from explainer.concepts.transformer.questions import Translate, TranslateMany
from explainer.concepts.transformer.sentence import chips_of, tokens_of
from explainer.engine.assets import asset
from explainer.engine.checkpoint import load
from explainer.engine.run import Run

FILMS = {
    "transformer-ko-en": {},
    "transformer-en-ko": {"direction": "en-ko"},
    "transformer-ko-en-one-head": {"heads": 1},
}


def experiment(settings, device):
    return TranslationExperiment(Settings(**settings), device)


@pytest.fixture(scope="module", params=FILMS)
def run(request):
    torch.set_num_threads(1)
    settings = FILMS[request.param]
    expected = experiment(settings, "cpu").state()
    film = load(asset(f"checkpoints/{request.param}.safetensors"), "transformer", expected)
    return Run(experiment, {}, "cpu", film)


def test_it_translates_what_it_never_learned(run):
    metrics = run.experiment.measure()
    assert metrics["exact_match"] >= 0.995
    assert metrics["combinations"] >= 0.97
    assert metrics["alignment"] >= 0.85
    # The same by decoding greedily, token by token.
    settings = run.experiment.settings
    pairs = exam(settings.direction, "sentences", 384).pairs[:100]
    sentences = tuple(pair.tokens(settings.source) for pair in pairs)
    answers = run.experiment.answer(TranslateMany(sentences))
    assert sum(bool(answer.is_right) for answer in answers) >= 99


def test_the_film_shows_the_sudden_change(run):
    steps = [kept.step for kept in run.film.frames()]
    assert steps[0] == 0 and sum(step <= 300 for step in steps) >= 7
    first, last = run.film.frames()[0], run.film.frames()[-1]
    pair = exam(run.experiment.settings.direction, "sentences", 384).pairs[0]
    question = Translate(pair.tokens(run.experiment.settings.source))
    target = run.experiment.settings.target
    assert run.experiment.answer(question, first.state).words != pair.tokens(target)
    assert run.experiment.answer(question, last.state).words == pair.tokens(target)


def test_a_homonym_cut_from_its_verb_flips_as_the_lesson_says(run):
    if run.experiment.settings != Settings():
        pytest.skip("the lesson shows the model of the first film")
    tokens = tokens_of(chips_of(CHESTNUTS, "ko"))
    cut = Cuts(relations=(RelationEdges("homonym"),))
    assert run.experiment.answer(Translate(tokens)).text == "The rabbit was eating the chestnuts."
    assert run.experiment.answer(Translate(tokens, cut)).text == "The rabbit was eating the night."
