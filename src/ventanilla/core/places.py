"""Offices and municipalities, and how near they are to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Protocol
from urllib.parse import urlencode

from ventanilla.core.hours import Hours

_EARTH_KM = 6371.0
USABLE = frozenset({"open_reported", "unverified", "open"})
_PREFIXES = ("Oficina de Pasaportes ", "Oficina de Enlace ")
_EVERYDAY = {
    "México": "Estado de México",
    "Coahuila de Zaragoza": "Coahuila",
    "Michoacán de Ocampo": "Michoacán",
    "Veracruz de Ignacio de la Llave": "Veracruz",
}


class Point(Protocol):
    """Anything with a place on the map, in decimal degrees."""

    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


def everyday_state(name: str) -> str:
    """The name people use: "México" is the state's in the catalogue, the country's in speech."""
    return _EVERYDAY.get(name, name)


@dataclass(frozen=True, slots=True)
class Municipality:
    """`lat`, `lon` are those of its main town; `state` is the name people use."""

    state_code: str
    code: str
    name: str
    state: str
    lat: float
    lon: float
    population: int
    main_town: str


@dataclass(frozen=True, slots=True)
class Office:
    """`lat`, `lon` fall back to the municipality's main town; `latitude`, `longitude` are None there."""

    id: str
    name: str
    kind: str
    state_code: str
    state: str
    municipality_code: str
    municipality: str
    address: str
    postal_code: str
    phone: str
    latitude: float | None
    longitude: float | None
    lat: float
    lon: float
    zone: str
    hours: Hours
    hours_assumed: bool
    procedures: frozenset[str]
    capacity: int
    capacity_assumed: bool
    local_fee_mxn: int | None
    status: str
    note: str

    @property
    def open(self) -> bool:
        return self.status in USABLE

    @property
    def short_name(self) -> str:
        """What tells it from the others: lists have room for 24 letters."""
        for prefix in _PREFIXES:
            if self.name.startswith(prefix):
                return self.name.removeprefix(prefix)
        return self.name


def distance_km(a: Point, b: Point) -> float:
    """Great circle."""
    north, east = radians(b.lat - a.lat), radians(b.lon - a.lon)
    h = sin(north / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(h))


def nearest(
    offices: Iterable[Office], to: Point, procedure: str | None, limit: int | None = None
) -> tuple[tuple[Office, float], ...]:
    """Open offices that take the procedure (any, with None) and their km, nearest first."""
    fitting = (o for o in offices if o.open and (procedure is None or procedure in o.procedures))
    ranked = sorted(((o, distance_km(o, to)) for o in fitting), key=lambda r: (r[1], r[0].name))
    return tuple(ranked[:limit])


class Nearness:
    """`nearest` over offices that do not change, with what was asked before remembered.

    Towns and procedures are few, so what is remembered is too.
    """

    def __init__(self, offices: Iterable[Office]) -> None:
        self._offices = tuple(offices)
        self._known: dict[tuple[float, float, str | None, int], tuple[tuple[Office, float], ...]] = {}

    def to(self, place: Point, procedure: str | None, limit: int) -> tuple[tuple[Office, float], ...]:
        key = (place.lat, place.lon, procedure, limit)
        if key not in self._known:
            self._known[key] = nearest(self._offices, place, procedure, limit)
        return self._known[key]


def map_url(office: Office) -> str:
    """A search link by coordinates where they are known, else by name and address."""
    if office.latitude is not None and office.longitude is not None:
        query = f"{office.latitude},{office.longitude}"
    else:
        where = (office.address or office.name, office.municipality, office.state, "México")
        query = ", ".join(part for part in where if part)
    return f"https://www.google.com/maps/search/?{urlencode({'api': 1, 'query': query})}"
