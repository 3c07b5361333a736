"""Settings are read once; every fault is said at once, and no secret shows."""

import stat
from pathlib import Path

import pytest

from ventanilla.config import (
    NAMED,
    BadSettings,
    demo_settings,
    read_settings,
    settings_page,
    shown,
)
from ventanilla.setting import Secret
from ventanilla.settings import Settings

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
KEY = "k" * 32
FULL = {
    "VENTANILLA_PUBLIC_URL": "https://citas.example/",
    "VENTANILLA_SECRET_KEY": KEY,
    "VENTANILLA_WHATSAPP_PHONE_NUMBER_ID": "100000000000001",
    "VENTANILLA_WHATSAPP_DISPLAY_NUMBER": "+52 55 5000 0000",
    "VENTANILLA_WHATSAPP_ACCESS_TOKEN": "a token",
    "VENTANILLA_WHATSAPP_APP_SECRET": "new, old",
    "VENTANILLA_WHATSAPP_VERIFY_TOKEN": "a word",
    "VENTANILLA_INSTITUTION_NAME": "Ayuntamiento de Ejemplo",
    "VENTANILLA_INSTITUTION_OFFICIAL_PHONE": "55 0000 0000",
    "VENTANILLA_INSTITUTION_ADDRESS": "Calle Uno No. 1",
    "VENTANILLA_INSTITUTION_PRIVACY_CONTACT": "datos@ayuntamiento.example",
    "VENTANILLA_INSTITUTION_LAW": "public",
    "VENTANILLA_INSTITUTION_LEGAL_BASIS": "Artículo 1",
    "VENTANILLA_INSTITUTION_TRANSPARENCY_UNIT": "Unidad de Transparencia",
}


def faults(env: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(BadSettings) as found:
        read_settings(env)
    return found.value.faults


def test_everything_required_is_enough() -> None:
    settings = read_settings(FULL)
    assert settings.public_url == "https://citas.example"
    assert settings.whatsapp_display_number == "525550000000"
    assert settings.whatsapp_app_secret.reveal() == "new,old"
    assert settings.institution_authority == "Secretaría Anticorrupción y Buen Gobierno"
    assert (settings.port, settings.horizon_days, settings.database_url) == (8080, 30, Secret(""))


def test_variables_of_others_are_left_alone() -> None:
    assert read_settings({**FULL, "PATH": "/bin", "HOME": "/"}) == read_settings(FULL)


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    (fault,) = faults({**FULL, "VENTANILLA_PORTT": "1"})
    assert fault == "VENTANILLA_PORTT is not a setting; did you mean VENTANILLA_PORT?"


def test_a_name_like_no_other_is_refused_too() -> None:
    assert faults({**FULL, "VENTANILLA_ZZZZZZZZZZZZ": "1"}) == ("VENTANILLA_ZZZZZZZZZZZZ is not a setting.",)


def test_what_is_missing_is_named_all_at_once_with_what_to_do() -> None:
    said = faults({})
    required = [named.name for named in NAMED if named.about.required]
    assert [fault.split()[0] for fault in said] == required
    assert all("is missing" in fault and fault.endswith(".") for fault in said)


def test_empty_text_counts_as_missing() -> None:
    assert len(faults({**FULL, "VENTANILLA_INSTITUTION_NAME": "  "})) == 1


def test_what_is_wrong_and_what_is_missing_are_said_together() -> None:
    said = faults({**FULL, "VENTANILLA_PORT": "http", "VENTANILLA_SECRET_KEY": "", "VENTANILLA_X": "1"})
    assert len(said) == 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "８080"),
        ("PORT", "eighty"),
        ("DEMO", "yes"),
        ("PUBLIC_URL", "citas.example"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://citas.example/?a=1"),
        ("PUBLIC_URL", "https://[citas"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("SECRET_KEY", "k" * 31),
        ("WHATSAPP_API_VERSION", "26"),
        ("WHATSAPP_PHONE_NUMBER_ID", "+1"),
        ("WHATSAPP_DISPLAY_NUMBER", "five five"),
        ("WHATSAPP_APP_SECRET", "one,two,three"),
        ("WHATSAPP_APP_SECRET", "one,"),
        ("INSTITUTION_PRIVACY_CONTACT", "datos"),
        ("INSTITUTION_LAW", "LGPDPPSO"),
        ("HOLD_MINUTES", "-1"),
        ("DATABASE_POOL", "1"),
    ],
)
def test_a_malformed_value_is_refused(name: str, text: str) -> None:
    (fault,) = faults({**FULL, f"VENTANILLA_{name}": text})
    assert fault.startswith(f"VENTANILLA_{name} must be ")


