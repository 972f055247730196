"""Ten years of observations, made inside the database: two million rows in well under a minute."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Uuid,
    case,
    cast,
    create_engine,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.engine import Engine
from sqlalchemy.sql.elements import KeyedColumnElement

from webapp.models import DepartmentStaff, Goal, Observation, Sign

YEARS = 10
DEMO_WEEKS = 26
"""The demo home's own half year is left alone: pages show the same whatever lies before it."""

CORRECTED_EVERY = 101
"""One observation in so many is followed by its correction."""

_TOLD_WITHOUT_SIGN = 1
"""For each goal, places in `_places` that speak of the goal as a whole."""

_own = MetaData()
_places = Table(
    "bench_places",
    _own,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("goal_id", Uuid),
    Column("sign_id", Uuid),
    prefixes=["TEMPORARY"],
)
_authors = Table(
    "bench_authors",
    _own,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("staff_id", Uuid),
    prefixes=["TEMPORARY"],
)


def fill_up_to(database_url: str, rows: int, *, now: datetime) -> int:
    """Add old observations to a filled demo home until it holds exactly so many.

    Spread over the goals and signs of the home, over ten years before its own half year, by
    everyone who works in a department, between 6 and 22 o'clock, one in a hundred corrected.
    The same call gives the same rows on every database. Ends with ANALYZE.

    Returns:
        How many there are now; more than asked when there were more already.
    """
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            _trust_us(connection)
            with connection.begin():
                there = connection.scalar(select(func.count()).select_from(Observation)) or 0
                if there < rows:
                    _own.create_all(connection)
                    _lay_places(connection)
                    _add(connection, there, rows - there, now)
                    _own.drop_all(connection)
            connection.rollback()
        _analyze(engine)
    finally:
        engine.dispose()
    return max(there, rows)


def _trust_us(connection: Connection) -> None:
    """Leave out the check of every foreign key: the ids come from the very tables."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        connection.execute(text("PRAGMA cache_size=-400000"))
    else:
        connection.execute(text("SET session_replication_role = replica"))
    connection.commit()


def _analyze(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("ANALYZE"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        else:
            # Also marks pages as visible to all, which autovacuum does on a living server.
            connection.execute(text("VACUUM ANALYZE"))


def _lay_places(connection: Connection) -> None:
    """Number what can be logged on, and who logs."""
    goals = select(Goal.id, null()).where(Goal.closed_at.is_(None))
    signs = select(Sign.goal_id, Sign.id).join(Sign.goal).where(Goal.closed_at.is_(None))
    found = connection.execute(union_all(signs, *([goals] * _TOLD_WITHOUT_SIGN))).all()
    staff = connection.scalars(
        select(DepartmentStaff.staff_id).distinct().order_by(DepartmentStaff.staff_id)
    ).all()
    connection.execute(
        insert(_places),
        [{"n": n, "goal_id": goal, "sign_id": sign} for n, (goal, sign) in enumerate(found)],
    )
    connection.execute(
        insert(_authors), [{"n": n, "staff_id": staff_id} for n, staff_id in enumerate(staff)]
    )


def _add(connection: Connection, first: int, count: int, now: datetime) -> None:
    corrections = count // CORRECTED_EVERY
    originals = count - corrections
    table = Observation.__table__
    names = [column.name for column in table.columns]
    for query in (
        _originals(connection, first, originals, now),
        _originals(connection, first, originals, now, corrections=corrections),
    ):
        columns = {column.name: column for column in query.selected_columns}
        connection.execute(
            insert(Observation).from_select(
                names, query.with_only_columns(*(columns[name] for name in names))
            )
        )


def _originals(
    connection: Connection,
    first: int,
    count: int,
    now: datetime,
    *,
    corrections: int | None = None,
) -> Select[Any]:
    """Return the rows to add: the observations themselves, or only the corrections of some."""
    places = connection.scalar(select(func.count()).select_from(_places)) or 1
    authors = connection.scalar(select(func.count()).select_from(_authors)) or 1
    numbers = select(cast(literal(0), BigInteger).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < count - 1))
    n = numbers.c.n
    # Two sequences that look like chance and are the same on every database.
    chance, other = (n + first) * 48271 % 2147483647, (n + first) * 69621 % 2147483647
    is_correction = corrections is not None
    at, id_ = _moment(n, count, now), _id(connection, n + first, _moment(n, count, now))
    told = other % 1000
    whole = _places.c.sign_id.is_(None)
    outcome = case(
        (whole, case((told < 550, "not_seen"), else_="no_opportunity")),
        else_=case((told < 780, "seen"), else_="partly"),
    )
    level = case(
        (or_(whole, told % 4 == 0), None),
        (told < 300, "independent"),
        (told < 550, "verbal"),
        (told < 800, "gesture"),
        else_="physical",
    )
    query = (
        select(
            (_id(connection, n + first, at, correction=True) if is_correction else id_).label("id"),
            _places.c.goal_id.label("goal_id"),
            _places.c.sign_id.label("sign_id"),
            _authors.c.staff_id.label("author_id"),
            (literal("retracted") if is_correction else outcome).label("outcome"),
            (null() if is_correction else level).label("support_level"),
            case((told % 20 == 0, "Det gik roligt i dag, og der var god tid."), else_="").label(
                "note"
            ),
            _stored_time(connection, at).label("happened_at"),
            _stored_time(connection, at + (600 if is_correction else told % 30)).label(
                "received_at"
            ),
            (id_ if is_correction else null()).label("supersedes_id"),
            literal("Jeg trykkede på det forkerte tegn." if is_correction else "").label("reason"),
        )
        .join_from(numbers, _places, _places.c.n == chance % places)
        .join(_authors, _authors.c.n == other % authors)
    )
    if corrections is None:
        return query
    every = max(1, count // max(1, corrections))
    return query.where(n % every == 0, n < every * corrections)


def _moment(
    n: KeyedColumnElement[int] | ColumnElement[int], count: int, now: datetime
) -> ColumnElement[int]:
    """Return when number n happened, in seconds since 1970: days in order, hours of the day too."""
    last = datetime(now.year, now.month, now.day, tzinfo=UTC) - timedelta(weeks=DEMO_WEEKS, days=1)
    days = YEARS * 365
    begins = int((last - timedelta(days=days)).timestamp())
    day = n * days // count
    of_day = n * days % count
    return begins + day * 86_400 + 5 * 3600 + of_day * (16 * 3600) // count


def _id(
    connection: Connection, n: ColumnElement[int], at: ColumnElement[int], correction: bool = False
) -> ColumnElement[Any]:
    """Return a UUID of version 7, as tablets make them: time first, so that indexes grow at the end."""
    number = n * 2 + (1 if correction else 0)
    if connection.dialect.name == "sqlite":
        return func.printf("%012x7%03x8%015x", at * 1000, number % 4096, number)
    parts = (
        func.lpad(func.to_hex(at * 1000), 12, "0"),
        func.lpad(func.to_hex(number % 4096), 3, "0"),
        func.lpad(func.to_hex(number), 15, "0"),
    )
    return cast(func.concat(parts[0], "7", parts[1], "8", parts[2]), Uuid)


def _stored_time(connection: Connection, at: ColumnElement[int]) -> ColumnElement[Any]:
    """Return the time in the form the database keeps it."""
    if connection.dialect.name == "sqlite":
        return func.strftime("%Y-%m-%d %H:%M:%S.000000", at, "unixepoch", type_=String)
    return func.to_timestamp(at)
