"""The templates of the account: created, reviewed, changed, paused, deleted. Each new status is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from whatsapp_emulator.clock import Clock
from whatsapp_emulator.config import DAY_SECONDS, Settings
from whatsapp_emulator.faults import Refused, TemplateFault
from whatsapp_emulator.template_definition import (
    CHANGE,
    NEW,
    OTHERWISE,
    Definition,
    definition_faults,
    normal,
    rejection,
)

QUALITIES = ("GREEN", "YELLOW", "RED", "UNKNOWN")
STATUSES = ("APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED")
CAN_BE_EDITED = ("APPROVED", "REJECTED", "PAUSED")
NAME_BLOCKED_SECONDS = 30 * DAY_SECONDS
GONE_MAX = 10_000
EDITS_MAX, EDITS_SECONDS = 10, 30 * DAY_SECONDS
FIELD = "message_template_status_update"
EXISTS = (2388024, "Content In This Language Already Exists")
BEING_DELETED = (2388023, "Message Template Language Is Being Deleted")
TOO_MANY = (2388019, "Message Template Limit Exceeded")
NOT_FOUND = (2593002, "Message Template Not Found")
ID_DIGITS = 16
Key = tuple[str, str]  # name, language
Tell = Callable[[str, str, dict[str, Any]], None]  # lane, field, value


@dataclass(slots=True)
class Template:
    id: str
    definition: Definition
    status: str = "PENDING"
    reason: str = "NONE"
    quality: str = "UNKNOWN"
    version: int = 0  # counts what happened to it: an older review does not decide any more
    edits: list[float] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.definition["name"], self.definition["language"]

    def told(self) -> dict[str, Any]:
        """Which one a webhook is about."""
        return {
            "message_template_id": int(self.id),
            "message_template_name": self.definition["name"],
            "message_template_language": self.definition["language"],
        }

    def facts(self) -> dict[str, Any]:
        """As the Graph API gives it."""
        kept = ("name", "language", "category", "components", "message_send_ttl_seconds")
        facts = {key: self.definition[key] for key in kept if key in self.definition}
        format_ = self.definition.get("parameter_format", "POSITIONAL")
        return {
            **facts,
            "parameter_format": format_,
            "status": self.status,
            "rejected_reason": self.reason if self.status == "REJECTED" else "NONE",
            "quality_score": {"score": self.quality},
            "id": self.id,
        }


class Registry:
    def __init__(self, settings: Settings, clock: Clock, tell: Tell) -> None:
        self.by_id: dict[str, Template] = {}
        self.by_key: dict[Key, Template] = {}
        self._gone: dict[Key, float] = {}  # until when the name may not be used again
        self._settings, self._clock, self._tell = settings, clock, tell

    @property
    def in_force(self) -> bool:
        """Whether sends are checked: always, or from the first template on."""
        return self._settings.templates_strict or bool(self.by_id)

    def create(self, asked: object) -> Template:
        definition = checked(asked)
        key = definition["name"], definition["language"]
        if key in self.by_key:
            refuse("There is a template of this name in this language.", EXISTS)
        if self._gone.get(key, 0) > self._clock.now():
            refuse("A template of this name was deleted; use another, or wait 30 days.", BEING_DELETED)
        if len(self.by_id) >= self._settings.templates_max:
            refuse(f"An account has {self._settings.templates_max} templates at most.", TOO_MANY)
        chance = self._clock.random.randrange(10 ** (ID_DIGITS - 1), 10**ID_DIGITS)
        template = Template(str(chance), definition)
        self.by_id[template.id] = self.by_key[key] = template
        self._review(template)
        return template

    def edit(self, template: Template, asked: object) -> None:
        asked = normal(asked)
        for fault in CHANGE(asked, ""):
            raise Refused(TemplateFault(100, fault.details, *OTHERWISE))
        assert isinstance(asked, dict)
        if template.status not in CAN_BE_EDITED:
            refuse(f"A template that is {template.status} cannot be edited.", OTHERWISE)
        category = template.definition["category"]
        if template.status == "APPROVED" and asked.get("category", category) != category:
            refuse("The category of an approved template cannot be changed.", OTHERWISE)
        changed = checked({**template.definition, **asked})
        if template.status == "APPROVED":
            self._count_edit(template)
        template.definition = changed
        template.status = "PENDING"
        self._review(template)

    def _count_edit(self, template: Template) -> None:
        now = self._clock.now()
        template.edits = [at for at in template.edits if now - at < EDITS_SECONDS]
        if len(template.edits) >= EDITS_MAX or any(now - at < DAY_SECONDS for at in template.edits):
            refuse("An approved template is edited once a day and 10 times in 30 days.", OTHERWISE)
        template.edits.append(now)

    def delete(self, name: str, template_id: str | None) -> None:
        """All languages of a name, or only the one with this id."""
        found = [one for one in self.by_id.values() if one.definition["name"] == name]
        found = [one for one in found if template_id in (None, one.id)]
        if not found:
            refuse(f"There is no template {name}.", NOT_FOUND)
        for one in found:
            del self.by_id[one.id], self.by_key[one.key]
            one.version += 1
            if one.status == "APPROVED":
                self._gone[one.key] = self._clock.now() + NAME_BLOCKED_SECONDS
        while len(self._gone) > GONE_MAX:
            del self._gone[next(iter(self._gone))]

    def decide(
        self, template: Template, status: str, reason: str = "NONE", info: dict[str, str] | None = None
    ) -> None:
        """The template is in this state from now on, whatever a review under way would have said."""
        template.version += 1
        template.status, template.reason = status, reason
        value: dict[str, Any] = {
            "event": status,
            **template.told(),
            "reason": reason,
            "message_template_category": template.definition["category"],
        }
        if info:
            value["rejection_info"] = info
        self._tell(FIELD, FIELD, value)

    def rate(self, template: Template, quality: str) -> None:
        """People like it so much."""
        change = {"previous_quality_score": template.quality, "new_quality_score": quality}
        template.quality = quality
        self._tell(FIELD, "message_template_quality_update", {**change, **template.told()})

    def sort(self, template: Template, category: str) -> None:
        """Meta finds that it belongs to another category."""
        change = {"previous_category": template.definition["category"], "new_category": category}
        template.definition = {**template.definition, "category": category}
        self._tell(FIELD, "template_category_update", {**template.told(), **change})

    def _review(self, template: Template) -> None:
        template.version += 1
        version = template.version

        def happen() -> None:
            if template.version == version:
                info = rejection(template.definition)
                verdict = ("REJECTED", "INVALID_FORMAT", info) if info else ("APPROVED", "NONE", None)
                self.decide(template, *verdict)

        if self._settings.review_delay:
            self._clock.call_later(self._settings.review_delay, happen)
        else:
            happen()


def checked(asked: object) -> Definition:
    definition = normal(asked)
    for fault in definition_faults(definition, NEW):
        raise Refused(fault)
    assert isinstance(definition, dict)
    return definition


def refuse(details: str, kind: tuple[int, str]) -> None:
    raise Refused(TemplateFault(100, details, *kind))
