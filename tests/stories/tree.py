"""The verbs of stories about the tree of organisations."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from ledger.bank import Bank, By
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations, volunteers
from ledger.people.organisations import Organisation
from tests.banks import STAFF
from tests.stories.script import Line
from tests.towns import Town

BY = By(actor=STAFF)
DISTRICT = "district"


class Tree:
    """Through the use cases."""

    bank: Bank
    town: Town

    def do_organisation(self, line: Line) -> str:
        """organisation NAME LEVEL [below NAME]: a new one, below the district if nothing is said."""
        name, level, *rest = line.words
        above = self.organisation(rest[1] if rest else DISTRICT)
        return self._done(name, lambda: self.plant(above, level, name), "added")

    def do_move(self, line: Line) -> str:
        """move NAME below NAME: with all that lies below it."""
        name, _, parent = line.words
        what, where = self.organisation(name), self.organisation(parent)
        return self._done(name, lambda: self.rehang(what, where), "moved")

    def do_shut(self, line: Line) -> str:
        """shut NAME: it takes up nothing new."""
        name = line.words[0]
        return self._done(name, lambda: self.turn(self.organisation(name), "close"), "closed")

    def do_reopen(self, line: Line) -> str:
        """reopen NAME: a closing is taken back."""
        name = line.words[0]
        return self._done(name, lambda: self.turn(self.organisation(name), "reopen"), "open")

    def do_settle(self, line: Line) -> None:
        """settle WHO in NAME: a volunteer who is registered there."""
        who, _, name = line.words
        volunteers.register(self.bank, BY, organisation=self.organisation(name), name=f"示例{who}")

    def do_lies(self, line: Line) -> str:
        """lies NAME: below what, from the district down."""
        names = {str(each.id): name for name, each in self._grown().items()}
        path = self.organisation(line.words[0]).path
        return " > ".join(names[id] for id in path.rstrip("/").split("/"))

    def organisation(self, name: str) -> Organisation:
        """As it stands now."""
        found = organisations.find(self.bank, self._grown()[name].id)
        assert found is not None
        return found

    def plant(self, above: Organisation, level: str, name: str) -> Organisation:
        return organisations.create(self.bank, BY, parent=above, level=level, name=name)

    def rehang(self, what: Organisation, where: Organisation) -> Organisation:
        return organisations.move(self.bank, BY, what, where)

    def turn(self, what: Organisation, how: str) -> Organisation:
        return (organisations.close if how == "close" else organisations.reopen)(self.bank, BY, what)

    def _grown(self) -> dict[str, Organisation]:
        known: dict[str, Organisation] = self.__dict__.setdefault("_organisations", {DISTRICT: self.town.district})
        return known

    def _done(self, name: str, act: Any, said: str) -> str:
        try:
            self._grown()[name] = act()
        except Refused as refused:
            return refused.refusal.code
        except Said as told:
            return str(told)
        return said


class Said(Exception):
    """The code of a problem."""


class TreeOverHttp(Tree):
    """Through the JSON API."""

    client: FlaskClient

    def headers(self) -> dict[str, str]:
        raise NotImplementedError

    def plant(self, above: Organisation, level: str, name: str) -> Organisation:
        return self._asked("", {"parent_id": str(above.id), "level": level, "name": name})

    def rehang(self, what: Organisation, where: Organisation) -> Organisation:
        return self._asked(f"/{what.id}/move", {"parent_id": str(where.id)})

    def turn(self, what: Organisation, how: str) -> Organisation:
        return self._asked(f"/{what.id}/{how}", {})

    def _asked(self, path: str, body: dict[str, Any]) -> Organisation:
        answer = self.client.post(f"/api/v1/organisations{path}", json=body, headers=self.headers())
        told = answer.get_json()
        if answer.status_code >= 400:
            raise Said(told["code"])
        found = organisations.find(self.bank, told["id"])
        assert found is not None
        return found
