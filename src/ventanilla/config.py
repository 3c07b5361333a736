"""All settings, read once into one frozen value; what is wrong with them is said all at once."""

import difflib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ventanilla.samples import sample_values
from ventanilla.setting import (
    ADDRESS,
    DATABASE,
    DIGITS,
    EMAIL,
    FOLDER,
    LONG_SECRET,
    NUMBER,
    PHONE,
    PREFIX,
    PRIVATE_KEYS,
    ROTATING_SECRET,
    SECRET,
    SWITCH,
    TABLE,
    TEXT,
    VERSION,
    About,
    Secret,
    one_of,
    setting,
    whole,
)


@dataclass(frozen=True, slots=True)
class Settings:
    demo: bool = setting(
        "A demonstration: sample institution, secrets made at random and kept in `DATA_DIR`.",
        SWITCH,
        False,
        written_default="`0`",
    )
    data_dir: Path = setting("Where the program keeps its own PostgreSQL and files.", FOLDER, Path("var"))
    database_url: Secret = setting(
        "PostgreSQL 15 or newer. Empty: the program starts its own in `DATA_DIR`.", DATABASE
    )
    host: str = setting("The address to listen on.", TEXT, "127.0.0.1")
    port: int = setting("The port to listen on.", whole(1, 65535), 8080)
    public_url: str = setting(
        "How people's phones reach this program; the links they are sent begin with it.",
        ADDRESS,
        required=True,
        written_default="in the demonstration, `http://HOST:PORT`",
    )
    secret_key: Secret = setting(
        "Seals personal data and signs links. Whoever loses it loses the data: keep a copy apart.",
        LONG_SECRET,
        required=True,
    )

    whatsapp_api_url: str = setting(
        "The Cloud API; another one only for tests.", ADDRESS, "https://graph.facebook.com"
    )
    whatsapp_api_version: str = setting("The version of the Cloud API.", VERSION, "v26.0")
    whatsapp_phone_number_id: str = setting(
        "From Meta's dashboard, WhatsApp > API Setup: Phone number ID.", DIGITS, required=True
    )
    whatsapp_business_account_id: str = setting(
        "From Meta's dashboard, WhatsApp > API Setup: WhatsApp Business Account ID; for the templates.",
        DIGITS,
    )
    whatsapp_display_number: str = setting(
        "The number people write to, with country code.", NUMBER, required=True
    )
    whatsapp_access_token: Secret = setting(
        "From Meta's dashboard: the permanent token of a system user.", SECRET, required=True
    )
    whatsapp_app_secret: Secret = setting(
        "From Meta's dashboard, App settings > Basic: App secret.", ROTATING_SECRET, required=True
    )
    whatsapp_verify_token: Secret = setting(
        "Your choice; the same text goes into Meta's dashboard, WhatsApp > Configuration.",
        SECRET,
        required=True,
    )

    flow_private_key: Secret = setting(
        "Opens what people fill in in the form inside WhatsApp; `ventanilla flows key` makes one. Several "
        "one after another while the key is changed, the new one first. Empty: no forms.",
        PRIVATE_KEYS,
    )

    whatsapp_messages_per_second: int = setting(
        "What Meta lets through the number, in and out together: 80, or 1000 once it says so; "
        "0 does not limit.",
        whole(0, 1000),
        80,
    )
    whatsapp_timeout_seconds: int = setting("How long one call of the Cloud API may take.", whole(1, 10), 10)

    institution_name: str = setting("As people know it.", TEXT, required=True)
    institution_official_phone: str = setting(
        "Where a person answers; shown to whoever asks for one.", PHONE, required=True
    )
    institution_site: str = setting("Its own site; empty: the pages of this program.", ADDRESS)
    institution_address: str = setting(
        "Its domicile, as the privacy notice must give it.", TEXT, required=True
    )
    institution_privacy_contact: str = setting(
        "Where people ask for their ARCO rights.", EMAIL, required=True
    )
    institution_privacy_url: str = setting(
        "Where the full privacy notice is; empty: this program's own page.", ADDRESS
    )
    institution_law: str = setting(
        "`public`: a public body (LGPDPPSO). `private`: anyone else (LFPDPPP).",
        one_of("public", "private"),
        required=True,
    )
    institution_legal_basis: str = setting(
        "The articles that let it treat these data, for the privacy notice.", TEXT, required=True
    )
    institution_authority: str = setting(
        "Whom people may complain to.", TEXT, "Secretaría Anticorrupción y Buen Gobierno"
    )
    institution_transparency_unit: str = setting(
        "The unit that answers about personal data.", TEXT, required=True
    )

    fees_csv: Path | None = setting(
        "Fees by year, with the columns of the file that comes with the program; empty: that one.",
        TABLE,
        None,
        written_default="empty",
    )
    lead_time_minutes: int = setting(
        "How long before it begins a place can still be booked.", whole(0, 10080), 120
    )
    horizon_days: int = setting("How many days ahead people can book.", whole(1, 365), 30)
    hold_minutes: int = setting("How long a chosen place is kept for an answer.", whole(1, 120), 15)
    people_per_phone: int = setting("How many people one number can book for.", whole(1, 1000), 5)
    people_window_days: int = setting("The days over which those people are counted.", whole(1, 365), 30)
    talk_days: int = setting("After how many silent days unfinished answers are erased.", whole(1, 90), 7)

    database_pool: int = setting("Connections to the database in each process.", whole(2, 100), 8)
    turn_batch: int = setting("People answered in one transaction, at most.", whole(1, 2000), 200)
    send_concurrency: int = setting("Messages on their way at the same time, at most.", whole(1, 1000), 64)

    def shown(self) -> Iterator[tuple[str, str]]:
        """Name and value of each, secrets as `***`."""
        return ((named.name, str(getattr(self, named.attribute))) for named in NAMED)


