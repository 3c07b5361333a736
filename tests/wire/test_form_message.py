"""The message that opens a form, and the reply that a phone sends when it closes."""

import json
from typing import Any

import pytest
from rich.console import Console

from ventanilla.core.channel import Address
from ventanilla.talk.engine import Heard
from ventanilla.wire.terminal import Terminal
from ventanilla.wire.whatsapp.parse import parse
from ventanilla.wire.whatsapp.shape import payload
from ventanilla.words.limits import faults_of
from ventanilla.words.outgoing import FormCall

CALL = FormCall("Agenda tu cita", "Agendar cita", "1000", "1.2.abc")
TO = Address("phone", "5215512345678")


def test_the_message_is_as_meta_documents_it() -> None:
    assert list(faults_of(CALL)) == []
    shaped = payload(TO, CALL, "42")
    assert shaped["type"] == "interactive"
    assert shaped["interactive"] == {
        "type": "flow",
        "body": {"text": "Agenda tu cita"},
        "action": {
            "name": "flow",
            "parameters": {
                "flow_message_version": "3",
                "flow_id": "1000",
                "flow_cta": "Agendar cita",
                "flow_token": "1.2.abc",
                "mode": "published",
                "flow_action": "data_exchange",
            },
        },
    }


@pytest.mark.parametrize(
    "bad",
    [
        FormCall("b" * 1025, "x", "1", "t"),
        FormCall("", "x", "1", "t"),
        FormCall("b", "x" * 21, "1", "t"),
        FormCall("b", "", "1", "t"),
        FormCall("b", "x", "not an id", "t"),
        FormCall("b", "x", "1", ""),
    ],
)
def test_what_meta_would_refuse_is_not_owed(bad: FormCall) -> None:
    assert list(faults_of(bad))


def reply(nfm: Any) -> Heard:
    message: dict[str, Any] = {"from": TO.text, "id": "wamid.1", "type": "interactive"}
    message |= {"interactive": {"type": "nfm_reply", "nfm_reply": nfm}}
    change = {"field": "messages", "value": {"messages": [message]}}
    (incoming,) = parse(json.dumps({"entry": [{"changes": [change]}]}).encode()).messages
    return incoming.heard


@pytest.mark.parametrize("said", ['{"booked": "yes"}', "{invalid", "[]", ""])
def test_the_reply_of_a_form_is_heard_as_it_came(said: str) -> None:
    assert reply({"name": "flow", "body": "Sent", "response_json": said}) == Heard("form", said)


@pytest.mark.parametrize("nfm", [{}, {"response_json": None}, {"response_json": {"a": 1}}])
def test_a_reply_without_its_text_is_a_form_all_the_same(nfm: Any) -> None:
    assert reply(nfm) == Heard("form", "")


@pytest.mark.anyio
async def test_in_a_terminal_the_words_are_shown_and_nothing_can_be_tapped(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal(Console(), tmp_path)
    await terminal.send(TO, CALL, "1")
    shown = capsys.readouterr().out
    assert "Agenda tu cita" in shown
    assert "[Agendar cita]" in shown
    assert terminal.heard("1") == Heard("text", "1")
