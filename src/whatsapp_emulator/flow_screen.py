"""A screen as a person has it before them: what is shown, what can be put in, what is wrong with it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from whatsapp_emulator.flow_components import COMPONENTS, DAYS, ENDS, day
from whatsapp_emulator.flow_expressions import Look, holds, resolve, shown
from whatsapp_emulator.flow_tree import JSON, components, dict_of

EMPTY = {"string": "", "array": [], "boolean": False}
TEXTS_MAX = {"TextInput": 80, "TextArea": 600}  # characters, when the component does not say
ANY = r"[\s\S]*"
KINDS_OF_TEXT = {
    "number": r"-?\d+(\.\d+)?",
    "passcode": r"\d+",
    "phone": r"\+?[\d ()-]{5,20}",
    "email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
}


@dataclass(slots=True)
class Screen:
    """One screen that was reached: its declaration, its data, what the person put in, by name."""

    declared: JSON
    data: JSON
    form: JSON = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)  # by name: the component's own words, or a code

    @property
    def id(self) -> str:
        return str(self.declared["id"])


def look_of(screen: Screen, stack: Sequence[Screen]) -> Look:
    """What references mean on this screen; an input nobody touched has its initial or an empty value."""
    others = {other.id: other for other in stack}
    asked: set[str] = set()  # inputs whose initial value is being looked up: one may point back to itself

    def look(reference: str) -> Any:
        match reference.split("."):
            case ["screen", other, *rest]:
                there = others.get(other)
                return look_of(there, stack)(".".join(rest)) if there else None
            case ["form", name] if name not in asked:
                asked.add(name)
                value = value_of(screen, name, look)
                asked.discard(name)
                return value
            case ["data", *rest]:
                found: Any = screen.data
                for key in rest:
                    found = dict_of(found).get(key)
                return found
        return None

    return look


def value_of(screen: Screen, name: str, look: Look) -> Any:
    """What the person put in; else the initial value; else an empty one."""
    if name in screen.form:
        return screen.form[name]
    initial: JSON = {}
    for _, component in components(screen.declared):
        if component["type"] == "Form":
            initial = {**initial, **dict_of(resolve(component.get("init-values", {}), look))}
        elif component.get("name") == name:
            given = resolve(component.get("init-value"), look)
            value = initial.get(name) if given is None else given
            empty = EMPTY[COMPONENTS[component["type"]].gives or "string"]
            return empty if value is None else value
    return None


def visible(children: list[JSON], look: Look) -> Iterator[JSON]:
    """The components in sight, as declared: of an If and a Switch the branch that holds."""
    for child in children:
        match child["type"]:
            case "Form":
                yield from visible(child["children"], look)
            case "If":
                branch = "then" if holds(child["condition"], look) else "else"
                yield from visible(child.get(branch, []), look)
            case "Switch":
                case = child["cases"].get(
                    shown(resolve(child["value"], look)), child["cases"].get("default", [])
                )
                yield from visible(case, look)
            case _ if holds(child.get("visible", True), look):
                yield child


def in_sight(screen: Screen, look: Look) -> Iterator[tuple[JSON, JSON]]:
    """(as declared, with its values put in), from top to bottom; actions are left as declared."""
    for component in visible(screen.declared["layout"]["children"], look):
        kind = COMPONENTS[component["type"]]
        resolved: JSON = {"type": component["type"]}
        for key, value in component.items():
            known = kind.props.get(key)
            plain = known is None or bool(known.actions) or known.plain
            resolved[key] = value if plain else resolve(value, look)
        yield component, {key: value for key, value in resolved.items() if value is not None}


def misfits(screen: Screen, look: Look) -> Iterator[str]:
    """What cannot be shown: a text that is too long, too many options, something required that is missing."""
    for component, resolved in in_sight(screen, look):
        kind = COMPONENTS[component["type"]]
        for key, prop in kind.props.items():
            if key in kind.required and key not in resolved:
                yield f"{component['type']} lacks '{key}'."
            elif key in resolved and key != "init-value" and (wrong := prop.check(resolved[key])):
                yield f"'{key}' of {component.get('name', component['type'])} {wrong}."


def settle(screen: Screen, look: Look) -> None:
    """A choice that new data no longer offers is not chosen any more."""
    for _, resolved in in_sight(screen, look):
        name, offered = resolved.get("name"), resolved.get("data-source")
        if name not in screen.form or not isinstance(offered, list):
            continue
        ids, value = {one["id"] for one in offered}, screen.form[name]
        if isinstance(value, list):
            screen.form[name] = [one for one in value if one in ids]
        elif value not in ids:
            del screen.form[name]


# What a person can put in


def cannot(component: JSON, value: Any) -> str | None:
    """Why a finger cannot do that; None when it can. The component has its values put in."""
    kind = component["type"]
    if COMPONENTS[kind].gives is None:
        return f"a {kind} takes nothing"
    if component.get("enabled", True) is not True:
        return f"{component['name']} is not enabled"
    if kind in ("TextInput", "TextArea"):
        return None if isinstance(value, str) else "a text is needed"
    if kind == "OptIn":
        return None if isinstance(value, bool) else "true or false is needed"
    if kind in ("DatePicker", "CalendarPicker"):
        return cannot_tap(component, value)
    offered = [one["id"] for one in component.get("data-source", ()) if one.get("enabled", True) is True]
    several = COMPONENTS[kind].gives == "array"
    if several != isinstance(value, list):
        return "a list of ids is needed" if several else "one id is needed"
    missing = [one for one in (value if several else [value]) if one not in offered]
    return f"{component['name']} does not offer {missing[0]!r}" if missing else None


def cannot_tap(component: JSON, value: Any) -> str | None:
    """A day is greyed when it is outside the span, unavailable, or on a weekday that is not included."""
    ranged = component.get("mode") == "range"
    if ranged != isinstance(value, dict):
        return "a start-date and an end-date are needed" if ranged else "one day is needed"
    if ranged and value.keys() != {*ENDS}:
        return "a start-date and an end-date are needed"
    for one in value.values() if ranged else [value]:
        if day(one):
            return "a day like 2026-12-31 is needed"
        weekday = DAYS[date.fromisoformat(one).weekday()]
        inside = component.get("min-date", one) <= one <= component.get("max-date", one)
        closed = one in component.get("unavailable-dates", ())
        if not inside or closed or weekday not in component.get("include-days", DAYS):
            return f"the day {one} cannot be tapped"
    return None


def problem(component: JSON, value: Any) -> str | None:
    """What the phone says when the person goes on: a code; None when all is well."""
    if component.get("enabled", True) is not True:
        return None
    if value in ("", [], False, None) or (isinstance(value, dict) and not all(value.values())):
        required = component.get("required", False)
        asked = any(required.values()) if isinstance(required, dict) else required

        return "required" if asked else None
    if isinstance(value, list):
        if len(value) < int(component.get("min-selected-items", 0)):
            return "too_few"
        return "too_many" if len(value) > int(component.get("max-selected-items", len(value))) else None
    if component["type"] in TEXTS_MAX:
        return text_problem(component, value)
    if isinstance(value, dict):
        return span_problem(component, value)
    return "not_possible" if cannot(component, value) else None


def text_problem(component: JSON, value: str) -> str | None:
    most: Any = component.get("max-chars", component.get("max-length", TEXTS_MAX[component["type"]]))
    if len(value) < int(component.get("min-chars", 0)):
        return "too_short"
    if len(value) > int(most):
        return "too_long"
    kind = str(component.get("input-type", "text"))
    if not re.fullmatch(KINDS_OF_TEXT.get(kind, ANY), value):
        return kind
    return None if re.fullmatch(component.get("pattern", ANY), value) else "pattern"


def span_problem(component: JSON, value: JSON) -> str | None:
    first, last = (date.fromisoformat(value[end]) for end in ("start-date", "end-date"))
    length = (last - first).days + 1
    least, most = int(component.get("min-days", 1)), int(component.get("max-days", length))
    return None if least <= length <= most and first <= last else "span"


def rendered(screen: Screen, look: Look) -> list[JSON]:
    """Each component in sight: its properties with their values, and `value`, `error`, `action`, `url`."""
    found = []
    for component, resolved in in_sight(screen, look):
        seen = {key: value for key, value in resolved.items() if not key.startswith(("on-", "init-"))}
        if COMPONENTS[component["type"]].gives:
            seen["value"] = value_of(screen, component["name"], look)
            if component["name"] in screen.errors:
                seen["error"] = screen.errors[component["name"]]
        for key in ("on-click-action", "on-select-action"):
            if key in component:
                seen["action"] = component[key]["name"]
            if component.get(key, {}).get("name") == "open_url":
                seen["url"] = resolve(component[key]["url"], look)
        found.append(seen)
    return found
