"""Every message, in every language, with the longest that may stand in it, fits on WhatsApp."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from tests.talk.limits import BODY, BUTTON_TITLE, OPENER, ROW_ABOUT, ROW_TITLE, SECTION_TITLE, TEXT
from tests.talk.stage import world

from ventanilla.words import LANGUAGES, words

NAME = " ".join(["N" * 60] * 3)
LONG_TEXTS: Mapping[str, Any] = {
    "name": NAME,
    "office": max((o.name for o in world().offices.values()), key=len),
    "address": max((o.address for o in world().offices.values()), key=len),
    "town": max((o.municipality for o in world().offices.values()), key=len),
    "where": "Dolores Hidalgo Cuna de la Independencia Nacional",
    "hours": max((o.hours for o in world().offices.values()), key=lambda h: len(str(h))),
    "url": "https://" + "u" * 112,
    "site": "https://" + "s" * 60,
    "phone": "800 000 0000, ext. 00000",
    "folio": "PA-AAA-AAAA",
    "curp": "HEGG560427MVZRRL04",
    "hint": "HEGG560427MVZRRL04",
    "found": "X" * 20,
    "email": "c" * 108 + "@ejemplo.com",
    "identification": "Carta de naturalización",
    "number": "1" * 20,
    "old": "Pasaporte anterior: G12345678, del 30 de septiembre de 2016 al 30 de septiembre de 2026",
    "procedure": "Robo, pérdida o daño",
    "for-whom": "Otra persona adulta",
    "attending": "Tutora o tutor",
    "sex": "no binario",
    "state": "Nacido en el extranjero",
    "curp-letter": "X",
    "name-letter": "Y",
    "institution": "I" * 60,
    "km": 1234,
    "reason": "R" * 120,
    "kept-time": time(10, 30),
    "fee": 10_000,
    "time": time(10, 30),
    "hour": time(10, 30),
    "code": "ABCD-EFGH-IJKL-MNOP-QRST-UVWX",
    "days": "cualquiera de los 10",
    "halves": "a cualquier hora",
    "now-time": time(10, 30),
    "position": 18,
    "first": time(10, 30),
    "last": time(10, 45),
    "rows": "\n\n".join(["r" * 480] * 5),
    "caption": "c" * 200,
    "found_at": 18,
}
DATES = {
    "closing",
    "first",
    "last",
    "until",
    "day",
    "born",
    "date",
    "issued",
    "expires",
    "kept-day",
    "now-day",
    "end",
}
SHORT_NAMES = {"welcome", "notice-simplified", "official"}
"""Their `name` is an institution's, not a person's."""


class _Needs(Visitor):
    def __init__(self) -> None:
        self.variants: dict[str, set[str]] = {}

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.variants.setdefault(node.id.name, set())

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:
        self.visit(MESSAGES[node.id.name])

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
        assert isinstance(node.selector, ftl.VariableReference)
        keys = {v.key.name if isinstance(v.key, ftl.Identifier) else v.key.value for v in node.variants}
        self.variants.setdefault(node.selector.id.name, set()).update(keys)
        self.generic_visit(node)


_OTHERS = ("forms", "lab", "notices", "pages", "papers", "templates", "vocabulary")
NOT_TALK = frozenset(f"{name}.ftl" for name in _OTHERS)


def _messages() -> Mapping[str, ftl.Message]:
    folder = files("ventanilla.words").joinpath("es")
    text = "\n".join(p.read_text("utf-8") for p in folder.iterdir() if p.name not in NOT_TALK)
    return {m.id.name: m for m in FluentParser().parse(text).body if isinstance(m, ftl.Message)}


MESSAGES = _messages()


def _arguments(key: str) -> Iterator[dict[str, Any]]:
    """All combinations of variants, everything else at its longest."""
    needs = _Needs()
    needs.visit(MESSAGES[key])
    names = sorted(needs.variants)
    for values in product(*(_values(key, name, needs.variants[name]) for name in names)):
        yield dict(zip(names, values, strict=True))


def _values(key: str, name: str, variants: set[str]) -> list[Any]:
    longest = date(2026, 9, 30) if name in DATES else LONG_TEXTS.get(name, 10)
    longest = "I" * 60 if name == "name" and key in SHORT_NAMES else longest
    numbers = [int(v) for v in variants if v.lstrip("-").isdigit()]
    if "one" in variants or numbers:
        return [*numbers, 1, longest]
    return [*sorted(variants - {"other", "any"}), longest] if variants else [longest]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_fits_and_is_tidy(language: str, key: str) -> None:
    for args in _arguments(key):
        text = words(language).text(key, **args)
        assert text.strip() == text != "", args
        assert not [bad for bad in ("\n\n\n", " \n", "  ", " .", " ,", "..", "{", "}") if bad in text], text
        assert len(text) <= _most(key), (len(text), text)


def _most(key: str) -> int:
    if key.startswith("tariffs-") or key.startswith("part-"):
        return SECTION_TITLE
    if key in ("list-button", "way-button"):
        return OPENER
    if key.startswith("about-"):
        return TEXT if key == "about-appointment" else ROW_ABOUT
    if key.startswith(("choice-", "more-rows", "first-rows", "row-")):
        return BUTTON_TITLE if key in BUTTONS else ROW_TITLE
    return TEXT if key in TEXTS else BODY


BUTTONS = {f"choice-notice-{v}" for v in ("accept", "decline", "read")} | {
    *(f"choice-confirm-{v}" for v in ("yes", "change", "leave")),
    *(f"choice-leaving-{v}" for v in ("yes", "no")),
    *(f"choice-sure-{v}" for v in ("yes", "no")),
    *(f"choice-wait-{v}" for v in ("yes", "office", "offices-this", "offices-near")),
    *(f"choice-wait-from-{v}" for v in ("today", "week", "weeks")),
    *(f"choice-wait-half-{v}" for v in ("morning", "afternoon", "any")),
    *(f"choice-waiting-{v}" for v in ("leave", "keep", "resume")),
    *(f"choice-offer-{v}" for v in ("take", "leave")),
    *(f"choice-what-{v}" for v in ("papers", "cancel", "nothing")),
    *("choice-menu", "choice-menu-book", "choice-name-insist", "choice-fix-curp", "choice-email-none"),
    *("choice-id-number-none", "choice-old-number-none", "choice-old-issued-none", "choice-old-expires-none"),
    *("choice-other-day", "choice-other-office", "choice-draw-take", "choice-draw-decline"),
    *("choice-closure-other", "choice-closure-cancel"),
    *("choice-enter-draw", "choice-draw-exit"),
    *(f"choice-draw-half-{v}" for v in ("any", "morning", "afternoon")),
    *("choice-without", "choice-more-add", "choice-more-done"),
    *(f"choice-reminder-{v}" for v in ("going", "change", "cancel", "cannot", "not-now")),
}
TEXTS = {"confirmed", "ask-confirm", "requirements", "costs", "confirmed-family", "ask-confirm-family"}
"""Sent without buttons, or parted from what is asked when a very long name makes them too long."""
