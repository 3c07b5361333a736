"""The triptych speaks of this very case and of no other."""

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import get_args

import pytest
from pypdf import PdfReader

from ventanilla.core.procedures import PROCEDURES, Group, Procedure
from ventanilla.papers.case import Adult, Case, Fee, Language, Say
from ventanilla.papers.triptych import triptych

SayIn = Callable[[Language], Say]
TextOf = Callable[[bytes], str]
LANGUAGES: tuple[Language, ...] = get_args(Language)
CASES = tuple(product(PROCEDURES, get_args(Group), LANGUAGES))

OWN: dict[Language, dict[tuple[Procedure, Group], str]] = {
    "es": {
        ("first", "adult"): "Acude en persona.",
        ("first", "minor"): "Si el nacimiento se registró después de los 10 años",
        ("renewal", "adult"): "El pasaporte que vas a renovar.",
        ("renewal", "minor"): "El pasaporte anterior que se va a renovar.",
        ("lost", "adult"): "qué pasó con tu pasaporte",
        ("lost", "minor"): "qué pasó con el pasaporte",
    },
    "en": {
        ("first", "adult"): "Come in person.",
        ("first", "minor"): "If the birth was registered after the age of 10",
        ("renewal", "adult"): "The passport you are renewing.",
        ("renewal", "minor"): "The earlier passport that is being renewed.",
        ("lost", "adult"): "what happened to your passport",
        ("lost", "minor"): "what happened to the passport",
    },
}
"""What a case needs. The two of a first passport hold also for other adults or other firsts."""

SHARED = {("first", "adult"), ("first", "minor")}
MINORS_ONLY = {"es": ("OP-7", "90 días naturales"), "en": ("OP-7", "90 calendar days")}
LOST_ONLY = {"es": "confirma con la oficina", "en": "check with the office"}


def a_case(case: Case, procedure: Procedure, group: Group, language: Language) -> Case:
    adults: tuple[Adult, ...] = ("mother", "father") if group == "minor" else ()
    holder = replace(case.holder, age=5 if group == "minor" else 40)
    return replace(case, procedure=procedure, group=group, language=language, adults=adults, holder=holder)


@pytest.mark.parametrize(("procedure", "group", "language"), CASES)
def test_each_case_has_its_own_requirements_and_not_the_others(
    case: Case, say_in: SayIn, text_of: TextOf, procedure: Procedure, group: Group, language: Language
) -> None:
    text = text_of(triptych(a_case(case, procedure, group, language), say_in(language)))
    own = OWN[language]
    assert own[procedure, group] in text
    others = {key for key in own if key != (procedure, group)} - SHARED
    assert [own[other] for other in others if own[other] in text] == []
    assert (own["first", "adult"] in text) == (group == "adult")
    assert (own["first", "minor"] in text) == (procedure == "first")
    assert all((words in text) == (group == "minor") for words in MINORS_ONLY[language])
    assert (LOST_ONLY[language] in text) == (procedure == "lost")


@pytest.mark.parametrize(("procedure", "group", "language"), CASES[::5])
def test_it_is_two_landscape_letter_pages(
    case: Case, say_in: SayIn, procedure: Procedure, group: Group, language: Language
) -> None:
    pdf = triptych(a_case(case, procedure, group, language), say_in(language))
    outside, inside = PdfReader(io.BytesIO(pdf)).pages
    assert {(page.mediabox.width, page.mediabox.height) for page in (outside, inside)} == {(792, 612)}
    assert len(pdf) < 150_000


def test_panels_stand_where_the_folds_want_them(case: Case, say_in: SayIn) -> None:
    outside, inside = PdfReader(io.BytesIO(triptych(case, say_in("es")))).pages
    orders = (
        (outside.extract_text(), ("Que no te engañen", "Fundamento", "Tu cita para el")),
        (inside.extract_text(), ("Qué llevar", "Cómo pagar", "El día de tu cita")),
    )
    for text, headings in orders:
        places = [text.index(heading) for heading in headings]
        assert places == sorted(places)


def test_everybody_reads_the_rules_of_the_day(case: Case, say_in: SayIn, text_of: TextOf) -> None:
    text = text_of(triptych(case, say_in("es")))
    for words in (
        "Llega 15 minutos antes",
        "No lleves fotografías",
        "cara descubierta",
        "no necesitas gestor",
        "La cita es gratis",
        "acta de nacimiento certificada",
        "lunes 7 de diciembre de 2026",
        "10:15 h",
        "Oficina de Pasaportes de Ejemplo",
        "Calle Uno No. 1, Centro",
        "$4,280.00",
        "Reglamento de Pasaportes",
        "20 de febrero de 2025",
        "PA-K7M-2XQ4",
        "55 0000 0000",
    ):
        assert words in text


def test_delivery_depends_on_the_kind_of_office(case: Case, say_in: SayIn, text_of: TextOf) -> None:
    enlace = replace(case, office=replace(case.office, kind="oficina_enlace", local_fee_mxn=560))
    assert "el mismo día" in text_of(triptych(case, say_in("es")))
    text = text_of(triptych(enlace, say_in("es")))
    assert "3 a 5 días hábiles" in text
    assert "cobra además $560.00" in text
    assert "el mismo día" not in text


@pytest.mark.parametrize(
    ("adults", "there", "away"),
    [
        (("mother", "father"), ("La mamá, con", "El papá, con", "Quien no pueda ir"), "solo irá"),
        (("mother",), ("La mamá, con", "Como solo irá la mamá"), "El papá, con"),
        (("father",), ("El papá, con", "Como solo irá el papá"), "La mamá, con"),
        (("guardian",), ("Quien tiene la tutela",), "La mamá, con"),
    ],
)
def test_a_minor_comes_with_the_adults_named(
    case: Case, say_in: SayIn, text_of: TextOf, adults: tuple[Adult, ...], there: tuple[str, ...], away: str
) -> None:
    minor = replace(a_case(case, "first", "minor", "es"), adults=adults)
    text = text_of(triptych(minor, say_in("es")))
    assert all(words in text for words in there)
    assert away not in text


@pytest.mark.parametrize(("age", "offered"), [(0, True), (6, True), (7, False), (17, False)])
def test_a_medical_certificate_serves_under_seven(
    case: Case, say_in: SayIn, text_of: TextOf, age: int, offered: bool
) -> None:
    minor = a_case(case, "first", "minor", "es")
    text = text_of(triptych(replace(minor, holder=replace(minor.holder, age=age)), say_in("es")))
    assert ("constancia médica" in text) == offered


def test_half_fare_asks_for_its_document_and_names_no_code(
    case: Case, say_in: SayIn, text_of: TextOf
) -> None:
    text = text_of(triptych(replace(case, fee=Fee(2140, 2026, half=True)), say_in("es")))
    assert "da derecho al descuento del 50 %" in text
    assert "$2,140.00" in text
    assert "010300" not in text
