"""Each shape that Meta has been seen to send, alone and mutated: nothing breaks and nothing is lost."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.wire.payloads import CASES, Case, Who

from ventanilla.wire.whatsapp.parse import parse
from ventanilla.words.incoming import Updates


@pytest.mark.parametrize("name", CASES)
def test_each_shape_gives_what_it_holds(name: str) -> None:
    case = CASES[name]
    updates = parse(json.dumps(case.make(Who(7))).encode())
    found = Case(
        case.make,
        len(updates.messages),
        len(updates.statuses),
        tuple(kind for kind, _ in updates.raw),
        len(updates.changes),
        len(updates.templates),
        len(updates.notices),
        sum(m.heard.kind != "silent" for m in updates.messages),
    )
    assert found == case


MARKED = re.compile(r"wamid\.(?:in|out)\.\d[\d.]*")


def lost(body: str, updates: Updates) -> set[str]:
    """Marks of messages and statuses that are in the body and nowhere in what was read of it."""
    ids = {m.wamid for m in updates.messages} | {s.wamid for s in updates.statuses}
    kept = " ".join(raw.decode() for _, raw in updates.raw) + " ".join(
        n.raw.decode() for n in updates.notices
    )
    return set(MARKED.findall(body)) - ids - set(MARKED.findall(kept))


Path = tuple[Any, ...]


def paths(node: Any, at: Path = ()) -> Iterator[Path]:
    """Of everything below the root."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*at, key)
        yield from paths(child, (*at, key))


def retyped(node: Any) -> Any:
    if isinstance(node, list):
        return {str(n): item for n, item in enumerate(node)}
    if isinstance(node, dict):
        return [node]
    return str(node) if isinstance(node, int | float) else [node]


def _mutate(whole: Any, path: Path, how: str, junk: Any) -> None:
    *above, key = path
    parent = whole
    for step in above:
        parent = parent[step]
    if how == "delete":
        del parent[key]
    elif how == "replace":
        parent[key] = junk
    elif how == "retype":
        parent[key] = retyped(parent[key])
    elif isinstance(parent, list):
        parent.append(copy.deepcopy(parent[key]))
    else:
        parent[key] = [parent[key], copy.deepcopy(parent[key])]


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 2**70, 1.5, "", "x", "\x00", "9" * 600, [], {}, [[]], [None], {"": None}, "²", "ñ🎈"]
)
MUTATIONS = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from(["delete", "replace", "retype", "double"]), JUNK),
    min_size=1,
    max_size=6,
)


def mutated(names: list[str], mutations: list[tuple[int, str, Any]]) -> str:
    made = [CASES[name].make(Who(n)) for n, name in enumerate(names)]
    whole: Any = {"entry": [entry for each in made for entry in _entries(each)]}
    for where, how, junk in mutations:
        found = list(paths(whole))
        if found:
            _mutate(whole, found[where % len(found)], how, copy.deepcopy(junk))
    return json.dumps(whole)


def _entries(made: Any) -> list[Any]:
    entry = made.get("entry", [])
    return entry if isinstance(entry, list) else [entry]


NAMES = st.lists(st.sampled_from(sorted(CASES)), min_size=1, max_size=3)
BENT = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(BENT, max_examples=300)
@given(NAMES, MUTATIONS)
def test_however_it_is_bent_nothing_breaks_and_nothing_is_lost(
    names: list[str], mutations: list[tuple[int, str, Any]]
) -> None:
    body = mutated(names, mutations)
    updates = parse(body.encode())
    assert lost(body, updates) == set()
    assert all(m.wamid and m.sender.text for m in updates.messages)


@pytest.mark.slow
@settings(BENT, max_examples=10_000)
@given(NAMES, MUTATIONS)
def test_the_same_ten_thousand_times(names: list[str], mutations: list[tuple[int, str, Any]]) -> None:
    body = mutated(names, mutations)
    assert lost(body, parse(body.encode())) == set()


def without(reader: Callable[[bytes], Updates], name: str) -> Callable[[bytes], Updates]:
    def read(body: bytes) -> Updates:
        found = reader(body)
        return Updates(found.messages, found.statuses, tuple(r for r in found.raw if r[0] != name))

    return read


def test_what_is_lost_is_seen() -> None:
    body = json.dumps(CASES["a status of next year"].make(Who(7)))
    assert lost(body, parse(body.encode())) == set()
    assert lost(body, without(parse, "status")(body.encode())) == {"wamid.out.7"}
