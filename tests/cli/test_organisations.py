"""`pioneer organisations`, for the operator who has only a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_pioneer import PASSWORD, pioneer, told


@pytest.fixture
def url(database_url: str, tmp_path: Path) -> str:
    assert pioneer("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path).returncode == 0
    return database_url


def test_the_tree_is_taken_up_looked_at_and_mended(url: str, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("path,level\n东街道,街道\n东街道/春社区,社区\n西街道,subdistrict\n", encoding="gb18030")
    assert told("organisations", "import", str(listed), url=url) == {"ok": True, "new": 3, "known": 0}
    assert told("organisations", "import", str(listed), url=url) == {"ok": True, "new": 0, "known": 3}
    made = told("organisations", "add", "东街道/春社区", "estate", "梧桐小区", url=url)
    assert told("organisations", "rename", made["id"], "银杏小区", url=url)["name"] == "银杏小区"
    told("organisations", "move", "东街道/春社区", "西街道", url=url)
    tree = told("organisations", "tree", "西街道", "--depth", "2", url=url)
    assert tree["count"] == 3
    assert [each["name"] for each in tree["organisations"]] == ["西街道", "春社区"]
    assert "春社区" in pioneer("organisations", "tree", url=url).stdout
    refused = told("organisations", "close", "西街道/春社区", url=url, code=1)
    assert "1 open organisations below" in refused["error"]
    told("organisations", "close", "西街道/春社区/银杏小区", url=url)
    assert told("organisations", "close", "西街道/春社区", url=url)["closed"] is True
    assert told("organisations", "reopen", "西街道/春社区", url=url)["closed"] is False


def test_what_cannot_be_meant_is_said(url: str, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("path,level\n东街道/春社区,社区\n", encoding="utf-8")
    assert "put its own line before" in told("organisations", "import", str(listed), url=url, code=1)["error"]
    assert "nothing of that name" in told("organisations", "tree", "北街道", url=url, code=1)["error"]
    nobody = "0190a000-0000-7000-8000-000000000000"
    assert "there is no organisation" in told("organisations", "tree", nobody, url=url, code=1)["error"]
    added = told("organisations", "add", "/", "team", "示例队", url=url)
    assert (
        "cannot stand below one of level team"
        in told("organisations", "add", added["id"], "team", "另一队", url=url, code=1)["error"]
    )
