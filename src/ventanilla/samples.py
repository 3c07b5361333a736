"""What stands in for an institution in the demonstration; its secrets are made at random, once."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

SAMPLE: Mapping[str, str] = {
    "whatsapp_phone_number_id": "100000000000001",
    "whatsapp_display_number": "525550000000",
    "institution_name": "Ayuntamiento de Ejemplo",
    "institution_official_phone": "55 0000 0000",
    "institution_address": "Calle Uno No. 1, Centro, Ejemplo",
    "institution_privacy_contact": "datos@ayuntamiento.example",
    "institution_law": "public",
    "institution_legal_basis": "Texto de muestra: aquí van los artículos que facultan a la institución.",
    "institution_transparency_unit": "Unidad de Transparencia de Ejemplo",
}
_SECRETS = ("secret_key", "whatsapp_access_token", "whatsapp_app_secret", "whatsapp_verify_token")


def sample_values(data_dir: Path) -> dict[str, str]:
    """By attribute of the settings. The secrets are kept, so that a restart can read its data."""
    return {**SAMPLE, **_kept_secrets(data_dir / "demo-secrets.json")}


def _kept_secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        _keep(path, {name: secrets.token_urlsafe(32) for name in _SECRETS})
    kept = json.loads(path.read_text("utf-8"))
    return {name: str(kept[name]) for name in _SECRETS}


def _keep(path: Path, values: Mapping[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(values, file, indent=1)
    try:
        # A link appears whole or not at all: of two starts at once, both read the secrets of one.
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
