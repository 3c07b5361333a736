"""What all loaders of facts share: the shape of questions and answers, links, and when places come back."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from ventanilla.acts.house import House
from ventanilla.core.release import back_at
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import Question

Asked = tuple[int, Any]
"""A contact and a question of one kind."""
Answers = dict[tuple[int, Question[Any]], Any]
Loader = Callable[[Conn, House, datetime, Sequence[Asked]], Awaitable[Answers]]

_LINK_LIFE = timedelta(days=7)
_CHANCE = secrets.SystemRandom()


def papers_url(house: House, appointment_id: int, until: datetime) -> str:
    """The link lives until a week after the appointment, or after now where that is not known."""
    return house.link(f"p/{house.links.sign(appointment_id, until + _LINK_LIFE)}")


def returning(house: House, given_at: datetime, starts_at: datetime) -> datetime:
    """When a place that is given back then is everybody's again."""
    return back_at(given_at, starts_at, _CHANCE.random(), house.world.rules)
