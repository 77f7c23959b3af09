"""Every page of the site: nothing is stored and nobody else is asked until a visitor acts."""

import re
from urllib.parse import parse_qs, urldefrag, urlsplit

import pytest
from wagtail.models import Locale, Page

from home.models import MeetingPage, MeetingsPage, SiteTexts

pytestmark = pytest.mark.once

YOUTUBE = "https://www.youtube-nocookie.com/"
DIALOG = "#video-settings"
HIDDEN_BY_SKIP = 2  # presses of Tab: the skip link, then the notice
# The addresses of one page, each with other parameters or another date, beyond which others are
# more of the same.
MOST_ALIKE = 2
DATE = re.compile(r"\d{4}/(\d\d/){1,2}$")
LINKS = """[...document.querySelectorAll("a[href], link[href], area[href]")]
    .map((link) => link.href)"""


class Crawl:
    """All addresses of the site that links lead to, from both home pages on.

    Of lists with filters, which have endless combinations, two addresses for each set of
    parameters; of the months and days of an archive a few.
    """

    def __init__(self, site):
        self.site = site
        self.todo = ["/lv/", "/en/", "/lv/nav-tadas-lapas/", "/en/meetings/none/"]
        self.known = set(self.todo)
        self.alike = {}

    def __iter__(self):
        while self.todo:
            yield self.todo.pop()

    def add(self, urls):
        for url in urls:
            parts = urlsplit(urldefrag(url).url)
            if f"{parts.scheme}://{parts.netloc}" != self.site:
                continue
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if path in self.known or not self._is_of_use(parts):
                continue
            self.known.add(path)
            self.todo.append(path)

    def _is_of_use(self, parts):
        date = DATE.search(parts.path)
        if not parts.query and not date:
            return True
        path = DATE.sub(str(len(date[0])), parts.path) if date else parts.path
        key = path, tuple(sorted(parse_qs(parts.query)))
        self.alike[key] = self.alike.get(key, 0) + 1
        return self.alike[key] <= MOST_ALIKE


def test_no_page_sets_a_cookie_asks_another_host_or_fails(page, site, foreign_requests):
    """Every page in the browser, with the notice; feeds and downloads by a plain request."""
    crawl, wrong, errors, shown = Crawl(site), [], [], 0
    page.on("response", lambda response: note_cookies(response.url, response.headers, wrong))
    page.on("pageerror", lambda error: errors.append((page.url, str(error))))
    page.on("console", lambda said: said.type == "error" and errors.append((page.url, said.text)))
    for path in crawl:
        if path.startswith(("/static/", "/media/", "/documents/")) or "/feed/" in path:
            answer = page.request.get(site + path)
            note_cookies(path, answer.headers, wrong)
            continue
        if is_download(path):
            note_cookies(path, page.request.get(site + path).headers, wrong)
            continue
        response = page.goto(site + path)
        if "html" not in response.headers["content-type"]:
            continue
        shown += 1
        is_none = "nav-tadas" in path or "none" in path
        assert response.status == (404 if is_none else 200), path
        assert page.locator("html").get_attribute("lang") == path.split("/")[1], path
        if is_none:
            errors.clear()  # the browser reports the status
        crawl.add(page.evaluate(LINKS))
    assert wrong == errors == []
    assert page.context.cookies() == []
    assert foreign_requests == []
    assert shown > 180


def note_cookies(url, headers, wrong):
    if "set-cookie" in headers:
        wrong.append(url)


def is_download(path) -> bool:
    return any(part in path for part in ("format=", ".ics", ".vcf", ".xml", ".json", ".csv"))


def test_after_refusing_no_page_does_either(page, site, foreign_requests):
    """One page of every type, and all with recordings, by somebody who has read and refused."""
    pages = Page.objects.live().public().filter(depth__gt=1).order_by("-path").specific()
    by_type = {(page.content_type_id, page.locale_id): page.url for page in pages}
    paths = [*by_type.values(), *(page.url for page in pages if isinstance(page, MeetingPage))]
    page.goto(f"{site}/lv/")
    for language in ("lv", "en"):
        page.goto(f"{site}/{language}/")
        page.locator(".notice button").click()
        page.locator(f"footer [data-dialog={DIALOG[1:]}]").click()
        page.locator("[data-always-play]").check()
        page.locator("[data-always-play]").uncheck()
        page.locator(DIALOG).get_by_role("button").click()
    for path in dict.fromkeys(paths):
        response = page.goto(site + path)
        assert "set-cookie" not in response.headers
        assert not page.locator(".notice").is_visible()
    assert page.context.cookies() == []
    assert foreign_requests == []


# Recordings


@pytest.fixture
def recording(site):
    """The address of a page with one recording, in English."""
    meeting = MeetingPage.objects.recorded().filter(locale__language_code="en").first()
    return site + meeting.url


