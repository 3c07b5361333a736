"""The draw of scarce places: values and rules. docs/draws.md gives every byte that is hashed.

Anybody must be able to recompute a draw from its published file, so everything here is exact: integers
and bytes, no chance, no clock. `tools/verify_draw.py` does the same again and shares no code with this.
"""

import base64
import hashlib
import hmac
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

MORNING, AFTERNOON = "morning", "afternoon"
HALVES = (AFTERNOON, MORNING)
EVERY_PROCEDURE = "*"
TOP_WEIGHT = 4
SECRET_BYTES, NONCE_BYTES = 32, 16

_VERSION = "ventanilla-draw/1"
_CODE_LETTERS, _CODE_GROUP = 24, 4


@dataclass(frozen=True, slots=True)
class Share:
    """`places` of one moment that go into the draw; `starts_at` on the office's clock."""

    starts_at: datetime
    places: int

    @property
    def cell(self) -> tuple[date, str]:
        """The day and half-day that preferences are told in."""
        return self.starts_at.date(), MORNING if self.starts_at.hour < 12 else AFTERNOON


@dataclass(frozen=True, slots=True)
class Terms:
    """What is announced and may not change afterwards. `shares` by moment, each moment once.

    Window [opens_at, closes_at). `source` says in words where and when the public value will be seen.
    """

    draw: str
    office: str
    office_name: str
    procedure: str
    opens_at: datetime
    closes_at: datetime
    source: str
    commitment: bytes
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Any place whose day and half-day are both here; neither is empty."""

    days: frozenset[date]
    halves: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """The part of an entry that is published. Nothing in it leads to the person but their receipt."""

    nonce: bytes
    wishes: Wishes
    weight: int


@dataclass(frozen=True, slots=True)
class Result:
    """`order` holds receipts, the luckiest first; `won` gives each winner's moment, in that order."""

    order: tuple[bytes, ...]
    won: dict[bytes, datetime]


def commitment_of(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()


def terms_hash(terms: Terms) -> bytes:
    """Goes into each receipt, so that whoever keeps a receipt holds the operator to the announcement."""
    window = (moment_text(terms.opens_at), moment_text(terms.closes_at))
    shares = [text for s in terms.shares for text in (place_text(s.starts_at), str(s.places))]
    head = (terms.draw, terms.office, terms.office_name, terms.procedure, *window, terms.source)
    return _hash("terms", *head, terms.commitment.hex(), *shares)


def receipt_of(terms: bytes, entry: Entry) -> bytes:
    """`terms` is the hash of the draw's terms. Neither wishes nor weight can be changed under a receipt."""
    days = ",".join(day.isoformat() for day in sorted(entry.wishes.days))
    halves = ",".join(sorted(entry.wishes.halves))
    return _hash("receipt", terms.hex(), entry.nonce.hex(), days, halves, str(entry.weight))


def code_of(receipt: bytes) -> str:
    """What a person is given: 120 bits of the receipt, in six groups of letters and digits.

    The operator chooses the nonce, so a short code could be made to fit two entries in advance.
    """
    letters = base64.b32encode(receipt).decode()[:_CODE_LETTERS]
    return "-".join(letters[i : i + _CODE_GROUP] for i in range(0, _CODE_LETTERS, _CODE_GROUP))


def root_of(receipts: Iterable[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1, over the sorted receipts."""
    return _tree(sorted(receipts))


def seed_of(secret: bytes, public_value: str) -> bytes:
    return hashlib.sha256(_field(secret) + _field(public_value.encode())).digest()


def order_of(seed: bytes, weights: Iterable[tuple[bytes, int]]) -> tuple[bytes, ...]:
    """Receipts by their best ticket, from (receipt, weight): who has w tickets is first w times as often."""
    best = [
        (min(hmac.digest(seed, receipt + bytes([n]), "sha256") for n in range(1, weight + 1)), receipt)
        for receipt, weight in weights
    ]
    return tuple(receipt for _, receipt in sorted(best))


def allocate(order: Iterable[tuple[bytes, Wishes]], shares: Sequence[Share]) -> dict[bytes, datetime]:
    """Each in turn takes the soonest place that they accept and is still free; who finds none is left out."""
    free: dict[tuple[date, str], deque[tuple[datetime, datetime]]] = {}
    for share in sorted(shares, key=lambda s: s.starts_at.astimezone(UTC)):
        moment = share.starts_at.astimezone(UTC)
        free.setdefault(share.cell, deque()).extend([(moment, share.starts_at)] * share.places)
    won = {}
    for receipt, wishes in order:
        cells = ((day, half) for day in wishes.days for half in wishes.halves)
        open_cells = [queue for cell in cells if (queue := free.get(cell))]
        if open_cells:
            won[receipt] = min(open_cells, key=lambda queue: queue[0]).popleft()[1]
    return won


def draw_result(terms: Terms, entries: Iterable[Entry], secret: bytes, public_value: str) -> Result:
    announced = terms_hash(terms)
    known = {receipt_of(announced, entry): entry for entry in entries}
    order = order_of(seed_of(secret, public_value), ((r, e.weight) for r, e in known.items()))
    return Result(order, allocate(((r, known[r].wishes) for r in order), terms.shares))


def moment_text(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def place_text(starts_at: datetime) -> str:
    """With the office's clock and its distance from UTC: day and half-day are read off it anywhere."""
    return starts_at.isoformat(timespec="minutes")


def _tree(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + _tree(leaves[:split]) + _tree(leaves[split:])).digest()


def _field(raw: bytes) -> bytes:
    return len(raw).to_bytes(4, "big") + raw


def _hash(what: str, *texts: str) -> bytes:
    return hashlib.sha256(b"".join(_field(t.encode()) for t in (_VERSION, what, *texts))).digest()
