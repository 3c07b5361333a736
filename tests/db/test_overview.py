import msgspec
import pytest
from asyncpg import Pool
from tests.world import NOW, contacts, house_in

from ventanilla.db import outbox, overview, sent
from ventanilla.db.sent import NotSent, Outcome
from ventanilla.words.compose import Message

pytestmark = pytest.mark.anyio


async def test_attempts_are_counted_and_their_last_error_shown(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (me,) = await contacts(conn, house, 1)
        sealed = house.vault.seal("outbox", msgspec.json.encode(Message("hola")))
        await outbox.put(conn, [outbox.Owed(me, "message", sealed), outbox.Owed(me, "message", sealed)])
        await conn.execute("UPDATE outbox SET due_at = $1", NOW)
        first, _ = await outbox.claim(conn, 1, NOW, NOW)
        tried = NotSent(first.id, NOW, None, "final", 131026, "not on WhatsApp")
        await sent.record(conn, Outcome(not_sent=[tried]))
        (shown,) = await overview.failures(conn, 10)
        assert (shown.outbox_id, shown.state, shown.attempts, shown.code) == (first.id, "failed", 1, 131026)
        found = await overview.overview(conn)
        assert (found.owed, found.sending, found.failed) == (0, 1, 1)


async def test_kinds_that_nobody_acts_upon_are_counted(pool: Pool) -> None:
    await pool.execute("INSERT INTO raw_update (kind, sealed) VALUES ('calls', ''), ('x', ''), ('calls', '')")
    async with pool.acquire() as conn:
        assert await overview.unhandled(conn) == (("calls", 2), ("x", 1))
