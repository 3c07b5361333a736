"""All settings, read once into one frozen value; what is wrong with them is said all at once."""

import difflib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ventanilla.samples import sample_values
from ventanilla.setting import PREFIX, About
from ventanilla.settings import Settings


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


def shown(settings: Settings) -> Iterator[tuple[str, str]]:
    """Name and value of each, secrets as `***`."""
    return ((named.name, str(getattr(settings, named.attribute))) for named in NAMED)


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
