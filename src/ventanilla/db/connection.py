"""What queries run on: a connection of its own, or one lent by a pool."""

from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from asyncpg import Connection

if TYPE_CHECKING:
    from asyncpg import Record
    from asyncpg.pool import PoolConnectionProxy

    Conn: TypeAlias = Connection[Record] | PoolConnectionProxy[Record]
else:
    Conn: TypeAlias = Connection

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
"""Nobody's message is at fault: the same is tried again after a moment."""


def is_passing(fault: Exception) -> bool:
    """A value that asyncpg cannot send is an interface error too, but it would fail for ever."""
    return isinstance(fault, _PASSING) and not isinstance(fault, ValueError)
