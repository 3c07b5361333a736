import pytest

from ventanilla.core.channel import Address
from ventanilla.core.identity import Named, canonical, groups, same


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("525512345678", "5215512345678", True),
        ("5215512345678", "5215512345678", True),
        ("525512345678", "525512345679", False),
        ("15512345678", "5215512345678", False),
        ("12025550123", "12025550123", True),
        ("521551234567", "5211551234567", True),
        ("5255123456789", "52155123456789", False),
    ],
)
def test_mexican_numbers_are_one_with_and_without_the_1(one: str, other: str, alike: bool) -> None:
    assert same(Address("phone", one), Address("phone", other)) is alike


def test_only_phones_are_written_in_two_ways() -> None:
    assert canonical(Address("bsuid", "525512345678")) == "525512345678"
    assert not same(Address("phone", "12025550123"), Address("bsuid", "12025550123"))


def person(*names: str) -> Named[str]:
    """Names beginning with p are phones, with b scoped ids, with w a parent's."""
    strong = tuple(n for n in names if n[0] != "w")
    weak = tuple(n for n in names if n[0] == "w")
    return Named(strong, weak, any(n[0] == "p" for n in names))


def grouped(
    *people: Named[str], known: dict[str, int] | None = None, phones: frozenset[int] = frozenset()
) -> list[tuple[list[int], list[int]]]:
    """(messages, contacts) of each person found."""
    found = groups(people, known or {}, phones)
    return sorted((sorted(g.messages), sorted(g.contacts)) for g in found)


PHONED = frozenset({1, 2})


@pytest.mark.parametrize(
    ("people", "known", "expected"),
    [
        ([person("p1"), person("p1")], {}, [([0, 1], [])]),
        ([person("p1"), person("p2")], {}, [([0], []), ([1], [])]),
        ([person("p1"), person("b1"), person("p1", "b1")], {}, [([0, 1, 2], [])]),
        ([person("p1", "b1")], {"p1": 1}, [([0], [1])]),
        ([person("p1", "b1")], {"p1": 1, "b1": 3}, [([0], [1, 3])]),
        ([person("p1"), person("b1")], {"p1": 1, "b1": 1}, [([0, 1], [1])]),
        ([person("w1")], {"w1": 1}, [([0], [1])]),
        ([person("w1"), person("w1")], {}, [([0, 1], [])]),
        ([person("b1", "w1"), person("b2", "w1")], {}, [([0, 1], [])]),
        ([person("b1", "w1")], {"w1": 1}, [([0], [1])]),
        ([person("p1", "w1")], {"p1": 1, "w1": 3}, [([0], [1, 3])]),
        ([person("p1", "w1")], {"p1": 1, "w1": 2}, [([0], [1])]),
        ([person("p1", "w1"), person("p2", "w1")], {}, [([0], []), ([1], [])]),
        ([person("p3", "w1")], {"w1": 1}, [([0], [])]),
        ([person("p1", "b1", "w1")], {"p1": 1, "b1": 2, "w1": 1}, [([0], [1, 2])]),
    ],
)
def test_people_are_one_by_strong_names_and_by_the_parent_only_without_two_phones(
    people: list[Named[str]], known: dict[str, int], expected: list[tuple[list[int], list[int]]]
) -> None:
    assert grouped(*people, known=known, phones=PHONED) == expected
