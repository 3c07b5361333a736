"""The form as Meta keeps it: Flow JSON made from the pages and the word files, one form a language
(decision 0011). What changes from one person to another comes as data, by `words.forms.page_data`."""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from ventanilla.core.procedures import PROCEDURES
from ventanilla.talk.form_pages import LAST, PAGES, Field, Page
from ventanilla.talk.messages import Choice, Phrase
from ventanilla.talk.person import ATTENDING, PEOPLE
from ventanilla.words import Words
from ventanilla.words.forms import key, options

VERSION, DATA_API_VERSION = "7.3", "4.0"
_FIXED = {"for-whom": PEOPLE, "procedure": PROCEDURES, "attending": ATTENDING}
_DESCRIBED = frozenset({"procedure"})
_LONGEST = {"curp": 40, "name": 120, "municipality": 80, "email": 120}
_LONGEST_NUMBER = 40
_DAY = "2026-12-01"

Json = dict[str, Any]


def flow_json(words: Words) -> Json:
    return {
        "version": VERSION,
        "data_api_version": DATA_API_VERSION,
        "routing_model": {page.id: [after.id for after in _following(n)] for n, page in enumerate(PAGES)},
        "screens": [_screen(n, page, words) for n, page in enumerate(PAGES)],
    }


def encoded(flow: Json) -> tuple[bytes, str]:
    """As it is uploaded, and a hash that tells whether Meta has this one."""
    body = msgspec.json.format(msgspec.json.encode(flow), indent=1)
    return body, hashlib.sha256(body).hexdigest()


def _following(number: int) -> Iterator[Page]:
    """The pages that may come next: up to the first that nobody is spared."""
    for page in PAGES[number + 1 :]:
        yield page
        if not page.sometimes:
            return


def _screen(number: int, page: Page, words: Words) -> Json:
    last = number == LAST
    footer = words.text("footer-confirm" if last else "footer-next")
    payload = {key(e.name): f"${{form.{key(e.name)}}}" for e in page.fields} | {"shown": "${data.shown}"}
    button = {
        "type": "Footer",
        "label": footer,
        "on-click-action": {"name": "data_exchange", "payload": payload},
    }
    fields = [_component(entry, words) for entry in page.fields]
    form = {"type": "Form", "name": "form", "init-values": "${data.init}", "children": [*fields, button]}
    told = {"type": "TextBody", "text": "${data.told}"}
    error = {
        "type": "TextBody",
        "text": "${data.error}",
        "font-weight": "bold",
        "visible": "${data.has_error}",
    }
    return {
        "id": page.id,
        "title": words.text(f"step-{page.id.lower()}"),
        **({"terminal": True, "success": True} if last else {}),
        "data": _data(page),
        "layout": {"type": "SingleColumnLayout", "children": [told, error, form]},
    }


def _data(page: Page) -> Json:
    """What `page_data` gives, declared."""
    initial = {key(e.name): {"type": "boolean" if e.kind == "tick" else "string"} for e in page.fields}
    data: Json = {
        "told": _example("string", "…"),
        "error": _example("string", "…"),
        "has_error": _example("boolean", False),
        "init": {"type": "object", "properties": initial, "__example__": {}},
        "shown": _example("string", "…"),
    }
    for entry in page.fields:
        if entry.sometimes:
            data[f"{key(entry.name)}_visible"] = _example("boolean", True)
        if entry.kind in ("one", "list") and not entry.fixed:
            data[f"{key(entry.name)}_options"] = _OPTIONS
        if entry.kind == "calendar":
            data |= {"min_date": _example("string", _DAY), "max_date": _example("string", _DAY)}
            data |= {"unavailable": _texts(_DAY), "include_days": _texts("Tue")}
    return data


def _example(kind: str, example: Any) -> Json:
    return {"type": kind, "__example__": example}


def _texts(example: str) -> Json:
    return {"type": "array", "items": {"type": "string"}, "__example__": [example]}


_OPTIONS: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "title": {"type": "string"},
            "description": {"type": "string"},
        },
    },
    "__example__": [{"id": "1", "title": "…", "description": "…"}],
}


def _component(entry: Field, words: Words) -> Json:
    common: Json = {"name": key(entry.name), "label": words.text(f"label-{entry.name}")}
    common["required"] = entry.required
    if entry.sometimes:
        visible = f"${{data.{key(entry.name)}_visible}}"
        common["visible"] = visible
        common["required"] = visible if entry.required else False
    helper = f"helper-{entry.name}"
    if helper in words.messages():
        common["helper-text"] = words.text(helper)
    match entry.kind:
        case "one":
            return {"type": "RadioButtonsGroup", **common, "data-source": _source(entry, words)}
        case "list":
            return {"type": "Dropdown", **common, "data-source": _source(entry, words)}
        case "date":
            return {"type": "DatePicker", **common}
        case "calendar":
            return {"type": "CalendarPicker", **common, **_CALENDAR}
        case "tick":
            return {"type": "OptIn", **common}
        case "text":
            kind = "email" if entry.name == "email" else "text"
            most = _LONGEST.get(entry.name, _LONGEST_NUMBER)
            return {"type": "TextInput", **common, "input-type": kind, "max-chars": most}


_CALENDAR: Json = {
    "mode": "single",
    "min-date": "${data.min_date}",
    "max-date": "${data.max_date}",
    "unavailable-dates": "${data.unavailable}",
    "include-days": "${data.include_days}",
}


def _source(entry: Field, words: Words) -> str | list[dict[str, str]]:
    if not entry.fixed:
        return f"${{data.{key(entry.name)}_options}}"
    rows = tuple(
        Choice(
            value,
            Phrase(f"choice-{entry.name}-{value}"),
            Phrase(f"about-{entry.name}-{value}") if entry.name in _DESCRIBED else None,
        )
        for value in _FIXED[entry.name]
    )
    return options(rows, words)
