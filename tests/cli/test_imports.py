"""`pioneer import` as an operator types it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_pioneer import PASSWORD, pioneer, told
from tests.tables.files import xlsx


def test_a_roster_is_tried_registered_and_recognised(database_url: str, tmp_path: Path) -> None:
    told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path)
    roster = tmp_path / "名册.xlsx"
    roster.write_bytes(xlsx([["姓名"], ["示例甲"], ["示例乙"], ["示例甲"]]))
    asked = "import", "volunteers", str(roster)
    tried = told(*asked, "--dry-run", url=database_url, place=tmp_path, code=1)
    assert ([one["row"] for one in tried["questions"]], tried["registered"]) == ([4], 0)
    assert told(*asked, url=database_url, place=tmp_path, code=1)["registered"] == 0
    done = told(*asked, "--same-name", "skip", url=database_url, place=tmp_path)
    assert (done["state"], done["registered"]) == ("committed", 2)
    again = told(*asked, url=database_url, place=tmp_path)
    assert (again["known_before"], again["registered"]) == (True, 0)


def test_what_is_wrong_is_told_with_its_row_and_nothing_is_registered(database_url: str, tmp_path: Path) -> None:
    told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path)
    roster = tmp_path / "名册.csv"
    roster.write_bytes("姓名,小区\n示例甲,没有的小区\n".encode("gb18030"))
    asked = "import", "volunteers", str(roster)
    done = pioneer(*asked, url=database_url, place=tmp_path)
    assert (done.returncode, "Nothing was registered" in done.stdout) == (1, True)
    assert told(*asked, url=database_url, place=tmp_path, code=1)["faults"][0]["row"] == 2
    roster.write_bytes(b"PK\x03\x04")
    assert "damaged" in pioneer(*asked, url=database_url, place=tmp_path).stderr
    elsewhere = pioneer(*asked, "--organisation", "没有的社区", url=database_url, place=tmp_path)
    assert (elsewhere.returncode, "no organisation" in elsewhere.stderr) == (1, True)
