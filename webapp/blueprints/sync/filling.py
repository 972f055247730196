"""Fill what an entry says into the form of its page."""

from uuid import UUID

from webapp.adapters.envelopes import EnvelopeUnfit
from webapp.fields import Form
from webapp.outbox import Kind
from webapp.sync.wire import Body


class Forms:
    """The forms of a batch, each made once: to make one takes far longer than to fill it."""

    def __init__(self) -> None:
        self._made: dict[type[Form], Form] = {}

    def of(self, form: type[Form]) -> Form:
        """Return the form, filled in or not."""
        if form not in self._made:
            self._made[form] = form.of_entries()
        return self._made[form]


def read_form(kind: Kind, body: Body, id: UUID, forms: Forms) -> Form | None:
    """Return the valid form of an entry, until the next is read; None when its kind asks nothing.

    Raises:
        EnvelopeUnfit.
    """
    if kind.form is None:
        return None
    form = forms.of(kind.form)
    if not form.read_entry(body.fields):
        raise EnvelopeUnfit("bad_request")
    # What is stored goes by the entry's id, so that it is stored once.
    if form["new_id"].data != id:
        raise EnvelopeUnfit("malformed")
    return form
