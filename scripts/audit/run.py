"""The audit itself: goes through the pages of a site and gathers what is wrong with each."""

import datetime
import re
from collections import defaultdict
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Error, sync_playwright

from . import checks, discover, outside
from .checks import Finding

# What is checked besides the looks of a page, in the order of the report.
NAMES = (*checks.NAMES, "status", "privacy", "headers", "html")
REQUIRED_HEADERS = (
    "content-security-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
)
SECONDS = 60  # that a page may take to load
SEARCH_FORMS = """[...document.querySelectorAll("form[role=search]")].map((form) =>
    [form.action.split("?")[0], form.querySelector("input[type=search]").name])"""


class Audit:
    """One run over a site. ``site`` is its address without a slash at its end."""

    def __init__(self, site, only=(), pages=0, with_lighthouse=False, tell=lambda *_: None):
        self.site = site.rstrip("/")
        self.only = set(only or NAMES)
        self.most_pages = pages
        self.with_lighthouse = with_lighthouse
        self.tell = tell  # called with (done, total, address)
        self.failures = []
        self.left_out = []  # what could not be checked, and why
        self.pages = {}  # HTML by address
        self.links = defaultdict(set)  # the pages that link to an address of the site
        self.foreign = []
        self.forms = set()  # of search: address and the name of the field
        self.title = ""

    @property
    def host(self):
        return urlsplit(self.site).netloc

    def fail(self, address, finding):
        self.failures.append({"url": address, **finding.as_dict()})

    def run(self) -> dict:
        """Audit the site and return the report; raises discover.Unreachable."""
        started = datetime.datetime.now(datetime.UTC)
        planned = discover.spread(discover.sitemap(self.site), self.most_pages)
        with self._browser() as context:
            self._visit_all(context, planned)
            if not self.most_pages:
                self._visit_all(context, self._further(planned))
                self._visit_all(context, discover.searches(sorted(self.forms), self.title))
            if "links" in self.only:
                self._follow_links(context)
        self._call_others()
        return {
            "tool": f"axe-core {axe_version()}",
            "site": self.site,
            "started": started.isoformat(timespec="seconds"),
            "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "is_complete": self.only == set(NAMES) and not self.most_pages,
            "pages": len(self.pages),
            "checks": len(self.pages) * len(self.only),
            "left_out": self.left_out,
            "addresses": list(self.pages),
            "failures": self.failures,
        }

    @contextmanager
    def _browser(self):
        chromium = checks.chromium()
        if not chromium:
            raise outside.Missing("Chromium is missing (Debian: apt-get install chromium)")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=checks.FLAGS)
            context = browser.new_context(locale="lv-LV", ignore_https_errors=True)
            context.set_default_navigation_timeout(SECONDS * 1000)
            context.route("**/*", self._route)
            checks.prepare(context)
            yield context
            browser.close()

    def _route(self, route):
        if urlsplit(route.request.url).netloc == self.host:
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    # Pages

    def _visit_all(self, context, addresses):
        page = context.new_page()
        for number, address in enumerate(addresses):
            self.tell(number, len(addresses), address)
            try:
                self._visit(page, address)
            except Error as error:  # a page that breaks is a finding, not the end of the audit
                self.fail(address, Finding("status", "broken", error.message.splitlines()[0]))
                page.close()
                page = context.new_page()
        page.close()

    def _visit(self, page, address):
        self.foreign.clear()
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(address, wait_until="networkidle")
        if answer.status == 404 and "<code>DEBUG = True</code>" in answer.text():
            self.left_out.append(f"{address}: with DEBUG Django shows a page of its own instead")
            return
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return  # data, which browsers show in their own way
        self.pages[address] = answer.text()
        expected = 404 if discover.NOT_THERE in address else 200
        if "status" in self.only and answer.status != expected:
            self.fail(address, Finding("status", f"http-{answer.status}", "The page is not there"))
        if "headers" in self.only:
            self._check_headers(address, answer.all_headers())
        for link in filter(self._is_own, page.evaluate("audit.links()")):
            self.links[link].add(address)
        self.forms.update(map(tuple, page.evaluate(SEARCH_FORMS)))
        self.title = self.title or page.title()
        for finding in checks.examine(page, only=self.only):
            self.fail(address, finding)
        if "privacy" in self.only:
            self._check_privacy(page, address)

    def _is_own(self, link):
        """Whether browsers open it here; other programs open webcal: for calendars."""
        parts = urlsplit(link)
        return parts.netloc == self.host and parts.scheme in ("http", "https")

    def _check_privacy(self, page, address):
        """Look at what happened until now: nobody has clicked or chosen anything."""
        if self.foreign:
            nodes = [{"target": request, "note": ""} for request in self.foreign]
            self.fail(address, Finding("privacy", "foreign-request", "Asks another host", nodes))
        if cookies := page.context.cookies():
            nodes = [{"target": cookie["name"], "note": ""} for cookie in cookies]
            self.fail(address, Finding("privacy", "cookie", "Sets a cookie", nodes))
            page.context.clear_cookies()

    def _check_headers(self, address, headers):
        missing = [name for name in REQUIRED_HEADERS if name not in headers]
        nodes = [{"target": name, "note": "is missing"} for name in missing]
        policy = headers.get("content-security-policy", "")
        nodes += [
            {"target": "content-security-policy", "note": word}
            for word in ("unsafe-inline", "unsafe-eval")
            if word in policy
        ]
        if nodes:
            self.fail(address, Finding("headers", "security", "Headers of security", nodes))

    # What the sitemap does not name

    def _further(self, planned):
        """Return an address of each further kind that pages link to, and some without a page."""
        is_page = re.compile(r"/(?:\?.*)?$")  # not a file, a feed or a download
        pages = [link for link in self.links if is_page.search(link) and "/feed/" not in link]
        pages = [link for link in pages if "format=" not in link]
        found = discover.one_of_each_kind(pages, known=planned)
        return [*found, *discover.missing_pages(planned)]

    def _follow_links(self, context):
        waiting = [link for link in self.links if link not in self.pages]
        for number, link in enumerate(waiting):
            self.tell(number, len(waiting), link)
            try:
                status = context.request.get(link, timeout=SECONDS * 1000).status
            except Error as error:
                status = error.message.splitlines()[0]
            if status == 200:
                continue
            nodes = [{"target": f'a[href="{link}"]', "note": f"answers {status}"}]
            for address in self.links[link]:
                self.fail(address, Finding("links", "broken", "A link leads nowhere", nodes))

    # Programs of others

    def _call_others(self):
        kinds = discover.one_of_each_kind(self.pages)
        if "html" in self.only:
            self._call("html", outside.html, self.pages)
        if "headers" in self.only and self.site.startswith("https:"):
            self._call("observatory", outside.observatory, kinds[:1])
        if self.with_lighthouse:
            self._call("lighthouse", outside.lighthouse, kinds)

    def _call(self, name, checker, subject):
        self.tell(0, 0, name)
        try:
            for address, finding in checker(subject):
                self.fail(address, finding)
        except outside.Missing as error:
            self.left_out.append(f"{name}: {error}")


def axe_version() -> str:
    return re.search(r"axe v([\d.]+)", checks.axe_script())[1]
