"""Files that Meta keeps for us: uploaded once per content, used again until they expire."""

from datetime import datetime, timedelta

from ventanilla.db.connection import Conn

_KEPT = timedelta(days=29)
"""Meta keeps an uploaded file for 30 days; the last one is left for messages on their way."""


async def find(conn: Conn, key: bytes, now: datetime) -> str | None:
    media_id: str | None = await conn.fetchval(
        "SELECT media_id FROM media WHERE key = $1 AND uploaded_at > $2", key, now - _KEPT
    )
    return media_id


async def keep(conn: Conn, key: bytes, media_id: str, now: datetime) -> None:
    await conn.execute(
        """
        INSERT INTO media (key, media_id, uploaded_at) VALUES ($1, $2, $3)
        ON CONFLICT (key) DO UPDATE SET media_id = excluded.media_id, uploaded_at = excluded.uploaded_at
        """,
        key,
        media_id,
        now,
    )


async def forget(conn: Conn, key: bytes) -> None:
    """Meta does not know it any more."""
    await conn.execute("DELETE FROM media WHERE key = $1", key)


async def forget_expired(conn: Conn, now: datetime) -> None:
    await conn.execute("DELETE FROM media WHERE uploaded_at <= $1", now - _KEPT)
