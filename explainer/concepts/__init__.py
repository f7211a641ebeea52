"""What the program explains: one folder a concept."""

from __future__ import annotations

from explainer.concepts.cnn import CONCEPT as CNN
from explainer.concepts.gan import CONCEPT as GAN
from explainer.concepts.transformer import CONCEPT as TRANSFORMER
from explainer.lesson import Concept

# The only table of contents: a new concept is one folder and one line here.
CONCEPTS: tuple[Concept, ...] = (CNN, GAN, TRANSFORMER)
