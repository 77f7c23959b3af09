"""The demo content: complete in both languages, found on the pages, and safe to load again."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation

from demo.content import ENTRIES, TERMS
from demo.data import Block, Stream, texts
from demo.loader import stable_id
from home import retention
from home.models import EasyReadPage, MeetingPage
from news.models import NewsPage, Topic
from people.models import Municipality
from tests.demo.conftest import squeeze, visible_text
from translation.glossary import Glossary
from translation.models import Term

pytestmark = pytest.mark.usefixtures("db")

LANGUAGES = ("lv", "en")
BY_KEY = {stable_id(entry.key): entry for entry in ENTRIES}


def page_of(key, language):
    return Page.objects.get(translation_key=stable_id(key), locale__language_code=language)


def plain(text):
    return squeeze(re.sub(r"<[^>]+>", " ", text))


def texts_of_body(entry, index):
    """The texts of an entry's bodies in one language, without those that only machines read."""
    for value in entry.values.values():
        for block in value.blocks if isinstance(value, Stream) else ():
            value = block.value
            if block.kind == "figure":
                value = [value["caption"], value["credit"]]
            elif block.kind == "documents":
                value = [value["title"], [file.title for file in value["documents"]]]
            yield from (text[index] for text in texts(Block(block.kind, value)))


# Everything is there, in both languages


def test_every_page_answers_and_shows_its_content(shown):
    assert len(shown) > 140
    for page, (status, text) in shown.items():
        assert status == 200, page.url
        assert squeeze(page.title) in text or page.depth == 2, page.url
        entry = BY_KEY.get(page.translation_key)
        index = LANGUAGES.index(page.locale.language_code)
        for expected in texts_of_body(entry, index) if entry else ():
            assert plain(expected) in text, (page.url, expected)


def test_every_page_is_translated_and_none_is_an_alias():
    latvian = set(
        Page.objects.filter(locale__language_code="lv", depth__gt=1).values_list(
            "translation_key", flat=True
        )
    )
    english = Page.objects.filter(locale__language_code="en", depth__gt=1)
    assert latvian == set(english.values_list("translation_key", flat=True))
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert not Page.objects.filter(live=False, depth__gt=1).exists()


def test_no_text_is_left_untranslated():
    for translation in Translation.objects.all():
        total, translated = translation.get_progress()
        assert total == translated, translation.source.object_repr


def test_addresses_are_in_their_own_language():
    assert page_of("news", "lv").url.endswith("/lv/aktualitates/")
    assert page_of("news", "en").url.endswith("/en/news/")
    assert page_of("conference/prague-2022", "en").url.endswith("/en/insights/prague-2022/")
    assert page_of("board", "lv").url.endswith("/lv/par-lpia/valde/")
    assert page_of("joining", "en").url.endswith("/en/about/joining/")
    assert set(Topic.objects.filter(slug="crisis-readiness").values_list("name", flat=True)) == {
        "Crisis readiness"
    }


# The facts that the customer gave

