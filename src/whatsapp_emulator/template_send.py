"""A template message against its template: what is refused, and what the person reads. Pure."""

from collections.abc import Iterator
from typing import Any

from whatsapp_emulator.faults import Fault
from whatsapp_emulator.registry import Registry, Template
from whatsapp_emulator.template_definition import BODY_MAX, HEADER_MAX, VARIABLE, parts, variables

NOT_THERE, COUNT, FORMAT, TOO_LONG, PAUSED, DISABLED = 132001, 132000, 132012, 132005, 132015, 132016
WORDED = ("text", "currency", "date_time")
Content = dict[str, Any]


def template_of(registry: Registry, content: Content) -> Template | Fault:
    """The template of a message whose shape is good."""
    name, language = content["name"], content["language"]["code"]
    template = registry.by_key.get((name, language))
    if template is None:
        return Fault(NOT_THERE, f"Template name ({name}) does not exist in {language}.")
    if template.status == "PAUSED":
        return Fault(PAUSED, f"Template {name} is paused because of its quality.")
    if template.status == "DISABLED":
        return Fault(DISABLED, f"Template {name} has been disabled.")
    if template.status != "APPROVED":
        return Fault(NOT_THERE, f"Template {name} in {language} is not approved: {template.status}.")
    return template


def message_faults(template: Template, content: Content) -> Iterator[Fault]:
    """Of the parameters."""
    given = given_parts(content)
    expected = parts(template.definition)
    named = template.definition.get("parameter_format") == "NAMED"
    header = expected.get("HEADER", {})
    if (kind := header.get("format", "TEXT")) == "TEXT":
        yield from text_faults("header", header.get("text", ""), given.pop("header", []), named)
    else:
        yield from file_faults(kind.lower(), given.pop("header", []))
    yield from text_faults("body", expected["BODY"]["text"], given.pop("body", []), named)
    buttons = expected.get("BUTTONS", {}).get("buttons", [])
    for n, button in enumerate(buttons):
        yield from button_faults(n, button, given.pop(f"button {n}", None))
    for place in given:
        yield Fault(COUNT, f"{place}: the template has no such component.")
    for place, most in (("header", HEADER_MAX), ("body", BODY_MAX)):
        said = filled(expected.get(place.upper(), {}).get("text", ""), given_parts(content).get(place, []))
        if len(said) > most:
            yield Fault(TOO_LONG, f"{place}: {len(said)} characters with its parameters, {most} at most.")


def text_faults(place: str, said: str, given: list[Content], named: bool) -> Iterator[Fault]:
    wanted = variables(said)
    if len(given) != len(wanted):
        yield Fault(COUNT, f"{place}: {len(given)} parameters given, {len(wanted)} expected.")
        return
    for one in given:
        if one["type"] not in WORDED:
            yield Fault(FORMAT, f"{place}: {one['type']} where a text is expected.")
    names = [one.get("parameter_name") for one in given]
    if named and sorted(map(str, names)) != sorted(wanted):
        yield Fault(FORMAT, f"{place}: the parameters must be named {', '.join(wanted)}.")
    if not named and any(names):
        yield Fault(FORMAT, f"{place}: the parameters of this template have places, not names.")


def file_faults(kind: str, given: list[Content]) -> Iterator[Fault]:
    if len(given) != 1:
        yield Fault(COUNT, f"header: {len(given)} parameters given, 1 expected.")
    elif given[0]["type"] != kind:
        yield Fault(FORMAT, f"header: {given[0]['type']} where {kind} is expected.")


def button_faults(n: int, button: Content, given: list[Content] | None) -> Iterator[Fault]:
    place, kind = f"button {n}", button["type"]
    needs = kind == "COPY_CODE" or bool(VARIABLE.search(button.get("url", "")))
    types = {"QUICK_REPLY": "payload", "URL": "text", "COPY_CODE": "coupon_code", "FLOW": "action"}
    if given is None:
        if needs:
            yield Fault(COUNT, f"{place}: 0 parameters given, 1 expected.")
    elif not needs and kind not in ("QUICK_REPLY", "FLOW"):
        yield Fault(COUNT, f"{place}: {len(given)} parameters given, 0 expected.")
    elif len(given) != 1:
        yield Fault(COUNT, f"{place}: {len(given)} parameters given, 1 expected.")
    elif given[0]["type"] != types[kind]:
        yield Fault(FORMAT, f"{place}: {given[0]['type']} where {types[kind]} is expected.")


def rendered(template: Template, content: Content) -> Content:
    """{header?, body, footer?, buttons?}; the header is {type, text} or the file."""
    given, expected = given_parts(content), parts(template.definition)
    made: Content = {"body": filled(expected["BODY"]["text"], given.get("body", []))}
    if header := expected.get("HEADER"):
        values = given.get("header", [])
        worded = {"type": "text", "text": filled(header.get("text", ""), values)}
        made["header"] = worded if header["format"] == "TEXT" else values[0]
    if footer := expected.get("FOOTER"):
        made["footer"] = footer["text"]
    if buttons := expected.get("BUTTONS"):
        made["buttons"] = [
            shown(button, given.get(f"button {n}", [])) for n, button in enumerate(buttons["buttons"])
        ]
    return made


def shown(button: Content, given: list[Content]) -> Content:
    """As on the phone. A quick reply without a payload answers with its own text."""
    made = {"type": button["type"], "text": button.get("text", button["type"])}
    if button["type"] == "QUICK_REPLY":
        made["payload"] = given[0]["payload"] if given else button["text"]
    if "url" in button:
        made["url"] = filled(button["url"], given)
    return made


def filled(said: str, given: list[Content]) -> str:
    values = {one.get("parameter_name", str(n)): worded(one[one["type"]]) for n, one in enumerate(given, 1)}
    return VARIABLE.sub(lambda match: values.get(match[1], match[0]), said)


def worded(value: Any) -> str:
    """Money and dates read as what they fall back to."""
    return str(value.get("fallback_value", "")) if isinstance(value, dict) else str(value)


def given_parts(content: Content) -> dict[str, list[Content]]:
    """Parameters by place: "header", "body", "button 0"."""
    return {
        f"button {int(one['index'])}" if one["type"] == "button" else one["type"]: one["parameters"]
        for one in content.get("components", ())
    }
