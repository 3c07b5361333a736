"""Many people at once: their scripts, their papers, and what is told of how they fared."""

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from typer.testing import CliRunner

from ventanilla.core.curp import Curp, read_curp
from ventanilla.core.people import NameReading, split_name
from whatsapp_emulator import Running, Settings, percentiles, serve
from whatsapp_emulator.cli import app
from whatsapp_emulator.load import Plan, pick
from whatsapp_emulator.percentiles import spread
from whatsapp_emulator.sample_people import SamplePerson
from whatsapp_emulator.script import Mind, read_script
from whatsapp_emulator.serve import serve_app
from whatsapp_emulator.testing import call, counters, loaded, send, start_load, wait_until

ASKS = ("¿Para quién?", "¿Qué trámite?", "Escribe tu CURP", "Escribe tu nombre")
TITLES = ("Para mí", "Otra persona", "Primera vez", "Renovación")
RULES: list[dict[str, Any]] = [
    {"when": "quién", "do": {"tap": "^para mí$"}},
    {"when": "trámite", "do": {"choose": "first"}},
    {"when": "curp", "do": {"text": "{curp}"}},
    {"when": "nombre", "do": {"text": "{name}"}},
    {"when": "listo", "do": "finish"},
]
STEPS: list[dict[str, Any]] = [
    {"text": "Hola", "expect": "quién"},
    {"press": "mí", "expect": "trámite"},
    {"choose": "Renov"},
    {"text": "{curp}", "expect": "NOMBRE"},
    {"text": "{name}"},
    {"expect": "listo"},
]


class Office:
    """A small business: asks four things, says when it is done. `deaf` to some; `said` by each person."""

    def __init__(self) -> None:
        self.running: Running | None = None
        self.said: dict[str, list[str]] = {}
        self.deaf_at: int | None = None

    def receive(self, body: bytes) -> None:
        for change in msgspec.json.decode(body)["entry"][0]["changes"]:
            for message in change["value"].get("messages", ()):
                self.answer(message["from"], message)

    def answer(self, wa_id: str, message: dict[str, Any]) -> None:
        reply = message.get("interactive", {})
        said = reply[reply["type"]]["title"] if reply else message["text"]["body"]
        told = self.said.setdefault(wa_id, [])
        told.append(said)
        if len(told) == self.deaf_at:
            return
        assert self.running
        contents = [
            *map(self.question, range(len(ASKS))),
            {"type": "text", "text": {"body": f"Listo 7\n{said}"}},
        ]
        send(self.running, contents[len(told) - 1], wa_id)

    def question(self, n: int) -> dict[str, Any]:
        if n == 0:
            replies = [{"type": "reply", "reply": {"id": t, "title": t}} for t in TITLES[:2]]
            return self.interactive("button", n, {"buttons": replies})
        if n == 1:
            rows = [{"id": title, "title": title} for title in TITLES[2:]]
            return self.interactive("list", n, {"button": "Ver", "sections": [{"rows": rows}]})
        return {"type": "text", "text": {"body": ASKS[n]}}

    def interactive(self, kind: str, n: int, action: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "interactive",
            "interactive": {"type": kind, "body": {"text": ASKS[n]}, "action": action},
        }


@pytest.fixture
def office() -> Iterator[Office]:
    found = Office()

    async def receive(request: Request) -> Response:
        body = await request.body()
        await run_in_threadpool(found.receive, body)
        return Response()

    with serve_app(Starlette(routes=[Route("/", receive, methods=["POST"])])) as url:
        settings = Settings(app_secret="a", access_token="b", port=0, webhook_url=f"{url}/", clock_rate=20)
        with serve(settings) as running:
            found.running = running
            yield found


def at(office: Office) -> Running:
    assert office.running
    return office.running


