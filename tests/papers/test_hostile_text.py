"""Whatever was typed is shown as typed: it is never markup, and it never leaves its place."""

from collections.abc import Callable
from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ventanilla.core.procedures import Group
from ventanilla.papers.case import Case, Language, Say
from ventanilla.papers.payment import payment_sheet
from ventanilla.papers.printable import printable
from ventanilla.papers.triptych import triptych

SayIn = Callable[[Language], Say]
TextOf = Callable[[bytes], str]
Paper = Callable[[Case, Say], bytes]

MARKUP = [
    '#panic("out") #sys.inputs *bold* _thin_ $x^2$ `raw` @ref <label>',
    '= \\ " \' ~ -- --- // /* */ ]]} {[ "}, "demo": "',
    "María Ñandú Güemes-O'Connor y Cía.",
]


def named(case: Case, name: str) -> Case:
    holder = replace(case.holder, given=name, surname1=name, identification=name)
    return replace(case, holder=holder, office=replace(case.office, name=name, address=name))


@pytest.mark.parametrize("paper", [payment_sheet, triptych])
@pytest.mark.parametrize("name", MARKUP)
def test_markup_is_only_text(case: Case, say_in: SayIn, text_of: TextOf, paper: Paper, name: str) -> None:
    assert "".join(name.split()) in "".join(text_of(paper(named(case, name), say_in("es"))).split())


@settings(max_examples=30, deadline=None)
@given(name=st.text(min_size=1, max_size=120))
@example(name="😀 漢字 \x00 \ue000 \ufffe \u202e \u200b e\u0301")
def test_no_name_stops_the_payment_sheet(case: Case, say_in: SayIn, name: str) -> None:
    assert payment_sheet(named(case, name), say_in("es")).startswith(b"%PDF")


@given(st.text())
def test_printable_text_has_only_letters_that_the_fonts_have(text: str) -> None:
    shown = printable(text)
    assert all(" " <= letter <= "\u017f" or letter in "\u200b–—‘’“”„†•…‹›€™−→←☐☑✓" for letter in shown)
    assert printable(shown.replace("\u200b", "")) == shown


@given(st.text(alphabet=st.characters(min_codepoint=0xA1, max_codepoint=0x17F, exclude_categories=["C"])))
def test_latin_letters_only_gain_places_to_break(text: str) -> None:
    assert printable(text).replace("\u200b", "") == text


LONG = "MARÍA DE LOS ÁNGELES GUADALUPE DEL PERPETUO SOCORRO DE LA SANTÍSIMA TRINIDAD"
UNBROKEN = "W" * 90
ADDRESS = "AV. DE LAS TORRES NO. 1234, LOTES 20 Y 21, MANZANA 35, PLAZA COMERCIAL, LOCAL 7, COL. CENTRO, " * 4


@pytest.mark.parametrize("name", [LONG, UNBROKEN])
@pytest.mark.parametrize("group", ["adult", "minor"])
def test_long_names_and_addresses_stay_inside_the_page(
    case: Case, say_in: SayIn, name: str, group: Group
) -> None:
    office = replace(case.office, name=name, address=ADDRESS, kind="oficina_enlace", local_fee_mxn=None)
    long = replace(
        case,
        procedure="lost",
        group=group,
        adults=("mother",),
        holder=replace(case.holder, given=name, surname1=name, surname2=name, age=3),
        office=office,
        fee=replace(case.fee, half=True, provisional=True),
        issuer=replace(case.issuer, institution=LONG, demo=True),
    )
    for paper, pages in ((payment_sheet, 1), (triptych, 2)):
        document = pypdfium2.PdfDocument(paper(long, say_in("es")))
        assert len(document) == pages
        assert all(edge_of(page) >= 20 for page in document)


@pytest.mark.parametrize("name", [LONG, UNBROKEN])
def test_no_panel_writes_over_a_fold(case: Case, say_in: SayIn, name: str) -> None:
    folds = [(260.2, 526.1), (265.9, 531.8)]
    document = pypdfium2.PdfDocument(triptych(named(case, name), say_in("es")))
    for page, places in zip(document, folds, strict=True):
        crossing = [
            box for box in boxes_of(page) for fold in places if box[0] < fold + 15 and box[2] > fold - 15
        ]
        assert crossing == []


Box = tuple[float, float, float, float]


def boxes_of(page: pypdfium2.PdfPage) -> list[Box]:
    """Left, bottom, right, top of each letter, in points."""
    text = page.get_textpage()
    letters = (at for at in range(text.count_chars()) if text.get_text_range(at, 1).strip())
    return [text.get_charbox(at) for at in letters]


def edge_of(page: pypdfium2.PdfPage) -> float:
    """The least distance of a letter from an edge of the page, in points."""
    width, height = float(page.get_width()), float(page.get_height())
    return min(min(left, bottom, width - right, height - top) for left, bottom, right, top in boxes_of(page))
