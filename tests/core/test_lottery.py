"""The draw: what it gives, and that it is fair."""

import hashlib
import random
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lottery_world import FIRST_DAY, draws, load_verifier, secret_of, stages, terms

from ventanilla.core import draw_file, lottery
from ventanilla.core.lottery import Entry, Share, Terms, Wishes

ZONE = ZoneInfo("America/Mexico_City")
MONDAY, TUESDAY = FIRST_DAY, FIRST_DAY + timedelta(days=1)
VERIFIER = load_verifier()
BOTH = frozenset(lottery.HALVES)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def any_time(*days: date) -> Wishes:
    return Wishes(frozenset(days), BOTH)


def test_the_first_in_the_order_takes_the_soonest_place() -> None:
    shares = (Share(at(MONDAY, 9), 1), Share(at(MONDAY, 13), 1))
    order = [(b"a", any_time(MONDAY)), (b"b", any_time(MONDAY)), (b"c", any_time(MONDAY))]
    assert lottery.allocate(order, shares) == {b"a": at(MONDAY, 9), b"b": at(MONDAY, 13)}


def test_who_wants_the_afternoon_gets_no_morning_and_the_next_takes_it() -> None:
    shares = (Share(at(MONDAY, 11, 45), 1), Share(at(MONDAY, 12), 1))
    late = Wishes(frozenset({MONDAY}), frozenset({"afternoon"}))
    order = [(b"a", late), (b"b", late), (b"c", any_time(MONDAY))]
    assert lottery.allocate(order, shares) == {b"a": at(MONDAY, 12), b"c": at(MONDAY, 11, 45)}


def test_a_day_that_nobody_asked_for_stays_free() -> None:
    shares = (Share(at(MONDAY, 9), 1), Share(at(TUESDAY, 9), 1))
    assert lottery.allocate([(b"a", any_time(TUESDAY))], shares) == {b"a": at(TUESDAY, 9)}


def test_the_root_is_that_of_rfc_6962() -> None:
    def leaf(raw: bytes) -> bytes:
        return hashlib.sha256(b"\0" + raw).digest()

    def node(left: bytes, right: bytes) -> bytes:
        return hashlib.sha256(b"\1" + left + right).digest()

    assert lottery.root_of([]) == hashlib.sha256(b"").digest()
    assert lottery.root_of([b"a"]) == leaf(b"a")
    assert lottery.root_of([b"c", b"a", b"b"]) == node(node(leaf(b"a"), leaf(b"b")), leaf(b"c"))
    first = node(node(leaf(b"a"), leaf(b"b")), node(leaf(b"c"), leaf(b"d")))
    assert lottery.root_of([b"a", b"b", b"c", b"d", b"e"]) == node(first, leaf(b"e"))


def test_a_code_has_six_groups_of_letters_that_are_read_aloud() -> None:
    assert lottery.code_of(bytes(32)) == "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"
    assert len(lottery.code_of(secret_of("x"))) == 29


def test_every_part_of_an_announcement_and_of_an_entry_changes_the_receipt() -> None:
    secret = secret_of("x")
    first = terms(secret, (Share(at(MONDAY, 9), 1), Share(at(TUESDAY, 9), 2)))
    others = [
        replace(first, draw="13"),
        replace(first, office="14-04"),
        replace(first, office_name="Zapopan"),
        replace(first, procedure="*"),
        replace(first, opens_at=first.opens_at + timedelta(seconds=1)),
        replace(first, closes_at=first.closes_at + timedelta(seconds=1)),
        replace(first, source="otra"),
        replace(first, commitment=secret),
        replace(first, shares=first.shares[:1]),
        replace(first, shares=(first.shares[0], Share(at(TUESDAY, 9), 3))),
    ]
    entry = Entry(secret[:16], any_time(MONDAY), 1)
    entries = [
        entry,
        replace(entry, nonce=secret[1:17]),
        replace(entry, wishes=any_time(MONDAY, TUESDAY)),
        replace(entry, wishes=Wishes(frozenset({MONDAY}), frozenset({"morning"}))),
        replace(entry, weight=2),
    ]
    hashes = [lottery.terms_hash(t) for t in (first, *others)]
    assert len({lottery.receipt_of(h, e) for h in hashes for e in entries}) == len(hashes) * len(entries)


