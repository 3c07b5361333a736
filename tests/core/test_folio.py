"""Folios as people type them."""

import pytest

from ventanilla.core.booking import folio_of
from ventanilla.core.folio import read_folio

READ = {
    "PA-ABC-DEF2": "PA-ABC-DEF2",
    "pa-abc-def2": "PA-ABC-DEF2",
    "PA ABC DEF2": "PA-ABC-DEF2",
    "paabcdef2": "PA-ABC-DEF2",
    "ABCDEF2": "PA-ABC-DEF2",
    "pa7m2xq": "PA-PA7-M2XQ",
    "A0C DEFG": "PA-AOC-DEFG",
    "paabcdefg": "PA-ABC-DEFG",
    "abc-def2": "PA-ABC-DEF2",
    "p a a b c d e f 2": "PA-ABC-DEF2",
    "PA–ABC–DEF2.": "PA-ABC-DEF2",
    "mi folio es PA-ABC-DEF2, gracias": "PA-ABC-DEF2",
    "Folio: *pa abcdef2*": "PA-ABC-DEF2",
    "PA-0B1-8EF2": "PA-OBI-BEF2",
    "ＰＡ-ＡＢＣ-ＤＥＦ２": "PA-ABC-DEF2",
}
NOT_READ = """
    · hola · no lo tengo · PA-ABC-DEF · PA-ABC-DEF22 · PA-AB9-DEF2 · HEGG560427MVZRRL04 · 5512345678 ·
    para mañana a las diez · no sé mi folio · mi folio · que hago ·
    gracias · no tengo 2
"""


@pytest.mark.parametrize(("said", "folio"), READ.items())
def test_a_folio_is_read_however_it_is_typed(said: str, folio: str) -> None:
    assert read_folio(said) == folio


@pytest.mark.parametrize("said", [part.strip() for part in NOT_READ.split("·")])
def test_what_is_no_folio_is_not_taken_for_one(said: str) -> None:
    assert read_folio(said) is None


def test_every_folio_we_give_is_read_back() -> None:
    for n in range(500):
        folio = folio_of(n.to_bytes(4, "big"))
        assert read_folio(folio) == read_folio(folio.lower().replace("-", " ")) == folio
