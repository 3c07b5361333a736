"""Our record of what Meta says of each of our templates, by name and Meta's name of the language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.templates import TEMPLATES, Known, TemplateUpdate, can_be_sent
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Record:
    """`at`: when we were told of its status."""

    known: Known
    at: datetime


async def clock(conn: Conn) -> datetime:
    """The database's own, which all processes share. To be looked at before Meta is asked anything."""
    at: datetime = await conn.fetchval("SELECT clock_timestamp()")
    return at


async def record(conn: Conn, found: Sequence[Known], at: datetime) -> None:
    """What Meta answered to a question asked at `at`. News that came meanwhile stays: only the content,
    of which no webhook tells, is taken from the older answer."""
    await conn.execute(
        """
        INSERT INTO template AS t (name, language, status, category, hash, reason, quality, at)
        SELECT *, $8
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
        ON CONFLICT (name, language) DO UPDATE SET hash = excluded.hash,
            status = CASE WHEN t.at > $8 THEN t.status ELSE excluded.status END,
            reason = CASE WHEN t.at > $8 THEN t.reason ELSE excluded.reason END,
            category = CASE WHEN t.at > $8 THEN t.category ELSE excluded.category END,
            quality = CASE WHEN t.at > $8 THEN t.quality ELSE excluded.quality END,
            -- A pause ends after so long: being told of it once more does not begin it again.
            at = CASE WHEN t.status = excluded.status THEN t.at ELSE greatest(t.at, $8) END
        """,
        [k.name for k in found],
        [k.language for k in found],
        [k.status for k in found],
        [k.category for k in found],
        [k.hash for k in found],
        [k.reason for k in found],
        [k.quality for k in found],
        at,
    )


async def forget_all_but(conn: Conn, found: Sequence[Known], at: datetime) -> None:
    """What Meta does not list any more, unless we heard of it since `at`."""
    await conn.execute(
        """
        DELETE FROM template WHERE at <= $3
            AND (name, language) NOT IN (SELECT * FROM unnest($1::text[], $2::text[]))
        """,
        [k.name for k in found],
        [k.language for k in found],
        at,
    )


async def take_updates(conn: Conn, updates: Sequence[TemplateUpdate]) -> None:
    """News of our own templates, in the order in which they came; others are none of our business.

    A row that is not there yet is made: news may come before our own record of having made the template.
    """
    for update in updates:
        if update.name not in TEMPLATES:
            continue
        match update.event:
            case "COMPONENTS":
                pass  # somebody edited its text, perhaps we; which text, only a comparison shows
            case "QUALITY" | "CATEGORY":
                column = update.event.lower()
                await conn.execute(
                    f"UPDATE template SET {column} = $3 WHERE name = $1 AND language = $2",
                    update.name,
                    update.language,
                    update.reason,
                )
            case status:
                await _take_status(conn, update.name, update.language, status, update.reason)


async def _take_status(conn: Conn, name: str, language: str, status: str, reason: str) -> None:
    await conn.execute(
        """
        INSERT INTO template (name, language, status, category, hash, reason, quality, at)
        VALUES ($1, $2, $3, 'UTILITY', '', $4, '', clock_timestamp())
        ON CONFLICT (name, language)
            DO UPDATE SET status = excluded.status, reason = excluded.reason, at = excluded.at
        """,
        name,
        language,
        status,
        "" if reason == "NONE" else reason,
    )


async def records(conn: Conn) -> tuple[Record, ...]:
    rows = await conn.fetch(
        """
        SELECT name, language, status, category, hash, reason, quality, at FROM template
        ORDER BY name, language
        """
    )
    return tuple(Record(Known(*list(r.values())[:-1]), r["at"]) for r in rows)


async def usable(conn: Conn, name: str, language: str) -> bool:
    """Whether Meta would send it, as far as we know. `language` as Meta calls it."""
    row = await conn.fetchrow(
        "SELECT status, at, clock_timestamp() AS now FROM template WHERE name = $1 AND language = $2",
        name,
        language,
    )
    return row is not None and can_be_sent(row["status"], row["at"], row["now"])
