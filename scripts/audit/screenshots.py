"""Take the pictures of docs/pages.md: one page of each type, on a phone and on a desktop.

    python scripts/production.py -- python -m scripts.audit.screenshots
    python -m scripts.audit.screenshots http://127.0.0.1:8000

The site must hold the demo content and answer at the address (the argument, or SITE). Writes WebP
files into docs/screenshots/ and the page that shows them; what it wrote before is replaced.
"""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from .checks import FLAGS, chromium

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "screenshots"
# Window, longest picture and width of the file, in pixels.
DEVICES = {"desktop": ((1280, 900), 1800, 900), "phone": ((390, 844), 1800, 390)}
MOST_BYTES = 4_000_000

# Name of the file, type of the page, address, colour scheme.
PAGES = [
    ("home", "Home page", "/lv/", "light"),
    ("home-dark", "Home page, dark", "/lv/", "dark"),
    ("home-en", "Home page in English", "/en/", "light"),
    ("news", "News", "/lv/aktualitates/", "light"),
    ("archive", "Archive of a month", "/lv/aktualitates/2022/11/", "light"),
    (
        "article",
        "Article",
        "/lv/aktualitates/lpia-piedalas-starptautiskas-izpilddirektoru-asociacijas-"
        "7-eiropas-konference/",
        "light",
    ),
    ("library", "Insights library", "/lv/atzinas/", "light"),
    ("insight", "Insight", "/lv/atzinas/LPIA-A-2022-03/", "light"),
    ("conference", "Conference", "/lv/atzinas/praga-2022/", "light"),
    ("meetings", "Meetings", "/lv/sanaksmes/", "light"),
    ("meeting", "Meeting", "/lv/sanaksmes/2022-09-15/", "light"),
    ("about", "Page of text", "/lv/par-lpia/", "light"),
    ("goals", "Goals", "/lv/par-lpia/merki/", "light"),
    ("board", "Board", "/lv/par-lpia/valde/", "light"),
    ("person", "Person", "/lv/par-lpia/valde/ugis-fjodorovs/", "light"),
    ("municipalities", "Municipalities", "/lv/par-lpia/pasvaldibas/", "light"),
    ("form", "Form", "/lv/par-lpia/iestasanas/", "light"),
    ("contacts", "Contacts", "/lv/kontakti/", "light"),
    ("search", "Search", "/lv/meklet/?q=pašvaldību sadarbība", "light"),
    ("accessibility", "Accessibility statement", "/lv/pieklustamiba/", "light"),
    ("easy", "Easy to read", "/lv/viegli-lasit/", "light"),
    ("privacy", "Privacy", "/lv/privatums/", "light"),
    ("not-found", "Not found", "/lv/nav-sadas-lapas/", "light"),
]


def take(page, address, device):
    """Return the top of a page as WebP; everything that is loaded late is there."""
    (width, height), longest, file_width = DEVICES[device]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.querySelectorAll('img').forEach((img) => (img.loading = 'eager'))")
    # The notice floats over a window; over a whole page it would lie in the middle.
    page.evaluate("document.querySelector('[data-notice]')?.remove()")
    page.wait_for_function("Array.from(document.images).every((img) => img.complete)")
    page.wait_for_function("document.fonts.status === 'loaded'")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    picture = picture.crop((0, 0, width, min(picture.height, longest)))
    picture.thumbnail((file_width, longest), Image.Resampling.LANCZOS)
    output = io.BytesIO()
    picture.convert("RGB").save(output, "WEBP", quality=72, method=6)
    return output.getvalue()


def document():
    """Return docs/pages.md."""
    rows = [
        f'| {title} | <img src="screenshots/{name}-desktop.webp" width="600" '
        f'alt="{title}, desktop"> | <img src="screenshots/{name}-phone.webp" width="240" '
        f'alt="{title}, phone"> |'
        for name, title, _path, _scheme in PAGES
    ]
    return "\n".join(
        [
            "# The pages",
            "",
            "One page of each type with the demo content, cut below. Taken by",
            "`python scripts/production.py -- python -m scripts.audit.screenshots`.",
            "",
            "| page | desktop, 1280 pixels | phone, 390 pixels |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def main(site):
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(locale="lv-LV", timezone_id="Europe/Riga", reduced_motion="reduce")
        for name, _title, path, scheme in PAGES:
            page.emulate_media(color_scheme=scheme)
            for device in DEVICES:
                content = take(page, site + path, device)
                (FOLDER / f"{name}-{device}.webp").write_bytes(content)
        browser.close()
    (DOCS / "pages.md").write_text(document())
    total = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"{len(PAGES) * len(DEVICES)} pictures, {total // 1000} kB")
    if total > MOST_BYTES:
        sys.exit(f"That is more than {MOST_BYTES // 1000} kB.")


if __name__ == "__main__":
    site = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SITE")
    if not site:
        sys.exit("Give the address of the site.")
    main(site.rstrip("/"))
