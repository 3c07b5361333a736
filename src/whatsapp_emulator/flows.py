"""The Flows of the business: what each is, whether a message with one is taken. In memory."""

import unicodedata
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from whatsapp_emulator.faults import Fault, Refused
from whatsapp_emulator.shapes import INVALID, MISSING, Check, both, obj, one_of, text

CATEGORIES = (
    *("SIGN_UP", "SIGN_IN", "APPOINTMENT_BOOKING", "LEAD_GENERATION", "CONTACT_US", "CUSTOMER_SUPPORT"),
    *("SURVEY", "OTHER"),
)
STATUSES = ("DRAFT", "PUBLISHED", "DEPRECATED", "BLOCKED", "THROTTLED")
CLIENTS = ("ok", "too_old")
THROTTLED_PER_HOUR = 10
HOUR_SECONDS = 3600
FLOWS_MAX = 1_000
ENDED_MAX = 100_000
NOT_UPDATED, NOT_PUBLISHED, NOT_DEPRECATED, NOT_DELETED = 139001, 139002, 139003, 139004
BLOCKED, THROTTLED = 132068, 132069


@dataclass(slots=True)
class Flow:
    id: str
    name: str
    categories: list[str]
    updated_at: float
    endpoint_uri: str | None = None
    status: str = "DRAFT"
    source: bytes = b""  # the Flow JSON as it was uploaded
    json: dict[str, Any] | None = None  # the same, once nothing is wrong with it
    errors: list[dict[str, Any]] = field(default_factory=list)
    client: str = "ok"  # "too_old": no phone can open it
    sent: deque[float] = field(default_factory=deque)  # when, while throttled
    exchanges: Counter[str] = field(default_factory=Counter)  # what came of asking the endpoint

    @property
    def screens(self) -> dict[str, dict[str, Any]]:
        return {screen["id"]: screen for screen in (self.json or {}).get("screens", ())}

    @property
    def has_endpoint(self) -> bool:
        return "data_api_version" in (self.json or {})


class Flows:
    def __init__(self) -> None:
        self.by_id: dict[str, Flow] = {}
        self.public_key: str | None = None  # PEM
        self.ended: dict[str, str | None] = {}  # by wamid

    def named(self, name: str) -> Flow | None:
        return next((flow for flow in self.by_id.values() if flow.name == name), None)

    def of_message(self, content: dict[str, Any]) -> Flow | None:
        """The Flow an interactive message of type flow points to."""
        given = content["action"]["parameters"]
        return self.by_id.get(given["flow_id"]) if "flow_id" in given else self.named(given["flow_name"])

    def refusal(self, payload: dict[str, Any], now: float) -> Fault | None:
        """Why a message is not taken, if it has a Flow; a throttled one counts what is taken."""
        content = payload.get("interactive", {})
        if content.get("type") != "flow":
            return None
        given = content["action"]["parameters"]
        flow = self.of_message(content)
        if flow is None:
            return Fault(INVALID, "There is no such Flow in this business account.")
        wanted = given.get("flow_action_payload", {}).get("screen")
        if flow.status == "BLOCKED":
            return Fault(BLOCKED, "The Flow is blocked: its endpoint is not healthy.")
        if flow.status == "DEPRECATED":
            return Fault(INVALID, "The Flow is deprecated.")
        if (flow.status == "DRAFT") != (given.get("mode", "published") == "draft"):
            return Fault(INVALID, f"The Flow is {flow.status}, which is not the mode of the message.")
        if flow.json is None:
            return Fault(INVALID, "The Flow has no valid Flow JSON.")
        if wanted is not None and wanted not in flow.screens:
            return Fault(INVALID, f"The Flow has no screen {wanted!r}.")
        if given.get("flow_action") == "data_exchange" and not flow.has_endpoint:
            return Fault(INVALID, "The Flow has no endpoint for a data_exchange.")
        return self._throttled(flow, now) if flow.status == "THROTTLED" else None

    def _throttled(self, flow: Flow, now: float) -> Fault | None:
        while flow.sent and now - flow.sent[0] >= HOUR_SECONDS:
            flow.sent.popleft()
        if len(flow.sent) >= THROTTLED_PER_HOUR:
            return Fault(THROTTLED, f"{THROTTLED_PER_HOUR} messages with this Flow were sent within an hour.")
        flow.sent.append(now)
        return None

    def end(self, wamid: str, why: str | None) -> None:
        """The button of this message is dead: what the business said, in its own words."""
        self.ended[wamid] = why
        if len(self.ended) > ENDED_MAX:
            del self.ended[next(iter(self.ended))]

    def delete(self, flow: Flow) -> None:
        if flow.status != "DRAFT":
            raise Refused(Fault(NOT_DELETED, "Only a draft can be deleted."))
        del self.by_id[flow.id]


# The message that carries a Flow


def no_emoji(value: str, path: str) -> Iterator[Fault]:
    if any(unicodedata.category(letter) in ("So", "Sk", "Co") for letter in value):
        yield Fault(INVALID, f"Param {path} must not contain an emoji.")


def some_data(value: object, path: str) -> Iterator[Fault]:
    if not isinstance(value, dict) or not value:
        yield Fault(INVALID, f"Param {path} must be a JSON object that is not empty.")


def parameters_fit(given: dict[str, Any], path: str) -> Iterator[Fault]:
    if ("flow_id" in given) == ("flow_name" in given):
        yield Fault(MISSING, f"Param {path} must have exactly one of flow_id, flow_name.")
    if given.get("flow_action", "navigate") == "data_exchange":
        if "flow_action_payload" in given:
            yield Fault(INVALID, f"Param {path} has a flow_action_payload, which is for navigate.")
    elif "flow_action_payload" not in given:
        yield Fault(MISSING, f"The parameter {path}['flow_action_payload'] is required.")


PARAMETERS = obj(
    {"flow_message_version": one_of("3"), "flow_cta": both(text(30, trimmed=True), no_emoji)},
    {
        "flow_id": text(64),
        "flow_name": text(200),
        "flow_token": text(4096),
        "mode": one_of("draft", "published"),
        "flow_action": one_of("navigate", "data_exchange"),
        "flow_action_payload": obj({"screen": text(200)}, {"data": some_data}),
    },
)
FLOW_ACTION: Check = obj({"name": one_of("flow"), "parameters": both(PARAMETERS, parameters_fit)})
