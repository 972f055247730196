"""Set up the code from an app, make recovery codes anew, turn it off."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import login
from webapp.access import also_while, fresh, requires
from webapp.adapters import clock, totp
from webapp.blueprints.account.forms import CodeForm, SetUpForm
from webapp.blueprints.account.routes import bp
from webapp.db import db
from webapp.domain.errors import SecondFactorOn, WrongCode
from webapp.domain.permissions import Permission
from webapp.domain.second_factor import Standing
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.pages import own_page
from webapp.qr import qr_svg
from webapp.services import second_factor as service


@bp.get("/second-factor/new")
@requires(Permission.USE_APP)
@also_while(Standing.SET_UP_ASKED)
@fresh
def new_second_factor() -> ResponseReturnValue:
    """Show a new secret for an app. Nothing of it is stored until a code confirms it."""
    staff = current_staff()
    if staff.totp_confirmed_at:
        raise SecondFactorOn
    draft = service.draw_draft(staff, login.knock().sealer)
    form = SetUpForm(sealed=draft.sealed, next=request.args.get("next", ""))
    return _show_set_up(form, draft)


@bp.post("/second-factor")
@requires(Permission.USE_APP)
@also_while(Standing.SET_UP_ASKED)
@fresh
def create_second_factor() -> ResponseReturnValue:
    """Turn it on and show the recovery codes, this once."""
    form, staff, knock = SetUpForm(), current_staff(), login.knock()
    draft = service.read_draft(staff, knock.sealer, str(form.sealed.data or ""))
    if not form.validate():
        return _show_set_up(form, draft), 422
    turned_on = service.turn_on(
        db.session(),
        staff,
        draft,
        str(form.code.data),
        opened=login.open_secret() or "",
        knock=knock,
    )
    if turned_on is None:
        form.code.errors = [words_for(WrongCode.code)]
        return _show_set_up(form, draft), 422
    db.session.commit()
    login.begin(turned_on.secret)
    return _show_codes(turned_on.codes, own_page(form.next.data))


@bp.get("/second-factor/removal/new")
@requires(Permission.USE_APP)
@fresh
def ask_to_turn_off() -> ResponseReturnValue:
    """Ask for a code."""
    return render_template("account/turn_off.html", form=CodeForm())


@bp.post("/second-factor/removal")
@requires(Permission.USE_APP)
@fresh
def turn_off() -> ResponseReturnValue:
    """Turn it off. Where it is needed, the door asks for a new one at once."""
    form = CodeForm()
    if not form.validate():
        return render_template("account/turn_off.html", form=form), 422
    code = str(form.code.data)
    is_off = service.turn_off(db.session(), current_staff(), code, knock=login.knock())
    db.session.commit()
    if not is_off:
        form.code.errors = [words_for(WrongCode.code)]
        return render_template("account/turn_off.html", form=form), 422
    return redirect(url_for(".show"), 303)


@bp.post("/recovery-codes")
@requires(Permission.USE_APP)
@fresh
def create_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them, this once."""
    staff = current_staff()
    if not staff.totp_confirmed_at:
        return redirect(url_for(".new_second_factor"), 303)
    codes = service.renew_recovery_codes(db.session(), staff, now=clock.now())
    db.session.commit()
    return _show_codes(codes, url_for(".show"))


def _show_set_up(form: SetUpForm, draft: service.Draft) -> str:
    address = totp.set_up_address(draft.secret, current_staff().email)
    return render_template(
        "account/new_second_factor.html",
        form=form,
        picture=qr_svg(address),
        secret=draft.secret,
        is_needed=not login.is_signed_in(),
    )


def _show_codes(codes: list[str], on: str | None) -> str:
    return render_template(
        "account/recovery_codes.html", codes=codes, on=on or url_for("board.index")
    )
