"""Fill in anything, on any page, at any time, with the chat in between: always an answer, never a crash,
nothing lost, and a booking can still be made, by form or by chat."""

from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, seed, settings
from tests.talk.phone import FormPhone, Screen
from tests.talk.stage import Person
from tests.talk.test_anything import ABSURD, FORGED, MARKS, PLAUSIBLE, do
from tests.words.test_flow_json import check

from ventanilla.talk.facts import OpenForm
from ventanilla.talk.form_pages import NUMBER_OF, PAGES, View
from ventanilla.talk.group import FAMILY
from ventanilla.talk.menu import ENGINE
from ventanilla.talk.messages import Phrase
from ventanilla.words import words
from ventanilla.words.flow_json import flow_json

ROUTES = flow_json(words("es"))["routing_model"]
VALUES = [
    *("me", "child", "first", "renewal", "lost", "ine", "school", "true", "-", "none", "10:full", "3:half"),
    *("both", "2016-05-03", "2026-05-03", "2026-12-01", "1900-01-01", "9999-99-99", "scope:state", "09-04"),
    *("23-005", "fix:curp", "09-04@2026-11-24T15:30:00+00:00", "2026-11-24T15:00:00+00:00", "09-04@x"),
]
GIVEN = st.dictionaries(
    st.sampled_from([e.name for p in PAGES for e in p.fields]),
    st.one_of(st.sampled_from([*VALUES, *PLAUSIBLE, *ABSURD, *FORGED]), st.text(max_size=20)),
    max_size=6,
)
ACTS = st.one_of(
    st.tuples(st.just("open"), st.none()),
    st.tuples(st.just("send"), GIVEN),
    st.tuples(st.just("honest"), st.integers(1, 9)),
    st.tuples(st.just("honest"), st.integers(1, 9)),
    st.tuples(st.just("again"), st.tuples(st.integers(0, 30), GIVEN)),
    st.tuples(st.just("forged page"), st.tuples(st.sampled_from(PAGES), GIVEN)),
    st.tuples(st.just("text"), st.sampled_from([*PLAUSIBLE, "chat", "formulario"])),
    st.tuples(st.just("tap"), st.integers(0, 30)),
    st.tuples(st.just("wait"), st.sampled_from([5, 20, 60 * 26, 60 * 24 * 8])),
    st.tuples(st.just("taken"), st.just(0)),
)
HONEST = {
    "PERSON": {"for-whom": "me", "procedure": "first", "curp": "HEGG560427MVZRRL04"},
    "IDENTITY": {"name": "Gloria Hernández García", "identification": "ine", "id-number": "123456789"},
    "OLD": {"old-number": "G12345678", "old-issued": "2016-05-03", "old-expires": "2026-05-03"},
    "TERMS": {"validity": "10:full", "email": "", "attending": "both"},
    "WHERE": {"municipality": "Coyoacán", "town": ""},
    "OFFICE": {"office": "09-04"},
}


class AnyPhone(FormPhone):
    """Remembers the pages it has seen, and holds every answer to what Meta lets through."""

    seen: list[View]

    def does(self, act: str, what: Any) -> None:
        view = self.person.page
        if act == "open":
            self.checks(None, self.opens())
        elif act == "again" and self.seen:
            number, given = what
            old = self.seen[number % len(self.seen)]
            self.checks(old, self.again(old, {**old.filled, **given}))
        elif act == "forged page":
            page, given = what
            forged = View(page, (Phrase("form-where"),))
            self.again(forged, given)
        elif act == "send" and view:
            self.checks(view, self.again(view, {**view.filled, **what}))
        elif act == "honest":
            self.goes_on(what)
        elif act in ("text", "tap", "wait", "taken"):
            do(self.person, act, what)

    def goes_on(self, pages: int) -> None:
        self.checks(None, self.opens())
        for _ in range(pages):
            view = self.person.page
            if view is None:
                return
            self.checks(view, self.again(view, {**view.filled, **self.honest(view)}))

    def honest(self, view: View) -> dict[str, str]:
        """What somebody who reads the page would choose."""
        given = dict(HONEST.get(view.page.id, {}))
        if view.page.id == "DAY" and view.days:
            given["day"] = view.days[-1].isoformat()
        for name in ("identification", "time", "place"):
            offered = [c.value for c in view.options.get(name, ())]
            if offered and given.get(name) not in offered:
                given[name] = offered[-1]
        return given

    def checks(self, before: View | None, screen: Screen) -> None:
        assert screen.done or screen.closed or screen.page
        if screen.page:
            check(screen)
            if before is not None:
                assert screen.page in (before.page.id, *ROUTES[before.page.id])
            assert self.person.page is not None
            self.seen.append(self.person.page)
        else:
            self.person.page = None
        for frame in self.person.talk.frames:
            assert set(frame.answers) - MARKS <= {a.name for a in ENGINE.dialogues[frame.dialogue].asks}


@seed(20261125)
@settings(
    max_examples=250, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(st.lists(ACTS, min_size=1, max_size=15))
def test_whatever_is_filled_in_gets_an_answer_and_a_booking_can_be_made(
    acts: list[tuple[str, Any]],
) -> None:
    person = Person(form=OpenForm("1000", "token"))
    phone = AnyPhone(person)
    phone.seen = []
    for said in ("hola", "acepto"):
        person.says(said)
    for act, what in acts:
        phone.does(act, what)
    _books(person, phone)


def _books(person: Person, phone: AnyPhone) -> None:
    """From anywhere, in one form: the places are free again and nobody has an appointment yet."""
    person.places.taken.clear()
    person.places.live.clear()
    person.mine.clear()
    person.says("acepto")
    if any(FAMILY in frame.answers for frame in person.talk.frames):
        person.talk = replace(person.talk, frames=())  # several people are booked in the chat alone
    before = len(person.places.made)
    phone.goes_on(2 * len(PAGES))
    assert len(person.places.made) == before + 1, person.page


def test_what_was_typed_is_never_lost_on_a_page_that_comes_again() -> None:
    person = Person(form=OpenForm("1000", "token"))
    for said in ("hola", "acepto"):
        person.says(said)
    phone = FormPhone(person)
    phone.opens()
    for number in range(3):
        view = person.page
        assert view is not None
        typed = {**HONEST[view.page.id], "curp": "x", "name": "1", "old-number": "x", "id-number": "1"}
        typed = {e.name: typed[e.name] for e in view.page.fields if e.name in typed}
        screen = phone.again(view, typed)
        assert NUMBER_OF[screen.page] == number
        assert person.page is not None
        assert {k: v for k, v in person.page.filled.items() if v} == {k: v for k, v in typed.items() if v}
        if number == 0:
            changed = HONEST["PERSON"] | {"procedure": "renewal"}
            phone.again(replace(view), changed)
        elif number == 1:
            phone.again(view, HONEST["IDENTITY"])
