"""People for a load: plainly samples, each with a CURP that fits the name, the same for the same number."""

from dataclasses import dataclass
from datetime import date, timedelta

SURNAMES = ("Muestra", "Ejemplo", "Prueba", "Modelo", "Ensayo", "Figura")
GIVEN = (
    *(("Ana", "M"), ("Luis", "H"), ("Rosa", "M"), ("Juan", "H")),
    *(("Elena", "M"), ("Pedro", "H"), ("Carmen", "M"), ("Hugo", "H")),
)
STATES = ("DF", "JC", "VZ", "OC", "MN", "PL", "NL", "YN")
FIRST_BIRTH = date(1950, 1, 1)
BIRTHS = 18_199  # days, a prime: each step lands on another one; all before 2000
STEP = 7_919
ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Number `n` from 0. No two of the first 145,000 share a CURP."""

    n: int
    wa_id: str

    @property
    def given(self) -> str:
        return GIVEN[self.n % len(GIVEN)][0]

    @property
    def surnames(self) -> tuple[str, str]:
        count = len(SURNAMES)
        return SURNAMES[self.n // len(GIVEN) % count], SURNAMES[self.n // (len(GIVEN) * count) % count]

    @property
    def name(self) -> str:
        return " ".join((self.given, *self.surnames))

    @property
    def curp(self) -> str:
        first, second = (surname.upper() for surname in self.surnames)
        given = self.given.upper()
        born = FIRST_BIRTH + timedelta(days=self.n * STEP % BIRTHS)
        sex = GIVEN[self.n % len(GIVEN)][1]
        state = STATES[self.n // BIRTHS % len(STATES)]
        letters = first[0] + inner(first, "AEIOU") + second[0] + given[0]
        consonants = "".join(inner(word, "BCDFGHJKLMNPQRSTVWXYZ") for word in (first, second, given))
        start = f"{letters}{born:%y%m%d}{sex}{state}{consonants}0"
        return start + check_digit(start)

    def told(self, said: str) -> str:
        """`{curp}`, `{name}`, `{number}` (nine digits of one's own), `{n}` and `{wa_id}` filled in."""
        own = {"curp": self.curp, "name": self.name, "number": f"{100_000_000 + self.n}"}
        for key, value in {**own, "n": str(self.n), "wa_id": self.wa_id}.items():
            said = said.replace("{" + key + "}", value)
        return said


def inner(word: str, letters: str) -> str:
    """The first of these letters after the first; X when there is none."""
    return next((letter for letter in word[1:] if letter in letters), "X")


def check_digit(start: str) -> str:
    total = sum(ALPHABET.index(letter) * (18 - place) for place, letter in enumerate(start))
    return str(-total % 10)