@settings(deadline=None)
@given(draws())
def test_the_stand_alone_script_comes_to_the_same_by_its_own_way(
    drawn: tuple[Terms, list[Entry], bytes, str],
) -> None:
    assert draw_file.terms_of(stages(*drawn)["closed"]) == drawn[0]
    tool, found = VERIFIER, stages(*drawn)["drawn"]
    assert tool.terms_of(found) == found["terms"]
    assert [tool.receipt_of(found["terms"], e) for e in found["entries"]] == [
        e["receipt"] for e in found["entries"]
    ]
    assert tool.root_of([e["receipt"] for e in found["entries"]]) == found["root"]
    assert tool.order_of(bytes.fromhex(found["seed"]), found["entries"]) == found["order"]
    assert tool.allocation_of(found["order"], found["entries"], found["places"]) == found["allocation"]


@settings(deadline=None)
@given(draws())
def test_nobody_gets_what_they_did_not_ask_for_and_no_place_stays_free_that_a_loser_wanted(
    drawn: tuple[Terms, list[Entry], bytes, str],
) -> None:
    announced, entries, secret, value = drawn
    result = lottery.draw_result(announced, entries, secret, value)
    known = {lottery.receipt_of(lottery.terms_hash(announced), e): e.wishes for e in entries}
    assert sorted(result.order) == sorted(known)

    def fits(share: Share, wishes: Wishes) -> bool:
        day, half = share.cell
        return day in wishes.days and half in wishes.halves

    cells = {share.starts_at: share for share in announced.shares}
    assert all(fits(cells[moment], known[receipt]) for receipt, moment in result.won.items())
    taken = Counter(result.won.values())
    assert all(taken[s.starts_at] <= s.places for s in announced.shares)
    free = [s for s in announced.shares if taken[s.starts_at] < s.places]
    losers = [known[receipt] for receipt in result.order if receipt not in result.won]
    assert not [1 for wishes in losers for share in free if fits(share, wishes)]


@settings(deadline=None)
@given(draws(), st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_people_entered(
    drawn: tuple[Terms, list[Entry], bytes, str], chance: random.Random
) -> None:
    announced, entries, secret, value = drawn
    mixed = chance.sample(entries, len(entries))
    first = lottery.draw_result(announced, entries, secret, value)
    assert lottery.draw_result(announced, mixed, secret, value) == first


def first_places(weights: list[int], rounds: int) -> Counter[int]:
    """How often each comes first, over draws with seeds that never change."""
    receipts = [secret_of(f"receipt {n}") for n in range(len(weights))]
    found: Counter[int] = Counter()
    for n in range(rounds):
        order = lottery.order_of(secret_of(f"seed {n}"), zip(receipts, weights, strict=True))
        found[receipts.index(order[0])] += 1
    return found


def within(found: int, chance: float, rounds: int) -> bool:
    """Four standard deviations."""
    return bool(abs(found - rounds * chance) < 4 * (rounds * chance * (1 - chance)) ** 0.5)


def test_equal_entries_come_first_equally_often() -> None:
    found = first_places([1] * 10, 5000)
    assert all(within(found[n], 1 / 10, 5000) for n in range(10)), found


def test_equal_entries_win_equally_often() -> None:
    secret, rounds = secret_of("fair"), 1500
    announced = terms(secret, (Share(at(MONDAY, 9), 2), Share(at(MONDAY, 13), 1)))
    entries = [Entry(secret_of(f"n {n}")[:16], any_time(MONDAY), 1) for n in range(12)]
    hashed = lottery.terms_hash(announced)
    winners = Counter(
        receipt
        for n in range(rounds)
        for receipt in lottery.draw_result(announced, entries, secret, f"{n:05}").won
    )
    wins = [winners[lottery.receipt_of(hashed, entry)] for entry in entries]
    assert all(within(n, 3 / 12, rounds) for n in wins), wins


def test_four_tickets_win_four_times_as_often_where_there_is_one_place() -> None:
    weights = [1, 2, 3, 4] * 5
    found = first_places(weights, 6000)
    assert all(within(found[n], w / sum(weights), 6000) for n, w in enumerate(weights)), found
    by_weight = [sum(found[n] for n, w in enumerate(weights) if w == weight) for weight in (1, 2, 3, 4)]
    assert all(a < b for a, b in pairwise(by_weight))
    assert by_weight[3] / by_weight[0] == pytest.approx(4, rel=0.15)
