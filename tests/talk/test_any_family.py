"""From the summary of a family, anything in any order: nobody is lost, and there is a place for each."""

from functools import cache

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, seed, settings
from tests.talk.stage import Person, rows_of
from tests.talk.test_anything import FAMILY, check, do, reaches_the_end

from ventanilla.talk.engine import Heard
from ventanilla.talk.group import OF_A_PERSON, everybody, others, size
from ventanilla.talk.together import BLOCK
from ventanilla.words.compose import Message

CHANGES = ("[Cambiar algo", "[Gloria", "[Luis", "[Quitar", "[Agregar", "[La CURP", "[La hora", "[El trámite")
JOINS = "[Cambiar algo|[Agregar|mi hija|[Primera vez|MUEA240918MNLSJNA9|ana muestra ejemplo|constancia médica"
REMOVES = "[Cambiar algo|[Ana|[Quitar"
TEXTS = ("confirmar", "cambiar", "volver", "quitar", "ya somos todos", "otra", "mi hijo", "sí", "primera vez")
CURPS = ("HEGG560427MVZRRL04", "MUEA240918MNLSJNA9", "ana muestra ejemplo", "luis", "9:30", "sin correo")
EVENTS = st.sampled_from(["taken", "wait", "live", "others", "free"])
ACTS = st.one_of(
    st.tuples(st.just("title"), st.sampled_from(CHANGES)),
    st.tuples(st.just("title"), st.sampled_from((JOINS, REMOVES, "[Confirmar", "[Ya somos", "[Sin esta"))),
    st.tuples(st.just("text"), st.sampled_from((*TEXTS, *CURPS))),
    st.tuples(st.just("tap"), st.integers(0, 9)),
    st.tuples(st.just("old tap"), st.integers(0, 100)),
    st.tuples(EVENTS, st.just(20)),
)


@cache
def _at_the_summary() -> Person:
    person = Person()
    for said in ("hola", "acepto", "para varias personas", "para mí", *FAMILY[:-1]):
        _says(person, said)
    assert size(person.talk.frames[-1].answers) == 3
    return person


def _says(person: Person, said: str) -> None:
    """What is tapped only if it is there to be tapped."""
    rows = [r for m in person.shown if isinstance(m, Message) for r in rows_of(m)]
    row = next((r for r in rows if said.startswith("[") and r.title.startswith(said[1:])), None)
    heard = Heard("choice", row.title, row.id) if row else Heard("text", said.removeprefix("["))
    check(person, heard, person.hears(heard))


def _does(person: Person, act: str, what: str | int) -> None:
    match act:
        case "title":
            for said in str(what).split("|"):
                _says(person, said)
        case "live":
            person.places.live.add(("MUEL220610HJCSJSA9", "first"))
        case "others":
            person.others = 3
        case "free":
            person.places.taken.clear()
            person.others = 0
        case _:
            do(person, act, what)


def _nobody_is_lost(person: Person) -> None:
    for answers in (frame.answers for frame in person.talk.frames if frame.dialogue == "book"):
        waiting = others(answers)
        assert all({"curp", "name", "validity", "email"} <= own.keys() <= set(OF_A_PERSON) for own in waiting)
        known = [own["curp"] for own in everybody(answers) if "curp" in own]
        assert len(set(known)) == len(known)
        if "time" in answers and waiting:
            assert len(answers[BLOCK].split()) == size(answers)
            assert answers[BLOCK].split()[0] == answers["time"]


@seed(20261125)
@settings(
    max_examples=250, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(st.lists(ACTS, min_size=1, max_size=20))
def test_whoever_is_written_down_stays_until_left_out_and_all_are_booked_or_nobody(
    acts: list[tuple[str, str | int]],
) -> None:
    begun = _at_the_summary()
    person = Person(
        talk=begun.talk, held=begun.held, shown=begun.shown, history=[*begun.history], heard_at=begun.heard_at
    )
    for act, what in acts:
        before = {made.id for made in person.mine}
        people = [size(f.answers) for f in person.talk.frames if f.dialogue == "book"]
        _does(person, act, what)
        _nobody_is_lost(person)
        booked = len({made.id for made in person.mine} - before)
        assert not booked or booked in people
    person.others = 0
    reaches_the_end(person)
