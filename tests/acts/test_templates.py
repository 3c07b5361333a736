"""Templates at Meta are brought into line with the word files, and news of them is kept."""

from datetime import timedelta
from typing import Any

import pytest
from asyncpg import Pool
from prometheus_client import REGISTRY
from tests.templates_at_meta import TemplatesAtMeta, management, served

from ventanilla.acts import templates as acts
from ventanilla.core.sending import SendFailed
from ventanilla.core.templates import PENDING, TEMPLATES, Known, Standing, TemplateUpdate
from ventanilla.db import templates
from ventanilla.words.templates import Definition, definitions

pytestmark = pytest.mark.anyio
MISSING = [f"create {d.name} {d.language}" for d in definitions()]


async def sync(pool: Pool, url: str, meta: TemplatesAtMeta, *, apply: bool) -> acts.Plan:
    async with management(url, meta.token) as api, pool.acquire() as conn:
        return await acts.sync(conn, api, apply=apply)


async def tell(pool: Pool, *updates: TemplateUpdate) -> None:
    async with pool.acquire() as conn:
        await acts.take_updates(conn, updates)


async def standings(pool: Pool) -> dict[tuple[str, str], Standing]:
    async with pool.acquire() as conn:
        return {(s.definition.name, s.definition.language): s.standing for s in await acts.shown(conn)}


def alarm() -> float | None:
    return REGISTRY.get_sample_value("ventanilla_alarm", {"what": "templates"})


async def test_a_dry_run_says_what_is_missing_and_makes_nothing(pool: Pool) -> None:
    meta = TemplatesAtMeta()
    with served(meta) as url:
        plan = await sync(pool, url, meta, apply=False)
    assert [step.standing for step in plan.steps] == ["missing"] * len(MISSING)
    assert (meta.calls, meta.kept) == ([], {})


async def test_what_is_missing_is_made_and_then_waits_for_review(pool: Pool) -> None:
    meta = TemplatesAtMeta()
    with served(meta) as url:
        first = await sync(pool, url, meta, apply=True)
        again = await sync(pool, url, meta, apply=True)
        assert set((await standings(pool)).values()) == {"waiting"}
        meta.approve()
        approved = await sync(pool, url, meta, apply=False)
    assert meta.calls == MISSING
    assert all(step.done for step in first.steps)
    assert not any(step.done for step in again.steps)
    assert {step.standing for step in approved.steps} == {"same"}
    async with pool.acquire() as conn:
        assert await templates.usable(conn, PENDING, "es_MX")


async def test_a_text_that_differs_is_changed_and_what_is_not_ours_is_left_alone(pool: Pool) -> None:
    meta = TemplatesAtMeta()
    with served(meta) as url:
        await sync(pool, url, meta, apply=True)
        meta.approve()
        meta.find(PENDING, "en")["components"][1]["text"] = "Other words"
        meta.put("spring_sale", "en", category="MARKETING")
        meta.put(PENDING, "fr")
        meta.calls.clear()
        dry = await sync(pool, url, meta, apply=False)
        await sync(pool, url, meta, apply=True)
    assert [s.definition.language for s in dry.steps if s.standing == "different"] == ["en"]
    assert sorted((k.name, k.language) for k in dry.extra) == [(PENDING, "fr"), ("spring_sale", "en")]
    assert meta.calls == [f"edit {PENDING} en"]
    async with pool.acquire() as conn:
        assert not await templates.usable(conn, PENDING, "en"), "it is reviewed again"
        assert await templates.usable(conn, PENDING, "es_MX")


async def test_one_that_meta_refuses_does_not_keep_the_others_back(pool: Pool) -> None:
    meta = TemplatesAtMeta(refuse={"oferta_lugar": "The text repeats itself."})
    with served(meta) as url:
        plan = await sync(pool, url, meta, apply=True)
    faults = {step.definition.name: step.fault for step in plan.steps if step.fault}
    assert faults == {"oferta_lugar": "The text repeats itself."}
    assert len(meta.kept) == len(MISSING) - 2
    assert meta.calls == MISSING


async def test_a_refused_token_ends_it(pool: Pool) -> None:
    meta = TemplatesAtMeta()
    with served(meta) as url:
        async with management(url, "wrong") as api, pool.acquire() as conn:
            with pytest.raises(SendFailed, match="token"):
                await acts.sync(conn, api, apply=True)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "PENDING"}, "waiting"),
        ({"status": "REJECTED", "rejected_reason": "INVALID_FORMAT"}, "rejected"),
        ({"status": "PAUSED"}, "paused"),
        ({"status": "DISABLED"}, "disabled"),
        ({"status": "LOCKED"}, "disabled"),
        ({"status": "PENDING_DELETION"}, "missing"),
        ({"category": "MARKETING"}, "recategorised"),
        ({"quality_score": {"score": "RED"}}, "poor"),
        ({"quality_score": {"score": "GREEN"}}, "same"),
    ],
)
async def test_how_each_stands_is_seen_and_kept(pool: Pool, fields: dict[str, Any], expected: str) -> None:
    meta = TemplatesAtMeta()
    with served(meta) as url:
        await sync(pool, url, meta, apply=True)
        meta.approve()
        meta.find(PENDING, "en").update(fields)
        plan = await sync(pool, url, meta, apply=False)
    found = {(s.definition.name, s.definition.language): s.standing for s in plan.steps}
    assert found[PENDING, "en"] == expected
    assert {s for key, s in found.items() if key != (PENDING, "en")} == {"same"}
    assert await standings(pool) == found
    assert alarm() == (expected in ("rejected", "paused", "disabled", "recategorised"))


