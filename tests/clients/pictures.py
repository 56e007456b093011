"""Pictures of every screen, for people who read about the bank: `python -m tests.clients.pictures` makes them anew in
docs/screens, at half size and in few colours.

Invented people in an invented bank; numbers and days differ from one making to the next.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from ledger.settings import Settings
from tests.clients import admin, board, desk, kiosk, organiser
from tests.clients.conftest import HALL, LANDSCAPE, PHONE, PORTRAIT, keeping
from tests.clients.ground import Ground, lay, on
from tests.clients.shop import furnish
from tests.conftest import program

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
WIDTH_MAX = 683
COLOURS = 64


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=str(program("chromium", "chromium-browser", "google-chrome")), args=["--no-sandbox"]
        )
        yield launched
        launched.close()


def take(page: Page, name: str) -> None:
    """A small picture of what is shown."""
    page.mouse.move(0, 0)
    shown = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    width = min(WIDTH_MAX, shown.width // 2)
    small = shown.convert("RGB").resize((width, shown.height * width // shown.width), Image.Resampling.LANCZOS)
    small.quantize(COLOURS).save(SCREENS / f"{name}.png", optimize=True)


def kiosk_pictures(browser: Browser, address: str, ground: Ground) -> None:
    sizes: dict[str, ViewportSize] = {"portrait": PORTRAIT, "landscape": LANDSCAPE}
    for screen in ("pairing", *kiosk.SCREENS):
        context = browser.new_context(viewport=PORTRAIT, locale="zh-CN")
        context.add_init_script(keeping({} if screen == "pairing" else kiosk.kept(ground)))
        page = context.new_page()
        if screen == "idle":
            page.clock.install()
        page.goto(f"{address}/kiosk")
        page.locator("kiosk-pairing" if screen == "pairing" else "kiosk-wake").wait_for()
        kiosk.show(page, ground, screen)
        for size, viewport in sizes.items():
            page.set_viewport_size(viewport)
            take(page, f"kiosk-{screen}-{size}")
        context.close()


def admin_pictures(browser: Browser, directory: Path) -> None:
    settings = Settings(data_dir=directory, database_url=f"sqlite:///{directory / 'bank.db'}")
    with admin.at_work(settings) as office:
        for screen in admin.SCREENS:
            context = browser.new_context(viewport=LANDSCAPE, locale="zh-CN")
            page = context.new_page()
            page.goto(f"{office.address}/admin")
            admin.show(page, screen)
            take(page, f"admin-{screen}")
            context.close()


def organiser_pictures(browser: Browser, directory: Path) -> None:
    sizes: dict[str, ViewportSize] = {"desk": LANDSCAPE, "phone": PHONE}
    ground = lay(Settings(data_dir=directory, database_url=f"sqlite:///{directory / 'bank.db'}"))
    with on(ground) as address:
        scenes = organiser.furnish(address, ground)
        context = browser.new_context(viewport=LANDSCAPE, locale="zh-CN")
        page = context.new_page()
        page.goto(f"{address}/organiser")
        organiser.sign_in(page)
        for screen in organiser.SCREENS:
            organiser.show(page, scenes, screen)
            for size, viewport in sizes.items():
                page.set_viewport_size(viewport)
                take(page, f"organiser-{screen}-{size}")
        context.close()


def board_pictures(browser: Browser, address: str) -> None:
    page = browser.new_context(locale="zh-CN", reduced_motion="reduce").new_page()
    sizes: dict[str, ViewportSize] = {"desk": LANDSCAPE, "phone": PHONE}
    for screen in board.SCREENS:
        for size, viewport in sizes.items():
            page.set_viewport_size(viewport)
            board.show(page, address, screen)
            whose = "board" if screen in board.BOARD else "page"
            take(page, f"{whose}-{screen.removeprefix('board-')}-{size}")
    for size, viewport in {"portrait": PORTRAIT, "landscape": HALL}.items():
        page.set_viewport_size(viewport)
        board.show(page, address, "hall")
        for number in range(1, board.pages(page) + 1):
            take(page, f"board-hall-{number:02}-{size}")
            page.keyboard.press("ArrowRight")
    page.context.close()


def desk_pictures(browser: Browser, directory: Path) -> None:
    shop = furnish(lay(Settings(data_dir=directory, database_url=f"sqlite:///{directory / 'bank.db'}")))
    with on(shop) as address:
        context = browser.new_context(viewport=LANDSCAPE, locale="zh-CN")
        context.add_init_script(keeping(desk.kept(shop)))
        page = context.new_page()
        page.goto(f"{address}/desk")
        desk.sign_in(page)
        for screen in desk.SCREENS:
            desk.back_to_till(page)
            desk.show(page, shop, screen)
            take(page, f"desk-{screen}")
        context.close()


def main() -> None:
    """All of them."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    for old in SCREENS.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as made:
        directory = Path(made) / "ground"
        ground = lay(Settings(data_dir=directory, database_url=f"sqlite:///{directory / 'bank.db'}"))
        with on(ground) as address, browsing() as browser:
            kiosk_pictures(browser, address, ground)
            board_pictures(browser, address)
            admin_pictures(browser, Path(made) / "office")
            organiser_pictures(browser, Path(made) / "organised")
            desk_pictures(browser, Path(made) / "desk")


if __name__ == "__main__":
    main()
