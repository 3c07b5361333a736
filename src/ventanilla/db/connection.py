"""What queries run on: a connection of its own, or one lent by a pool."""

from typing import TYPE_CHECKING, TypeAlias

from asyncpg import Connection

if TYPE_CHECKING:
    from asyncpg import Record
    from asyncpg.pool import PoolConnectionProxy

    Conn: TypeAlias = Connection[Record] | PoolConnectionProxy[Record]
else:
    Conn: TypeAlias = Connection
