"""What holds for every CURP, and what the check digit really guarantees."""

from datetime import date
from string import ascii_uppercase, digits

from hypothesis import example, given
from hypothesis import strategies as st

from ventanilla.core.curp import STATES, Curp, CurpFault, check_digit, read_curp

TODAY = date(2026, 11, 23)
LETTERS = st.sampled_from(ascii_uppercase)
CONSONANTS = st.sampled_from([c for c in ascii_uppercase if c not in "AEIOU"])
VALUES = {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")}


@st.composite
def curps(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1907, 1, 1), TODAY))
    first17 = "".join(
        (
            draw(LETTERS),
            draw(st.sampled_from("AEIOUX")),
            draw(LETTERS),
            draw(LETTERS),
            f"{born:%y%m%d}",
            draw(st.sampled_from("HMX")),
            draw(st.sampled_from(sorted(STATES))),
            *(draw(CONSONANTS) for _ in range(3)),
            draw(st.sampled_from(digits if born.year < 2000 else ascii_uppercase)),
        )
    )
    return first17 + check_digit(first17)


@given(curps())
def test_every_curp_is_read_in_any_case(text: str) -> None:
    found = read_curp(f" curp: {text.lower()} ", TODAY)
    assert isinstance(found, Curp)
    assert found.text == text


@given(curps(), st.integers(1, 17), st.sampled_from(ascii_uppercase + digits + "Ñ"))
def test_a_wrong_character_is_caught_unless_its_weight_hides_it(text: str, position: int, wrong: str) -> None:
    if wrong == text[position - 1]:
        return
    found = read_curp(text[: position - 1] + wrong + text[position:], TODAY)
    hidden = (VALUES[wrong] - VALUES[text[position - 1]]) * (19 - position) % 10 == 0
    assert hidden or isinstance(found, CurpFault)


@given(curps(), st.sampled_from(digits))
def test_a_wrong_last_digit_is_always_caught(text: str, wrong: str) -> None:
    found = read_curp(text[:17] + wrong, TODAY)
    assert isinstance(found, Curp) == (wrong == text[17])


@given(curps(), st.integers(1, 17))
def test_a_hint_is_a_curp_that_would_be_read(text: str, position: int) -> None:
    confused = text[: position - 1] + text[position - 1].translate(str.maketrans("O0I1", "0O1I"))
    found = read_curp(confused + text[position:], TODAY)
    if isinstance(found, CurpFault) and found.hint and len(found.hint) == 18:
        assert isinstance(read_curp(found.hint, TODAY), Curp)


@given(st.text(max_size=400) | st.text("HEGÑ0Oo5 -ıß①²٣\n", max_size=60))
@example("a " * 2000)
@example("HEGG560427MVZRRL0" * 200)
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(read_curp(text, TODAY), Curp | CurpFault)
