"""The stand-alone script: accepts a true draw, refuses whatever was changed, and breaks on nothing."""

import copy
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lottery_world import TOOL, draws, example, example_draw, load_verifier, secret_of, stages

from ventanilla.core import lottery
from ventanilla.core.lottery import Entry, Terms

Path_ = tuple[str | int, ...]
VERIFIER = load_verifier()
DOCS = (TOOL.parent.parent / "docs" / "draws.md").read_text("utf-8")


def refusal(found: Any) -> str | None:
    """The key of the sentence with which it refuses, or None."""
    try:
        list(VERIFIER.check(found))
    except VERIFIER.Refused as refused:
        return str(refused.key)
    return None


def save(folder: Path, name: str, found: Any) -> str:
    path = folder / name
    path.write_text(json.dumps(found), "utf-8")
    return str(path)


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Without our packages or any other: -I and -S leave the standard library alone."""
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(TOOL), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def places_in(found: Any, where: Path_ = ()) -> Iterator[Path_]:
    """The way to every value inside, the whole left out."""
    if where:
        yield where
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in inside:
        yield from places_in(value, (*where, key))


def at(found: Any, where: Path_) -> Any:
    for key in where:
        found = found[key]
    return found


def other_text(text: str) -> list[str]:
    digit = {"0": "1", "a": "b"}.get(text[-1:], "0")
    return ["", text + "0", text[:-1] + digit, text[1:], text.upper(), text + "\n", f" {text}"]


def others(value: Any) -> list[Any]:
    """Values near to one: each kind of change that a forger or a slip of the hand could make."""
    if isinstance(value, str):
        return [*other_text(value), None, 0, [value]]
    if isinstance(value, int):
        return [value + 1, value - 1, -value, 0, 4, float(value), str(value), True, None]
    if isinstance(value, list):
        swapped = [[*value[:n], value[n + 1], value[n], *value[n + 2 :]] for n in range(len(value) - 1)]
        dropped = [value[:n] + value[n + 1 :] for n in range(len(value))]
        return [*swapped, *dropped, value + value[:1], [*value, "x"], [], None, {}]
    return [value | {"more": 1}, *({k: v for k, v in value.items() if k != gone} for gone in value), [], None]


def changed(found: Any, where: Path_) -> Iterator[Any]:
    """Copies in which the value there is another one."""
    value = at(found, where)
    for new in others(value):
        # 1 == 1.0 == True in Python, but they are not written the same.
        if json.dumps(new) != json.dumps(value):
            copied = copy.deepcopy(found)
            at(copied, where[:-1])[where[-1]] = new
            yield copied


@pytest.mark.parametrize("stage", VERIFIER.STAGES)
def test_the_example_is_accepted_at_each_stage(stage: str) -> None:
    assert refusal(example()[stage]) is None


@pytest.mark.parametrize("stage", VERIFIER.STAGES)
def test_every_change_of_one_thing_is_refused(stage: str) -> None:
    found = example()[stage]
    before = json.dumps(found)
    tried = [(where, copied) for where in places_in(found) for copied in changed(found, where)]
    assert len(tried) > 150
    assert json.dumps(found) == before
    assert all(json.dumps(copied) != before for _, copied in tried)
    assert [where for where, copied in tried if refusal(copied) is None] == []
    assert {where[0] for where, _ in tried} == found.keys()


@settings(max_examples=25, deadline=None)
@given(draws(), st.randoms(use_true_random=False))
def test_random_draws_are_accepted_and_their_changes_refused(
    drawn: tuple[Terms, list[Entry], bytes, str], chance: random.Random
) -> None:
    for found in stages(*drawn).values():
        assert refusal(found) is None
        ways = list(places_in(found))
        for where in chance.sample(ways, min(20, len(ways))):
            assert refusal(chance.choice(list(changed(found, where)))) is not None, where


@pytest.mark.parametrize(
    ("where", "new", "sentence"),
    [
        (("entries", 0, "receipt"), "0" * 64, "no-entry"),
        (("entries", 0, "weight"), 3, "no-entry"),
        (("entries", 0, "nonce"), "0" * 32, "no-entry"),
        (("count",), 5, "no-count"),
        (("root",), "0" * 64, "no-root"),
        (("commitment",), "0" * 64, "no-terms"),
        (("places", 0, "places"), 3, "no-terms"),
        (("secret",), "0" * 64, "no-secret"),
        (("public_value",), "48216", "no-seed"),
        (("seed",), "0" * 64, "no-seed"),
        (("entries", 0, "weight"), 5, "shape"),
    ],
)
def test_it_says_what_was_changed(where: Path_, new: Any, sentence: str) -> None:
    found = example()["drawn"]
    at(found, where[:-1])[where[-1]] = new
    assert refusal(found) == sentence


def test_an_order_or_an_allocation_that_was_turned_is_called_so() -> None:
    found = example()["drawn"]
    found["order"][0], found["order"][1] = found["order"][1], found["order"][0]
    assert refusal(found) == "no-order"
    found = example()["drawn"]
    found["allocation"].reverse()
    assert refusal(found) == "no-won"


def test_a_draw_made_anew_is_refused_by_what_was_published_before(tmp_path: Path) -> None:
    """With a friend more and others less: nothing inside disagrees, so only what people kept shows it."""
    files, (terms, entries, secret, value) = example(), example_draw()
    friend = replace(entries[0], nonce=secret_of("friend")[:16], weight=4)
    again = save(tmp_path, "again.json", stages(terms, [friend], secret, value)["drawn"])
    earlier = {stage: save(tmp_path, f"{stage}.json", files[stage]) for stage in ("announced", "closed")}
    assert run(again).returncode == 0
    assert run(again, "--before", earlier["announced"]).returncode == 0
    done = run(again, "--before", earlier["closed"])
    assert done.returncode == 1
    assert "desde" in done.stdout
    code = lottery.code_of(bytes.fromhex(files["closed"]["entries"][0]["receipt"]))
    assert f"El recibo {code} no está en este sorteo." in run(again, "--receipt", code).stdout


def test_a_secret_chosen_anew_is_refused_by_the_announcement_and_by_any_receipt(tmp_path: Path) -> None:
    files, (terms, entries, _, value) = example(), example_draw()
    other = secret_of("a better one")
    terms = replace(terms, commitment=lottery.commitment_of(other))
    again = save(tmp_path, "again.json", stages(terms, entries, other, value)["drawn"])
    assert run(again).returncode == 0
    assert run(again, "--before", save(tmp_path, "announced.json", files["announced"])).returncode == 1
    for entry in files["closed"]["entries"]:
        assert run(again, "--receipt", lottery.code_of(bytes.fromhex(entry["receipt"]))).returncode == 1


def test_it_runs_with_the_standard_library_alone_and_says_what_it_checked(tmp_path: Path) -> None:
    files = {stage: save(tmp_path, f"{stage}.json", found) for stage, found in example().items()}
    before = [a for stage in ("announced", "closed") for a in ("--before", files[stage])]
    done = run(files["drawn"], *before)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len([line for line in lines if line.startswith("[bien] ")]) == 9
    assert lines[-1] == "Todo coincide: el sorteo se hizo como se anunció."
    english = run(files["drawn"], *before, "--lang", "en").stdout.splitlines()
    assert len(english) == len(lines)
    assert english[-1] == "Everything agrees: the draw was held as announced."


def test_a_person_finds_their_receipt_their_place_in_the_order_and_the_result(tmp_path: Path) -> None:
    files = example()
    drawn, closed = (save(tmp_path, f"{stage}.json", files[stage]) for stage in ("drawn", "closed"))
    winner = files["drawn"]["allocation"][0]
    code = lottery.code_of(bytes.fromhex(winner["receipt"]))
    done = run(drawn, "--receipt", code.lower().replace("-", " "))
    assert done.returncode == 0
    assert "Salió en el lugar 1 de 4 y ganó la cita del 14/12/2026 09:00." in done.stdout
    (loser,) = set(files["drawn"]["order"]) - {won["receipt"] for won in files["drawn"]["allocation"]}
    done = run(drawn, "--receipt", lottery.code_of(bytes.fromhex(loser)), "--lang", "en")
    assert re.search(r"It came out at place \d of 4 and got no appointment\.", done.stdout)
    assert "El resultado todavía no se publica." in run(closed, "--receipt", code).stdout
    announced = save(tmp_path, "announced.json", files["announced"])
    assert run(announced, "--receipt", code).returncode == 1
    assert run(drawn, "--receipt", "AAAA").returncode == 1


def test_only_an_earlier_publication_of_the_same_draw_is_compared(tmp_path: Path) -> None:
    files = example()
    closed, drawn = (save(tmp_path, f"{stage}.json", files[stage]) for stage in ("closed", "drawn"))
    assert run(closed, "--before", drawn).returncode == 1
    torn = save(tmp_path, "torn.json", files["announced"] | {"office_name": "Tonalá"})
    done = run(drawn, "--before", torn)
    assert done.returncode == 1
    assert "tampoco se puede dar por bueno" in done.stdout


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'{"stage": ["drawn"]}',
        b'{"stage": "drawn"}',
        b"[" * 100_000,
        b"1" * 10_000,
        b'{"stage": "announced", "stage": "announced"}',
        b'{"stage": "announced", "\\ud800\\u001b[2J": 1}',
        b'{"stage": NaN}',
    ],
)
def test_garbage_is_refused_with_a_sentence(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x.json").write_bytes(raw)
    done = run(str(tmp_path / "x.json"))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("[MAL] ")
    assert done.stdout.isprintable() or "\x1b" not in done.stdout
    assert run(str(tmp_path / "nothing.json")).returncode == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_value_anywhere_is_refused_and_never_breaks_it(data: st.DataObject) -> None:
    found = example()["drawn"]
    where = data.draw(st.sampled_from(list(places_in(found))))
    new = data.draw(JSON)
    if new == at(found, where):
        return
    at(found, where[:-1])[where[-1]] = new
    assert refusal(found) is not None


def test_both_languages_say_the_same_things() -> None:
    def holes(sentence: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", sentence))

    spanish, english = VERIFIER.SAY["es"], VERIFIER.SAY["en"]
    assert spanish.keys() == english.keys()
    assert [k for k in spanish if holes(spanish[k]) != holes(english[k])] == []


def test_the_example_of_the_document_is_a_draw_that_is_accepted() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL)
    assert json.loads(block) == example()["drawn"]


def test_the_document_explains_each_field() -> None:
    fields = {name for stage in VERIFIER.FIELDS.values() for name in stage}
    fields |= VERIFIER.PLACE_FIELDS.keys() | VERIFIER.ENTRY_FIELDS.keys()
    assert sorted(name for name in fields if f"`{name}`" not in DOCS) == []
