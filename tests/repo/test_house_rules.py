"""Rules of STYLE.md that a machine can check."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes
from sqlalchemy import CheckConstraint, Constraint, PrimaryKeyConstraint, make_url
from sqlalchemy.schema import CreateIndex, CreateTable

from tests.databases import settings_for
from webapp import create_app
from webapp.domain import errors
from webapp.http_errors import CODES
from webapp.messages import WORDS
from webapp.models import Base

ROOT = Path(__file__).resolve().parents[2]
WEBAPP = ROOT / "webapp"
TEMPLATES = WEBAPP / "templates"
MODULES = sorted(WEBAPP.rglob("*.py"))
PAGES = sorted(TEMPLATES.rglob("*.html"))
DIALECTS = [make_url(f"{one}://").get_dialect()() for one in ("postgresql+psycopg", "sqlite")]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Size


def test_modules_of_routes_stay_under_150_lines() -> None:
    too_long = [
        name(module)
        for module in (WEBAPP / "blueprints").rglob("*.py")
        if len(module.read_text("utf-8").splitlines()) >= 150
    ]

    assert too_long == []


def test_scripts_stay_under_150_lines() -> None:
    too_long = [
        name(script)
        for script in (WEBAPP / "static/js").rglob("*.js")
        if len(script.read_text("utf-8").splitlines()) >= 150
    ]

    assert too_long == []


def test_templates_stay_under_60_lines() -> None:
    too_long = [name(page) for page in PAGES if len(page.read_text("utf-8").splitlines()) >= 60]

    assert too_long == []


# Templates


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The templates' own environment, with everything they get without asking."""
    folder = tmp_path_factory.mktemp("instance")
    app = create_app(settings_for(f"sqlite:///{folder}/rules.sqlite3", folder))
    env: Environment = app.jinja_env
    with app.test_request_context():
        given: dict[str, object] = {}
        app.update_template_context(given)
    env.globals.update(dict.fromkeys(given))
    return env


def taken(environment: Environment, page: Path) -> set[str]:
    """Return the names a template takes from whoever includes or renders it."""
    tree = environment.parse(page.read_text("utf-8"))
    made = {found.name for found in tree.find_all(nodes.Name) if found.ctx != "load"}
    for imported in tree.find_all(nodes.FromImport):
        made |= {one if isinstance(one, str) else one[1] for one in imported.names}
    names = meta.find_undeclared_variables(tree)
    return names - made - set(environment.globals) - {"loop", "caller", "kwargs"}


def first_comment(page: Path) -> str:
    found = re.match(r"\{#(.*?)#\}", page.read_text("utf-8"), re.DOTALL)
    return " ".join(found[1].split()) if found else ""


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_template_begins_by_saying_what_it_is_and_what_it_needs(
    environment: Environment, page: Path
) -> None:
    comment = first_comment(page)

    assert comment.endswith((".", ")")), "a comment of whole sentences stands first"
    needed = set(re.findall(r"\w+", comment.partition("Needs:")[2]))
    assert taken(environment, page) <= needed


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_nothing_is_shown_without_being_escaped(environment: Environment, page: Path) -> None:
    tree = environment.parse(page.read_text("utf-8"))
    filters = {found.name for found in tree.find_all(nodes.Filter)}

    assert "safe" not in filters or page.name == "icons.html"
    assert not list(tree.find_all(nodes.ScopedEvalContextModifier)), "autoescape stays on"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_nothing_inline_that_the_policy_would_refuse(page: Path) -> None:
    source = page.read_text("utf-8")

    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


def test_partials_begin_with_an_underscore_and_pages_do_not() -> None:
    included = set()
    rendered = set()
    for page in PAGES:
        included |= set(re.findall(r'{% include "([^"]+)"', page.read_text("utf-8")))
    for module in MODULES:
        rendered |= set(re.findall(r'render_template\(\s*"([^"]+)"', module.read_text("utf-8")))

    assert all(Path(page).name.startswith("_") for page in included)
    assert all((TEMPLATES / page).exists() for page in included | rendered)
    used = included | rendered
    for page in PAGES:
        own = page.relative_to(TEMPLATES).as_posix()
        if page.name.startswith("_"):
            assert own in used or f'"{own}"' in _all_code(), f"nobody uses {own}"


def _all_code() -> str:
    return "".join(module.read_text("utf-8") for module in MODULES)


