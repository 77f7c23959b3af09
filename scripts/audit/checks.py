"""What is checked on one page that a browser has loaded: WCAG 2.2 AA, as far as a program can tell.

Every check takes a Playwright page and returns findings. The page is loaded once; sizes, colour
schemes and text sizes change on the loaded page.
"""

import shutil
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

# The flags let Chromium run as root and keep it from looking for hosts of its maker.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {320: 640, 768: 1024, 1280: 900}  # CSS pixels: width and height; 320 is 1280 at 400 %
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe leaves this one out unless it is asked for by name.
RULES = {"target-size": {"enabled": True}}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# WCAG 2.2, 1.4.12 Text spacing.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"""
LARGE_TEXT = ":root { font-size: 200% !important }"  # 1.4.4 Resize text
CHANGES = {SPACING: "text spacing", LARGE_TEXT: "text at 200 %"}
NAMES = ("axe", "contrast", "overflow", "text", "focus", "structure", "links")
TABS = 400  # presses after which a walk that has not come round counts as a trap


def chromium() -> str | None:
    """Return the path of the browser that this machine has, or None."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@dataclass(frozen=True)
class Finding:
    """One failure: which check and rule, how bad (axe's words), a sentence, and where it is."""

    check: str
    rule: str
    help: str
    nodes: list[dict] = field(default_factory=list)  # {"target": CSS selector, "note": sentence}
    impact: str = "serious"
    where: str = ""  # the circumstances: "320 px, dark"

    def __str__(self):
        nodes = "".join(f"\n    {node['target']}  {node['note']}" for node in self.nodes)
        where = f" ({self.where})" if self.where else ""
        return f"{self.check}/{self.rule}{where}: {self.help}{nodes}"

    def as_dict(self):
        return asdict(self)


@cache
def axe_script() -> str:
    """axe-core as axe-playwright-python carries it (MPL 2.0)."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


@cache
def _measurements() -> str:
    return (Path(__file__).parent / "inpage.js").read_text("utf-8")


def prepare(context):
    """Give every page of a browser context axe and the measurements of inpage.js."""
    context.add_init_script(f"if (window === top) {{ {axe_script()} }}")
    context.add_init_script(f"if (window === top) {{ {_measurements()} }}")


# axe


def axe(page, rules=None, where="") -> tuple[list[Finding], list[Finding]]:
    """Return axe's violations, and what it leaves to a person ("incomplete")."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {"runOnly": only, "resultTypes": ["violations", "incomplete"]}
    if not rules:
        options["rules"] = RULES
    result = page.evaluate("options => audit.axe(options)", options)
    return tuple(
        [_from_axe(rule, where) for rule in result[kind]] for kind in ("violations", "incomplete")
    )


def _from_axe(rule, where):
    nodes = []
    for node in rule["nodes"]:
        reasons = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
        target = " ".join(str(part) for part in node["target"])
        nodes.append({"target": target, "note": "; ".join(reasons), "html": node["html"][:200]})
    return Finding("axe", rule["id"], rule["help"], nodes, rule["impact"] or "minor", where)


# Sizes and text


def set_width(page, width):
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})


@contextmanager
def styled(page, style):
    """Add a style sheet to the page for a while, as a visitor's own style sheet would."""
    page.evaluate(
        """style => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(style);
            document.adoptedStyleSheets.push(sheet);
        }""",
        style,
    )
    try:
        yield
    finally:
        page.evaluate("document.adoptedStyleSheets.pop()")


def _measured(page, function, check, rule, sentence, where="") -> list[Finding]:
    nodes = page.evaluate(f"audit.{function}()")
    return [Finding(check, rule, sentence, nodes, where=where)] if nodes else []


def overflow(page, where="") -> list[Finding]:
    """1.4.10 Reflow: nothing is wider than the window."""
    return _measured(
        page, "overflow", "overflow", "reflow", "The page scrolls sideways (WCAG 1.4.10)", where
    )


def texts(page, where="") -> list[Finding]:
    """No text is cut off by its box or lies over another text."""
    return _measured(page, "texts", "text", "text-loss", "Text is cut off or overlaps", where)


# Structure


def structure(page) -> list[Finding]:
    """One h1, no level of heading skipped, one banner, main and contentinfo; a title."""
    return _measured(
        page, "structure", "structure", "outline", "Headings and landmarks are in order"
    )


def controls(page, where="") -> list[Finding]:
    """1.4.11: edges of controls and icons stand out by 3 : 1."""
    return _measured(
        page, "controls", "contrast", "non-text-contrast", "Controls are visible (1.4.11)", where
    )


def anchors(page) -> list[Finding]:
    """Links within the page have a target."""
    return _measured(
        page, "brokenAnchors", "links", "anchor", "A link within the page leads nowhere"
    )


# Focus


def focus(page, where="") -> list[Finding]:
    """Press Tab through the page: every control is reached, in order, in sight and marked.

    WCAG 2.1.1, 2.1.2 (no trap), 2.4.3, 2.4.7, 2.4.11, and 3 : 1 for the mark (1.4.11).
    """
    number = page.evaluate("audit.startWalk()")
    for _ in range(min(number + 1, TABS)):
        page.keyboard.press("Tab")
    nodes = page.evaluate("audit.endWalk()")
    sentence = "Every control is reached by Tab, in order, in sight and marked"
    return [Finding("focus", "tab-order", sentence, nodes, where=where)] if nodes else []


# All of it


def look(page, width, open_questions=None, only=NAMES) -> list[Finding]:
    """Check what is on the screen now at a width, in light, dark and forced colours.

    ``open_questions`` is a list that takes what axe can't decide. Rules that do not look at colours
    give the same answer in light and dark, so in dark the others alone run.
    """
    findings, questions = [], [] if open_questions is None else open_questions
    # After a click the next page's elements are there before its stylesheet, and then everything
    # is too small.
    page.wait_for_load_state("load")
    set_width(page, width)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        where = f"{width} px, {scheme}"
        if "axe" in only:
            violations, incomplete = axe(page, COLOUR_RULES if scheme == "dark" else None, where)
            findings += violations
            questions += incomplete
        if "contrast" in only:
            findings += controls(page, where)
    # Without axe: it reads -webkit-text-fill-color, which keeps the colour that is not shown.
    page.emulate_media(forced_colors="active", color_scheme="light", reduced_motion="reduce")
    if "contrast" in only:
        findings += controls(page, f"{width} px, forced colours")
    page.emulate_media(forced_colors="none", color_scheme="light", reduced_motion="reduce")
    return findings + _room(page, f"{width} px", only)


def _room(page, where, only):
    """Check that everything has room in the window and in its box."""
    return (overflow(page, where) if "overflow" in only else []) + (
        texts(page, where) if "text" in only else []
    )


def examine(
    page, widths=tuple(WIDTHS), walks=(320, 1280), open_questions=None, only=NAMES
) -> list[Finding]:
    """Run the checks on a loaded page; ``walks`` are the widths at which Tab goes through it."""
    findings = []
    for width in widths:
        findings += look(page, width, open_questions, only)
        for style, sentence in CHANGES.items():
            with styled(page, style):
                findings += _room(page, f"{width} px, {sentence}", only)
        if width in walks and "focus" in only:
            findings += focus(page, f"{width} px")
    if "structure" in only:
        findings += structure(page)
    return findings + (anchors(page) if "links" in only else [])