async def test_what_is_deleted_is_gone_in_all_languages(pool: Pool) -> None:
    meta = TemplatesAtMeta()
    with served(meta) as url:
        await sync(pool, url, meta, apply=True)
        async with management(url, meta.token) as api, pool.acquire() as conn:
            gone = await acts.delete(conn, api, PENDING)
            assert await acts.delete(conn, api, "no_such_name") == ()
    assert [k.language for k in gone] == ["es_MX", "en"]
    assert {key for key, s in (await standings(pool)).items() if s == "missing"} == {
        (PENDING, "es_MX"),
        (PENDING, "en"),
    }


@pytest.mark.parametrize(
    ("event", "expected", "goes_out"),
    [
        ("APPROVED", "same", True),
        ("REINSTATED", "same", True),
        ("FLAGGED", "poor", True),
        ("REJECTED", "rejected", False),
        ("PAUSED", "paused", False),
        ("DISABLED", "disabled", False),
        ("A_NEW_WORD", "disabled", False),
        ("DELETED", "missing", False),
    ],
)
async def test_news_of_a_template_decides_whether_it_is_sent(
    pool: Pool, event: str, expected: str, goes_out: bool
) -> None:
    meta = TemplatesAtMeta()
    with served(meta) as url:
        await sync(pool, url, meta, apply=True)
    await tell(pool, TemplateUpdate(PENDING, "es_MX", event, "because" if event == "REJECTED" else "NONE"))
    async with pool.acquire() as conn:
        (one,) = [
            s
            for s in await acts.shown(conn)
            if (s.definition.name, s.definition.language) == (PENDING, "es_MX")
        ]
        assert (one.standing, one.reason) == (expected, "because" if event == "REJECTED" else "")
        assert await templates.usable(conn, PENDING, "es_MX") is goes_out
        assert not await templates.usable(conn, PENDING, "fr")
    assert alarm() == (expected in ("rejected", "paused", "disabled"))


async def test_news_of_quality_and_category_change_only_that(pool: Pool) -> None:
    await tell(pool, TemplateUpdate(PENDING, "en", "APPROVED", ""))
    await tell(pool, TemplateUpdate(PENDING, "en", "QUALITY", "RED"))
    await tell(pool, TemplateUpdate(PENDING, "en", "CATEGORY", "MARKETING"))
    async with pool.acquire() as conn:
        (found,) = await templates.records(conn)
    assert found.known == Known(PENDING, "en", "APPROVED", "MARKETING", "", "", "RED")


async def test_news_of_another_text_changes_nothing_until_it_is_compared(pool: Pool) -> None:
    await tell(pool, TemplateUpdate(PENDING, "en", "APPROVED", ""))
    await tell(pool, TemplateUpdate(PENDING, "en", "COMPONENTS", "edited"))
    async with pool.acquire() as conn:
        assert await templates.usable(conn, PENDING, "en")


async def test_news_of_templates_that_are_not_ours_is_passed_over(pool: Pool) -> None:
    await tell(pool, TemplateUpdate("spring_sale", "en", "APPROVED", ""))
    async with pool.acquire() as conn:
        assert await templates.records(conn) == ()


async def test_news_that_comes_while_meta_is_asked_is_not_lost(pool: Pool) -> None:
    """It is approved before we have written down that we made it."""
    wanted = definitions()[0]
    pending = Known(wanted.name, wanted.language, "PENDING", "UTILITY", wanted.content.hash)
    async with pool.acquire() as conn:
        asked_at = await templates.clock(conn)
        await tell(pool, TemplateUpdate(wanted.name, wanted.language, "APPROVED", ""))
        await templates.record(conn, [pending], asked_at)
        assert (await standings(pool))[wanted.name, wanted.language] == "same"
        await templates.forget_all_but(conn, [], asked_at)
        assert len(await templates.records(conn)) == 1
        # The control: asked after the news, the answer counts.
        await templates.record(conn, [pending], await templates.clock(conn))
        assert (await standings(pool))[wanted.name, wanted.language] == "waiting"


async def test_a_pause_ends_by_itself_after_its_longest_time(pool: Pool) -> None:
    await tell(pool, TemplateUpdate(PENDING, "en", "PAUSED", ""))
    async with pool.acquire() as conn:
        for age, expected in ((timedelta(hours=5), False), (timedelta(hours=7), True)):
            await conn.execute("UPDATE template SET at = clock_timestamp() - $1::interval", age)
            assert await templates.usable(conn, PENDING, "en") is expected


def test_what_is_compared_is_all_of_ours() -> None:
    plan = acts.compare((), definitions())
    assert {s.definition.name for s in plan.steps} == set(TEMPLATES)
    assert isinstance(plan.steps[0].definition, Definition)
