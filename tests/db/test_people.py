"""Contacts, their addresses, and the sealing of what is theirs."""

import asyncio
import secrets

import pytest
from asyncpg import Pool

from ventanilla.core.channel import Address
from ventanilla.db import people
from ventanilla.db.vault import Sealed, Vault

ME, THEM = Address("phone", "5215512345678"), Address("bsuid", "MX.123")


def vault() -> Vault:
    return Vault(secrets.token_urlsafe(32))


@pytest.mark.anyio
async def test_a_person_is_one_contact_however_often_and_however_many_meet_them(pool: Pool) -> None:
    shared = vault()

    async def meet() -> dict[Address, int]:
        async with pool.acquire() as conn:
            return dict(await people.contacts(conn, shared, [ME, THEM, ME]))

    met = await asyncio.gather(*(meet() for _ in range(12)))
    assert all(m == met[0] for m in met)
    assert len(set(met[0].values())) == 2
    async with pool.acquire() as conn:
        found = await people.addresses(conn, shared, list(met[0].values()))
        assert set(found.values()) == {ME, THEM}
        for contact in met[0].values():
            assert await conn.fetchval("SELECT count(*) FROM talk WHERE contact_id = $1", contact) == 1


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
