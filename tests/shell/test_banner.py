from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel

from explainer.lesson import Problem, Text
from explainer.shell.window import MainWindow
from tests.shell.fake_session import FakeSession

PROBLEM = Problem(Text("The loss is not finite; go back.", "손실이 무한합니다. 돌아가세요."))
OFFERS = (("rewind", Text("Rewind", "되감기")), ("again", Text("Start again", "다시 시작")))


def test_the_banner_says_it_and_offers_a_way_on(
    window: Callable[..., MainWindow], session: FakeSession
) -> None:
    made = window(language="en")
    banner = made.findChild(QFrame, "banner")
    assert not banner.isVisible()
    session.problem, session.offers = PROBLEM, OFFERS
    made.tick()
    assert banner.isVisible()
    assert banner.findChild(QLabel, "bannerText").text() == PROBLEM.text.en
    ways = [banner.findChild(QAbstractButton, f"offer-{i}") for i in range(2)]
    assert [way.text() for way in ways] == ["Rewind", "Start again"]
    made.switch_language()
    assert ways[1].text() == "다시 시작"
    ways[1].click()
    assert ("take_offer", "again") in session.calls


def test_details_can_be_copied_and_the_banner_closed(
    window: Callable[..., MainWindow], session: FakeSession
) -> None:
    made = window()
    problem = Problem(PROBLEM.text)
    problem.__cause__ = ValueError("inner reason")
    made.show_problem(problem)
    banner = made.findChild(QFrame, "banner")
    banner.findChild(QAbstractButton, "bannerCopy").click()
    assert "inner reason" in QGuiApplication.clipboard().text()
    banner.findChild(QAbstractButton, "bannerClose").click()
    assert not banner.isVisible()
    assert ("dismiss",) in session.calls
