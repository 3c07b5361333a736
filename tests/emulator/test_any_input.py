"""Whatever is sent is answered: a fault or a success, never a crash."""

import copy
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatsapp_emulator.clock import Clock
from whatsapp_emulator.config import LIVE, Settings, change
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.faults import Fault, Refused
from whatsapp_emulator.injected import Injection
from whatsapp_emulator.load import Plan
from whatsapp_emulator.script import read_script

BODY = {
    "type": "BODY",
    "text": "Hola {{1}}, tu cita es el {{2}}, te esperamos.",
    "example": {"body_text": [["Ana", "martes"]]},
}
URL = {"type": "URL", "text": "Abrir", "url": "https://example.org/{{1}}", "example": ["a"]}
DEFINITION = {
    "name": "recordatorio",
    "language": "es_MX",
    "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "De {{1}}", "example": {"header_text": ["Ana"]}},
        BODY,
        {"type": "FOOTER", "text": "Oficina"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Voy"}, URL]},
    ],
}
MESSAGE = {
    "messaging_product": "whatsapp",
    "to": "5215512345678",
    "type": "template",
    "template": {
        "name": "recordatorio",
        "language": {"code": "es_MX"},
        "components": [
            {"type": "header", "parameters": [{"type": "text", "text": "Ana"}]},
            {
                "type": "body",
                "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "hoy"}],
            },
            {
                "type": "button",
                "sub_type": "url",
                "index": "1",
                "parameters": [{"type": "text", "text": "a"}],
            },
        ],
    },
}
FAULT = {"kind": "server_error", "rate": 0.5, "on": ["messages"], "status": 500, "id": 1}
PLAN = {
    "people": 2,
    "script": [{"when": "quién", "do": {"tap": "mí"}, "most": 1}],
    "start": {"text": "Hola"},
    "patience": 3,
}
WORDS = st.sampled_from(["", "{{1}}", "{{2}} {{1}}", "}}", "NAMED", "IMAGE", "body", "image", "(", "text"])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-1, 2**40)
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | WORDS
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value but the whole."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


@st.composite
def spoilt(draw: st.DrawFn, good: dict[str, Any]) -> Any:
    """A good value with something else in one or two places."""
    value: Any = copy.deepcopy(good)
    for _ in range(draw(st.integers(1, 2))):
        *way, last = draw(st.sampled_from(list(places(value))))
        place = value
        for key in way:
            place = place[key]
        place[last] = draw(JSON)
        if not list(places(value)):
            break
    return value


def business() -> Emulator:
    return Emulator(Settings(app_secret="a", access_token="b", window=False), Clock(1, rate=0))


def refusal(call: Callable[[], object]) -> Fault | None:
    try:
        call()
    except Refused as refused:
        return refused.fault
    return None


@settings(max_examples=300, deadline=None)
@given(spoilt(DEFINITION) | JSON)
def test_a_definition_is_taken_or_refused(definition: Any) -> None:
    registry = business().templates
    fault = refusal(lambda: registry.create(definition))
    assert fault is None or fault.body("A")["error"]["code"] == 100
    assert msgspec.json.encode([template.facts() for template in registry.by_id.values()])


@settings(max_examples=300, deadline=None)
@given(spoilt(DEFINITION), spoilt(MESSAGE))
def test_a_template_message_is_taken_or_refused(definition: Any, message: Any) -> None:
    """Against the good definition, and against the spoilt one when it was taken."""
    for wanted in (DEFINITION, definition):
        emulator = business()
        refusal(partial(emulator.templates.create, wanted))
        fault = refusal(partial(emulator.send, message))
        assert fault is None or msgspec.json.encode(fault.body("A"))
        for phone in emulator.world.phones.values():
            assert msgspec.json.encode(phone.entries)


@settings(max_examples=200, deadline=None)
@given(spoilt(FAULT))
def test_a_fault_is_taken_or_refused(asked: Any) -> None:
    try:
        found = msgspec.convert(asked, Injection)
    except msgspec.ValidationError:
        return
    emulator = business()
    emulator.injected.add(found)
    emulator.injected.strikes(found.kind)


@settings(max_examples=200, deadline=None)
@given(spoilt(PLAN))
def test_a_plan_is_taken_or_refused(asked: Any) -> None:
    try:
        plan = msgspec.convert(asked, Plan)
        assert read_script(plan.script, plan.start)
    except msgspec.ValidationError:
        return


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(LIVE), JSON, max_size=3))
def test_a_change_of_settings_is_taken_whole_or_not_at_all(asked: Any) -> None:
    chosen = Settings(app_secret="a", access_token="b")
    before = copy.copy(chosen)
    try:
        change(chosen, asked)
    except msgspec.ValidationError:
        assert chosen == before
    else:
        assert all(getattr(chosen, key) == value for key, value in asked.items())


def test_what_is_good_is_taken() -> None:
    """The samples that are spoilt above are good before."""
    emulator = business()
    emulator.templates.create(DEFINITION)
    assert emulator.send(MESSAGE)[1].rendered
    assert msgspec.convert(FAULT, Injection)
    with pytest.raises(Refused):
        emulator.templates.create(DEFINITION)
