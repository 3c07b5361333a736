#!/usr/bin/env python3
"""Recomputes a draw of appointments from its published file (docs/draws.md) and says what it checked.

Python 3.11 or newer is enough. It shares no code with the program that made the file, on purpose.

    python3 verify_draw.py sorteo.json
    python3 verify_draw.py sorteo.json --before anuncio.json --before cierre.json --receipt ABCD-EFGH-...

Ends with 0 if everything agrees, with 1 if something does not.
"""

import argparse
import base64
import json
import re
import sys
from datetime import date, datetime
from hashlib import sha256
from hmac import digest
from itertools import pairwise
from pathlib import Path

VERSION = "ventanilla-draw/1"
STAGES = ("announced", "closed", "drawn")
HASH, NONCE = r"[0-9a-f]{64}", r"[0-9a-f]{32}"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
PLACE = r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d"
TEXT = r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,500}"
MOST_TICKETS = 4

TERMS = ("draw", "office", "office_name", "procedure", "opens_at", "closes_at", "public_source", "commitment")
FIELDS = {
    "announced": {"format": TEXT, "stage": TEXT, "places": list, "terms": HASH}
    | dict.fromkeys(TERMS, TEXT)
    | {"opens_at": MOMENT, "closes_at": MOMENT, "commitment": HASH},
    "closed": {"count": int, "root": HASH, "entries": list},
    "drawn": {"secret": HASH, "public_value": TEXT, "seed": HASH, "order": list, "allocation": list},
}
PLACE_FIELDS = {"starts_at": PLACE, "places": int}
ENTRY_FIELDS = {"receipt": HASH, "nonce": NONCE, "days": list, "halves": list, "weight": int}
WON_FIELDS = {"receipt": HASH, "starts_at": PLACE}

