"""What a screen may show: each component, its properties, their limits. Pure.

Where documents disagree the lower number holds. The same checks hold the Flow JSON when it is uploaded and
the values that a phone puts in when it shows a screen.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Version = tuple[int, int]
Check = Callable[[Any], str | None]  # what is wrong, as the end of a sentence; None when nothing is
FIRST: Version = (5, 1)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ENDS = ("start-date", "end-date")
INPUT_TYPES = ("text", "number", "email", "password", "passcode", "phone")
WEIGHTS = ("bold", "italic", "bold_italic", "normal")
OPTION_TEXTS = {"id": 200, "title": 30, "description": 300, "metadata": 20, "alt-text": 100, "color": 6}
OPTION_ACTIONS = ("on-select-action", "on-unselect-action")
OPTION_KEYS = {*OPTION_TEXTS, "enabled", "image", *OPTION_ACTIONS}


@dataclass(frozen=True, slots=True)
class Prop:
    """A property: the JSON types a reference in its place may have, and the check of a value."""

    types: tuple[str, ...]
    check: Check
    since: Version = FIRST
    actions: tuple[str, ...] = ()  # not empty: the property is an action, one of these
    plain: bool = False  # no reference may stand here


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    required: dict[str, Prop] = field(default_factory=dict)
    optional: dict[str, Prop] = field(default_factory=dict)
    since: Version = FIRST
    gives: str | None = None  # the JSON type of what the person puts in
    most: int = 50  # on one screen

    @property
    def props(self) -> dict[str, Prop]:
        return {**self.required, **self.optional}


def words(most: int, *, many: bool = False) -> Prop:
    def check(value: Any) -> str | None:
        if many and isinstance(value, list):
            return next((wrong for one in value if (wrong := check(one))), None)
        if not isinstance(value, str):
            return "must be a string"
        if not value.strip():
            return "must not be empty"
        return f"must have at most {most} characters, it has {len(value)}" if len(value) > most else None

    return Prop(("string", "array") if many else ("string",), check)


def pattern(like: str, said: str, **more: Any) -> Prop:
    expected = re.compile(like)

    def check(value: Any) -> str | None:
        return None if isinstance(value, str) and expected.fullmatch(value) else f"must be {said}"

    return Prop(("string",), check, **more)


def choice(*allowed: str, since: Version = FIRST) -> Prop:
    return Prop(
        ("string",), lambda v: None if v in allowed else f"must be one of {', '.join(allowed)}", since
    )


def regular_expression(value: Any) -> str | None:
    try:
        re.compile(value)
    except (TypeError, re.error):
        return "must be a regular expression"
    return None


def truth(value: Any) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def count(value: Any) -> str | None:
    whole = isinstance(value, int | str) and not isinstance(value, bool)
    return None if whole and str(value).isdecimal() else "must be a whole number"


def day(value: Any) -> str | None:
    try:
        return None if date.fromisoformat(value).isoformat() == value else "must be a day like 2026-12-31"
    except (TypeError, ValueError):
        return "must be a day like 2026-12-31"


def each(check: Check) -> Check:
    def check_all(value: Any) -> str | None:
        if not isinstance(value, list):
            return "must be an array"
        return next((f"has an item that {wrong}" for one in value if (wrong := check(one))), None)

    return check_all


def anything(value: Any) -> str | None:
    return None


def ranged(prop: Prop) -> Prop:
    """For a calendar: the value, or one for each end of a span of days."""

    def check(value: Any) -> str | None:
        if not isinstance(value, dict):
            return prop.check(value)
        if value.keys() - set(ENDS):
            return "must have start-date and end-date, and nothing else"
        return next((wrong for one in value.values() if (wrong := prop.check(one))), None)

    return Prop((*prop.types, "object"), check, prop.since)


def options(least: int, most: int) -> Prop:
    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return "must be an array"
        allowed = 100 if any(isinstance(one, dict) and "image" in one for one in value) else most
        if not least <= len(value) <= max(least, min(most, allowed)):
            return f"must have {least} to {min(most, allowed)} options, it has {len(value)}"
        if wrong := next((wrong for one in value if (wrong := option(one))), None):
            return f"has an option that {wrong}"
        ids = [one["id"] for one in value]
        return "has two options with the same id" if len(set(ids)) < len(ids) else None

    return Prop(("array",), check)


def option(one: Any) -> str | None:
    if not isinstance(one, dict):
        return "is not an object"
    if unknown := one.keys() - OPTION_KEYS:
        return f"has the unknown property '{min(unknown)}'"
    if not {"id", "title"} <= one.keys():
        return "lacks its id or its title"
    for key, most in OPTION_TEXTS.items():
        if key in one and (wrong := words(most).check(one[key])):
            return f"has a '{key}' that {wrong}"
    return "has an 'enabled' that is neither true nor false" if truth(one.get("enabled", True)) else None


def action(*names: str, since: Version = FIRST) -> Prop:
    return Prop((), anything, since, names, plain=True)


TRUTH = Prop(("boolean",), truth)
COUNT = Prop(("number", "string"), count)
DAY = Prop(("string",), day)
DAYS_OFF = Prop(("array",), each(day))
TEXT = Prop(("string",), lambda v: None if isinstance(v, str) else "must be a string")
TEXTS = Prop(("array",), each(TEXT.check))
NAME = pattern(r"[A-Za-z_][A-Za-z0-9_]{0,79}", "a name of letters, digits and _", plain=True)
SEEN = {"visible": TRUTH}
INPUT = {**SEEN, "enabled": TRUTH, "required": TRUTH}
HELP = {"helper-text": words(80), "error-message": words(30)}
LABEL_VARIANT = {"label-variant": choice("large", since=(7, 0))}
STYLE = {"font-weight": choice(*WEIGHTS), "strikethrough": TRUTH, "markdown": TRUTH}
ON_SELECT = {
    "on-select-action": action("data_exchange", "update_data"),
    "on-unselect-action": action("update_data", since=(6, 0)),
}
LIMITS = {"min-date": DAY, "max-date": DAY, "unavailable-dates": DAYS_OFF}
SEVERAL = {"min-selected-items": COUNT, "max-selected-items": COUNT, "init-value": TEXTS}
IMAGES = {"media-size": choice("regular", "large")}


def group(least: int, most: int, gives: str, optional: dict[str, Prop], **more: Any) -> Component:
    label = more.pop("label", 30)
    return Component(
        required={"name": NAME, "label": words(label), "data-source": options(least, most)},
        optional={**INPUT, "description": words(300), **ON_SELECT, **optional},
        gives=gives,
        **more,
    )


COMPONENTS: dict[str, Component] = {
    "TextHeading": Component(required={"text": words(80)}, optional=SEEN),
    "TextSubheading": Component(required={"text": words(80)}, optional=SEEN),
    "TextBody": Component(required={"text": words(4096, many=True)}, optional={**SEEN, **STYLE}),
    "TextCaption": Component(required={"text": words(4096, many=True)}, optional={**SEEN, **STYLE}),
    "RichText": Component(required={"text": words(4096, many=True)}, optional=SEEN),
    "TextInput": Component(
        required={"name": NAME, "label": words(20)},
        optional={
            **INPUT,
            **HELP,
            **LABEL_VARIANT,
            "input-type": choice(*INPUT_TYPES),
            "pattern": Prop(("string",), regular_expression, (6, 2)),
            "min-chars": COUNT,
            "max-chars": COUNT,
            "init-value": TEXT,
        },
        gives="string",
    ),
    "TextArea": Component(
        required={"name": NAME, "label": words(20)},
        optional={**INPUT, **HELP, **LABEL_VARIANT, "max-length": COUNT, "init-value": TEXT},
        gives="string",
    ),
    "Dropdown": Component(
        required={"name": NAME, "label": words(20), "data-source": options(1, 200)},
        optional={**INPUT, **ON_SELECT, "init-value": TEXT},
        gives="string",
    ),
    "RadioButtonsGroup": group(1, 20, "string", {**IMAGES, "init-value": TEXT}),
    "CheckboxGroup": group(1, 20, "array", {**IMAGES, **SEVERAL}),
    "ChipsSelector": group(2, 20, "array", SEVERAL, since=(6, 3), label=80),
    "DatePicker": Component(
        required={"name": NAME, "label": words(40)},
        optional={
            **INPUT,
            **HELP,
            **LIMITS,
            "init-value": DAY,
            "on-select-action": action("data_exchange"),
        },
        gives="string",
    ),
    "CalendarPicker": Component(
        required={"name": NAME, "label": ranged(words(40))},
        optional={
            "visible": TRUTH,
            "enabled": TRUTH,
            "required": ranged(TRUTH),
            "helper-text": ranged(words(80)),
            "error-message": ranged(words(80)),
            "title": words(80),
            "description": words(300),
            "mode": choice("single", "range"),
            **LIMITS,
            "min-days": COUNT,
            "max-days": COUNT,
            "include-days": Prop(("array",), each(choice(*DAYS).check)),
            "init-value": ranged(DAY),
            "on-select-action": action("data_exchange"),
        },
        since=(6, 1),
        gives="string",
    ),
    "OptIn": Component(
        required={"name": NAME, "label": words(120)},
        optional={
            **SEEN,
            "required": TRUTH,
            "init-value": TRUTH,
            "on-click-action": action("navigate", "data_exchange", "open_url"),
            "on-select-action": action("update_data", since=(6, 0)),
            "on-unselect-action": action("update_data", since=(6, 0)),
        },
        gives="boolean",
        most=5,
    ),
    "EmbeddedLink": Component(
        required={
            "text": words(25),
            "on-click-action": action("navigate", "data_exchange", "open_url", "update_data"),
        },
        optional=SEEN,
        most=2,
    ),
    "Footer": Component(
        required={"label": words(35), "on-click-action": action("navigate", "data_exchange", "complete")},
        optional={
            "enabled": TRUTH,
            **{f"{side}-caption": words(15) for side in ("left", "center", "right")},
        },
    ),
}