def test_a_malformed_secret_is_not_repeated() -> None:
    (fault,) = faults({**FULL, "VENTANILLA_SECRET_KEY": "short but secret"})
    assert "short but secret" not in fault


def test_a_secret_can_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY + "\n")
    env = {name: text for name, text in FULL.items() if name != "VENTANILLA_SECRET_KEY"}
    settings = read_settings({**env, "VENTANILLA_SECRET_KEY_FILE": str(file)})
    assert settings.secret_key == Secret(KEY)


def test_a_secret_is_given_once(tmp_path: Path) -> None:
    (fault,) = faults({**FULL, "VENTANILLA_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert "both given" in fault


def test_a_file_that_cannot_be_read_or_is_empty_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    env = {name: text for name, text in FULL.items() if name != "VENTANILLA_SECRET_KEY"}
    (missing,) = faults({**env, "VENTANILLA_SECRET_KEY_FILE": str(tmp_path / "none")})
    (empty,) = faults({**env, "VENTANILLA_SECRET_KEY_FILE": str(tmp_path / "empty")})
    assert "cannot be read" in missing
    assert "is empty" in empty


def test_what_is_no_secret_has_no_file() -> None:
    (fault,) = faults({**FULL, "VENTANILLA_PORT_FILE": "/dev/null"})
    assert "not a setting" in fault


def test_secrets_do_not_print() -> None:
    settings = read_settings(FULL)
    for text in (repr(settings), str(settings), f"{settings.secret_key}", repr(dict(shown(settings)))):
        assert KEY not in text
        assert "a token" not in text
    assert dict(shown(settings))["VENTANILLA_SECRET_KEY"] == "***"


def test_an_empty_secret_shows_as_empty() -> None:
    assert dict(shown(Settings()))["VENTANILLA_SECRET_KEY"] == ""


def test_the_demonstration_needs_nothing_and_keeps_its_secrets(tmp_path: Path) -> None:
    env = {"VENTANILLA_DEMO": "1", "VENTANILLA_DATA_DIR": str(tmp_path / "var"), "VENTANILLA_HOST": "0.0.0.0"}
    settings = read_settings(env)
    assert settings == read_settings(env)
    assert settings.public_url == "http://127.0.0.1:8080"
    file = tmp_path / "var" / "demo-secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_what_is_given_goes_before_the_samples(tmp_path: Path) -> None:
    env = {"VENTANILLA_DEMO": "1", "VENTANILLA_DATA_DIR": str(tmp_path), "VENTANILLA_SECRET_KEY": KEY}
    settings = read_settings(env)
    assert settings.secret_key.reveal() == KEY
    assert settings.whatsapp_app_secret


def test_the_samples_are_settings_too(tmp_path: Path) -> None:
    env = {**demo_settings(tmp_path), "VENTANILLA_PUBLIC_URL": "https://citas.example"}
    assert read_settings(env).whatsapp_app_secret


def test_two_demonstrations_have_different_secrets(tmp_path: Path) -> None:
    first, second = demo_settings(tmp_path / "1"), demo_settings(tmp_path / "2")
    assert first["VENTANILLA_SECRET_KEY"] != second["VENTANILLA_SECRET_KEY"]


def test_every_setting_is_documented_as_it_is() -> None:
    assert PAGE.read_text("utf-8") == settings_page()
