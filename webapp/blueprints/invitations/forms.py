"""The password somebody chooses."""

from webapp.fields import Form
from webapp.home_fields import NewPasswordField
from webapp.i18n import lazy as _l


class PasswordForm(Form):
    """A new password."""

    password = NewPasswordField(_l("Din nye adgangskode"))
