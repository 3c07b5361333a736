"""Steps are applied once, in order, whoever starts first."""

import asyncio
import re
from pathlib import Path

import asyncpg
import pytest
from asyncpg import Connection
from pogo_core.error import BadMigrationError

from ventanilla.db.migrate import MIGRATIONS, migrate, pending

pytestmark = pytest.mark.anyio

HARD = """\
-- What a naive splitter breaks; with a semicolon.
-- depends:

-- migrate: apply

-- a comment; it's got a semicolon and an apostrophe
CREATE TABLE sample (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- inline; too
    state text NOT NULL CHECK (state IN ('live', 'gone;'))
);
/* a block; comment */
CREATE UNIQUE INDEX sample_live ON sample (id) WHERE state = 'live';
CREATE FUNCTION sample_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- inside; a body
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'no; it''s kept';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER sample_stays BEFORE DELETE ON sample FOR EACH ROW EXECUTE FUNCTION sample_stays();
CREATE FUNCTION sample_next(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT n + 1; END;
INSERT INTO sample (state) VALUES ('gone;');

-- migrate: rollback

DROP TABLE sample;
"""


def step(folder: Path, name: str, depends: str, statement: str) -> None:
    text = f"-- A step.\n-- depends: {depends}\n\n-- migrate: apply\n{statement}\n-- migrate: rollback\n"
    (folder / f"{name}.sql").write_text(text)


async def test_a_database_is_brought_up_to_date_once(conn: Connection) -> None:
    assert await pending(conn) == []
    assert await migrate(conn) == []


async def test_what_postgresql_accepts_is_applied_as_it_is_written(
    fresh_database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "9001_hard.sql").write_text(HARD)
    assert await migrate(fresh_database_url, tmp_path) == ["9001_hard"]
    conn = await asyncpg.connect(fresh_database_url)
    assert await conn.fetchval("SELECT sample_next(id) FROM sample WHERE state = 'gone;'") == 2
    with pytest.raises(asyncpg.RaiseError, match="it's kept"):
        await conn.execute("DELETE FROM sample")
    await conn.close()


async def test_of_two_starts_at_once_one_applies(fresh_database_url: str, tmp_path: Path) -> None:
    step(tmp_path, "9001_first", "", "CREATE TABLE first (id int); SELECT pg_sleep(0.2);")
    done = await asyncio.gather(*(migrate(fresh_database_url, tmp_path) for _ in range(4)))
    assert sorted(done) == [[], [], [], ["9001_first"]]


async def test_a_step_that_fails_leaves_no_trace_and_can_be_mended(
    fresh_database_url: str, tmp_path: Path
) -> None:
    step(tmp_path, "9001_first", "", "CREATE TABLE first (id int);")
    step(tmp_path, "9002_second", "9001_first", "CREATE TABLE second (id int); SELECT 1 / 0;")
    with pytest.raises(BadMigrationError, match="9002_second"):
        await migrate(fresh_database_url, tmp_path)
    step(tmp_path, "9002_second", "9001_first", "CREATE TABLE second (id int);")
    assert await migrate(fresh_database_url, tmp_path) == ["9002_second"]


async def test_steps_follow_what_they_depend_on(fresh_database_url: str, tmp_path: Path) -> None:
    step(tmp_path, "9002_second", "9001_first", "ALTER TABLE first ADD COLUMN name text;")
    step(tmp_path, "9001_first", "", "CREATE TABLE first (id int);")
    assert await migrate(fresh_database_url, tmp_path) == ["9001_first", "9002_second"]


def test_each_step_depends_on_the_one_before() -> None:
    steps = sorted(MIGRATIONS.glob("*.sql"))
    assert steps
    before = ""
    for number, path in enumerate(steps, start=1):
        assert re.fullmatch(rf"{number:04}_[a-z_]+\.sql", path.name)
        assert path.read_text("utf-8").splitlines()[1].removeprefix("-- depends:").strip() == before
        before = path.stem
