"""What comes in is stored in the order in which it happened, for whom it was then."""

from datetime import timedelta

import pytest
from asyncpg import Pool
from prometheus_client import REGISTRY
from tests.world import NOW, house_in

from ventanilla.acts.house import House
from ventanilla.acts.receive import take_updates
from ventanilla.core.channel import Address
from ventanilla.core.identity import IdentityChange
from ventanilla.core.notices import ChannelNotice
from ventanilla.db import inbox, notices, people
from ventanilla.metrics import count_kept
from ventanilla.talk.engine import Heard
from ventanilla.words.incoming import Incoming, Updates

pytestmark = pytest.mark.anyio
ME, NEW = Address("phone", "5215512345678"), Address("phone", "5215587654321")


def wrote(wamid: str, sender: Address = ME, seconds: float | None = 0, *also: Address) -> Incoming:
    at = None if seconds is None else NOW + timedelta(seconds=seconds)
    return Incoming(wamid, sender, Heard("text", wamid), at, also)


async def take(pool: Pool, house: House, *batch: Updates) -> int:
    async with pool.acquire() as conn:
        return await take_updates(conn, house.vault, batch)


async def attended(pool: Pool) -> list[tuple[str, int]]:
    """(wamid, contact) of what is claimed next."""
    async with pool.acquire() as conn, conn.transaction():
        return [(c.wamid, c.contact_id) for c in await inbox.claim(conn, 100)]


async def order(pool: Pool) -> list[str]:
    found: list[str] = []
    while some := await attended(pool):
        found += [wamid for wamid, _ in some]
    return found


async def test_a_late_message_goes_before_those_that_still_wait(pool: Pool) -> None:
    house = await house_in(pool)
    await take(pool, house, Updates((wrote("second", seconds=2), wrote("third", seconds=3))))
    await take(pool, house, Updates((wrote("first", seconds=1),)))
    assert await order(pool) == ["first", "second", "third"]


async def test_within_a_second_and_without_a_time_they_are_taken_as_they_came(pool: Pool) -> None:
    house = await house_in(pool)
    await take(pool, house, Updates((wrote("a"), wrote("b"))), Updates((wrote("c"),)))
    await take(pool, house, Updates((wrote("d"), wrote("e", seconds=None), wrote("f", seconds=None))))
    assert await order(pool) == ["a", "b", "c", "d", "e", "f"]


async def test_people_are_taken_by_arrival_and_each_ones_messages_by_time(pool: Pool) -> None:
    house = await house_in(pool)
    await take(pool, house, Updates((wrote("mine", ME, 5),)))
    await take(pool, house, Updates((wrote("theirs", NEW, 1), wrote("mine, earlier", ME, 2))))
    async with pool.acquire() as conn, conn.transaction():
        assert [c.wamid for c in await inbox.claim(conn, 1)] == ["mine, earlier"]
    assert [wamid for wamid, _ in await attended(pool)] == ["mine", "theirs"]


async def test_two_copies_of_a_message_in_one_batch_or_two_are_one(pool: Pool) -> None:
    house = await house_in(pool)
    assert await take(pool, house, Updates((wrote("a"), wrote("a"))), Updates((wrote("a"),))) == 1
    assert await take(pool, house, Updates((wrote("a", seconds=9),))) == 0
    assert await order(pool) == ["a"]


async def test_a_message_set_aside_is_the_one_that_would_have_been_taken(pool: Pool) -> None:
    house = await house_in(pool)
    await take(pool, house, Updates((wrote("second", seconds=2),)))
    await take(pool, house, Updates((wrote("first", seconds=1),)))
    async with pool.acquire() as conn:
        contact = await conn.fetchval("SELECT contact_id FROM talk")
        assert await inbox.set_aside(conn, contact, "fault") == "first"


async def test_before_a_number_changes_hands_it_is_the_old_owners_and_then_the_new_ones(pool: Pool) -> None:
    house = await house_in(pool)
    news = IdentityChange((ME,), (NEW,), NOW + timedelta(seconds=10))
    batch = (wrote("new owner", ME, 20), wrote("me, moved", NEW, 30), wrote("me", ME, 1))
    await take(pool, house, Updates(batch, changes=(news, news)))
    rows = await pool.fetch("SELECT wamid, contact_id FROM inbox")
    contact = {r["wamid"]: r["contact_id"] for r in rows}
    assert contact["me"] == contact["me, moved"] != contact["new owner"]


async def test_what_is_owed_to_somebody_goes_to_their_new_number(pool: Pool) -> None:
    house = await house_in(pool)
    await take(pool, house, Updates((wrote("me"),)))
    await take(pool, house, Updates(changes=(IdentityChange((ME,), (NEW,), None),)))
    async with pool.acquire() as conn:
        contact = await conn.fetchval("SELECT contact_id FROM talk")
        assert await people.addresses(conn, house.vault, [contact]) == {contact: NEW}


async def test_news_of_the_account_is_put_before_staff_in_both_languages(pool: Pool) -> None:
    house = await house_in(pool)
    args = {"event": "ACCOUNT_VIOLATION", "details": "SPAM"}
    told = ChannelNotice("account_update", "urgent", "notice-account", args, None, b"{}")
    await take(pool, house, Updates(notices=(told,)), Updates(notices=(told,)))
    async with pool.acquire() as conn:
        (notice,) = await notices.open_notices(conn)
    assert notice.summary["es"].startswith("Meta avisa de un cambio en nuestra cuenta")
    assert "SPAM" in notice.summary["en"]


def kept(kind: str) -> float:
    return REGISTRY.get_sample_value("ventanilla_updates_kept_total", {"kind": kind}) or 0.0


async def test_what_nobody_acts_upon_is_counted_by_kind_and_kinds_do_not_grow_for_ever(pool: Pool) -> None:
    house = await house_in(pool)
    before = kept("message.reaction")
    await take(pool, house, Updates(raw=(("message.reaction", b"{}"), ("message.reaction", b"{}"))))
    assert kept("message.reaction") == before + 2
    count_kept(f"kind of next year {n}" for n in range(100))
    assert kept("other") >= 50
