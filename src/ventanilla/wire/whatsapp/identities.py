"""Who wrote, and who is called something else from now on.

Since usernames (2026) the phone may be left out of a message, its contact, or both; the business-scoped
id and the parent's are then all there is. Sources: Meta's pages on business-scoped user ids and on
system messages (August 2026).
"""

from collections.abc import Iterator
from typing import Any

from ventanilla.core.channel import Address
from ventanilla.core.identity import IdentityChange, same
from ventanilla.wire.whatsapp.lenient import Node, dicts, moment, node, text

_PHONE_MAX, _ID_MAX = 20, 200
_CHANGES = frozenset({"user_changed_number", "user_changed_user_id", "customer_changed_number"})


def addresses(phone: Any, scoped: Any, parent: Any) -> tuple[Address, ...]:
    """The best to send to first. What is too long is left out: cut short it could be somebody else's."""
    digits = text(phone).strip().removeprefix("+")
    found = [Address("phone", digits)] if digits.isascii() and digits.isdigit() else []
    found += [Address(k, text(v).strip()) for k, v in (("bsuid", scoped), ("parent_bsuid", parent))]
    return tuple(a for a in found if 0 < len(a.text) <= (_PHONE_MAX if a.kind == "phone" else _ID_MAX))


def who_wrote(item: Node, value: Node) -> tuple[Address, ...]:
    """What the message says, completed by its contact; empty if nothing says it."""
    parent = item.get("from_parent_user_id") or item.get("parent_user_id")
    own = addresses(item.get("from"), item.get("from_user_id"), parent)
    contacts = [
        addresses(c.get("wa_id"), c.get("user_id"), c.get("parent_user_id"))
        for c in dicts(value.get("contacts"))
    ]
    fitting = [c for c in contacts if not _contradict(own, c)]
    ours = [c for c in fitting if any(same(a, b) for a in own for b in c)]
    # A contact that shares nothing with the message is believed only where nobody else can be meant.
    more = ours[0] if ours else fitting[0] if fitting and len(contacts) == 1 else ()
    return _in_order(own, more)


def _contradict(some: tuple[Address, ...], others: tuple[Address, ...]) -> bool:
    return any(a.kind == b.kind and not same(a, b) for a in some for b in others)


def _in_order(own: tuple[Address, ...], more: tuple[Address, ...]) -> tuple[Address, ...]:
    kinds = {a.kind: a for a in (*more, *own)}
    return tuple(kinds[k] for k in ("phone", "bsuid", "parent_bsuid") if k in kinds)


def of_system_message(item: Node) -> IdentityChange | None:
    """`from` is the old phone; the rest is in `system`. None: it tells of no change that can be read."""
    system = node(item.get("system"))
    if text(system.get("type")) not in _CHANGES:
        return None
    was = addresses(
        item.get("from"),
        system.get("previous_user_id") or item.get("from_user_id"),
        system.get("previous_parent_user_id") or item.get("from_parent_user_id"),
    )
    phone = system.get("wa_id") or system.get("new_wa_id")
    now = addresses(phone, system.get("user_id"), system.get("parent_user_id"))
    return IdentityChange(was, now, moment(item.get("timestamp"))) if was and now else None


def of_user_id_update(value: Node) -> Iterator[IdentityChange]:
    """Of the older form of the same news. Its `wa_id` is the person's phone, before and after."""
    for update in dicts(value.get("user_id_update")):
        scoped, parent = node(update.get("user_id")), node(update.get("parent_user_id"))
        was = addresses(update.get("wa_id"), scoped.get("previous"), parent.get("previous"))
        now = addresses(update.get("wa_id"), scoped.get("current"), parent.get("current"))
        if was and now:
            yield IdentityChange(was, now, moment(update.get("timestamp")))
