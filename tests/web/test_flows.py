"""The form over real HTTP, encrypted, on a real database."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from asyncpg import Pool
from tests.form_client import (
    KEYS,
    ME,
    FormClient,
    fills_in,
    hear,
    house_with_forms,
    latest_token,
    offered,
    serving,
    some_places,
    write,
)
from tests.phone_crypto import PhoneCrypto, jwt

from ventanilla.acts.house import House
from ventanilla.core.channel import Address
from ventanilla.jobs import utc_now
from ventanilla.talk.engine import Heard
from ventanilla.web.flows import BODY_MAX
from ventanilla.wire.whatsapp.flow_crypto import new_private_key, private_keys, public_pem

pytestmark = pytest.mark.anyio
CURP, NAME = "HEGG560427MVZRRL04", "Gloria Hernández García"


@asynccontextmanager
async def form_open(pool: Pool) -> AsyncIterator[tuple[House, FormClient]]:
    house = await house_with_forms(pool, horizon_days=365)
    await some_places(pool, 2)
    token = await offered(pool, house)
    async with serving(pool, house) as url, aiohttp.ClientSession() as session:
        yield house, FormClient(url, token, session)


async def kinds(pool: Pool) -> list[str]:
    return [r["kind"] for r in await pool.fetch("SELECT kind FROM outbox ORDER BY id")]


async def test_a_booking_by_form_is_nine_messages_and_an_appointment(pool: Pool) -> None:
    async with form_open(pool) as (house, phone):
        answer = await fills_in(phone, CURP, NAME)
        assert answer.page == "SUMMARY"
        assert await pool.fetchval("SELECT count(*) FROM hold") == 1
        done = await phone.sends()
        assert done.page == "SUCCESS"
        params = done.data["extension_message_response"]["params"]
        assert params == {"flow_token": phone.token, "booked": "yes"}
        await hear(pool, house, Heard("form", json.dumps(params)), tag="reply")
        assert await kinds(pool) == ["message", "form", "message", *["paper"] * 6]
        row = await pool.fetchrow(
            "SELECT f.state, f.page, a.form_id = f.id AS of_it FROM form f, appointment a"
        )
        assert row is not None
        assert tuple(row) == ("used", "SUMMARY", True)
        assert await pool.fetchval("SELECT held + booked FROM slot") == 1


async def test_the_last_page_again_is_done_again_and_any_other_is_closed(pool: Pool) -> None:
    async with form_open(pool) as (_, phone):
        await fills_in(phone, CURP, NAME)
        answers = await asyncio.gather(*(phone.again(phone.page, dict(phone.fields)) for _ in range(5)))
        assert {a.page for a in answers} == {"SUCCESS"}
        assert await pool.fetchval("SELECT count(*) FROM appointment") == 1
        assert len(await kinds(pool)) == 9
        closed = await phone.opens()
        assert closed.status == 427
        assert "ya agendaste" in json.loads(closed.text)["error_msg"]


async def test_a_ping_needs_no_token(pool: Pool) -> None:
    async with form_open(pool) as (_, phone):
        assert (await phone.asks(version="3.0", action="ping")).body == {"data": {"status": "active"}}


async def test_what_a_phone_could_not_show_is_acknowledged_and_logged_without_what_was_typed(
    pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    async with form_open(pool) as (_, phone):
        fault = {"error": "INVALID_SCREEN_TRANSITION", "error_message": f"with {CURP}"}
        answer = await phone.asks(action="data_exchange", flow_token=phone.token, data=fault)
        assert answer.body == {"data": {"acknowledged": True}}
        assert "INVALID_SCREEN_TRANSITION" in caplog.text
        assert CURP not in caplog.text


async def test_a_wrong_signature_is_432(pool: Pool) -> None:
    async with form_open(pool) as (_, phone):
        body = phone.crypto.seal({"action": "ping"}).body
        for header in ("", "sha256=" + "0" * 64):
            status, _ = await phone.post(body, **{"X-Hub-Signature-256": header})
            assert status == 432
        request = phone.request("INIT", "", {})
        for signature in (jwt(phone.token, "wrong"), jwt("other", "x"), 7, ""):
            assert (await phone.asks(**request | {"flow_token_signature": signature})).status == 432
        del request["flow_token_signature"]
        assert (await phone.asks(**request)).page == "PERSON"


async def test_another_key_is_421(pool: Pool) -> None:
    async with form_open(pool) as (_, phone):
        phone.crypto = PhoneCrypto(public_pem(private_keys(new_private_key())[0]))
        assert (await phone.asks(action="ping")).status == 421
        assert (await phone.post(b"{}"))[0] == 421
        assert (await phone.post(b"x" * (BODY_MAX + 1)))[0] == 413


@pytest.mark.parametrize("token", ["", "x", "1.2.3", "ñ.ñ.ñ", "1.ffffffff." + "A" * 22, 7, None, ["a"]])
async def test_a_token_that_is_not_ours_is_427(pool: Pool, token: object) -> None:
    async with form_open(pool) as (_, phone):
        answer = await phone.asks(action="INIT", flow_token=token)
        assert answer.status == 427
        assert "ya no sirve" in json.loads(answer.text)["error_msg"]


async def test_an_expired_form_and_one_that_another_replaced_are_427(pool: Pool) -> None:
    async with form_open(pool) as (house, phone):
        old = phone.token
        await write(pool, house, "agendar cita", tag="again")
        phone.token = await latest_token(pool, house)
        assert phone.token != old
        assert (await phone.opens()).page == "PERSON"
        assert (await FormClient(phone.url, old, phone.session).opens()).status == 427
        await pool.execute("UPDATE form SET expires_at = $1", utc_now() - timedelta(seconds=1))
        assert (await phone.opens()).status == 427


async def test_whoever_writes_in_english_is_told_so_in_english(pool: Pool) -> None:
    house = await house_with_forms(pool)
    await write(pool, house, "hello", "@notice:accept")
    async with serving(pool, house) as url, aiohttp.ClientSession() as session:
        phone = FormClient(url, await latest_token(pool, house), session)
        assert (await phone.opens()).data["told"].startswith("The appointment is free")
        await pool.execute("UPDATE form SET state = 'left', ended_at = now()")
        assert "of no use" in (await phone.opens()).text


async def test_the_arrow_back_shows_the_page_as_it_was_answered(pool: Pool) -> None:
    async with form_open(pool) as (_, phone):
        await phone.opens()
        await phone.sends(for_whom="me", procedure="first", curp=CURP)
        await phone.sends(name=NAME, identification="ine", id_number="123456789")
        back = await phone.asks(**phone.request("BACK", "IDENTITY", {}))
        assert back.page == "IDENTITY"
        assert back.data["init"]["name"] == NAME
        early = await phone.asks(**phone.request("BACK", "TIME", {}))
        assert early.data["told"] == "Falta algo por contestar."


async def test_the_chat_goes_on_where_the_form_was_left_and_the_other_way_round(pool: Pool) -> None:
    async with form_open(pool) as (house, phone):
        await phone.opens()
        await phone.sends(for_whom="me", procedure="first", curp=CURP)
        await hear(pool, house, Heard("form", "{invalid"), tag="closed")
        await write(pool, house, NAME, tag="name")
        assert (await phone.sends(identification="ine", id_number="123456789")).page == "TERMS"
        answer = await FormClient(phone.url, phone.token, phone.session).again(
            "PERSON", {"for_whom": "me", "procedure": "first", "curp": CURP}
        )
        assert answer.page == "IDENTITY"
        assert answer.data["init"] == {
            "name": NAME,
            "identification": "ine",
            "id_number": "123456789",
        }


async def test_nothing_personal_stands_in_the_tables_of_forms(pool: Pool) -> None:
    async with form_open(pool) as (_, phone):
        await fills_in(phone, CURP, NAME)
        for table in ("form", "flow", "talk", "outbox"):
            for row in await pool.fetch(f"SELECT * FROM {table}"):
                stored = b"".join(v if isinstance(v, bytes) else str(v).encode() for v in row.values())
                assert b"HEGG560427" not in stored
                assert ME.text.encode() not in stored


async def test_without_published_forms_people_are_asked_in_the_chat(pool: Pool) -> None:
    house = await house_with_forms(pool)
    await pool.execute("UPDATE flow SET published = false")
    await write(pool, house, "hola", "@notice:accept")
    assert await kinds(pool) == ["message", "message"]
    plain = replace(house, forms=None)
    await write(pool, plain, "hola", "@notice:accept", me=Address("phone", "5215500000009"), tag="p")
    assert await kinds(pool) == ["message"] * 4
    assert await pool.fetchval("SELECT count(*) FROM form") == 0


async def test_a_database_that_is_down_is_503(pool: Pool) -> None:
    async with form_open(pool) as (_, phone):
        await pool.execute("ALTER TABLE form RENAME TO elsewhere")
        assert (await phone.opens()).status == 503


def test_the_keys_of_these_tests_are_made_for_this_run() -> None:
    assert len(KEYS) == 1
