"""The README says what there is: nothing that is not there, and nothing less."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer
from starlette.routing import Route

from whatsapp_emulator import Running, config
from whatsapp_emulator.actions import ACTIONS
from whatsapp_emulator.app import ROUTES
from whatsapp_emulator.cli import app
from whatsapp_emulator.injected import KINDS
from whatsapp_emulator.load import STATES, Plan
from whatsapp_emulator.script import read_script
from whatsapp_emulator.testing import counters

HERE = Path(config.__file__).parent
README = "\n".join((HERE / name).read_text("utf-8") for name in ("README.md", "FLOWS.md"))


def first_cells(heading: str) -> list[str]:
    """What stands in backticks in the first column of the table under this heading."""
    found = re.search(rf"^\| {heading} \|[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)", README, re.MULTILINE)
    assert found, heading
    return [row.split("`")[1] for row in found[1].splitlines()]


def routes() -> Iterator[str]:
    for route in ROUTES:
        assert isinstance(route, Route)
        path = route.path.replace("{object_id:template_id}", "{template_id}")
        for method in (route.methods or set()) - {"HEAD"}:
            yield f"{method} {re.sub(r':graph_version', '', path)}"


def test_every_route_is_there_and_no_other() -> None:
    told = re.findall(r"^\| `((?:GET|POST|PUT|PATCH|DELETE) [^`]+)` \|", README, re.MULTILINE)
    assert sorted(told) == sorted(routes())


def test_every_setting_is_there_as_it_is() -> None:
    assert f"\n{config.table()}\n" in README


def test_every_option_of_the_load_is_there_and_no_other() -> None:
    command: Any = typer.main.get_command(app)
    options = [one.opts[0] for one in command.commands["load"].params if one.opts[0].startswith("--")]
    assert first_cells("Option") == [one for one in options if one != "--help"]


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Fault", list(KINDS)),
        ("Plan", [field.name for field in msgspec.structs.fields(Plan)]),
    ],
)
def test_every_fault_and_part_of_a_plan_is_there_and_no_other(heading: str, names: list[str]) -> None:
    assert sorted(first_cells(heading)) == sorted(names)


def test_every_action_is_there_and_no_other() -> None:
    told = [re.findall(r'"(\w+)"', cell)[0] for cell in first_cells("Action")]
    assert sorted(told) == sorted([*ACTIONS, "raw"])


def test_every_counter_is_there_and_no_other(emulator: Running) -> None:
    found = counters(emulator)
    assert sorted(first_cells("Counter")) == sorted(found)
    for key in found["webhooks"]:
        assert f"`{key}`" in README


def test_the_samples_of_scripts_are_good() -> None:
    samples = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    assert len(samples) == 2
    for sample in samples:
        assert read_script(msgspec.json.decode(sample), {})


def test_what_a_report_says_is_there() -> None:
    assert STATES == ("waiting", "talking", "finished", "stuck", "stopped")
    for key in ("reply_seconds", "talk_seconds", "said_each", "heard_each", "slowest", "stuck_at"):
        assert f"`{key}`" in README
