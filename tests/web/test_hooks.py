"""The webhook over the real application and database."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import asyncpg
import pytest
from asyncpg import Pool
from tests.web.served import SECRETS, VERIFY, post, serving, signature

from ventanilla.web.hooks import BODY_MAX, signed

pytestmark = pytest.mark.anyio


def text_update(wamid: str = "wamid.A", body: str = "hola") -> bytes:
    message = {"from": "5215512345678", "id": wamid, "type": "text", "text": {"body": body}}
    change = {"field": "messages", "value": {"messages": [message]}}
    return json.dumps({"entry": [{"changes": [change]}]}).encode()


async def get(url: str, **params: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url, params=params) as response:
        return response.status, await response.text()


async def stored(pool: Pool) -> int:
    count: int = await pool.fetchval(
        "SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM raw_update)"
    )
    return count


async def test_a_signed_update_is_stored_before_200(pool: Pool) -> None:
    async with serving(pool) as url:
        body = text_update()
        assert await post(url, body, signature(body)) == 200
        assert await stored(pool) == 1


async def test_either_of_two_secrets_signs(pool: Pool) -> None:
    async with serving(pool) as url:
        body = text_update()
        assert await post(url, body, signature(body, SECRETS[1])) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature-256": "sha256=" + "0" * 64},
        {"X-Hub-Signature-256": "ñandú"},
        {"X-Hub-Signature": "x"},
    ],
)
async def test_a_missing_or_wrong_signature_is_401_and_nothing_is_stored(
    pool: Pool, headers: dict[str, str]
) -> None:
    async with serving(pool) as url:
        assert await post(url, text_update(), headers) == 401
        assert await stored(pool) == 0


async def test_a_body_changed_after_signing_is_refused(pool: Pool) -> None:
    async with serving(pool) as url:
        body = text_update()
        assert await post(url, body.replace(b"hola", b"hole"), signature(body)) == 401


async def test_a_body_over_three_megabytes_is_413(pool: Pool) -> None:
    async with serving(pool) as url:
        body = b"x" * (BODY_MAX + 1)
        assert await post(url, body, signature(body)) == 413


async def test_what_is_not_json_is_400(pool: Pool) -> None:
    async with serving(pool) as url:
        assert await post(url, b"{", signature(b"{")) == 400
        assert await stored(pool) == 0


@pytest.mark.parametrize(
    "body",
    [b"[]", b"null", b"7", b'"x"', b"{}", b'{"entry": 7}', b"[" * 50_000 + b"]" * 50_000, b"9" * 50_000],
    ids=["list", "null", "number", "text", "object", "no list", "deep", "huge number"],
)
async def test_what_is_not_an_update_but_signed_is_200_and_kept(pool: Pool, body: bytes) -> None:
    async with serving(pool) as url:
        assert await post(url, body, signature(body)) == 200
        assert await stored(pool) == 1


async def test_the_type_that_a_body_is_said_to_have_does_not_matter(pool: Pool) -> None:
    async with serving(pool) as url:
        body = text_update()
        for kind in ("application/json", "text/plain", "multipart/form-data"):
            assert await post(url, body, signature(body) | {"Content-Type": kind}) == 200
        form = b"object=whatsapp_business_account"
        kind = "application/x-www-form-urlencoded"
        assert await post(url, form, signature(form) | {"Content-Type": kind}) == 400
        assert await stored(pool) == 1


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_other_methods_are_405(pool: Pool, method: str) -> None:
    async with (
        serving(pool) as url,
        aiohttp.ClientSession() as session,
        session.request(method, f"{url}/webhooks/whatsapp", data=b"{}") as response,
    ):
        assert response.status == 405


async def test_a_large_body_that_does_not_say_its_length_is_413(pool: Pool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(BODY_MAX // 65536 + 2):
            yield b"x" * 65536

    async with (
        serving(pool) as url,
        aiohttp.ClientSession() as session,
        session.post(f"{url}/webhooks/whatsapp", data=pieces()) as response,
    ):
        assert response.status == 413


async def test_unknown_kinds_are_200_and_kept_raw(pool: Pool) -> None:
    async with serving(pool) as url:
        body = json.dumps({"entry": [{"changes": [{"field": "new_thing", "value": {"a": 1}}]}]}).encode()
        assert await post(url, body, signature(body)) == 200
        assert await pool.fetchval("SELECT kind FROM raw_update") == "new_thing"


async def test_many_requests_at_once_are_all_stored_and_duplicates_once(pool: Pool) -> None:
    async with serving(pool) as url:
        bodies = [text_update(f"wamid.{n % 50}") for n in range(150)]
        outcomes = await asyncio.gather(*(post(url, b, signature(b)) for b in bodies))
        assert set(outcomes) == {200}
        assert await stored(pool) == 50


async def test_a_database_that_is_down_is_503_so_that_meta_sends_again(pool: Pool) -> None:
    async with serving(pool) as url:
        await pool.execute("ALTER TABLE inbox RENAME TO elsewhere")
        body = text_update()
        assert await post(url, body, signature(body)) == 503
        await pool.execute("ALTER TABLE elsewhere RENAME TO inbox")
        assert await post(url, body, signature(body)) == 200
        assert (await get(f"{url}/readyz"))[0] == 200
        await pool.close()
        assert await post(url, body, signature(body)) == 503
        assert (await get(f"{url}/readyz"))[0] == 503
        assert await get(f"{url}/healthz") == (200, "ok")


async def waiting(pool: Pool, *, wanted: bool) -> None:
    """Until some statement waits for a lock, or none does."""
    look = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted), pg_sleep(0.01)"
    for _ in range(1000):
        if await pool.fetchval(look) is wanted:
            return
    raise AssertionError("a lock was not waited for, or for ever")


@asynccontextmanager
async def impatient(url: str) -> AsyncIterator[Pool]:
    """A pool that does not wait long for a lock: how a database hiccups on request."""
    settings = {"lock_timeout": "100ms"}
    async with asyncpg.create_pool(url, min_size=1, max_size=4, server_settings=settings) as found:
        yield found


async def test_a_hiccup_of_the_database_is_not_shown_to_meta(pool: Pool, fresh_database_url: str) -> None:
    async with impatient(fresh_database_url) as hasty, serving(hasty) as url, pool.acquire() as conn:
        blocking = conn.transaction()
        await blocking.start()
        await conn.execute("LOCK TABLE inbox")
        body = text_update()
        posted = asyncio.create_task(post(url, body, signature(body)))
        await waiting(pool, wanted=True)
        await waiting(pool, wanted=False)
        await blocking.rollback()
        assert await posted == 200
        assert await stored(pool) == 1


async def test_a_database_that_does_not_answer_for_long_is_503(pool: Pool, fresh_database_url: str) -> None:
    async with impatient(fresh_database_url) as hasty, serving(hasty) as url, pool.acquire() as conn:
        async with conn.transaction():
            await conn.execute("LOCK TABLE inbox")
            body = text_update()
            assert await post(url, body, signature(body)) == 503
        assert await post(url, body, signature(body)) == 200


async def test_the_handshake_gives_the_challenge_back_only_for_the_right_token(pool: Pool) -> None:
    async with serving(pool) as url:
        hook = f"{url}/webhooks/whatsapp"
        asked: dict[str, Any] = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
        assert await get(hook, **asked, **{"hub.verify_token": VERIFY}) == (200, "1158201444")
        assert (await get(hook, **asked, **{"hub.verify_token": "wrong"}))[0] == 403
        assert (await get(hook))[0] == 403
        assert (await get(hook, **asked, **{"hub.verify_token": "ñandú"}))[0] == 403


async def test_without_a_verify_token_nobody_shakes_hands(pool: Pool) -> None:
    async with serving(pool, verify="") as url:
        asked = {"hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": ""}
        assert (await get(f"{url}/webhooks/whatsapp", **asked))[0] == 403


@pytest.mark.parametrize("path", ["/", "/oficinas", "/aviso"])
@pytest.mark.parametrize("language", ["es", "en"])
async def test_public_pages_open_in_both_languages(pool: Pool, path: str, language: str) -> None:
    async with serving(pool) as url:
        status, html = await get(f"{url}{path}", lang=language)
        assert status == 200
        assert f'<html lang="{language}">' in html
        assert ("Demostración" if language == "es" else "Demonstration") in html


async def test_a_wrong_papers_link_says_how_to_get_a_new_one(pool: Pool) -> None:
    async with serving(pool) as url:
        for token in ("x", "1.2.3", "ñ.ñ.ñ", "1.ffffffff." + "A" * 22):
            status, html = await get(f"{url}/p/{token}")
            assert status == 404
            assert "mis citas" in html


async def test_the_notice_can_be_had_as_pdf(pool: Pool) -> None:
    async with (
        serving(pool) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/aviso.pdf") as response,
    ):
        assert response.status == 200
        assert (await response.read()).startswith(b"%PDF")


def test_no_secret_signs_nothing() -> None:
    assert not signed(b"x", "sha256=", ())
