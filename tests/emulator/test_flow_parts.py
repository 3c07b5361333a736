"""Expressions of Flow JSON, and where in its text a thing stands."""

from typing import Any

import pytest

from whatsapp_emulator.flow_expressions import holds, parsed, references, resolve
from whatsapp_emulator.flow_text import Source, Wrong, not_json, written

WORLD: dict[str, Any] = {
    "form.pet": "cat",
    "data.n": 3,
    "data.name": "Muestra",
    "data.open": True,
    "data.days": ["2026-12-01"],
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${form.pet} == 'cat' && !(${data.n} > 5)", True),
        ("${form.pet} == 'dog' || ${data.n} >= 3", True),
        ("${data.n} + 2 * 3 - 1", 8),
        ("${data.n} != 3", False),
        ("'Hola ' ${data.name} '!'", "Hola Muestra!"),
        ("${data.missing} 'x' ${data.open}", "xtrue"),
        ("${data.missing} > 2", None),
        ("${data.n} / 0", None),
        ("'it\\'s'", "it's"),
        ("1.5 < 2", True),
        ("true", True),
    ],
)
def test_an_expression_has_a_value(text: str, value: Any) -> None:
    assert parsed(text)(WORLD.get) == value
    assert resolve(f"`{text}`", WORLD.get) == value


@pytest.mark.parametrize("text", ["", "(1", "1 +", "== 2", "a", "1 )", "${", "!", "(" * 100_000])
def test_what_is_no_expression_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parsed(text)


def test_whole_references_keep_their_type_and_everything_else_stays() -> None:
    given = {"a": "${data.days}", "b": ["${data.open}", "${ data", 1, None], "c": "no ${data.n}"}
    assert resolve(given, WORLD.get) == {
        "a": ["2026-12-01"],
        "b": [True, "${ data", 1, None],
        "c": "no ${data.n}",
    }


def test_conditions_need_no_backticks() -> None:
    assert holds("${form.pet} == 'cat'", WORLD.get)
    assert holds("`${data.n} > 1`", WORLD.get)
    assert holds("${data.open}", WORLD.get)
    assert holds(True, WORLD.get)
    assert not holds("${data.missing}", WORLD.get)


def test_references_are_found_in_a_text() -> None:
    assert list(references("`${a.b} ${screen.X.form.y}`")) == ["a.b", "screen.X.form.y"]


def test_a_fault_says_where_it_stands() -> None:
    source = Source(b'{"a": [1,\n  {"b": "x"}]}')
    error = source.error(Wrong("CODE", ("a", 1, "b"), "It is wrong."))
    place = {"line_start": 2, "line_end": 2, "column_start": 9, "column_end": 11}
    assert error == {
        "error": "CODE",
        "error_type": "FLOW_JSON_ERROR",
        "message": "It is wrong.",
        **place,
        "pointers": [{**place, "path": "a[1].b"}],
    }


def test_what_is_missing_is_told_at_what_should_hold_it() -> None:
    source = Source(b'{"a": {"x": "\\u00e1", "y": -1.5e3}, "b": []}')
    error = source.error(Wrong("CODE", ("a", "z"), ""))
    assert (error["column_start"], error["column_end"]) == (7, 34)
    assert error["pointers"][0]["path"] == "a.z"


@pytest.mark.parametrize("text", [b"", b"{", b'{"a": }', b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_said(text: bytes) -> None:
    with pytest.raises(ValueError, match=r".+") as problem:
        Source(text)
    assert not_json(problem.value)["error"] == "INVALID_JSON"


def test_a_path_reads_as_in_a_program() -> None:
    assert written(("screens", 0, "layout", "children", 2, "text")) == "screens[0].layout.children[2].text"
