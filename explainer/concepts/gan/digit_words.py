"""The words beside digits that the digit scenes share."""

from __future__ import annotations

from explainer.lesson import Text

CURVES = Text("While it learns", "배우는 동안")
CONFIDENCE = Text("mean confidence", "평균 확신")
CLASSES_KEY = Text("classes, of 10", "나온 종류, 10 가운데")
ACCURACY = Text("discriminator is right", "판별자가 맞힌 비율")
SHARES = Text("of 500 fakes, read as each digit", "가짜 500장을 분류기가 읽은 비율")
FLOOR = Text("500 real digits", "진짜 500장")
FAIR = Text("fair share 10 %", "고르면 10 %")
FROM = Text("covered from 2 %", "2 %부터 나온 것")