FACTS = {
    ("goals", "lv"): """
        apvienot un organizēt pašvaldību izpildinstitūciju vadītājus | 1.1 | 1.2 | 1.3 | 1.4 | 1.5
        | attīstītu starppašvaldību kontaktus, sekmētu vispārējo sadarbību, pieredzes apmaiņu un
        pašvaldību attīstību | paaugstinātu dalībnieku kvalifikāciju
        | piedalītos LPS lēmumu izstrādē un izpildē | rūpētos par dalībnieku tiesisko aizsardzību
        | pārstāvētu LPIA dalībnieku intereses Eiropas Savienības, Eiropas Padomes un citās
        starptautiskajās pašvaldību izpildvadītāju intereses pārstāvošās institūcijās
        | LPIA dalībnieki ir pašvaldības – LPS biedri | pašvaldības pieteikumu
        | izpilddirektors un (vai) viņa vietnieks, kā arī pašvaldības deleģētas personas
    """,
    ("goals", "en"): """
        1.1 | 1.5 | exchange of experience | qualifications of members | decisions of LPS
        | legal protection of members | European Union | Council of Europe
        | municipalities that belong to LPS | executive director of the municipality and/or the
        deputy | persons whom the municipality delegates
    """,
    ("board", "lv"): """
        Vidzemes reģions | Uģis Fjodorovs | Madonas novads | Rīgas valstspilsēta | Jānis Lange
        | Valstspilsētas | Aldis Ābele | Ventspils | Valstspilsētas ar novadiem | Evija Voitkāne
        | Valmieras valstspilsēta un novads | Priekšsēdētāja vietniece | Pierīgas reģions
        | Jolanta Jansone | Ķekavas novads | Kurzemes reģions | Kristaps Osis | Saldus novads
        | Zemgales reģions | Agris Vilks | Dobeles novads | Latgales reģions | Sergejs Jakovļevs
        | Ludzas novads | Valdes priekšsēdētājs | izpilddirektors
    """,
    ("board", "en"): """
        Vidzeme region | Uģis Fjodorovs | Madona County | Riga State City | Jānis Lange
        | State cities | Aldis Ābele | Ventspils | State cities with counties | Evija Voitkāne
        | Valmiera State City and County | Deputy Chair | Pierīga region | Jolanta Jansone
        | Ķekava County | Kurzeme region | Kristaps Osis | Saldus County | Zemgale region
        | Agris Vilks | Dobele County | Latgale region | Sergejs Jakovļevs | Ludza County | Chair
        | executive director
    """,
    ("contacts", "lv"): """
        Uģis Fjodorovs | ugis.fjodorovs@madona.lv | 28382616 | Sniedze Sproģe | padomniece
        | sniedze.sproge@lps.lv | Latvijas Pašvaldību savienība
    """,
    ("contacts", "en"): """
        Uģis Fjodorovs | ugis.fjodorovs@madona.lv | 28382616 | Sniedze Sproģe | adviser
        | sniedze.sproge@lps.lv | Latvian Association of Local and Regional Governments
    """,
    ("meetings", "lv"): "LPS YouTube kanāla LPIA atskaņošanas sarakstā",
    ("meetings", "en"): "LPIA playlist of the LPS YouTube channel",
    (
        "news/lpia-piedalas-starptautiskas-izpilddirektoru-asociacijas-7-eiropas-konference",
        "lv",
    ): """
        LPIA piedalās Starptautiskās izpilddirektoru asociācijas 7. Eiropas konferencē
        | 15. un 16. novembrī | Prāgā | sociāliem, ekonomiskiem un militāriem satricinājumiem
        | dabas katastrofām | ēdiena izdales punkti | patvērums | infrastruktūru | brīvprātīgajiem
        | Ahmeds K. AbuLabans | Ramala | Izraēlas okupācijas | Noturīgo pilsētu tīkla
        | Gregors Frugalski-Sosnovics | par 5 % | kopīgus iepirkumus | Kristaps Ločs
        | Mārupes novada izpilddirektors | ikmēneša sanāksmes | Austrijas publiskās administrācijas
        pētījumu centrs | Rumānijas | Itālijas izpilddirektoru asociācijas | LPIA-A-2022-01
        | LPIA-A-2022-02 | LPIA-A-2022-03 | LPIA-A-2022-04 | LPIA-A-2022-05 | līdzīgas problēmas
        | enerģijas un inflācijas krīzes | sabalansētu budžetu | jauniem pakalpojumu sniegšanas
        modeļiem | mākslīgā intelekta elementus | proaktīvāk | mazināt riskus | Dati jāuzkrāj
    """,
    (
        "news/lpia-piedalas-starptautiskas-izpilddirektoru-asociacijas-7-eiropas-konference",
        "en",
    ): """
        7th European conference | 15 and 16 November 2022 | Prague | Ahmed K. AbuLaban | Ramallah
        | Resilient Cities Network | Gregor Frugalski-Sosnovics | 5% | joint procurement
        | Kristaps Ločs | Deputy Chair of LPIA and executive director of Mārupe County
        | monthly meetings | Austrian centre for public administration research | Romania | Italian
        | LPIA-A-2022-01 | LPIA-A-2022-05 | similar problems | energy and inflation crisis
        | balanced budget | artificial intelligence | Data must be accumulated
    """,
    ("news/lps-uzsak-norvegijas-finansu-instrumenta-projektu-lietpratiga-parvaldiba", "lv"): """
        LPS uzsāk darbu pie Norvēģijas finanšu instrumenta projekta – Lietpratīga pārvaldība un
        Latvijas pašvaldību veiktspējas uzlabošana | 2009.–2014. gada perioda
        | „Kapacitātes stiprināšana un institucionālā sadarbība starp Latvijas un Norvēģijas valsts
        institūcijām, vietējām un reģionālām iestādēm“ | no 2013. gada decembra līdz 2016. gada
        jūnijam | Polijas un Norvēģijas pieredzi | 63 pašvaldības | Latvijas Pašvaldību savienība
        | Norvēģijas Vietējo un reģionālo varas iestāžu asociācija | Valsts reģionālās attīstības
        aģentūra | KS | VRAA | „mācīties salīdzinot“ | pašvaldību stratēģiskās vadīšanas tīkls
        | pašvaldību sociālā darba un veselības aprūpes pieejamības nodrošināšanas tīkls
        | pašvaldību sabiedrisko pakalpojumu un mājokļu politikas tīkls
        | pašvaldību izglītības un kultūras tīkls | iedzīvotāju, apmeklētāju un uzņēmēju sektorā
        | sociālās drošības, sabiedrisko pakalpojumu un izglītības jomā | divas rokasgrāmatas
        | VARAM Investīciju un politikas departamenta direktore I. Ivaščenko un LPS priekšsēdis
        A. Jaunsleinis paraksta projekta līgumu
    """,
    ("news/lps-uzsak-norvegijas-finansu-instrumenta-projektu-lietpratiga-parvaldiba", "en"): """
        from December 2013 to June 2016 | Norwegian Financial Mechanism | 2009–2014
        | Poland and Norway | 63 municipalities | KS | VRAA | learning by comparing
        | residents, visitors and businesses | two handbooks | I. Ivaščenko | A. Jaunsleinis
    """,
}


