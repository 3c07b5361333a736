"""Links: ours are read, others are not."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from ventanilla.core.tokens import LinkKey

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)
LATER = NOW + timedelta(days=7)


@pytest.fixture
def links() -> LinkKey:
    return LinkKey(os.urandom(32))


def test_a_link_leads_to_its_appointment_until_it_expires(links: LinkKey) -> None:
    token = links.sign(4711, LATER)
    assert links.read(token, NOW) == 4711
    assert links.read(token, LATER - timedelta(seconds=1)) == 4711
    assert links.read(token, LATER) is None


def test_a_link_signed_with_another_secret_leads_nowhere(links: LinkKey) -> None:
    assert LinkKey(os.urandom(32)).read(links.sign(1, LATER), NOW) is None


def test_a_link_cannot_be_prolonged_or_pointed_elsewhere(links: LinkKey) -> None:
    appointment, expiry, mac = links.sign(1, LATER).split(".")
    assert links.read(f"2.{expiry}.{mac}", NOW) is None
    assert links.read(f"{appointment}.{int(expiry, 16) + 1:x}.{mac}", NOW) is None


@pytest.mark.parametrize(
    "token", ["", ".", "..", "1", "1.2", "1.2.", "ñ.ñ.ñ", "a" * 5000, "1.ffffffff.AAAAAAAAAAAAAAAAAAAAAA"]
)
def test_what_was_never_signed_leads_nowhere(links: LinkKey, token: str) -> None:
    assert links.read(token, NOW) is None


def test_every_change_of_a_letter_breaks_a_link(links: LinkKey) -> None:
    token = links.sign(4711, LATER)
    assert not [t for t in _altered(token) if links.read(t, NOW) is not None]


def _altered(token: str) -> list[str]:
    others = [(i, o) for i, c in enumerate(token) for o in "0Aa_." if o != c]
    return [f"{token[:i]}{o}{token[i + 1 :]}" for i, o in others]
