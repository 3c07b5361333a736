"""Many people book at once, in a good hour and in a bad one. LOAD_PEOPLE says how many."""

import json
import os
from pathlib import Path

from tests.e2e.program import Program, counters, running

from whatsapp_emulator.testing import call, wait_until

SCRIPT = json.loads(Path(__file__).with_name("booking_script.json").read_text("utf-8"))
PEOPLE = int(os.environ.get("LOAD_PEOPLE", SCRIPT["people"]))


def load(program: Program, **plan: object) -> dict[str, object]:
    path = f"{program.emulator_url}/control/load"
    status, answer = call("POST", path, {**SCRIPT, "people": PEOPLE, **plan})
    assert status == 200, answer
    wait_until(lambda: not call("GET", path)[1]["running"], 900)
    report: dict[str, object] = call("GET", path)[1]
    return report


def test_everybody_who_begins_ends_with_an_appointment(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir) as program:
        report = load(program)
        counted = counters(program)
        print(json.dumps({"report": report, "counters": counted}, ensure_ascii=False, indent=1))
        assert report["stuck_at"] == []
        assert report["finished"] == PEOPLE
        assert counted["refused"] == {}
        assert counted["accepted_twice"] == counted["out_of_window"] == 0


def test_in_a_bad_hour_too_and_nobody_reads_anything_twice(dsn: str, data_dir: Path) -> None:
    """Webhooks in batches, in disorder, twice; sends that break, are too many, or never get their answer."""
    with running(dsn, data_dir) as program:
        settings = {"batch_wait": 0.05, "reorder": 0.2, "duplicate_rate": 0.2, "fault_hold": 2}
        assert call("PATCH", f"{program.emulator_url}/control/settings", settings)[0] == 200
        for fault in ({"kind": "server_error"}, {"kind": "too_many"}, {"kind": "timeout_after_accept"}):
            status = call("POST", f"{program.emulator_url}/control/faults", {**fault, "rate": 0.02})[0]
            assert status == 200
        report = load(program)
        counted = counters(program)
        print(json.dumps({"report": report, "counters": counted}, ensure_ascii=False, indent=1))
        assert report["stuck_at"] == []
        assert set(counted["faults"]) == {"server_error", "too_many", "timeout_after_accept"}
        assert counted["accepted_twice"] == counted["out_of_window"] == 0
