"""The 24-hour window: what may not go out now waits, and the person is asked to write."""

from collections.abc import Sequence

from ventanilla.db import outbox
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault


async def park(conn: Conn, vault: Vault, ids: Sequence[int]) -> None:
    """Keep these for when their people write again, and invite each of them once."""
    await outbox.park(conn, ids)
