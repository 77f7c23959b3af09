"""JSON-LD as a consumer extracts it, with what schema.org and Google's documentation ask for."""

import datetime
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail_factories import ImageFactory

from home.events import whereabouts
from home.models import SiteSettings
from tests.factories import (
    AgendaItemFactory,
    BoardPageFactory,
    ConferencePageFactory,
    ContentPageFactory,
    CorrectionFactory,
    InsightLibraryPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
    MunicipalityFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    PersonPageFactory,
    SeatFactory,
    TermFactory,
    TopicFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db

SECOND = datetime.timedelta(seconds=1)


def graph(client, url) -> dict[str, dict]:
    """Return the nodes of a page by their types, as a consumer of JSON-LD reads them."""
    html = client.get(url).content.decode()
    (script,) = BeautifulSoup(html, "html5lib").find_all("script", type="application/ld+json")
    document = json.loads(script.string)
    assert document["@context"] == "https://schema.org"
    return {node["@type"]: node for node in document["@graph"]}


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(parent=home_lv, title="Aktualitātes", slug="aktualitates")


@pytest.fixture
def board(home_lv):
    return BoardPageFactory(parent=ContentPageFactory(parent=home_lv, title="Par LPIA"))


def test_the_association_is_described_by_its_settings(client, home_lv, board, texts):
    settings = SiteSettings.objects.get_or_create(site_id=home_lv.get_site().pk)[0]
    settings.youtube_channel = "https://www.youtube.com/@lps"
    settings.social_links = [("link", {"name": "Facebook", "url": "https://facebook.com/lpia"})]
    settings.save()
    chair = PersonPageFactory(parent=board, title="Uģis F", email="u@example.org", phone="28382616")
    TermFactory(person=chair, role="chair")
    organization = graph(client, home_lv.url)["Organization"]
    assert organization["name"] == texts.name
    assert organization["alternateName"] == texts.short_name
    assert organization["parentOrganization"] == {
        "@type": "Organization",
        "name": texts.union_name,
        "url": texts.union_url,
    }
    assert organization["sameAs"] == ["https://www.youtube.com/@lps", "https://facebook.com/lpia"]
    (contact,) = organization["contactPoint"]
    assert contact["name"] == "Uģis F"
    assert contact["telephone"] == "+37128382616"
    assert client.get(organization["logo"]["url"]).headers["Content-Type"] == "image/png"


def test_the_website_offers_its_search_in_the_language_of_the_page(client, home_lv, home_en):
    for home, search in ((home_lv, "/lv/meklet/"), (home_en, "/en/search/")):
        website = graph(client, home.url)["WebSite"]
        template = website["potentialAction"]["target"]["urlTemplate"]
        assert template.endswith(f"{search}?q={{search_term_string}}")
        address = template.replace("{search_term_string}", "dati")
        assert client.get(address).status_code == 200
        assert website["inLanguage"] == home.locale.language_code


def test_breadcrumbs_lead_from_the_home_page_to_the_page_itself(client, home_lv, board):
    person = PersonPageFactory(parent=board, title="Anna")
    steps = graph(client, person.url)["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert [step["item"] for step in steps] == [
        page.full_url for page in (home_lv, board.get_parent(), board, person)
    ]


def test_an_article_says_who_published_it_when_and_what_was_corrected(client, index):
    page = NewsPageFactory(
        parent=index,
        title="Noturīga pilsēta",
        date=datetime.date(2022, 11, 16),
        topics=[TopicFactory(name="Gatavība krīzēm")],
        image=ImageFactory(file__width=1400, file__height=800),
        image_alt="Prāga",
    )
    CorrectionFactory(
        page=page, date=datetime.date(2022, 11, 20), text="<p>Labots <b>datums</b></p>"
    )
    nodes = graph(client, page.url)
    article = nodes["NewsArticle"]
    assert article["headline"] == "Noturīga pilsēta"
    assert article["datePublished"] == article["dateModified"] == "2022-11-16T00:00:00+02:00"
    assert article["author"] == article["publisher"] == {"@id": nodes["Organization"]["@id"]}
    assert article["inLanguage"] == "lv"
    assert article["articleSection"] == "Gatavība krīzēm"
    assert (article["image"]["width"], article["image"]["height"]) == (1200, 630)
    assert article["correction"] == [
        {"@type": "CorrectionComment", "datePublished": "2022-11-20", "text": "Labots datums"}
    ]
    assert nodes["WebPage"]["mainEntity"] == {"@id": article["@id"]}


def test_a_translation_names_its_original_and_the_original_its_translation(client, index):
    page = NewsPageFactory(parent=index, title="Ziņa")
    assert "workTranslation" not in graph(client, page.url)["NewsArticle"]
    translate(index, {"aktualitates": "news"})
    english = translate(page, {"Ziņa": "News"})
    source, target = (graph(client, url)["NewsArticle"] for url in (page.url, english.url))
    assert source["workTranslation"] == [{"@id": target["@id"]}]
    assert target["translationOfWork"] == {"@id": source["@id"]}
    assert target["inLanguage"] == "en"


def test_a_hostile_title_stays_within_its_script(client, index):
    title = 'Ziņa </script><script>alert(1)</script> <!-- & "\u2028'
    page = NewsPageFactory(parent=index, title=title, slug="zina")
    html = client.get(page.url).content.decode()
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    assert not set("<>&\u2028") & set(script)
    assert graph(client, page.url)["NewsArticle"]["headline"] == title


def test_a_member_of_the_board_has_an_office_and_a_workplace(client, board):
    person = PersonPageFactory(
        parent=board,
        title="Anna Bērziņa",
        position="izpilddirektore",
        municipality=MunicipalityFactory(name="Ķekavas novads", website="https://kekava.lv"),
        portrait=ImageFactory(),
        phone="28382616",
    )
    TermFactory(
        person=person,
        seat=SeatFactory(name="Pierīga"),
        role="deputy",
        starts_on=datetime.date(2021, 7, 1),
    )
    nodes = graph(client, person.url)
    node = nodes["Person"]
    assert nodes["ProfilePage"]["mainEntity"] == {"@id": node["@id"]}
    assert node["jobTitle"] == ["izpilddirektore", "Priekšsēdētāja vietniece"]
    assert node["worksFor"]["name"] == "Ķekavas novads"
    assert node["worksFor"]["url"] == "https://kekava.lv"
    assert node["memberOf"]["roleName"] == "Priekšsēdētāja vietniece, Pierīga"
    assert node["memberOf"]["startDate"] == "2021-07-01"
    assert node["memberOf"]["memberOf"] == {"@id": nodes["Organization"]["@id"]}
    assert node["telephone"] == "+37128382616"


@pytest.fixture
def meeting(home_lv):
    meetings = MeetingsPageFactory(parent=home_lv, title="Sanāksmes")
    meeting = MeetingPageFactory(
        parent=meetings,
        title="Oktobra sanāksme",
        starts_at=datetime.datetime(2025, 10, 8, 7, tzinfo=datetime.UTC),
        place="Tiešsaistē",
        recording="https://www.youtube.com/watch?v=demo-202510",
        duration=datetime.timedelta(hours=1, minutes=42, seconds=5),
        transcript="[00:00] Labrīt!\n[14:30] Par ceļiem.",
    )
    AgendaItemFactory(page=meeting, title="Ceļi", offset=870 * SECOND, sort_order=2)
    AgendaItemFactory(page=meeting, title="Atklāšana", offset=0 * SECOND, sort_order=1)
    AgendaItemFactory(page=meeting, title="Bez laika", sort_order=3)
    return meeting


def test_a_meeting_is_an_event_at_a_moment_of_riga(client, meeting):
    nodes = graph(client, meeting.url)
    event = nodes["Event"]
    assert event["startDate"] == "2025-10-08T10:00:00+03:00"
    assert event["endDate"] == "2025-10-08T11:42:05+03:00"
    assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert event["location"] == [{"@type": "VirtualLocation", "url": meeting.full_url}]
    assert event["organizer"] == {"@id": nodes["Organization"]["@id"]}
    assert event["recordedIn"] == {"@id": nodes["VideoObject"]["@id"]}


@pytest.mark.parametrize(
    ("place", "mode", "kinds"),
    [
        ("Online", "Online", ["VirtualLocation"]),
        ("Tiešsaistē (Zoom)", "Online", ["VirtualLocation"]),
        ("Rīga, LPS, un tiešsaistē", "Mixed", ["Place", "VirtualLocation"]),
        ("Valmiera, pils", "Offline", ["Place"]),
        ("", None, []),
    ],
)
def test_the_place_that_editors_write_tells_how_a_meeting_is_attended(place, mode, kinds):
    found, locations = whereabouts(place, "https://lpia.example/")
    assert found == (mode and f"https://schema.org/{mode}EventAttendanceMode")
    assert [location["@type"] for location in locations] == kinds


def test_a_recording_has_clips_that_lead_to_their_moment(client, meeting):
    video = graph(client, meeting.url)["VideoObject"]
    assert video["duration"] == "P0DT01H42M05S"
    assert video["uploadDate"] == "2025-10-08T10:00:00+03:00"
    assert video["embedUrl"] == meeting.embed_url
    assert video["transcript"] == "Labrīt! Par ceļiem."
    clips = [(clip["name"], clip["startOffset"], clip["endOffset"]) for clip in video["hasPart"]]
    assert clips == [("Atklāšana", 0, 870), ("Ceļi", 870, 6125)]
    html = client.get(video["hasPart"][1]["url"]).content.decode()
    assert f'data-embed="{meeting.embed_url}?start=870"' in html
    assert "watch?v=demo-202510&amp;t=870s" in html
    assert client.get(video["thumbnailUrl"]).headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("moment", ["", "abc", "-5", "99999999", "٣", "1.5"])
def test_a_moment_that_is_none_is_the_beginning(client, meeting, moment):
    html = client.get(meeting.url, {"t": moment}).content.decode()
    assert f'data-embed="{meeting.embed_url}"' in html


def test_a_meeting_to_come_has_no_end_and_no_recording(client, meeting):
    coming = MeetingPageFactory(
        parent=meeting.get_parent().specific,
        starts_at=timezone.now() + datetime.timedelta(days=3),
        place="Rīga",
    )
    nodes = graph(client, coming.url)
    assert "VideoObject" not in nodes
    assert "endDate" not in nodes["Event"]
    assert nodes["Event"]["location"][0]["name"] == "Rīga"


def test_lists_name_what_they_list(client, index, meeting):
    pages = NewsPageFactory.create_batch(15, parent=index)
    items = graph(client, f"{index.url}?page=2")["ItemList"]["itemListElement"]
    assert [item["url"] for item in items] == [page.full_url for page in pages[12:]]
    meetings = meeting.get_parent().url
    (item,) = graph(client, meetings)["ItemList"]["itemListElement"]
    assert item["url"] == meeting.full_url


def test_an_insight_is_a_work_of_its_own_within_the_library(client, home_lv):
    library = InsightLibraryPageFactory(parent=home_lv, title="Atziņas")
    conference = ConferencePageFactory(parent=library, insights=["Dati jāuzkrāj"], theme="Krīzes")
    permalink = f"{library.full_url}LPIA-A-2022-01/"
    insight = graph(client, permalink)["CreativeWork"]
    assert insight["identifier"] == "LPIA-A-2022-01"
    assert insight["text"] == "Dati jāuzkrāj"
    assert insight["dateCreated"] == "2022-11-16"
    assert insight["recordedAt"]["url"] == conference.full_url
    dataset = graph(client, library.url)["Dataset"]
    assert insight["isPartOf"] == {"@id": dataset["@id"]}
    for download in dataset["distribution"]:
        response = client.get(download["contentUrl"])
        assert response.headers["Content-Type"].startswith(download["encodingFormat"])
    event = graph(client, conference.url)["Event"]
    assert (event["startDate"], event["endDate"]) == ("2022-11-15", "2022-11-16")
    assert event["location"]["address"]["addressLocality"] == "Prāga"
    (item,) = graph(client, conference.url)["ItemList"]["itemListElement"]
    assert item["url"] == permalink


def test_a_search_and_an_error_have_no_structured_data(client, home_lv):
    for url in (reverse("search"), "/lv/nav/"):
        assert b"ld+json" not in client.get(url).content
