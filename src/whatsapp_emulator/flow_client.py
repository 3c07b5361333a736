"""The phone's side of a form: a person opens it, fills it in, goes on and back, closes it.

POST /control/phones/{wa_id}/flow         the person does one of
         {"open": "<wamid>"}              taps the button of that message
         {"fill": {name: value, ...}}     puts things in, one after the other: a text, an id, a list of ids,
                                          true or false, "2026-12-31", {"start-date", "end-date"}
         {"submit": true}                 taps the footer
         {"link": "<text or name>"}       taps a link, or what an opt-in links to
         {"back": true}                   {"close": true}
     -> {"state": "open" | "closed" | "done",
         "problem": null | "generic" | "too_old" | "blocked" | "unavailable" | "ended",
         "message": null | what the business wants read, "opened": null | an address that was opened,
         "screen": null | {"id", "title", "terminal", "first", "components": as in flow_screen.rendered}}
     422 {"error"} when a finger could not do it: no form is open, it is busy, a day is greyed.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request

from whatsapp_emulator.actions import NotPossible
from whatsapp_emulator.control import asked_of, control, wa_id_of
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.flow_expressions import resolve
from whatsapp_emulator.flow_screen import cannot, in_sight, problem
from whatsapp_emulator.flow_session import Session, Unfit, complain, exchange, perform, show
from whatsapp_emulator.flow_tree import JSON, dict_of
from whatsapp_emulator.state import Phone

LINKS = ("EmbeddedLink", "OptIn")
SELECTS = ("on-select-action", "on-unselect-action")


@control
async def act(emulator: Emulator, request: Request) -> JSON:
    phone = emulator.world.phone(wa_id_of(request))
    asked = await asked_of(request)
    found = [key for key in ACTIONS if asked.get(key) not in (None, False)]
    if found == ["submit", "link"]:  # a link is tapped instead of the footer
        found = ["link"]
    if len(found) != 1:
        raise NotPossible(f"one of {', '.join(ACTIONS)} is needed")
    if found == ["open"]:
        session = emulator.forms[phone.wa_id] = session_of(emulator, phone, asked["open"])
    elif phone.wa_id in emulator.forms:
        session = emulator.forms[phone.wa_id]
    else:
        raise NotPossible("no form is open")
    if session.busy:
        raise NotPossible("the form is busy")
    session.problem = session.message = session.opened = None
    session.busy = True
    try:
        await ACTIONS[found[0]](emulator, session, asked)
    finally:
        session.busy = False
        if session.state != "open" and emulator.forms.get(phone.wa_id) is session:
            del emulator.forms[phone.wa_id]
    return session.facts()


def session_of(emulator: Emulator, phone: Phone, wamid: Any) -> Session:
    entry = emulator.world.by_wamid.get(wamid) if isinstance(wamid, str) else None
    mine = entry and entry.wa_id == phone.wa_id and entry.direction == "out" and entry.status != "failed"
    if not entry or not mine or entry.payload.get("interactive", {}).get("type") != "flow":
        raise NotPossible("this phone has no such message with a form")
    flow = emulator.flows.of_message(entry.payload["interactive"])
    if flow is None or flow.json is None:
        raise NotPossible("the form of this message was deleted")
    return Session(phone, entry, flow)


# What the person does


async def open_form(emulator: Emulator, session: Session, asked: JSON) -> None:
    flow = session.flow
    if session.entry.wamid in emulator.flows.ended:
        return session.end("closed", "ended", emulator.flows.ended[session.entry.wamid])
    if flow.client == "too_old":
        return session.end("closed", "too_old")
    if flow.status in ("BLOCKED", "DEPRECATED"):
        return session.end("closed", "blocked" if flow.status == "BLOCKED" else "unavailable")
    if session.given.get("flow_action") == "data_exchange":
        return await exchange(emulator, session, "INIT", {})
    first = session.given["flow_action_payload"]
    try:
        show(session, first["screen"], first.get("data", {}))
    except Unfit as unfit:
        await complain(emulator, session, "navigate", unfit)
    return None


async def fill(emulator: Emulator, session: Session, asked: JSON) -> None:
    """One after the other: what is chosen may change what can be put in next."""
    if not isinstance(asked["fill"], dict):
        raise NotPossible("fill is an object: names and values")
    for name, value in asked["fill"].items():
        if session.state != "open":
            return
        component, resolved = named(session, name)
        if reason := cannot(resolved, value):
            raise NotPossible(reason)
        before = session.look(f"form.{name}")
        session.top.form[name] = value
        session.top.errors.pop(name, None)
        if value == before:
            continue
        chosen = value not in ("", False, []) and not (isinstance(before, list) and len(value) < len(before))
        key = SELECTS[not chosen]
        for action in (option_action(resolved, value, key), component.get(key)):
            if action:
                await perform(emulator, session, action)


def option_action(resolved: JSON, value: Any, key: str) -> JSON | None:
    """What an option itself does when it is chosen."""
    offered = resolved.get("data-source", ())
    return next((dict_of(one).get(key) for one in offered if one["id"] == value), None)


async def submit(emulator: Emulator, session: Session, asked: JSON) -> None:
    session.top.errors = {}
    for _, resolved in in_sight(session.top, session.look):
        name = resolved.get("name")
        if name and (code := problem(resolved, session.look(f"form.{name}"))):
            session.top.errors[name] = words_of(session, resolved, code)
    if not session.top.errors:
        for component, resolved in in_sight(session.top, session.look):
            if component["type"] == "Footer":
                if resolved.get("enabled", True) is not True:
                    raise NotPossible("the footer is not enabled")
                return await perform(emulator, session, component["on-click-action"])
        raise NotPossible("the screen has no footer")
    return None


def words_of(session: Session, resolved: JSON, code: str) -> str:
    """The business's own words, when it gave any for this component."""
    for child in session.top.declared["layout"]["children"]:
        own = dict_of(resolve(child.get("error-messages", {}), session.look)).get(resolved["name"])
        if own:
            return str(own)
    said = resolved.get("error-message", code)
    return code if code == "required" or not isinstance(said, str) else said


async def follow(emulator: Emulator, session: Session, asked: JSON) -> None:
    for component, resolved in in_sight(session.top, session.look):
        called = asked["link"] in (resolved.get("text"), resolved.get("name"))
        if called and component["type"] in LINKS and "on-click-action" in component:
            return await perform(emulator, session, component["on-click-action"])
    raise NotPossible(f"the screen has no link {asked['link']!r}")


async def back(emulator: Emulator, session: Session, asked: JSON) -> None:
    if session.top.declared.get("refresh_on_back") and len(session.stack) > 1:
        return await exchange(emulator, session, "BACK", {})
    session.stack.pop()
    return None if session.stack else session.end("closed")


async def close(emulator: Emulator, session: Session, asked: JSON) -> None:
    session.end("closed")


Action = Callable[[Emulator, Session, JSON], Awaitable[None]]
ACTIONS: dict[str, Action] = {
    "open": open_form,
    "fill": fill,
    "submit": submit,
    "link": follow,
    "back": back,
    "close": close,
}


def named(session: Session, name: str) -> tuple[JSON, JSON]:
    for component, resolved in in_sight(session.top, session.look):
        if component.get("name") == name:
            return component, resolved
    raise NotPossible(f"the screen {session.top.id} shows nothing named {name!r}")
