"""What writing in an order answers alike."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.blueprints.orders.forms import OrderForm
from webapp.db import db
from webapp.domain.errors import EditedMeanwhile, Refused
from webapp.messages import words_for
from webapp.models import Citizen, Order
from webapp.services.orders import version

_FIELDS = {"ends_before_start": "ends_on"}


def keep_and_go(order: Order) -> ResponseReturnValue:
    """Commit once and go to the order where it stands among the others."""
    access.keep_or_log_read("order.read", citizen_id=order.citizen_id, object_id=order.id)
    page = url_for("orders.index", citizen_id=order.citizen_id)
    return redirect(f"{page}#order-{order.id}", 303)


def show_form(
    citizen: Citizen, order: Order | None, form: OrderForm, *, shows_stored: bool = False
) -> str:
    """Draw the form of a new order, or of one that is stored.

    Args:
        citizen: Whose.
        order: None for a new one.
        form: With what is stored or what was typed.
        shows_stored: Whether what is stored now stands below, for someone who has to compare.
    """
    access.log_read("order.read", citizen_id=citizen.id, object_id=order.id if order else None)
    return render_template(
        "orders/edit.html", citizen=citizen, order=order, form=form, shows_stored=shows_stored
    )


def refuse(
    citizen: Citizen, order: Order | None, form: OrderForm, refused: Refused
) -> ResponseReturnValue:
    """Roll back and show the form again, with all that was typed and the words where they help."""
    db.session.rollback()
    meanwhile = order if isinstance(refused, EditedMeanwhile) else None
    if meanwhile:
        # Both texts stand on the page now, so the next time it is saved is with open eyes.
        form.drawn_from.data = version(meanwhile)
    form[_FIELDS.get(refused.code, "new_id")].errors = [words_for(refused.code)]
    return show_form(citizen, order, form, shows_stored=meanwhile is not None), refused.status
