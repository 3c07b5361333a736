"""The questions about documents: which identification and its number, and the old passport."""

from collections.abc import Callable
from datetime import date, timedelta

from ventanilla.core.identification import (
    NumberFault,
    accepted,
    has_number,
    read_number,
    read_passport_number,
)
from ventanilla.core.procedures import needs_old_passport
from ventanilla.talk.engine import Ask, Choice, Heard, Phrase, Scene, Unreadable, Value
from ventanilla.talk.person import NONE, age_of, whom
from ventanilla.talk.readers import a_date, one_of

_LONGEST_PASSPORT = timedelta(days=10 * 366 + 31)
_OLDEST_PASSPORT = date(1970, 1, 1)
_MUST_HAVE = "ine"
"""The one identification whose number everybody finds printed on it."""


def _identifications(scene: Scene) -> tuple[Choice, ...]:
    codes = accepted(scene.answers["procedure"], age_of(scene))
    return tuple(Choice(code, Phrase(f"choice-identification-{code}")) for code in codes)


def _ask_identification(scene: Scene) -> Phrase:
    return Phrase("ask-identification", {"who": whom(scene)})


def _ask_number(scene: Scene) -> Phrase:
    return Phrase("ask-id-number", {"kind": scene.answers["identification"]})


def _no_number(scene: Scene) -> tuple[Choice, ...]:
    if scene.answers["identification"] == _MUST_HAVE:
        return ()
    return (Choice(NONE, Phrase("choice-id-number-none")),)


def _read_number(heard: Heard, scene: Scene) -> Value | Unreadable:
    code, none = scene.answers["identification"], _no_number(scene)
    if none and (heard.for_ask("id-number") == NONE or _means_none(heard, scene)):
        return NONE
    found = read_number(code, heard.text)
    return _bad_number(found, code, none) if isinstance(found, NumberFault) else found


def _bad_number(fault: NumberFault, code: str, choices: tuple[Choice, ...]) -> Unreadable:
    args = {"kind": fault.kind, "code": code, "hint": fault.hint or NONE}
    right = (Choice(fault.hint, fault.hint),) if fault.hint else ()
    return Unreadable(Phrase("bad-number", args), (*right, *choices))


def _means_none(heard: Heard, scene: Scene) -> bool:
    return scene.facts.world.vocabularies[scene.language].choice("dont-know", heard.text) == NONE


def _dont_know(ask: str) -> Callable[[Scene], tuple[Choice, ...]]:
    """Whoever lost the passport may not know what was on it."""
    row = (Choice(NONE, Phrase(f"choice-{ask}-none")),)
    return lambda scene: row if scene.answers["procedure"] == "lost" else ()


_NO_NUMBER, _NO_ISSUED, _NO_EXPIRES = map(_dont_know, ("old-number", "old-issued", "old-expires"))


def _unknown(heard: Heard, scene: Scene, ask: str) -> bool:
    if scene.answers["procedure"] != "lost":
        return False
    return heard.for_ask(ask) == NONE or _means_none(heard, scene)


def _read_old_number(heard: Heard, scene: Scene) -> Value | Unreadable:
    if _unknown(heard, scene, "old-number"):
        return NONE
    found = read_passport_number(heard.text)
    return _bad_number(found, "old-passport", _NO_NUMBER(scene)) if isinstance(found, NumberFault) else found


def _read_issued(heard: Heard, scene: Scene) -> Value | Unreadable:
    if _unknown(heard, scene, "old-issued"):
        return NONE
    rows = _NO_ISSUED(scene)
    found = a_date(heard, scene, rows, latest=scene.facts.today)
    if isinstance(found, Unreadable):
        return found
    if not _OLDEST_PASSPORT <= found <= scene.facts.today:
        return Unreadable(Phrase("bad-issued", {"date": found}), rows)
    return found.isoformat()


def _read_expires(heard: Heard, scene: Scene) -> Value | Unreadable:
    if _unknown(heard, scene, "old-expires"):
        return NONE
    rows, issued = _NO_EXPIRES(scene), scene.answers["old-issued"]
    found = a_date(heard, scene, rows)
    if isinstance(found, Unreadable):
        return found
    if issued == NONE:
        fault = Unreadable(Phrase("bad-expires", {"date": found, "issued": NONE}), rows)
        fits = _OLDEST_PASSPORT < found <= scene.facts.today + _LONGEST_PASSPORT
        return found.isoformat() if fits else fault
    if not timedelta(0) < found - date.fromisoformat(issued) <= _LONGEST_PASSPORT:
        args = {"date": found, "issued": date.fromisoformat(issued)}
        return Unreadable(Phrase("bad-expires", args), rows)
    return found.isoformat()


def _old(scene: Scene) -> bool:
    return needs_old_passport(scene.answers.get("procedure", "first"))


DOCUMENTS: tuple[Ask, ...] = (
    Ask(
        "identification",
        one_of("identification", _identifications),
        _identifications,
        forgets=("id-number",),
        phrase=_ask_identification,
    ),
    Ask(
        "id-number",
        _read_number,
        _no_number,
        applies=lambda s: has_number(s.answers.get("identification", "other")),
        phrase=_ask_number,
    ),
    Ask("old-number", _read_old_number, _NO_NUMBER, applies=_old),
    Ask("old-issued", _read_issued, _NO_ISSUED, applies=_old, forgets=("old-expires",)),
    Ask("old-expires", _read_expires, _NO_EXPIRES, applies=_old),
)
