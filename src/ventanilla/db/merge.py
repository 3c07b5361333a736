"""Two contacts turn out to be one person: everything becomes the older one's (decision 0009)."""

from collections.abc import Mapping

from ventanilla.db import booking, forms
from ventanilla.db.connection import Conn

MOVED = (
    *("alias", "inbox", "outbox", "consent", "hand_over", "appointment", "hold", "form"),
    *("access", "proof_try", "given_up", "waiting", "draw_entry", "offer"),
)
"""Tables that name a contact. `talk` is missing: of several talks one lives on."""

_PAIRS = "unnest($1::bigint[], $2::bigint[]) AS m (id, heir)"


async def merge(conn: Conn, survivors: Mapping[int, int]) -> None:
    """`survivors`: each contact concerned and the one that lives on, which is named too, by itself.

    The contacts are locked already. Their talks are locked here, in ascending order, which waits for
    whoever is taking a turn: what that turn writes is moved too (tests/races shows what is lost otherwise).
    """
    if not survivors:
        return
    ids, heirs = list(survivors), list(survivors.values())
    await conn.execute(
        "SELECT FROM talk WHERE contact_id = ANY($1::bigint[]) ORDER BY contact_id FOR UPDATE", ids
    )
    speaking = await _last_talks(conn, ids, heirs)
    # A hold goes with its talk: a place nobody is being asked about would only be kept from others.
    # So does an open form.
    silent = [c for c in ids if c not in speaking]
    await booking.let_go(conn, silent)
    await forms.leave(conn, silent)
    for table in MOVED:
        await conn.execute(
            f"UPDATE {table} SET contact_id = heir FROM {_PAIRS} WHERE contact_id = m.id AND m.id <> heir",
            ids,
            heirs,
        )
    await conn.execute(
        f"""
        WITH parts AS (
            SELECT m.heir, max(c.wrote_at) AS wrote_at, max(c.pair_at) AS pair_at,
                max(c.invited_at) AS invited_at
            FROM contact c JOIN {_PAIRS} ON m.id = c.id GROUP BY 1
        )
        UPDATE contact c SET wrote_at = p.wrote_at, pair_at = p.pair_at, invited_at = p.invited_at
        FROM parts p WHERE c.id = p.heir
        """,
        ids,
        heirs,
    )
    await conn.execute(
        f"""
        UPDATE contact c SET merged_into = m.heir FROM {_PAIRS}
        WHERE (c.id = m.id OR c.merged_into = m.id) AND m.id <> m.heir
        """,
        ids,
        heirs,
    )


async def _last_talks(conn: Conn, ids: list[int], heirs: list[int]) -> frozenset[int]:
    """Each person goes on with the talk they had last. Gives whose talks those were."""
    kept = await conn.fetch(
        f"""
        SELECT DISTINCT ON (m.heir) m.id, m.heir FROM talk t JOIN {_PAIRS} ON m.id = t.contact_id
        ORDER BY m.heir, t.heard_at DESC NULLS LAST, t.contact_id
        """,
        ids,
        heirs,
    )
    await conn.execute(
        f"""
        UPDATE talk t SET sealed = k.sealed, heard_at = k.heard_at, forgotten = k.forgotten
        FROM talk k JOIN {_PAIRS} ON m.id = k.contact_id WHERE t.contact_id = m.heir AND m.id <> m.heir
        """,
        [r["id"] for r in kept],
        [r["heir"] for r in kept],
    )
    gone = set(ids) - set(heirs)
    await conn.execute("DELETE FROM talk WHERE contact_id = ANY($1::bigint[])", list(gone))
    return frozenset(r["id"] for r in kept)
