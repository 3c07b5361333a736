"""`ventanilla flows`: what is printed, and what is said before and after Meta is asked."""

import asyncio
import json
from pathlib import Path

import pytest
from tests.flows_at_meta import ACCOUNT, NUMBER, FlowsAtMeta
from tests.test_cli import ventanilla

from ventanilla.wire.whatsapp.flow_crypto import private_keys

pytestmark = [pytest.mark.slow, pytest.mark.anyio]


async def flows(here: tuple[Path, str], *words: str, **settings: str) -> tuple[int, str, str]:
    folder, dsn = here
    return await asyncio.to_thread(lambda: ventanilla(folder, dsn, "flows", *words, **settings))


async def test_a_key_is_made_forms_are_printed_compared_and_published(
    fresh_database_url: str, tmp_path: Path
) -> None:
    here = (tmp_path, fresh_database_url)
    code, english, _ = await flows(here, "json", "--language", "en")
    assert (code, json.loads(english)["screens"][0]["title"]) == (0, "Who and which procedure")
    _, pem, _ = await flows(here, "key")
    assert len(private_keys(pem)) == 1
    file = tmp_path / "key.pem"
    file.write_text(pem, "utf-8")
    meta = FlowsAtMeta()
    async with meta.serving() as url:
        given = {
            "FLOW_PRIVATE_KEY": str(file),
            "WHATSAPP_API_URL": url,
            "WHATSAPP_BUSINESS_ACCOUNT_ID": ACCOUNT,
            "WHATSAPP_PHONE_NUMBER_ID": NUMBER,
        }
        code, dry, _ = await flows(here, "sync", **given)
        assert (code, meta.calls) == (0, [])
        assert "make and publish" in dry
        assert "ventanilla flows sync --apply" in dry
        folder, dsn = here
        said = await asyncio.to_thread(lambda: ventanilla(folder, dsn, "check", **given))
        assert "forms: none can be offered; run `ventanilla flows sync`" in said[1]
        code, done, _ = await flows(here, "sync", "--apply", **given)
        assert code == 0, done
        said = await asyncio.to_thread(lambda: ventanilla(folder, dsn, "check", **given))
        assert "forms: ok" in said[1]
        assert {f["status"] for f in meta.flows.values()} == {"PUBLISHED"}
        meta.flows.clear()
        meta.refused = [{"message": "label [too] long", "line_start": 3}]
        code, told, stop = await flows(here, "sync", "--apply", **given)
        assert code == 1
        assert "line 3: label [too] long" in told
        assert "stays a draft" in stop


async def test_what_is_missing_or_malformed_is_said_in_a_sentence(
    fresh_database_url: str, tmp_path: Path
) -> None:
    here = (tmp_path, fresh_database_url)
    code, _, said = await flows(here, "sync")
    assert code == 1
    assert "VENTANILLA_WHATSAPP_BUSINESS_ACCOUNT_ID is missing" in said
    code, _, said = await flows(here, "sync", WHATSAPP_BUSINESS_ACCOUNT_ID="1")
    assert "ventanilla flows key" in said
    code, _, said = await flows(here, "sync", FLOW_PRIVATE_KEY=str(tmp_path / "none.pem"))
    assert code == 1
    assert "VENTANILLA_FLOW_PRIVATE_KEY must be RSA private keys" in said
