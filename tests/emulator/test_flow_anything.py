"""Whatever an endpoint answers and whatever a finger does, the phone stays a phone."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pywa.types import flows as pywa
from tests.emulator.sample_endpoint import PLACE as OFFICES
from tests.emulator.sample_flow import JSON, options, sample_flow

from whatsapp_emulator import Settings
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.flow_json import validated
from whatsapp_emulator.flow_screen import Screen, cannot, in_sight, look_of, problem, rendered
from whatsapp_emulator.flow_session import Session, Unfit, show, take
from whatsapp_emulator.flows import Flow
from whatsapp_emulator.state import Entry

EMULATOR = Emulator(Settings(app_secret="a", access_token="b"))
PLACE = {**OFFICES, "closed": [], "times": options("10:00"), "has_times": True}
PERSON = {"greeting": "Hola", "name": ""}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", "xalapa", "2026-12-01", "2026-13-01", "a" * 90]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "title", "start-date", "end-date"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def session() -> Session:
    """On the second screen."""
    flow = Flow("1", "Cita", ["OTHER"], 0.0, json=sample_flow())
    payload = {"interactive": {"action": {"parameters": {"flow_token": "t"}}}}
    entry = Entry(1, "out", 0.0, "wamid.1", "interactive", payload, "delivered", "5215512345678")
    found = Session(EMULATOR.world.phone("5215512345678"), entry, flow)
    show(found, "PERSON", PERSON)
    show(found, "PLACE", PLACE)
    found.top.form = {"office": "xalapa"}
    return found


@settings(max_examples=300, deadline=None)
@given(
    screen=st.sampled_from(["PERSON", "PLACE", "SUMMARY", "SUCCESS", "NOWHERE"]) | VALUES,
    data=st.dictionaries(st.sampled_from([*PLACE, "said", "error_message"]), VALUES, max_size=3),
    whole=st.booleans(),
    action=st.sampled_from(["INIT", "BACK", "data_exchange"]),
)
def test_any_answer_is_shown_or_refused_whole(screen: Any, data: JSON, whole: bool, action: str) -> None:
    phone = session()
    before = phone.facts()
    try:
        take(EMULATOR, phone, action, {"screen": screen, "data": {**PLACE, **data} if whole else data})
    except Unfit:
        assert phone.facts() == before
    else:
        assert phone.state == "done" or phone.facts()["screen"]["components"]


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(["office", "day", "time"]), value=VALUES)
def test_what_a_finger_can_do_has_a_verdict_and_can_be_drawn(name: str, value: Any) -> None:
    phone = session()
    component, resolved = next(
        pair for pair in in_sight(phone.top, phone.look) if pair[0].get("name") == "day"
    )
    for component, resolved in in_sight(phone.top, phone.look):
        if component.get("name") == name and cannot(resolved, value) is None:
            phone.top.form[name] = value
            assert problem(resolved, value) in (None, "required", "span", "not_possible")
            msgspec.json.encode(phone.facts())


def calendar(value: Any, **more: Any) -> str | None:
    picker = {"type": "CalendarPicker", "name": "days", "mode": "range", "min-days": 2, "max-days": 3, **more}
    return cannot(picker, value) or problem(picker, value)


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("2026-12-01", "span"),
        ("2026-12-02", None),
        ("2026-12-03", None),
        ("2026-12-04", "span"),
        ("2026-11-01", "span"),
    ],
)
def test_a_span_of_days_has_a_least_and_a_most(last: str, said: str | None) -> None:
    assert calendar({"start-date": "2026-12-01", "end-date": last}) == said


def test_a_span_has_two_ends() -> None:
    assert calendar({"start-date": "2026-12-01"}) == "a start-date and an end-date are needed"
    assert calendar("2026-12-01") == "a start-date and an end-date are needed"
    assert problem({"type": "CalendarPicker", "required": {"start-date": True}}, "") == "required"


def test_initial_values_that_point_at_each_other_are_empty() -> None:
    children = [
        {"type": "TextInput", "name": "a", "label": "A", "init-value": "${form.b}"},
        {"type": "TextInput", "name": "b", "label": "B", "init-value": "${form.a}"},
    ]
    screen = Screen({"id": "X", "layout": {"type": "SingleColumnLayout", "children": children}}, {})
    shown = rendered(screen, look_of(screen, [screen]))
    assert [component["value"] for component in shown] == ["", ""]


def test_initial_values_may_come_for_the_whole_form_with_its_errors() -> None:
    fields = [{"type": "TextInput", "name": name, "label": name} for name in ("a", "b")]
    form = {"type": "Form", "name": "f", "children": fields, "init-values": "${data.init}"}
    screen = Screen({"id": "X", "layout": {"children": [form]}}, {"init": {"a": "uno"}}, {"b": "dos"})
    shown = rendered(screen, look_of(screen, [screen]))
    assert [component["value"] for component in shown] == ["uno", "dos"]


def test_what_another_library_writes_is_taken() -> None:
    times = pywa.ScreenData(key="times", example=[pywa.DataSource(id="1", title="10:00")])
    day = pywa.CalendarPicker(
        name="day",
        label="Día",
        min_date="2026-12-01",
        max_date="2026-12-31",
        include_days=[pywa.CalendarDay.MON],
        on_select_action=pywa.DataExchangeAction(payload={"day": pywa.ComponentRef("day")}),
    )
    time = pywa.Dropdown(name="time", label="Hora", data_source=times.ref, required=True)
    done = pywa.Footer(
        label="Listo", on_click_action=pywa.CompleteAction(payload={"day": day.ref, "time": time.ref})
    )
    screen = pywa.Screen(
        id="DAY", title="Día", terminal=True, data=[times], layout=pywa.Layout(children=[day, time, done])
    )
    flow = pywa.FlowJSON(version="7.3", data_api_version="4.0", routing_model={"DAY": []}, screens=[screen])
    found, errors = validated(
        flow.to_json().encode()  # type: ignore[no-untyped-call]
    )
    assert errors == []
    assert found is not None
    assert found["screens"][0]["id"] == "DAY"
