"""FLOWS.md tells every route of the forms, each thing a person can do, and each thing that can be said."""

import re
from pathlib import Path

import whatsapp_emulator
from whatsapp_emulator import flow_client, flow_components, flow_routes, flow_rules

TEXT = (Path(whatsapp_emulator.__file__).parent / "FLOWS.md").read_text("utf-8")


def test_every_route_is_told_and_no_other() -> None:
    told = set(re.findall(r"^\| `((?:GET|POST|PATCH|DELETE) [^`]+)` \|", TEXT, re.MULTILINE))
    found = {
        f"{method} {path.replace(':graph_version', '')}"
        for path, _, methods in flow_routes.ROUTES
        for method in methods
    }
    assert told == found | {"POST /control/phones/{wa_id}/flow"}


def test_everything_a_person_can_do_is_told() -> None:
    told = re.findall(r'^\| `\{"(\w+)": [^`]+` \|', TEXT, re.MULTILINE)
    assert set(told) == set(flow_client.ACTIONS)


def test_every_component_is_told() -> None:
    for name in flow_components.COMPONENTS.keys() | flow_rules.CONTAINERS.keys():
        assert re.search(rf"\b{name}\b", TEXT), name
