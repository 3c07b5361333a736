"""A page of the form in words: the data that WhatsApp lays into the page that it knows already."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ventanilla.core.text import shorten
from ventanilla.talk.form import NOT_CHOSEN
from ventanilla.talk.form_pages import Field, Page, View, option_id
from ventanilla.talk.messages import Choice, FormOffer, Phrase
from ventanilla.words import Words
from ventanilla.words.outgoing import FormCall

TEXT, OPTION_TITLE, OPTION_ABOUT = 4096, 30, 300
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_GONE = date(2000, 1, 1)


def key(name: str) -> str:
    """A question's name as a form spells it: a hyphen would be a minus there."""
    return name.replace("-", "_")


def said(phrase: Phrase, words: Words) -> str:
    """As a form says it: in words of its own where it has them, and without WhatsApp's bold."""
    own = f"form-{phrase.key}"
    text = words.text(own if own in words.messages() else phrase.key, **phrase.args)
    return text.replace("*", "")


def page_data(view: View, words: Words) -> dict[str, Any]:
    """The `data` of a screen. Everything the screen declares is there, each time."""
    data: dict[str, Any] = {
        "told": shorten("\n\n".join(said(p, words) for p in view.told), TEXT),
        # Not shown then, and never empty, which WhatsApp would refuse.
        "error": shorten("\n".join(said(p, words) for p in view.faults), TEXT) or NOT_CHOSEN,
        "has_error": bool(view.faults),
        "init": {key(name): _initial(view.page, name, text) for name, text in view.filled.items()},
        "shown": view.shown,
    }
    if view.faults:
        # WhatsApp shows this one wherever the person is on a long page, and then takes it away.
        data["error_message"] = data["error"]
    for entry in view.page.fields:
        if entry.sometimes:
            data[f"{key(entry.name)}_visible"] = entry.name in view.visible
        if entry.kind in ("one", "list") and not entry.fixed:
            data[f"{key(entry.name)}_options"] = options(view.options.get(entry.name, ()), words)
        if entry.kind == "calendar":
            data |= _calendar(view)
    return data


def _initial(page: Page, name: str, text: str) -> str | bool:
    tick = any(e.name == name and e.kind == "tick" for e in page.fields)
    return text == "true" if tick else text


def options(choices: tuple[Choice, ...], words: Words) -> list[dict[str, str]]:
    """Never empty, which WhatsApp would refuse."""
    return [_option(c, words) for c in choices] or [{"id": NOT_CHOSEN, "title": NOT_CHOSEN}]


def _option(choice: Choice, words: Words) -> dict[str, str]:
    title = words(choice.title)
    about = words(choice.description) if choice.description is not None else ""
    if len(title) > OPTION_TITLE:
        about = f"{title} · {about}" if about else title
    if choice.section is not None and about == "":
        about = words(choice.section)
    shown = {"id": option_id(choice), "title": shorten(title, OPTION_TITLE)}
    return shown | ({"description": shorten(about, OPTION_ABOUT)} if about else {})


def _calendar(view: View) -> Mapping[str, Any]:
    """From the first free day to the last: the days of the week that are free at times, without the days
    that are full. With no free day at all, one that has gone."""
    days = view.days or (_GONE,)
    first, last = days[0], days[-1]
    weekdays = {day.weekday() for day in days}
    span = (first.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
    full = {day for day in span if day.weekday() in weekdays} - set(view.days)
    return {
        "min_date": first.isoformat(),
        "max_date": last.isoformat(),
        "unavailable": [day.isoformat() for day in sorted(full)],
        "include_days": [_WEEKDAYS[n] for n in sorted(weekdays)],
    }


def form_call(offer: FormOffer, words: Words) -> FormCall:
    body = "\n\n".join(words(part) for part in offer.parts)
    return FormCall(body, words(offer.button), offer.flow_id, offer.token)


def answers_of(page: Page, payload: Mapping[str, Any]) -> dict[str, str]:
    """What a screen sent, by field; whatever is not a text or a yes counts as not given."""
    return {entry.name: _text(entry, payload.get(key(entry.name))) for entry in page.fields}


def _text(entry: Field, given: Any) -> str:
    if entry.kind == "tick":
        return "true" if given is True or given == "true" else ""
    return given.replace("\x00", "").strip()[:TEXT] if isinstance(given, str) else ""
