"""`ventanilla templates`: what is said before, while and after Meta is asked."""

from pathlib import Path

import pytest
from tests.databases import execute
from tests.templates_at_meta import ACCOUNT, TemplatesAtMeta, served
from tests.test_cli import ventanilla

from ventanilla.words.templates import definitions

pytestmark = pytest.mark.slow


def templates(folder: Path, dsn: str, url: str, token: str, *words: str) -> tuple[int, str, str]:
    return ventanilla(
        folder,
        dsn,
        "templates",
        *words,
        WHATSAPP_API_URL=url,
        WHATSAPP_ACCESS_TOKEN=token,
        WHATSAPP_BUSINESS_ACCOUNT_ID=ACCOUNT,
    )


def test_templates_are_compared_made_and_listed(fresh_database_url: str, tmp_path: Path) -> None:
    meta = TemplatesAtMeta(refuse={"oferta_lugar": "The text [repeats] itself."})
    meta.put("spring_sale", "en")
    with served(meta) as url:
        here = (tmp_path, fresh_database_url, url, meta.token)
        code, dry, _ = templates(*here, "sync")
        assert (code, meta.calls) == (0, [])
        assert "No existe en Meta." in dry
        assert "spring_sale (en)" in dry
        assert f"{len(definitions())} to make or change. Run: ventanilla templates sync --apply" in dry
        code, made, refused = templates(*here, "sync", "--apply")
        assert code == 1
        assert made.count("sent to review") == len(definitions()) - 2
        assert "The text [repeats] itself." in made
        assert "Meta refused what is marked above" in refused
        meta.find("recordatorio_cita", "es_MX").update(status="REJECTED", rejected_reason="INVALID_FORMAT")
        templates(*here, "sync", "--language", "en")
    assert "templates: 1 need somebody" in ventanilla(tmp_path, fresh_database_url, "check")[1]
    code, listed, _ = templates(*here, "list", "--language", "en")
    assert code == 0
    assert "Meta refused it." in listed
    assert "INVALID_FORMAT" in listed
    assert "Meta is reviewing it" in listed
    assert "UTC" in listed


def test_a_template_is_deleted_only_when_told_twice(fresh_database_url: str, tmp_path: Path) -> None:
    meta = TemplatesAtMeta()
    meta.put("spring_sale", "en")
    meta.put("spring_sale", "es")
    with served(meta) as url:
        here = (tmp_path, fresh_database_url, url, meta.token, "delete", "spring_sale")
        code, _, said = templates(*here)
        assert (code, len(meta.kept)) == (1, 2)
        assert "Add --apply" in said
        assert templates(*here, "--apply")[1] == "Deleted: spring_sale (en), spring_sale (es)\n"
        assert meta.kept == {}
        assert "Meta has no template spring_sale" in templates(*here, "--apply")[2]


def test_what_is_missing_or_refused_is_said_in_a_sentence(fresh_database_url: str, tmp_path: Path) -> None:
    code, _, said = ventanilla(tmp_path, fresh_database_url, "templates", "sync")
    assert code == 1
    assert said.startswith("VENTANILLA_WHATSAPP_BUSINESS_ACCOUNT_ID is missing.")
    meta = TemplatesAtMeta()
    with served(meta) as url:
        code, _, said = templates(tmp_path, fresh_database_url, url, "wrong", "sync")
    assert code == 1
    assert "The token is not valid" in said
    assert "Traceback" not in said


@pytest.mark.anyio
async def test_a_database_without_the_tables_is_said_in_a_sentence(
    fresh_database_url: str, tmp_path: Path
) -> None:
    await execute(fresh_database_url, "DROP TABLE template")
    code, _, said = ventanilla(tmp_path, fresh_database_url, "templates", "list")
    assert (code, said) == (1, "The database is not up to date. Run: ventanilla migrate\n")
