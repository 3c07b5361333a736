"""Throws bent webhooks at the parser, guided by what they reach: `make fuzz`.

FUZZ_SECONDS (300) says for how long. Starts from every shape in tests/wire/payloads.py. Stops with the
body at hand if the parser breaks, or if a message or status is neither read nor kept.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

try:
    import atheris
except ImportError:
    sys.exit(
        "make fuzz needs atheris, whose wheels are for Python 3.11 on Linux only. "
        "Make .venv with it: make clean, then PYTHON=python3.11 make fuzz. "
        "The same with another engine: make test (ten thousand bent webhooks)."
    )

sys.path.insert(0, str(Path(__file__).parent.parent))

with atheris.instrument_imports(include=["ventanilla.wire", "ventanilla.core.identity"]):
    from ventanilla.wire.whatsapp.lenient import NotJson, decoded
    from ventanilla.wire.whatsapp.parse import parse
    from ventanilla.words.incoming import Updates

from tests.wire.payloads import CASES, Who


def dicts(found: Any) -> Iterator[dict[str, Any]]:
    yield from (item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict))


def lost(whole: Any, updates: Updates) -> list[Any]:
    """Messages and statuses that were neither read nor kept. Written apart from the parser on purpose."""
    ids = {m.wamid for m in updates.messages} | {s.wamid for s in updates.statuses}
    kept = [json.loads(raw) for _, raw in updates.raw]
    items = [
        item
        for root in dicts(whole)
        for entry in dicts(root.get("entry"))
        for change in dicts(entry.get("changes"))
        for value in dicts(change.get("value"))
        if change.get("field") in (None, "messages") and value not in kept
        for kind in ("messages", "statuses")
        for item in dicts(value.get(kind))
    ]
    return [i for i in items if i and i not in kept and str(i.get("id")).replace("\0", "") not in ids]


def one(body: bytes) -> None:
    try:
        updates = parse(body)
    except NotJson:
        return
    assert updates.messages or updates.statuses or updates.raw or updates.notices, "nothing came of it"
    try:
        whole = decoded(body)
    except RecursionError:
        return
    assert not lost(whole, updates), "something was lost"


def main() -> None:
    seconds = os.environ.get("FUZZ_SECONDS", "300")
    found = Path(tempfile.gettempdir()) / "ventanilla-"
    with tempfile.TemporaryDirectory() as folder:
        for n, case in enumerate(CASES.values()):
            (Path(folder) / f"{n}.json").write_text(json.dumps(case.make(Who(n))))
        atheris.Setup(
            [
                sys.argv[0],
                f"-max_total_time={seconds}",
                "-max_len=20000",
                f"-artifact_prefix={found}",
                *sys.argv[1:],
                folder,
            ],
            one,
        )
        atheris.Fuzz()


main()
