"""Who has a phone and what each of them sees. In memory, and bounded: what is oldest goes first."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

Direction = Literal["in", "out"]
PARENT = "ENT."
Status = Literal["accepted", "sent", "delivered", "read", "failed"]


class Entry(msgspec.Struct):
    """One message. `in`: the person wrote it, `out`: the business did. `n` counts from 1 per phone.

    Status of `out`: accepted, sent, delivered, read (the person looked), failed (the person does not see it);
    of `in`: sent, delivered (the webhook was taken), read (the business said so).
    """

    n: int
    direction: Direction
    at: float
    wamid: str
    type: str
    payload: dict[str, Any]
    status: Status
    wa_id: str
    opaque: str | None = None
    rendered: dict[str, Any] | None = None  # what a template reads like, if it is known: see template_send.py


@dataclass(slots=True)
class Phone:
    wa_id: str
    name: str
    user_id: str  # the business-scoped id
    parent_user_id: str | None = None  # the same for several portfolios of one business
    username: str | None = None  # who has one does not show the number
    moves: int = 0  # changes of number so far
    entries: list[Entry] = field(default_factory=list)
    count: int = 0
    unread: list[Entry] = field(default_factory=list)  # out, delivered, not yet looked at
    unseen: list[Entry] = field(default_factory=list)  # in, not yet read by the business
    wrote_at: float | None = None

    def after(self, n: int) -> list[Entry]:
        """Entries with a greater number, in order; only those still kept."""
        first = self.count - len(self.entries)
        return self.entries[max(0, n - first) :]

    def latest(self, direction: Direction) -> Iterator[Entry]:
        return (entry for entry in reversed(self.entries) if entry.direction == direction)


def user_id_of(wa_id: str, moves: int = 0, infix: str = "") -> str:
    """A business-scoped user id in Meta's format, the same at every start; another after each move."""
    seed = wa_id + f"#{moves}" * (moves > 0) + infix
    return f"MX.{infix}" + str(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]))


def plain_number(given: str) -> str:
    """Digits only: "+52 1 55 1234-5678" -> "5215512345678"."""
    return "".join(letter for letter in given if letter.isdecimal())


def rewritten(number: str) -> str:
    """Mexican mobiles are known to WhatsApp with a 1 after the country code."""
    return "521" + number[2:] if len(number) == 12 and number.startswith("52") else number


class World:
    """All phones and the index of their messages."""

    def __init__(self, phones_max: int, entries_max: int) -> None:
        self.phones: dict[str, Phone] = {}
        self.by_wamid: dict[str, Entry] = {}
        self.by_user_id: dict[str, str] = {}
        self._phones_max = phones_max
        self._entries_max = entries_max

    def phone(self, wa_id: str, name: str | None = None) -> Phone:
        """The phone of this number, made if there is none."""
        phone = self.phones.get(wa_id)
        if phone is None:
            phone = self._add(wa_id, name or f"Persona {wa_id[-4:]}")
        elif name:
            phone.name = name
        return phone

    def reached_by(self, number: str) -> str:
        """The wa_id a number belongs to, which may be written otherwise."""
        return number if number in self.phones else rewritten(number)

    def identify(self, phone: Phone, username: str | None, parent_user_id: str | None) -> None:
        if phone.parent_user_id:
            self.by_user_id.pop(phone.parent_user_id, None)
        phone.username, phone.parent_user_id = username, parent_user_id
        if parent_user_id:
            self.by_user_id[parent_user_id] = phone.wa_id

    def move(self, phone: Phone, wa_id: str) -> None:
        """The person has another number from now on, hence other ids; for the business a new acquaintance."""
        self._unlist(phone)
        phone.moves += 1
        phone.wa_id, phone.user_id = wa_id, user_id_of(wa_id, phone.moves)
        if phone.parent_user_id:
            phone.parent_user_id = user_id_of(wa_id, phone.moves, PARENT)
        phone.wrote_at = None
        for entry in phone.entries:
            entry.wa_id = wa_id
        self._list(phone)

    def record(self, phone: Phone, entry: Entry) -> None:
        phone.entries.append(entry)
        phone.count = entry.n
        self.by_wamid[entry.wamid] = entry
        waiting = phone.unread if entry.direction == "out" else phone.unseen
        waiting.append(entry)
        if len(phone.entries) >= 2 * self._entries_max:
            self._forget(phone, self._entries_max)

    def _add(self, wa_id: str, name: str) -> Phone:
        if len(self.phones) >= self._phones_max:
            oldest = next(iter(self.phones.values()))
            self._unlist(oldest)
            self._forget(oldest, len(oldest.entries))
        phone = Phone(wa_id, name, user_id_of(wa_id))
        self._list(phone)
        return phone

    def _list(self, phone: Phone) -> None:
        self.phones[phone.wa_id] = phone
        for known in filter(None, (phone.user_id, phone.parent_user_id)):
            self.by_user_id[known] = phone.wa_id

    def _unlist(self, phone: Phone) -> None:
        del self.phones[phone.wa_id]
        for known in filter(None, (phone.user_id, phone.parent_user_id)):
            self.by_user_id.pop(known, None)

    def _forget(self, phone: Phone, how_many: int) -> None:
        for entry in phone.entries[:how_many]:
            self.by_wamid.pop(entry.wamid, None)
        del phone.entries[:how_many]
        kept = phone.entries[0].n if phone.entries else phone.count + 1
        phone.unread = [entry for entry in phone.unread if entry.n >= kept]
        phone.unseen = [entry for entry in phone.unseen if entry.n >= kept]