@pytest.mark.parametrize(("key", "language"), FACTS)
def test_the_facts_of_the_seeds_are_on_the_site(shown, key, language):
    _status, text = shown[page_of(key, language).specific]
    missing = [fact for fact in squeeze(FACTS[key, language]).split(" | ") if fact not in text]
    assert not missing


def test_the_insights_of_prague_have_the_same_references_in_both_languages(client):
    for number in range(1, 6):
        for library in ("/lv/atzinas/", "/en/insights/"):
            response = client.get(f"{library}LPIA-A-2022-0{number}/")
            assert response.status_code == 200
            assert f"LPIA-A-2022-0{number}" in visible_text(response)


def test_the_board_of_the_conference_was_another(client):
    then = visible_text(client.get("/lv/par-lpia/valde/?date=2022-11-15"))
    assert "Kristaps Ločs" in then
    assert "Priekšsēdētāja vietnieks" in then
    assert "Jolanta Jansone" not in then
    assert "Kristaps Ločs" not in visible_text(client.get("/lv/par-lpia/valde/"))


def test_all_municipalities_of_today_stand_in_their_regions():
    for language in LANGUAGES:
        today = Municipality.objects.filter(locale__language_code=language)
        assert today.count() == 42
        assert today.filter(kind="state_city").count() == 7
        assert today.filter(kind="county_city").count() == 3
        sizes = [
            today.filter(region__name__startswith=name).count()
            for name in ("R", "V", "K", "Z", "L")
        ]
        assert sizes == [13, 7, 7, 6, 9]


# The content keeps the rules of the house


def test_latvian_and_english_typography():
    for entry in ENTRIES:
        for latvian, english in texts(entry):
            assert '"' not in latvian + english
            assert not re.search(r"\d %", latvian), latvian
            assert not set("”’") & set(latvian), latvian
            assert not set("„") & set(english), english
            assert " - " not in latvian + english, latvian