SAY = {
    "es": {
        "unreadable": "No se puede leer {file}. Descarga otra vez el archivo publicado.",
        "shape": "El archivo no tiene la forma de un sorteo publicado: mira {where}.",
        "terms": "El anuncio está completo: fechas, lugares, fuente y compromiso dan su resumen.",
        "no-terms": "El anuncio cambió: lo que dice no da el resumen publicado.",
        "entries": "Cada inscripción ({n}) da su recibo: nadie cambió preferencias ni peso.",
        "no-entry": "La inscripción {where} no da su recibo: cambió el recibo, la preferencia o el peso.",
        "no-sorted": "Los recibos están repetidos o fuera de orden.",
        "no-count": "El archivo dice {said} inscripciones, pero trae {n}.",
        "root": "Los recibos dan la raíz publicada al cierre: no falta ni sobra ninguno.",
        "no-root": "Los recibos no dan la raíz publicada: falta, sobra o cambió alguno.",
        "secret": "La semilla secreta es la que se comprometió antes de abrir.",
        "no-secret": "La semilla secreta no es la que se comprometió antes de abrir.",
        "seed": "La semilla final sale de la secreta y del valor público «{value}». Compara: {source}",
        "no-seed": "La semilla final no sale de la secreta y del valor público.",
        "order": "El orden es el que da la semilla final, con los boletos de cada quien.",
        "no-order": "El orden no es el que da la semilla final.",
        "won": "Los lugares están dados en ese orden: {n} de {all}.",
        "no-won": "Los lugares no están dados como manda el orden.",
        "before": "Nada cambió desde {file}.",
        "no-before": "Cambió «{where}» desde {file}.",
        "bad-before": "{file} tampoco se puede dar por bueno: revísalo solo.",
        "no-older": "{file} no es una publicación anterior de este sorteo.",
        "no-code": "El recibo tiene 24 letras y números, por ejemplo ABCD-EFGH-IJKL-MNOP-QRST-UVWX.",
        "no-list": "Todavía no se publican los recibos: salen cuando cierra el sorteo.",
        "no-receipt": "El recibo {code} no está en este sorteo.",
        "receipt": "El recibo {code} está en el sorteo. Días: {days}. Horario: {halves}. Boletos: {weight}.",
        "waits": "El resultado todavía no se publica.",
        "winner": "Salió en el lugar {n} de {all} y ganó la cita del {when}.",
        "loser": "Salió en el lugar {n} de {all} y no alcanzó lugar.",
        "morning": "mañana",
        "afternoon": "tarde",
        "yes": "bien",
        "no": "MAL",
        "announced": "Todo coincide. El sorteo está anunciado.",
        "closed": "Todo coincide. El sorteo está cerrado; falta sortear.",
        "drawn": "Todo coincide: el sorteo se hizo como se anunció.",
        "refused": "El sorteo NO se puede dar por bueno.",
    },
    "en": {
        "unreadable": "{file} cannot be read. Download the published file again.",
        "shape": "The file does not have the form of a published draw: look at {where}.",
        "terms": "The announcement is whole: dates, places, source and commitment give its digest.",
        "no-terms": "The announcement was changed: what it says does not give the published digest.",
        "entries": "Each of the {n} entries gives its receipt: nobody changed preferences or weight.",
        "no-entry": "Entry {where} does not give its receipt: receipt, preferences or weight were changed.",
        "no-sorted": "The receipts are repeated or out of order.",
        "no-count": "The file says {said} entries, but holds {n}.",
        "root": "The receipts give the root published at closing: none is missing, none was added.",
        "no-root": "The receipts do not give the published root: one is missing, added or changed.",
        "secret": "The secret seed is the one committed to before opening.",
        "no-secret": "The secret seed is not the one committed to before opening.",
        "seed": "The final seed follows from the secret and the public value “{value}”. Compare: {source}",
        "no-seed": "The final seed does not follow from the secret and the public value.",
        "order": "The order is the one that the final seed gives, with everybody's tickets.",
        "no-order": "The order is not the one that the final seed gives.",
        "won": "The places are given in that order: {n} of {all}.",
        "no-won": "The places are not given as the order demands.",
        "before": "Nothing has changed since {file}.",
        "no-before": "“{where}” has changed since {file}.",
        "bad-before": "{file} cannot be taken as good itself: check it alone.",
        "no-older": "{file} is no earlier publication of this draw.",
        "no-code": "A receipt has 24 letters and digits, such as ABCD-EFGH-IJKL-MNOP-QRST-UVWX.",
        "no-list": "Receipts are not published yet: they come when the draw closes.",
        "no-receipt": "Receipt {code} is not in this draw.",
        "receipt": "Receipt {code} is in the draw. Days: {days}. Time: {halves}. Tickets: {weight}.",
        "waits": "The result is not published yet.",
        "winner": "It came out at place {n} of {all} and won the appointment of {when}.",
        "loser": "It came out at place {n} of {all} and got no appointment.",
        "morning": "morning",
        "afternoon": "afternoon",
        "yes": "good",
        "no": "WRONG",
        "announced": "Everything agrees. The draw is announced.",
        "closed": "Everything agrees. The draw is closed; it has still to be drawn.",
        "drawn": "Everything agrees: the draw was held as announced.",
        "refused": "This draw can NOT be taken as good.",
    },
}


class Refused(Exception):
    """Its arguments: a key of SAY and what goes into that sentence."""

    def __init__(self, key, **args):
        super().__init__(key)
        self.key, self.args_of_it = key, args


def need(true, key, **args):
    if not true:
        raise Refused(key, **args)


def without_doubles(pairs):
    found = dict(pairs)
    need(len(found) == len(pairs), "shape", where="{}")
    return found


def read(path):
    try:
        return json.loads(Path(path).read_text("utf-8"), object_pairs_hook=without_doubles)
    except (OSError, ValueError, RecursionError):
        raise Refused("unreadable", file=path) from None


def is_shaped(value, shape):
    if isinstance(shape, str):
        return type(value) is str and re.fullmatch(shape, value, re.ASCII) is not None
    return type(value) is shape


