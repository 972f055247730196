"""Ten years of observations, made inside the database: two million rows in half a minute."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, func, select, text

from webapp.models import DepartmentStaff, Goal, Observation, Sign

YEARS = 10
DEMO_WEEKS = 26
"""The demo home's own half year is left alone: pages show the same whatever lies before it."""

CORRECTED_EVERY = 101
"""One observation in so many is followed by its correction."""

_TABLES = """
CREATE TEMPORARY TABLE bench_places (place INTEGER PRIMARY KEY, goal_id {uuid}, sign_id {uuid});
CREATE TEMPORARY TABLE bench_authors (author INTEGER PRIMARY KEY, staff_id {uuid})
"""

# Two sequences that look like chance and are the same on every database; days in their order,
# on each day from five to nine in the evening (UTC).
_TAPS = """
WITH RECURSIVE numbers(n) AS (
  SELECT CAST(:first AS bigint) UNION ALL SELECT n + 1 FROM numbers WHERE n < :last
), taps AS (
  SELECT
    n,
    n - :first AS place_in_line,
    n * 48271 % 2147483647 AS luck,
    n * 69621 % 2147483647 % 1000 AS told,
    CAST(:begins AS bigint) + (n - :first) * :days / :count * 86400 + 5 * 3600
      + (n - :first) * :days % :count * 57600 / :count AS at
  FROM numbers
)
INSERT INTO observations (
  id, goal_id, sign_id, author_id, outcome, support_level, note, happened_at, received_at,
  supersedes_id, reason
)
"""

_ORIGINALS = """
SELECT
  bench_id(n, at, 8), goal_id, sign_id, staff_id,
  CASE
    WHEN sign_id IS NULL THEN CASE WHEN told < 550 THEN 'not_seen' ELSE 'no_opportunity' END
    WHEN told < 780 THEN 'seen' ELSE 'partly'
  END,
  CASE
    WHEN sign_id IS NULL OR told % 4 = 0 THEN NULL
    WHEN told < 300 THEN 'independent' WHEN told < 550 THEN 'verbal'
    WHEN told < 800 THEN 'gesture' ELSE 'physical'
  END,
  CASE WHEN told % 20 = 0 THEN 'Det gik roligt i dag, og der var god tid.' ELSE '' END,
  bench_time(at), bench_time(at + told % 30), NULL, ''
"""

_CORRECTIONS = """
SELECT
  bench_id(n, at, 9), goal_id, sign_id, staff_id, 'retracted', NULL, '',
  bench_time(at), bench_time(at + 600), bench_id(n, at, 8), 'Jeg trykkede på det forkerte tegn.'
"""

_WHERE = """
FROM taps
JOIN bench_places ON place = luck % :places
JOIN bench_authors ON author = told % :authors
"""

_CORRECTED = "WHERE place_in_line % :every = 0 AND place_in_line / :every < :corrections"

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION bench_time(at bigint) RETURNS timestamptz IMMUTABLE LANGUAGE sql
  AS 'SELECT to_timestamp($1)';
CREATE OR REPLACE FUNCTION bench_id(n bigint, at bigint, kind int) RETURNS uuid
  IMMUTABLE LANGUAGE sql
  AS 'SELECT (lpad(to_hex($2 * 1000), 12, ''0'') || ''7000'' || $3 || lpad(to_hex($1), 15, ''0''))
    ::uuid';
SET session_replication_role = replica
"""


def fill_up_to(database_url: str, rows: int, *, now: datetime) -> None:
    """Add old observations to a filled demo home until it holds exactly so many.

    Spread over the goals and signs of the home, over ten years before its own half year, by
    everyone who works in a department, during the day, one in a hundred corrected. The same call
    gives the same rows on every database. Ends with ANALYZE.
    """
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            _prepare(connection)
            there = connection.scalar(select(func.count()).select_from(Observation)) or 0
            _add(connection, there, rows - there, now)
            connection.commit()
        _analyze(engine)
    finally:
        engine.dispose()


def _prepare(connection: Connection) -> None:
    """Make the functions and tables, and leave out the checks of every foreign key."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        driver.create_function("bench_time", 1, _sqlite_time, deterministic=True)
        driver.create_function("bench_id", 3, _sqlite_id, deterministic=True)
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("PRAGMA cache_size=-400000")
    tables = _TABLES.format(uuid="CHAR(32)" if is_sqlite else "uuid")
    for statement in [*tables.split(";\n"), *([] if is_sqlite else _POSTGRESQL.split(";\n"))]:
        connection.exec_driver_sql(statement)


def _sqlite_time(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S}.000000"


def _sqlite_id(n: int, at: int, kind: int) -> str:
    return f"{at * 1000:012x}7000{kind}{n:015x}"


def _add(connection: Connection, first: int, count: int, now: datetime) -> None:
    """Add `count` rows, corrections among them; numbers begin where earlier ones ended."""
    is_open = Goal.closed_at.is_(None)
    signs = connection.execute(select(Sign.goal_id, Sign.id).join(Sign.goal).where(is_open))
    goals = connection.scalars(select(Goal.id).where(is_open))
    places = sorted(
        [(row.goal_id, row.id) for row in signs] + [(id, None) for id in goals], key=str
    )
    authors = sorted(connection.scalars(select(DepartmentStaff.staff_id).distinct()))
    connection.execute(
        text("INSERT INTO bench_places VALUES (:n, :goal, :sign)"),
        [
            {"n": n, "goal": _stored(connection, goal), "sign": _stored(connection, sign)}
            for n, (goal, sign) in enumerate(places)
        ],
    )
    connection.execute(
        text("INSERT INTO bench_authors VALUES (:n, :staff)"),
        [{"n": n, "staff": _stored(connection, staff)} for n, staff in enumerate(authors)],
    )
    corrections = count // (CORRECTED_EVERY + 1)
    today = datetime(now.year, now.month, now.day, tzinfo=UTC)
    begins = today - timedelta(weeks=DEMO_WEEKS, days=1 + YEARS * 365)
    values = {
        "first": first,
        "last": first + count - corrections - 1,
        "count": count - corrections,
        "begins": int(begins.timestamp()),
        "days": YEARS * 365,
        "places": len(places),
        "authors": len(authors),
    }
    corrected = {"every": CORRECTED_EVERY, "corrections": corrections}
    connection.execute(text(_TAPS + _ORIGINALS + _WHERE), values)
    connection.execute(text(_TAPS + _CORRECTIONS + _WHERE + _CORRECTED), values | corrected)


def _stored(connection: Connection, id: UUID | None) -> UUID | str | None:
    """Return an id in the form the database keeps it."""
    return id.hex if id and connection.dialect.name == "sqlite" else id


def _analyze(engine: Engine) -> None:
    """Let the planner know, and leave no log for the first request to read."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("ANALYZE"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        else:
            # Also marks pages as visible to all, which autovacuum does on a living server.
            connection.execute(text("VACUUM ANALYZE"))
