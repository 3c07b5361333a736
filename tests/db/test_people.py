"""Contacts, their addresses, and the sealing of what is theirs."""

import asyncio
import secrets
from datetime import datetime, timedelta

import pytest
from asyncpg import Connection, Pool
from tests.world import NINE, NOW, house_in, open_at

from ventanilla.core.booking import Place
from ventanilla.core.channel import Address
from ventanilla.core.identity import IdentityChange
from ventanilla.db import booking, forms, inbox, merge, outbox, people
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Sealed, Vault

ME, THEM = Address("phone", "5215512345678"), Address("bsuid", "MX.123")
NEW, OTHER_ID = Address("phone", "5215587654321"), Address("bsuid", "MX.456")
PARENT = Address("parent_bsuid", "MX.ENT.789")
LONG_AGO = NOW - timedelta(days=30)


def vault() -> Vault:
    return Vault(secrets.token_urlsafe(32))


async def meet(
    pool: Pool, keys: Vault, *everybody: tuple[Address, ...], at: datetime = LONG_AGO
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


@pytest.mark.anyio
async def test_new_names_are_added_to_whoever_is_known_by_another(pool: Pool) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (ME,))
    assert await meet(pool, keys, (ME, THEM, PARENT)) == (me,)
    assert await meet(pool, keys, (THEM,), (PARENT,)) == (me, me)
    async with pool.acquire() as conn:
        assert await people.addresses(conn, keys, [me]) == {me: ME}


@pytest.mark.anyio
async def test_a_mexican_number_with_and_without_the_1_is_one_person_written_to_as_meta_wrote_it(
    pool: Pool,
) -> None:
    keys, short = vault(), Address("phone", "525512345678")
    (me,) = await meet(pool, keys, (short,))
    assert await meet(pool, keys, (ME,), (short,)) == (me, me)
    async with pool.acquire() as conn:
        assert await people.addresses(conn, keys, [me]) == {me: short}


@pytest.mark.anyio
async def test_the_newest_phone_is_written_to_and_an_id_only_without_one(pool: Pool) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (THEM,))
    async with pool.acquire() as conn:
        assert await people.addresses(conn, keys, [me]) == {me: THEM}
    await meet(pool, keys, (NEW, THEM), at=later(hours=1))
    await meet(pool, keys, (ME, THEM))
    async with pool.acquire() as conn:
        assert await people.addresses(conn, keys, [me]) == {me: NEW}


@pytest.mark.anyio
async def test_of_two_phones_the_one_written_from_last_is_answered(pool: Pool) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (ME, THEM))
    await meet(pool, keys, (NEW, THEM), at=later(hours=1))
    for name, at, answered in (
        (ME, later(hours=2), ME),
        (NEW, later(hours=3), NEW),
        (ME, later(hours=2), NEW),
    ):
        assert await meet(pool, keys, (name,), at=at) == (me,)
        async with pool.acquire() as conn:
            assert await people.addresses(conn, keys, [me]) == {me: answered}


@pytest.mark.anyio
async def test_two_contacts_with_a_phone_each_are_answered_where_they_were_found_out(pool: Pool) -> None:
    keys = vault()
    me, _ = await meet(pool, keys, (ME,), (NEW, THEM), at=later(hours=1))
    assert await meet(pool, keys, (ME, THEM), at=later(hours=2)) == (me,)
    async with pool.acquire() as conn:
        assert await people.addresses(conn, keys, [me]) == {me: ME}


@pytest.mark.anyio
async def test_a_parent_does_not_make_one_person_of_two_phones(pool: Pool) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (ME, PARENT))
    (they,) = await meet(pool, keys, (NEW, PARENT))
    assert me != they
    assert await meet(pool, keys, (ME, PARENT), (NEW, PARENT), (PARENT,)) == (me, they, me)