def watched(page, foreign_requests):
    page.locator("iframe").last.wait_for(state="attached")
    page.wait_for_timeout(200)
    return [url for url in foreign_requests if url.startswith(YOUTUBE)]


def test_playing_once_asks_youtube_and_is_not_remembered(page, recording, foreign_requests):
    page.goto(recording)
    question = page.locator(".video-question")
    assert "youtube-nocookie.com" in question.inner_text()
    buttons = question.get_by_role("button")
    buttons.first.focus()
    page.keyboard.press("Enter")
    assert len(watched(page, foreign_requests)) == len(foreign_requests) == 1
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert not question.is_visible()
    foreign_requests.clear()
    page.reload(wait_until="networkidle")
    assert page.locator("iframe").count() == 0
    assert foreign_requests == []
    assert page.context.cookies() == []


def test_always_allowing_is_kept_and_can_be_taken_back(page, site, recording, foreign_requests):
    page.goto(recording)
    page.locator("[data-play=always]").click()
    assert watched(page, foreign_requests)
    page.reload()
    assert watched(page, foreign_requests)  # loaded, not started
    assert "autoplay=0" in page.locator("iframe").get_attribute("src")
    page.locator(".notice button").click()
    page.locator(f"footer [data-dialog={DIALOG[1:]}]").click()
    assert page.locator("[data-always-play]").is_checked()
    page.locator("[data-always-play]").uncheck()
    assert page.locator("iframe").count() == 0
    assert page.locator(".video-question").is_visible()
    foreign_requests.clear()
    page.reload(wait_until="networkidle")
    assert foreign_requests == []


def test_a_small_picture_asks_when_it_is_clicked(page, site, foreign_requests):
    list_page = MeetingsPage.objects.get(locale__language_code="lv")
    page.goto(site + list_page.url)
    first = page.locator(".video").first
    assert not first.locator(".video-question").is_visible()
    first.locator(".video-start").click()
    assert foreign_requests == []
    assert page.evaluate("document.activeElement.dataset.play") == "once"
    page.keyboard.press("Escape")
    assert not first.locator(".video-question").is_visible()
    moment = page.locator("[data-recording] [data-seconds]").nth(1)
    seconds = moment.get_attribute("data-seconds")
    moment.click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.play") == "always"
    page.keyboard.press("Enter")
    (url,) = watched(page, foreign_requests)
    assert f"start={seconds}" in url
    foreign_requests.clear()
    page.locator(".video-start").nth(1).click()  # from now on without a question
    assert watched(page, foreign_requests)


def test_without_a_script_a_recording_is_a_plain_link(browser, recording):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(recording)
    assert page.locator(".video-start").get_attribute("href").startswith("https://www.youtube.com/")
    assert not page.locator(".video-question").is_visible()
    assert page.locator(".notice").is_visible()
    assert not page.locator(".notice button").is_visible()
    context.close()


# The notice


def test_the_notice_comes_early_for_the_keyboard_and_stays_away_once_read(page, site):
    page.goto(f"{site}/lv/")
    notice = page.locator(".notice")
    for _press in range(HIDDEN_BY_SKIP):
        page.keyboard.press("Tab")
    assert notice.locator(":focus").count() == 1
    page.keyboard.press("Escape")
    assert not notice.is_visible()
    page.goto(f"{site}/lv/aktualitates/")
    assert not notice.is_visible()
    page.goto(f"{site}/en/")  # another text
    notice.get_by_role("button").click()
    for path in ("/lv/", "/en/"):
        page.goto(site + path)
        assert not notice.is_visible()


def test_another_text_is_another_notice_and_no_text_is_none(page, site):
    texts = SiteTexts.objects.get(locale=Locale.objects.get(language_code="lv"))
    text = texts.notice
    page.goto(f"{site}/lv/")
    page.locator(".notice button").click()
    try:
        SiteTexts.objects.filter(pk=texts.pk).update(notice=text + " Jauns.")
        page.reload()
        assert page.locator(".notice").is_visible()
        SiteTexts.objects.filter(pk=texts.pk).update(notice=" ")
        page.reload()
        assert page.locator(".notice").count() == 0
    finally:
        SiteTexts.objects.filter(pk=texts.pk).update(notice=text)


@pytest.mark.parametrize("size", [(390, 700), (1280, 800)], ids=["phone", "desktop"])
def test_the_notice_covers_nothing_that_has_the_focus(page, site, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/en/")
    page.locator(".notice.is-floating").wait_for()
    covered, places = [], 0
    while places < 200:
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
              const active = document.activeElement;
              if (!active || active === document.body) return null;
              if (active.closest(".notice")) return { name: "notice", gap: 0 };
              const top = document.querySelector(".notice").getBoundingClientRect().top;
              const name = active.innerText || active.outerHTML;
              return { name, gap: top - active.getBoundingClientRect().bottom };
            }"""
        )
        if place is None:
            break
        places += 1
        if place["gap"] < 0:
            covered.append(place)
    assert covered == []
    assert places > 30
