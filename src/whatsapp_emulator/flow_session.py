"""One form on one phone: which screens were reached, what goes to the endpoint, what its answers do."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from whatsapp_emulator.actions import reply
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.flow_data import data_misfits
from whatsapp_emulator.flow_expressions import resolve
from whatsapp_emulator.flow_json import SUCCESS, version_of
from whatsapp_emulator.flow_screen import Screen, look_of, misfits, rendered, settle
from whatsapp_emulator.flow_tree import JSON, Tree, dict_of
from whatsapp_emulator.flows import Flow
from whatsapp_emulator.state import Entry, Phone


class Unfit(Exception):
    """The endpoint answered something no phone can show: the key of the error it is told, and a sentence."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(slots=True)
class Session:
    """One form, open on one phone."""

    phone: Phone
    entry: Entry  # the message with the button
    flow: Flow
    stack: list[Screen] = field(default_factory=list)
    state: str = "open"
    problem: str | None = None
    message: str | None = None
    opened: str | None = None
    busy: bool = False

    @property
    def given(self) -> JSON:
        parameters: JSON = self.entry.payload["interactive"]["action"]["parameters"]
        return parameters

    @property
    def token(self) -> str:
        return str(self.given.get("flow_token", "unused"))

    @property
    def top(self) -> Screen:
        return self.stack[-1]

    def look(self, reference: str) -> Any:
        return look_of(self.top, self.stack)(reference)

    def end(self, state: str, problem: str | None = None, message: str | None = None) -> None:
        self.state, self.problem, self.message = state, problem, message

    def facts(self) -> JSON:
        keys = ("state", "problem", "message", "opened")
        seen = self.seen() if self.state == "open" and self.stack else None
        return {**{key: getattr(self, key) for key in keys}, "screen": seen}

    def seen(self) -> JSON:
        declared = self.top.declared
        return {
            "id": self.top.id,
            "title": declared.get("title", ""),
            "terminal": declared.get("terminal", False),
            "first": len(self.stack) == 1,
            "components": rendered(self.top, self.look),
        }


async def perform(emulator: Emulator, session: Session, action: JSON) -> None:
    payload = resolve(action.get("payload", {}), session.look)
    match action["name"]:
        case "navigate":
            try:
                show(session, action["next"]["name"], payload)
            except Unfit as unfit:
                await complain(emulator, session, "navigate", unfit)
        case "data_exchange":
            await exchange(emulator, session, "data_exchange", payload)
        case "update_data":
            session.top.data = {**session.top.data, **payload}
            settle(session.top, session.look)
        case "open_url":
            session.opened = resolve(action["url"], session.look)
        case "complete":
            finish(emulator, session, {**payload, "flow_token": session.token})


def finish(emulator: Emulator, session: Session, params: JSON) -> None:
    content = {"name": "flow", "body": "Sent", "response_json": msgspec.json.encode(params).decode()}
    emulator.write(session.phone, reply(emulator, session.entry, "nfm_reply", content))
    session.end("done")


async def exchange(emulator: Emulator, session: Session, action: str, data: JSON) -> None:
    screen = session.top.id if session.stack else None
    content = emulator.channel.asked(session.flow, session.token, action, screen, data)
    answer = await emulator.channel.ask(emulator.flows, session.flow, session.phone.wa_id, content)
    match answer.outcome:
        case "ok":
            try:
                take(emulator, session, action, answer.content)
            except Unfit as unfit:
                await complain(emulator, session, action, unfit)
        case "cannot_open":
            closed = Unfit("response-decryption-error", "The answer cannot be decrypted.")
            await complain(emulator, session, action, closed)
        case "token_ended":
            emulator.flows.end(session.entry.wamid, answer.message)
            session.end("closed", "ended", answer.message)
        case "wrong_key" | "no_key" | "no_endpoint":
            session.end("closed", "generic")
        case _:
            session.end("open" if session.stack else "closed", "generic")


def take(emulator: Emulator, session: Session, action: str, content: Any) -> None:
    """Goes where the endpoint says. Raises Unfit."""
    name, data = dict_of(content).get("screen"), dict_of(content).get("data", {})
    if name == SUCCESS:
        params = dict_of(dict_of(dict_of(data).get("extension_message_response")).get("params"))
        if not isinstance(params.get("flow_token"), str):
            raise Unfit("invalid-response", "SUCCESS needs extension_message_response.params.flow_token.")
        return finish(emulator, session, params)
    if action == "data_exchange" and name not in (session.top.id, *following(session)):
        raise Unfit("invalid-screen-transition", f"{session.top.id} does not lead to {name!r}.")
    show(session, name, data, instead=action == "BACK")
    message = dict_of(data).get("error_message")
    session.message = message if isinstance(message, str) else None
    return None


def following(session: Session) -> list[str]:
    flow = session.flow.json
    assert flow
    tree = Tree(version_of(flow["version"]), session.flow.screens, session.flow.has_endpoint)
    return tree.routes(flow).get(session.top.id, [])


def show(session: Session, name: Any, data: Any, instead: bool = False) -> None:
    """The screen anew when it is there already, what was put in kept; else on top (or instead of the top).

    Raises Unfit, and then nothing has changed.
    """
    declared = session.flow.screens.get(name) if isinstance(name, str) else None
    if declared is None:
        raise Unfit("invalid-screen-transition", f"There is no screen {name!r}.")
    if misfit := next(data_misfits(declared, data), None):
        raise Unfit("invalid-screen-data", f"{name}: {misfit}")
    known = [screen.id for screen in session.stack]
    below = session.stack[: known.index(name)] if name in known else session.stack[: len(known) - instead]
    form = session.stack[known.index(name)].form if name in known else {}
    screen = Screen(declared, data, dict(form))
    stack = [*below, screen]
    look = look_of(screen, stack)
    if misfit := next(misfits(screen, look), None):
        raise Unfit("invalid-screen-data", f"{name}: {misfit}")
    settle(screen, look)
    session.stack = stack


async def complain(emulator: Emulator, session: Session, action: str, unfit: Unfit) -> None:
    """Tells the endpoint what was wrong, and the person only that something was."""
    session.end("open" if session.stack else "closed", "generic")
    told = {"error": unfit.key, "error_message": str(unfit)}
    screen = session.top.id if session.stack else None
    content = emulator.channel.asked(session.flow, session.token, action, screen, told)
    answer = await emulator.channel.ask(emulator.flows, session.flow, session.phone.wa_id, content)
    taken = answer.content == {"data": {"acknowledged": True}}
    session.flow.exchanges["acknowledged" if taken else "not_acknowledged"] += 1
