"""What is published of a draw, stage after stage, as plain values for JSON: docs/draws.md."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ventanilla.core import lottery
from ventanilla.core.lottery import Entry, Result, Share, Terms

FORMAT = "ventanilla-draw/1"


def announced(terms: Terms) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "stage": "announced",
        "draw": terms.draw,
        "office": terms.office,
        "office_name": terms.office_name,
        "procedure": terms.procedure,
        "opens_at": lottery.moment_text(terms.opens_at),
        "closes_at": lottery.moment_text(terms.closes_at),
        "public_source": terms.source,
        "commitment": terms.commitment.hex(),
        "places": [{"starts_at": lottery.place_text(s.starts_at), "places": s.places} for s in terms.shares],
        "terms": lottery.terms_hash(terms).hex(),
    }


def closed(terms: Terms, entries: Iterable[Entry]) -> dict[str, Any]:
    announced_hash = lottery.terms_hash(terms)
    known = sorted((lottery.receipt_of(announced_hash, entry), entry) for entry in entries)
    return announced(terms) | {
        "stage": "closed",
        "count": len(known),
        "root": lottery.root_of(receipt for receipt, _ in known).hex(),
        "entries": [_entry(receipt, entry) for receipt, entry in known],
    }


def drawn(
    terms: Terms, entries: Iterable[Entry], secret: bytes, public_value: str, result: Result
) -> dict[str, Any]:
    return closed(terms, entries) | {
        "stage": "drawn",
        "secret": secret.hex(),
        "public_value": public_value,
        "seed": lottery.seed_of(secret, public_value).hex(),
        "order": [receipt.hex() for receipt in result.order],
        "allocation": [
            {"receipt": receipt.hex(), "starts_at": lottery.place_text(starts_at)}
            for receipt, starts_at in result.won.items()
        ],
    }


def terms_of(published: Mapping[str, Any]) -> Terms:
    """Of a file of ours at any stage."""
    shares = [Share(datetime.fromisoformat(p["starts_at"]), p["places"]) for p in published["places"]]
    return Terms(
        draw=published["draw"],
        office=published["office"],
        office_name=published["office_name"],
        procedure=published["procedure"],
        opens_at=datetime.fromisoformat(published["opens_at"]),
        closes_at=datetime.fromisoformat(published["closes_at"]),
        source=published["public_source"],
        commitment=bytes.fromhex(published["commitment"]),
        shares=tuple(shares),
    )


def _entry(receipt: bytes, entry: Entry) -> dict[str, Any]:
    return {
        "receipt": receipt.hex(),
        "nonce": entry.nonce.hex(),
        "days": [day.isoformat() for day in sorted(entry.wishes.days)],
        "halves": sorted(entry.wishes.halves),
        "weight": entry.weight,
    }