def shaped(found, fields, where):
    """An object with just these fields, each of its kind: what is not checked has no place in the file."""
    odd = sorted(found.keys() ^ fields.keys()) if type(found) is dict else [where]
    need(not odd, "shape", where=ascii(odd)[:200])
    for name, shape in fields.items():
        need(is_shaped(found[name], shape), "shape", where=f"{where} {name}".strip())


def rising(values):
    return all(a < b for a, b in pairwise(values))


def check_shape(draw):
    need(type(draw) is dict and draw.get("stage") in STAGES, "shape", where="stage")
    stages = STAGES[: STAGES.index(draw["stage"]) + 1]
    shaped(draw, {name: shape for stage in stages for name, shape in FIELDS[stage].items()}, "")
    need(draw["format"] == VERSION, "shape", where="format")
    for place in draw["places"]:
        shaped(place, PLACE_FIELDS, "places")
        need(place["places"] > 0, "shape", where="places")
    try:
        moments = [datetime.fromisoformat(draw[name]) for name in ("opens_at", "closes_at")]
        moments += [datetime.fromisoformat(place["starts_at"]) for place in draw["places"]]
        need(len(moments) > 2 and rising(moments), "shape", where="opens_at, closes_at, places")
    except (ValueError, OverflowError):
        raise Refused("shape", where="opens_at, closes_at, places") from None
    for entry in draw.get("entries", ()):
        check_entry(entry, {place["starts_at"][:10] for place in draw["places"]})
    for receipt in draw.get("order", ()):
        need(is_shaped(receipt, HASH), "shape", where="order")
    for won in draw.get("allocation", ()):
        shaped(won, WON_FIELDS, "allocation")


def check_entry(entry, days):
    shaped(entry, ENTRY_FIELDS, "entries")
    for name, allowed in (("days", days), ("halves", {"morning", "afternoon"})):
        known = all(type(value) is str and value in allowed for value in entry[name])
        need(entry[name] and known and rising(entry[name]), "shape", where=f"entries {name}")
    need(1 <= entry["weight"] <= MOST_TICKETS, "shape", where="entries weight")


def long(raw):
    return len(raw).to_bytes(4, "big") + raw


def hashed(*texts):
    total = sha256()
    for text in (VERSION, *texts):
        total.update(long(text.encode()))
    return total.hexdigest()


def terms_of(draw):
    places = [str(place[name]) for place in draw["places"] for name in ("starts_at", "places")]
    return hashed("terms", *(draw[name] for name in TERMS), *places)


def receipt_of(terms, entry):
    days, halves = ",".join(entry["days"]), ",".join(entry["halves"])
    return hashed("receipt", terms, entry["nonce"], days, halves, str(entry["weight"]))


def root_of(receipts):
    """Pairs row by row; a last one without a partner goes up as it is."""
    row = [sha256(b"\0" + bytes.fromhex(receipt)).digest() for receipt in receipts]
    while len(row) > 1:
        pairs = [sha256(b"\1" + row[i] + row[i + 1]).digest() for i in range(0, len(row) - 1, 2)]
        row = pairs + row[2 * len(pairs) :]
    return (row[0] if row else sha256().digest()).hex()


def order_of(seed, entries):
    def luck(entry):
        receipt = bytes.fromhex(entry["receipt"])
        return min(digest(seed, receipt + bytes([n + 1]), "sha256") for n in range(entry["weight"]))

    return [entry["receipt"] for entry in sorted(entries, key=lambda e: (luck(e), e["receipt"]))]


def allocation_of(order, entries, places):
    wishes = {entry["receipt"]: entry for entry in entries}
    free = [[place["starts_at"], place["places"]] for place in places]
    given = []
    for receipt in order:
        wish = wishes[receipt]
        for place in free:
            half = "morning" if place[0][11:13] < "12" else "afternoon"
            if place[0][:10] in wish["days"] and half in wish["halves"]:
                given.append({"receipt": receipt, "starts_at": place[0]})
                place[1] -= 1
                free = [p for p in free if p[1]] if place[1] == 0 else free
                break
    return given


