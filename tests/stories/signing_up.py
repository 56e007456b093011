"""The verbs of stories about sign-ups: who means to come, who waits, who does not come after all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger.bank import By
from ledger.people import sessions, volunteers
from ledger.people.volunteers import Volunteer
from ledger.service import activity_sessions, sign_ups
from ledger.service.activity_sessions import ActivitySession
from ledger.service.sign_ups import SignUp
from tests.banks import STAFF
from tests.stories.activities import Activities, ActivitiesOverHttp, settled
from tests.stories.replies import refusal_of
from tests.stories.script import Line

BY = By(actor=STAFF)
ANYWAY = "示例理由"


class SigningUp(Activities):
    """Through the use cases."""

    here: Any

    def do_sign_up(self, line: Line) -> str:
        """sign_up WHO ACTIVITY [session N] [anyway]: the organiser signs them up; anyway, against the limits."""
        who, name, *words = line.words
        at = int(words[words.index("session") + 1]) if "session" in words else 1
        override = ANYWAY if "anyway" in words else None
        return refusal_of(lambda: self.sign_up(who, name, at, override)) or self._told(who, name, at)

    def sign_up(self, who: str, name: str, at: int, override: str | None) -> None:
        activity, volunteer = self.activity_of(name), self.person(who)
        sign_ups.sign_up(self.bank, BY, activity, self.session_of(name, at), volunteer, override=override)

    def do_sign_myself_up(self, line: Line) -> str:
        """sign_myself_up ACTIVITY [session N]: whoever came in last signs themselves up."""
        name, *words = line.words
        at = int(words[1]) if words else 1
        return refusal_of(lambda: self.sign_myself_up(name, at)) or "signed up"

    def sign_myself_up(self, name: str, at: int) -> None:
        open_now = sessions.find_open(self.bank, self.here.id)
        assert open_now is not None
        volunteer = volunteers.find(self.bank, open_now.volunteer_no)
        assert volunteer is not None
        sign_ups.sign_up(self.bank, open_now.by, self.activity_of(name), self.session_of(name, at), volunteer)

    def do_cancel_sign_up(self, line: Line) -> str:
        """cancel_sign_up WHO ACTIVITY [session N]: they do not come after all."""
        who, name, *words = line.words
        mine = self.sign_up_of(who, name, int(words[1]) if words else 1)
        no = refusal_of(lambda: self.cancel_sign_up(mine))
        if no:
            return no
        return "cancelled late" if self.sign_up_now(mine).is_late else "cancelled"

    def cancel_sign_up(self, mine: SignUp) -> None:
        sign_ups.cancel(self.bank, BY, mine)

    def do_give_place(self, line: Line) -> str:
        """give_place WHO ACTIVITY: the organiser confirms somebody who waits."""
        who, name = line.words
        mine = self.sign_up_of(who, name, 1)
        return refusal_of(lambda: self.give_place(mine)) or self._told(who, name, 1)

    def give_place(self, mine: SignUp) -> None:
        sign_ups.confirm(self.bank, BY, mine, ANYWAY)

    def do_signed_up(self, line: Line) -> str:
        """signed_up ACTIVITY [session N]: who has a place, then who waits for one."""
        name, *words = line.words
        found = self.signed_up(name, int(words[1]) if words else 1)
        going = [who for who, state, _ in found if state == "confirmed"]
        waiting = [who for who, state, _ in sorted(found, key=lambda one: one[2] or 0) if state == "waiting"]
        return (", ".join(going) or "nobody") + (f"; waiting {', '.join(waiting)}" if waiting else "")

    def signed_up(self, name: str, at: int) -> list[tuple[str, str, int | None]]:
        return [
            (one.name.removeprefix("示例"), one.state, one.place) for one in self._all(name, self.session_of(name, at))
        ]

    # -- where they stand ----------------------------------------------------------------------------------------------

    def person(self, who: str) -> Volunteer:
        """As they stand now."""
        found = volunteers.find(self.bank, self.town.volunteer(who).volunteer_no)
        assert found is not None
        return found

    def session_of(self, name: str, at: int = 1) -> ActivitySession:
        """The so-many-th session of an activity, by its beginning."""
        activity = self.activity_of(name)
        return activity_sessions.of(self.bank, [activity.id])[activity.id][at - 1]

    def sign_up_of(self, who: str, name: str, at: int) -> SignUp:
        """The last one of this person for that session."""
        volunteer, session = self.town.volunteer(who), self.session_of(name, at)
        return [one for one in self._all(name, session) if one.volunteer_id == volunteer.id][-1]

    def sign_up_now(self, one: SignUp) -> SignUp:
        found = sign_ups.find(self.bank, one.id)
        assert found is not None
        return found

    def _all(self, name: str, session: ActivitySession) -> list[SignUp]:
        activity = self.activity_of(name)
        page = sign_ups.of_activity(self.bank, activity, session_id=session.id, state=None, after=None, limit=200)
        return list(page.items)

    def _told(self, who: str, name: str, at: int) -> str:
        mine = self.sign_up_of(who, name, at)
        place = f" {mine.place}" if mine.place else ""
        return ", ".join([f"{mine.state}{place}", *mine.warnings])


class SigningUpOverHttp(ActivitiesOverHttp, SigningUp):
    """Through the JSON API."""

    spoken: Callable[..., Any]

    def sign_up(self, who: str, name: str, at: int, override: str | None) -> None:
        body = {
            "volunteer_no": self.town.volunteer(who).volunteer_no,
            "session_id": str(self.session_of(name, at).id),
            "override_reason": override,
        }
        self._settled("post", f"/activities/{self.activity_of(name).id}/sign-ups", body)

    def sign_myself_up(self, name: str, at: int) -> None:
        body = {"session_id": str(self.session_of(name, at).id)}
        settled(self.spoken("POST", "/me/sign-ups", self.here, body))

    def cancel_sign_up(self, mine: SignUp) -> None:
        self._settled("post", f"/sign-ups/{mine.id}/cancel", {})

    def give_place(self, mine: SignUp) -> None:
        self._settled("post", f"/sign-ups/{mine.id}/confirm", {"reason": ANYWAY})

    def signed_up(self, name: str, at: int) -> list[tuple[str, str, int | None]]:
        path = f"/activities/{self.activity_of(name).id}/sign-ups?limit=200&session_id={self.session_of(name, at).id}"
        told = self._settled("get", path, None)["items"]
        return [(one["name"].removeprefix("示例"), one["state"], one["place"]) for one in told]
