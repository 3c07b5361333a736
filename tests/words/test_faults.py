"""Every way of being wrong is answered in its own words."""

from collections.abc import Mapping
from typing import Any

import pytest

from ventanilla.core.curp import FAULT_KINDS
from ventanilla.core.identification import IDENTIFICATIONS, NUMBER_FAULTS, OTHER, PASSPORT
from ventanilla.core.people import NAME_FAULTS
from ventanilla.talk.dates import DATE_FAULTS
from ventanilla.words import LANGUAGES, words

CODES = (*(i.code for i in IDENTIFICATIONS), PASSPORT, OTHER)
NONSENSE = "no-such-kind"


def _said(language: str, key: str, **args: Any) -> str:
    return words(language).text(key, **args)


def _all_different(texts: Mapping[str, str]) -> bool:
    return len(set(texts.values())) == len(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_of_a_curp(language: str) -> None:
    rest = {"position": 7, "found": "O", "hint": "none"}
    texts = {kind: _said(language, "bad-curp", kind=kind, **rest) for kind in FAULT_KINDS}
    assert _all_different(texts)
    default = _said(language, "bad-curp", kind=NONSENSE, **rest)
    assert [kind for kind, text in texts.items() if text == default] == ["not-found"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_of_a_name(language: str) -> None:
    kinds = (*NAME_FAULTS, "yes", "no")
    assert _all_different({kind: _said(language, "bad-name", kind=kind) for kind in kinds})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_of_a_name_that_does_not_match(language: str) -> None:
    rest = {"name": "Ana", "position": 4, "name-letter": "R", "curp-letter": "G"}
    parts = ("given", "surname1", "surname2")
    assert _all_different({p: _said(language, "name-mismatch", part=p, **rest) for p in parts})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_of_a_number(language: str) -> None:
    texts = {k: _said(language, "bad-number", kind=k, code=OTHER, hint="none") for k in NUMBER_FAULTS}
    assert _all_different(texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["ine", "professional-licence", "old-passport"])
def test_a_number_with_a_printed_form_says_its_form(language: str, code: str) -> None:
    said = _said(language, "bad-number", kind="wrong-shape", code=code, hint="none")
    assert said != _said(language, "bad-number", kind="wrong-shape", code=OTHER, hint="none")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_of_a_date(language: str) -> None:
    assert _all_different({kind: _said(language, "bad-date", kind=kind) for kind in DATE_FAULTS})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_identification_has_its_name_and_its_question(language: str) -> None:
    names = {code: _said(language, f"choice-identification-{code}") for code in CODES}
    assert _all_different(names)
    for code in CODES:
        assert _said(language, "ask-id-number", kind=code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hint_is_offered_where_there_is_one(language: str) -> None:
    without = _said(language, "bad-curp", kind="check-digit", position=18, found="5", hint="none")
    hinted = _said(
        language, "bad-curp", kind="check-digit", position=18, found="5", hint="HEGG560427MVZRRL04"
    )
    assert hinted.startswith(without)
    assert "HEGG560427MVZRRL04" in hinted
