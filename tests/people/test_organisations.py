"""The tree: what may stand below what, branches that move whole, and ten thousand that cost what twenty-seven do."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from ledger.bank import Bank, By
from ledger.core.levels import LEVELS, PARENTS, may_stand
from ledger.core.refusals.refusal import Refused
from ledger.people import organisation_lists, organisations
from ledger.people.organisation_lists import ListRefused, Wanted
from ledger.people.organisations import Organisation
from ledger.settings import Settings
from ledger.store.engines import Store
from ledger.store.rows import Taken
from tests.banks import STAFF, PlayedWorld, Templates, memory
from tests.towns import Town

BY = By(actor=STAFF)
MANY = 10_000


def code_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def child(bank: Bank, parent: Organisation, level: str = "community", name: str = "示例社区") -> Organisation:
    return organisations.create(bank, BY, parent=parent, level=level, name=name)


def again(bank: Bank, organisation: Organisation) -> Organisation:
    found = organisations.find(bank, organisation.id)
    assert found is not None
    return found


# -- levels ------------------------------------------------------------------------------------------------------------


def test_every_level_but_the_root_has_a_place() -> None:
    assert set(PARENTS) == set(LEVELS)
    assert [level for level in LEVELS if may_stand(level, None)] == ["district"]
    for level, parent in product(LEVELS, LEVELS):
        assert not (may_stand(level, parent) and may_stand(parent, level)), (level, parent)
    ladder = ["district", "subdistrict", "community", "estate", "building"]
    for above, below in pairwise(ladder):
        assert may_stand(below, above)
        assert not may_stand(above, below)
    assert may_stand("team", "social")
    assert not may_stand("unit", "building")


def test_a_level_out_of_place_is_refused_saying_where_it_may_stand(bank: Bank) -> None:
    team = child(bank, Town(bank).district, "team", "示例队")
    with pytest.raises(Refused) as refused:
        child(bank, team, "building", "1号楼")
    said = refused.value.refusal
    assert said.sentence("zh") == "“楼栋”不能设在“志愿队”之下, 可设在: 社区、小区。"
    assert said.sentence("en").endswith("it may stand below: community, estate.")


def test_there_is_one_root(bank: Bank) -> None:
    Town(bank)
    with pytest.raises(Taken):
        organisations.create(bank, BY, parent=None, level="district", name="另一个区")
    assert (
        code_of(lambda: organisations.create(bank, BY, parent=None, level="team", name="示例队")) == "level_not_below"
    )


# -- moving ------------------------------------------------------------------------------------------------------------


def test_a_branch_moves_whole(bank: Bank) -> None:
    district = Town(bank).district
    east, west = (child(bank, district, "subdistrict", name) for name in ("东街道", "西街道"))
    community = child(bank, east)
    estate = child(bank, community, "estate", "示例小区")
    beside = child(bank, east, "community", "旁边社区")
    moved = organisations.move(bank, BY, community, west)
    assert moved == again(bank, community)
    assert again(bank, community).path == f"{west.path}{community.id}/"
    assert again(bank, community).parent_id == west.id
    assert again(bank, estate).path == f"{west.path}{community.id}/{estate.id}/"
    assert again(bank, estate).parent_id == community.id
    assert again(bank, beside) == beside
    found = organisations.page(bank, within=[west.path], after=None, limit=10).items
    assert [each.id for each in found] == [west.id, community.id, estate.id]


def test_a_branch_cannot_hang_where_it_has_no_place(bank: Bank) -> None:
    district = Town(bank).district
    community = child(bank, district)
    estate = child(bank, community, "estate", "示例小区")
    team = child(bank, district, "team", "示例队")
    closed = organisations.close(bank, BY, child(bank, district, "community", "关闭社区"))
    assert code_of(lambda: organisations.move(bank, BY, community, community)) == "below_itself"
    assert code_of(lambda: organisations.move(bank, BY, community, estate)) == "below_itself"
    assert code_of(lambda: organisations.move(bank, BY, estate, team)) == "level_not_below"
    assert code_of(lambda: organisations.move(bank, BY, estate, closed)) == "organisation_closed"
    assert code_of(lambda: organisations.move(bank, BY, district, community)) == "root_stays"
    assert again(bank, community) == community


def test_who_looked_before_somebody_else_moved_it_is_told(bank: Bank) -> None:
    district = Town(bank).district
    east, west, north = (child(bank, district, "subdistrict", name) for name in ("东街道", "西街道", "北街道"))
    community = child(bank, east)
    organisations.move(bank, BY, community, west)
    assert code_of(lambda: organisations.move(bank, BY, community, north)) == "changed_meanwhile"
    organisations.rename(bank, BY, community, "新社区")
    assert code_of(lambda: organisations.rename(bank, BY, community, "又一社区")) == "changed_meanwhile"
    assert again(bank, community).name == "新社区"


def test_of_two_who_move_one_branch_at_once_one_is_told(bank: Bank) -> None:
    district = Town(bank).district
    estates = [child(bank, district, "estate", f"{number}号小区") for number in range(3)]
    for _ in range(10):
        building = child(bank, estates[0], "building", "1号楼")
        start = threading.Barrier(2)
        told: list[str] = []

        def move(
            below: Organisation,
            building: Organisation = building,
            start: threading.Barrier = start,
            told: list[str] = told,
        ) -> None:
            start.wait()
            try:
                organisations.move(bank, BY, building, below)
                told.append("moved")
            except Refused as refused:
                told.append(refused.refusal.code)

        threads = [threading.Thread(target=move, args=(estate,)) for estate in estates[1:]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(told) == ["changed_meanwhile", "moved"]
        now = again(bank, building)
        assert now.path in [f"{estate.path}{building.id}/" for estate in estates[1:]]


def test_what_is_added_while_its_parent_moves_lies_where_its_parent_lies(bank: Bank) -> None:
    district = Town(bank).district
    east, west = (child(bank, district, "subdistrict", name) for name in ("东街道", "西街道"))
    for turn in range(10):
        source, target = (east, west) if turn % 2 == 0 else (west, east)
        community = child(bank, source)
        start = threading.Barrier(2)

        def add(start: threading.Barrier = start, community: Organisation = community) -> None:
            start.wait()
            child(bank, community, "estate", "示例小区")

        adding = threading.Thread(target=add)
        adding.start()
        start.wait()
        organisations.move(bank, BY, community, target)
        adding.join()
        found = organisations.page(bank, within=[again(bank, community).path], after=None, limit=10).items
        assert [each.level for each in found] == ["community", "estate"]
        assert found[1].path == f"{found[0].path}{found[1].id}/"


# -- closing -----------------------------------------------------------------------------------------------------------


def test_an_organisation_with_anything_alive_is_not_closed_and_says_what(bank: Bank) -> None:
    town = Town(bank)
    town.receive("mug", 3)
    child(bank, town.district)
    below = child(bank, town.district, "estate", "示例小区")
    team = child(bank, below, "team", "示例队")
    assert code_of(lambda: organisations.close(bank, BY, town.district)) == "root_stays"
    with pytest.raises(Refused) as refused:
        organisations.close(bank, BY, below)
    assert refused.value.refusal.facts() == {"organisations": 1, "volunteers": 0, "activities": 0, "stock": 0}
    organisations.close(bank, BY, team)
    closed = organisations.close(bank, BY, below)
    assert closed.closed_at is not None
    assert again(bank, below) == closed
    assert code_of(lambda: organisations.close(bank, BY, below)) == "organisation_closed"
    assert code_of(lambda: child(bank, below, "team", "新队")) == "organisation_closed"
    assert code_of(lambda: organisations.reopen(bank, BY, team)) == "organisation_closed"
    assert organisations.reopen(bank, BY, below).closed_at is None
    assert organisations.reopen(bank, BY, again(bank, team)).closed_at is None
    assert organisations.reopen(bank, BY, again(bank, team)) == again(bank, team)


# -- ten thousand ------------------------------------------------------------------------------------------------------


def many() -> list[Wanted]:
    """27 estates' worth of ground, and teams to make it ten thousand."""
    wanted = [Wanted(1, ("东街道",), "subdistrict"), Wanted(2, ("西街道",), "subdistrict")]
    wanted += [Wanted(0, ("东街道", f"示例{at}小区"), "estate") for at in range(100)]
    each = (MANY - len(wanted) - 1) // 100
    wanted += [Wanted(0, ("东街道", f"示例{at}小区", f"志愿{n}队"), "team") for at in range(100) for n in range(each)]
    wanted += [Wanted(0, (f"直属{n}队",), "team") for n in range(MANY - 1 - len(wanted))]
    return wanted


