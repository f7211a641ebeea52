"""The own-text scene: files, tokens, the small GPT, its answers, the pictures."""

from __future__ import annotations

import dataclasses
import math
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from explainer.concepts.transformer.own_text import (
    copied,
    foretelling,
    ladder,
    learning,
    lesson,
    looking,
    opening,
)
from explainer.concepts.transformer.own_text import view as scene_view
from explainer.concepts.transformer.own_text import words as scene_words
from explainer.concepts.transformer.own_text.bpe import BytePairs
from explainer.concepts.transformer.own_text.copying import copied_runs, longest_copied
from explainer.concepts.transformer.own_text.corpus import baselines, corpus, split
from explainer.concepts.transformer.own_text.course import course
from explainer.concepts.transformer.own_text.model import GPT, GPTConfig
from explainer.concepts.transformer.own_text.pieces import texts_of, visible, words_of, written
from explainer.concepts.transformer.own_text.probe import (
    Attend,
    Compare,
    CutText,
    Foretell,
    Write,
)
from explainer.concepts.transformer.own_text.reading import LARGEST, read_text
from explainer.concepts.transformer.own_text.settings import WriterSettings
from explainer.concepts.transformer.own_text.view import OwnTextView, is_answered
from explainer.concepts.transformer.own_text.writer import Writer
from explainer.engine.assets import asset
from explainer.engine.checkpoint import Shipped, load_for
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.lesson import LANGUAGES, Language, Problem, Scene, Text
from explainer.shell.source import line_of, source_of
from explainer.shell.still import still_frame
from explainer.stage.colours import COLOURS, THEMES
from explainer.stage.frame import Frame, Pick, Room
from explainer.stage.plot import Plot
from tests.lettering import faults, words

SCENE = Scene(
    key="own-text",
    title=Text("A text of your own", "내 글로 가르치기"),
    steps=lesson.STEPS,
    knobs=lesson.KNOBS,
    experiment=lambda settings, device: Writer(WriterSettings(**settings), device),
    view=OwnTextView,
    wide=True,
)
FILMS: dict[Language, str] = {
    "ko": "checkpoints/transformer-own-text.safetensors",
    "en": "checkpoints/transformer-own-text-en.safetensors",
}
TEXT = "강아지가 의자에 앉아 있다.\nThe dog sits on the chair.\n" * 60
LEARNED = 60  # updates of the run the pictures are drawn from


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def run() -> Run:
    made = Run(SCENE.experiment, {}, "cpu")
    for _ in range(LEARNED):
        made.advance()
    made.keep_end()
    return made


@pytest.fixture
def view(qapp: Any) -> Any:
    made = OwnTextView()
    yield made
    made.close()


def frame_of(view: OwnTextView, run: Run, step: str, **changes: Any) -> Frame:
    return still_frame(view, SCENE, SCENE.step(step), run, example_drawing(), "en", **changes)


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp949", "CP949"),
     ("euc-kr", "CP949")],
)  # fmt: skip
def test_a_text_is_read_in_any_encoding(tmp_path: Path, codec: str, said: str) -> None:
    file = tmp_path / "글.txt"
    file.write_bytes(TEXT.replace("\n", "\r\n").encode(codec))
    read = read_text(file)
    assert (read.text, read.encoding, read.name) == (TEXT, said, "글.txt")
    assert read.size == file.stat().st_size


def test_utf_16_from_either_end(tmp_path: Path) -> None:
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        file = tmp_path / codec
        file.write_bytes(mark + TEXT.encode(codec))
        assert read_text(file).text == TEXT


def test_syllables_in_pieces_are_composed(tmp_path: Path) -> None:
    import unicodedata

    file = tmp_path / "a.txt"
    file.write_text(unicodedata.normalize("NFD", TEXT), encoding="utf-8")
    assert read_text(file).text == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"short", "only 5 bytes"),
        (b" \n" * 3_000, "too few"),
        (b"x" * (LARGEST + 1), "5.0 MB"),
        (b"\x89PNG\r\n\x1a\n\0\0\0" + bytes(range(256)) * 20, "no plain text"),
        (b"MZ\x01\x02\x03\x04" * 900, "no plain text"),
        (b"\xff\xfe" + b"\x00\xd8" * 2_000, "no plain text"),
        (b"caf\xe9 \xff\xff " * 500, "encoding"),
    ],
)
def test_what_cannot_be_learned_from_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, said: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(Problem) as refused:
        corpus(str(file))
    text = refused.value.text
    assert said in text.en and "a.txt" in text.ko
    assert text.en.count(". ") == 0 and text.en.endswith(".")


