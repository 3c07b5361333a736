"""What queries run on: a connection of its own, or one lent by a pool; and which faults pass."""

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


def is_passing(fault: BaseException) -> bool:
    """Whether the same may work in a moment: nobody's message is at fault.

    A value that asyncpg cannot send is an interface error too, but it would fail for ever.
    """
    return isinstance(fault, _PASSING) and not isinstance(fault, ValueError)
