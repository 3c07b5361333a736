"""What a paper is about: one appointment of one person, as plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ventanilla.core.procedures import Group, Procedure

Say = Callable[[str, Mapping[str, object]], str]
"""A message key of `words/*/papers.ftl` and its arguments -> the text in the language of the case."""

Language = Literal["es", "en"]
OfficeKind = Literal["oficina_pasaportes", "oficina_enlace"]
Adult = Literal["mother", "father", "guardian"]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who hands the papers over. With `demo`, every page says that it is a demonstration."""

    institution: str
    official_phone: str
    site: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Who the passport is for. `surname2` may be empty; `identification` is what will be shown, or empty."""

    curp: str
    given: str
    surname1: str
    surname2: str
    age: int
    identification: str = ""

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given, self.surname1, self.surname2) if part)


@dataclass(frozen=True, slots=True)
class Office:
    """`local_fee_mxn` is the municipal fee of an oficina de enlace: 0 = none, None = not known."""

    name: str
    kind: OfficeKind
    address: str
    map_url: str
    local_fee_mxn: int | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """`provisional`: the appointment falls in a year whose fee is not published; this is the current one."""

    amount_mxn: int
    year: int
    half: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """`starts_at` is aware and in the office's zone; `adults` come with a minor, empty for an adult.

    `sheet_url` leads to the payment sheet, `papers_url` to the page with all papers.
    """

    language: Language
    folio: str
    issuer: Issuer
    holder: Holder
    procedure: Procedure
    group: Group
    validity_years: int
    fee: Fee
    office: Office
    starts_at: datetime
    sheet_url: str
    papers_url: str
    adults: tuple[Adult, ...] = ()
