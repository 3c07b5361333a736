"""The engine on a small dialogue of its own: forgetting, going back, old buttons, pages, insisting."""

from datetime import UTC, datetime

import pytest
from tests.talk.stage import world

from ventanilla.talk.engine import (
    Ask,
    Choice,
    Dialogue,
    Engine,
    Heard,
    Phrase,
    Say,
    Scene,
    Step,
    Talk,
    Turn,
    Unreadable,
    page_of,
)
from ventanilla.talk.facts import Facts

FACTS = Facts(datetime(2026, 11, 23, 16, tzinfo=UTC), world())
COLOURS = tuple(Choice(c, c) for c in ("red", "green", "blue"))
NUMBERS = tuple(Choice(str(n), str(n)) for n in range(1, 26))


def _tapped(ask: str, offered: tuple[Choice, ...], heard: Heard) -> str | Unreadable:
    value = heard.for_ask(ask) or heard.text
    return value if value in {c.value for c in offered} else Unreadable(Phrase("gone-choice"))


def _name(heard: Heard, scene: Scene) -> str | Unreadable:
    if heard.text == "odd":
        return Unreadable(Phrase("name-mismatch"), (Choice("!", "insist"),), insist="odd!")
    return heard.text or Unreadable(Phrase("bad-name"), ())


def _finish(scene: Scene) -> Step:
    return Step(out=(Say((Phrase("done", scene.answers),)),))


SHOP = Dialogue(
    "shop",
    (
        Ask("colour", lambda h, s: _tapped("colour", COLOURS, h), lambda s: COLOURS, forgets=("size",)),
        Ask("size", lambda h, s: _tapped("size", NUMBERS, h), lambda s: NUMBERS),
        Ask("gift", lambda h, s: h.text, applies=lambda s: s.answers.get("colour") == "red"),
        Ask("name", _name),
        Ask(
            "undo",
            lambda h, s: h.for_ask("undo") or "",
            applies=lambda s: False,
            then=lambda s, value: Step(forget=(value,)),
            reach=True,
        ),
    ),
    _finish,
)
ENGINE = Engine(SHOP, Dialogue("chat", (Ask("word", lambda h, s: h.text),), _finish))


def _start() -> Talk:
    return ENGINE.start(Talk(), "shop", FACTS, {}).talk


def _hear(talk: Talk, text: str = "", choice: str = "") -> Turn:
    turn = ENGINE.hear(talk, Heard("choice" if choice else "text", text, choice), FACTS)
    assert turn is not None
    return turn


def _after(*said: str) -> Talk:
    talk = _start()
    for text in said:
        talk = _hear(talk, text).talk
    return talk


def _asked(turn: Turn) -> str:
    last = turn.out[-1]
    assert isinstance(last, Say)
    return last.parts[-1].key


def _keys(turn: Turn) -> list[str]:
    last = turn.out[-1]
    assert isinstance(last, Say)
    return [part.key for part in last.parts]


def _answers(talk: Talk) -> dict[str, str]:
    return dict(talk.frames[-1].answers)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ((), "colour"),
        (("blue",), "size"),
        (("red", "3"), "gift"),
        (("blue", "3"), "name"),
        (("red", "3", "yes"), "name"),
    ],
)
def test_the_open_question_is_the_first_that_applies_and_has_no_answer(
    said: tuple[str, ...], asked: str
) -> None:
    ask = ENGINE.asking(_after(*said), FACTS)
    assert ask is not None
    assert ask.name == asked


def test_an_answer_forgets_what_hangs_on_it_only_when_it_changes() -> None:
    talk = _after("blue", "3")
    assert _answers(_hear(talk, choice="colour:blue").talk) == {"colour": "blue", "size": "3"}
    changed = _hear(talk, choice="colour:green")
    assert _answers(changed.talk) == {"colour": "green"}
    assert _asked(changed) == "ask-size"


def test_back_forgets_the_last_answer_and_what_hangs_on_it() -> None:
    turn = ENGINE.back(_after("blue", "3"), FACTS)
    assert turn is not None
    assert _answers(turn.talk) == {"colour": "blue"}
    turn = ENGINE.back(turn.talk, FACTS)
    assert turn is not None
    assert _asked(turn) == "ask-colour"
    assert ENGINE.back(turn.talk, FACTS) is None


