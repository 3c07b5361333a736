"""Plain forms and shortened texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ventanilla.core.text import plain, shorten


@pytest.mark.parametrize(
    ("text", "form"),
    [
        *(("¿Cuánto CUESTA?", "cuanto cuesta"), ("  sí,   por favor… ", "si por favor"), ("Peñón", "penon")),
        *(
            ("10:30", "10:30"),
            ("a. m.", "a m"),
            ("ana.paz+1@ejemplo.mx", "ana.paz+1@ejemplo.mx"),
            ("3/5/2016.", "3/5/2016"),
        ),
        *(
            ("𝐇𝐨𝐥𝐚 Ⓐ", "hola a"),
            ("👍", ""),
            ("", ""),
            ("?", ""),
            ("ﬁn ①", "fin 1"),
            ("10 años\n¡ya!", "10 anos ya"),
            ("No\u0301", "no"),
        ),
    ],
)
def test_a_plain_form(text: str, form: str) -> None:
    assert plain(text) == form


@settings(max_examples=500, derandomize=True, database=None)
@given(st.text(max_size=60))
def test_a_plain_form_is_its_own_plain_form(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        *(("corto", 10, "corto"), ("diez letra", 10, "diez letra"), ("una frase larga", 10, "una frase…")),
        *(("Centro de atención Plaza Patria", 24, "Centro de atención…"), ("sinespacios", 5, "sine…")),
        *(("Jalisco (Palacio Federal)", 24, "Jalisco (Palacio…"), ("", 5, "")),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, limit: int, cut: str) -> None:
    assert shorten(text, limit) == cut


@settings(max_examples=300, derandomize=True, database=None)
@given(st.text(max_size=200), st.integers(2, 80))
def test_a_text_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit
