"""What queries run on: a connection of its own, or one lent by a pool; and which faults pass."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from asyncpg import Connection

if TYPE_CHECKING:
    from asyncpg import Record
    from asyncpg.pool import PoolConnectionProxy

    Conn: TypeAlias = Connection[Record] | PoolConnectionProxy[Record]
else:
    Conn: TypeAlias = Connection


@asynccontextmanager
async def connection(dsn: str) -> "AsyncIterator[Connection[Record]]":
    """One of its own, closed with the block."""
    conn = await asyncpg.connect(dsn)
    try:
        yield conn
    finally:
        await conn.close()


_PASSING = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    OSError,
    TimeoutError,
)


def is_passing(fault: BaseException) -> bool:
    """Whether the same may work in a moment: nobody's message is at fault.

    A value that asyncpg cannot send is an interface error too, but it would fail for ever.
    """
    return isinstance(fault, _PASSING) and not isinstance(fault, ValueError)
