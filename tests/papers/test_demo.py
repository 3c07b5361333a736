"""A demonstration says so on every page of every paper; a real paper never does."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from pypdf import PdfReader

from ventanilla.papers.case import Case, Language, Say
from ventanilla.papers.notice import Notice, NoticeSection, privacy_notice
from ventanilla.papers.payment import payment_sheet
from ventanilla.papers.triptych import triptych

SayIn = Callable[[Language], Say]
MARKS: dict[Language, str] = {
    "es": "DEMOSTRACIÓN · sin validez oficial",
    "en": "DEMONSTRATION · not an official",
}


def a_notice(language: Language, *, demo: bool) -> Notice:
    long = NoticeSection("Finalidades", ("Un párrafo de ejemplo. " * 60,) * 6)
    return Notice(language, "Ayuntamiento de Ejemplo", "Aviso de privacidad", "2026-11-01", (long,), demo)


@pytest.mark.parametrize("language", MARKS)
@pytest.mark.parametrize("demo", [True, False])
def test_every_page_is_marked_only_in_a_demonstration(
    case: Case, say_in: SayIn, language: Language, demo: bool
) -> None:
    shown = replace(case, language=language, issuer=replace(case.issuer, demo=demo))
    say = say_in(language)
    for pdf in (
        payment_sheet(shown, say),
        triptych(shown, say),
        privacy_notice(a_notice(language, demo=demo), say),
    ):
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
        assert all((MARKS[language] in page) == demo for page in pages)
        assert all(("DEMO" in page) == demo for page in pages)


def test_a_notice_shows_its_title_version_headings_and_all_its_pages(say_in: SayIn) -> None:
    reader = PdfReader(io.BytesIO(privacy_notice(a_notice("es", demo=False), say_in("es"))))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 1
    assert all("Versión 2026-11-01" in page for page in pages)
    assert f"{len(pages)} / {len(pages)}" in pages[-1]
    assert "Finalidades" in pages[0]
    assert reader.metadata is not None
    assert reader.metadata.title == "Aviso de privacidad"
