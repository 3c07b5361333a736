"""Every template, in every language: what Meta would refuse is found here, and nobody is asked for data."""

import re
from dataclasses import replace
from datetime import date, time
from importlib.resources import files
from typing import get_args

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from hypothesis import given
from hypothesis import strategies as st
from pywa.types.templates import BodyText
from tests.talk.stage import world

from ventanilla.core.templates import MOST_CHARACTERS, TEMPLATES, Content, Standing
from ventanilla.talk.engine import Phrase, Say
from ventanilla.words import LANGUAGES, words
from ventanilla.words.limits import faults_of
from ventanilla.words.outgoing import TemplateCall
from ventanilla.words.templates import (
    Definition,
    as_message,
    as_template,
    body_of,
    compose_template,
    definitions,
    faults_of_definition,
)

OURS = definitions()
ids = [f"{d.name}-{d.language}" for d in OURS]
LONGEST = {name: "x" * most for name, most in MOST_CHARACTERS.items()}
GOOD = Definition(
    "cita", "en", Content("Hello", "Your day is {{day}}, please come.", "Bye", ("Yes", "No")), {"day": "1"}
)


def test_there_is_one_of_each_name_in_each_language() -> None:
    assert len(OURS) == len(TEMPLATES) * len(LANGUAGES) == len({(d.name, d.language) for d in OURS})
    assert {d.language for d in OURS} == {"es_MX", "en"}
    assert len({d.content.hash for d in OURS}) == len(OURS)


@pytest.mark.parametrize("definition", OURS, ids=ids)
def test_meta_would_take_it(definition: Definition) -> None:
    assert list(faults_of_definition(definition)) == []


@pytest.mark.parametrize("definition", [d for d in OURS if d.examples], ids=lambda d: d.name + d.language)
def test_another_program_reads_its_variables_as_named(definition: Definition) -> None:
    """The library checks names against examples in its own way."""
    read = BodyText(definition.content.body, **definition.examples)
    assert set(read.param_names) == set(definition.examples)


@pytest.mark.parametrize("definition", OURS, ids=ids)
def test_nobody_is_asked_for_a_curp_or_a_paper(definition: Definition) -> None:
    content = definition.content
    whole = " ".join((content.header, content.body, content.footer, *content.buttons)).lower()
    asks = "curp|document|identifica|foto|photo|acta|certificate|correo|mail|tarjeta|card|clave|password"
    assert not re.search(asks, whole)
    assert not {"curp", "number", "email"} & definition.examples.keys()


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (replace(GOOD, name="Cita"), "name"),
        (replace(GOOD, name="c" * 513), "name"),
        (replace(GOOD, content=replace(GOOD.content, header="h" * 61)), "header has 61"),
        (replace(GOOD, content=replace(GOOD.content, header="📅 Hello")), "header has a variable"),
        (replace(GOOD, content=replace(GOOD.content, header="")), "header has 0"),
        (replace(GOOD, content=replace(GOOD.content, footer="f" * 61)), "footer has 61"),
        (replace(GOOD, content=replace(GOOD.content, footer="{{day}}")), "footer has a variable"),
        (replace(GOOD, content=replace(GOOD.content, body="b" * 1025), examples={}), "body has 1025"),
        (replace(GOOD, content=replace(GOOD.content, body="{{day}} is the day, so come.")), "first or last"),
        (replace(GOOD, content=replace(GOOD.content, body="The day you come is *{{day}}*")), "first or last"),
        (
            replace(
                GOOD,
                content=replace(GOOD.content, body="You come on {{day}}\n{{time}} o'clock, we hope so."),
                examples={"day": "1", "time": "9"},
            ),
            "side by side",
        ),
        (replace(GOOD, content=replace(GOOD.content, body="On {{day}}.")), "too few words"),
        (replace(GOOD, content=replace(GOOD.content, body="Your day is\t{{day}}, come.")), "spaces in a row"),
        (replace(GOOD, examples={}), "variables"),
        (replace(GOOD, examples={"day": ""}), "variables"),
        (replace(GOOD, content=replace(GOOD.content, buttons=("Yes", "Yes"))), "two alike"),
        (replace(GOOD, content=replace(GOOD.content, buttons=tuple(map(str, range(11))))), "11 buttons"),
        (replace(GOOD, content=replace(GOOD.content, buttons=("l" * 26,))), "26 characters"),
    ],
)
def test_what_meta_would_refuse_is_seen(bad: Definition, fault: str) -> None:
    assert list(faults_of_definition(GOOD)) == []
    assert any(fault in found for found in faults_of_definition(bad))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_the_longest_that_can_be_filled_in_still_fits(name: str, language: str) -> None:
    call = compose_template(name, words(language), LONGEST, "9" * 19)
    assert list(faults_of(call)) == []
    assert list(faults_of(as_message(call))) == []
    assert "{" not in body_of(call)


