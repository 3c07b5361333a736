"""What every act needs and nothing changes while it runs: the world, the keys, the links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import SystemRandom

from ventanilla.core.calendars import RestDay, rest_days
from ventanilla.core.checkin import CheckinKey
from ventanilla.core.release import back_at
from ventanilla.core.tokens import LinkKey
from ventanilla.db.vault import Vault, derive
from ventanilla.talk.facts import World

_CHANCE = SystemRandom()
_LINK_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class House:
    world: World
    vault: Vault
    links: LinkKey
    checkin: CheckinKey
    public_url: str
    notice: "NoticeText"
    rest_rules: tuple[RestDay, ...]
    forms: LinkKey | None = None
    """Signs the tokens of forms; None: forms are not set up, and nothing asks whether there are any."""

    def rest_days(self, year: int) -> Mapping[date, str]:
        return rest_days(self.rest_rules, year)

    def link(self, path: str) -> str:
        return f"{self.public_url.rstrip('/')}/{path.lstrip('/')}"


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The operator's privacy notice in full, by language: (heading, paragraphs) in order."""

    version: str
    sections: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]


def papers_url(house: House, appointment_id: int, until: datetime) -> str:
    """The link lives until a week after the appointment, or after now where that is not known."""
    return house.link(f"p/{house.links.sign(appointment_id, until + _LINK_LIFE)}")


def returning(house: House, given_at: datetime, starts_at: datetime) -> datetime:
    """When a place that is given back then is everybody's again."""
    return back_at(given_at, starts_at, _CHANCE.random(), house.world.rules)


def forms_key(secret: str) -> LinkKey:
    return LinkKey(derive(secret, "forms 1"))


def keys(secret: str, checkin: int = 1) -> tuple[Vault, LinkKey, CheckinKey]:
    return Vault(secret), LinkKey(derive(secret, "links 1")), checkin_key(secret, checkin)


def checkin_key(secret: str, number: int) -> CheckinKey:
    return CheckinKey(derive(secret, f"check-in {number}"), f"k{number}")
