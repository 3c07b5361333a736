"""The forms at Meta become those of the word files, over real HTTP; what is published is never changed."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from asyncpg import Pool
from tests.flows_at_meta import ACCOUNT, NUMBER, FlowsAtMeta

from ventanilla.acts.flows import Step, apply, ours, plan
from ventanilla.core.sending import SendFailed
from ventanilla.db import forms
from ventanilla.jobs import utc_now
from ventanilla.wire.whatsapp.flow_crypto import new_private_key, private_keys, public_pem
from ventanilla.wire.whatsapp.flow_management import FlowManagement
from ventanilla.words import LANGUAGES

pytestmark = pytest.mark.anyio
KEY = public_pem(private_keys(new_private_key())[0])
ENDPOINT = "https://citas.example/webhooks/whatsapp/flow"
NAMES = [form.name for form in ours()]


@asynccontextmanager
async def managing(meta: FlowsAtMeta) -> AsyncIterator[FlowManagement]:
    async with (
        meta.serving() as url,
        FlowManagement(url, "v26.0", ACCOUNT, NUMBER, secrets.token_hex(8)) as management,
    ):
        yield management


async def synced(pool: Pool, management: FlowManagement) -> tuple[Step, ...]:
    steps = await plan(management, KEY)
    async with pool.acquire() as conn:
        return await apply(conn, management, steps, KEY, ENDPOINT, utc_now())


async def test_comparing_changes_nothing() -> None:
    meta = FlowsAtMeta()
    async with managing(meta) as management:
        steps = await plan(management, KEY)
    assert [s.deed for s in steps] == ["key", "make", "make"]
    assert not meta.calls


async def test_the_key_comes_first_and_each_language_is_made_uploaded_and_published(pool: Pool) -> None:
    meta = FlowsAtMeta()
    async with managing(meta) as management:
        steps = await synced(pool, management)
        assert all(s.done for s in steps)
        assert meta.calls == ["key", *(f"{d} {n}" for n in NAMES for d in ("make", "publish"))]
        assert {f["endpoint_uri"] for f in meta.flows.values()} == {ENDPOINT}
        assert {len(f["json"]["screens"]) for f in meta.flows.values()} == {9}
        async with pool.acquire() as conn:
            assert set(await forms.usable(conn, utc_now())) == set(LANGUAGES)
        assert [s.deed for s in await plan(management, KEY)] == ["none", "none", "none"]


async def test_what_meta_finds_wrong_is_told_and_nobody_is_offered_it(pool: Pool) -> None:
    meta = FlowsAtMeta(refused=[{"error": "INVALID", "message": "no such thing", "line_start": 7}])
    async with managing(meta) as management:
        steps = await synced(pool, management)
        assert [s.faults for s in steps] == [(), *[("line 7: no such thing",)] * 2]
        async with pool.acquire() as conn:
            assert not await forms.usable(conn, utc_now())
        meta.refused = []
        assert [s.deed for s in await plan(management, KEY)] == ["none", "publish", "publish"]
        assert all(s.done for s in (await synced(pool, management))[1:])


async def test_an_older_form_stays_until_the_run_after_the_new_one_is_there(pool: Pool) -> None:
    meta = FlowsAtMeta()
    meta.flows["1"] = {"name": "ventanilla_cita_es_00000000", "status": "PUBLISHED"}
    meta.flows["2"] = {"name": "of_somebody_else", "status": "PUBLISHED"}
    async with managing(meta) as management:
        await synced(pool, management)
        assert meta.flows["1"]["status"] == "PUBLISHED"
        steps = await synced(pool, management)
        assert [s.deed for s in steps] == ["none", "none", "none", "withdraw"]
        assert meta.flows["1"]["status"] == "DEPRECATED"
        assert meta.flows["2"]["status"] == "PUBLISHED"


async def test_a_form_that_meta_blocked_is_offered_to_nobody(pool: Pool) -> None:
    meta = FlowsAtMeta()
    async with managing(meta) as management:
        await synced(pool, management)
        next(iter(meta.flows.values()))["status"] = "BLOCKED"
        await synced(pool, management)
        async with pool.acquire() as conn:
            assert set(await forms.usable(conn, utc_now())) == {"en"}


async def test_what_meta_refuses_is_said_in_its_words() -> None:
    meta = FlowsAtMeta()
    meta.flows["1"] = {"name": NAMES[0], "status": "DRAFT"}
    async with managing(meta) as management:
        with pytest.raises(SendFailed, match="no public key"):
            await management.publish("1")
        with pytest.raises(SendFailed, match="name is taken"):
            await management.make(NAMES[0], ENDPOINT)


async def test_another_key_is_replaced(pool: Pool) -> None:
    meta = FlowsAtMeta(key=public_pem(private_keys(new_private_key())[0]))
    async with managing(meta) as management:
        assert (await plan(management, KEY))[0].status == "other"
        await synced(pool, management)
        assert meta.key == KEY
