"""The verbs of stories about attendance: who comes, how that is known, and what of it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any, NamedTuple

from api.rendering import instant
from ledger.bank import By
from ledger.people import cards, screens, sessions, volunteers
from ledger.people.cards import Card
from ledger.service import attendance_codes, attendances
from ledger.service.attendance_codes import Purpose
from ledger.service.attendances import Shown
from tests.banks import SHANGHAI, STAFF
from tests.stories.activities import settled
from tests.stories.replies import refusal_of
from tests.stories.script import Line, hours_of
from tests.stories.signing_up import SigningUp, SigningUpOverHttp

BY = By(actor=STAFF)
PURPOSES: dict[str, Purpose] = {"in": "check_in", "out": "check_out"}
DONE = {"check_in": "checked in", "check_out": "checked out"}


class Board(NamedTuple):
    """What the organiser's screen showed."""

    code: str
    short_code: str


class Came(NamedTuple):
    """An attendance as a story looks at one."""

    name: str
    capture_method: str
    minutes: int
    days: tuple[str, ...]
    no_check_out: bool


class Attending(SigningUp):
    """Through the use cases."""

    cards: dict[str, Card]
    codes: dict[str, str]
    devices: dict[str, Any]

    def boards(self) -> dict[str, Board]:
        known: dict[str, Board] = self.__dict__.setdefault("_boards", {})
        return known

    def do_poster(self, line: Line) -> None:
        """poster ACTIVITY in|out NAME [session N]: the organiser's screen shows a code, called so."""
        name, way, called, *words = line.words
        self.boards()[called] = self.poster(name, int(words[1]) if words else 1, PURPOSES[way])

    def poster(self, name: str, at: int, purpose: Purpose) -> Board:
        shown = attendance_codes.shown(self.bank, self.session_of(name, at).id, purpose)
        return Board(shown.code, shown.short_code)

    def do_scans(self, line: Line) -> str:
        """scans in|out NAME: whoever came in last scans what the organiser's screen showed."""
        way, called = line.words
        return refusal_of(lambda: self.scans(PURPOSES[way], self.boards()[called].code)) or DONE[PURPOSES[way]]

    def scans(self, purpose: Purpose, code: str) -> None:
        read = attendance_codes.read(self.bank, code, purpose)
        self._by_code(purpose, Shown(way="screen", code=read))

    def do_types(self, line: Line) -> str:
        """types in|out NAME ACTIVITY [session N]: or types the short code of it, for that session."""
        way, called, name, *words = line.words
        at, short = int(words[1]) if words else 1, self.boards()[called].short_code
        return refusal_of(lambda: self.types(PURPOSES[way], name, at, short)) or DONE[PURPOSES[way]]

    def types(self, purpose: Purpose, name: str, at: int, short: str) -> None:
        read = attendance_codes.typed(self.bank, self.session_of(name, at).id, short, purpose)
        self._by_code(purpose, Shown(way="typed", code=read))

    def _by_code(self, purpose: Purpose, shown: Shown) -> None:
        from ledger.service import activity_sessions

        open_now = sessions.find_open(self.bank, self.here.id)
        assert open_now is not None
        assert shown.code is not None
        volunteer = volunteers.find(self.bank, open_now.volunteer_no)
        session = activity_sessions.find(self.bank, shown.code.session_id)
        assert volunteer is not None
        assert session is not None
        act = attendances.check_in if purpose == "check_in" else attendances.check_out
        act(self.bank, open_now.by, session, volunteer, shown)

    def do_taps(self, line: Line) -> str:
        """taps in|out KIOSK|organiser CARD ACTIVITY [session N]: a card, at a kiosk or at the organiser's phone."""
        way, where, card, name, *words = line.words
        at = int(words[1]) if words else 1
        return refusal_of(lambda: self.taps(PURPOSES[way], where, card, name, at)) or DONE[PURPOSES[way]]

    def taps(self, purpose: Purpose, where: str, card: str, name: str, at: int) -> None:
        holder = cards.holder(self.bank, self.cards[card].card_no)
        assert holder is not None
        device = self.devices.get(where)
        by = By(actor=device.id, device=device.id, kind="device") if device else BY
        act = attendances.check_in if purpose == "check_in" else attendances.check_out
        act(self.bank, by, self.session_of(name, at), holder, Shown(way="card"))

    def do_holds_up(self, line: Line) -> str:
        """holds_up in|out CODE ACTIVITY: the organiser scans the screen of a volunteer, as it was shown."""
        way, code, name = line.words
        told = self.holds_up(PURPOSES[way], self.codes[code], name)
        return told or DONE[PURPOSES[way]]

    def holds_up(self, purpose: Purpose, code: str, name: str) -> str | None:
        shown = screens.spend(self.bank, code)
        if shown is None:
            return "not_found"
        holder = self.town.known(shown.volunteer_no)
        act = attendances.check_in if purpose == "check_in" else attendances.check_out
        return refusal_of(lambda: act(self.bank, BY, self.session_of(name), holder, Shown(way="screen_code")))

    def do_check(self, line: Line) -> str:
        """check in|out WHO ACTIVITY [at HH:MM] [session N]: the organiser writes it down."""
        way, who, name, *words = line.words
        named = {words[at]: words[at + 1] for at in range(0, len(words), 2)}
        at = self._instant(named["at"]) if "at" in named else None
        session = int(named.get("session", 1))
        return refusal_of(lambda: self.check(PURPOSES[way], who, name, session, at)) or DONE[PURPOSES[way]]

    def check(self, purpose: Purpose, who: str, name: str, session: int, at: int | None) -> None:
        act = attendances.check_in if purpose == "check_in" else attendances.check_out
        shown = Shown(way="hand", at=at)
        act(self.bank, BY, self.session_of(name, session), self.person(who), shown)

    def _instant(self, at: str) -> int:
        moment = datetime.combine(self.bank.today(), time.fromisoformat(at), SHANGHAI)
        return int(moment.timestamp()) * 1_000_000

    def do_were_there(self, line: Line) -> str:
        """were_there ACTIVITY WHO...: a list of who was there for the whole session; what came of each."""
        name, *people = line.words
        return ", ".join(self.were_there(name, people))

    def were_there(self, name: str, people: list[str]) -> list[str]:
        lines = [(self.town.volunteer(who), None, None) for who in people]
        told = attendances.write_down(self.bank, BY, self.session_of(name), lines)
        return ["written" if isinstance(one, attendances.Attendance) else one.code for one in told]

    def do_void(self, line: Line) -> str:
        """void WHO ACTIVITY: they were not there."""
        who, name = line.words
        return refusal_of(lambda: self.void(who, name)) or "taken back"

    def void(self, who: str, name: str) -> None:
        attendances.void(self.bank, BY, self._last(who, name), "示例理由")

    def _last(self, who: str, name: str) -> attendances.Attendance:
        id = self.town.volunteer(who).id
        page = attendances.page(self.bank, after=None, limit=200, session_id=self.session_of(name).id)
        return next(one for one in page.items if one.volunteer_id == id)

    def do_came(self, line: Line) -> str:
        """came ACTIVITY [session N]: who, how it is known, how long it counts, on which days."""
        name, *words = line.words
        found = self.came(name, int(words[1]) if words else 1)
        return "; ".join(_told(one) for one in sorted(found)) or "nobody"

    def came(self, name: str, at: int) -> list[Came]:
        activity, session = self.activity_of(name), self.session_of(name, at)
        has_ended = self.bank.world.clock() >= session.ends_at
        found = []
        for one in attendances.of_session(self.bank, session):
            served = attendances.served(self.bank, activity, session, one)
            days = tuple(f"{span.day}" for span in served)
            minutes = sum(span.minutes for span in served)
            found.append(Came(one.name[2:], one.capture_method, minutes, days, has_ended and one.out_at is None))
        return found


