"""The answers to what turns ask: one query per kind of question, for all people of the batch."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from ventanilla.acts import draw_facts, family, my_facts, place_facts, waiting_facts
from ventanilla.acts.asked import Answers, Asked, Loader
from ventanilla.acts.house import House
from ventanilla.db import forms
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import Facts, Missing, OfferForm, OpenForm, Question

A = TypeVar("A")

_ROUNDS = 16
"""No dialogue asks for more facts in a row; one that does is a bug and must not go on for ever."""


async def run(
    conn: Conn, house: House, now: datetime, runs: Sequence[tuple[int, Callable[[Facts], A]]]
) -> list[A]:
    """What each of these pure functions gives for its contact, once the facts it misses are there.

    What several miss is loaded for all of them at once; then those run again.
    """
    known: list[dict[Question[Any], Any]] = [{} for _ in runs]
    done: dict[int, A] = {}
    for _ in range(_ROUNDS):
        missing: list[tuple[int, Question[Any]]] = []
        for n, (_, pure) in enumerate(runs):
            if n not in done:
                try:
                    done[n] = pure(Facts(now, house.world, known[n]))
                except Missing as needs:
                    missing += [(n, question) for question in needs.questions]
        if not missing:
            return [done[n] for n in range(len(runs))]
        found = await load(conn, house, now, [(runs[n][0], q) for n, q in missing])
        for n, question in missing:
            known[n][question] = found[(runs[n][0], question)]
    raise RuntimeError("a turn keeps asking for facts")


async def load(conn: Conn, house: House, now: datetime, asked: Iterable[Asked]) -> Answers:
    """Each question answered, keyed by contact and question. Deeds are done by this."""
    kinds: dict[type, list[Asked]] = {}
    for contact, question in asked:
        kinds.setdefault(type(question), []).append((contact, question))
    answers: Answers = {}
    for kind, questions in sorted(kinds.items(), key=lambda k: _LOADERS_ORDER[k[0]]):
        answers |= await _LOADERS[kind](conn, house, now, questions)
    return answers


async def _offer_form(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    if house.forms is None:
        return dict.fromkeys(asked)
    flows = await forms.usable(conn, now)
    until = now + house.world.rules.talk_life
    wants = [forms.Want(c, q.language, until) for c, q in asked if q.language in flows]
    ids = await forms.issue(conn, wants, now) if wants else {}
    return {
        (c, q): OpenForm(flows[q.language], house.forms.sign(ids[c], until)) if c in ids else None
        for c, q in asked
    }


_PARTS = (place_facts, my_facts, family, draw_facts, waiting_facts)
# Deeds come last: what they change is asked for afterwards, in the next round.
_LOADERS: Mapping[type, Loader] = {
    **{kind: loader for part in _PARTS for kind, loader in part.FACTS.items()},
    OfferForm: _offer_form,
    **{kind: loader for part in _PARTS for kind, loader in part.DEEDS.items()},
}
_LOADERS_ORDER = {kind: n for n, kind in enumerate(_LOADERS)}
