"""Talks as a clerk reads them: a file of what the person says, played again, with all the answers.

`Persona: texto` is written, `Persona: [título]` tapped (in the last message that offered it), and
`Persona: (foto)` anything not written; a line in parentheses is something that happens meanwhile.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tests.talk import draw_stage, stage_waiting
from tests.talk.phone import FormPhone
from tests.talk.stage import Person, Shown, rows_of, world

from ventanilla.core.booking import Place
from ventanilla.core.reminders import Kind
from ventanilla.talk.engine import Hand, Heard
from ventanilla.talk.facts import OpenForm
from ventanilla.words.compose import Message, Row
from ventanilla.words.outgoing import FormCall

GLORIA = "HEGG560427MVZRRL04"
_SAID = "Persona: "
_FILLED = "Formulario: "
_SILENT = "(calla)"
_HAPPENS = re.compile(r"\((.+)\)")
_PASS = re.compile(r"pasan (\d+) (minutos|horas|días)")
_UNITS = {"minutos": "minutes", "horas": "hours", "días": "days"}
_PAPERS = {
    "qr-checkin": "(imagen: QR 1, CURP y registro de llegada)",
    "qr-office": "(imagen: QR 2, cómo llegar)",
    "qr-payment": "(imagen: QR 3, hoja de ayuda)",
    "way": "(ubicación: cómo llegar)",
    "payment-sheet": "(documento: hoja de ayuda para el pago)",
    "triptych": "(documento: tríptico)",
    "notice": "(documento: aviso de privacidad completo)",
}
_NOT_WRITTEN = {"(foto)", "(audio)", "(sticker)", "(ubicación)", "(video)", "(contacto)"}
_QUIET = {"(reacción 👍)", "(edita su mensaje)"}


def play(script: str) -> str:
    """The same talk with the answers as they are now; comments and stage lines stay."""
    person, lines = Person(), []
    for line in script.splitlines():
        if line.startswith(_SAID):
            lines += [line, "Asistente:", *_answers(_say(person, line.removeprefix(_SAID))), ""]
        elif line.startswith(_FILLED):
            lines += [line, "Pantalla:", *_screen(person, line.removeprefix(_FILLED)), ""]
        elif line.startswith("#"):
            lines.append(line)
        elif found := _HAPPENS.fullmatch(line):
            shown = _happen(person, found[1])
            lines += [line, *(("Asistente:", *_answers(shown)) if shown else ()), ""]
    return "\n".join(lines).rstrip() + "\n"


def _say(person: Person, said: str) -> list[Shown]:
    if said in _NOT_WRITTEN:
        return person.hears(Heard("media"))
    if said in _QUIET:
        return person.hears(Heard("silent"))
    if said.startswith("["):
        return person.taps(said.removeprefix("[").removesuffix("]"))
    return person.says(said)


def _screen(person: Person, said: str) -> Iterator[str]:
    """`(abre)`, or what is typed as `field=text`, parted by `; `: then the button of the page is tapped."""
    phone = FormPhone(person)
    typed = dict(part.split("=", 1) for part in said.split("; ") if "=" in part)
    shown = phone.opens() if said == "(abre)" else phone.sends(**typed)
    yield from (f"    {line}".rstrip() for line in shown.lines())
    if phone.person.shown and shown.done:
        yield from ("Asistente:", *_answers(phone.person.shown))


def _answers(shown: list[Shown]) -> Iterator[str]:
    if not shown:
        yield f"    {_SILENT}"
    for number, message in enumerate(shown):
        if number and isinstance(message, Message):
            yield "    ---"
        yield from (f"    {line}".rstrip() for line in _lines(message))


def _lines(message: Shown) -> Iterator[str]:
    if isinstance(message, Hand):
        yield _PAPERS[message.paper]
        return
    if isinstance(message, FormCall):
        yield from (*message.body.split("\n"), f"[{message.button}: formulario]")
        return
    yield from message.body.split("\n")
    if message.buttons:
        yield " ".join(f"[{b.title}]" for b in message.buttons)
    if message.sections:
        yield f"[{message.opener}]"
    for title, rows in message.sections:
        if title:
            yield f"{title}:"
        yield from (_row(row) for row in rows)


def _row(row: Row) -> str:
    return f"- {row.title} · {row.description}" if row.description else f"- {row.title}"


def _time_passes(person: Person, count: str, unit: str) -> None:
    person.later(timedelta(**{_UNITS[unit]: int(count)}))


def _held_place_goes(person: Person) -> None:
    assert person.held is not None, "no place is held"
    person.places.taken.add(person.held)


def _shown_times_go(person: Person, clock: str) -> None:
    """The place offered last at this hour."""
    ids = [row.id for m in person.shown if isinstance(m, Message) for row in rows_of(m) if row.title == clock]
    answers = person.talk.frames[-1].answers
    office, day = answers["office"], date.fromisoformat(answers["day"])
    zone = ZoneInfo(world().offices[office].zone)
    gone = [t for t in person.places.times(office, day) if f"{t.astimezone(zone):%H:%M}" == clock]
    assert ids, f"{clock} was not offered"
    person.places.taken.update(Place(office, t) for t in gone)


def _form_is_published(person: Person) -> None:
    person.form = OpenForm("1000", "muestra")


def _missed_twice(person: Person) -> None:
    now = person.places.now
    person.places.missed[GLORIA] = (now - timedelta(days=70), now - timedelta(days=20))


def _all_full(person: Person) -> None:
    person.places.full = True


_ON_THE_LIST = {"no contesta a tiempo": stage_waiting.not_answered, "ya van tres": stage_waiting.paused}
_FREE = re.compile(r"se libera un lugar dentro de (\d+) días")
_EVENTS: Mapping[str, Callable[[Person], object]] = {
    "termina el tiempo de los lugares apartados": lambda person: person.offers_end(),
    "otra persona toma el lugar": _held_place_goes,
    "hay formulario": _form_is_published,
    "con esa CURP nadie llegó a dos citas": _missed_twice,
    "no hay lugares en ninguna oficina": _all_full,
    "escribe desde otro teléfono": lambda person: person.changes_phone(),
    "esa oficina ya no tiene otros lugares": draw_stage.only_by_lot,
    "el sorteo cierra": draw_stage.closes,
    "el sorteo le da un lugar": draw_stage.wins,
    "el sorteo no le da lugar": draw_stage.loses,
    "alguien entró con esa CURP desde otro teléfono": draw_stage.was_entered,
    "cambia el aviso de privacidad": lambda person: person.notice_changes(),
}
_CLOSES = re.compile(r"la oficina cierra ese día(, y no hay otros lugares)?: (.+)")
_DRAW = re.compile(r"(.+) tiene sorteo")
_OTHERS = re.compile(r"desde este teléfono ya se agendó para (\d) personas")
_BOOKED = re.compile(r"(\w{18}) ya tiene una cita")
_TAKEN = re.compile(r"otra persona toma el lugar de las (\d\d:\d\d)")


_REMINDERS: Mapping[str, Kind] = {
    "llega el recordatorio": "hours",
    "llega el recordatorio del día": "morning",
}


def _happen(person: Person, what: str) -> list[Shown]:
    """Gives what the person is told of it."""
    if what in _REMINDERS:
        return person.is_reminded(_REMINDERS[what])
    before = person.heard
    if free := _FREE.fullmatch(what):
        return [*stage_waiting.place_is_free(person, int(free[1]))]
    if what in _ON_THE_LIST:
        return [*_ON_THE_LIST[what](person)]
    if passed := _PASS.fullmatch(what):
        _time_passes(person, passed[1], passed[2])
    elif closes := _CLOSES.fullmatch(what):
        person.office_closes(closes[2], others=not closes[1])
    elif taken := _TAKEN.fullmatch(what):
        _shown_times_go(person, taken[1])
    elif drawn := _DRAW.fullmatch(what):
        draw_stage.begins_in(person, drawn[1])
    elif others := _OTHERS.fullmatch(what):
        person.others = int(others[1])
    elif booked := _BOOKED.fullmatch(what):
        person.places.live.add((booked[1], "first"))
    else:
        _EVENTS[what](person)
    return person.shown if person.heard > before else []
