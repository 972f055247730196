"""What the colleagues at Solsikken share: a goal they talk over, and one they begin others from."""

from itertools import pairwise

from sqlalchemy.orm import Session

from tests.adapters.test_guidance import lix
from tests.demo.reading import NOW, every, goal_of
from tests.personas import ANNA, DITTE, ERIK
from webapp.domain.permissions import Permission, allows, reaches_plan
from webapp.domain.planning import is_running
from webapp.models import ContactTeam, GoalTemplate, Role, Sparring, Staff
from webapp.services.goal_templates import content_in, names_left, templates_in_use
from webapp.services.sparring import asked_of


def member(home: Session, email: str) -> Staff:
    return next(person for person in every(home, Staff) if person.email == email)


def test_one_goal_is_talked_over_with_the_facilitator_and_still_asks_for_help(
    home: Session,
) -> None:
    [sparring] = every(home, Sparring)
    goal, comments = sparring.goal, sparring.comments
    citizen = goal.plan.citizen

    assert sparring.settled_at is None
    assert sparring.opened_at == comments[0].written_at
    assert is_running(goal)
    assert len(comments) >= 3
    assert [comment.author.role for comment in comments].count(Role.FACILITATOR) == 1
    assert all(one.written_at < other.written_at < NOW for one, other in pairwise(comments))
    for comment in comments:
        author = comment.author
        in_team = home.get(ContactTeam, (citizen.id, author.id)) is not None
        assert reaches_plan(author.role, Permission.SPAR, in_contact_team=in_team)
        assert citizen.department in author.departments
        assert lix(comment.text) < 40, comment.text


def test_those_who_can_help_find_it_on_their_list(home: Session) -> None:
    [sparring] = every(home, Sparring)

    for person in (ANNA, DITTE, ERIK):
        assert asked_of(home, member(home, person.email)) == [sparring]


def test_a_goal_that_was_reached_is_kept_as_a_template_that_names_nobody(home: Session) -> None:
    [template] = every(home, GoalTemplate)
    goal = goal_of(home, "Brygger sin egen morgenkaffe")
    ditte = member(home, DITTE.email)
    content = content_in(template)

    assert goal.closed_at
    assert goal.closed_at < template.made_at < NOW
    author = home.get_one(Staff, template.author_id)
    assert allows(author.role, Permission.EDIT_PLAN)
    assert home.get(ContactTeam, (goal.plan.citizen_id, author.id))
    assert [each.template for each in templates_in_use(home, ditte)] == [template]
    assert names_left(home, content, ditte) == []
    assert content.text.startswith("Borgeren brygger selv")
    # Whoever it is used for may be a woman or a man.
    said = {word.strip(".,:“”").lower() for text in content.texts for word in text.split()}
    assert not said & {"han", "hun", "ham", "hende", "hans", "hendes"}
