from __future__ import annotations

from pathlib import Path

import pytest

from explainer.lesson import Problem
from explainer.shell.settings import Settings, load, save, settings_path


def test_settings_come_back(tmp_path: Path) -> None:
    file = tmp_path / "below" / "settings.json"
    kept = Settings("en", "dark", 1.5, True, False, (1, 2, 1300, 800), ("a", "b", "c"), 2.0, 30.0)
    save(kept, file)
    assert load(file) == (kept, None)


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == (Settings(), None)


@pytest.mark.parametrize(
    "held",
    ["", "{", "[]", "null", '{"theme": "pink"}', '{"font_scale": 9}', '{"geometry": [1]}',
     '{"font_scale": "big"}', '{"place": 3}', '{"language": []}', "\x00\xff",
     '{"font_scale": "1.5"}', '{"font_scale": true}', '{"lesson_speed": "1"}',
     '{"training_speed": "5"}', '{"training_speed": Infinity}', '{"training_speed": 1e-300}',
     '{"geometry": [99999999999, 0, 10, 10]}', '{"geometry": [true, 0, 10, 10]}',
     '{"geometry": ""}', '{"place": "abc"}', '{"contents_open": 1.0}',
     '{"font_scale": ' + "9" * 400 + "}", '{"font_scale": ' + "9" * 5000 + "}", "[" * 100_000],
    ids=lambda held: held[:40],
)  # fmt: skip
def test_a_damaged_file_is_kept_beside_and_named(tmp_path: Path, held: str) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(held.encode("latin-1"))
    settings, problem = load(file)
    assert settings == Settings()
    assert problem is not None and "settings.json.bak" in problem.text.en
    assert (tmp_path / "settings.json.bak").read_bytes() == held.encode("latin-1")
    assert not file.exists()


def test_what_another_version_wrote_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"language": "en", "unknown": 3}')
    assert load(file) == (Settings(language="en"), None)


def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem):
        save(Settings(), tmp_path / "file" / "settings.json")


def test_the_file_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXPLAINER_CONFIG", str(tmp_path / "x.json"))
    assert settings_path() == tmp_path / "x.json"