@pytest.mark.anyio
async def test_a_parent_makes_one_person_of_a_phone_and_an_id_of_another_number(pool: Pool) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (THEM, PARENT))
    (also_me,) = await meet(pool, keys, (ME,))
    assert also_me != me
    assert await meet(pool, keys, (ME, PARENT)) == (me,)
    assert await pool.fetchval("SELECT merged_into FROM contact WHERE id = $1", also_me) == me


async def books(conn: Conn, contact: int, place: Place, person: bytes) -> None:
    want = booking.WantBooking(contact, place, f"F{contact}", "first", person, b"sealed", "es")
    (made,) = await booking.book(conn, [want], NOW)
    assert made.id


async def lives(conn: Conn, contact: int, place: Place, held: Place, heard_at: datetime) -> None:
    """Somebody with everything that a contact can have."""
    tag = f"{contact}"
    messages = [inbox.Arrived(f"{tag}.{n}", contact, "text", b"", NOW) for n in range(2)]
    await inbox.put(conn, messages)
    await conn.execute("UPDATE inbox SET state = 'done' WHERE wamid = $1", f"{tag}.0")
    await outbox.put(conn, [outbox.Owed(contact, "message", b"") for _ in range(2)])
    await people.write_consents(conn, [people.Consent(contact, True, "hash", tag, NOW)])
    await people.write_hand_overs(conn, [contact], "asked", NOW)
    await books(conn, contact, place, tag.encode())
    got = await booking.hold(conn, [booking.WantHold(contact, held)], NOW, NOW + timedelta(minutes=15))
    assert got
    await inbox.save_talks(conn, [contact], [tag.encode()], heard_at)
    await forms.issue(conn, [forms.Want(contact, "es", NOW + timedelta(days=1))], NOW)


@pytest.mark.anyio
@pytest.mark.parametrize("last", ["older", "younger"])
async def test_two_contacts_that_are_one_person_keep_everything_and_the_last_talk_with_its_hold(
    pool: Pool, last: str
) -> None:
    house = await house_in(pool)
    older, younger = await meet(pool, house.vault, (ME,), (THEM,))
    times = {older: NOW, younger: NOW + timedelta(minutes=1 if last == "younger" else -1)}
    speaking = younger if last == "younger" else older
    async with pool.acquire() as conn:
        nine, ten = await open_at(conn, 2, NINE, NINE + timedelta(hours=1))
        await open_at(conn, 2, NINE + timedelta(hours=2), NINE + timedelta(hours=3))
        held = {older: Place(nine.office_id, NINE + timedelta(hours=2))}
        held[younger] = Place(nine.office_id, NINE + timedelta(hours=3))
        await lives(conn, older, nine, held[older], times[older])
        await lives(conn, younger, ten, held[younger], times[younger])
    assert await meet(pool, house.vault, (ME, THEM)) == (older,)

    for table, rows in {
        "inbox": 4,
        "outbox": 4,
        "consent": 2,
        "hand_over": 2,
        "appointment": 2,
        "form": 2,
    }.items():
        assert await pool.fetchval(f"SELECT count(*) FROM {table} WHERE contact_id = $1", older) == rows, (
            table
        )
        assert await pool.fetchval(f"SELECT count(*) FROM {table} WHERE contact_id = $1", younger) == 0, table
    (talk,) = await pool.fetch("SELECT contact_id, sealed FROM talk")
    assert tuple(talk) == (older, str(speaking).encode())
    (hold,) = await pool.fetch("SELECT h.contact_id, starts_at FROM hold h JOIN slot s ON s.id = slot_id")
    assert tuple(hold) == (older, held[speaking].starts_at)
    assert await pool.fetchval("SELECT count(*) FROM form WHERE state = 'open'") == 1
    assert await pool.fetchval("SELECT sum(held) FROM slot") == 1
    assert await pool.fetchval("SELECT sum(booked) FROM slot") == 2
    assert await pool.fetchval("SELECT merged_into FROM contact WHERE id = $1", younger) == older
    assert await meet(pool, house.vault, (THEM,), (ME,)) == (older, older)


