"""What one emulator is: its number, its secrets, where it calls, which rules it keeps, how well it works.

Each setting is declared here once; the command's options, the variables `WHATSAPP_EMULATOR_<NAME>` and
`/control/settings` are made from this. All times are virtual seconds (see clock.py) unless it says "real".
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Annotated, Any, Literal, get_type_hints

import msgspec

MEGABYTE = 1024 * 1024
DAY_SECONDS = 24 * 3600


def fixed(help_text: str, **limits: Any) -> msgspec.Meta:
    """Chosen at the start."""
    return msgspec.Meta(description=help_text, extra={"live": False}, **limits)


def live(help_text: str, **limits: Any) -> msgspec.Meta:
    """May be changed while it runs."""
    return msgspec.Meta(description=help_text, extra={"live": True}, **limits)


def chance(help_text: str) -> msgspec.Meta:
    return live(help_text, ge=0, le=1)


def seconds(help_text: str) -> msgspec.Meta:
    return live(help_text, ge=0)


@dataclass(slots=True, kw_only=True)
class Settings:
    """Everything that can be chosen; the secrets have no default and do not print."""

    app_secret: Annotated[str, fixed("Signs the webhooks.")] = field(repr=False)
    access_token: Annotated[str, fixed("The bearer token asked for.")] = field(repr=False)
    verify_token: Annotated[str, fixed("Told in the handshake.")] = field(default="", repr=False)

    host: Annotated[str, fixed("Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, fixed("Port to listen on; 0 takes a free one.", ge=0, le=65535)] = 8090
    public_url: Annotated[str | None, fixed("Base of media addresses; else the address asked.")] = None
    webhook_url: Annotated[str | None, live("Where webhooks go; without it nothing is reported.")] = None

    phone_number_id: Annotated[str, fixed("Id of the business number.")] = "100000000000001"
    business_account_id: Annotated[str, fixed("Id of the WhatsApp Business Account.")] = "200000000000001"
    display_number: Annotated[str, fixed("The business number itself.")] = "525550000000"
    business_name: Annotated[str, fixed("Name on the chat page.")] = "Oficina de muestra"
    seed: Annotated[int | None, fixed("The same ids and the same chances at every start.")] = None
    clock_rate: Annotated[float, fixed("Virtual seconds in a real one; 0 stands still.", ge=0)] = 1.0

    window: Annotated[bool, live("Outside 24 hours only templates (131047).")] = True
    window_refusal: Annotated[
        Literal["status", "answer"], live("131047 as a failed status, or as the answer.")
    ] = "status"
    pair_rate: Annotated[bool, live("To one person 45 at once, then one every 6 s (131056).")] = False
    number_rate: Annotated[int, live("Messages a second, in and out (130429); 0: no limit.", ge=0)] = 0

    flow_timeout: Annotated[float, live("Real seconds a phone waits for a form's endpoint.", gt=0)] = 10.0

    webhook_concurrency: Annotated[int, fixed("Webhooks posted at the same time.", ge=1)] = 64
    webhook_timeout: Annotated[float, live("Real seconds a webhook may take.", gt=0)] = 20.0
    webhook_retry_first: Annotated[float, seconds("Pause before the second try; each next doubles.")] = 0.2
    webhook_retry_most: Annotated[float, seconds("The longest pause between tries.")] = 5.0
    webhook_give_up: Annotated[float, seconds("After this a webhook is lost.")] = 7 * DAY_SECONDS
    webhooks_waiting_max: Annotated[int, live("More are not taken in.", ge=1)] = 200_000
    duplicates: Annotated[int, live("Deliveries of each webhook.", ge=1, le=100)] = 1

    duplicate_rate: Annotated[float, chance("Share of webhooks that come once more.")] = 0.0
    batch_wait: Annotated[float, seconds("How long changes gather before they leave together.")] = 0.0
    batch_max: Annotated[int, live("Changes in one POST.", ge=1, le=1000)] = 1000
    reorder: Annotated[float, chance("Share of times that what waits is shuffled.")] = 0.0

    sent_delay: Annotated[float, seconds("Between the acceptance and `sent` (or `failed`).")] = 0.0
    delivered_delay: Annotated[float, seconds("Between `sent` and `delivered`.")] = 0.0
    read_delay: Annotated[float, seconds("Between a look at a message and its `read`.")] = 0.0
    auto_read: Annotated[bool, live("People look at what comes at once.")] = False
    drop_status: Annotated[float, chance("Share of statuses that are never told.")] = 0.0
    templates_strict: Annotated[bool, live("Only known templates are sent, also while there is none.")] = (
        False
    )
    templates_max: Annotated[int, live("Templates of the account.", ge=1)] = 250
    review_delay: Annotated[float, seconds("Between a template's creation and its review.")] = 0.0

    fault_hold: Annotated[float, seconds("How long an answer that never comes is waited for.")] = 60.0

    phones_max: Annotated[int, fixed("Phones kept; the oldest goes.", ge=1)] = 100_000
    entries_max: Annotated[int, fixed("Messages kept per phone.", ge=1)] = 1_000
    media_bytes_max: Annotated[int, fixed("Bytes of files kept; the oldest go.", ge=1)] = 512 * MEGABYTE


HINTS: dict[str, Any] = get_type_hints(Settings, include_extras=True)


def meta_of(name: str) -> msgspec.Meta:
    found = HINTS[name].__metadata__[0]
    assert isinstance(found, msgspec.Meta)
    return found


LIVE = tuple(one.name for one in fields(Settings) if (meta_of(one.name).extra or {})["live"])


def live_settings(settings: Settings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in LIVE}


def change(settings: Settings, asked: Mapping[str, Any]) -> None:
    """All of it or nothing. Raises msgspec.ValidationError with what is wrong."""
    if unknown := sorted(set(asked) - set(LIVE)):
        raise msgspec.ValidationError(f"cannot be changed: {', '.join(unknown)}")
    good = {name: value_of(name, given) for name, given in asked.items()}
    for name, value in good.items():
        setattr(settings, name, value)


def value_of(name: str, given: Any) -> Any:
    try:
        return msgspec.convert(given, HINTS[name])
    except msgspec.ValidationError as problem:
        raise msgspec.ValidationError(f"{name}: {problem}") from None


def table() -> str:
    """All settings as README.md lists them; ● may be changed while it runs."""
    rows = ["| Setting | | At first | What it is |", "|---|---|---|---|"]
    for one in fields(Settings):
        needed = one.default is MISSING
        first = "**required**" if needed else "" if one.default in (None, "") else f"`{one.default}`"
        mark = "●" if one.name in LIVE else ""
        rows.append(f"| `{one.name}` | {mark} | {first} | {meta_of(one.name).description} |")
    return "\n".join(rows)
