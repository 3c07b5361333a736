"""What Meta accepts as the definition of a template. Pure: definition -> faults, the first one is the answer.

Sources: WhatsApp template pages, 2025-12; the subcodes are those of Meta's list of management errors.
Not emulated: authentication, catalog, carousel and limited-time-offer templates.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from whatsapp_emulator.faults import Fault, TemplateFault
from whatsapp_emulator.shapes import (
    Check,
    anything,
    by,
    flag,
    integer,
    many,
    obj,
    one_of,
    text,
    web_address,
)

Definition = dict[str, Any]
VARIABLE = re.compile(r"\{\{([^{}]*)\}\}")
ADJACENT = re.compile(r"\}\}\s*\{\{")
CATEGORIES = ("MARKETING", "UTILITY")
BUTTONS_MAX, BUTTON_TEXT_MAX = 10, 25
MOST = {"QUICK_REPLY": 10, "URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1, "FLOW": 1, "REQUEST_CONTACT_INFO": 1}
HEADER_MAX, BODY_MAX, FOOTER_MAX = 60, 1024, 60
TTL_SECONDS = range(30, 43_201)
TOO_LONG = (2388040, "Character Limit Exceeded")
NO_EXAMPLE = (2388043, "Example Missing")
HEADER_WRONG = (2388047, "Message Header Format Is Incorrect")
BODY_WRONG = (2388072, "Message Body Format Is Incorrect")
FOOTER_WRONG = (2388073, "Message Footer Format Is Incorrect")
TOO_MANY_VARIABLES = (2388293, "Too Many Variables For The Length")
AT_AN_END = (2388299, "Variable At Start Or End")
OTHERWISE = (0, "Invalid Template")

ANY_TEXT = text(100_000)
NAMED = many(obj({"param_name": ANY_TEXT, "example": ANY_TEXT}), 1, 64)
LABEL = text(BUTTON_TEXT_MAX)
EXAMPLE_LIST = many(ANY_TEXT, 1, 64)


def media_header() -> Check:
    return obj(
        {"type": anything, "format": anything, "example": obj({"header_handle": many(ANY_TEXT, 1, 1)})}
    )


HEADER = by(
    "format",
    {
        "TEXT": obj(
            {"type": anything, "format": anything, "text": ANY_TEXT},
            {"example": obj({}, {"header_text": EXAMPLE_LIST, "header_text_named_params": NAMED})},
        ),
        **{kind: media_header() for kind in ("IMAGE", "VIDEO", "DOCUMENT")},
        "LOCATION": obj({"type": anything, "format": anything}),
    },
)
BODY = obj(
    {"type": anything, "text": ANY_TEXT},
    {"example": obj({}, {"body_text": many(EXAMPLE_LIST, 1, 1), "body_text_named_params": NAMED})},
)
BUTTON = by(
    "type",
    {
        "QUICK_REPLY": obj({"type": anything, "text": LABEL}),
        "URL": obj({"type": anything, "text": LABEL, "url": web_address()}, {"example": EXAMPLE_LIST}),
        "PHONE_NUMBER": obj({"type": anything, "text": LABEL, "phone_number": text(20)}),
        "COPY_CODE": obj({"type": anything, "example": anything}),
        "FLOW": obj(
            {"type": anything, "text": LABEL},
            dict.fromkeys(("flow_id", "flow_name", "flow_json", "flow_action", "navigate_screen"), ANY_TEXT),
        ),
        "REQUEST_CONTACT_INFO": obj({"type": anything}, {"text": LABEL}),
    },
)
COMPONENT = by(
    "type",
    {
        "HEADER": HEADER,
        "BODY": BODY,
        "FOOTER": obj({"type": anything, "text": ANY_TEXT}),
        "BUTTONS": obj({"type": anything, "buttons": many(BUTTON, 1, BUTTONS_MAX)}),
    },
)
CHANGEABLE = {
    "components": many(COMPONENT, 1, 4),
    "category": one_of(*CATEGORIES),
    "parameter_format": one_of("POSITIONAL", "NAMED"),
    "message_send_ttl_seconds": integer,
    "cta_url_link_tracking_opted_out": flag,
}
NEW = obj(
    {
        "name": text(512, like=r"[a-z0-9_]+"),
        "language": text(10, like=r"[a-z]{2,3}(_[A-Z]{2,3})?"),
        "category": CHANGEABLE["category"],
        "components": CHANGEABLE["components"],
    },
    {**CHANGEABLE, "allow_category_change": flag},
)
CHANGE = obj({}, CHANGEABLE)


def normal(asked: object) -> object:
    """Meta takes the types, formats and categories in either case; we keep them in capitals."""
    if not isinstance(asked, dict):
        return asked
    capitals = ("type", "format", "category", "parameter_format")
    return {
        key: value.upper()
        if key in capitals and isinstance(value, str)
        else [normal(one) for one in value]
        if key in ("components", "buttons") and isinstance(value, list)
        else value
        for key, value in asked.items()
    }


def variables(said: str) -> list[str]:
    """As they come, each once."""
    return list(dict.fromkeys(VARIABLE.findall(said)))


def parts(definition: Definition) -> dict[str, dict[str, Any]]:
    """Components by type; for a definition without faults."""
    return {component["type"]: component for component in definition["components"]}


def definition_faults(definition: Any, shape: Check = NEW) -> Iterator[Fault]:
    """Of a whole definition, types in capitals. A change is judged with what it is changed into."""
    found = list(shape(definition, ""))
    yield from (TemplateFault(100, fault.details, *OTHERWISE) for fault in found)
    if found:
        return
    counts = Counter(component["type"] for component in definition["components"])
    if counts["BODY"] != 1 or max(counts.values()) > 1:
        yield TemplateFault(100, "One BODY is needed, and no component twice.", *OTHERWISE)
        return
    ttl = definition.get("message_send_ttl_seconds", TTL_SECONDS[0])
    if ttl not in TTL_SECONDS:
        yield TemplateFault(100, f"message_send_ttl_seconds must be 30 to 43200, not {ttl}.", *OTHERWISE)
    named = definition.get("parameter_format") == "NAMED"
    found_parts = parts(definition)
    yield from header_faults(found_parts.get("HEADER", {}), named)
    yield from body_faults(found_parts["BODY"], named)
    yield from footer_faults(found_parts.get("FOOTER", {}))
    yield from button_faults(found_parts.get("BUTTONS", {}).get("buttons", []))


def header_faults(header: dict[str, Any], named: bool) -> Iterator[Fault]:
    said = header.get("text", "")
    if len(said) > HEADER_MAX:
        yield TemplateFault(100, f"The header has more than {HEADER_MAX} characters.", *TOO_LONG)
    if "\n" in said or len(variables(said)) > 1:
        yield TemplateFault(100, "The header is one line with one variable at most.", *HEADER_WRONG)
    yield from name_faults(said, named, HEADER_WRONG)
    example = header.get("example", {})
    yield from example_faults(
        said, example.get("header_text"), example.get("header_text_named_params"), named
    )


def body_faults(body: dict[str, Any], named: bool) -> Iterator[Fault]:
    said = body["text"]
    if len(said) > BODY_MAX:
        yield TemplateFault(100, f"The body has more than {BODY_MAX} characters.", *TOO_LONG)
    yield from name_faults(said, named, BODY_WRONG)
    plain = said.strip()
    if plain.startswith("{{") or plain.endswith("}}"):
        yield TemplateFault(100, "The body must not begin or end with a variable.", *AT_AN_END)
    count = len(variables(said))
    if count and len(VARIABLE.sub(" ", said).split()) < 2 * count + 1:
        yield TemplateFault(100, f"{count} variables need more words around them.", *TOO_MANY_VARIABLES)
    example = body.get("example", {})
    rows = example.get("body_text", [None])
    yield from example_faults(said, rows[0], example.get("body_text_named_params"), named)


def footer_faults(footer: dict[str, Any]) -> Iterator[Fault]:
    said = footer.get("text", "")
    if len(said) > FOOTER_MAX:
        yield TemplateFault(100, f"The footer has more than {FOOTER_MAX} characters.", *TOO_LONG)
    if VARIABLE.search(said):
        yield TemplateFault(100, "The footer has no variables.", *FOOTER_WRONG)


def name_faults(said: str, named: bool, wrong: tuple[int, str]) -> Iterator[Fault]:
    """Positions count from 1 without a gap; names are small letters, digits and underscores."""
    found = variables(said)
    expected = [str(n + 1) for n in range(len(found))]
    fits = (
        all(re.fullmatch(r"[a-z_][a-z0-9_]*", one) for one in found) if named else sorted(found) == expected
    )
    rest = VARIABLE.sub("", said)
    if not fits or "{{" in rest or "}}" in rest:
        kind = "named {{like_this}}" if named else "{{1}}, {{2}} and so on"
        yield TemplateFault(100, f"The variables must be {kind}.", *wrong)


def example_faults(said: str, positional: Any, by_name: Any, named: bool) -> Iterator[Fault]:
    wanted = variables(said)
    given = [one["param_name"] for one in by_name or []] if named else list(positional or [])
    enough = sorted(given) == sorted(wanted) if named else len(given) == len(wanted)
    if wanted and not enough:
        yield TemplateFault(100, f"An example is needed for each of {', '.join(wanted)}.", *NO_EXAMPLE)


def button_faults(buttons: list[dict[str, Any]]) -> Iterator[Fault]:
    counts = Counter(button["type"] for button in buttons)
    for kind, count in counts.items():
        if count > MOST[kind]:
            yield TemplateFault(100, f"At most {MOST[kind]} buttons may be {kind}.", *OTHERWISE)
    replies = [button["type"] == "QUICK_REPLY" for button in buttons]
    if sum(one != other for one, other in pairwise(replies)) > 1:
        yield TemplateFault(100, "Quick replies must stand together.", *OTHERWISE)
    labels = [button["text"] for button in buttons if "text" in button]
    if len(set(labels)) < len(labels):
        yield TemplateFault(100, "The labels of buttons must differ.", *OTHERWISE)
    for button in buttons:
        found = VARIABLE.findall(button.get("url", ""))
        if len(found) > 1 or (found and not button["url"].endswith("}}")):
            yield TemplateFault(100, "An address has one variable at most, at its end.", *OTHERWISE)
        if found and len(button.get("example", [])) != 1:
            yield TemplateFault(100, "The address of a button needs an example.", *NO_EXAMPLE)
        if VARIABLE.search(button.get("text", "")):
            yield TemplateFault(100, "The label of a button has no variables.", *OTHERWISE)


def rejection(definition: Definition) -> dict[str, str] | None:
    """What the review finds that the check at once does not."""
    if any(ADJACENT.search(component.get("text", "")) for component in definition["components"]):
        return {
            "reason": "Two variables stand next to each other with nothing between them.",
            "recommendation": "Put words between the variables that say what each one is.",
        }
    return None
