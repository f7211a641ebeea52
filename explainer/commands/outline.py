"""`main.py outline`: everything there is to see."""

from __future__ import annotations

import json
from typing import Any

from explainer.concepts import CONCEPTS
from explainer.lesson import Text


def outline() -> dict[str, Any]:
    """Return concepts, scenes and steps with their keys, titles and covered rows."""
    return {
        "concepts": [
            {
                "key": concept.key,
                "title": _both(concept.title),
                "scenes": [
                    {
                        "key": scene.key,
                        "title": _both(scene.title),
                        "steps": [
                            {
                                "key": step.key,
                                "title": _both(step.title),
                                "covers": list(step.covers),
                            }
                            for step in scene.steps
                        ],
                    }
                    for scene in concept.scenes
                ],
            }
            for concept in CONCEPTS
        ]
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "ko": text.ko}


def run(as_json: bool) -> None:
    """Print the outline."""
    if as_json:
        print(json.dumps(outline(), ensure_ascii=False, indent=1))
        return
    for concept in CONCEPTS:
        print(f"{concept.key}  {concept.title.en} · {concept.title.ko}")
        for scene in concept.scenes:
            print(f"  {concept.key}/{scene.key}  {scene.title.en} · {scene.title.ko}")
            for step in scene.steps:
                place = f"{concept.key}/{scene.key}/{step.key}"
                print(f"    {place}  {step.title.en} · {step.title.ko}")
