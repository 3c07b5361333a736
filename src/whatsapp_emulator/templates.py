"""The shape of a template message; what is in it is judged against its template in template_send.py."""

import re
from collections.abc import Iterator

from whatsapp_emulator.faults import Fault
from whatsapp_emulator.shapes import (
    INVALID,
    UNKNOWN,
    Check,
    anything,
    both,
    by,
    integer,
    many,
    obj,
    one_of,
    text,
)

BUTTONS_MAX = 10
BROKEN_LINE = re.compile(r"[\n\t]| {5,}")


def one_line(value: str, path: str) -> Iterator[Fault]:
    if BROKEN_LINE.search(value):
        yield Fault(
            UNKNOWN, f"Param {path} cannot have new-line/tab characters or more than 4 consecutive spaces."
        )


def button_place(value: object, path: str) -> Iterator[Fault]:
    if str(value) not in map(str, range(BUTTONS_MAX)):
        yield Fault(INVALID, f"Param {path} must be the place of a button, 0 to {BUTTONS_MAX - 1}.")


def parameter(content: Check, key: str) -> Check:
    return obj({"type": anything, key: content}, {"parameter_name": text(512, like=r"[a-z0-9_]+")})


FILE = obj({}, {"id": text(64), "link": text(2000), "filename": text(240)})
PARAMETER = by(
    "type",
    {
        "text": parameter(both(text(1024), one_line), "text"),
        "payload": parameter(text(256), "payload"),
        "coupon_code": parameter(text(15), "coupon_code"),
        "currency": parameter(
            obj({"fallback_value": text(64), "code": text(3), "amount_1000": integer}), "currency"
        ),
        "date_time": parameter(anything, "date_time"),
        "image": parameter(FILE, "image"),
        "video": parameter(FILE, "video"),
        "document": parameter(FILE, "document"),
        "location": parameter(anything, "location"),
        "action": parameter(obj({}, {"flow_token": text(4096), "flow_action_data": anything}), "action"),
    },
)
PARAMETERS = many(PARAMETER, 1, 64)
PLAIN = obj({"type": anything, "parameters": PARAMETERS})
BUTTON = obj(
    {
        "type": anything,
        "sub_type": one_of("quick_reply", "url", "copy_code", "phone_number", "flow"),
        "index": button_place,
        "parameters": PARAMETERS,
    }
)
COMPONENT = by("type", {"header": PLAIN, "body": PLAIN, "button": BUTTON})
TEMPLATE = obj(
    {
        "name": text(512, like=r"[a-z0-9_]+"),
        "language": obj({"code": text(20)}, {"policy": one_of("deterministic")}),
    },
    {"components": many(COMPONENT, 0, BUTTONS_MAX + 2)},
)