@pytest.mark.anyio
async def test_whoever_was_merged_before_points_to_whoever_lives_on(pool: Pool) -> None:
    keys = vault()
    first, second, third = [(await meet(pool, keys, (name,)))[0] for name in (ME, THEM, OTHER_ID)]
    assert await meet(pool, keys, (THEM, OTHER_ID)) == (second,)
    assert await meet(pool, keys, (ME, THEM)) == (first,)
    rows = await pool.fetch("SELECT id, merged_into FROM contact WHERE merged_into IS NOT NULL ORDER BY id")
    assert [tuple(r) for r in rows] == [(second, first), (third, first)]


@pytest.mark.anyio
async def test_every_table_that_names_a_contact_is_thought_of_when_two_become_one(conn: Connection) -> None:
    rows = await conn.fetch(
        """
        SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint
        WHERE confrelid = 'contact'::regclass AND contype = 'f'
        """
    )
    assert {r["name"] for r in rows} - {"contact", "talk"} == set(merge.MOVED)


async def changes(pool: Pool, keys: Vault, *news: IdentityChange) -> None:
    async with pool.acquire() as conn, conn.transaction():
        for each in news:
            await people.change(conn, keys, each, NOW)


def later(**gap: float) -> datetime:
    return LONG_AGO + timedelta(**gap)


MOVED_AWAY = IdentityChange((ME, THEM), (NEW, OTHER_ID), later(days=3))


@pytest.mark.anyio
async def test_a_changed_number_keeps_the_contact_and_lets_go_of_the_old_one(pool: Pool) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (ME, THEM))
    await changes(pool, keys, MOVED_AWAY)
    assert await meet(pool, keys, (NEW,), (OTHER_ID,)) == (me, me)
    async with pool.acquire() as conn:
        assert await people.addresses(conn, keys, [me]) == {me: NEW}
    (stranger,) = await meet(pool, keys, (ME,), at=later(days=5))
    assert stranger != me


@pytest.mark.anyio
async def test_news_told_again_does_not_touch_the_numbers_next_owner(pool: Pool) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (ME, THEM))
    await changes(pool, keys, MOVED_AWAY)
    (stranger,) = await meet(pool, keys, (ME,), at=later(days=5))
    await changes(pool, keys, MOVED_AWAY, MOVED_AWAY)
    assert await meet(pool, keys, (NEW,), (ME,)) == (me, stranger)


@pytest.mark.anyio
async def test_who_wrote_from_the_new_number_before_the_news_came_is_the_same_person(pool: Pool) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (ME,))
    (also_me,) = await meet(pool, keys, (NEW,), at=later(days=3))
    assert also_me != me
    await changes(pool, keys, MOVED_AWAY)
    assert await meet(pool, keys, (NEW,)) == (me,)


@pytest.mark.anyio
async def test_a_number_that_was_somebody_elses_long_before_is_taken_from_them_and_nothing_more(
    pool: Pool,
) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (ME,))
    (stranger,) = await meet(pool, keys, (NEW,))
    await changes(pool, keys, MOVED_AWAY)
    assert await meet(pool, keys, (NEW,)) == (me,)
    assert await pool.fetchval("SELECT merged_into FROM contact WHERE id = $1", stranger) is None
    async with pool.acquire() as conn:
        assert await people.addresses(conn, keys, [me, stranger]) == {me: NEW}


@pytest.mark.anyio
async def test_a_new_scoped_id_alone_keeps_the_phone(pool: Pool) -> None:
    keys = vault()
    (me,) = await meet(pool, keys, (ME, THEM))
    await changes(pool, keys, IdentityChange((THEM,), (OTHER_ID,), later(days=3)))
    assert await meet(pool, keys, (OTHER_ID,), (ME,)) == (me, me)
    assert await meet(pool, keys, (THEM,)) != (me,)


@pytest.mark.anyio
async def test_news_of_nobody_we_know_writes_nothing_down(pool: Pool) -> None:
    await changes(pool, vault(), MOVED_AWAY)
    assert await pool.fetchval("SELECT count(*) FROM contact") == 0


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
