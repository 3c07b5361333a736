"""Message templates as values: those of ours, what Meta tells of one, and what follows from it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

CATEGORY = "UTILITY"
LANGUAGE_AT_META: Mapping[str, str] = {"es": "es_MX", "en": "en"}
MOST_CHARACTERS: Mapping[str, int] = {
    **{"name": 60, "folio": 20, "office": 120, "address": 300},
    **{"day": 60, "time": 10, "until": 10, "closing": 60, "tickets": 2},
}
"""Of each variable, so that no body gets longer than Meta takes."""


@dataclass(frozen=True, slots=True)
class Template:
    """`values`: its variables by name, an example of each. `buttons`: what a tap on each one answers, as
    `ask:value`."""

    name: str
    values: Mapping[str, str | date | time]
    buttons: tuple[str, ...]


_EXAMPLES: Mapping[str, str | date | time] = {
    "name": "Gloria",
    "folio": "PA-ABC-2345",
    "office": "Oficina de Pasaportes de Ejemplo",
    "address": "Calle Uno No. 1, Centro",
    "day": date(2026, 12, 7),
    "time": time(9, 0),
    "until": time(12, 30),
    "closing": date(2026, 12, 1),
    "tickets": "2",
}


def _template(name: str, values: str, *buttons: str) -> Template:
    return Template(name, {value: _EXAMPLES[value] for value in values.split()}, buttons)


PENDING, CONFIRMED = "respuesta_pendiente", "cita_confirmada"
DRAW_WON, DRAW_LOST = "sorteo_ganado", "sorteo_sin_lugar"
TEMPLATES: Mapping[str, Template] = {
    template.name: template
    for template in (
        _template(PENDING, "", "invitation:read"),
        _template(CONFIRMED, "name folio day time office address", "invitation:read"),
        *(
            _template(
                name,
                "name folio day time office address",
                *("reminder:going", "reminder:change", "reminder:cancel"),
            )
            for name in ("recordatorio_cita", "recordatorio_cita_2")
        ),
        # Whoever said that they come is not asked again.
        _template("recordatorio_confirmado", "name folio day time office address", "reminder:cancel"),
        # On the day itself it is too late to choose another, and the day needs no naming.
        _template("recordatorio_hoy", "name folio time office address", "reminder:going", "reminder:cancel"),
        _template("cierre_oficina", "name folio day time office", "closure:change", "closure:cancel"),
        _template("oficina_reabre", "name folio day time office", "menu:appointments"),
        _template("oferta_lugar", "name folio day time office until", "offer:take", "offer:leave"),
        _template("oferta_lugar_nuevo", "name day time office until", "offer:take", "offer:leave"),
        _template(DRAW_WON, "name day time office closing until", "draw:take", "draw:decline"),
        _template(DRAW_LOST, "name office tickets", "menu:book"),
    )
}


@dataclass(frozen=True, slots=True)
class TemplateUpdate:
    """From a webhook field about templates. `event`: Meta's own word in capitals, such as APPROVED,
    REJECTED, PAUSED, DISABLED, QUALITY (then `reason` is the new score) or CATEGORY (the new category).
    """

    name: str
    language: str
    event: str
    reason: str


@dataclass(frozen=True, slots=True)
class Content:
    """What people read of a template, its variables as `{{name}}`; `buttons` are their labels."""

    header: str
    body: str
    footer: str
    buttons: tuple[str, ...]

    @property
    def hash(self) -> str:
        parts = [self.header, self.body, self.footer, *self.buttons]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Known:
    """What Meta said last of one template in one language, both as Meta calls them. `hash`: of its
    content, empty where that was not told."""

    name: str
    language: str
    status: str
    category: str = CATEGORY
    hash: str = ""
    reason: str = ""
    quality: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A template in Meta's list, with the id by which it is changed."""

    id: str
    known: Known


Standing = Literal[
    "same", "missing", "different", "waiting", "rejected", "paused", "disabled", "recategorised", "poor"
]
"""As the word files have it, and may be sent · not there · with another text · in review · refused ·
resting for complaints · ended · moved to a dearer category · may be sent, but people complain."""

_GONE = frozenset({"DELETED", "PENDING_DELETION"})
_IN_REVIEW = frozenset({"PENDING", "IN_APPEAL"})
_SENDABLE = frozenset({"APPROVED", "REINSTATED", "UNARCHIVED", "FLAGGED", "UNLOCKED"})
_LONGEST_PAUSE = timedelta(hours=6)
"""Meta pauses for three hours, then for six, then disables; it need not tell us that a pause has ended."""


def standing(known: Known | None, hash_: str) -> Standing:
    """`hash_`: of the content in the word files."""
    if known is None or known.status in _GONE:
        return "missing"
    if known.status in _IN_REVIEW:
        return "waiting"
    if known.status not in _SENDABLE | {"REJECTED", "PAUSED"}:
        return "disabled"
    if known.hash != hash_:
        return "different"
    if known.status in ("REJECTED", "PAUSED"):
        return "rejected" if known.status == "REJECTED" else "paused"
    if known.category != CATEGORY:
        return "recategorised"
    return "poor" if known.status == "FLAGGED" or known.quality == "RED" else "same"


NEEDS_SOMEBODY: frozenset[Standing] = frozenset({"rejected", "paused", "disabled", "recategorised"})


def can_be_sent(status: str, since: datetime, now: datetime) -> bool:
    """`since`: when we learned of the status."""
    return status in _SENDABLE or (status == "PAUSED" and now - since > _LONGEST_PAUSE)
