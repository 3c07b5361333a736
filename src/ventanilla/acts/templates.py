"""Templates brought into line with the word files, and what staff must know of them."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ventanilla.core.sending import SendFailed
from ventanilla.core.templates import (
    NEEDS_SOMEBODY,
    Known,
    Listed,
    Standing,
    TemplateUpdate,
    standing,
)
from ventanilla.db import templates
from ventanilla.db.connection import Conn
from ventanilla.metrics import ALARM
from ventanilla.words.templates import Definition, definitions

_log = logging.getLogger(__name__)


class AtMeta(Protocol):
    """Each raises `SendFailed`."""

    async def listed(self) -> tuple[Listed, ...]: ...

    async def create(self, definition: Definition) -> Known: ...

    async def edit(self, template_id: str, definition: Definition) -> None: ...

    async def delete(self, listed: Listed) -> None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One template in one language: how it stands and, with `done`, that it was made or changed just now.
    `fault`: why Meta refused that."""

    definition: Definition
    standing: Standing
    known: Known | None
    done: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`extra`: what the account has besides; it is left alone."""

    steps: tuple[Step, ...]
    extra: tuple[Known, ...]


def compare(listed: Sequence[Listed], ours: Sequence[Definition]) -> Plan:
    known = {(one.known.name, one.known.language): one.known for one in listed}
    steps = [
        Step(d, standing(known.get((d.name, d.language)), d.content.hash), known.get((d.name, d.language)))
        for d in ours
    ]
    wanted = {(d.name, d.language) for d in ours}
    return Plan(tuple(steps), tuple(k for key, k in known.items() if key not in wanted))


async def sync(conn: Conn, meta: AtMeta, *, apply: bool) -> Plan:
    """What Meta has is written down; with `apply`, what is missing is made and what is different changed.

    A template that Meta refuses does not keep the others back. Raises `SendFailed` where nothing works.
    """
    at = await templates.clock(conn)
    listed = await meta.listed()
    plan = compare(listed, definitions())
    await _keep(conn, plan, at)
    if not apply:
        return plan
    ids = {(one.known.name, one.known.language): one.id for one in listed}
    steps = [await _apply(conn, meta, step, ids) for step in plan.steps]
    await look(conn)
    return Plan(tuple(steps), plan.extra)


async def _keep(conn: Conn, plan: Plan, at: datetime) -> None:
    found = [step.known for step in plan.steps if step.known]
    async with conn.transaction():
        await templates.record(conn, found, at)
        await templates.forget_all_but(conn, found, at)
    await look(conn)


async def _apply(conn: Conn, meta: AtMeta, step: Step, ids: Mapping[tuple[str, str], str]) -> Step:
    if step.standing not in ("missing", "different"):
        return step
    wanted, at = step.definition, await templates.clock(conn)
    try:
        if step.standing == "missing" or step.known is None:
            made = await meta.create(wanted)
        else:
            await meta.edit(ids[wanted.name, wanted.language], wanted)
            made = Known(wanted.name, wanted.language, "PENDING", step.known.category, wanted.content.hash)
    except SendFailed as fault:
        if fault.fault == "account":
            raise
        return Step(wanted, step.standing, step.known, fault=fault.text)
    await templates.record(conn, [made], at)
    return Step(wanted, standing(made, wanted.content.hash), made, done=True)


async def delete(conn: Conn, meta: AtMeta, name: str) -> tuple[Known, ...]:
    """In all its languages. Gives what was deleted."""
    at = await templates.clock(conn)
    listed = await meta.listed()
    gone = [one for one in listed if one.known.name == name]
    for one in gone:
        await meta.delete(one)
    left = [one.known for one in listed if one not in gone]
    await _keep(conn, compare([Listed("", known) for known in left], definitions()), at)
    return tuple(one.known for one in gone)


@dataclass(frozen=True, slots=True)
class Shown:
    """`since` None: Meta has never told us of it."""

    definition: Definition
    standing: Standing
    reason: str
    since: datetime | None


async def shown(conn: Conn) -> tuple[Shown, ...]:
    """By our own record, without asking Meta."""
    kept = {(r.known.name, r.known.language): r for r in await templates.records(conn)}
    return tuple(
        Shown(
            d,
            standing(found.known if found else None, d.content.hash),
            found.known.reason if found else "",
            found.at if found else None,
        )
        for d in definitions()
        for found in (kept.get((d.name, d.language)),)
    )


async def look(conn: Conn) -> int:
    """Raise or end the alarm. Gives how many templates need somebody to act."""
    count = sum(s.standing in NEEDS_SOMEBODY for s in await shown(conn))
    ALARM.labels("templates").set(count > 0)
    return count


async def take_updates(conn: Conn, updates: Sequence[TemplateUpdate]) -> None:
    """Meta told of templates."""
    await templates.take_updates(conn, updates)
    for update in updates:
        _log.info("template %s (%s): %s %s", update.name, update.language, update.event, update.reason)
    await look(conn)
