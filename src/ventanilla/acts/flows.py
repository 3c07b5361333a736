"""The forms at Meta made to be those of the word files: compared first, changed only when asked to.

What is published is never changed under the fingers of those who have it open: another form takes its
place, and the old one is withdrawn by a later run (decision 0011).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from ventanilla.core.flows import FlowAtMeta
from ventanilla.db import forms
from ventanilla.db.connection import Conn
from ventanilla.words import LANGUAGES, words
from ventanilla.words.flow_json import encoded, flow_json

PREFIX = "ventanilla_cita"
Deed = Literal["none", "key", "make", "publish", "withdraw"]


class Meta(Protocol):
    """All raise `SendFailed`."""

    async def public_key(self) -> str: ...

    async def put_public_key(self, pem: str) -> None: ...

    async def flows(self) -> Sequence[FlowAtMeta]: ...

    async def make(self, name: str, endpoint: str) -> str:
        """Gives its id."""

    async def point(self, flow_id: str, endpoint: str) -> None: ...

    async def upload(self, flow_id: str, body: bytes) -> tuple[str, ...]:
        """Gives what is wrong with it."""

    async def publish(self, flow_id: str) -> None: ...

    async def deprecate(self, flow_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One form (or the key) and what is, or was, to be done. `faults` are Meta's, and stop it."""

    name: str
    status: str
    deed: Deed
    flow_id: str = ""
    faults: tuple[str, ...] = ()
    done: bool = False


@dataclass(frozen=True, slots=True)
class Ours:
    language: str
    name: str
    body: bytes
    hash: str


def ours() -> tuple[Ours, ...]:
    """The form of each language; its name tells which JSON it has."""
    found = []
    for language in LANGUAGES:
        body, hash_ = encoded(flow_json(words(language)))
        found.append(Ours(language, f"{PREFIX}_{language}_{hash_[:8]}", body, hash_))
    return tuple(found)


async def plan(meta: Meta, public_pem: str) -> tuple[Step, ...]:
    """What differs, in the order in which it must be done."""
    same_key = (await meta.public_key()).split() == public_pem.split()
    steps = [Step("key", "same" if same_key else "other", "none" if same_key else "key")]
    listed = {flow.name: flow for flow in await meta.flows() if flow.status != "DEPRECATED"}
    for form in ours():
        there = listed.pop(form.name, None)
        deed: Deed = "make" if there is None else "publish" if there.status == "DRAFT" else "none"
        status, flow_id = (there.status, there.id) if there else ("missing", "")
        steps.append(Step(form.name, status, deed, flow_id))
    settled = all(step.deed == "none" for step in steps[1:])
    old = (f for f in listed.values() if f.name.startswith(f"{PREFIX}_") and f.status != "DRAFT")
    return (*steps, *(Step(f.name, f.status, "withdraw" if settled else "none", f.id) for f in old))


async def apply(
    conn: Conn, meta: Meta, steps: Sequence[Step], public_pem: str, endpoint: str, now: datetime
) -> tuple[Step, ...]:
    """Do it, and write down what may be offered. A form that Meta finds faults in stays a draft."""
    by_name = {form.name: form for form in ours()}
    done = []
    for step in steps:
        form = by_name.get(step.name)
        after = await _done(meta, step, form, public_pem, endpoint)
        done.append(after)
        if form and not after.faults:
            usable = after.done or after.status == "PUBLISHED"
            flow = forms.Flow(form.language, after.flow_id, form.hash, published=usable)
            await forms.put_flow(conn, flow, now)
    return tuple(done)


async def _done(meta: Meta, step: Step, form: Ours | None, public_pem: str, endpoint: str) -> Step:
    if step.deed == "key":
        await meta.put_public_key(public_pem)
    elif step.deed == "withdraw":
        await meta.deprecate(step.flow_id)
    elif form and step.deed != "none":
        return await _published(meta, step, form, endpoint)
    return replace(step, done=step.deed != "none")


async def _published(meta: Meta, step: Step, form: Ours, endpoint: str) -> Step:
    if step.deed == "make":
        step = replace(step, flow_id=await meta.make(form.name, endpoint))
    else:
        await meta.point(step.flow_id, endpoint)
    faults = await meta.upload(step.flow_id, form.body)
    if faults:
        return replace(step, faults=faults)
    await meta.publish(step.flow_id)
    return replace(step, done=True)
