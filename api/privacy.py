"""The bank's privacy rules: what may be kept of a person, and what becomes of points when somebody goes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from api.commons import ABOVE
from api.fields import Form
from api.particulars import Field_
from api.problems import Problem
from api.rendering import Answer, refuse_stale, tagged
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.people import organisations, privacy
from ledger.people.privacy import PrivacyRules

routes = Routes("privacy_rules")

Disposal = Literal["forfeit", "transfer"]


class PrivacyChange(Form):
    """What is to hold from now on."""

    kept_fields: Annotated[list[Field_], Field(max_length=6)] | None = None
    on_leaving: Disposal | None = None
    on_death: Disposal | None = None


class PrivacyAnswer(TypedDict):
    """What is kept beside a name, and whether points of who leaves or dies are forfeit or handed on."""

    kept_fields: list[Field_]
    on_leaving: Disposal
    on_death: Disposal


@routes.get("/privacy-rules", scope=Scope.VOLUNTEERS_READ, answer=PrivacyAnswer, etag=True)
def show(call: Call) -> Answer:
    """Read the privacy rules."""
    return tagged(_told(privacy.rules(call.bank)))


@routes.patch("/privacy-rules", scope=Scope.PRIVACY_WRITE, body=PrivacyChange, answer=PrivacyAnswer)
def change(call: Call, form: PrivacyChange) -> Answer:
    """Change the privacy rules. They are the whole bank's, so it takes an administrator at the root."""
    if not call.reaches(organisations.root(call.bank).path):
        raise Problem("insufficient_scope", detail=ABOVE)
    current = privacy.rules(call.bank)
    refuse_stale(_told(current))
    changed = privacy.set_rules(
        call.bank,
        call.by,
        kept=current.kept if form.kept_fields is None else form.kept_fields,
        on_leaving=form.on_leaving or current.on_leaving,
        on_death=form.on_death or current.on_death,
    )
    return tagged(_told(changed))


def _told(rules: PrivacyRules) -> PrivacyAnswer:
    return {
        "kept_fields": list(rules.kept),  # type: ignore[arg-type]
        "on_leaving": rules.on_leaving,  # type: ignore[typeddict-item]
        "on_death": rules.on_death,  # type: ignore[typeddict-item]
    }