def check(draw):
    """Gives a sentence for each part that agrees; raises Refused at the first that does not."""
    check_shape(draw)
    need(terms_of(draw) == draw["terms"], "no-terms")
    yield "terms", {}
    if draw["stage"] == "announced":
        return
    entries = draw["entries"]
    for n, entry in enumerate(entries, 1):
        need(receipt_of(draw["terms"], entry) == entry["receipt"], "no-entry", where=n)
    receipts = [entry["receipt"] for entry in entries]
    need(rising(receipts), "no-sorted")
    need(draw["count"] == len(entries), "no-count", said=draw["count"], n=len(entries))
    yield "entries", {"n": len(entries)}
    need(root_of(receipts) == draw["root"], "no-root")
    yield "root", {}
    if draw["stage"] == "closed":
        return
    secret = bytes.fromhex(draw["secret"])
    need(sha256(secret).hexdigest() == draw["commitment"], "no-secret")
    yield "secret", {}
    seed = sha256(long(secret) + long(draw["public_value"].encode()))
    need(seed.hexdigest() == draw["seed"], "no-seed")
    yield "seed", {"value": draw["public_value"], "source": draw["public_source"]}
    need(order_of(seed.digest(), entries) == draw["order"], "no-order")
    yield "order", {}
    need(allocation_of(draw["order"], entries, draw["places"]) == draw["allocation"], "no-won")
    yield "won", {"n": len(draw["allocation"]), "all": sum(place["places"] for place in draw["places"])}


def check_before(draw, path):
    older = read(path)
    try:
        list(check(older))
    except Refused:
        raise Refused("bad-before", file=path) from None
    need(STAGES.index(older["stage"]) <= STAGES.index(draw["stage"]), "no-older", file=path)
    need(older["draw"] == draw["draw"], "no-older", file=path)
    for name in older.keys() - {"stage"}:
        need(older[name] == draw[name], "no-before", where=name, file=path)
    yield "before", {"file": path}


def check_receipt(draw, code, words):
    letters = re.sub(r"[\s-]", "", code).upper()
    need(re.fullmatch(r"[A-Z2-7]{24}", letters), "no-code")
    need("entries" in draw, "no-list")
    raw = base64.b32decode(letters)
    found = [e for e in draw["entries"] if bytes.fromhex(e["receipt"]).startswith(raw)]
    need(found, "no-receipt", code=code)
    entry = found[0]
    halves = ", ".join(words[half] for half in entry["halves"])
    days = ", ".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in entry["days"])
    yield "receipt", {"code": code, "days": days, "halves": halves, "weight": entry["weight"]}
    if draw["stage"] != "drawn":
        yield "waits", {}
        return
    place = {"n": draw["order"].index(entry["receipt"]) + 1, "all": len(draw["order"])}
    won = [w["starts_at"] for w in draw["allocation"] if w["receipt"] == entry["receipt"]]
    when = f"{datetime.fromisoformat(won[0]):%d/%m/%Y %H:%M}" if won else ""
    yield ("winner" if won else "loser"), place | {"when": when}


def all_checks(options, words):
    draw = read(options.file)
    yield from check(draw)
    for path in options.before:
        yield from check_before(draw, path)
    if options.receipt is not None:
        yield from check_receipt(draw, options.receipt, words)
    yield draw["stage"], None


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file")
    parser.add_argument("--before", action="append", default=[], metavar="FILE")
    parser.add_argument("--receipt", metavar="CODE")
    parser.add_argument("--lang", choices=sorted(SAY), default="es")
    options = parser.parse_args(arguments)
    words = SAY[options.lang]
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        for key, args in all_checks(options, words):
            sentence = words[key].format(**args or {})
            print(sentence if args is None else f"[{words['yes']}] {sentence}")
    except Refused as refused:
        print(f"[{words['no']}] {words[refused.key].format(**refused.args_of_it)}")
        print(words["refused"])
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