def test_missing_files_folders_and_what_may_not_be_read_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    for path, said in ((file, "no file"), (tmp_path, "folder"), ("/dev/null", "cannot be read")):
        with pytest.raises(Problem, match=said):
            read_text(path)
    file.write_text(TEXT, encoding="utf-8")

    def refuse(path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(Problem, match="cannot be read"):
        read_text(file)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    first = corpus(str(file))
    assert corpus(str(file)) is first
    file.write_text(TEXT * 2, encoding="utf-8")
    assert len(corpus(str(file)).source.text) == 2 * len(TEXT)


def film_of(language: Language) -> Shipped:
    return load_for(SCENE.experiment, asset(FILMS[language]), "transformer")


def test_the_course_is_the_text_that_the_films_learned() -> None:
    for language in LANGUAGES:
        said = course(language)
        assert "**" not in said and len(set(said.splitlines())) == said.count("\n")
        film = film_of(language)
        assert film.settings == dataclasses.asdict(
            WriterSettings(text={"ko": "", "en": "course-en"}[language])
        )
        # Were the text another, its tokens would be others, and the net would know none of them.
        run = Run(SCENE.experiment, {}, "cpu", film)
        standing, measured = run.experiment.snapshot(), run.experiment.measure()
        assert measured["held_out"] == pytest.approx(film.metrics["held_out"][1][-1], abs=0.02)
        assert measured["held_out"] < 0.8 * standing.baselines.unigram


def test_samples_get_better_along_the_film() -> None:
    film = film_of("en")
    run, known = (
        Run(SCENE.experiment, {}, "cpu", film),
        set(re.findall("[a-z]+", course("en").lower())),
    )
    shares = []
    for kept in run.film.frames():
        (draft,) = run.experiment.answer(Write("", 0.7, 60), kept.state)
        said = re.findall("[a-z]+", draft.text.lower())
        shares.append(sum(word in known and len(word) > 2 for word in said) / len(said))
    assert len(shares) == 6 and shares[-1] > 0.6 > shares[0] + 0.2


# -- tokens and counting --------------------------------------------------------------------------


def test_tokens_give_the_text_back_and_cover_every_byte() -> None:
    pairs = BytePairs(course("ko"))
    assert len(pairs) == 768 and set(pairs.pieces[:256]) == {bytes([b]) for b in range(256)}
    for text in (TEXT, "처음 보는 글 🙂 naïve\t\n", course("en")[:3_000]):
        assert pairs.decode(pairs.encode(text)) == text
    assert all(m.left + m.right in pairs.pieces for m in pairs.merges)


def test_the_cut_shown_is_the_librarys() -> None:
    pairs = BytePairs(course("ko"))
    for text in (course("ko")[:2_000], course("en")[:500], " 강아지가  둘"):
        cut = pairs.cut(text, len(pairs.merges))
        assert cut == tuple(pairs.pieces[token] for token in pairs.encode(text))
    assert pairs.cut("가", 0) == (b"\xea", b"\xb0", b"\x80")


def test_merges_are_the_same_in_every_process() -> None:
    code = (
        "from explainer.concepts.transformer.own_text.bpe import BytePairs;"
        "from explainer.concepts.transformer.own_text.course import course;"
        "print(BytePairs(course('en')).pieces)"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert found == {f"{BytePairs(course('en')).pieces}\n"}


def test_what_is_held_out_is_a_tenth_and_never_learned() -> None:
    text = course("en")
    learned, held_out = split(text)
    assert len(learned) + len(held_out) == len(text)
    assert 0.05 < len(held_out) / len(text) < 0.15
    lines = set(learned.split("\n"))
    assert all(line not in lines for line in held_out.split("\n") if len(line) > 40)
    assert split("short text")[1] == "t"


def test_baselines_are_what_counting_gives() -> None:
    tokens = np.array([0, 1, 0, 1, 0, 2])
    counted = baselines(tokens, np.array([0, 1]), size=2, vocabulary=4)
    assert counted.uniform == pytest.approx(2.0)
    p0, p1 = 4 / 10, 3 / 10
    assert counted.unigram == pytest.approx(-(math.log2(p0) + math.log2(p1)) / 2)
    # After 0 came 1 twice and 2 once: two kinds in three.
    mixed = (2 + 2 * p1) / (3 + 2)
    assert counted.bigram == pytest.approx(-(math.log2(p0) + math.log2(mixed)) / 2)


def test_copied_runs_are_found() -> None:
    source = "the dog sits on the chair"
    assert longest_copied("a dog sits in the chair", source) == (12, 23)
    assert longest_copied("zzz", source).length == 0
    assert copied_runs("xx dog sits! the chair", source, 8) == ((2, 11), (12, 22))


def test_tokens_are_written_so_that_each_can_be_read() -> None:
    assert written(" 한".encode()) == "␣한" and written(b"\n") == "¶"
    assert written(" 한".encode()[:2]) == "␣ ED" and written(b"\x07") == "07"
    pieces = ("강".encode()[:1], "강".encode()[1:], b" a", b"b", b"\n", b"c")
    assert texts_of(pieces) == ("", "강", " a", "b", "\n", "c")
    assert words_of(pieces) == (0, 0, 1, 1, 2, 3)
    assert visible("a\nא\u0301") == "a¶∅∅"


# -- the model ------------------------------------------------------------------------------------


def test_attention_is_what_torch_computes() -> None:
    net = GPT(GPTConfig(50, context=16), torch.Generator().manual_seed(1))
    attention, x = net.blocks[0].attention, torch.randn(2, 9, 64)
    q, k, v = (attention.split(part) for part in attention.w_qkv(x).chunk(3, dim=-1))
    fused = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    output, weights = attention(x)
    assert torch.allclose(output, attention.w_o(fused.transpose(1, 2).flatten(2)), atol=1e-5)
    assert torch.allclose(weights @ v, fused, atol=1e-5)


def test_no_token_sees_a_later_one() -> None:
    net = GPT(GPTConfig(50, context=16), torch.Generator().manual_seed(1))
    tokens = torch.randint(50, (1, 12), generator=torch.Generator().manual_seed(2))
    changed = tokens.clone()
    changed[0, 8:] = (changed[0, 8:] + 1) % 50
    before, after = net(tokens), net(changed)
    assert torch.allclose(before[:, :8], after[:, :8], atol=1e-6)
    assert not torch.allclose(before[:, 8], after[:, 8], atol=1e-3)


def test_dropout_only_acts_while_learning_and_keeps_the_mean() -> None:
    net = GPT(GPTConfig(50))
    net.dropout.share = 0.25
    x = torch.ones(400, 400)
    dropped = net.dropout(x)
    assert dropped.unique().tolist() == pytest.approx([0, 4 / 3])
    assert dropped.mean().item() == pytest.approx(1.0, abs=0.01)
    with torch.no_grad():
        assert net.dropout(x) is x


def test_it_goes_on_bit_for_bit_from_any_step() -> None:
    one, other = Writer(WriterSettings()), Writer(WriterSettings())
    for _ in range(4):
        one.step()
    state = one.state()
    ahead = [one.step()["loss"] for _ in range(5)]
    other.restore(state)
    assert other.state().keys() == state.keys()
    assert [other.step()["loss"] for _ in range(5)] == ahead


def test_bits_per_byte_are_those_of_the_whole_held_out_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(course("en")[:30_000], encoding="utf-8")  # few windows: all are measured
    writer = Writer(WriterSettings(text=str(file)))
    writer.step()
    text = writer._corpus
    tokens = torch.from_numpy(text.held_tokens.copy())
    context, nats, count = 64, 0.0, 0
    with torch.no_grad():
        for start in range(0, len(tokens) - context, context):
            window = tokens[start : start + context + 1]
            loss = F.cross_entropy(writer._net(window[None, :-1])[0], window[1:])
            nats, count = nats + float(loss) * context, count + context
    bits = nats / count / math.log(2) / text.bytes_per_token
    assert 10 < count / context <= 32
    assert writer.measure()["held_out"] == pytest.approx(bits, rel=1e-4)


def test_it_learns_and_beats_counting_single_tokens(run: Run) -> None:
    fresh = Writer(WriterSettings())
    uniform = fresh.snapshot().baselines.uniform
    assert fresh.measure()["held_out"] == pytest.approx(uniform, rel=0.2)
    for _ in range(260):
        fresh.step()
    found = fresh.measure()
    assert found["held_out"] < 0.85 * fresh.snapshot().baselines.unigram


def test_without_dropout_a_short_text_is_learned_by_heart(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(course("en")[:4_000], encoding="utf-8")
    writer = Writer(WriterSettings(text=str(file), dropout=0.0))
    before = writer.measure()
    for _ in range(400):
        writer.step()
    after, copying = writer.measure(), writer.answer(Compare(Write("", 0.7, 110)))
    assert after["learned"] < 0.3 * before["learned"]
    assert after["held_out"] > 3 * after["learned"]
    start, end = copying.longest
    assert copying.draft.text[start:end] in writer._corpus.learned
    assert end - start > 2 * copying.chance


def test_what_makes_no_sense_is_refused() -> None:
    writer = Writer(WriterSettings())
    with pytest.raises(Problem):
        writer.set("dropout", 1.0)
    with pytest.raises(Problem):
        WriterSettings(learning_rate=0.0)
    with pytest.raises(ValueError, match="not a live setting"):
        writer.set("text", "")


# -- answers --------------------------------------------------------------------------------------


def test_what_is_foretold_is_the_models(run: Run) -> None:
    writer = run.experiment
    found = writer.answer(Foretell("합성곱은 커널로", 0))
    tokens = writer._corpus.pairs.encode("\n합성곱은 커널로")
    with torch.no_grad():
        chances = writer._net(torch.tensor([tokens]))[0].softmax(dim=-1)
    for place, token in enumerate(tokens[1:]):
        assert found.probability[place] == pytest.approx(float(chances[place, token]), rel=1e-4)
        best = int(chances[place].argmax())
        assert found.candidates[place][0] == writer._corpus.pairs.pieces[best]
    assert not found.is_held_out and writer.answer(Foretell("", 1)).is_held_out


def test_attention_rows_sum_to_one_and_look_back_only(run: Run) -> None:
    found = run.experiment.answer(Attend("", 0))
    assert found.weights.shape[:2] == (2, 4)
    assert np.allclose(found.weights.sum(axis=-1), 1, atol=1e-5)
    assert np.array_equal(found.weights, np.tril(found.weights))
    assert not found.weights.flags.writeable


def test_drafts_repeat_with_their_seed_and_agree_at_temperature_zero(run: Run) -> None:
    ask = Write("합성곱", 0.9, 12, (0, 1))
    one, other = run.experiment.answer(ask)
    assert one == run.experiment.answer(ask)[0] and one.pieces != other.pieces
    greedy = run.experiment.answer(Write("합성곱", 0.0, 12, (0, 1)))
    assert greedy[0].pieces == greedy[1].pieces
    tokens = run.experiment._corpus.pairs.encode("합성곱")
    with torch.no_grad():
        best = int(run.experiment._net(torch.tensor([tokens]))[0, -1].argmax())
    assert greedy[0].pieces[0] == run.experiment._corpus.pairs.pieces[best]
    assert one.text == "".join(one.texts) and len(one.texts) == 12


def test_an_answer_in_a_past_state_is_that_state(run: Run) -> None:
    first = run.film.frames()[0].state
    then = run.experiment.answer(Foretell("", 0), first)
    fresh = Writer(WriterSettings()).answer(Foretell("", 0))
    now = run.experiment.answer(Foretell("", 0))
    assert np.array_equal(then.probability, fresh.probability)
    assert not np.array_equal(then.probability, now.probability)


def test_cuts_grow_from_bytes_to_tokens(run: Run) -> None:
    cuts = run.experiment.answer(CutText("강아지 dog", 0))
    whole = "강아지 dog".encode()
    assert all(b"".join(stage.pieces) == whole for stage in cuts.stages)
    assert len(cuts.stages[0].pieces) == len(whole) == 13
    counts = [len(stage.pieces) for stage in cuts.stages]
    assert counts == sorted(counts, reverse=True) and counts[-1] < counts[0]


# -- the view -------------------------------------------------------------------------------------


def test_every_step_is_answered_and_code_found(view: OwnTextView, run: Run) -> None:
    for step in SCENE.steps:
        assert is_answered(frame_of(view, run, step.key)), step.key
        assert all(len(body.split()) <= 60 for body in (step.body.en, step.body.ko)), step.key
        assert step.code is not None
        for wanted in step.lines.values():
            line_of(source_of(step.code), wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_small_or_on_other_text(view: OwnTextView, run: Run, language: Any) -> None:
    fresh = Run(SCENE.experiment, {"text": "course-en"}, "cpu")
    wrong = []
    for step in SCENE.steps:
        for shown in (run, fresh):
            frame = still_frame(view, SCENE, step, shown, example_drawing(), language)
            end = view.beats(frame)[-1].at
            for theme in THEMES:
                for size in (QSize(968, 480), QSize(1430, 864)):
                    found = words(view, frame, end, theme, size, presented=theme == "projector")
                    wrong += [f"{step.key} {theme} {size.width()} {fault}"
                              for fault in faults(found, size, 11.0)]  # fmt: skip
    Plot.close_rendered()
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_a_file_is_chosen_dropped_and_the_course_returned_to(
    view: OwnTextView, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked: list[Pick] = []
    view.picked.connect(picked.append)
    view.frame = frame_of(view, run, "text")
    path = str(tmp_path / "a.txt")

    class Chooser:
        getOpenFileName = staticmethod(lambda *_: (path, ""))

    monkeypatch.setattr(scene_view, "QFileDialog", Chooser)
    view.choose_file()
    assert picked[-1].knobs["text"] == path
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path)])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    view.dropEvent(event)
    assert len(picked) == 2 and picked[-1].knobs["text"] == path
    assert view.pick(view.frame, ("course", "course-en")).knobs["text"] == "course-en"
    assert not view.pick(view.frame, ("course", "")).knobs, "it is the text already"
    layout = view.layout_in(view.frame, Room())
    for target, rect in opening.pills(layout).items():
        assert view.hit(layout, view.frame, rect.center()) == target


def test_a_refused_file_leaves_the_run_as_it_was(tmp_path: Path) -> None:
    from explainer.engine.runner import Runner
    from tests.opened import pump

    runner = Runner(SCENE.experiment, "transformer", None, {}, "cpu")
    runner.start()
    reports: list[Any] = []

    def told(wanted: Any) -> bool:
        report = runner.take()
        if report is not None:
            reports.append(report)
        return bool(reports) and wanted(reports[-1])

    try:
        pump(lambda: told(lambda r: r.snapshot is not None))
        runner.step()
        pump(lambda: told(lambda r: r.snapshot is not None and r.snapshot.step == 1))
        runner.reset({**reports[-1].settings, "text": str(tmp_path / "none.txt")}, False)
        pump(lambda: told(lambda r: r.problem is not None))
        assert "none.txt" in reports[-1].problem.text.ko
        assert reports[-1].snapshot.step == 1 and reports[-1].settings["text"] == ""
    finally:
        runner.close()


def test_the_next_token_is_found_marked_and_said(view: OwnTextView, run: Run) -> None:
    frame = frame_of(view, run, "next")
    layout = view.layout_in(frame, Room())
    for first, row in foretelling.rows(layout, frame):
        for index, rect in enumerate(row.rects):
            assert view.hit(layout, frame, rect.center()) == ("token", first + index)
    at = dataclasses.replace(frame, hover=("token", 3))
    card = view.lens(at, 0.0)
    assert card is not None and card.title == written(frame.answer.pieces[3])
    bits = -math.log2(float(frame.answer.probability[3]))
    assert card.rows[1][1] == f"{bits:.1f}"
    assert view.pick(frame, ("another",)).knobs["passage"] == 1


def test_the_ladder_says_that_it_writes_while_it_is_behind(view: OwnTextView, run: Run) -> None:
    frame = frame_of(view, run, "ladder")
    assert not ladder.is_behind(frame) and ladder.rungs(frame)[-1].step == frame.film.step
    late = dataclasses.replace(frame, along=frame.along[:-1])
    assert ladder.is_behind(late)
    said = [word.text for word in words(view, late, 0.0, "light", QSize(1280, 720))]
    assert late.say(scene_words.WRITING) in said


def test_the_ladder_climbs_the_film(view: OwnTextView, run: Run) -> None:
    frame = frame_of(view, run, "ladder")
    shown = ladder.rungs(frame)
    assert shown[0].step == 0 and shown[-1].step == LEARNED
    assert len({rung.draft.text for rung in shown}) == len(shown)
    layout = view.layout_in(frame, Room())
    place = ladder.row_rect(layout, 1).center()
    assert view.pick(frame, view.hit(layout, frame, place)).seek == shown[1].step


def test_curves_and_numbers_are_the_films(view: OwnTextView, run: Run) -> None:
    frame = frame_of(view, run, "learning")
    measured = run.experiment.measure()
    steps, bits = learning.values(frame, "held_out")
    assert steps[0] == 0 and len(bits) > 4
    if steps[-1] == LEARNED:
        assert bits[-1] == pytest.approx(measured["held_out"])
    chart = view.charts(view.layout_in(frame, Room()), frame, COLOURS["light"])[0]
    levels = [float(c.y[0]) for c in chart.curves if c.dashed]
    counted = run.experiment.snapshot().baselines
    assert levels == [counted.uniform, counted.unigram, counted.bigram]


def test_marks_cover_exactly_the_copied_runs(view: OwnTextView, run: Run) -> None:
    frame = frame_of(view, run, "copying")
    answer = frame.answer
    marked = copied.parts(answer)
    assert "".join(text for text, _, _ in marked) == answer.draft.text
    longest = "".join(text for text, _, is_longest in marked if is_longest)
    assert len(longest) == answer.longest[1] - answer.longest[0]
    assert longest in run.experiment._corpus.learned


def test_cells_and_heads_are_found(view: OwnTextView, run: Run) -> None:
    frame = frame_of(view, run, "attention")
    layout = view.layout_in(frame, Room())
    at = looking.places(layout, frame)
    target = view.hit(layout, frame, at.small[1][2].center())
    assert view.pick(frame, target).knobs == {"layer": 1, "head": 2}
    card = view.lens(dataclasses.replace(frame, hover=("cell", 4, 2)), 0.0)
    assert card is not None
    assert float(card.rows[0][1]) == pytest.approx(frame.answer.weights[0, 0, 4, 2], abs=6e-4)


def test_typing_asks_and_can_be_taken_back(view: OwnTextView, run: Run) -> None:
    picked: list[Pick] = []
    view.picked.connect(picked.append)
    view.frame = frame_of(view, run, "continue", knobs={"prompt": "가"})
    view.field.textEdited.emit("가나")
    assert picked[-1].knobs == {"prompt": "가나"}
    view.field.is_composing = True
    view.field.textEdited.emit("가낟")
    assert len(picked) == 1
    view.undo()
    assert picked[-1].knobs == {"prompt": "가"}


def test_painted_buttons_answer_to_the_keyboard(
    view: OwnTextView, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    picks: list[Pick] = []
    view.picked.connect(picks.append)
    view.resize(1192, 720)
    view.show()
    view.show_frame(frame_of(view, run, "text"), 0.0, COLOURS["light"], 1.0)
    presses = [b for b in view.findChildren(QAbstractButton) if b.isVisible()]
    assert len(presses) == 3
    opened: list[bool] = []
    monkeypatch.setattr(view, "choose_file", lambda: opened.append(True))
    for press in presses:
        assert press.accessibleName()
        QTest.keyClick(press, Qt.Key.Key_Space)
    QTest.qWait(1)
    assert opened == [True] and picks[1].knobs["text"] == "course-en"
    view.show_frame(frame_of(view, run, "continue"), 0.0, COLOURS["light"], 1.0)
    (left,) = [b for b in view.findChildren(QAbstractButton) if b.isVisible()]
    QTest.keyClick(left, Qt.Key.Key_Return)
    assert picks[-1].knobs["passage"] == 1
