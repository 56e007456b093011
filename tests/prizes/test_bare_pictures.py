"""A picture shows what it showed, and says no longer where, when and by whom it was taken."""

from __future__ import annotations

import io
import random
from contextlib import suppress

import pytest
from PIL import Image, ImageChops, ImageOps

from ledger.prizes.bare_pictures import Damaged, bare
from tests.pictures import KINDS, drawn


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_of_what_a_camera_wrote_beside_the_picture(kind: str) -> None:
    told = drawn(kind, told=True)
    assert told.count(b"canary") >= 2
    made = bare(told, f"image/{kind}")
    assert b"canary" not in made
    assert not opened(made).getexif()
    assert ImageChops.difference(opened(told).convert("RGB"), opened(made).convert("RGB")).getbbox() is None
    assert bare(made, f"image/{kind}") == made


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_photo_that_was_held_upright_still_is(orientation: int) -> None:
    held = drawn("jpeg", told=True, orientation=orientation)
    made = bare(held, "image/jpeg")
    assert dict(opened(made).getexif()) == {0x0112: orientation}
    as_seen = [ImageOps.exif_transpose(opened(each)).convert("RGB") for each in (held, made)]
    assert as_seen[0].size == as_seen[1].size
    assert ImageChops.difference(*as_seen).getbbox() is None


def test_a_picture_in_several_scans_stays_whole() -> None:
    kept = io.BytesIO()
    Image.effect_mandelbrot((64, 64), (-2, -1.5, 1, 1.5), 50).save(
        kept, "jpeg", progressive=True, restart_marker_rows=2
    )
    made = bare(kept.getvalue(), "image/jpeg")
    assert opened(made).tobytes() == opened(kept.getvalue()).tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_picture_is_damaged_and_nothing_else(kind: str) -> None:
    whole, dice = drawn(kind, told=True), random.Random(kind)
    for _ in range(2_000):
        broken = bytearray(whole[: dice.randrange(12, len(whole))])
        for _ in range(dice.randrange(3)):
            broken[dice.randrange(3, len(broken))] = dice.randrange(256)
        with suppress(Damaged):
            bare(bytes(broken), f"image/{kind}")
    with pytest.raises(Damaged):
        bare(whole[:30], f"image/{kind}")
