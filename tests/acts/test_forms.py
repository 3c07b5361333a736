"""Whom no form can reach is asked in the chat, by the same message and at the same question."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from asyncpg import Pool
from tests.form_client import hear, house_with_forms, latest_token, write

from ventanilla.acts.deliver import Post
from ventanilla.acts.forms import NoForm, Sent, ShowPage, take_page
from ventanilla.acts.house import House
from ventanilla.acts.pace import Pace
from ventanilla.acts.sender import Sender
from ventanilla.acts.statuses import take_statuses
from ventanilla.core.channel import Address, Status
from ventanilla.core.sending import Fault, SendFailed
from ventanilla.db import forms
from ventanilla.jobs import utc_now
from ventanilla.talk.engine import Heard
from ventanilla.words.compose import Message
from ventanilla.words.outgoing import File, FormCall, Outgoing

pytestmark = pytest.mark.anyio


@dataclass(slots=True)
class Phones:
    """A channel that refuses forms as told, and messages once each."""

    fault: SendFailed | None = None
    refuse_once: SendFailed | None = None
    shown: list[Outgoing] = field(default_factory=list)

    async def send(self, to: Address, what: Outgoing, reference: str) -> str:
        if isinstance(what, FormCall) and self.fault:
            raise self.fault
        if isinstance(what, Message) and self.refuse_once:
            fault, self.refuse_once = self.refuse_once, None
            raise fault
        self.shown.append(what)
        return f"wamid.{len(self.shown)}"

    async def upload(self, file: File) -> str:
        return "media"

    async def attend(self, wamid: str) -> None:
        pass


async def deliver(pool: Pool, house: House, phones: Phones, *, after: int = 0) -> None:
    post = Post(pool, house, Sender(pool, house, phones), Pace(pool, 0))
    await post.start(utc_now() + timedelta(seconds=after), 10)
    await post.settled()


async def usable(pool: Pool, house: House, *, after: int = 0) -> set[str]:
    async with pool.acquire() as conn:
        return set(await forms.usable(conn, utc_now() + timedelta(seconds=after)))


async def test_a_form_is_sent_with_its_token(pool: Pool) -> None:
    house, phones = await house_with_forms(pool), Phones()
    await write(pool, house, "hola", "@notice:accept")
    await deliver(pool, house, phones)
    assert isinstance(phones.shown[1], FormCall)
    assert phones.shown[1].token == await latest_token(pool, house)


@pytest.mark.parametrize(
    ("fault", "code", "paused"), [("form", 132069, True), ("form", 132068, True), ("final", 131009, False)]
)
async def test_a_form_that_meta_refuses_is_replaced_by_the_chat_at_once(
    pool: Pool, fault: Fault, code: int, paused: bool
) -> None:
    house, phones = await house_with_forms(pool), Phones(SendFailed(fault, "no form now", code))
    await write(pool, house, "hola", "@notice:accept")
    await deliver(pool, house, phones)
    menu = phones.shown[-1]
    assert isinstance(menu, Message)
    assert menu.sections
    assert [r["state"] for r in await pool.fetch("SELECT state FROM outbox ORDER BY id")] == ["sent"] * 2
    assert await usable(pool, house) == (set() if paused else {"es", "en"})
    assert await usable(pool, house, after=3601) == {"es", "en"}


async def test_while_forms_are_paused_nobody_is_offered_one(pool: Pool) -> None:
    house, phones = await house_with_forms(pool), Phones(SendFailed("form", "throttled", 132069))
    await write(pool, house, "hola", "@notice:accept")
    await deliver(pool, house, phones)
    other = Address("phone", "5215500000002")
    await write(pool, house, "hola", "@notice:accept", "agendar cita", me=other, tag="o")
    assert await pool.fetchval("SELECT count(*) FROM outbox WHERE kind = 'form'") == 1


async def test_the_chat_instead_of_a_form_is_tried_again_too(pool: Pool) -> None:
    busy = SendFailed("retry", "busy", 131016)
    house = await house_with_forms(pool)
    phones = Phones(SendFailed("form", "throttled", 132069), busy)
    await write(pool, house, "hola", "@notice:accept")
    await pool.execute("DELETE FROM outbox WHERE kind = 'message'")
    await deliver(pool, house, phones)
    assert phones.shown == []
    await deliver(pool, house, phones, after=60)
    (menu,) = phones.shown
    assert isinstance(menu, Message)


async def test_a_form_that_did_not_arrive_is_followed_by_the_chat(pool: Pool) -> None:
    house, phones = await house_with_forms(pool), Phones()
    await write(pool, house, "quiero renovar mi pasaporte", "@notice:accept")
    await deliver(pool, house, phones)
    number = await pool.fetchval("SELECT id FROM outbox WHERE kind = 'form'")
    failed = Status("wamid.2", number, "failed", utc_now(), 132068, "blocked", "form")
    async with pool.acquire() as conn, conn.transaction():
        await take_statuses(conn, house.vault, [failed, failed], utc_now())
    await deliver(pool, house, phones, after=1)
    assert len(phones.shown) == 3
    question = phones.shown[-1]
    assert isinstance(question, Message)
    assert "Escribe tu *CURP*" in question.body
    assert await usable(pool, house) == set()


async def test_a_reply_opens_the_window_again(pool: Pool) -> None:
    house = await house_with_forms(pool)
    await write(pool, house, "hola", "@notice:accept")
    await pool.execute("UPDATE contact SET wrote_at = now() - interval '2 days'")
    await hear(pool, house, Heard("form", '{"booked": "yes"}'), tag="reply")
    assert await pool.fetchval("SELECT wrote_at > now() - interval '1 minute' FROM contact")
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 2


async def test_a_talk_that_lapsed_begins_anew_in_the_form(pool: Pool) -> None:
    house = await house_with_forms(pool)
    await write(pool, house, "hola", "@notice:accept", "agendar cita", "para mí")
    token = await latest_token(pool, house)
    later = utc_now() + house.world.rules.talk_life - timedelta(seconds=5)
    async with pool.acquire() as conn:
        kept = await take_page(conn, house, later, Sent(token, "", None))
        assert isinstance(kept, ShowPage)
        assert kept.data["init"] == {"for_whom": "me"}
        after = later + timedelta(minutes=1)
        assert isinstance(await take_page(conn, house, after, Sent(token, "", None)), NoForm)
