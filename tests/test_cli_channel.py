"""What staff are shown of the channel, and how they make it go on."""

from datetime import timedelta
from pathlib import Path

import pytest
from asyncpg import Pool
from tests.test_cli import ventanilla
from tests.world import NOW, contacts, house_in

from ventanilla.db import notices, outbox, sent
from ventanilla.db.sent import NotSent, Outcome

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


async def test_a_stopped_account_failures_and_unknown_updates_are_shown_and_sending_resumed(
    pool: Pool, fresh_database_url: str, tmp_path: Path
) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (me,) = await contacts(conn, house, 1)
        await outbox.put(conn, [outbox.Owed(me, "message", b"sealed")])
        await conn.execute("UPDATE outbox SET due_at = $1", NOW)
        (due,) = await outbox.claim(conn, 1, NOW, NOW)
        await sent.record(
            conn, Outcome(not_sent=[NotSent(due.id, NOW, None, "final", 131026, "not on WhatsApp")])
        )
        await conn.execute("INSERT INTO raw_update (kind, sealed) VALUES ('calls', '')")
        told = {"es": "La cuenta tiene una restricción", "en": "The account is restricted"}
        await notices.put(conn, house.vault, [notices.Told("account_update", "urgent", told, NOW, b"{}")])
        await sent.stop(conn, NOW, timedelta(minutes=5), 131042, "no payment method")
    code, shown, _ = ventanilla(tmp_path, fresh_database_url, "channel")
    assert code == 0
    for part in ("stopped since", "no payment method (131042)", "ventanilla channel resume"):
        assert part in shown
    assert "La cuenta tiene una restricción" in shown
    for part in ("131026", "not on WhatsApp", "calls"):
        assert part in shown
    assert ventanilla(tmp_path, fresh_database_url, "channel", "resume")[1] == "Sending goes on.\n"
    assert "nothing to do" in ventanilla(tmp_path, fresh_database_url, "channel", "resume")[1]
    assert "Sending: on" in ventanilla(tmp_path, fresh_database_url, "channel")[1]
    assert ventanilla(tmp_path, fresh_database_url, "channel", "settle", "1")[1] == "Settled.\n"
    assert "restricción" not in ventanilla(tmp_path, fresh_database_url, "channel")[1]
    code, _, said = ventanilla(tmp_path, fresh_database_url, "channel", "settle", "1")
    assert (code, "no open notice 1" in said) == (1, True)
