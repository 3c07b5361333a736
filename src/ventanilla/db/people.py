"""Contacts and their addresses, consents and hand-overs."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from ventanilla.core.channel import Address
from ventanilla.core.identity import Group, IdentityChange, Named, canonical, groups
from ventanilla.db.connection import Conn
from ventanilla.db.merge import merge
from ventanilla.db.vault import Vault

Key = tuple[str, bytes]
T = TypeVar("T")
_TRIES = 8
_NEWS_TAKES = timedelta(days=1)
"""So long people may have written under a new name before Meta tells that it is theirs."""


class _Overtaken(Exception):
    """Another process has met somebody of these meanwhile."""


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody by all the names that one message gives, and when it was written."""

    names: tuple[Address, ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    contact_id: int
    accepted: bool
    notice_hash: str
    wamid: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Known:
    """An alias, and when its contact last wrote from any phone (None: it has none)."""

    contact_id: int
    since: datetime
    used_at: datetime
    phone_at: datetime | None


async def contacts(conn: Conn, vault: Vault, people: Sequence[Met]) -> tuple[int, ...]:
    """The contact of each. Whoever is new is written down with an empty talk, a new name is added, and
    two contacts that turn out to be one person are merged.

    Inside a transaction, until whose end the contacts stay locked: none of them is merged into another
    before what these people wrote is stored. Raises `TimeoutError` if others keep getting in between.
    """
    keys = [{_key(vault, a): a for a in met.names} for met in people]

    async def attempt() -> tuple[int, ...]:
        known = await _locked(conn, {key for names in keys for key in names})
        contact_of = {key: k.contact_id for key, k in known.items()}
        await _use(conn, people, keys, known)
        # Nearly always: everybody is known, each by one contact.
        candidates = [{contact_of.get(key) for key in names} for names in keys]
        sure = [c for some in candidates if len(some) == 1 for c in some if c is not None]
        if len(sure) == len(people):
            return tuple(sure)
        with_phone = frozenset(k.contact_id for k in known.values() if k.phone_at)
        found = groups([_named(names) for names in keys], contact_of, with_phone)
        if any(len(g.contacts) != 1 or g.keys - known.keys() for g in found):
            await _write_down(conn, vault, people, keys, known, found)
        of_message = {n: min(g.contacts) for g in found for n in g.messages}
        return tuple(of_message[n] for n in range(len(people)))

    return await _undisturbed(conn, attempt)


async def _use(
    conn: Conn, people: Sequence[Met], keys: Sequence[Mapping[Key, Address]], known: Mapping[Key, _Known]
) -> None:
    """Whoever has several phones is answered where they wrote from last. Hardly ever anything to do."""
    used = [
        (key, met.at)
        for met, names in zip(people, keys, strict=True)
        for key in names
        if key[0] == "phone" and key in known and _is_news(known, names, key)
    ]
    if used:
        await conn.execute(
            """
            UPDATE alias a SET used_at = greatest(a.used_at, u.at)
            FROM (SELECT kind, key, max(least(at, now())) AS at
                FROM unnest($1::text[], $2::bytea[], $3::timestamptz[]) AS n (kind, key, at) GROUP BY 1, 2) u
            WHERE a.kind = u.kind AND a.key = u.key
            """,
            [kind for (kind, _), _ in used],
            [key for (_, key), _ in used],
            [at for _, at in used],
        )


def _is_news(known: Mapping[Key, _Known], names: Iterable[Key], phone: Key) -> bool:
    """Another phone was used later, by this contact or by one that turns out to be the same person."""
    mine = [known[key] for key in names if key in known and key[0] != "parent_bsuid"]
    last = [k.phone_at for k in mine if k.phone_at]
    return max(last) > known[phone].used_at


async def _undisturbed(conn: Conn, attempt: Callable[[], Awaitable[T]]) -> T:
    """Again from the start when overtaken, with every lock given back: kept, they would make a ring."""
    for _ in range(_TRIES):
        try:
            async with conn.transaction():
                return await attempt()
        except _Overtaken:
            continue
    raise TimeoutError("others keep meeting the same people")


def _key(vault: Vault, address: Address) -> Key:
    return address.kind, vault.key(address.kind, canonical(address))


def _named(names: Mapping[Key, Address]) -> Named[Key]:
    strong = tuple(k for k in names if k[0] != "parent_bsuid")
    weak = tuple(k for k in names if k[0] == "parent_bsuid")
    return Named(strong, weak, any(k[0] == "phone" for k in strong))


async def _locked(conn: Conn, keys: Iterable[Key]) -> dict[Key, _Known]:
    """Who has these names, their contacts locked. `_Overtaken`: one was merged before we had the lock.

    Without the lock a message could be stored for a contact that a merge has just emptied, and nobody
    would ever answer it (tests/races shows it).
    """
    kinds_and_keys = list(keys)
    rows = await conn.fetch(
        """
        SELECT a.kind, a.key, a.contact_id, a.since, a.used_at, (SELECT max(p.used_at) FROM alias p
            WHERE p.contact_id = a.contact_id AND p.kind = 'phone') AS phone_at
        FROM alias a WHERE (a.kind, a.key) IN (SELECT * FROM unnest($1::text[], $2::bytea[]))
        """,
        [kind for kind, _ in kinds_and_keys],
        [key for _, key in kinds_and_keys],
    )
    known = {(r["kind"], bytes(r["key"])): _Known(*list(r.values())[2:]) for r in rows}
    merged = await conn.fetch(
        "SELECT merged_into FROM contact WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE",
        list({k.contact_id for k in known.values()}),
    )
    if any(r["merged_into"] for r in merged):
        raise _Overtaken
    return known


async def _write_down(
    conn: Conn,
    vault: Vault,
    people: Sequence[Met],
    keys: Sequence[Mapping[Key, Address]],
    known: Mapping[Key, _Known],
    found: Sequence[Group[Key]],
) -> None:
    """Makes each group one contact that has all its names. Raises `_Overtaken`."""
    new = [g for g in found if not g.contacts]
    for group, contact in zip(new, await _new_contacts(conn, len(new)), strict=True):
        group.contacts.add(contact)
    names = {key: address for each in keys for key, address in each.items()}
    fresh = sorted((key, g) for g in found for key in g.keys - known.keys())
    since = [min((at for n in g.messages if (at := people[n].at)), default=None) for _, g in fresh]
    # In order of key: two processes that meet the same people never wait for each other in a ring.
    added = await conn.fetch(
        """
        INSERT INTO alias (kind, key, contact_id, sealed, since, used_at)
        SELECT kind, key, contact_id, sealed, least(since, now()), least(since, now())
        FROM unnest($1::text[], $2::bytea[], $3::bigint[], $4::bytea[], $5::timestamptz[])
            AS a (kind, key, contact_id, sealed, since)
        ORDER BY kind, key
        ON CONFLICT DO NOTHING RETURNING 1
        """,
        [kind for (kind, _), _ in fresh],
        [key for (_, key), _ in fresh],
        [min(g.contacts) for _, g in fresh],
        [vault.seal("alias", names[key].text.encode()) for key, _ in fresh],
        since,
    )
    if len(added) < len(fresh):
        raise _Overtaken
    # Last, because it touches names in no order, and whoever adds one of them waits for us.
    await merge(conn, {c: min(g.contacts) for g in found for c in g.contacts if len(g.contacts) > 1})


async def _new_contacts(conn: Conn, count: int) -> list[int]:
    """With an empty talk each."""
    rows = await conn.fetch(
        """
        WITH made AS (
            INSERT INTO contact (made_at) SELECT now() FROM generate_series(1, $1) RETURNING id
        )
        INSERT INTO talk (contact_id) SELECT id FROM made RETURNING contact_id
        """,
        count,
    )
    return sorted(r["contact_id"] for r in rows)


async def change(conn: Conn, vault: Vault, news: IdentityChange, now: datetime) -> None:
    """Somebody is called something else from now on: same talk, same appointments. Told twice, nothing more.

    A number goes from hand to hand, so a name counts only for its time: an old one that somebody has had
    since after the change is not touched, and a new one that somebody had long before is taken from them.
    """
    was = {_key(vault, a): a for a in news.was}
    become = {_key(vault, a): a for a in news.now}
    at = news.at or now

    async def attempt() -> None:
        known = await _locked(conn, was.keys() | become.keys())
        ours = {key: a for key, a in was.items() if key in known and known[key].since <= at}
        if not ours:
            return
        us = {known[key].contact_id for key in ours}
        theirs = [key for key in become.keys() & known.keys() if known[key].contact_id not in us]
        await _release(conn, [key for key in theirs if known[key].since < at - _NEWS_TAKES])
        await contacts(conn, vault, [Met((*ours.values(), *news.now), at)])
        kinds = {kind for kind, _ in become}
        await _release(conn, [key for key in ours if key[0] in kinds and key not in become])

    await _undisturbed(conn, attempt)


async def _release(conn: Conn, keys: Sequence[Key]) -> None:
    """Nobody's any more; their contacts are locked already."""
    await conn.execute(
        "DELETE FROM alias WHERE (kind, key) IN (SELECT * FROM unnest($1::text[], $2::bytea[]))",
        [kind for kind, _ in keys],
        [key for _, key in keys],
    )


async def addresses(conn: Conn, vault: Vault, contact_ids: Sequence[int]) -> Mapping[int, Address]:
    """One address each to send to: a phone goes before an id, the one used last first. Nothing for a
    contact whose only number has become somebody else's."""
    rows = await conn.fetch(
        """
        SELECT DISTINCT ON (contact_id) contact_id, kind, sealed FROM alias
        WHERE contact_id = ANY($1::bigint[]) ORDER BY contact_id, kind <> 'phone', kind, used_at DESC
        """,
        contact_ids,
    )
    return {r["contact_id"]: Address(r["kind"], vault.open("alias", r["sealed"]).decode()) for r in rows}


async def write_consents(conn: Conn, consents: Sequence[Consent]) -> None:
    await conn.executemany(
        "INSERT INTO consent (contact_id, accepted, notice_hash, wamid, at) VALUES ($1, $2, $3, $4, $5)",
        [(c.contact_id, c.accepted, c.notice_hash, c.wamid, c.at) for c in consents],
    )


async def write_hand_overs(conn: Conn, contact_ids: Sequence[int], reason: str, at: datetime) -> None:
    await conn.execute(
        "INSERT INTO hand_over (contact_id, reason, at) SELECT unnest($1::bigint[]), $2, $3",
        contact_ids,
        reason,
        at,
    )
