"""A turn that takes longer than 400 ms is shown to the person: read, and being written."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from asyncpg import Pool
from tests.acts.test_turn import write
from tests.world import house_in

from ventanilla.acts import turn
from ventanilla.acts.attend import attend
from ventanilla.core.channel import Address
from ventanilla.core.sending import SendFailed
from ventanilla.jobs import utc_now
from ventanilla.words.outgoing import File, Outgoing

pytestmark = pytest.mark.anyio
HALF_A_SECOND = timedelta(milliseconds=500)


@dataclass(slots=True)
class Watcher:
    seen: list[str] = field(default_factory=list)
    down: bool = False

    async def attend(self, wamid: str) -> None:
        if self.down:
            raise SendFailed("retry", "busy")
        self.seen.append(wamid)

    async def send(self, to: Address, what: Outgoing, reference: str) -> str:
        return "wamid"

    async def upload(self, file: File) -> str:
        return "media"


async def test_only_the_last_message_of_a_person_who_waits_and_only_once(pool: Pool) -> None:
    house, watcher = await house_in(pool), Watcher()
    await write(pool, house, "hola", "¿hay alguien?")
    assert await attend(pool, watcher, utc_now(), 10) == 0
    late = utc_now() + HALF_A_SECOND
    assert await attend(pool, watcher, late, 10) == 1
    assert await attend(pool, watcher, late, 10) == 0
    assert watcher.seen == ["m.1"]


async def test_a_reply_that_is_made_but_not_sent_still_keeps_the_person_waiting(pool: Pool) -> None:
    house, watcher = await house_in(pool), Watcher()
    await write(pool, house, "hola")
    async with pool.acquire() as conn:
        await turn.take_messages(conn, house, utc_now(), 10)
    assert await attend(pool, watcher, utc_now() + HALF_A_SECOND, 10) == 1


async def test_who_has_an_answer_is_left_in_peace(pool: Pool) -> None:
    house, watcher = await house_in(pool), Watcher()
    await write(pool, house, "hola")
    async with pool.acquire() as conn:
        await turn.take_messages(conn, house, utc_now(), 10)
    await pool.execute("UPDATE outbox SET state = 'sent'")
    assert await attend(pool, watcher, utc_now() + HALF_A_SECOND, 10) == 0


async def test_a_refusal_is_no_matter(pool: Pool) -> None:
    house = await house_in(pool)
    await write(pool, house, "hola")
    assert await attend(pool, Watcher(down=True), utc_now() + HALF_A_SECOND, 10) == 0
