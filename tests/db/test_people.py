"""Contacts, their addresses, and the sealing of what is theirs."""

import asyncio
import secrets
from datetime import datetime

import pytest
from asyncpg import Pool
from tests.world import NOW

from ventanilla.core.channel import Address
from ventanilla.db import people
from ventanilla.db.vault import Sealed, Vault

ME, THEM = Address("phone", "5215512345678"), Address("bsuid", "MX.123")


def vault() -> Vault:
    return Vault(secrets.token_urlsafe(32))


async def meet(
    pool: Pool, keys: Vault, *everybody: tuple[Address, ...], at: datetime = NOW
) -> tuple[int, ...]:
    async with pool.acquire() as conn, conn.transaction():
        return await people.contacts(conn, keys, [people.Met(names, at) for names in everybody])


@pytest.mark.anyio
async def test_a_person_is_one_contact_however_often_and_however_many_meet_them(pool: Pool) -> None:
    shared = vault()
    met = await asyncio.gather(*(meet(pool, shared, (ME,), (THEM,), (ME,)) for _ in range(12)))
    assert all(m == met[0] for m in met)
    me, them, again = met[0]
    assert me == again != them
    async with pool.acquire() as conn:
        assert await people.addresses(conn, shared, [me, them]) == {me: ME, them: THEM}
        assert await conn.fetchval("SELECT count(*) FROM talk") == 2


def test_what_is_sealed_opens_only_in_its_column_and_with_its_key() -> None:
    ours = vault()
    sealed = ours.seal("talk", b"HEGG560427MVZRRL04")
    assert b"HEGG" not in sealed
    assert ours.open("talk", sealed) == b"HEGG560427MVZRRL04"
    assert ours.seal("talk", b"x") != ours.seal("talk", b"x")
    for column, stolen, keys in (
        ("inbox", sealed, ours),
        ("talk", sealed, vault()),
        ("talk", sealed[:-1] + bytes([sealed[-1] ^ 1]), ours),
        ("talk", b"\x02" + sealed[1:], ours),
        ("talk", b"", ours),
    ):
        with pytest.raises(Sealed):
            keys.open(column, stolen)


def test_look_up_keys_are_equal_for_equal_texts_of_one_kind_only() -> None:
    ours = vault()
    assert ours.key("curp", "A") == ours.key("curp", "A")
    keys = {ours.key("curp", "A"), ours.key("curp", "B"), ours.key("phone", "A"), vault().key("curp", "A")}
    assert len(keys) == 4
