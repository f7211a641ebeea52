"""The text that is there when no file is chosen: what this program itself says."""

from __future__ import annotations

from explainer.lesson import Language


def course(language: Language) -> str:
    """Return every title, narration and note of every scene, in one language, a line each.

    It is read from the program as it is, so that it grows with it.
    """
    from explainer.concepts import CONCEPTS  # names this concept too, so not before it is there

    lines: dict[str, None] = {}  # in order, what is said twice once
    for concept in CONCEPTS:
        for scene in concept.scenes:
            for step in scene.steps:
                for text in (step.title, step.body, step.notes):
                    said = text.said(language).replace("**", "")
                    lines[" ".join(said.split())] = None
    return "\n".join(lines) + "\n"