@pytest.mark.parametrize("script", [RULES, STEPS])
def test_everybody_gets_through(office: Office, script: list[dict[str, Any]]) -> None:
    report = loaded(at(office), people=20, start_over=10, script=script)
    assert (report["finished"], report["stuck"], report["running"]) == (20, 0, False)
    assert (report["said"], report["heard"]) == (100, 100)
    assert report["reply_seconds"]["count"] == 100
    assert report["said_each"] == {"p50": 5, "p90": 5, "p95": 5, "p99": 5, "max": 5}
    assert 0 <= report["reply_seconds"]["p50"] <= report["reply_seconds"]["max"]
    assert report["stuck_at"] == []
    assert {(one["said"], one["count"]) for one in report["slowest"]} == {
        *((question, 20) for question in ASKS),
        ("Listo #", 20),
    }
    curps = {texts[3] for texts in office.said.values()}
    assert len(curps) == 20
    assert counters(at(office))["by_status"]["read"] == 100


def test_who_gets_no_answer_is_stuck_at_the_question(office: Office) -> None:
    office.deaf_at = 4
    report = loaded(at(office), people=7, script=RULES, patience=10)
    assert (report["finished"], report["stuck"]) == (0, 7)
    [place] = report["stuck_at"]
    assert (place["why"], place["question"], place["count"]) == ("no answer", "Escribe tu CURP", 7)
    assert len(place["people"]) == 5


def test_one_question_asked_of_many_is_one_place(office: Office) -> None:
    script = [*RULES[:4], {"when": "listo", "do": "wait"}]
    report = loaded(at(office), people=3, script=script, patience=10)
    [place] = report["stuck_at"]
    assert (place["count"], place["why"]) == (3, "no answer")


def test_who_has_no_rule_for_a_question_is_stuck(office: Office) -> None:
    report = loaded(at(office), people=2, script=RULES[:2], patience=10)
    assert [place["why"] for place in report["stuck_at"]] == ["no rule for it"]


def test_who_finds_nothing_to_tap_is_stuck(office: Office) -> None:
    report = loaded(at(office), people=1, script=[{"when": "quién", "do": {"tap": "Nadie"}}])
    assert "Para mí, Otra persona" in report["stuck_at"][0]["why"]


def test_who_goes_round_in_circles_is_stopped(office: Office) -> None:
    script = [{"when": "quién", "do": {"tap": "any"}}, {"when": "", "do": {"text": "¿Qué?"}}]
    office.said["5215590000000"] = []
    report = loaded(at(office), people=1, script=script, turns_max=4)
    assert report["stuck_at"][0]["why"] == "more than 4 turns"


def test_one_load_at_a_time_and_it_can_be_ended(office: Office) -> None:
    office.deaf_at = 1
    path = f"{at(office).url}/control/load"
    assert call("GET", path)[0] == 422
    start_load(at(office), people=3, script=RULES, patience=10_000, start_over=0)
    wait_until(lambda: call("GET", path)[1]["talking"] == 3)
    assert call("POST", path, {"people": 1, "script": RULES})[0] == 422
    report = call("DELETE", path)[1]
    assert (report["running"], report["stopped"]) == (False, 3)
    each = call("GET", f"{path}?people=true")[1]["each"]
    assert [one["wa_id"] for one in each] == ["5215590000000", "5215590000001", "5215590000002"]
    assert {one["state"] for one in each} == {"stopped"}


def test_a_reset_ends_the_load(office: Office) -> None:
    office.deaf_at = 1
    start_load(at(office), people=3, script=RULES, patience=10_000)
    call("POST", f"{at(office).url}/control/reset")
    assert call("GET", f"{at(office).url}/control/load")[1]["running"] is False


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"people": 0, "script": RULES},
        {"people": 100_001, "script": RULES},
        {"people": 1, "script": []},
        {"people": 1, "script": [*RULES, *STEPS]},
        {"people": 1, "script": [{"when": "(", "do": "finish"}]},
        {"people": 1, "script": [{"when": "a", "do": {"tap": "("}}]},
        {"people": 1, "script": [{"when": "a", "do": {"tap": [[]]}}]},
        {"people": 1, "script": [{"when": "[[]]", "do": "finish"}]},
        {"people": 1, "script": [{"when": "a", "do": "dance"}]},
        {"people": 1, "script": [{"text": "a", "expect": "("}]},
        {"people": 1, "script": RULES, "patience": 0},
        {"people": 1, "script": RULES, "mood": "good"},
        {"people": 1, "script": RULES, "first_number": "12"},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(emulator: Running, asked: Any) -> None:
    status, answer = call("POST", f"{emulator.url}/control/load", asked)
    assert status == 422
    assert answer["error"]


