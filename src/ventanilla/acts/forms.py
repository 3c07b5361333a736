"""People filled in a page of their form: one page, one transaction, in turn with what they write."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from ventanilla.acts import facts as loading
from ventanilla.acts.house import House
from ventanilla.acts.turn import opened_talk, owed_for
from ventanilla.db import booking, forms, inbox, outbox
from ventanilla.db.connection import Conn
from ventanilla.talk.engine import Hand, Talk, Turn
from ventanilla.talk.form import Closed, Finished, Outcome, Shown, opened, submitted
from ventanilla.talk.form_pages import NUMBER_OF, PAGES, SUMMARY, Page
from ventanilla.talk.messages import Phrase
from ventanilla.words import LANGUAGES, words
from ventanilla.words.forms import answers_of, page_data, said

_CLOSED, _USED = Phrase("form-closed"), Phrase("form-used")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a phone sent. `payload` may hold anything; None: it only wants to see the page."""

    token: str
    page: str
    payload: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ShowPage:
    page: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """Booked: now, or when the same page came before."""


@dataclass(frozen=True, slots=True)
class NoForm:
    """The form is not ours, has expired, or is used; `why` is in the person's language."""

    why: str


Answer = ShowPage | Done | NoForm


async def take_page(conn: Conn, house: House, now: datetime, sent: Sent) -> Answer:
    """What follows from one page: the talk, holds, a booking and the papers owed, all at once or not at
    all. The same page again gives the same answer and does nothing twice."""
    form_id = house.forms.read(sent.token, now) if house.forms else None
    async with conn.transaction():
        form = await forms.open_form(conn, form_id) if form_id is not None else None
        if form is None:
            return NoForm(said(_CLOSED, words(LANGUAGES[0])))
        say, page = words(form.language), PAGES[NUMBER_OF.get(sent.page, 0)]
        if form.state == "used" and page is SUMMARY and sent.payload is not None:
            return Done()
        if form.state != "open" or form.expires_at <= now:
            return NoForm(said(_USED if form.state == "used" else _CLOSED, say))
        talk = replace(opened_talk(house, form.talk, form.heard_at, now), language=form.language)
        outcome = await _outcome(conn, house, now, form.contact_id, talk, page, sent.payload)
        match outcome:
            case Shown(kept, view):
                await _keep(conn, house, form.contact_id, kept, now)
                await forms.turned(conn, form.id, view.page.id, now)
                return ShowPage(view.page.id, page_data(view, say))
            case Finished(turn):
                await _keep(conn, house, form.contact_id, turn.talk, now)
                await outbox.put(conn, owed_for(house, form.contact_id, turn))
                await forms.use(conn, form.id, _appointment(turn), now)
                return Done()
            case Closed(phrase, left, do):
                if left is not None:
                    await _keep(conn, house, form.contact_id, left, now)
                if any(deed.name == "let-go" for deed in do):
                    await booking.let_go(conn, [form.contact_id])
                return NoForm(said(phrase, say))


async def _outcome(
    conn: Conn,
    house: House,
    now: datetime,
    contact: int,
    talk: Talk,
    page: Page,
    payload: dict[str, Any] | None,
) -> Outcome:
    if payload is None:
        pure = partial(opened, talk, page)
    else:
        shown = payload.get("shown")
        given = answers_of(page, payload)
        pure = partial(submitted, talk, page, given, shown if isinstance(shown, str) else "")
    (outcome,) = await loading.run(conn, house, now, [(contact, pure)])
    return outcome


async def _keep(conn: Conn, house: House, contact: int, talk: Talk, now: datetime) -> None:
    sealed = house.vault.seal("talk", msgspec.json.encode(talk))
    await inbox.save_talks(conn, [contact], [sealed], now)


def _appointment(turn: Turn) -> int:
    papers = (out for out in turn.out if isinstance(out, Hand))
    return next(int(paper.args["appointment"]) for paper in papers if "appointment" in paper.args)
