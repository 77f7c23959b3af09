"""What the checks find in the fields of a page, and what is kept of it."""

import pytest
from django.core.management import call_command
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from editorial.content_checks import WORDS_OF_A_SENTENCE, check
from editorial.models import Finding, InternalLink
from home.models import ContentPage
from tests import factories as make
from tests.translating import translate

pytestmark = pytest.mark.django_db

Kind = Finding.Kind


@pytest.fixture
def news(home_lv):
    return make.NewsIndexPageFactory(parent=home_lv)


@pytest.fixture
def picture():
    return Image.objects.create(title="IMG 2041", file=get_test_image_file())


def figure(picture, alternative="", decorative=False):
    own = Image.objects.get(pk=picture.pk)  # since its texts are written on the instance
    image = {"image": own, "alt_text": alternative, "decorative": decorative}
    return "figure", {"image": image, "caption": "", "credit": ""}


def found(page):
    findings, _links = check(page)
    return [(finding.kind, finding.excerpt) for finding in findings]


def article(news, *body, **fields):
    return make.NewsPageFactory(parent=news, body=list(body), **fields)


def text(html):
    return "text", html


def test_a_good_article_has_no_findings(news, picture):
    page = article(
        news,
        text("<p>Ievads.</p>"),
        ("heading", "Darba kārtība"),
        text('<h3>Rīts</h3><p>Skat. <a href="https://example.org/">programmu</a>.</p>'),
        figure(picture, "Dalībnieki pie pils"),
        image=picture,
        image_alt="Zāle",
    )
    assert found(page) == []


def test_an_image_needs_an_alternative_text_or_is_decorative(news, picture):
    page = article(news, figure(picture), figure(picture, decorative=True), image=picture)
    assert found(page) == [(Kind.PICTURE, "IMG 2041")] * 2
    page.image_is_decorative = True
    assert found(page) == [(Kind.PICTURE, "IMG 2041")]
    page.image_is_decorative, page.image_alt = False, "Zāle"
    assert found(page) == [(Kind.PICTURE, "IMG 2041")]


def test_a_small_heading_needs_a_section_above_it(news):
    page = article(
        news, text("<h3>Rīts</h3>"), ("heading", "Nodaļa"), text("<h3>Diena</h3><h3>Vakars</h3>")
    )
    assert found(page) == [(Kind.HEADING, "Rīts")]


@pytest.mark.parametrize(
    "words",
    ["šeit", "Spiediet šeit!", " Lasīt  vairāk… ", "„Saite“", "VAIRĀK", "Read more", "here."],
)
def test_a_link_that_says_nothing_is_found(news, words):
    page = article(news, text(f'<p><a href="https://example.org/">{words}</a></p>'))
    assert [kind for kind, _excerpt in found(page)] == [Kind.LINK]


@pytest.mark.parametrize("words", ["Šeit ir programma", "saites par tēmu", "Read more about Cēsis"])
def test_a_link_that_says_something_is_not(news, words):
    page = article(news, text(f'<p><a href="https://example.org/">{words}</a></p>'))
    assert found(page) == []


def test_links_of_corrections_are_read_as_well(news):
    page = article(news)
    make.CorrectionFactory(page=page, text='<p><a href="https://example.org/">te</a></p>')
    assert found(page) == [(Kind.LINK, "te")]


def test_a_page_needs_a_summary_but_a_person_and_an_article_with_a_lead(home_lv, news):
    page = make.ContentPageFactory(parent=home_lv)
    assert found(page) == [(Kind.SUMMARY, "")]
    page.summary = "Par asociāciju."
    assert found(page) == []
    board = make.BoardPageFactory(parent=page, summary="Valde")
    assert found(make.PersonPageFactory(parent=board)) == []
    assert found(article(news)) == []


def words(count):
    return " ".join(["Vārds", *["vārds"] * (count - 1)])


def test_a_long_sentence_is_found_on_the_easy_to_read_page_alone(home_lv, news):
    limit = WORDS_OF_A_SENTENCE
    html = f"<p>{words(limit)}. {words(limit)}! {words(limit + 1)}.</p>"
    page = make.EasyReadPageFactory(parent=home_lv, summary="Viegli", body=[text(html)])
    assert found(page) == [(Kind.SENTENCE, f"{words(limit + 1)}.")]
    assert found(article(news, text(html))) == []