def test_easy_to_read_sentences_are_short():
    for page in EasyReadPage.objects.all():
        lines = re.findall(r"<(?:p|li)[^>]*>(.*?)</", str(page.body))
        assert len(lines) > 15
        for line in lines:
            assert len(line.split()) <= 10, line
            assert line.count(".") <= 1, line


def test_the_privacy_page_lists_everything_that_the_code_keeps(shown):
    for language in LANGUAGES:
        page = page_of("privacy", language).specific
        assert {record.kind for record in page.records.all()} == set(retention.kinds())
        _status, text = shown[page]
        with override(language):
            assert all(kind.period in text for kind in retention.kinds().values())


def test_the_statement_has_all_parts_of_the_model_statement(shown):
    for language in LANGUAGES:
        page = page_of("accessibility", language).specific
        parts = ("alternatives", "feedback", "enforcement", "prepared_on", "method")
        assert all(getattr(page, part) for part in parts)
        assert page.enforcement_bodies.count() == 2
        assert page.failures.filter(subject__isnull=False).exists()
        _status, text = shown[page]
        assert page_of("meetings", language).title in text


def test_agendas_ascend_and_end_before_the_recording():
    recorded = MeetingPage.objects.recorded().filter(locale__language_code="lv")
    assert len(recorded) >= 10
    for meeting in recorded:
        offsets = [item.offset for item in meeting.agenda.all()]
        assert offsets == sorted(offsets)
        assert offsets[-1] < meeting.duration, meeting.title


def test_two_meetings_are_to_come():
    assert MeetingPage.objects.upcoming().filter(locale__language_code="en").count() == 2


def test_articles_fill_an_archive_of_several_years():
    articles = NewsPage.objects.filter(locale__language_code="en")
    assert articles.count() > 20
    assert len(set(articles.dates("date", "year"))) >= 10
    assert all(article.topic_links.exists() for article in articles)
    for article in articles:
        assert timezone.localdate(article.first_published_at) == article.date


# Loading again


def fingerprint():
    return (
        list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision")),
        Revision.objects.count(),
        Topic.objects.count(),
        Municipality.objects.count(),
        Translation.objects.count(),
    )


def test_a_second_load_changes_nothing():
    before = fingerprint()
    call_command("load_demo", verbosity=0)
    assert fingerprint() == before


def test_what_an_editor_changed_stays_and_what_is_missing_comes_back():
    board = page_of("board", "en")
    board.title = "The Board"
    board.save()
    page_of("meeting/2022-12", "en").delete()
    page_of("meeting/2022-12", "lv").delete()
    call_command("load_demo", verbosity=0)
    assert page_of("board", "en").title == "The Board"
    assert page_of("meeting/2022-12", "en").live


def test_if_empty_leaves_a_site_with_pages_alone():
    page_of("meeting/2022-12", "en").delete()
    before = fingerprint()
    call_command("load_demo", "--if-empty", verbosity=0)
    assert fingerprint() == before


def test_meetings_to_come_follow_the_day_of_the_load():
    first = MeetingPage.objects.upcoming().first()
    days = timezone.localdate(first.starts_at) - timezone.localdate()
    assert days == datetime.timedelta(days=12)


# The glossary


def test_the_translations_keep_to_the_glossary():
    glossary, met = Glossary(), set()
    for entry in ENTRIES:
        values = {name: value for name, value in entry.values.items() if name != "slug"}
        for latvian, english in texts(values):
            for term in glossary.terms_in(plain(latvian)):
                met.add(term.source)
                for avoided in term.forbidden_variants:
                    pattern = rf"\b{re.escape(avoided)}\b"
                    assert not re.search(pattern, plain(english), re.IGNORECASE), (term, english)
    assert {"valde", "novads", "valstspilsēta", "atziņu krātuve"} <= met


def test_the_terms_are_whole_and_each_stands_once():
    assert Term.objects.count() == len(TERMS)
    for term in Term.objects.all():
        term.full_clean()
