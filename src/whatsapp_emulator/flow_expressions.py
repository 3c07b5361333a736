"""References and expressions of Flow JSON. Pure.

`${data.day}`, `${form.name}` and `${screen.DAY.form.day}` are references; a text that is one and nothing
else is replaced by its value, of whatever type. Between backticks (and in the condition of an If) there is
an expression: comparisons, &&, ||, !, arithmetic, 'texts', and things side by side, which are joined.
"""

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

Look = Callable[[str], Any]  # "data.day" -> its value, None when there is none
Expression = Callable[[Look], Any]
WHOLE = re.compile(r"\$\{([^{}]*)\}")
TOKEN = re.compile(
    r"\s*(?:(?P<reference>\$\{[^{}]*\})|(?P<text>'(?:[^'\\]|\\.)*')|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<truth>true|false)\b|(?P<sign>\|\||&&|[=!<>]=|[<>!()+\-*/%]))"
)
LEVELS: tuple[dict[str, Callable[[Any, Any], Any]], ...] = (
    {"||": lambda a, b: a or b},
    {"&&": lambda a, b: a and b},
    {"==": operator.eq, "!=": operator.ne},
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge},
    {"+": operator.add, "-": operator.sub},
    {"*": operator.mul, "/": operator.truediv, "%": operator.mod},
)


def is_expression(value: object) -> bool:
    return isinstance(value, str) and len(value) > 1 and value[0] == value[-1] == "`"


def reference_in(value: object) -> str | None:
    """ "data.day" when the value is that reference and nothing else."""
    whole = WHOLE.fullmatch(value) if isinstance(value, str) else None
    return whole[1] if whole else None


def references(text: str) -> Iterator[str]:
    return (found[1] for found in WHOLE.finditer(text))


def resolve(value: Any, look: Look) -> Any:
    """The value with every reference and expression in it replaced."""
    if isinstance(value, dict):
        return {key: resolve(one, look) for key, one in value.items()}
    if isinstance(value, list):
        return [resolve(one, look) for one in value]
    if (reference := reference_in(value)) is not None:
        return look(reference)
    return parsed(value[1:-1])(look) if is_expression(value) else value


def holds(condition: Any, look: Look) -> bool:
    """A condition: a truth value, a reference, or an expression with or without backticks."""
    if isinstance(condition, str) and not is_expression(condition):
        condition = f"`{condition}`"
    return bool(resolve(condition, look))


def parsed(text: str) -> Expression:
    """Raises ValueError where it cannot be read."""
    try:
        reader = _Reader(text)
        parts = [reader.level(0)]
        while reader.kind:
            parts.append(reader.level(0))
    except RecursionError as problem:
        raise ValueError("it is nested too deep") from problem
    return _calm(parts[0] if len(parts) == 1 else lambda look: "".join(shown(part(look)) for part in parts))


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _calm(expression: Expression) -> Expression:
    """A comparison with something that is not there yet holds not, instead of ending the form."""

    def calm(look: Look) -> Any:
        try:
            return expression(look)
        except (TypeError, ZeroDivisionError):
            return None

    return calm


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self._at = text.rstrip(), 0
        self.kind: str | None = None
        self.word = ""
        self._next()

    def _next(self) -> str:
        before = self.word
        found = TOKEN.match(self._text, self._at)
        if found is None and self._at < len(self._text):
            raise ValueError(f"cannot read {self._text[self._at :]!r}")
        self.kind = found.lastgroup if found else None
        self.word = found[self.kind] if found and self.kind else ""
        self._at = found.end() if found else self._at
        return before

    def level(self, n: int) -> Expression:
        if n == len(LEVELS):
            return self._unary()
        left = self.level(n + 1)
        while self.kind == "sign" and self.word in LEVELS[n]:
            left = _joined(LEVELS[n][self._next()], left, self.level(n + 1))
        return left

    def _unary(self) -> Expression:
        if self.word == "!" and self.kind == "sign":
            self._next()
            inner = self._unary()
            return lambda look: not inner(look)
        return self._primary()

    def _primary(self) -> Expression:
        kind, word = self.kind, self._next() if self.kind else ""
        if kind == "reference":
            return lambda look: look(word[2:-1])
        if kind == "sign" and word == "(":
            inner = self.level(0)
            if self.word != ")":
                raise ValueError("a parenthesis is not closed")
            self._next()
            return inner
        if kind not in ("text", "number", "truth"):
            raise ValueError(
                f"something is missing before {word!r}" if word else "something is missing at the end"
            )
        value = _literal(kind, word)
        return lambda look: value


def _joined(sign: Callable[[Any, Any], Any], left: Expression, right: Expression) -> Expression:
    return lambda look: sign(left(look), right(look))


def _literal(kind: str, word: str) -> Any:
    if kind == "text":
        return re.sub(r"\\(.)", r"\1", word[1:-1])
    return word == "true" if kind == "truth" else float(word) if "." in word else int(word)
