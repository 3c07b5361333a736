"""Who is who: by what a person is known, when two of these mean one person, and how they change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from ventanilla.core.channel import Address

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """`was` and `now` name one person before and after `at` (None: not told, so just now)."""

    was: tuple[Address, ...]
    now: tuple[Address, ...]
    at: datetime | None


def canonical(address: Address) -> str:
    """Equal for equal people. WhatsApp writes Mexican mobile numbers as 521 or 52 and ten digits."""
    phone = address.text
    if address.kind == "phone" and len(phone) == 12 and phone.startswith("52"):
        return "521" + phone[2:]
    return phone


def same(one: Address, other: Address) -> bool:
    return one.kind == other.kind and canonical(one) == canonical(other)


@dataclass(frozen=True, slots=True)
class Named(Generic[K]):
    """What one message names its writer by. `strong`: phone and business-scoped id; `weak`: the parent's
    id, which one person may have at several of its numbers."""

    strong: tuple[K, ...]
    weak: tuple[K, ...]
    has_phone: bool


@dataclass(slots=True)
class Group(Generic[K]):
    """One person: the messages (by place), the contacts they are known as, and what they are known by."""

    messages: list[int]
    contacts: set[int]
    keys: set[K]
    has_phone: bool

    def take(self, other: "Group[K]") -> None:
        self.messages += other.messages
        self.contacts |= other.contacts
        self.keys |= other.keys
        self.has_phone |= other.has_phone


def groups(people: Sequence[Named[K]], known: Mapping[K, int], with_phone: frozenset[int]) -> list[Group[K]]:
    """Whoever shares a strong key is one person. A weak key finds a person too, unless both have a phone:
    then it may be two phones of one family under one parent, and nobody reads another's appointments.

    `known`: the contact of each key; `with_phone`: the contacts that have a phone.
    """
    of_key: dict[K, Group[K]] = {}
    of_contact: dict[int, Group[K]] = {}

    def join(group: Group[K], other: Group[K]) -> Group[K]:
        if group is not other:
            group.take(other)
            of_key.update(dict.fromkeys(other.keys, group))
            of_contact.update(dict.fromkeys(other.contacts, group))
        return group

    def group_of(key: K) -> Group[K]:
        if key not in of_key:
            contact = known.get(key)
            if contact in of_contact:
                of_key[key] = of_contact[contact]
            elif contact is not None:
                found: Group[K] = Group([], {contact}, set(), contact in with_phone)
                of_key[key] = of_contact[contact] = found
            else:
                of_key[key] = Group([], set(), set(), False)
            of_key[key].keys.add(key)
        return of_key[key]

    for n, person in enumerate(people):
        first, *rest = person.strong or person.weak
        group = group_of(first)
        for key in rest:
            group = join(group, group_of(key))
        group.messages.append(n)
        group.has_phone |= person.has_phone
    for person in people:
        for key in person.weak if person.strong else ():
            group, other = of_key[person.strong[0]], group_of(key)
            if not (group.has_phone and other.has_phone):
                join(group, other)
    return [g for g in {id(g): g for g in of_key.values()}.values() if g.messages]