def test_dates_lines_and_items_don_t_make_a_sentence_longer_or_shorter(home_lv):
    half = words(WORDS_OF_A_SENTENCE // 2 + 1)
    html = (
        f"<p>{half}<br/>{half}</p><ul><li>{half}<ul><li>{half}</li></ul></li><li>{half}</li></ul>"
    )
    page = make.EasyReadPageFactory(parent=home_lv, summary="Viegli", body=[text(html)])
    assert found(page) == []
    dated = f"Sapulce notika 2022. gada 16. novembrī un {words(WORDS_OF_A_SENTENCE - 5).lower()}."
    page.body = [text(f"<p>{dated}</p>")]
    assert found(page) == [(Kind.SENTENCE, dated)]


def test_english_sentences_are_told_apart_as_well(home_lv):
    page = make.EasyReadPageFactory(parent=home_lv, summary="Viegli", body=[text("<p>Viens.</p>")])
    translate(home_lv, {})
    short = "The Board has eight seats. Who leads LPIA? “The Board leads it.” It meets monthly!"
    long = (
        "The executive director, who works in a municipality, is the person that runs the daily "
        "work of all."
    )
    english = translate(page, {"Viens.": f"{short} {long}"})
    assert found(english) == [(Kind.SENTENCE, long)]


# What is kept


def publish(page):
    page.save_revision().publish()


def kept(page):
    return list(page.findings.values_list("kind", flat=True))


def test_findings_are_kept_from_publication_to_its_end(home_lv):
    page = make.ContentPageFactory(parent=home_lv, live=False)
    page.save_revision()
    assert kept(page) == []
    publish(page)
    assert kept(page) == [Kind.SUMMARY]
    page.summary = "Par asociāciju."
    page.save_revision()
    assert kept(page) == [Kind.SUMMARY]
    publish(page)
    assert kept(page) == []
    page.summary = ""
    publish(page)
    assert kept(page) == [Kind.SUMMARY]
    ContentPage.objects.get(pk=page.pk).unpublish()
    assert kept(page) == []


def test_the_command_checks_everything_anew(home_lv, capsys):
    page = make.ContentPageFactory(parent=home_lv)
    hidden = make.ContentPageFactory(parent=home_lv, live=False)
    Finding.objects.create(page=hidden, kind=Kind.LINK)
    Finding.objects.create(page=page, kind=Kind.LINK)
    call_command("check_content")
    assert (kept(page), kept(hidden)) == ([Kind.SUMMARY], [])
    assert f"{Finding.objects.count()} findings" in capsys.readouterr().out


# Broken links


def linked(news, target):
    kind = "document" if isinstance(target, Document) else "page"
    page = article(news, text(f'<p><a linktype="{kind}" id="{target.pk}">Programma</a></p>'))
    publish(page)
    return page


def broken():
    return list(InternalLink.objects.broken().values_list("page__title", "text"))


def test_a_link_breaks_when_its_page_is_unpublished_and_heals_when_it_is_back(home_lv, news):
    target = make.ContentPageFactory(parent=home_lv)
    page = linked(news, target)
    assert broken() == []
    target.unpublish()
    assert broken() == [(page.title, "Programma")]
    publish(target)
    assert broken() == []


def test_a_link_to_a_deleted_page_or_document_is_broken(home_lv, news):
    target = make.ContentPageFactory(parent=home_lv)
    document = Document.objects.create(title="Nolikums", file="nolikums.pdf")
    linked(news, target)
    linked(news, document)
    assert broken() == []
    target.delete()
    assert len(broken()) == 1
    document.delete()
    assert len(broken()) == 2


def test_a_link_of_an_english_page_leads_to_the_translation(home_lv, news):
    target = make.ContentPageFactory(parent=home_lv)
    page = linked(news, target)
    translate(news, {})
    translate(page, {})
    translate(target, {})
    english = target.get_translation(home_lv.get_translations().get().locale)
    english.unpublish()
    assert broken() == []  # the Latvian page is still there for both
    english.save_revision().publish()
    target.unpublish()  # which takes the translation down too
    assert len(broken()) == 2
