"""The form that is uploaded: what Meta accepts of a Flow, and that it is laid out for the data we send."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.talk.phone import FormPhone, Screen
from tests.talk.test_form import accepted, to_summary

from ventanilla.talk.form_pages import PAGES
from ventanilla.words import LANGUAGES, words
from ventanilla.words.flow_json import encoded, flow_json

REFERENCE = re.compile(r"\$\{(data|form)\.([a-z_]+)\}")
TYPES = {"string": str, "boolean": bool, "array": list, "object": dict}


def components(screen: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for top in screen["layout"]["children"]:
        yield from (top, *top.get("children", ()))


def faults_of(flow: dict[str, Any]) -> Iterator[str]:
    """Limits of Flow JSON 7.3 (whatsapp_limits.csv)."""
    order = [screen["id"] for screen in flow["screens"]]
    for start, ends in flow["routing_model"].items():
        if len(ends) > 10 or any(order.index(end) <= order.index(start) for end in ends):
            yield f"{start} leads to {ends}"
    for screen in flow["screens"]:
        parts = list(components(screen))
        if len(parts) > 50 or len(screen["title"]) > 30:
            yield f"{screen['id']} is too large"
        names = [c["name"] for c in parts if "name" in c and c["type"] != "Form"]
        if len(names) != len(set(names)) or any(not re.fullmatch("[a-z_]+", n) for n in names):
            yield f"{screen['id']} has names {names}"
        for kind, name in REFERENCE.findall(str(parts)):
            if name not in (screen["data"] if kind == "data" else names):
                yield f"{screen['id']}: {kind}.{name} is not there"
        if any("__example__" not in declared for declared in screen["data"].values()):
            yield f"{screen['id']} has data without example"
        yield from (fault for part in parts for fault in too_long(part))


def too_long(part: dict[str, Any]) -> Iterator[str]:
    most = {"Footer": 35, "OptIn": 120, "DatePicker": 40, "CalendarPicker": 40}.get(part["type"], 20)
    if len(part.get("label", "")) > most or len(part.get("helper-text", "")) > 80:
        yield f"{part['label']!r} is too long"
    rows = part.get("data-source", [])
    if isinstance(rows, list) and any(
        len(r["title"]) > 30 or len(r.get("description", "")) > 300 for r in rows
    ):
        yield f"an option of {part['name']} is too long"


@pytest.mark.parametrize("language", LANGUAGES)
def test_meta_accepts_the_form(language: str) -> None:
    flow = flow_json(words(language))
    assert list(faults_of(flow)) == []
    assert (flow["version"], flow["data_api_version"]) == ("7.3", "4.0")
    assert [s["id"] for s in flow["screens"] if s.get("terminal")] == ["SUMMARY"]
    body, _ = encoded(flow)
    assert len(body) < 10 * 2**20


def test_what_meta_would_refuse_is_seen() -> None:
    flow = flow_json(words("es"))
    flow["routing_model"]["TIME"] = ["DAY"]
    flow["screens"][0]["layout"]["children"][2]["children"][0]["label"] = "x" * 21
    del flow["screens"][1]["data"]["told"]
    assert len(list(faults_of(flow))) == 3


def test_both_languages_have_the_same_form_in_their_own_words() -> None:
    spanish, english = (flow_json(words(language)) for language in ("es", "en"))
    assert encoded(spanish)[1] != encoded(english)[1]
    for ours, theirs in zip(spanish["screens"], english["screens"], strict=True):
        assert ours["data"] == theirs["data"]
        assert [c["type"] for c in components(ours)] == [c["type"] for c in components(theirs)]


def check(screen: Screen) -> None:
    """The data are those that the screen declares, of their types."""
    flow = flow_json(words("es"))
    declared = next(s for s in flow["screens"] if s["id"] == screen.page)["data"]
    assert screen.data is not None
    # `error_message` is WhatsApp's own: it is shown without being declared.
    assert screen.data.keys() - {"error_message"} == declared.keys()
    for name, kind in declared.items():
        assert isinstance(screen.data[name], TYPES[kind["type"]]), name
    assert set(screen.data["init"]) <= set(declared["init"]["properties"])
    for name, rows in screen.data.items():
        if name.endswith("_options"):
            assert 1 <= len(rows) <= 200
            assert len({row["id"] for row in rows}) == len(rows)
            assert all(0 < len(r["title"]) <= 30 and len(r.get("description", "")) <= 300 for r in rows)


def test_each_page_of_a_booking_has_the_data_its_screen_declares() -> None:
    seen = []

    class Watching(FormPhone):
        def _shows(self, outcome: Any) -> Screen:
            screen = FormPhone._shows(self, outcome)
            seen.append(screen)
            check(screen)
            return screen

    to_summary(Watching(accepted()))
    assert {s.page for s in seen} == {p.id for p in PAGES} - {"OLD"}