class BadSettings(Exception):
    """`faults`: one sentence for each thing to be mended, in order of the settings."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Named:
    """One setting with its names and what is known about it."""

    attribute: str
    about: About
    empty: Any

    @property
    def name(self) -> str:
        return PREFIX + self.attribute.upper()

    @property
    def file_name(self) -> str | None:
        return f"{self.name}_FILE" if self.about.kind.secret else None


NAMED = tuple(Named(field.name, field.metadata["about"], field.default) for field in fields(Settings))


def read_settings(env: Mapping[str, str]) -> Settings:
    """Empty text counts as not given; reads the files `*_FILE` names. Raises BadSettings with every fault."""
    given = {name: text for name, text in env.items() if name.startswith(PREFIX) and text.strip()}
    faults = list(_unknown_names(given))
    values: dict[str, Any] = {}
    for named in NAMED:
        try:
            values[named.attribute] = _value(named, given)
        except ValueError as fault:
            faults.append(str(fault))
    if values.get("demo") and not faults:
        values |= _samples(values)
    elif values.get("demo") is False:
        faults.extend(_missing(values))
    if faults:
        raise BadSettings(tuple(faults))
    return Settings(**values)


def _unknown_names(given: Mapping[str, str]) -> Iterator[str]:
    known = [name for named in NAMED for name in (named.name, named.file_name) if name]
    for name in sorted(given.keys() - set(known)):
        near = difflib.get_close_matches(name, known, n=1)
        yield f"{name} is not a setting" + (f"; did you mean {near[0]}?" if near else ".")


def _value(named: Named, given: Mapping[str, str]) -> Any:
    text = given.get(named.name, "").strip()
    if named.file_name and (path := given.get(named.file_name)):
        if text:
            raise ValueError(f"{named.name} and {named.file_name} are both given: keep one.")
        text = _text_of_file(named.file_name, path)
    if not text:
        return named.empty
    try:
        return named.about.kind.read(text)
    except ValueError as wanted:
        # A secret's wrong value is not repeated: this sentence goes to a log.
        shown = "" if named.about.kind.secret else f", not {text!r}"
        raise ValueError(f"{named.name} must be {wanted}{shown}.") from None


def _text_of_file(name: str, path: str) -> str:
    try:
        text = Path(path).read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"{name} names {path}, which cannot be read.") from None
    if not text:
        raise ValueError(f"{name} names {path}, which is empty.")
    return text


def _samples(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the demonstration uses where nothing was given."""
    given = sample_values(values["data_dir"])
    host = "127.0.0.1" if values["host"] in ("0.0.0.0", "::") else values["host"]  # noqa: S104
    given["public_url"] = f"http://{host}:{values['port']}"
    return {
        named.attribute: named.about.kind.read(given[named.attribute])
        for named in NAMED
        if named.attribute in given and not values[named.attribute]
    }


def demo_settings(data_dir: Path) -> dict[str, str]:
    """The sample values as environment variables, for whoever starts another program beside this one."""
    return {PREFIX + attribute.upper(): text for attribute, text in sample_values(data_dir).items()}


def _missing(values: Mapping[str, Any]) -> Iterator[str]:
    for named in NAMED:
        # An absent value was malformed, and that has been said.
        if named.about.required and not values.get(named.attribute, True):
            yield f"{named.name} is missing ({named.about.kind.wanted}). {named.about.text}"


def settings_page() -> str:
    """The whole of `docs/settings.md`."""
    rows = [_row(named) for named in NAMED]
    return _PAGE_HEAD + "\n".join(rows) + "\n"


def _row(named: Named) -> str:
    about = named.about
    default = "**required**" if about.required else about.written_default or "empty"
    if about.required and about.written_default:
        default += f"; {about.written_default}"
    files = " or `_FILE`" if named.file_name else ""
    text = about.text.replace("|", "\\|")
    return f"| `{named.name}`{files} | {about.kind.wanted} | {default} | {text} |"


_PAGE_HEAD = """# Settings

Environment variables, read once at the start. An unknown name or a malformed value stops the start with a
sentence. A secret can be given as a file instead: `VENTANILLA_SECRET_KEY_FILE=/run/secrets/key` (one newline
at its end is dropped). With `VENTANILLA_DEMO=1` what is required gets sample values.

This page is written from the program (`python -m ventanilla.config`); a test compares them.

| Name | Kind | Default | What it is |
|---|---|---|---|
"""

if __name__ == "__main__":
    sys.stdout.write(settings_page())
