"""What is typed about one's own account."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from webapp.fields import Form
from webapp.home_fields import NewPasswordField
from webapp.i18n import lazy as _l

_NO_PASSWORD = _l("Skriv din adgangskode.")
_TOO_LONG = _l("Det er for langt. Se, om du har tastet rigtigt.")


class ConfirmationForm(Form):
    """The password once more. `next` is the page someone was on."""

    password = PasswordField(
        _l("Adgangskode"), [InputRequired(_NO_PASSWORD), Length(max=200, message=_TOO_LONG)]
    )
    next = HiddenField()


class PasswordForm(Form):
    """The old password and a new one."""

    password = PasswordField(
        _l("Adgangskode nu"), [InputRequired(_NO_PASSWORD), Length(max=200, message=_TOO_LONG)]
    )
    new_password = NewPasswordField(_l("Ny adgangskode"))


class CodeForm(Form):
    """A code from the app, or a recovery code."""

    code = StringField(
        _l("Kode"), [InputRequired(_l("Skriv koden.")), Length(max=40, message=_TOO_LONG)]
    )


class SetUpForm(CodeForm):
    """The first code, the sealed secret it belongs to, and the page someone was on the way to."""

    code = StringField(
        _l("Koden i appen"), [InputRequired(_l("Skriv koden.")), Length(max=40, message=_TOO_LONG)]
    )
    sealed = HiddenField()
    next = HiddenField()
