"""Both languages say the same things."""

from importlib.resources import files

from fluent.syntax import FluentParser, ast


def keys_of(language: str) -> set[str]:
    source = (files("ventanilla") / "words" / language / "papers.ftl").read_text(encoding="utf-8")
    entries = FluentParser().parse(source).body
    assert not [entry for entry in entries if isinstance(entry, ast.Junk)]
    return {entry.id.name for entry in entries if isinstance(entry, ast.Message)}


def test_spanish_and_english_papers_have_the_same_messages() -> None:
    assert keys_of("es") == keys_of("en")
