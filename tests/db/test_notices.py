"""What Meta tells of the account is read by staff once, until it is settled."""

import secrets
from datetime import timedelta

import pytest
from asyncpg import Connection
from tests.world import NOW

from ventanilla.core.notices import Severity
from ventanilla.db import notices
from ventanilla.db.vault import Vault

pytestmark = pytest.mark.anyio


def told(severity: Severity, raw: bytes, kind: str = "account_update") -> notices.Told:
    return notices.Told(kind, severity, {"es": "muestra", "en": "sample"}, NOW, raw)


async def test_what_is_urgent_comes_first_and_what_is_told_twice_once(conn: Connection) -> None:
    vault = Vault(secrets.token_urlsafe(32))
    await notices.put(conn, vault, [told("info", b"1"), told("urgent", b"2"), told("info", b"1")])
    await notices.put(conn, vault, [told("warning", b"3"), told("urgent", b"2")])
    found = await notices.open_notices(conn)
    assert [n.severity for n in found] == ["urgent", "warning", "info"]
    assert found[0].summary == {"es": "muestra", "en": "sample"}
    assert found[0].at == NOW
    sealed = await conn.fetchval("SELECT sealed FROM channel_notice WHERE id = $1", found[0].id)
    assert vault.open("notice", sealed) == b"2"


async def test_what_is_settled_is_not_shown_and_may_happen_again(conn: Connection) -> None:
    vault = Vault(secrets.token_urlsafe(32))
    await notices.put(conn, vault, [told("urgent", b"2")])
    (only,) = await notices.open_notices(conn)
    assert await notices.settle(conn, only.id, NOW + timedelta(hours=1))
    assert not await notices.settle(conn, only.id, NOW + timedelta(hours=2))
    assert await notices.open_notices(conn) == ()
    await notices.put(conn, vault, [told("urgent", b"2")])
    assert len(await notices.open_notices(conn)) == 1