def test_templates_mirror_the_blueprints() -> None:
    blueprints = {path.name for path in (WEBAPP / "blueprints").iterdir() if path.is_dir()}
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}

    assert folders - {"components", "outbox", "problems"} <= blueprints


# Words


def test_every_problem_has_words_and_every_word_a_problem() -> None:
    refusals = {
        refused.code
        for refused in vars(errors).values()
        if isinstance(refused, type)
        and issubclass(refused, errors.Refused)
        and refused is not errors.Refused
    }
    said_elsewhere = set(re.findall(r'problem\("(\w+)"', _all_code()))

    assert refusals | set(CODES.values()) | said_elsewhere == set(WORDS)


def test_codes_are_snake_case_and_named_after_their_refusal() -> None:
    for refused in errors.Refused.__subclasses__():
        snake = re.sub(r"(?<!^)(?=[A-Z])", "_", refused.__name__).lower()
        assert refused.code == snake
        assert 400 <= refused.status < 500


@pytest.mark.parametrize("code", WORDS)
def test_words_are_whole_sentences_that_blame_nobody(code: str) -> None:
    words = str(WORDS[code])

    assert words.endswith(".")
    assert words[0].isupper()
    assert len(words) > 30
    assert not re.search(r"\b[45]\d\d\b|\bfejl\b|forkert indtast|ugyldig", words.lower())


# Models


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_constraint_and_index_has_a_name(table: object, dialect: object) -> None:
    made = str(CreateTable(table).compile(dialect=dialect))  # type: ignore[arg-type]

    found = re.findall(r"(CONSTRAINT \S+ )?(PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)\b", made)
    assert found
    assert all(named for named, _ in found)
    for index in table.indexes:  # type: ignore[attr-defined]
        assert re.search(r"INDEX ix_\w+ ON", str(CreateIndex(index).compile(dialect=dialect)))  # type: ignore[arg-type]


def test_names_of_constraints_fit_postgresql() -> None:
    longest = 63
    constraints: list[Constraint] = [
        constraint for table in Base.metadata.tables.values() for constraint in table.constraints
    ]

    for constraint in constraints:
        assert constraint.name or isinstance(constraint, PrimaryKeyConstraint | CheckConstraint)
        assert len(str(constraint.name)) <= longest


# Modules


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_says_in_its_first_line_what_it_is(module: Path) -> None:
    told = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""

    assert told.splitlines()[:1]
    assert re.search(r"[.?:]$", told.splitlines()[0])


def test_nobody_but_the_clock_asks_what_time_it_is() -> None:
    askers = [
        name(module)
        for module in MODULES
        if re.search(r"datetime\.now\(|date\.today\(|utcnow\(", module.read_text("utf-8"))
    ]

    assert askers == ["webapp/adapters/clock.py"]


def test_only_the_service_adds_to_the_audit_log() -> None:
    adders = [name(module) for module in MODULES if "AuditEvent(" in module.read_text("utf-8")]

    assert adders == ["webapp/models/audit_event.py", "webapp/services/audit.py"]


def test_services_never_commit() -> None:
    for module in (WEBAPP / "services").glob("*.py"):
        assert not re.search(r"\.commit\(|\.rollback\(", module.read_text("utf-8")), name(module)


def test_the_demo_password_stands_in_one_place() -> None:
    holders = [name(module) for module in MODULES if '"smaategn-demo"' in module.read_text("utf-8")]

    assert holders == ["webapp/services/sign_in.py"]


def test_no_commented_out_markup_or_leftovers() -> None:
    for file in (*MODULES, *PAGES):
        leftovers = re.findall(
            r"TODO|FIXME|XXX|<!--|breakpoint\(|console\.log", file.read_text("utf-8")
        )
        assert leftovers == [], name(file)


def test_everything_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[>=\[]", line)[0] for line in project["dependencies"]}
    names = {"argon2": "argon2-cffi", "flask_sqlalchemy": "flask-sqlalchemy", "PIL": "pillow"}
    ours = {"webapp", "__future__"}

    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                top = node.module.split(".")[0]
            elif isinstance(node, ast.Import):
                top = node.names[0].name.split(".")[0]
            else:
                continue
            if top in ours or top in _standard_library():
                continue
            package = names.get(top, top.replace("_", "-"))
            # These come with a package that is declared.
            assert package in declared | {"click", "jinja2", "markupsafe", "werkzeug"}, (
                f"{name(module)} imports {top}"
            )


def _standard_library() -> frozenset[str]:
    import sys

    return sys.stdlib_module_names
