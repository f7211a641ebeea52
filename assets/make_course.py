"""Write data/course-*.txt: what the program's lessons say, a line each, for a small GPT to learn.

It is kept as it was when the films that learned it were made: whoever makes it anew makes those
films anew too. Run from the repository's root with PYTHONPATH=. set.
"""

from __future__ import annotations

from pathlib import Path

from explainer.concepts import CONCEPTS
from explainer.lesson import LANGUAGES, Language

DATA = Path(__file__).parent / "data"


def course(language: Language) -> str:
    """Return every title, narration and note of every scene, each said once."""
    lines: dict[str, None] = {}
    for concept in CONCEPTS:
        for scene in concept.scenes:
            for step in scene.steps:
                for text in (step.title, step.body, step.notes):
                    said = text.said(language).replace("**", "")
                    lines[" ".join(said.split())] = None
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write both texts."""
    for language in LANGUAGES:
        file = DATA / f"course-{language}.txt"
        file.write_text(course(language), encoding="utf-8", newline="\n")
        print(file.name, file.stat().st_size)


if __name__ == "__main__":
    main()
