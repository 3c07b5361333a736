"""The `data` a screen declares, and whether values fit it. Pure."""

from collections.abc import Iterator
from typing import Any

from whatsapp_emulator.flow_text import Path, Wrong

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}
ALLOWED = {"type", "__example__", "properties", "items"}


def is_a(kind: str, value: object) -> bool:
    """Whether the JSON value is of that JSON type; true is no number."""
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def declared_faults(schema: Any, path: Path, example: bool = True) -> Iterator[Wrong]:
    """Faults of one entry of `data`: {"type", "__example__", "items" | "properties"}."""
    if not isinstance(schema, dict):
        yield Wrong("INVALID_PROPERTY_TYPE", path, "An object with a type is needed.")
        return
    for key in schema.keys() - ALLOWED:
        yield Wrong("INVALID_PROPERTY_KEY", (*path, key), f"Unknown property '{key}' in data.")
    kind = schema.get("type")
    if not isinstance(kind, str) or kind not in TYPES:
        yield Wrong("INVALID_PROPERTY_VALUE", (*path, "type"), f"The type must be one of {', '.join(TYPES)}.")
        return
    inner = list(inner_faults(schema, path))
    yield from inner
    if example and "__example__" not in schema:
        message = "The property __example__ is required."
        yield Wrong("MISSING_REQUIRED_PROPERTY", (*path, "__example__"), message)
    elif example and not inner and (misfit := next(misfits(schema, schema["__example__"], ""), None)):
        yield Wrong("INVALID_PROPERTY_VALUE", (*path, "__example__"), f"__example__ {misfit}")


def inner_faults(schema: dict[str, Any], path: Path) -> Iterator[Wrong]:
    """Faults of what is inside an array or an object."""
    if schema["type"] == "array":
        yield from declared_faults(schema.get("items"), (*path, "items"), example=False)
    elif schema["type"] == "object":
        properties = schema.get("properties")
        if not isinstance(properties, dict) or not properties:
            message = "An object must say its properties."
            yield Wrong("MISSING_REQUIRED_PROPERTY", (*path, "properties"), message)
            return
        for key, inner in properties.items():
            yield from declared_faults(inner, (*path, "properties", key), example=False)


def misfits(schema: dict[str, Any], value: Any, where: str) -> Iterator[str]:
    """What does not fit, in words; the schema itself is right. Properties nobody declared are let be."""
    kind = schema["type"]
    if not is_a(kind, value):
        yield f"{where} must be of type {kind}."
    elif kind == "array":
        for n, item in enumerate(value):
            yield from misfits(schema["items"], item, f"{where}[{n}]")
    elif kind == "object":
        for key, inner in schema["properties"].items():
            if key in value:
                yield from misfits(inner, value[key], f"{where}.{key}")


def data_misfits(screen: dict[str, Any], data: Any) -> Iterator[str]:
    """What of the data given to a screen is missing or of another type than declared."""
    if not isinstance(data, dict):
        yield "data must be an object."
        return
    for key, schema in screen.get("data", {}).items():
        if key not in data:
            yield f"data.{key} is missing."
        else:
            yield from misfits(schema, data[key], f"data.{key}")
