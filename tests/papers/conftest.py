"""One sample case and the real words."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from fluent.runtime import FluentBundle, FluentResource
from pypdf import PdfReader

from ventanilla.papers.case import Case, Fee, Holder, Issuer, Language, Office, Say

SayIn = Callable[[Language], Say]
TextOf = Callable[[bytes], str]


def _say_in(language: Language) -> Say:
    bundle = FluentBundle([language], use_isolating=False)
    words = files("ventanilla") / "words" / language / "papers.ftl"
    bundle.add_resource(FluentResource(words.read_text(encoding="utf-8")))

    def say(key: str, args: Mapping[str, object]) -> str:
        pattern = bundle.get_message(key).value
        assert pattern is not None, key
        text, errors = bundle.format_pattern(pattern, dict(args))
        assert not errors, (key, errors)
        return str(text)

    return say


_SAY: dict[Language, Say] = {"es": _say_in("es"), "en": _say_in("en")}


@pytest.fixture(scope="session")
def say_in() -> SayIn:
    return _SAY.__getitem__


@pytest.fixture(scope="session")
def text_of() -> TextOf:
    """The words of a PDF in one line, as they follow each other."""

    def read(pdf: bytes) -> str:
        pages = PdfReader(io.BytesIO(pdf)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())

    return read


@pytest.fixture(scope="session")
def case() -> Case:
    """An adult's renewal in a passport office, full fare, not a demonstration."""
    return Case(
        language="es",
        folio="PA-K7M-2XQ4",
        issuer=Issuer("Ayuntamiento de Ejemplo", "55 0000 0000", "https://pasaportes.example", demo=False),
        holder=Holder("HEGG560427MVZRRL04", "MUESTRA", "EJEMPLO", "ÑANDÚ", 70, "INE"),
        procedure="renewal",
        group="adult",
        validity_years=10,
        fee=Fee(4280, 2026),
        office=Office(
            "Oficina de Pasaportes de Ejemplo",
            "oficina_pasaportes",
            "Calle Uno No. 1, Centro",
            "https://maps.example/?q=calle+uno",
        ),
        starts_at=datetime(2026, 12, 7, 10, 15, tzinfo=ZoneInfo("America/Mexico_City")),
        sheet_url="https://pasaportes.example/p/abc/hoja",
        papers_url="https://pasaportes.example/p/abc",
    )
