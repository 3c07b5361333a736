"""Outside 24 hours: what has a template goes out as one, the rest waits and its person is asked to write."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from asyncpg import Pool
from tests.acts.test_deliver import deliver, later, owe, scene, states
from tests.acts.test_turn import ADULT, attend, write
from tests.world import NINE, house_in, open_at

from ventanilla.acts.house import House
from ventanilla.acts.statuses import take_statuses
from ventanilla.acts.window import invite_waiting, seal_call
from ventanilla.core.channel import Address, Status
from ventanilla.core.sending import SendFailed
from ventanilla.core.templates import LANGUAGE_AT_META, PENDING, TEMPLATES, TemplateUpdate
from ventanilla.db import outbox, overview, sent, templates
from ventanilla.words import words
from ventanilla.words.compose import Message
from ventanilla.words.outgoing import Document, File, Link, Outgoing, Picture, Pin, TemplateCall
from ventanilla.words.templates import compose_template

pytestmark = pytest.mark.anyio
PAUSED = SendFailed("template", "Template is paused", 132015)


@dataclass(slots=True)
class Phone:
    """A channel that writes down what a person would see: texts, `template:language`, kinds of papers.
    Fails as told by name of a template."""

    faults: dict[str, list[SendFailed]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    taps: list[str] = field(default_factory=list)

    async def send(self, to: Address, what: Outgoing, reference: str) -> str:
        match what:
            case TemplateCall():
                if self.faults.get(what.name):
                    raise self.faults[what.name].pop(0)
                self.seen.append(f"{what.name}:{what.language}")
                self.taps += what.payloads
            case Message():
                self.seen.append(what.body)
            case Picture() | Document() | Link() | Pin():
                self.seen.append("paper")
        return f"wamid.{reference}"

    async def upload(self, file: File) -> str:
        return "media"

    async def attend(self, wamid: str) -> None:
        pass


async def approve(pool: Pool, *names: str) -> None:
    """In both languages."""
    async with pool.acquire() as conn:
        for name in names:
            for language in LANGUAGE_AT_META.values():
                await templates.take_updates(conn, [TemplateUpdate(name, language, "APPROVED", "")])


async def a_day_passes(pool: Pool) -> None:
    """For everybody; what had happened was a day earlier."""
    await pool.execute("UPDATE contact SET wrote_at = wrote_at - interval '25 hours'")
    await pool.execute("UPDATE contact SET invited_at = invited_at - interval '25 hours'")


async def count(pool: Pool, what: str) -> int:
    found: int = await pool.fetchval(f"SELECT count(*) FROM outbox WHERE {what}")
    return found


async def test_whoever_is_owed_something_is_asked_to_write_once_and_in_their_language(pool: Pool) -> None:
    house, (me, other) = await scene(pool, 2)
    await approve(pool, PENDING)
    await a_day_passes(pool)
    phone = Phone()
    await owe(pool, house, me, "1", "2")
    await owe(pool, house, other, "a")
    await pool.execute("UPDATE outbox SET language = 'en' WHERE contact_id = $1", other)
    for _ in range(3):
        await deliver(pool, house, phone, later(seconds=1))
    assert sorted(phone.seen) == [f"{PENDING}:en", f"{PENDING}:es"]
    assert set(phone.taps) == {"invitation:read"}
    await owe(pool, house, me, "3")
    await deliver(pool, house, phone, later(seconds=2))
    await deliver(pool, house, phone, later(seconds=3))
    assert len(phone.seen) == 2, "they were asked already"
    assert await count(pool, "state = 'parked'") == 4


async def test_whoever_wrote_and_was_silent_again_is_asked_again(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    await approve(pool, PENDING)
    phone = Phone()
    for body in ("1", "2"):
        await pool.execute("UPDATE contact SET wrote_at = now()")
        await a_day_passes(pool)
        await owe(pool, house, me, body)
        await deliver(pool, house, phone, later(seconds=1))
        await deliver(pool, house, phone, later(seconds=2))
    assert phone.seen == [f"{PENDING}:es"] * 2


async def test_without_the_template_they_wait_and_staff_see_it(
    pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    house, (me, *_) = await scene(pool)
    await a_day_passes(pool)
    phone = Phone()
    await owe(pool, house, me, "1")
    await deliver(pool, house, phone, later(seconds=1))
    assert f"1 people wait: {PENDING} (es) may not be sent now" in caplog.text
    async with pool.acquire() as conn:
        assert (await overview.overview(conn)).uninvited == 1
        assert await invite_waiting(conn, house, later()) == 0
        await approve(pool, PENDING)
        assert await invite_waiting(conn, house, later(days=8)) == 0, "too old to be remembered"
        assert await invite_waiting(conn, house, later()) == 1
        assert await invite_waiting(conn, house, later()) == 0
        assert (await overview.overview(conn)).uninvited == 0
    await deliver(pool, house, phone, later(seconds=1))
    assert phone.seen == [f"{PENDING}:es"]


async def a_late_question(pool: Pool, phone: Phone) -> tuple[House, str]:
    """A person agreed to the notice a day ago and has got no answer; gives the question they are owed."""
    house = await house_in(pool)
    await approve(pool, PENDING)
    now = datetime.now(UTC)
    await write(pool, house, "hola", "@notice:accept", "@menu:book")
    while await attend(pool, house, now):
        pass
    await pool.execute("DELETE FROM outbox WHERE id < (SELECT max(id) FROM outbox)")
    await a_day_passes(pool)
    await deliver(pool, house, phone, later(seconds=1))
    await deliver(pool, house, phone, later(seconds=2))
    assert phone.seen == [f"{PENDING}:es"]
    row = await pool.fetchrow("SELECT sealed FROM outbox WHERE state = 'parked'")
    assert row is not None
    question = msgspec.json.decode(house.vault.open("outbox", row["sealed"]), type=Message)
    return house, question.body


@pytest.mark.parametrize("answer", ["@invitation:read", "ver respuesta"])
async def test_a_tap_on_the_invitation_brings_what_waited_and_nothing_twice(pool: Pool, answer: str) -> None:
    phone = Phone()
    house, question = await a_late_question(pool, phone)
    await write(pool, house, answer, tag="tap")
    await attend(pool, house, datetime.now(UTC))
    await deliver(pool, house, phone, later(seconds=3))
    assert phone.seen[1:] == [question]
    # The talk goes on where it was: this answers that question.
    await write(pool, house, "@for-whom:me", tag="on")
    await attend(pool, house, datetime.now(UTC))
    await deliver(pool, house, phone, later(seconds=4))
    assert phone.seen[2:][0].startswith("¿Qué trámite")


async def test_any_text_brings_what_waited_and_then_its_own_answer(pool: Pool) -> None:
    phone = Phone()
    house, question = await a_late_question(pool, phone)
    await write(pool, house, "gracias", tag="text")
    await attend(pool, house, datetime.now(UTC))
    await deliver(pool, house, phone, later(seconds=3))
    assert phone.seen[1] == question
    assert len(phone.seen) == 3


async def test_a_tap_when_nothing_waits_is_still_answered(pool: Pool) -> None:
    phone = Phone()
    house, question = await a_late_question(pool, phone)
    await pool.execute("UPDATE outbox SET made_at = now() - interval '8 days' WHERE state = 'parked'")
    await write(pool, house, "@invitation:read", tag="tap")
    await attend(pool, house, datetime.now(UTC))
    await deliver(pool, house, phone, later(seconds=3))
    assert phone.seen[1:] == [question]


async def test_whoever_writes_first_needs_no_invitation(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    await approve(pool, PENDING)
    await a_day_passes(pool)
    phone = Phone({PENDING: [PAUSED]})
    await owe(pool, house, me, "1")
    for second in range(3):
        await deliver(pool, house, phone, later(seconds=second))
    assert await count(pool, "kind = 'invitation' AND state = 'owed'") == 1
    assert await pool.fetchval("SELECT count(*) FROM attempt") == 1
    await pool.execute("UPDATE contact SET wrote_at = now()")
    async with pool.acquire() as conn:
        assert len(await outbox.release(conn, [me], later(), later(days=-7))) == 1
    await deliver(pool, house, phone, later(days=1, seconds=-300))
    assert phone.seen == ["1"]
    assert await count(pool, "kind = 'invitation'") == 0


async def owe_reminder(pool: Pool, house: House, contact: int) -> None:
    call = compose_template("recordatorio_cita", words("es"), TEMPLATES["recordatorio_cita"].values, "17")
    async with pool.acquire() as conn:
        await outbox.put(conn, [outbox.Owed(contact, "template", seal_call(house.vault, call))])


@pytest.mark.parametrize(("code", "status"), [(132015, "PAUSED"), (132016, "DISABLED"), (132001, "DELETED")])
async def test_a_template_that_meta_refuses_is_marked_and_its_message_waits_aside(
    pool: Pool, code: int, status: str
) -> None:
    house, (me, *_) = await scene(pool)
    await approve(pool, "recordatorio_cita")
    refused = SendFailed("template" if code == 132015 else "final", "no such template now", code)
    phone = Phone({"recordatorio_cita": [refused]})
    await owe_reminder(pool, house, me)
    await owe(pool, house, me, "1")
    await deliver(pool, house, phone, later(seconds=1))
    assert phone.seen == ["1"], "what follows does not wait for it"
    assert await states(pool) == ["owed", "sent"]
    row = await pool.fetchrow("SELECT status, reason FROM template WHERE language = 'es_MX'")
    assert row is not None
    assert tuple(row) == (status, "no such template now")
    await owe(pool, house, me, "2")
    await deliver(pool, house, phone, later(seconds=2))
    assert phone.seen == ["1", "2"], "nor does what is owed later"
    await deliver(pool, house, phone, later(hours=1))
    assert phone.seen == ["1", "2"], "Meta is not asked again while it is paused"
    assert await pool.fetchval("SELECT count(*) FROM attempt WHERE fault = 'template'") == 2
    await approve(pool, "recordatorio_cita")
    await deliver(pool, house, phone, later(hours=3))
    assert phone.seen[2:] == ["recordatorio_cita:es"]
    assert phone.taps == ["reminder:going:17", "reminder:change:17", "reminder:cancel:17"]


async def confirmed_a_day_ago(pool: Pool) -> House:
    """A booking whose confirmation and papers could not go out for a day."""
    house = await house_in(pool)
    now = NINE - timedelta(days=3)
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE)
    await write(pool, house, *ADULT, "@confirm:yes")
    while await attend(pool, house, now):
        pass
    await pool.execute("DELETE FROM outbox WHERE id <= (SELECT max(id) - 7 FROM outbox)")
    await a_day_passes(pool)
    return house


async def test_a_confirmation_goes_out_as_its_template_and_its_tap_brings_the_papers(pool: Pool) -> None:
    house = await confirmed_a_day_ago(pool)
    await approve(pool, PENDING, "cita_confirmada")
    phone = Phone()
    for second in range(3):
        await deliver(pool, house, phone, later(seconds=second))
    assert phone.seen == ["cita_confirmada:es"], "its button asks to write; no invitation besides"
    assert await states(pool) == ["sent"] + ["parked"] * 6
    await write(pool, house, "@invitation:read", tag="tap")
    await attend(pool, house, datetime.now(UTC))
    await deliver(pool, house, phone, later(seconds=3))
    assert phone.seen[1:7] == ["paper"] * 6
    assert phone.seen[7].startswith("¿En qué te ayudo?")


@pytest.mark.parametrize(
    "fault",
    [
        PAUSED,
        SendFailed("final", "count", 132000),
        SendFailed("retry", "no answer", uncertain=True),
        SendFailed("slow", "too fast", 130429),
    ],
)
async def test_a_confirmation_whose_template_fails_waits(pool: Pool, fault: SendFailed) -> None:
    house = await confirmed_a_day_ago(pool)
    await approve(pool, PENDING, "cita_confirmada")
    phone = Phone({"cita_confirmada": [fault]})
    for second in range(3):
        await deliver(pool, house, phone, later(seconds=second))
    assert phone.seen == [f"{PENDING}:es"]
    assert await states(pool) == ["parked"] * 7 + ["sent"]
    assert await pool.fetchval("SELECT number_at > 'epoch' FROM channel") is (fault.fault == "slow")


async def test_a_template_that_cannot_be_opened_leaves_its_message_waiting(pool: Pool) -> None:
    house = await confirmed_a_day_ago(pool)
    await approve(pool, "cita_confirmada")
    await pool.execute("UPDATE outbox SET template = 'x' WHERE template IS NOT NULL")
    await deliver(pool, house, Phone(), later(seconds=1))
    assert await states(pool) == ["parked"] * 7


async def test_an_account_that_is_refused_stops_for_templates_too(pool: Pool) -> None:
    house = await confirmed_a_day_ago(pool)
    await approve(pool, "cita_confirmada")
    phone = Phone({"cita_confirmada": [SendFailed("account", "token expired", 190)]})
    await deliver(pool, house, phone, later(seconds=1))
    async with pool.acquire() as conn:
        assert await sent.stopped(conn) is not None
    assert await states(pool) == ["parked"] * 7


@pytest.mark.parametrize(
    ("code", "state", "status"),
    [(132015, "owed", "PAUSED"), (131049, "parked", "APPROVED"), (131047, "parked", "APPROVED")],
)
async def test_a_confirmation_that_was_not_delivered_as_a_template_is_kept(
    pool: Pool, code: int, state: str, status: str
) -> None:
    house = await confirmed_a_day_ago(pool)
    await approve(pool, "cita_confirmada")
    await deliver(pool, house, Phone(), later(seconds=1))
    number = await pool.fetchval("SELECT min(id) FROM outbox")
    fault = {132015: "template", 131049: "final", 131047: "window"}[code]
    told = Status(f"wamid.{number}", number, "failed", later(), code, "because", fault)  # type: ignore[arg-type]
    async with pool.acquire() as conn, conn.transaction():
        await take_statuses(conn, house.vault, [told], later())
    assert (await states(pool))[0] == state
    assert await pool.fetchval("SELECT status FROM template WHERE language = 'es_MX'") == status
