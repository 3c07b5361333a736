"""A log line is one line, and shows no person."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from ventanilla.log import masked, set_up


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    root.handlers = []
    set_up("INFO", stream)
    yield stream
    root.handlers, root.level = before, level


@pytest.mark.parametrize(
    "text",
    [
        "HEGG560427MVZRRL04",
        "hegg560427mvzrrl04",
        "5512345678",
        "+5215512345678",
        "55 1234 5678",
        "(55) 1234-5678",
        "+52 1 55 1234 5678",
        "alguien@ayuntamiento.example",
        "wamid.HBgNNTIxNTUxMjM0NTY3OBUCABIYFjNFQjA=",
    ],
)
def test_what_belongs_to_a_person_is_masked(text: str) -> None:
    assert "[" in masked(f"refused {text}, again")
    assert text not in masked(f"refused {text}, again")
    assert text not in masked(f"key=({text})")


@pytest.mark.parametrize(
    "text",
    [
        "contact 123456789 waits",
        "2026-11-23 21:45:16.123",
        "2026-11-23T21:45:16Z",
        "office 09-08, 1,234 places in 0.123456789012 s",
        "0123abcd-0123-4567-89ab-0123456789ab",
        "GET /webhooks/whatsapp 200",
    ],
)
def test_ids_and_times_stay_readable(text: str) -> None:
    assert masked(text) == text


def test_a_line_is_json_when_nobody_watches(lines: io.StringIO) -> None:
    logging.getLogger("ventanilla.test").info("took %d messages", 3, extra={"batch": 7, "of": "5512345678"})
    said = json.loads(lines.getvalue())
    assert said["message"] == "took 3 messages"
    assert (said["level"], said["batch"], said["of"]) == ("INFO", 7, "[phone]")


def test_a_traceback_is_masked_and_stays_on_the_line(lines: io.StringIO) -> None:
    try:
        raise ValueError("HEGG560427MVZRRL04 is taken")
    except ValueError:
        logging.getLogger("ventanilla.test").exception("failed")
    (line,) = lines.getvalue().splitlines()
    assert "HEGG" not in line
    assert "[CURP] is taken" in json.loads(line)["traceback"]


def test_a_terminal_gets_a_line_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up("INFO")
    logging.getLogger("ventanilla.test").warning("slow", extra={"seconds": 3})
    root.handlers, root.level = before, level
    assert stream.getvalue().endswith("WARNING slow seconds=3\n")
