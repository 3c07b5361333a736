"""Every text of the form fits where WhatsApp shows it, in both languages."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import product

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from tests.talk.stage import world
from tests.words.test_files import _texts_in

from ventanilla.talk.form_pages import PAGES
from ventanilla.words import LANGUAGES, Words, words

LABEL, LONG_LABEL, HELPER, TITLE, FOOTER, SENTENCE, OPTION = 20, 40, 80, 30, 35, 1000, 30
LONG_LABELS = {"sure", "old-issued", "old-expires", "day"}
LONGEST = {
    "name": "N" * 120,
    "office": max((o.name for o in world().offices.values()), key=len),
    "where": "Dolores Hidalgo Cuna de la Independencia Nacional",
    "state": "Nacido en el extranjero",
    "hint": "c" * 60 + "@ejemplo.com",
    "page": "P" * 30,
    "field": "F" * 40,
}


def _keys(language: str) -> list[str]:
    text = files("ventanilla.words").joinpath(language, "forms.ftl").read_text("utf-8")
    return [m.id.name for m in FluentParser().parse(text).body if isinstance(m, ftl.Message)]


KEYS = _keys("es")


def _most(key: str) -> int:
    kind, _, name = key.partition("-")
    if kind == "label":
        return LONG_LABEL if name in LONG_LABELS else LABEL
    if key == "form-button":
        return LABEL
    return {"helper": HELPER, "step": TITLE, "footer": FOOTER, "form": SENTENCE}[kind]


CASES = {
    "who": ["me", "child", "other"],
    "lost": ["yes", "no"],
    "minor": ["yes", "no"],
    "whole": ["yes", "no"],
    "kind": ["digits", "too-long", "too-short", "wrong-shape", "x"],
    "part": ["given", "surname1", "surname2"],
    "code": ["ine", "old-passport", "other"],
}


def _said(say: Words, key: str) -> Iterator[str]:
    for values in product(*CASES.values()):
        args = {
            **LONGEST,
            "born": date(2026, 9, 30),
            "day": date(2026, 9, 30),
            "sex": "no binario",
            "position": 16,
            "name-letter": "X",
            "curp-letter": "Y",
            **dict(zip(CASES, values, strict=True)),
        }
        yield say.text(key, **args)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_a_text_of_the_form_fits_and_is_tidy(language: str, key: str) -> None:
    for text in set(_said(words(language), key)):
        assert 0 < len(text) <= _most(key), (len(text), text)
        assert text == text.strip()
        assert not [bad for bad in ("  ", " .", " ,", "..", "{", "}") if bad in text], text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "key",
    [
        *(f"choice-for-whom-{v}" for v in ("me", "child", "other")),
        *(f"choice-procedure-{v}" for v in ("first", "renewal", "lost")),
        *(f"choice-attending-{v}" for v in ("both", "mother", "father", "guardian")),
    ],
)
def test_the_options_that_never_change_fit_without_being_cut(language: str, key: str) -> None:
    assert len(words(language).text(key)) <= OPTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_and_each_field_has_its_words(language: str) -> None:
    known = set(words(language).messages())
    assert {f"step-{p.id.lower()}" for p in PAGES} <= known
    assert {f"label-{e.name}" for p in PAGES for e in p.fields} <= known


def test_no_text_of_the_form_is_for_nobody() -> None:
    used = {t for folder in ("talk", "words", "acts", "web") for t in _texts_in(folder)}
    named = {f"step-{p.id.lower()}" for p in PAGES} | {f"form-{p.id.lower()}" for p in PAGES}
    named |= {f"{kind}-{e.name}" for kind in ("label", "helper") for p in PAGES for e in p.fields}
    instead = {k for k in KEYS if k.removeprefix("form-") in set(words("es").messages())}
    assert set(KEYS) - used - named - instead == set()