def test_a_rule_can_be_used_up() -> None:
    mind = Mind(
        read_script([{"when": "hora", "do": {"tap": "first"}, "most": 1}, {"when": "", "do": "wait"}], {})
    )
    assert [mind.answers("¿A qué HORA?") for _ in range(2)] == [{"tap": "first"}, "wait"]


def test_steps_wait_for_what_they_expect() -> None:
    mind = Mind(read_script(STEPS, {}))
    assert mind.begins() == {"text": "Hola"}
    assert mind.answers("Un momento") is None
    assert mind.answers("Un momento\n¿Para quién?") == {"press": "mí"}


def test_first_last_any_or_a_pattern() -> None:
    offer = [("Uno", {"button": "1"}), ("Dos", {"button": "2"}), ("Dos y medio", {"button": "3"})]
    chance = random.Random(1)
    assert [pick(offer, one, chance)["button"] for one in ("first", "last", "dos", "medio")] == [
        "1",
        "3",
        "2",
        "3",
    ]
    assert {pick(offer, "any", chance)["button"] for _ in range(50)} == set("123")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], {}),
        ([3.0], {"p50": 3, "p90": 3, "p95": 3, "p99": 3, "max": 3}),
        ([float(n) for n in range(1, 101)], {"p50": 50, "p90": 90, "p95": 95, "p99": 99, "max": 100}),
    ],
)
def test_percentiles(values: list[float], expected: dict[str, float]) -> None:
    assert spread(reversed(values)) == expected


def test_a_sample_is_fair_and_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(percentiles, "SAMPLE_MAX", 100)
    sample = percentiles.Sample(random.Random(1))
    for n in range(10_000):
        sample.add(float(n))
    facts = sample.facts()
    assert facts["count"] == 10_000
    assert len(sample._kept) == 100
    assert 3_000 < facts["p50"] < 7_000


def test_people_have_papers_that_fit_and_are_their_own() -> None:
    people = [SamplePerson(n, str(n)) for n in range(5000)]
    today = date(2026, 11, 25)
    for person in people[::7]:
        curp = read_curp(person.curp, today)
        assert isinstance(curp, Curp), person
        reading = split_name(person.name, curp)
        assert isinstance(reading, NameReading)
        assert reading.mismatches == ()
    assert len({person.curp for person in people}) == 5000
    assert len({person.told("{number}") for person in people}) == 5000


def test_a_second_load_has_other_people(office: Office) -> None:
    assert loaded(at(office), people=3, script=RULES)["finished"] == 3
    assert loaded(at(office), people=3, script=RULES, first_person=3)["finished"] == 3
    assert len({texts[3] for texts in office.said.values()}) == 6


def test_a_seed_is_the_same_people(office: Office) -> None:
    plan = Plan(people=1, script=RULES)
    assert plan.seed == 1
    assert SamplePerson(7, "a").curp == SamplePerson(7, "a").curp != SamplePerson(8, "a").curp
    assert SamplePerson(7, "521").told("{n} {wa_id} {x{2}}") == "7 521 {x{2}}"


def test_the_command_plays_a_script_and_tells_how_it_went(office: Office, tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    script.write_text(json.dumps({"people": 2, "script": RULES}), "utf-8")
    result = CliRunner().invoke(app, ["load", str(script), "--url", at(office).url, "--people", "3"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["finished"] == 3


def test_the_command_fails_when_somebody_is_stuck(office: Office, tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    script.write_text(json.dumps(RULES[:1]), "utf-8")
    result = CliRunner().invoke(app, ["load", str(script), "--url", at(office).url, "--patience", "5"])
    assert result.exit_code == 1
    script.write_text("[]", "utf-8")
    result = CliRunner().invoke(app, ["load", str(script), "--url", at(office).url])
    assert (result.exit_code, "empty" in result.stderr) == (2, True)
    result = CliRunner().invoke(app, ["load", str(script), "--url", "http://127.0.0.1:9"])
    assert (result.exit_code, "not reached" in result.stderr) == (2, True)
