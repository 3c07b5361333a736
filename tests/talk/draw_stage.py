"""Draws on the stage: one office has one, and what people do in it is kept here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Appointment, Place
from ventanilla.core.lottery import AFTERNOON, MORNING
from ventanilla.core.places import Office
from ventanilla.talk import draw_facts as asked
from ventanilla.talk.draw_words import lost, won
from ventanilla.talk.engine import Turn
from ventanilla.talk.facts import Booked, NotBooked

if TYPE_CHECKING:
    from tests.talk.stage import Person

OFFER = 7
CODE = "MUES-TRAM-UEST-RAMU-ESTR-AMUE"


@dataclass(slots=True)
class Draws:
    """`entered`: as it was entered last; `place`: what the draw gave it."""

    draw: asked.OpenDraw | None = None
    closed: bool = False
    entered: asked.EnterDraw | None = None
    state: str = "entered"
    place: Place | None = None
    elsewhere: bool = False

    def begins(self, office: Office, now: datetime) -> None:
        monday, tuesday = (now.date() + timedelta(days=n) for n in (14, 15))
        cells = ((monday, MORNING), (tuesday, AFTERNOON), (tuesday, MORNING))
        self.draw = asked.OpenDraw(1, office.id, now + timedelta(days=7), cells)

    def open_(self) -> Mapping[str, asked.OpenDraw]:
        return {self.draw.office_id: self.draw} if self.draw and not self.closed else {}

    def enter(self, want: asked.EnterDraw) -> asked.Entered | asked.NotEntered:
        if self.elsewhere:
            return asked.NotEntered("elsewhere")
        if self.draw is None or self.closed:
            return asked.NotEntered("closed")
        self.entered, self.state = want, "entered"
        return asked.Entered(CODE, self.draw.closes_at, 1, "https://citas.example/sorteos/1.json")

    def mine(self) -> tuple[asked.MyEntry, ...]:
        if self.draw is None or self.entered is None:
            return ()
        entry = (3, self.entered.applicant.given, self.draw.office_id, CODE)
        if self.state == "offered" and self.place:
            ends = self.draw.closes_at + timedelta(days=2)
            return (
                asked.MyEntry(*entry, self.state, self.draw.closes_at, OFFER, self.place.starts_at, ends),
            )
        state = "closed" if self.closed and self.state == "entered" else self.state
        return (asked.MyEntry(*entry, state, self.draw.closes_at),)

    def leave(self) -> bool:
        done = self.entered is not None and not self.closed
        self.entered = None if done else self.entered
        return done

    def decline(self) -> bool:
        done = self.state == "offered"
        self.state = "won" if done else self.state
        return done


def claim(person: "Person", want: asked.ClaimPlace) -> Booked | NotBooked:
    draws = person.places.draws
    if draws.state != "offered" or draws.entered is None or draws.place is None or want.offer_id != OFFER:
        return NotBooked("gone")
    entered = draws.entered
    if (entered.applicant.curp, entered.procedure) in person.places.live:
        return NotBooked("already-live")
    draws.state, number = "won", len(person.places.made) + 1
    who = (entered.procedure, entered.applicant, want.language, "live", person.places.now)
    made = Appointment(number, f"PA-AAA-{number:04}", 1, draws.place, *who)
    person.places.made.append(made)
    person.places.live.add((entered.applicant.curp, entered.procedure))
    person.mine.append(made)
    return Booked(made, "https://citas.example/p/…")


def begins_in(person: "Person", office: str) -> None:
    found = next(o for o in person.world.offices.values() if o.open and o.short_name == office)
    person.places.draws.begins(found, person.places.now)


def only_by_lot(person: "Person") -> None:
    """The office of the draw has no other places."""
    draw = person.places.draws.draw
    assert draw is not None
    days = person.places.days(draw.office_id)
    moments = [t for day in days for t in person.places.times(draw.office_id, day)]
    person.places.taken.update(Place(draw.office_id, t) for t in moments)


def closes(person: "Person") -> None:
    person.places.draws.closed = True


def was_entered(person: "Person") -> None:
    person.places.draws.elsewhere = True


def wins(person: "Person") -> None:
    """At nine on the first day that was asked for; the news comes by itself."""
    draws, (draw, entered, office) = person.places.draws, _entered(person)
    zone, day = ZoneInfo(office.zone), entered.days[0]
    starts = datetime(day.year, day.month, day.day, 9, tzinfo=zone)
    draws.closed, draws.state, draws.place = True, "offered", Place(office.id, starts)
    ends = (draw.closes_at + timedelta(days=2)).astimezone(zone)
    told = {"day": starts.date(), "time": starts.time(), "closing": ends.date(), "hour": ends.time()}
    args = {"name": entered.applicant.given, "office": office.name, **told}
    person.gets(Turn(person.talk, (won(OFFER, args),)))


def loses(person: "Person") -> None:
    _, entered, office = _entered(person)
    person.places.draws.closed, person.places.draws.state = True, "lost"
    args = {"name": entered.applicant.given, "office": office.name, "tickets": 2}
    person.gets(Turn(person.talk, (lost(args),)))


def goes_on(person: "Person", office: str) -> None:
    """A draw begins, and later gives a place to whoever is in it, or to somebody else."""
    draws = person.places.draws
    if draws.draw is None:
        begins_in(person, office)
    elif draws.entered is not None and draws.state == "entered":
        wins(person)
    else:
        closes(person)


def _entered(person: "Person") -> tuple[asked.OpenDraw, asked.EnterDraw, Office]:
    draws = person.places.draws
    assert draws.draw is not None
    assert draws.entered is not None
    return draws.draw, draws.entered, person.world.offices[draws.draw.office_id]


ANSWERS: Mapping[type, Callable[["Person", Any], Any]] = {
    asked.OpenDraws: lambda p, q: p.places.draws.open_(),
    asked.MyEntries: lambda p, q: p.places.draws.mine(),
    asked.EnterDraw: lambda p, q: p.places.draws.enter(q),
    asked.LeaveDraw: lambda p, q: p.places.draws.leave(),
    asked.DeclinePlace: lambda p, q: p.places.draws.decline(),
    asked.ClaimPlace: claim,
}