class AttendingOverHttp(SigningUpOverHttp, Attending):
    """Through the JSON API."""

    spoken: Callable[..., Any]

    def poster(self, name: str, at: int, purpose: Purpose) -> Board:
        told = self._settled("get", f"/activity-sessions/{self.session_of(name, at).id}/codes", None)[purpose]
        return Board(told["code"], told["short_code"])

    def scans(self, purpose: Purpose, code: str) -> None:
        settled(self.spoken("POST", _path(purpose), self.here, {"code": code}))

    def types(self, purpose: Purpose, name: str, at: int, short: str) -> None:
        body = {"session_id": str(self.session_of(name, at).id), "short_code": short}
        settled(self.spoken("POST", _path(purpose), self.here, body))

    def taps(self, purpose: Purpose, where: str, card: str, name: str, at: int) -> None:
        body = {"card": self.cards[card].card_no, "session_id": str(self.session_of(name, at).id)}
        path = f"/activities/{self.activity_of(name).id}{_path(purpose)}"
        if where in self.devices:
            settled(self.spoken("POST", path, self.devices[where], body))
        else:
            self._settled("post", path, body)

    def holds_up(self, purpose: Purpose, code: str, name: str) -> str | None:
        path = f"/activities/{self.activity_of(name).id}{_path(purpose)}"
        answer = self.client.post(f"/api/v1{path}", json={"screen_code": code}, headers=self.headers())
        return str(answer.get_json()["code"]) if answer.status_code >= 400 else None

    def check(self, purpose: Purpose, who: str, name: str, session: int, at: int | None) -> None:
        body = {
            "volunteer_no": self.town.volunteer(who).volunteer_no,
            "session_id": str(self.session_of(name, session).id),
        }
        body |= {} if at is None else {"at": instant(at)}
        self._settled("post", f"/activities/{self.activity_of(name).id}{_path(purpose)}", body)

    def were_there(self, name: str, people: list[str]) -> list[str]:
        items = [{"volunteer_no": self.town.volunteer(who).volunteer_no} for who in people]
        body = {"items": items, "session_id": str(self.session_of(name).id)}
        told = self._settled("post", f"/activities/{self.activity_of(name).id}/attendance-roster", body)
        return [one["problem"]["code"] if one["problem"] else one["outcome"] for one in told["items"]]

    def void(self, who: str, name: str) -> None:
        self._settled("post", f"/attendances/{self._last(who, name).id}/void", {"reason": "示例理由"})

    def came(self, name: str, at: int) -> list[Came]:
        path = f"/activities/{self.activity_of(name).id}/attendances?session_id={self.session_of(name, at).id}"
        return [
            Came(
                one["name"][2:],
                one["capture_method"],
                one["minutes"],
                tuple(span["on"] for span in one["served"]),
                one["no_check_out"],
            )
            for one in self._settled("get", path, None)["items"]
            if not one["is_void"]
        ]


def _path(purpose: Purpose) -> str:
    return "/check-ins" if purpose == "check_in" else "/check-outs"


def _told(one: Came) -> str:
    days = f" on {' and '.join(one.days)}" if len(one.days) > 1 else ""
    return (
        f"{one.name} {one.capture_method} {hours_of(one.minutes)}{days}{', no check-out' if one.no_check_out else ''}"
    )
