"""What is sent of a citizen, and of someone around the citizen."""

from typing import Final, cast

from email_validator import EmailNotValidError, validate_email
from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import EmailInput, TelInput, TextInput

from webapp.adapters import clock
from webapp.domain.days import local_day
from webapp.fields import (
    CarriedIdField,
    DayField,
    EnumField,
    Form,
    ShortTextField,
    TypedTextField,
    UuidField,
    UuidsField,
)
from webapp.i18n import lazy as _l
from webapp.legal_grounds import legal_grounds
from webapp.login import current_staff, home_zone
from webapp.models import CitizenKind, ContactKind
from webapp.services.profiles import ContactContent, ProfileContent

FIRST_YEAR: Final = 1900
"""Nobody who lives here was born before."""


class ProfileForm(Form):
    """A citizen's master data. `drawn_from` is the version the form was drawn from."""

    drawn_from = HiddenField()
    first_name = ShortTextField(
        _l("Fornavn"), [DataRequired(_l("Skriv fornavnet."))], widget=TextInput()
    )
    last_name = ShortTextField(
        _l("Efternavn"), [DataRequired(_l("Skriv efternavnet."))], widget=TextInput()
    )
    what_helps = ShortTextField(_l("Det hjælper"))
    what_to_avoid = ShortTextField(_l("Undgå"))
    born_on = DayField(_l("Født"))
    kind = EnumField(
        CitizenKind, _l("Voksen, barn eller ung?"), [InputRequired(_l("Vælg et af dem."))]
    )
    department_id = UuidField(
        _l("Afdeling"), [InputRequired(_l("Vælg en af de afdelinger, du arbejder i."))]
    )
    moved_in_on = DayField(_l("Flyttede ind"))
    legal_ground = ShortTextField(_l("Bor her efter"))
    municipality = ShortTextField(_l("Betalende kommune"), widget=TextInput())
    languages = ShortTextField(_l("Sprog"), widget=TextInput())

    def validate_born_on(self, field: DayField) -> None:
        """Refuse a day that cannot be anyone's first."""
        if field.data and not (
            field.data.year >= FIRST_YEAR and field.data <= local_day(clock.now(), home_zone())
        ):
            raise ValidationError(str(_l("Den dag kan ingen her være født. Se på årstallet.")))

    def validate_moved_in_on(self, field: DayField) -> None:
        """Refuse to move in before being born."""
        if field.data and self.born_on.data and field.data < self.born_on.data:
            raise ValidationError(str(_l("Det er før fødselsdagen. Se på årstallet.")))

    def validate_department_id(self, field: UuidField) -> None:
        """Refuse a department where the acting person does not belong."""
        if field.data not in {department.id for department in current_staff().departments}:
            raise ValidationError(str(_l("Vælg en af de afdelinger, du arbejder i.")))

    def validate_legal_ground(self, field: ShortTextField) -> None:
        """Refuse what is not on the list; what stood there before may stay."""
        codes = {ground.code for law in legal_grounds() for ground in law.grounds}
        if field.data not in {"", field.object_data, *codes}:
            raise ValidationError(str(_l("Vælg en paragraf på listen.")))

    @property
    def content(self) -> ProfileContent:
        """All of it, once the form is valid."""
        return cast(
            ProfileContent, {name: self[name].data for name in ProfileContent.__annotations__}
        )


class NewCitizenForm(ProfileForm):
    """The master data of someone who moves in. `new_id` is what the citizen gets."""

    new_id = CarriedIdField()


class ContactTeamForm(Form):
    """Who is in the contact team."""

    staff_ids = UuidsField(_l("Kontaktteam"))


class ContactForm(Form):
    """Someone around the citizen. `new_id` is what a new one gets."""

    new_id = CarriedIdField()
    drawn_from = HiddenField()
    kind = EnumField(ContactKind, _l("Hvem er det?"), [InputRequired(_l("Vælg et af dem."))])
    name = ShortTextField(_l("Navn"), [DataRequired(_l("Skriv navnet."))], widget=TextInput())
    organisation = ShortTextField(_l("Arbejdssted"), widget=TextInput())
    phone = ShortTextField(_l("Telefon"), widget=TelInput())
    email = ShortTextField(_l("E-mail"), [Optional()], widget=EmailInput())
    how_reached = ShortTextField(_l("Sådan får vi fat i dem"))
    may_share = TypedTextField(_l("Det må vi fortælle dem"))

    def validate_email(self, field: ShortTextField) -> None:
        """Refuse what nobody can write to. Whether mail arrives there is not asked."""
        try:
            validate_email(field.data.strip(), check_deliverability=False)
        except EmailNotValidError:
            raise ValidationError(
                str(_l("Det ligner ikke en e-mailadresse. Skriv den som navn@sted.dk."))
            ) from None

    @property
    def content(self) -> ContactContent:
        """All of it, once the form is valid."""
        return cast(
            ContactContent, {name: self[name].data for name in ContactContent.__annotations__}
        )
