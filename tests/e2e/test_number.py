"""Somebody who changes their number, or hides it, goes on as if nothing had happened."""

import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.e2e.program import Program, Talker, books, running, text_of

from whatsapp_emulator.testing import call

NEW = "5213398765432"


def told(program: Program, **message: Any) -> None:
    """Meta's news, which the emulator does not bring by itself."""
    made = {"id": f"wamid.{time.monotonic_ns()}", "timestamp": str(int(time.time())), **message}
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", "messages": [made]}}
    body = json.dumps({"entry": [{"id": "1", "changes": [change]}]}).encode()
    signature = "sha256=" + hmac.new(program.app_secret.encode(), body, hashlib.sha256).hexdigest()
    post = Request(f"{program.url}/webhooks/whatsapp", body, {"X-Hub-Signature-256": signature})
    with urlopen(post) as answer:
        assert answer.status == 200


def test_a_new_number_finds_the_appointment_of_the_old_one(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir) as program:
        old, new = Talker(program), Talker(program, wa_id=NEW)
        books(old)
        before, after = (call("PUT", f"{p.phone.url}/control/phones/{p.wa_id}", {})[1] for p in (old, new))
        told(
            program,
            **{"from": old.wa_id},
            type="system",
            system={
                "type": "user_changed_number",
                "wa_id": NEW,
                "previous_user_id": before["user_id"],
                "user_id": after["user_id"],
            },
        )
        (mine,) = new.says("mis citas")
        assert "PA-" in text_of(mine)
        (stranger,) = old.says("mis citas")
        assert "PA-" not in text_of(stranger)


def test_whoever_hides_their_number_is_known_by_the_id_that_came_with_it(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir) as program:
        person = Talker(program)
        books(person)
        scoped = call("PUT", f"{person.phone.url}/control/phones/{person.wa_id}", {})[1]["user_id"]
        told(program, from_user_id=scoped, type="text", text={"body": "mis citas"})
        (mine,) = person.phone.gets(1, after=person.seen)
        assert "PA-" in text_of(mine)
