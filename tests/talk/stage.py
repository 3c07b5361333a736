"""A stage for talks: the real data, a still clock, and places that are free unless said otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from tests.talk.draw_stage import ANSWERS as DRAW_ANSWERS
from tests.talk.draw_stage import Draws
from tests.talk.stage_waiting import ANSWERS, WaitingList

from ventanilla.core.blocks import blocks
from ventanilla.core.booking import Appointment, Place, Rules, can_give_up, why_not_move
from ventanilla.core.calendars import RestDay, rest_days
from ventanilla.core.folio import read_folio
from ventanilla.core.places import Nearness
from ventanilla.core.reading import (
    read_aliases,
    read_fees,
    read_municipalities,
    read_offices,
    read_rest_days,
    read_zones,
)
from ventanilla.core.reminders import HEARD_FOR, Answer, Kind, wording
from ventanilla.core.slots import slots_of_day
from ventanilla.talk import closures
from ventanilla.talk import facts as asked
from ventanilla.talk import family_facts as together
from ventanilla.talk.engine import FormOffer, Hand, Heard, Out, Talk, Turn
from ventanilla.talk.facts import Facts, Institution, Missing, Question, World
from ventanilla.talk.form_pages import View
from ventanilla.talk.municipalities import MunicipalityIndex
from ventanilla.talk.reminders import reminder
from ventanilla.talk.turns import still_open, take_turn
from ventanilla.words import vocabularies, words
from ventanilla.words.compose import Message, Row, compose
from ventanilla.words.forms import form_call
from ventanilla.words.outgoing import FormCall

A = TypeVar("A")
Shown = Message | Hand | FormCall
OTHERS = 5
"""People booked for from this phone by somebody at an earlier time: the most the rules allow."""
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
"""A Monday, ten in the morning in the centre of Mexico."""


def _data(name: str) -> str:
    return files("ventanilla.data").joinpath(name).read_text("utf-8")


@cache
def world() -> World:
    towns = {(m.state_code, m.code): m for m in read_municipalities(_data("municipalities.csv"))}
    rows = read_offices(_data("offices.csv"), towns, read_zones(_data("timezones.csv")))
    index = MunicipalityIndex(tuple(towns.values()), read_aliases(_data("aliases.csv")))
    institution = Institution(
        "Instituto de Muestra",
        "55 0000 0000",
        "https://citas.example",
        True,
        "n1",
        "https://citas.example/aviso",
    )
    offices = {row.office.id: row.office for row in rows}
    fees, near = read_fees(_data("fees.csv")), Nearness(offices.values())
    return World(offices, index, fees, Rules(), institution, vocabularies(), near)


@cache
def rest_rules() -> tuple[RestDay, ...]:
    return read_rest_days(_data("rest_days.csv"))


@cache
def _starts(office_id: str, day: date) -> tuple[datetime, ...]:
    office = world().offices[office_id]
    return tuple(s.starts_at for s in slots_of_day(office, day, rest_days(rest_rules(), day.year)))


@dataclass(slots=True)
class Places:
    """What everybody shares: which places are gone, and who has which appointment."""

    now: datetime = NOW
    taken: set[Place] = field(default_factory=set)
    live: set[tuple[str, str]] = field(default_factory=set)
    made: list[Appointment] = field(default_factory=list)
    missed: dict[str, tuple[datetime, ...]] = field(default_factory=dict)
    draws: Draws = field(default_factory=Draws)
    full: bool = False
    """Nowhere is any place left."""

    def times(self, office_id: str, day: date) -> tuple[datetime, ...]:
        if self.full:
            return ()
        rules = world().rules
        start, end = self.now + rules.lead, self.now + timedelta(days=rules.horizon_days)
        return tuple(
            moment
            for moment in _starts(office_id, day)
            if start <= moment < end and not (self.taken and Place(office_id, moment) in self.taken)
        )

    def days(self, office_id: str) -> Mapping[date, int]:
        office = world().offices[office_id]
        today = self.now.astimezone(ZoneInfo(office.zone)).date()
        days = (today + timedelta(d) for d in range(world().rules.horizon_days + 1))
        counts = ((day, len(self.times(office_id, day)) * office.capacity) for day in days)
        return {day: count for day, count in counts if count}

    def first_free(self, office_id: str) -> date | None:
        today = self.now.astimezone(ZoneInfo(world().offices[office_id].zone)).date()
        days = (today + timedelta(d) for d in range(world().rules.horizon_days + 1))
        return next((day for day in days if self.times(office_id, day)), None)

    def room(self, office_id: str, day: date) -> Mapping[datetime, int]:
        return dict.fromkeys(self.times(office_id, day), world().offices[office_id].capacity)

    def block_days(self, office_id: str, people: int) -> Mapping[date, int]:
        days = self.days(office_id)
        return {day: n for day, n in days.items() if blocks(self.room(office_id, day), people)}

    def near_blocks(self, near: together.NearBlocks) -> tuple[Place, ...]:
        free = [
            (abs(block[0] - near.place.starts_at) + rank * timedelta(hours=12), Place(office, block[0]))
            for rank, office in enumerate(near.offices)
            for day in self.days(office)
            for block in blocks(self.room(office, day), near.people)
        ]
        return tuple(p for _, p in sorted(free, key=lambda f: (f[0], f[1].starts_at))[:3])

    def near(self, place: Place, offices: tuple[str, ...]) -> tuple[Place, ...]:
        free = [
            (abs(t - place.starts_at) + rank * timedelta(hours=12), Place(office, t))
            for rank, office in enumerate(offices)
            for day in self.days(office)
            for t in self.times(office, day)
        ]
        return tuple(p for _, p in sorted(free, key=lambda f: (f[0], f[1].starts_at))[:3])


@dataclass(slots=True)
class Person:
    """One person with a phone, talking to the pure program; deeds are done on the shared places."""

    places: Places = field(default_factory=Places)
    talk: Talk = field(default_factory=Talk)
    held: Place | None = None
    shown: list[Shown] = field(default_factory=list)
    mine: list[Appointment] = field(default_factory=list)
    said: int = 0
    heard: int = 0
    history: list[Row] = field(default_factory=list)
    world: World = field(default_factory=world)
    heard_at: datetime | None = None
    others: int = 0
    did: list[str] = field(default_factory=list)
    reminded_at: datetime | None = None
    answered: dict[int, Answer] = field(default_factory=dict)
    form: asked.OpenForm | None = None
    page: View | None = None
    closed: dict[int, asked.Closed] = field(default_factory=dict)
    waiting: WaitingList = field(default_factory=WaitingList)
    tries: list[datetime] = field(default_factory=list)

    def says(self, text: str) -> list[Shown]:
        return self.hears(Heard("text", text))

    def taps(self, title: str) -> list[Shown]:
        """Tap what the latest message that offers this title offers (its beginning is enough)."""
        for row in reversed(self.history):
            if row.title.startswith(title):
                return self.hears(Heard("choice", row.title, row.id))
        raise AssertionError(f"nothing to tap called {title!r} among {[r.title for r in self.history]}")

    def hears(self, heard: Heard) -> list[Shown]:
        self.said += 1
        if self.heard_at is not None:
            self.talk = still_open(self.talk, self.heard_at, Facts(self.places.now, self.world))
        self.heard_at = self.places.now
        return self.gets(self._turn(heard))

    def gets(self, turn: Turn) -> list[Shown]:
        """What a turn leads to."""
        self.talk = turn.talk
        self.did += [do.name for do in turn.do]
        if "let-go" in {do.name for do in turn.do}:
            self.held = None
        self.shown = [m for out in turn.out for m in self._shown(out)]
        self.history += [row for m in self.shown if isinstance(m, Message) for row in reversed(rows_of(m))]
        self.heard += len(self.shown)
        return self.shown

    def _turn(self, heard: Heard) -> Turn:
        return self.ask(lambda facts: take_turn(self.talk, heard, facts))

    def ask(self, asked: Callable[[Facts], A]) -> A:
        """What it gives once all the facts it misses are known."""
        known: dict[Question[Any], Any] = {}
        while True:
            try:
                return asked(Facts(self.places.now, self.world, known))
            except Missing as missing:
                for question in missing.questions:
                    known[question] = self._answer(question)

    def _shown(self, out: Out) -> list[Shown]:
        if isinstance(out, FormOffer):
            return [form_call(out, words(self.talk.language))]
        return [out] if isinstance(out, Hand) else list(compose(out, words(self.talk.language)))

    def _answer(self, question: Question[Any]) -> Any:
        return _ANSWERS[type(question)](self, question)

    def _hold(self, question: asked.HoldPlace) -> bool:
        free = question.place not in self.places.taken
        self.held = question.place if free else None
        return free

    def _hold_block(self, question: together.HoldBlock) -> bool:
        free = not self.places.taken & set(question.places)
        self.held = question.places[0] if free else self.held
        return free

    def _book_family(self, question: together.BookFamily) -> tuple[asked.Booked, ...] | together.NotTogether:
        """The reasons as one person would have them; only then is anybody booked."""
        for n, one in enumerate(question.people):
            if one.place in self.places.taken:
                return together.NotTogether("taken", n)
            if (one.applicant.curp, one.procedure) in self.places.live:
                return together.NotTogether("already-live", n)
        if self.others + len(question.people) > world().rules.people_per_phone:
            return together.NotTogether("too-many", 0)
        made = [self._book(one) for one in question.people]
        return tuple(one for one in made if isinstance(one, asked.Booked))

    def _book(self, question: asked.Book) -> asked.Booked | asked.NotBooked:
        if question.place in self.places.taken:
            return asked.NotBooked("taken")
        if (question.applicant.curp, question.procedure) in self.places.live:
            return asked.NotBooked("already-live")
        number = len(self.places.made) + 1
        made = Appointment(
            number,
            f"PA-AAA-{number:04}",
            1,
            question.place,
            question.procedure,
            question.applicant,
            question.language,
            "live",
            self.places.now,
        )
        self.places.made.append(made)
        self.places.live.add((question.applicant.curp, question.procedure))
        self.mine.append(made)
        return asked.Booked(made, "https://citas.example/p/…")

    def _cancel(self, question: asked.Cancel) -> bool:
        made = next(m for m in self.mine if m.id == question.appointment_id)
        if not can_give_up(made, self.places.now, world().rules):
            return False
        self.mine.remove(made)
        self.closed.pop(made.id, None)
        self.places.live.discard((made.applicant.curp, made.procedure))
        return True

    def _closure_of(self, question: asked.ClosureOf) -> asked.Closed | None:
        return self.closed.get(question.appointment_id)

    def _take_instead(self, question: asked.TakeInstead) -> asked.Booked | None:
        for closed in self.closed.values():
            for held in closed.instead:
                if held.offer_id == question.offer_id and held.expires_at > self.places.now:
                    return self._taken(closed.appointment, held.place)
        return None

    def _taken(self, made: Appointment, place: Place) -> asked.Booked:
        moved = replace(made, place=place, closed=False)
        for known in (self.mine, self.places.made):
            known[known.index(made)] = moved
        del self.closed[made.id]
        return asked.Booked(moved, "https://citas.example/p/…")

    def office_closes(self, reason: str, *, others: bool = True) -> list[Shown]:
        """Where the person has the appointment, that day; `others`: there are places elsewhere."""
        made = replace(self.mine[0], closed=True)
        self.places.made[self.places.made.index(self.mine[0])] = made
        self.mine[0] = made
        office = self.world.offices[made.place.office_id]
        day = made.place.starts_at.astimezone(ZoneInfo(office.zone)).date()
        self.places.taken |= {Place(office.id, t) for t in self.places.times(office.id, day)}
        near = tuple(o.id for o, _ in self.world.near.to(office, made.procedure, 5))
        found = self.places.near(made.place, near) if others else ()
        rules, ordered = self.world.rules, sorted(found, key=lambda p: p.starts_at)
        until = min((self.places.now + rules.claim, *(p.starts_at - rules.lead for p in ordered)))
        held = tuple(asked.Offered(n, place, until) for n, place in enumerate(ordered, 1))
        self.closed[made.id] = asked.Closed(made, reason, held)
        return self.gets(Turn(self.talk, (closures.told(self.world, self.closed[made.id]),)))

    def offers_end(self) -> list[Shown]:
        (closed,) = self.closed.values()
        self.closed[closed.appointment.id] = replace(closed, instead=(), ended=True)
        return self.gets(Turn(self.talk, (closures.told_again(self.world, closed.appointment),)))

    def is_reminded(self, kind: Kind) -> list[Shown]:
        """Of all they have, with the cost of a missed place, unless they said that they come."""
        self.reminded_at = self.places.now
        going = all(self.answered.get(a.id) == "going" for a in self.mine)
        say = reminder(
            self.world, self.mine, kind, wording(kind, b"\x01", going=going), "https://citas.example/p/…"
        )
        return self.gets(Turn(self.talk, (say,)))

    def _lately(self) -> tuple[int, ...]:
        near = self.reminded_at is not None and self.places.now - self.reminded_at < HEARD_FOR
        return tuple(a.id for a in self._to_come()) if near else ()

    def _to_come(self) -> tuple[Appointment, ...]:
        return tuple(a for a in self.mine if a.place.starts_at > self.places.now)

    def _answers(self, question: asked.AnswerReminder) -> bool:
        self.answered[question.appointment_id] = question.answer
        return self.reminded_at is not None

    def _move(self, question: asked.Move) -> asked.Booked | asked.NotMoved:
        made = next((m for m in self.mine if m.id == question.appointment_id), None)
        if made is None:
            return asked.NotMoved("gone")
        if why := why_not_move(made, self.places.now, world().rules):
            return asked.NotMoved(why)
        if question.place in self.places.taken:
            return asked.NotMoved("taken")
        moves = made.moves + (not made.closed)
        moved = replace(made, place=question.place, moves=moves, closed=False)
        self.closed.pop(made.id, None)
        for known in (self.mine, self.places.made):
            known[known.index(made)] = moved
        self.held = None
        return asked.Booked(moved, "https://citas.example/p/…")

    def _prove(self, question: asked.Prove) -> int | None:
        live = (m for m in self.places.made if (m.applicant.curp, m.procedure) in self.places.live)
        found = [
            m for m in live if (read_folio(m.folio), m.applicant.curp) == (question.folio, question.curp)
        ]
        if not self._tries_left() or not found:
            self.tries.append(self.places.now)
            return None
        self.mine += [m for m in found if m not in self.mine]
        return found[0].id

    def _tries_left(self) -> int:
        today = [at for at in self.tries if at > self.places.now - timedelta(days=1)]
        return max(0, world().rules.proof_tries - len(today))

    def changes_phone(self) -> None:
        """Another number, to which nothing has been said yet."""
        self.talk, self.mine, self.history, self.tries, self.heard_at = Talk(), [], [], [], None

    def later(self, gap: timedelta) -> None:
        self.places.now += gap

    def notice_changes(self) -> None:
        institution = replace(self.world.institution, notice_hash="n2")
        self.world = replace(self.world, institution=institution)

    def books_for_others(self) -> None:
        self.others = OTHERS


def rows_of(message: Message) -> list[Row]:
    return [*message.buttons, *(row for _, rows in message.sections for row in rows)]


_ANSWERS: Mapping[type, Callable[[Person, Any], Any]] = {
    asked.FirstFree: lambda p, q: p.places.first_free(q.office_id),
    asked.OpenDays: lambda p, q: p.places.days(q.office_id),
    asked.FreeTimes: lambda p, q: p.places.times(q.office_id, q.day),
    asked.HasLive: lambda p, q: (q.curp, q.procedure) in p.places.live,
    asked.NoShows: lambda p, q: p.places.missed.get(q.curp, ()),
    asked.PeopleBooked: lambda p, q: p.others + len({m.applicant.curp for m in p.mine}),
    asked.MyAppointments: lambda p, q: p._to_come(),
    asked.Reminded: lambda p, q: p._lately(),
    asked.AnswerReminder: lambda p, q: p._answers(q),
    asked.PapersUrl: lambda p, q: "https://citas.example/p/…",
    asked.OfferForm: lambda p, q: p.form,
    asked.Alternatives: lambda p, q: p.places.near(q.place, q.offices),
    asked.HoldPlace: lambda p, q: p._hold(q),
    asked.Book: lambda p, q: p._book(q),
    asked.Cancel: lambda p, q: p._cancel(q),
    asked.ClosureOf: lambda p, q: p._closure_of(q),
    asked.TakeInstead: lambda p, q: p._take_instead(q),
    **DRAW_ANSWERS,
    together.FirstBlock: lambda p, q: next(iter(p.places.block_days(q.office_id, q.people)), None),
    together.BlockDays: lambda p, q: p.places.block_days(q.office_id, q.people),
    together.FreePlaces: lambda p, q: p.places.room(q.office_id, q.day),
    together.NearBlocks: lambda p, q: p.places.near_blocks(q),
    together.PeopleWith: lambda p, q: p.others + len({m.applicant.curp for m in p.mine} | set(q.curps)),
    together.HoldBlock: lambda p, q: p._hold_block(q),
    together.BookFamily: lambda p, q: p._book_family(q),
    asked.Move: lambda p, q: p._move(q),
    asked.Prove: lambda p, q: p._prove(q),
    asked.ProofsLeft: lambda p, q: p._tries_left(),
    **ANSWERS,
}
