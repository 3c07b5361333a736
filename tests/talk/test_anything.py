"""Say anything in any order: never an exception, never silence, never more than a phone can show."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, seed, settings
from tests.talk import draw_stage, stage_waiting
from tests.talk.limits import faults_of
from tests.talk.stage import Person, Shown, rows_of

from ventanilla.talk.book import BOOKING
from ventanilla.talk.dialogue import Ask, Scene, Unreadable
from ventanilla.talk.engine import Heard
from ventanilla.talk.facts import Facts
from ventanilla.talk.menu import ENGINE
from ventanilla.words.compose import Message

PLAUSIBLE = """
hola|menú|volver|cancelar|ayuda|persona|english|español|mis citas|mis datos|gracias|si|no|acepto|
no acepto|confirmar|cambiar algo|quiero renovar mi pasaporte|se me perdió mi pasaporte|
quiero sacar cita|cuánto cuesta el de 10 años|qué llevo para mi hijo de 4 años|
donde quedan las oficinas|quiero cancelar mi cita|para mí|mi hija|otra persona|primera vez|renovación|
HEGG560427MVZRRL04|MUEL220610HJCSJSA9|MUEA240918MNLSJNA9|HEGG560427MVZRRL05|no la sé|
Gloria Hernández García|luis muestra ejemplo|ana muestra ejemplo|Rosa Rosas Rosas|ine|cartilla|
pasaporte anterior|123456789|no tiene número|G12345678|3 de mayo de 2016|3/5/2026|31 de febrero|ayer|
no sé|mamá y papá|10 años|3|1|2|10|sin correo|a@b.mx|a@b.con|zapopan|cdmx|benito juarez|Guadalahara|
edomex|juarez|el más pronto|el martes|15|10:00|9 y media|mediodía|how much is it|
sorteo|cualquier día|en la tarde|lunes y martes|
I want a passport appointment|yes|back|aviso de privacidad|me quieren cobrar|
voy|ya no puedo ir|
lista de espera|quiero una cita antes|sí, lo quiero|no gracias|salir de la lista|avísame si hay lugar|
somos 4|para mi hijo y para mí|agregar otra persona|otra|ya somos todos|quitar|MUEL850704HDFSJS03|calvillo|
quiero cambiar mi cita|mover mi cita al viernes|mándame mis qr|otro teléfono|PA-AAA-0001
""".replace("\n", "").split("|")
ABSURD = [
    "",
    " ",
    "👍",
    "?",
    "²",
    "¡!",
    "9" * 300,
    "ñ" * 4096,
    "a b " * 900,
    "\n\n",
    "+1",
    "!",
    "-",
    "%s{x}",
    "😀😀",
    "ZZ\x00Z",
]
FORGED = [
    "",
    ":",
    "menu:",
    "menu:xyz",
    "notice:x",
    "reminder:",
    "reminder:going:1",
    "reminder:cancel:1",
    "reminder:change:x",
    "offer:take:1",
    "offer:leave:²",
    "waiting:leave:1",
    "waiting:resume:1",
    "waiting:x",
    "wait:yes",
    "wait-offices:near",
    "wait-from:today",
    "wait-half:any",
    "book:1",
    "curp:!",
    "name:!",
    "name:x",
    "day:+²",
    "day:+99",
    "office:state",
]
FORGED += [
    "office:xx",
    "place:a@b",
    "place:@2026-01-01",
    "fix:",
    "fix:curp",
    "fix:place",
    "scope:x",
    "time:2026",
    "change:zzz",
    *("draw:", "draw:enter:1", "draw:take:7", "draw:take:²", "draw:decline:7", "draw:exit:3", "draw:x:1"),
    *("draw-half:any", "draw-days:any", "draw-days:2026"),
    "change:add",
    "change:person-0",
    "change:person-9",
    "more:add",
    "more:done",
    "without:now",
    "group:0",
    "part:remove",
    "swap:yes",
    "appointment:other",
    "what:move",
    "fix:office",
]

ACTS = st.one_of(
    st.tuples(st.just("text"), st.sampled_from(PLAUSIBLE)),
    st.tuples(st.just("text"), st.one_of(st.sampled_from(ABSURD), st.text(max_size=40))),
    st.tuples(st.just("tap"), st.integers(0, 30)),
    st.tuples(st.just("tap"), st.integers(0, 9)),
    st.tuples(st.just("old tap"), st.integers(0, 400)),
    st.tuples(st.just("forged"), st.sampled_from(FORGED)),
    st.tuples(st.sampled_from(["media", "silent", "taken", "draw", "full", "offered", "paused"]), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from([5, 20, 60 * 26, 60 * 24 * 8])),
    st.tuples(st.just("advance"), st.integers(1, 24)),
    st.tuples(st.just("family"), st.integers(8, 30)),
    st.tuples(st.just("list"), st.integers(9, 16)),
)
HONEST = (
    *(
        "[Primera vez]",
        "HEGG560427MVZRRL04",
        "Gloria Hernández García",
        "ine",
        "123456789",
        "[10 años",
        "[Sin correo",
    ),
    *("zapopan", "[Zapopan", "lo más pronto posible", "lo más pronto posible", "confirmar"),
)
FAMILY = (
    *HONEST[:4],
    *("123456789", "[10 años", "sin correo", "[Agregar", "mi hijo", "[Primera vez]", "MUEL220610HJCSJSA9"),
    *("luis muestra ejemplo", "constancia médica", "mamá y papá", "3 años", "[Agregar", "otra persona"),
    *("[Primera vez]", "MUEL850704HDFSJS03", "luis muestra ejemplo", "ine", "987654321", "[6 años"),
    *("[Ya somos", "calvillo", "[Calvillo", "lo más pronto posible", "lo más pronto posible", "confirmar"),
)
WAITS = (*HONEST[:9], "[Avísame", "[Las 3", "[Desde hoy", "[Me da igual")
MOVES = ("mover mi cita", "[Zapopan", "el martes", "lo más temprano", "[Sí, cambiarla")
MOST_TO_LEAVE = 3
"""Something above a booking, the booking, and yes."""
MARKS = {"scope", "leave", "held", "lost", "said", "family", "block", "draw", "booking", "full"}
"""Answers that no question reads: what was tapped or has happened."""


def do(person: Person, act: str, what: str | int) -> None:
    if act == "wait":
        person.later(timedelta(minutes=int(what)))
    elif act == "taken":
        person.places.taken |= {person.held} if person.held else set()
    elif act == "full":
        person.places.full = not person.places.full
    elif act in ("offered", "paused"):
        if person.waiting.entries:
            stage_waiting.place_is_free(person, 3) if act == "offered" else stage_waiting.paused(person)
    elif act == "draw":
        draw_stage.goes_on(person, "Zapopan")
    elif act == "advance":
        _advance(person, int(what))
    elif act == "list":
        person.places.full = True
        _advance(person, int(what), WAITS)
    elif act == "family":
        _advance(person, int(what), FAMILY, "para varias personas")
    else:
        heard = _heard(person, act, what)
        check(person, heard, person.hears(heard))


def _heard(person: Person, act: str, what: str | int) -> Heard:
    rows = [r for m in person.shown if isinstance(m, Message) for r in rows_of(m)]
    rows = person.history if act == "old tap" else rows
    if act in ("tap", "old tap"):
        row = rows[int(what) % len(rows)] if rows else None
        return Heard("choice", row.title, row.id) if row else Heard("text", "hola")
    if act == "forged":
        return Heard("choice", "x", str(what))
    return Heard(act, str(what) if act == "text" else "")


def check(person: Person, heard: Heard, shown: list[Shown]) -> None:
    assert bool(shown) == (heard.kind != "silent"), heard
    for message in shown:
        if isinstance(message, Message):
            assert not (found := list(faults_of(message))), (heard, found, message)
    for frame in person.talk.frames:
        assert set(frame.answers) - MARKS <= {a.name for a in ENGINE.dialogues[frame.dialogue].asks}


def _readable(person: Person) -> None:
    """Every stored answer is one its question would still take, were it given again."""
    for frame in person.talk.frames:
        if frame.dialogue == BOOKING.name:
            _read_again(person, frame.answers)


def _read_again(person: Person, answers: Mapping[str, str]) -> None:
    now = person.ask(lambda facts: BOOKING.current(Scene(answers, facts, "es")))
    before = BOOKING.asks[: BOOKING.asks.index(now)] if now else BOOKING.asks
    for ask in (a for a in before if a.name in answers and a.name in RE_READ):
        assert not isinstance(person.ask(partial(_reads, ask, answers)), Unreadable), (ask.name, answers)


def _reads(ask: Ask, answers: Mapping[str, str], facts: Facts) -> str | Unreadable:
    earlier = {k: v for k, v in answers.items() if k != ask.name}
    return ask.read(Heard("choice", choice=f"{ask.name}:{answers[ask.name]}"), Scene(earlier, facts, "es"))


def _advance(
    person: Person, steps: int, honest: tuple[str, ...] = HONEST, wish: str = "agendar cita"
) -> None:
    """Part of an honest booking, so that late questions are met as often as early ones."""
    for said in ("menú", "acepto", wish, "para mí", *honest)[: steps + 3]:
        _say(person, said)


def _say(person: Person, said: str) -> None:
    title = said.removeprefix("[")
    rows = [r for m in person.shown if isinstance(m, Message) for r in rows_of(m)]
    row = next((r for r in rows if said.startswith("[") and r.title.startswith(title.rstrip("]"))), None)
    heard = Heard("choice", row.title, row.id) if row else Heard("text", title.rstrip("]"))
    check(person, heard, person.hears(heard))


def reaches_the_end(person: Person) -> None:
    """From anywhere: leave what is under way, cancel what was booked, and book."""
    person.places.taken.clear()
    person.places.live.clear()
    person.mine.clear()
    person.places.full = False
    person.waiting.offers.clear()
    _say(person, "español")
    _say(person, "acepto")
    _say(person, "menú")
    for _ in range(MOST_TO_LEAVE):
        if person.talk.frames:
            _say(person, "cancelar")
    assert not person.talk.frames
    for said in ("menú", "agendar cita", "para mí", *HONEST):
        _say(person, said)
    assert len(person.mine) == 1, person.shown


RE_READ = {
    "for-whom",
    "procedure",
    "curp",
    "identification",
    "attending",
    "validity",
    "municipality",
    "office",
}


@seed(20261123)
@settings(
    max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(st.lists(ACTS, min_size=1, max_size=25))
def test_whatever_is_said_gets_an_answer_and_an_end_can_be_reached(acts: list[tuple[str, str | int]]) -> None:
    person = Person()
    for act, what in acts:
        do(person, act, what)
        _readable(person)
    reaches_the_end(person)
