"""Anything that a phone, or somebody who has our public key, may send: an answer, nothing lost, no 500."""

import json
import random
from typing import Any

import aiohttp
import pytest
from asyncpg import Pool
from tests.form_client import FormClient, fills_in, house_with_forms, offered, serving, some_places

from ventanilla.talk.form_pages import PAGES
from ventanilla.words.forms import key

pytestmark = pytest.mark.anyio
NAMES = [key(e.name) for p in PAGES for e in p.fields]
TEXTS = [
    "",
    "me",
    "-",
    "x\x00y",
    "ñ" * 5000,
    "10:full",
    "scope:state",
    "2026-12-01",
    "\ud83d\ude00",
    "'; --",
    ":",
]
ANY: list[Any] = [*TEXTS, None, True, 0, -1, 1e300, [], ["a"], {}, {"a": {"b": []}}, [[[[]]]]]


def anything(chance: random.Random, token: str) -> dict[str, Any]:
    """A request with some of its parts left out, or of another kind."""
    payload = {chance.choice(NAMES): chance.choice(ANY) for _ in range(chance.randrange(6))}
    request: dict[str, Any] = {
        "version": chance.choice(["3.0", "4.0", *ANY]),
        "action": chance.choice(["INIT", "BACK", "data_exchange", "data_exchange", "ping", *ANY]),
        "screen": chance.choice([*(p.id for p in PAGES), "SUCCESS", *ANY]),
        "data": chance.choice([payload, payload, payload, *ANY]),
        "flow_token": chance.choice([token, token, token, token, *ANY]),
    }
    for name in chance.sample(list(request), chance.randrange(2)):
        del request[name]
    return request


async def test_whatever_is_sent_is_answered_and_the_booking_can_be_finished(pool: Pool) -> None:
    house = await house_with_forms(pool, horizon_days=365)
    await some_places(pool, 2)
    token = await offered(pool, house)
    chance = random.Random(20261125)
    async with serving(pool, house) as url, aiohttp.ClientSession() as session:
        phone = FormClient(url, token, session)
        statuses: dict[int, int] = {}
        for _ in range(400):
            answer = await phone.asks(**anything(chance, token))
            statuses[answer.status] = statuses.get(answer.status, 0) + 1
            if answer.status == 427:
                assert json.loads(answer.text)["error_msg"]
            elif "screen" in answer.body:
                assert answer.page in {p.id for p in PAGES}
        assert statuses.keys() == {200, 427}
        assert min(statuses.values()) > 20
        summary = await fills_in(phone, "HEGG560427MVZRRL04", "Gloria Hernández García")
        assert summary.page == "SUMMARY"
        assert (await phone.sends()).page == "SUCCESS"
        assert await pool.fetchval("SELECT count(*) FROM appointment") == 1