@pytest.fixture(scope="module")
def large(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Bank]]:
    """A bank of ten thousand organisations on each engine, made once."""
    opened: dict[str, Bank] = {}
    with memory() as directory:

        def bank_on(engine: str) -> Bank:
            if engine not in opened:
                templates: Templates = request.getfixturevalue(f"{engine}_templates")
                url = request.getfixturevalue("keep")(templates.copy(engine, directory))
                bank = opened[engine] = Bank.open(Settings(database_url=url), world=PlayedWorld().world)
                organisations.create(bank, BY, parent=None, level="district", name="示例区")
                assert organisation_lists.take_up(bank, BY, many()) == (MANY - 1, 0)
                analyse(bank.store)
            return opened[engine]

        yield bank_on
        for bank in opened.values():
            bank.close()


@pytest.fixture(scope="module")
def keep() -> Iterator[Callable[[Any], Any]]:
    """Enters a context that is left when this module is done."""
    with ExitStack() as stack:
        yield stack.enter_context


def analyse(store: Store) -> None:
    with store.changing() as connection:
        connection.execute(text("ANALYZE"))


@contextmanager
def plans(store: Store) -> Iterator[list[str]]:
    """How the engine goes about each SELECT that is asked meanwhile."""
    asked: list[tuple[str, Any]] = []
    told: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(store._reading, "before_cursor_execute", listen)
    try:
        yield told
    finally:
        event.remove(store._reading, "before_cursor_execute", listen)
    with store.reading() as connection:
        for statement, parameters in asked:
            told.append(plan_of(connection, statement, parameters))


