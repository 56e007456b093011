"""What is printed is read again: dark or light, tilted, at the size of a card."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from ledger.people import printing
from ledger.people.codes import CARD_DIGITS, SCREEN_DIGITS, grouped, is_code, new_code
from tests.banks import PlayedWorld

SVG = "{http://www.w3.org/2000/svg}"


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("digits", [CARD_DIGITS, SCREEN_DIGITS])
@pytest.mark.parametrize("tilt", [0, 7, -19, 45, 180])
def test_a_scanner_reads_a_code_however_it_is_held(play: PlayedWorld, digits: int, tilt: int) -> None:
    code = new_code(play.random_bytes, digits)
    upright = Image.open(io.BytesIO(printing.png(code))).convert("L")
    table = Image.new("L", (2 * upright.width, 2 * upright.height), 200)
    table.paste(upright, (upright.width // 2, upright.height // 2))
    assert read(table.rotate(tilt, resample=Image.Resampling.BILINEAR, fillcolor=200)) == [code]


def test_the_svg_shows_the_same_code(play: PlayedWorld) -> None:
    code = new_code(play.random_bytes, CARD_DIGITS)
    assert read(drawn(ET.fromstring(printing.svg(code)), 8)) == [code]  # noqa: S314 - our own


def test_a_card_face_says_whose_it_is_and_its_code_is_read(play: PlayedWorld) -> None:
    code = new_code(play.random_bytes, CARD_DIGITS)
    face = ET.fromstring(  # noqa: S314 - our own
        printing.card_face(code, bank="示例先锋银行", name="示例<img onerror=x>&英")
    )
    texts = [each.text for each in face.iter(f"{SVG}text")]
    assert texts == ["示例先锋银行", "积分卡", "示例<img onerror=x>&英", grouped(code, 4).replace("-", " ")]
    [inner] = [each for each in face if each.tag == f"{SVG}svg"]
    assert read(drawn(inner, 8)) == [code]


def test_codes_are_digits_and_a_slip_is_noticed(play: PlayedWorld) -> None:
    for digits in (CARD_DIGITS, SCREEN_DIGITS):
        code = new_code(play.random_bytes, digits)
        assert re.fullmatch(f"[0-9]{{{digits}}}", code)
        assert is_code(code, digits)
        for at in range(digits):
            slipped = code[:at] + str((int(code[at]) + 1) % 10) + code[at + 1 :]
            assert not is_code(slipped, digits)
        for at in range(digits - 1):
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            assert swapped == code or not is_code(swapped, digits)


def drawn(svg: ET.Element, scale: int) -> Image.Image:
    """The picture of a QR code drawn as one path of horizontal strokes, which is how we write them."""
    side = int(svg.attrib["viewBox"].split()[2])
    [path] = svg.iter(f"{SVG}path")
    picture = Image.new("L", (side * scale, side * scale), 255)
    pen, x, y = ImageDraw.Draw(picture), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path.attrib["d"]):
        values = [float(number) for number in re.findall(r"-?[0-9.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            corner = ((x * scale, (y - 0.5) * scale), ((x + values[0]) * scale - 1, (y + 0.5) * scale - 1))
            pen.rectangle(corner, fill=0)
            x += values[0]
    return picture
