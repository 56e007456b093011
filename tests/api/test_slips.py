"""The slip of a redemption over HTTP: what stands on the narrow paper, and that the second print says it is a copy."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import zxingcpp
from PIL import Image

from api.routes import PREFIX
from tests.api.conftest import Client, People, Scene


def redeemed(people: People, scene: Scene) -> str:
    received = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 3, "source": "示例捐赠"}
    assert people.desk.post(f"{PREFIX}/stock-receipts", received).status == 201
    assert people.organiser.post(f"{PREFIX}/service-records", scene.record()).status == 201
    done = people.desk.post(f"{PREFIX}/redemptions", scene.redemption())
    assert done.status == 201, done.text
    return f"{PREFIX}/redemptions/{done.json['id']}"


def page_of(client: Client, path: str, width: int) -> str:
    told = client.post(f"{path}/slips", {"width": width}, Accept="text/html")
    assert (told.status, told.headers["Content-Type"]) == (201, "text/html; charset=utf-8"), told.text
    assert "style-src 'sha256-" in told.headers["Content-Security-Policy"]
    return str(told.text)


def test_a_slip_says_what_went_over_and_what_is_left_and_names_nobody(people: People, scene: Scene) -> None:
    path = redeemed(people, scene)
    slip = people.desk.post(f"{path}/slips", {"width": 58}).json
    left = people.desk.get(f"{PREFIX}/volunteers/{scene.volunteer_no}/balance").json
    assert slip["balance_after"] == left["points"]["available"]
    assert slip["points"] == sum(one["quantity"] * one["cost_points"] for one in slip["lines"])
    assert (slip["copy"], slip["is_refunded"]) == (0, False)
    assert slip["volunteer_tail"] == scene.volunteer_no[-4:]
    token = slip["link"].split("#")[1]
    assert people.desk.get(f"{PREFIX}/receipts/{token}").json["transaction_seq"] == slip["transaction_seq"]
    name = people.desk.get(f"{PREFIX}/volunteers/{scene.volunteer_no}").json["name"]
    for width in (58, 80):
        page = page_of(people.desk, path, width)
        assert name not in page
        assert scene.volunteer_no not in page
        assert f"size:{width}mm" in page
        assert slip["number"] in page
        assert "<svg" in page


def test_only_the_first_print_is_none_of_the_copies(people: People, scene: Scene) -> None:
    path = redeemed(people, scene)
    assert "COPY" not in page_of(people.desk, path, 58)
    assert re.search("COPY 1<", page_of(people.desk, path, 58))
    assert people.desk.post(f"{path}/slips", {"width": 80}).json["copy"] == 2
    assert people.desk.post(f"{path}/slips", {"width": 70}).status == 422


def test_a_phone_reads_the_code_on_either_width_of_paper_and_long_names_stay_on_it(
    people: People, scene: Scene, chromium: Path, tmp_path: Path
) -> None:
    named = {"organisation_id": scene.organisation_id, "title": "示例超长奖品名称" * 8, "cost_points": 1}
    made = people.admin.post(f"{PREFIX}/prizes", named).json["id"]
    received = {"desk_id": scene.desk_id, "prize_id": made, "quantity": 3, "source": "示例捐赠"}
    assert people.desk.post(f"{PREFIX}/stock-receipts", received).status == 201
    assert people.organiser.post(f"{PREFIX}/service-records", scene.record()).status == 201
    wanted = {"volunteer_no": scene.volunteer_no, "desk_id": scene.desk_id}
    done = people.desk.post(f"{PREFIX}/redemptions", wanted | {"items": [{"prize_id": made, "quantity": 1}]})
    path = f"{PREFIX}/redemptions/{done.json['id']}"
    link = people.desk.post(f"{path}/slips", {"width": 80}).json["link"]
    for width in (58, 80):
        (tmp_path / "slip.html").write_text(page_of(people.desk, path, width), encoding="utf-8")
        pixels = round(width / 25.4 * 96)
        subprocess.run(
            [
                *(str(chromium), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                f"--user-data-dir={tmp_path / 'profile'}",
                *("--force-device-scale-factor=2", f"--window-size={pixels},900", "--screenshot=slip.png"),
                (tmp_path / "slip.html").as_uri(),
            ],
            cwd=tmp_path,
            capture_output=True,
            timeout=120,
            check=True,
        )
        picture = Image.open(tmp_path / "slip.png").convert("L")
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link]
        margin = picture.crop((picture.width - 4, 0, picture.width, picture.height))
        assert margin.getextrema() == (255, 255), "nothing runs off the paper"