def plan_of(connection: Connection, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    rows = connection.exec_driver_sql(explain + statement, parameters).all()
    return "\n".join(str(row[-1]) for row in rows)


def test_ten_thousand_are_asked_through_indexes_and_by_the_page(large: Callable[[str], Bank], engine: str) -> None:
    bank = large(engine)
    district = organisations.root(bank)
    east = organisations.page(bank, within=[district.path], after=None, limit=2, parent_id=district.id).items[0]
    with plans(bank.store) as told:
        first = organisations.page(bank, within=[district.path], after=None, limit=50)
        organisations.page(bank, within=[district.path], after=first.after, limit=50)
        organisations.page(bank, within=[east.path], after=None, limit=50, parent_id=east.id)
        organisations.page(bank, within=[district.path], after=None, limit=50, q="示例9")
        organisations.find(bank, first.items[-1].id)
        organisations.root(bank)
    assert len(told) == 6
    for plan in told:
        assert not re.search(r"SCAN organisation(?! USING)", plan), plan
        assert "Seq Scan" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert "Sort" not in plan or "Index Cond: ((name_pinyin >=" in plan, plan  # the few that were found


def test_every_page_of_ten_thousand_leads_to_the_next(large: Callable[[str], Bank], engine: str) -> None:
    bank = large(engine)
    root = organisations.root(bank)
    seen: list[Organisation] = []
    after = None
    while True:
        page = organisations.page(bank, within=[root.path], after=after, limit=200)
        seen += page.items
        if page.after is None:
            break
        after = page.after
    assert len(seen) == len({each.id for each in seen}) == MANY
    assert seen[0] == root
    above = {each.id for each in seen}
    assert all(each.parent_id in above for each in seen[1:])


def test_a_branch_of_thousands_moves_in_one_go(large: Callable[[str], Bank], engine: str) -> None:
    bank = large(engine)
    root = organisations.root(bank)
    east, west = find_by_name(bank, root, "东街道"), find_by_name(bank, root, "西街道")
    estate = organisations.page(bank, within=[east.path], after=None, limit=1, parent_id=east.id).items[0]
    below = count(bank, estate)
    organisations.move(bank, BY, estate, west)
    assert count(bank, again(bank, estate)) == below > 90
    assert count(bank, west) == below + 1
    organisations.move(bank, BY, again(bank, estate), east)
    assert count(bank, west) == 1


def find_by_name(bank: Bank, root: Organisation, name: str) -> Organisation:
    return organisations.page(bank, within=[root.path], after=None, limit=1, q=name).items[0]


def count(bank: Bank, top: Organisation) -> int:
    found, after = 0, None
    while True:
        page = organisations.page(bank, within=[top.path], after=after, limit=200)
        found, after = found + len(page.items), page.after
        if after is None:
            return found


# -- lists -------------------------------------------------------------------------------------------------------------


def test_a_list_is_read_as_excel_and_wps_write_it() -> None:
    written = "path,level\r\n东街道,街道\r\n东街道/春社区,community\r\n"
    wanted = [(("东街道",), "subdistrict"), (("东街道", "春社区"), "community")]
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert [(each.names, each.level) for each in organisation_lists.read(written.encode(encoding))] == wanted


def test_a_list_that_cannot_be_meant_names_every_line(bank: Bank) -> None:
    Town(bank)
    with pytest.raises(ListRefused, match=r"line 2: level must be one of[^\n]*\nline 3: path must be"):
        organisation_lists.read("path,level\n东街道,镇\n东街道//社区,community\n".encode())
    with pytest.raises(ListRefused, match="missing: level"):
        organisation_lists.read(b"path\n")
    wanted = organisation_lists.read("path,level\n东街道,街道\n北街道/社区,社区\n东街道/区,街道\n".encode())
    with pytest.raises(ListRefused, match=r"line 3: 北街道 is not there[^\n]*\nline 4: a subdistrict stands below"):
        organisation_lists.take_up(bank, BY, wanted)
    assert organisation_lists.take_up(bank, BY, wanted[:1]) == (1, 0)
    assert organisation_lists.take_up(bank, BY, wanted[:1]) == (0, 1)


def test_a_list_is_a_file_of_this_shape(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ListRefused, match="neither UTF-8 nor GB18030"):
        organisation_lists.read(file.read_bytes())
