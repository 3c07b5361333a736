"""The payment sheet says what the bank asks for, and never a code that nobody published."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from ventanilla.papers.case import Case, Fee, Language, OfficeKind, Say
from ventanilla.papers.payment import payment_sheet

SayIn = Callable[[Language], Say]
TextOf = Callable[[bytes], str]

CHAINS = {1: "01030020000001", 3: "01030020000003", 6: "01030020000006", 10: "01030020000010"}
FARES = [
    (2022, 1, 755, 375),
    (2023, 3, 1585, 795),
    (2024, 6, 2250, 1125),
    (2025, 10, 4120, 2060),
    (2026, 1, 920, 460),
    (2026, 3, 1795, 900),
    (2026, 6, 2440, 1220),
    (2026, 10, 4280, 2140),
]


def together(text: str) -> str:
    """Boxed letters are read back with spaces between them."""
    return text.replace(" ", "")


@pytest.mark.parametrize(("year", "years", "full", "_half"), FARES)
def test_a_full_fare_shows_amount_and_codes(
    case: Case, say_in: SayIn, text_of: TextOf, year: int, years: int, full: int, _half: int
) -> None:
    text = text_of(payment_sheet(replace(case, validity_years=years, fee=Fee(full, year)), say_in("es")))
    assert f"Importe a pagar ${full:,}.00" in text
    assert f"Ejercicio {year}" in text
    assert "Clavedereferencia024000140Cadena" in together(text)
    assert f"Cadenadeladependencia{CHAINS[years]}Concepto" in together(text)
    assert [chain for chain in CHAINS.values() if chain in together(text)] == [CHAINS[years]]


@pytest.mark.parametrize(("year", "years", "_full", "half"), FARES)
def test_a_half_fare_shows_the_amount_and_leaves_the_codes_to_the_bank(
    case: Case, say_in: SayIn, text_of: TextOf, year: int, years: int, _full: int, half: int
) -> None:
    sheet = replace(case, validity_years=years, fee=Fee(half, year, half=True))
    text = text_of(payment_sheet(sheet, say_in("es")))
    assert f"Importe a pagar ${half:,}.00" in text
    assert "El operador encuentra la cadena en su sistema" in text
    assert "0103002" not in together(text)
    assert "024000140" not in together(text)


def test_every_field_of_the_official_layout_is_there(case: Case, say_in: SayIn, text_of: TextOf) -> None:
    text = text_of(payment_sheet(case, say_in("es")))
    for field in (
        "RFC no necesario salvo factura (CFDI)",
        "Apellido paterno EJEMPLO",
        "Apellido materno ÑANDÚ",
        "Nombre(s) MUESTRA",
        "Denominación o razón social no aplica",
        "Dependencia Secretaría de Relaciones Exteriores",
        "X No aplica periodo Mensual Bimestral Trimestral Cuatrimestral Semestral Del ejercicio",
        "Mes no aplica",
    ):
        assert field in text
    assert "CURPHEGG560427MVZRRL04" in together(text)


def test_the_sheet_warns_where_not_to_pay(case: Case, say_in: SayIn, text_of: TextOf) -> None:
    text = text_of(payment_sheet(case, say_in("es")))
    assert "Banjército, Banorte, BBVA, Banamex" in text
    assert "Nunca pagues a personas" in text
    assert "tiendas de conveniencia" in text
    assert "una operación por cada pasaporte" in text
    assert "Guarda el recibo original" in text


def test_a_fee_of_next_year_that_nobody_knows_is_said_to_be_todays(
    case: Case, say_in: SayIn, text_of: TextOf
) -> None:
    january = datetime(2027, 1, 7, 9, 0, tzinfo=ZoneInfo("America/Mexico_City"))
    unknown = replace(case, starts_at=january, fee=Fee(4280, 2026, provisional=True))
    text = text_of(payment_sheet(unknown, say_in("es")))
    assert "Es la tarifa de 2026. Tu cita es en 2027" in text
    assert "puede cambiar el 1 de enero" in text
    assert "puede cambiar" not in text_of(payment_sheet(case, say_in("es")))


def test_someone_without_second_surname_is_not_left_blank(case: Case, say_in: SayIn, text_of: TextOf) -> None:
    one = replace(case, holder=replace(case.holder, surname2=""))
    assert "Apellido materno (no tiene)" in text_of(payment_sheet(one, say_in("es")))


@pytest.mark.parametrize(
    ("kind", "fee", "words"),
    [
        ("oficina_enlace", 560, "$560.00 de cuota municipal"),
        ("oficina_enlace", None, "puede cobrar además una cuota municipal"),
        ("oficina_enlace", 0, ""),
        ("oficina_pasaportes", None, ""),
    ],
)
def test_a_municipal_fee_is_told_apart(
    case: Case, say_in: SayIn, text_of: TextOf, kind: OfficeKind, fee: int | None, words: str
) -> None:
    office = replace(case.office, kind=kind, local_fee_mxn=fee)
    text = text_of(payment_sheet(replace(case, office=office), say_in("es")))
    assert words in text
    assert ("cuota municipal" in text) == bool(words)


def test_in_english_the_bank_still_finds_its_spanish_labels(
    case: Case, say_in: SayIn, text_of: TextOf
) -> None:
    text = text_of(payment_sheet(replace(case, language="en"), say_in("en")))
    assert "Apellido paterno · first surname EJEMPLO" in text
    assert "Never pay persons" in text
    assert "Monday 7 December 2026, 10:15 h" in text


def test_papers_asked_for_at_once_wait_for_each_other(case: Case, say_in: SayIn) -> None:
    cases = [replace(case, folio=f"PA-ABC-{number}") for number in range(2222, 2228)]
    with ThreadPoolExecutor(4) as pool:
        sheets = list(pool.map(payment_sheet, cases, [say_in("es")] * len(cases)))
    folios = [PdfReader(io.BytesIO(sheet)).pages[0].extract_text() for sheet in sheets]
    assert all(one.folio in text for one, text in zip(cases, folios, strict=True))


def test_the_sheet_is_one_letter_page_that_a_screen_reader_can_read(case: Case, say_in: SayIn) -> None:
    pdf = payment_sheet(case, say_in("es"))
    reader = PdfReader(io.BytesIO(pdf))
    assert [(page.mediabox.width, page.mediabox.height) for page in reader.pages] == [(612, 792)]
    assert str(reader.root_object["/Lang"]) == "es-MX"
    assert "/StructTreeRoot" in reader.root_object
    assert reader.metadata is not None
    assert reader.metadata.title == "Hoja de ayuda para el pago en ventanilla bancaria"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert len(pdf) < 150_000
