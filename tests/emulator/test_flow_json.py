"""What is taken for a Flow JSON: each rule is broken once, in a form that is right otherwise."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.emulator.sample_flow import declared, options, sample_flow, small_flow

from whatsapp_emulator.flow_json import validated

Change = Callable[[Any], Any]
VALUE, MISSING, ROUTES = "INVALID_PROPERTY_VALUE", "MISSING_REQUIRED_PROPERTY", "INVALID_ROUTING_MODEL"
VERSIONS = ["5.1", "6.0", "6.1", "6.2", "6.3", "7.0", "7.1", "7.2", "7.3"]


def errors(flow: Any) -> list[dict[str, Any]]:
    return validated(json.dumps(flow).encode())[1]


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    """The sample with one thing put in its place; `to` may be made from what was there."""
    flow = deepcopy(sample_flow())
    holder: Any = flow
    for key in path[:-1]:
        holder = holder[key]
    last = path[-1]
    before = holder.get(last) if isinstance(holder, dict) else holder[last]
    holder[last] = to(deepcopy(before)) if callable(to) else to
    return flow


def without(*path: str | int) -> dict[str, Any]:
    flow = changed(*path, to=None)
    holder: Any = flow
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return flow


FIELDS = ("screens", 0, "layout", "children", 0, "children")
PLACE = ("screens", 1, "layout", "children")
LAST = ("screens", 2, "layout", "children")


def in_person(n: int, key: str, to: Any) -> dict[str, Any]:
    return changed(*FIELDS, n, key, to=to)


def in_place(n: int, key: str, to: Any) -> dict[str, Any]:
    return changed(*PLACE, n, key, to=to)


def in_last(n: int, key: str, to: Any) -> dict[str, Any]:
    return changed(*LAST, n, key, to=to)


def texts(count: int) -> Change:
    return lambda before: [{"type": "TextBody", "text": "a"}] * count + before


def one_more(component: dict[str, Any]) -> Change:
    return lambda before: [*before, component]


FOOTER = {"type": "Footer", "label": "Otro", "on-click-action": {"name": "complete"}}
LINK = {
    "type": "EmbeddedLink",
    "text": "Abrir",
    "on-click-action": {"name": "open_url", "url": "https://a.b"},
}
OPT_IN = {"type": "OptIn", "label": "Sí"}
NESTED = {"type": "object", "properties": {}}
BACK = {"PERSON": ["PLACE"], "PLACE": ["SUMMARY"], "SUMMARY": ["PERSON"]}
ELEVEN = {"PERSON": ["PLACE", *(f"S{n}" for n in range(9))], "PLACE": ["SUMMARY"], "SUMMARY": []}


def many(count: int) -> list[dict[str, Any]]:
    return options(*(f"Oficina {n}" for n in range(count)))


@pytest.mark.parametrize("version", ["6.3", "7.0", "7.1", "7.2", "7.3"])
@pytest.mark.parametrize("data_api_version", ["3.0", "4.0"])
def test_a_right_form_has_no_errors(version: str, data_api_version: str) -> None:
    assert errors(sample_flow(version, data_api_version)) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_form_without_an_endpoint_is_right_in_every_version(version: str) -> None:
    assert errors({**small_flow(), "version": version}) == []


BROKEN: list[tuple[str, Any, str]] = [
    ("not an object", [], "INVALID_PROPERTY_TYPE"),
    ("an old version", changed("version", to="5.0"), "INVALID_FLOW_JSON_VERSION"),
    ("a version to come", changed("version", to="7.4"), "INVALID_FLOW_JSON_VERSION"),
    ("a version as a number", changed("version", to=7.3), "INVALID_FLOW_JSON_VERSION"),
    ("the data API of before", changed("data_api_version", to="2.0"), VALUE),
    ("an unknown property", {**sample_flow(), "data_channel_uri": "https://a.b"}, "INVALID_PROPERTY_KEY"),
    ("no screens", {**sample_flow(), "screens": []}, "INVALID_PROPERTY_TYPE"),
    ("a screen called SUCCESS", changed("screens", 0, "id", to="SUCCESS"), "INVALID_SCREEN_ID"),
    ("a digit in the id", changed("screens", 0, "id", to="PERSON1"), "INVALID_SCREEN_ID"),
    ("the same id twice", changed("screens", 0, "id", to="PLACE"), "DUPLICATE_SCREEN_ID"),
    ("an unknown property of a screen", changed("screens", 0, "colour", to="red"), "INVALID_PROPERTY_KEY"),
    ("no layout", without("screens", 0, "layout"), MISSING),
    ("another layout", changed("screens", 0, "layout", "type", to="Grid"), VALUE),
    ("nothing terminal", without("screens", 2, "terminal"), "MISSING_TERMINAL_SCREEN"),
    ("no success", changed("screens", 2, "success", to=False), "MISSING_TERMINAL_SCREEN"),
    ("terminal as a word", changed("screens", 2, "terminal", to="yes"), "INVALID_PROPERTY_TYPE"),
    ("a terminal screen without a footer", changed(*LAST, to=lambda all: all[:-1]), "MISSING_FOOTER"),
    ("two footers", changed(*LAST, to=one_more(FOOTER)), "INVALID_FOOTER"),
    ("a footer in one branch", in_place(2, "then", one_more(FOOTER)), "INVALID_FOOTER"),
    ("51 components", changed(*LAST, to=texts(44)), "TOO_MANY_COMPONENTS"),
    ("three links", changed(*FIELDS, to=lambda all: [LINK, LINK, *all]), "TOO_MANY_COMPONENTS"),
    ("six opt-ins", changed(*FIELDS, to=lambda all: [*({**OPT_IN, "name": f"o{n}"} for n in range(5)), *all]),
     "TOO_MANY_COMPONENTS"),
    ("one name twice", in_person(2, "name", "code"), "DUPLICATE_NAME"),
    ("an unknown component", in_person(0, "type", "Marquee"), VALUE),
    ("an unknown property of a component", in_person(0, "color", "red"), "INVALID_PROPERTY_KEY"),
    ("a component without its text", without(*FIELDS, 0, "text"), MISSING),
    ("a form without a name", without("screens", 0, "layout", "children", 0, "name"), MISSING),
    ("81 characters of a heading", in_person(0, "text", "a" * 81), VALUE),
    ("an empty text", in_person(0, "text", " "), VALUE),
    ("21 characters of a label", in_person(1, "label", "a" * 21), VALUE),
    ("81 characters of help", in_person(1, "helper-text", "a" * 81), VALUE),
    ("31 characters of an error", in_person(1, "error-message", "a" * 31), VALUE),
    ("121 characters to agree to", in_person(4, "label", "a" * 121), VALUE),
    ("26 characters of a link", in_person(5, "text", "a" * 26), VALUE),
    ("36 characters of a footer", in_person(6, "label", "a" * 36), VALUE),
    ("41 characters of a calendar", in_place(1, "label", "a" * 41), VALUE),
    ("201 options", in_place(0, "data-source", many(201)), VALUE),
    ("no option", in_place(0, "data-source", []), VALUE),
    ("21 boxes", in_last(3, "data-source", many(21)), VALUE),
    ("one chip", in_last(5, "data-source", many(1)), VALUE),
    ("31 characters of an option", in_place(0, "data-source", options("a" * 31)), VALUE),
    ("301 characters to describe it",
     in_place(0, "data-source", [{**options("A")[0], "description": "a" * 301}]), VALUE),
    ("one option twice", in_place(0, "data-source", options("A", "A")), VALUE),
    ("an option with more", in_place(0, "data-source", [{**options("A")[0], "x": 1}]), VALUE),
    ("101 options with pictures",
     in_place(0, "data-source", [{**one, "image": ""} for one in many(101)]), VALUE),
    ("a pattern nobody can read", in_person(1, "pattern", "["), VALUE),
    ("another kind of input", in_person(3, "input-type", "curp"), VALUE),
    ("required as a word", in_person(1, "required", "yes"), VALUE),
    ("a day written otherwise", in_last(4, "max-date", "1/1/2026"), VALUE),
    ("a day of a language", in_place(1, "include-days", ["Lun"]), VALUE),
    ("a caption at one side", in_person(6, "left-caption", "a"), VALUE),
    ("calendars before 6.1", {**sample_flow(), "version": "6.0"}, "UNSUPPORTED_IN_VERSION"),
    ("chips before 6.3", {**sample_flow(), "version": "6.2"}, "UNSUPPORTED_IN_VERSION"),
    ("expressions before 6.0", {**sample_flow(), "version": "5.1"}, "UNSUPPORTED_IN_VERSION"),
    ("data that is not declared", in_person(0, "text", "${data.nothing}"), "INVALID_REFERENCE"),
    ("an input that is not there", in_person(0, "text", "${form.nothing}"), "INVALID_REFERENCE"),
    ("an input of another screen", in_person(0, "text", "${form.day}"), "INVALID_REFERENCE"),
    ("a screen that is not there", in_person(0, "text", "${screen.X.form.day}"), "INVALID_REFERENCE"),
    ("an input another screen lacks", in_person(0, "text", "${screen.PLACE.form.x}"), "INVALID_REFERENCE"),
    ("a reference in an expression", in_person(0, "text", "`'a' ${form.x}`"), "INVALID_REFERENCE"),
    ("a reference in a payload",
     in_person(6, "on-click-action", {"name": "data_exchange", "payload": {"a": ["${form.x}"]}}),
     "INVALID_REFERENCE"),
    ("a reference of another type", in_place(0, "data-source", "${data.first}"), "INVALID_REFERENCE_TYPE"),
    ("an object where a text belongs", in_person(0, "text", "${form.agrees}"), "INVALID_REFERENCE_TYPE"),
    ("a reference in the middle", in_person(0, "text", "Hola ${data.name}"), VALUE),
    ("a dynamic name", in_person(1, "name", "${data.name}"), VALUE),
    ("an expression nobody can read", in_person(0, "text", "`'a' +`"), "INVALID_EXPRESSION"),
    ("a condition nobody can read", in_place(2, "condition", "${data.has_times} &&"), "INVALID_EXPRESSION"),
    ("a Switch without cases", in_place(3, "cases", {}), "INVALID_PROPERTY_TYPE"),
    ("an If without components", in_place(2, "else", "nothing"), "INVALID_PROPERTY_TYPE"),
    ("data without an example", without("screens", 0, "data", "name", "__example__"),
     MISSING),
    ("an example of another type", changed("screens", 0, "data", "name", to=declared("string", 1)),
     VALUE),
    ("a number that is a truth", changed("screens", 0, "data", "name", to=declared("number", True)),
     VALUE),
    ("data of no type", changed("screens", 0, "data", "name", to={"__example__": ""}), VALUE),
    ("an array of nothing", changed("screens", 1, "data", "closed", to=declared("array", [])),
     "INVALID_PROPERTY_TYPE"),
    ("an object of nothing", changed("screens", 1, "data", "offices", "items", to=NESTED),
     MISSING),
    ("data with more", changed("screens", 0, "data", "name", "maxLength", to=3), "INVALID_PROPERTY_KEY"),
    ("completing too early", in_person(6, "on-click-action", {"name": "complete"}), "INVALID_ACTION"),
    ("a footer that opens a page", in_person(6, "on-click-action", {"name": "open_url", "url": "https://a.b"}),
     "INVALID_ACTION"),
    ("asking nobody", without("data_api_version"), "INVALID_ACTION"),
    ("a page without an address", in_person(5, "on-click-action", {"name": "open_url"}),
     MISSING),
    ("a payload that is a text", in_person(5, "on-click-action", {"name": "data_exchange", "payload": "a"}),
     "INVALID_PROPERTY_TYPE"),
    ("updating what is not there",
     in_person(5, "on-click-action", {"name": "update_data", "payload": {"a": 1}}),
     "INVALID_REFERENCE"),
    ("going nowhere",
     in_person(6, "on-click-action", {"name": "navigate", "next": {"type": "screen", "name": "X"}}),
     "INVALID_NEXT_SCREEN"),
    ("going without the data",
     in_place(4, "on-click-action", {"name": "navigate", "next": {"type": "screen", "name": "SUMMARY"}}),
     "MISSING_PAYLOAD_KEY"),
    ("going with another type",
     in_place(4, "on-click-action", {"name": "navigate", "next": {"type": "screen", "name": "SUMMARY"},
                                     "payload": {"said": "${data.has_times}"}}),
     "INVALID_REFERENCE_TYPE"),
    ("no routes", without("routing_model"), ROUTES),
    ("routes in a circle", changed("routing_model", to=BACK), ROUTES),
    ("a route to itself", changed("routing_model", "PLACE", to=["PLACE", "SUMMARY"]), ROUTES),
    ("a route to nowhere", changed("routing_model", "PLACE", to=["SUMMARY", "X"]), ROUTES),
    ("a screen without routes", without("routing_model", "SUMMARY"), ROUTES),
    ("a dead end", changed("routing_model", "PLACE", to=[]), ROUTES),
    ("routes as a text", changed("routing_model", "PLACE", to="SUMMARY"), ROUTES),
    ("a way that is not declared",
     in_person(6, "on-click-action", {"name": "navigate", "next": {"type": "screen", "name": "SUMMARY"},
                                      "payload": {"said": "a"}}),
     ROUTES),
    ("a name nobody gave is sensitive", changed("screens", 0, "sensitive", to=["curp"]), VALUE),
    ("refreshing without an endpoint",
     {**small_flow(), "screens": [{**small_flow()["screens"][0], "refresh_on_back": True},
                                  small_flow()["screens"][1]]}, VALUE),
]  # fmt: skip


@pytest.mark.parametrize(("flow", "code"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_rule_that_is_broken_is_named(flow: Any, code: str) -> None:
    assert code in {error["error"] for error in errors(flow)}


def test_most_faults_are_told_once() -> None:
    counts = [len(errors(flow)) for _, flow, _ in BROKEN]
    assert sum(count == 1 for count in counts) > 0.7 * len(counts)


def test_eleven_branches_are_one_too_many() -> None:
    flow = changed("routing_model", to=ELEVEN)
    assert "There can be at most 10 branches." in {error["message"] for error in errors(flow)}


def test_the_edges_of_the_limits_are_taken() -> None:
    for flow in (
        in_person(0, "text", "a" * 80),
        in_person(4, "label", "a" * 120),
        in_person(6, "label", "a" * 35),
        in_place(0, "data-source", many(200)),
        changed(*LAST, to=texts(43)),
        in_person(1, "sensitive", None) and changed("screens", 0, "sensitive", to=["code"]),
        in_person(5, "on-click-action", {"name": "update_data", "payload": {"name": "x"}}),
        in_place(1, "label", {"start-date": "Desde", "end-date": "Hasta"}),
    ):
        assert errors(flow) == []


def test_an_error_says_where_and_what() -> None:
    text = json.dumps(in_person(0, "text", "a" * 81), indent=2).encode()
    [error] = validated(text)[1]
    line = text.decode().splitlines()[error["line_start"] - 1]
    assert line[error["column_start"] - 1 : error["column_end"]] == '"' + "a" * 81 + '"'
    assert error["pointers"][0]["path"] == "screens[0].layout.children[0].children[0].text"
    assert error["error_type"] == "FLOW_JSON_ERROR"
    assert error["message"] == "The property 'text' must have at most 80 characters, it has 81."


def test_what_is_no_json_is_one_error() -> None:
    flow, [error] = validated(b'{"version": }')
    assert flow is None
    assert (error["error"], error["line_start"], error["column_start"]) == ("INVALID_JSON", 1, 13)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", "a", "${data.x}", "`!`", "navigate", "Form"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "name", "children", "id", "payload"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(places(sample_flow())[1:]), value=ANYTHING)
def test_anything_in_any_place_is_judged(place: tuple[str | int, ...], value: Any) -> None:
    flow, found = validated(json.dumps(changed(*place, to=value)).encode())
    assert (flow is None) == bool(found)
