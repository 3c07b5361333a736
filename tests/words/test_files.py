"""Both languages say the same things, with the same variables, and nothing is written for nobody."""

import ast
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import ventanilla
from ventanilla.talk.menu import ENGINE
from ventanilla.words import LANGUAGES, MissingWord, vocabulary, words

SOURCE = Path(ventanilla.__file__).parent
FILES = tuple(sorted(path.name for path in (SOURCE / "words" / "es").glob("*.ftl")))
CHOSEN = ("choice-", "about-", "caption-", "file-", "tariffs-", "part-", "sex-")
"""Keys made up of a question and a value; that each is there is shown by rendering them."""


def _messages(language: str, name: str) -> dict[str, ftl.Message]:
    text = files("ventanilla.words").joinpath(language, name).read_text("utf-8")
    body = FluentParser(with_spans=False).parse(text).body
    assert not [part for part in body if isinstance(part, ftl.Junk)], name
    return {part.id.name: part for part in body if isinstance(part, ftl.Message)}


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)


def _variables(message: ftl.Message) -> set[str]:
    found = _Variables()
    found.visit(message)
    return found.names


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_messages_in_the_same_order(name: str) -> None:
    assert list(_messages("es", name)) == list(_messages("en", name))


@pytest.mark.parametrize("name", FILES)
def test_both_languages_use_the_same_variables(name: str) -> None:
    spanish, english = _messages("es", name), _messages("en", name)
    assert {k: _variables(m) for k, m in spanish.items()} == {k: _variables(m) for k, m in english.items()}


def test_both_languages_understand_the_same_answers() -> None:
    spanish, english = vocabulary("es"), vocabulary("en")
    assert set(spanish.commands.values()) == set(english.commands.values())
    assert spanish.intents.keys() == english.intents.keys()
    for ask, phrases in spanish.choices.items():
        assert set(phrases.values()) == set(english.choices[ask].values()), ask


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_written_twice(language: str) -> None:
    found = [key for name in FILES for key in _messages(language, name)]
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_word_is_an_error(language: str) -> None:
    say = words(language)
    with pytest.raises(MissingWord, match="no message"):
        say.text("no-such-key")
    with pytest.raises(MissingWord, match="days"):
        say.text("lapsed")
    with pytest.raises(MissingWord, match="no text"):
        say.text("meant-notice")


def _texts_in(folder: str) -> Iterator[str]:
    """Every text constant of the code, with a star for what is put in."""
    for path in sorted((SOURCE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _phrases_in_talk() -> set[str]:
    found = set()
    for path in sorted((SOURCE / "talk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Phrase":
                found |= set(_keys(node.args[0]))
    return found


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)
    elif isinstance(node, ast.Constant):
        yield str(node.value)


def test_every_phrase_of_the_talk_has_words() -> None:
    said = _phrases_in_talk()
    assert len(said) > 40
    assert said - set(words("es").messages()) == set()


def test_no_message_of_the_talk_is_never_said() -> None:
    used = {
        text for folder in ("talk", "words", "acts", "web", "wire", "papers") for text in _texts_in(folder)
    }
    used |= {f"ask-{ask.name}" for dialogue in ENGINE.dialogues.values() for ask in dialogue.asks}
    told = set(_messages("es", "talk.ftl"))
    referred = {r for m in _messages("es", "talk.ftl").values() for r in _references(m)}
    assert {k for k in told - used - referred if not k.startswith(CHOSEN)} == set()


def _references(message: ftl.Message) -> set[str]:
    found: set[str] = set()

    class References(Visitor):
        def visit_MessageReference(self, node: ftl.MessageReference) -> None:
            found.add(node.id.name)

    References().visit(message)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
def test_each_file_is_read_by_the_program(language: str, name: str) -> None:
    resource = FluentResource(files("ventanilla.words").joinpath(language, name).read_text("utf-8"))
    assert {m.id.name for m in resource.body if isinstance(m, ftl.Message)} <= set(words(language).messages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_within_one_question_no_phrase_means_two_things(language: str) -> None:
    for key, message in _messages(language, "vocabulary.ftl").items():
        said = words(language).attributes(key) if message.attributes else {}
        phrases = [p.strip() for text in said.values() for p in text.split("|")]
        assert sorted(phrases) == sorted(set(phrases)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_means_two_things(language: str) -> None:
    commands = [k for k in _messages(language, "vocabulary.ftl") if k.startswith("command-")]
    phrases = [p.strip() for key in commands for p in words(language).text(key).split("|")]
    assert sorted(phrases) == sorted(set(phrases))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_title_says_can_be_written_too(language: str) -> None:
    """Whoever sees the words of a button may type them."""
    say, known = words(language), vocabulary(language)
    for key in say.messages():
        ask, _, value = key.removeprefix("choice-").rpartition("-")
        if key.startswith("choice-") and value in say_attributes(language, ask):
            assert known.reply(ask, say.text(key)) == value, key


def say_attributes(language: str, ask: str) -> set[str]:
    key = f"meant-{ask}"
    return set(words(language).attributes(key)) if key in words(language).messages() else set()
