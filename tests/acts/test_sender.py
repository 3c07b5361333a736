"""Files are uploaded once per content, used again while Meta keeps them, and uploaded anew after that."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec
import pytest
from asyncpg import Pool
from tests.world import NOW, contacts, house_in

from ventanilla.acts.house import House
from ventanilla.acts.sender import Sender
from ventanilla.acts.turn import PaperOwed
from ventanilla.core.channel import Address
from ventanilla.core.sending import SendFailed
from ventanilla.db import media
from ventanilla.db.outbox import Due
from ventanilla.words.compose import Message
from ventanilla.words.limits import OverLimit
from ventanilla.words.outgoing import Document, File, Outgoing

pytestmark = pytest.mark.anyio
TO = Address("phone", "5215512345678")


@dataclass(slots=True)
class Shelf:
    """A channel that keeps files until it is told to lose them."""

    files: dict[str, File] = field(default_factory=dict)
    uploads: int = 0
    shown: list[Outgoing] = field(default_factory=list)

    async def upload(self, file: File) -> str:
        self.uploads += 1
        self.files[f"media{self.uploads}"] = file
        return f"media{self.uploads}"

    async def send(self, to: Address, what: Outgoing, reference: str) -> str:
        if isinstance(what, Document) and what.media not in self.files:
            raise SendFailed("few", "media id is not known or has expired", 131053)
        self.shown.append(what)
        return f"wamid.{reference}"

    async def attend(self, wamid: str) -> None:
        pass


def notice(house: House, language: str = "es", number: int = 1) -> Due:
    body = msgspec.json.encode(PaperOwed("notice", {}, language))
    return Due(number, 1, "paper", house.vault.seal("outbox", body), 1, language, None, NOW)


async def test_the_notice_is_uploaded_once_for_everybody(pool: Pool) -> None:
    house, shelf = await house_in(pool), Shelf()
    sender = Sender(pool, house, shelf)
    for number in range(3):
        await sender.send(TO, notice(house, number=number))
    await sender.send(TO, notice(house, "en"))
    assert shelf.uploads == 2
    assert [d.media for d in shelf.shown if isinstance(d, Document)] == ["media1"] * 3 + ["media2"]
    assert shelf.files["media1"].content.startswith(b"%PDF")
    kept = await pool.fetch("SELECT key FROM media")
    assert not any(b"notice" in r["key"] for r in kept)


async def test_after_its_thirty_days_it_is_uploaded_again(pool: Pool) -> None:
    house, shelf = await house_in(pool), Shelf()
    sender = Sender(pool, house, shelf)
    await sender.send(TO, notice(house))
    await pool.execute("UPDATE media SET uploaded_at = uploaded_at - interval '29 days'")
    await sender.send(TO, notice(house))
    assert shelf.uploads == 2


async def test_what_meta_does_not_keep_any_more_is_forgotten_here_too(pool: Pool) -> None:
    house, shelf = await house_in(pool), Shelf()
    sender = Sender(pool, house, shelf)
    await sender.send(TO, notice(house))
    await sender.send(TO, notice(house, "en"))
    await pool.execute(
        "UPDATE media SET uploaded_at = uploaded_at - interval '29 days' WHERE media_id = 'media1'"
    )
    async with pool.acquire() as conn:
        await media.forget_expired(conn, datetime.now(UTC))
    assert [r["media_id"] for r in await pool.fetch("SELECT media_id FROM media")] == ["media2"]


async def test_an_id_that_meta_lost_before_its_time_is_replaced_at_once(pool: Pool) -> None:
    house, shelf = await house_in(pool), Shelf()
    sender = Sender(pool, house, shelf)
    await sender.send(TO, notice(house))
    shelf.files.clear()
    await sender.send(TO, notice(house))
    assert shelf.uploads == 2
    assert len(shelf.shown) == 2


async def test_a_fresh_file_that_is_refused_is_not_uploaded_for_ever(pool: Pool) -> None:
    class Broken(Shelf):
        async def upload(self, file: File) -> str:
            await Shelf.upload(self, file)
            return "nobody knows this"

    house, shelf = await house_in(pool), Broken()
    with pytest.raises(SendFailed):
        await Sender(pool, house, shelf).send(TO, notice(house))
    assert shelf.uploads == 1


async def test_what_is_over_a_limit_never_reaches_the_channel(pool: Pool) -> None:
    house, shelf = await house_in(pool), Shelf()
    async with pool.acquire() as conn:
        (me,) = await contacts(conn, house, 1)
    body = house.vault.seal("outbox", msgspec.json.encode(Message("x" * 4097)))
    with pytest.raises(OverLimit):
        await Sender(pool, house, shelf).send(TO, Due(1, me, "message", body, 1, "es", None, NOW))
    assert shelf.shown == []
