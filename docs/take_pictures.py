"""Take the pictures of docs/shopkeeper.md again, from a demo shop that runs.

    make run                                  # in another terminal
    .venv/bin/python docs/take_pictures.py    # signs in with the account in var/admin.txt

Another shop: docs/take_pictures.py ADDRESS FILE. It needs Chromium, and changes nothing there.
"""

import io
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
MOST_BYTES = 80_000
WIDEST = 1024  # pixels
SIZES = {
    "desk": {"width": 1280, "height": 800},
    "tall": {"width": 1280, "height": 1120},
    "phone": {"width": 390, "height": 780},
}


@dataclass(frozen=True)
class Picture:
    """A screen: where it is, what is followed there, and on what it is looked at."""

    name: str
    path: str
    follow: str = ""
    on: str = "desk"


PICTURES = (
    Picture("morning", "/admin/"),
    Picture("orders", "/admin/orders/order/"),
    Picture(
        "order",
        "/admin/orders/order/?status__exact=confirmed",
        follow=".result-list .field-order_number a",
        on="tall",
    ),
    Picture("parcels", "/admin/parcels/"),
    Picture("money", "/admin/money/"),
    Picture("stock", "/admin/stock/"),
    Picture("product", "/admin/products/", follow="table.listing tbody td.title a"),
    Picture("import", "/admin/imports/"),
    Picture("messages", "/admin/messages/broadcasts/new/"),
    Picture("words", "/admin/message-texts/", follow="table.listing tbody td.title a", on="tall"),
    Picture("report", "/admin/figures/days/"),
    Picture("invite", "/admin/staff/invite/"),
    Picture("phone", "/admin/", on="phone"),
)


def account(file: Path) -> tuple[str, str]:
    """Return user and password as `make run` wrote them down."""
    text = file.read_text()
    user, password = re.findall(r"^(?:user|password): (\S+)$", text, re.M)
    return user, password


def sign_in(page: Page, address: str, user: str, password: str) -> None:
    """Come in by the shop's own login."""
    page.goto(f"{address}/admin/")
    form = page.locator("form[action='/account/login/']")
    form.get_by_label("Email, phone or user name").fill(user)
    form.get_by_label("Password").fill(password)
    form.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/admin/")


def take(page: Page, address: str, picture: Picture) -> bytes:
    """Return one picture as WebP, small enough for a page of many."""
    page.set_viewport_size(SIZES[picture.on])
    page.goto(f"{address}{picture.path}")
    if picture.follow:
        page.locator(picture.follow).first.click()
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    if shot.width > WIDEST:
        height = shot.height * WIDEST // shot.width
        shot = shot.resize((WIDEST, height), Image.Resampling.LANCZOS)
    for quality in range(84, 20, -8):
        file = io.BytesIO()
        shot.save(file, "WEBP", quality=quality, method=6)
        if file.tell() < MOST_BYTES:
            break
    return file.getvalue()


def main(address: str, file: Path) -> None:
    """Take them all."""
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(reduced_motion="reduce")
        sign_in(page, address, *account(file))
        for picture in PICTURES:
            target = HERE / "images" / f"shopkeeper-{picture.name}.webp"
            target.write_bytes(take(page, address, picture))
            print(f"{target.stat().st_size:>7,} bytes  {target.relative_to(HERE)}")
        browser.close()


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        (given[0] if given else "http://127.0.0.1:8000").rstrip("/"),
        Path(given[1]) if len(given) > 1 else HERE.parent / "var" / "admin.txt",
    )
