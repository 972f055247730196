"""What is typed to sign in."""

from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from webapp.fields import Form
from webapp.i18n import lazy as _l

_TOO_LONG = _l("Det er for langt. Se, om du har tastet rigtigt.")


class SignInForm(Form):
    """E-mail and password. `next` is the page someone was on the way to."""

    email = EmailField(
        _l("E-mail"),
        [InputRequired(_l("Skriv din e-mail.")), Length(max=254, message=_TOO_LONG)],
    )
    password = PasswordField(
        _l("Adgangskode"),
        [InputRequired(_l("Skriv din adgangskode.")), Length(max=200, message=_TOO_LONG)],
    )
    next = HiddenField()


class CodeForm(Form):
    """A code from the app, or a recovery code. `next` is the page someone was on the way to."""

    code = StringField(
        _l("Kode"), [InputRequired(_l("Skriv koden.")), Length(max=40, message=_TOO_LONG)]
    )
    next = HiddenField()