def test_a_button_of_a_question_still_to_come_is_not_taken() -> None:
    assert ENGINE.hear(_start(), Heard("choice", choice="size:3"), FACTS) is None
    assert ENGINE.hear(_start(), Heard("choice", choice="nothing:3"), FACTS) is None
    assert ENGINE.hear(_start(), Heard("choice", choice=""), FACTS) is None


def test_a_later_answer_waits_for_the_question_that_is_open_before_it() -> None:
    talk = _hear(
        _after(
            "blue",
            "3",
        ),
        choice="undo:colour",
    ).talk
    assert _answers(talk) == {"size": "3"}
    assert ENGINE.hear(talk, Heard("choice", choice="size:4"), FACTS) is None


def test_an_old_button_whose_choice_is_gone_is_told_and_the_open_question_follows() -> None:
    turn = _hear(_after("blue", "3"), choice="colour:pink")
    assert _keys(turn) == ["gone-choice", "ask-name"]
    assert _answers(turn.talk) == {"colour": "blue", "size": "3"}


def test_what_may_be_tapped_at_any_time_is_carried_out_and_not_kept() -> None:
    turn = _hear(_after("blue", "3"), choice="undo:size")
    assert _answers(turn.talk) == {"colour": "blue"}
    assert _asked(turn) == "ask-size"


def test_the_same_odd_answer_given_twice_or_insisted_on_is_taken() -> None:
    talk = _hear(_after("blue", "3"), "odd").talk
    for turn in (_hear(talk, "odd"), _hear(talk, choice="name:!")):
        assert turn.talk.frames == ()
    other = _hear(talk, "fine")
    assert other.talk.frames == ()


def test_there_is_nothing_to_insist_on_before_an_odd_answer() -> None:
    turn = _hear(_after("blue", "3"), choice="name:!")
    assert _answers(turn.talk) == {"colour": "blue", "size": "3"}
    assert _asked(turn) == "bad-name"


def test_the_third_unreadable_answer_in_a_row_offers_a_person() -> None:
    talk, offered = _start(), []
    for _ in range(6):
        turn = _hear(talk, "pink")
        talk = turn.talk
        offered.append("offer-person" in _keys(turn))
    assert offered == [False, False, True, False, False, True]
    assert _hear(talk, "red").talk.frames[-1].misses == 0


def test_what_lies_below_is_taken_up_when_the_upper_dialogue_ends() -> None:
    above = ENGINE.start(_after("blue"), "chat", FACTS, {}).talk
    turn = _hear(above, "hello")
    assert [f.dialogue for f in turn.talk.frames] == ["shop"]
    assert [_key(out) for out in turn.out] == ["done", "ask-size"]


def _key(out: object) -> str:
    assert isinstance(out, Say)
    return out.parts[-1].key


def test_pages_go_round_and_an_answer_starts_again_at_the_first() -> None:
    talk = _after("blue")
    second = _hear(talk, choice="size:+1")
    assert second.talk.frames[-1].page == 1
    assert isinstance(second.out[-1], Say)
    assert [c.value for c in second.out[-1].choices] == [*map(str, range(10, 19)), "+2"]
    assert _hear(second.talk, choice="size:12").talk.frames[-1].page == 0


@pytest.mark.parametrize("page", ["+", "+-1", "+²", "+x"])
def test_a_page_that_is_none_is_no_answer(page: str) -> None:
    assert "gone-choice" in _keys(_hear(_after("blue"), choice=f"size:{page}"))


@pytest.mark.parametrize(
    ("count", "page", "shown"),
    [
        (0, 0, 0),
        (9, 0, 9),
        (10, 0, 10),
        (10, 3, 10),
        (11, 0, 10),
        (11, 1, 3),
        (11, 2, 10),
        (18, 1, 10),
        (19, 2, 2),
    ],
)
def test_a_page_has_ten_rows_at_most(count: int, page: int, shown: int) -> None:
    assert len(page_of(NUMBERS[:count], page)) == shown


def test_every_choice_stands_on_exactly_one_page() -> None:
    rows = [c.value for page in range(3) for c in page_of(NUMBERS, page) if not c.value.startswith("+")]
    assert rows == [c.value for c in NUMBERS]