def test_an_office_of_ours_is_never_cut() -> None:
    offices = world().offices.values()
    assert max(len(o.name) for o in offices) <= MOST_CHARACTERS["office"]
    assert max(len(o.address) for o in offices) <= MOST_CHARACTERS["address"]


def test_each_language_writes_days_and_hours_in_its_own_way() -> None:
    args = {**LONGEST, "day": date(2026, 12, 7), "time": time(9, 0), "address": "Calle 1\n\t  Centro"}
    spanish = compose_template("recordatorio_cita", words("es"), args, "17")
    english = compose_template("recordatorio_cita", words("en"), args)
    assert spanish.values["day"] == "lunes 7 de diciembre de 2026"
    assert english.values["day"] == "Monday 7 December 2026"
    assert spanish.values["time"] == "09:00"
    assert spanish.values["address"] == "Calle 1 Centro"
    assert spanish.payloads == ("reminder:going:17", "reminder:change:17", "reminder:cancel:17")
    assert english.payloads == ("reminder:going", "reminder:change", "reminder:cancel")
    assert [row.title for row in as_message(spanish).buttons] == ["Voy", "Cambiar", "Cancelar"]


def test_a_confirmation_has_a_template_that_says_the_same() -> None:
    args = {**LONGEST, "folio": "PA-ABC-2345", "day": date(2026, 12, 7), "time": time(9, 0), "amount": 10}
    call = as_template(Say((Phrase("confirmed", args),)), words("es"))
    assert call is not None
    assert (call.name, call.values["folio"]) == ("cita_confirmada", "PA-ABC-2345")
    assert as_template(Say((Phrase("menu", {}),)), words("es")) is None


@given(st.text(min_size=1).filter(lambda text: " ".join(text.split())))
def test_whatever_is_filled_in_is_made_to_fit(text: str) -> None:
    call = compose_template("cita_confirmada", words("es"), dict.fromkeys(LONGEST, text))
    assert list(faults_of(call)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_standing_has_its_own_advice(language: str) -> None:
    advice = {s: words(language).text(f"template-standing-{s}") for s in get_args(Standing)}
    assert len(set(advice.values())) == len(advice)
    assert "ventanilla templates sync --apply" in advice["missing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_kept_for_nothing(language: str) -> None:
    text = files("ventanilla.words").joinpath(language, "templates.ftl").read_text("utf-8")
    kept = {m.id.name: m for m in FluentParser().parse(text).body if isinstance(m, ftl.Message)}
    ours = {f"template-{t.name.replace('_', '-')}": t for t in TEMPLATES.values()}
    assert set(kept) == {*ours, "template-day", *(f"template-standing-{s}" for s in get_args(Standing))}
    for key, template in ours.items():
        parts = [attribute.id.name for attribute in kept[key].attributes]
        assert parts == ["header", "footer", *(b.partition(":")[2] for b in template.buttons)]


CALL = compose_template("recordatorio_hoy", words("es"), LONGEST)


@pytest.mark.parametrize(
    "bad",
    [
        replace(CALL, name="no_such_template"),
        replace(CALL, language="fr"),
        replace(CALL, values={}),
        replace(CALL, values={**CALL.values, "curp": "X"}),
        replace(CALL, payloads=("one",)),
        replace(CALL, payloads=("p" * 257, "q")),
        *(replace(CALL, values={**CALL.values, "name": text}) for text in ("", "a\nb", "a\tb", "a    b")),
        replace(CALL, values={**CALL.values, "office": "x" * 121}),
    ],
)
def test_a_call_that_meta_would_refuse_is_found_here(bad: TemplateCall) -> None:
    assert list(faults_of(CALL)) == []
    assert list(faults_of(bad))
