"""The words of the small world that the translator learns, in Korean and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Being = Literal["person", "animal"]


@dataclass(frozen=True, slots=True)
class Animate:
    """Someone who can be the subject.

    Parameters
    ----------
    ko, en, plural : str
        The noun in Korean, and in English one and many. Korean adds 들 for many.
    being : {"person", "animal"}
    possessive : str
        What 자기 becomes when one of them is the subject: his, her or its.
    """

    ko: str
    en: str
    plural: str
    being: Being
    possessive: str


@dataclass(frozen=True, slots=True)
class Adjective:
    """A word before a noun."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Verb:
    """What is being done; Korean with its ending, since 있다 follows.

    Parameters
    ----------
    ko, en : str
        Such as 먹고 and eating.
    particle : str
        What marks a place before it: 에 for a posture, 에서 for an activity.
    persons_only : bool
        Whether animals do not do it.
    """

    ko: str
    en: str
    particle: str = ""
    persons_only: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is.

    Parameters
    ----------
    ko, en : str
    preposition : str
        What a bare 에 or 에서 becomes: on or in; empty if the bare particle would be unclear.
    sides : str
        The position nouns that go with it, such as 위 and 밑.
    verbs : str
        The verbs that go with the bare particle.
    adjectives : tuple of Adjective
    ownable : bool
        Whether 자기 goes before it.
    """

    ko: str
    en: str
    preposition: str
    sides: str
    verbs: str
    adjectives: tuple[Adjective, ...]
    ownable: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """Something an action is done to.

    Parameters
    ----------
    ko, en : str
    verbs : tuple of Verb
        What is done to it in this sense.
    adjectives : tuple of Adjective
    ownable : bool
        Whether 자기 goes before it.
    is_homonym : bool
        Whether the same Korean word has another sense, told only by the verb.
    is_body_part : bool
        Korean leaves the owner of a body part unsaid; English says his, her, its or their.
    """

    ko: str
    en: str
    verbs: tuple[Verb, ...]
    adjectives: tuple[Adjective, ...] = ()
    ownable: bool = True
    is_homonym: bool = False
    is_body_part: bool = False


ANIMATES = (
    Animate("강아지", "puppy", "puppies", "animal", "its"),
    Animate("고양이", "cat", "cats", "animal", "its"),
    Animate("토끼", "rabbit", "rabbits", "animal", "its"),
    Animate("새", "bird", "birds", "animal", "its"),
    Animate("곰", "bear", "bears", "animal", "its"),
    Animate("여우", "fox", "foxes", "animal", "its"),
    Animate("원숭이", "monkey", "monkeys", "animal", "its"),
    Animate("쥐", "mouse", "mice", "animal", "its"),
    Animate("소년", "boy", "boys", "person", "his"),
    Animate("남자", "man", "men", "person", "his"),
    Animate("왕", "king", "kings", "person", "his"),
    Animate("소녀", "girl", "girls", "person", "her"),
    Animate("여자", "woman", "women", "person", "her"),
    Animate("여왕", "queen", "queens", "person", "her"),
)

SMALL, BIG = Adjective("작은", "small"), Adjective("큰", "big")
WHITE, BLACK = Adjective("하얀", "white"), Adjective("까만", "black")
OLD, CUTE = Adjective("낡은", "old"), Adjective("귀여운", "cute")
HUNGRY, KIND = Adjective("배고픈", "hungry"), Adjective("친절한", "kind")
SAD, HAPPY = Adjective("슬픈", "sad"), Adjective("행복한", "happy")
TIRED, BRAVE = Adjective("피곤한", "tired"), Adjective("용감한", "brave")

OF_ANIMALS = (SMALL, BIG, WHITE, BLACK, CUTE, HUNGRY)
OF_PERSONS = (KIND, SAD, HAPPY, TIRED, HUNGRY, BRAVE)
OF_SIZE = (SMALL, BIG)
OF_FURNITURE = (SMALL, BIG, WHITE, BLACK, OLD)

POSTURES = (
    Verb("앉아", "sitting", "에"),
    Verb("서", "standing", "에"),
    Verb("누워", "lying", "에"),
    Verb("숨어", "hiding", "에"),
)
ACTIVITIES = (
    Verb("자고", "sleeping", "에서"),
    Verb("놀고", "playing", "에서"),
    Verb("울고", "crying", "에서"),
    Verb("쉬고", "resting", "에서"),
)

# Korean names a side of the place by a noun: 의자 위에, "at the top of the chair".
SIDES = {
    "위": "on top of",
    "안": "inside",
    "밑": "under",
    "옆": "next to",
    "뒤": "behind",
    "앞": "in front of",
}
# Nobody hides on top of something or in front of it.
HIDING_SIDES = "안밑옆뒤"

_ON = "앉아 자고 울고 쉬고"
_IN = "앉아 서 누워 숨어 자고 놀고 울고 쉬고"
PLACES = (
    Place("의자", "chair", "on", "위밑옆뒤앞", _ON, OF_FURNITURE, True),
    Place("침대", "bed", "on", "위밑옆", _ON + " 누워 놀고", OF_FURNITURE, True),
    Place("소파", "sofa", "on", "위옆뒤앞", _ON + " 누워 놀고", OF_FURNITURE, True),
    Place("벤치", "bench", "on", "위밑옆뒤앞", _ON + " 누워", OF_FURNITURE),
    Place("바위", "rock", "on", "위옆뒤앞", _ON + " 누워 서 놀고", (*OF_SIZE, WHITE, BLACK)),
    Place("지붕", "roof", "on", "위", _ON + " 누워 서 놀고", OF_FURNITURE),
    Place("방", "room", "in", "안앞", _IN, (*OF_SIZE, WHITE), True),
    Place("집", "house", "in", "안옆뒤앞", _IN, OF_FURNITURE, True),
    Place("정원", "garden", "in", "", _IN, OF_SIZE, True),
    Place("부엌", "kitchen", "in", "안앞", _IN, (*OF_SIZE, WHITE), True),
    Place("공원", "park", "in", "안앞", _IN, OF_SIZE),
    Place("숲", "forest", "in", "안앞", _IN, OF_SIZE),
    Place("동굴", "cave", "in", "안앞", _IN, OF_SIZE, True),
    Place("상자", "box", "", "안위옆뒤앞", "", OF_FURNITURE, True),
    Place("나무", "tree", "", "밑옆뒤앞", "", OF_SIZE),
    Place("담요", "blanket", "", "위밑", "", OF_FURNITURE, True),
)

LOOK_AT, LOOK_FOR = Verb("보고", "looking at"), Verb("찾고", "looking for")
CALL, WAIT = Verb("부르고", "calling"), Verb("기다리고", "waiting for")
FOLLOW, HELP = Verb("따라가고", "following"), Verb("돕고", "helping")
HOLD, TOUCH = Verb("들고", "holding"), Verb("만지고", "touching")
EAT, DRINK, RIDE = Verb("먹고", "eating"), Verb("마시고", "drinking"), Verb("타고", "riding")
WITH_ANIMATES = (LOOK_AT, LOOK_FOR, CALL, WAIT, FOLLOW, HELP)
_WITH_THINGS = (LOOK_AT, LOOK_FOR, HOLD, TOUCH)

THINGS = (
    Thing("공", "ball", (*_WITH_THINGS, Verb("던지고", "throwing")), OF_FURNITURE),
    Thing("책", "book", (*_WITH_THINGS, Verb("읽고", "reading", "", True)), OF_FURNITURE),
    Thing("모자", "hat", _WITH_THINGS, OF_FURNITURE),
    Thing("사과", "apple", (*_WITH_THINGS, EAT), OF_SIZE),
    Thing("꽃", "flower", _WITH_THINGS, (*OF_SIZE, WHITE)),
    Thing("인형", "doll", _WITH_THINGS, (*OF_FURNITURE, CUTE)),
)


def _homonym(
    ko: str,
    en: str,
    verbs: tuple[Verb, ...],
    adjectives: tuple[Adjective, ...] = (),
    *,
    ownable: bool = False,
    is_body_part: bool = False,
) -> Thing:
    return Thing(ko, en, verbs, adjectives, ownable, True, is_body_part)


HOMONYMS = (
    _homonym("배", "pear", (EAT, Verb("깎고", "peeling", "", True)), OF_SIZE, ownable=True),
    _homonym("배", "boat", (RIDE, Verb("만들고", "building", "", True)), OF_SIZE, ownable=True),
    _homonym("배", "belly", (Verb("문지르고", "rubbing"),), OF_SIZE, is_body_part=True),
    _homonym("차", "tea", (DRINK, Verb("끓이고", "brewing", "", True)), ownable=True),
    _homonym(
        "차",
        "car",
        (Verb("몰고", "driving", "", True), Verb("고치고", "fixing", "", True)),
        OF_SIZE,
        ownable=True,
    ),
    _homonym("눈", "snow", (EAT, Verb("치우고", "clearing", "", True)), (WHITE,)),
    _homonym(
        "눈",
        "eyes",
        (Verb("비비고", "rubbing"), Verb("가리고", "covering")),
        (*OF_SIZE, BLACK),
        is_body_part=True,
    ),
    _homonym("밤", "chestnuts", (EAT, Verb("줍고", "picking up")), OF_SIZE, ownable=True),
    _homonym("밤", "night", (WAIT, Verb("무서워하고", "afraid of"))),
    _homonym(
        "말",
        "horse",
        (RIDE, Verb("씻기고", "washing", "", True)),
        (*OF_SIZE, WHITE, BLACK),
        ownable=True,
    ),
    _homonym(
        "말",
        "words",
        (Verb("배우고", "learning", "", True), Verb("적고", "writing down", "", True)),
    ),
)


def has_final_consonant(word: str) -> bool:
    """Return whether the last syllable of a Hangul word ends in a consonant."""
    return (ord(word[-1]) - ord("가")) % 28 > 0


def particle(kind: Literal["subject", "object", "topic"], word: str) -> str:
    """Return the form of a particle that follows a word: 이/가, 을/를 or 은/는."""
    forms = {"subject": ("이", "가"), "object": ("을", "를"), "topic": ("은", "는")}
    after_consonant, after_vowel = forms[kind]
    return after_consonant if has_final_consonant(word) else after_vowel
