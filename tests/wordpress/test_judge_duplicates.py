"""Texts that stand twice in the old site: which one is the original, and what is no copy."""

from datetime import UTC, datetime, timedelta

import pytest

from news.wordpress.items import Item
from news.wordpress.judge import Corpus, judge, read_text
from news.wordpress.judge.fingerprints import Index, hashes, places_of, similarity, sketch

pytestmark = pytest.mark.once

TEXT = (
    "Klimata pārmaiņu finanšu instrumenta konkursā pašvaldības var saņemt atbalstu izglītības "
    "iestāžu ēku siltināšanai. Projektus pieņem līdz rudenim, un katra pašvaldība drīkst iesniegt "
    "divus pieteikumus. Par vērtēšanu atbild ministrija, bet līgumus slēdz fonds."
)
CORRECTED = TEXT.replace("divus", "trīs")
MEETING = (
    "Sēde notiks {day}. martā pulksten {day}.00 savienības zālē Mazajā Pils ielā. Darba kārtība un "
    "materiāli tiks izsūtīti locekļiem elektroniski, par dalību lūdzam paziņot sekretārei."
)
GREETING = "Lai gaišs Ziemassvētku prieks un mierīgs Jaunais gads katrā novadā un katrā mājā!"


def judged(*items):
    """Return the verdicts on items, each a title, a text and days after the first or None."""
    corpus, made = Corpus(), []
    for number, (title, text, days) in enumerate(items, 1):
        date = days is not None and datetime(2012, 5, 10, tzinfo=UTC) + timedelta(days=days)
        item = Item(number, title=title, content=text, date=date or None)
        made.append((item, read_text(text)))
        corpus.add(number, *made[-1])
    return [judge(item, page, corpus) for item, page in made]


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


def test_the_first_by_date_is_the_original_wherever_it_stands():
    later, earlier = judged(("Konkurss", TEXT, 3), ("Konkurss", f"<p>{TEXT}</p>", 0))
    assert codes(earlier) == [] and earlier.original is None
    assert codes(later) == ["duplicate"] and later.is_doubtful
    assert later.original == 2
    assert later.reasons[0].detail == "Konkurss"


def test_without_a_date_an_item_is_no_original():
    undated, dated = judged(("A", TEXT, None), ("B", TEXT, 0))
    assert codes(undated) == ["duplicate"]
    assert codes(dated) == []


def test_a_correction_waits_with_its_original_beside_it():
    first, second = judged(("Konkurss", TEXT, 0), ("Konkurss (precizēts)", CORRECTED, 4))
    assert codes(first) == []
    assert codes(second) == ["near_duplicate"] and second.is_doubtful
    assert second.original == 1


def test_all_copies_point_at_the_same_original():
    verdicts = judged(*[("Konkurss", TEXT, days) for days in (5, 3, 0, 1)])
    assert [verdict.original for verdict in verdicts] == [3, 3, None, 3]


def test_invitations_of_a_series_are_no_copies():
    verdicts = judged(
        *[(f"Sēde {day}. martā", MEETING.format(day=day), day) for day in (4, 11, 18)]
    )
    assert not any(verdict.is_doubtful for verdict in verdicts)


def test_a_greeting_may_come_every_year_but_not_twice_in_a_week():
    verdicts = judged(("Sveiciens", GREETING, 0), ("Sveiciens", GREETING, 365))
    assert not verdicts[1].is_doubtful and codes(verdicts[1]) == ["yearly"]
    assert judged(("Sveiciens", GREETING, 0), ("Sveiciens", GREETING, 6))[1].is_doubtful


def test_short_bodies_are_copies_only_under_the_same_title():
    one, other = judged(("Sēde martā", "Darba kārtība", 0), ("Sēde maijā", "Darba kārtība", 0))
    assert "duplicate" not in codes(one) + codes(other)


def test_pictures_and_links_are_part_of_what_an_item_says():
    pictures = [("Foto", f'<img src="/{name}.jpg">', 0) for name in "ab"]
    assert not any(verdict.reasons for verdict in judged(*pictures))


def test_a_draft_is_not_the_original_of_what_was_published():
    corpus = Corpus()
    draft = Item(1, status="draft", content=TEXT, date=datetime(2012, 1, 1, tzinfo=UTC))
    post = Item(2, title="Konkurss", content=TEXT, date=datetime(2012, 5, 1, tzinfo=UTC))
    for item in (draft, post):
        corpus.add(item.id, item, read_text(item.content))
    assert len(corpus) == 1
    assert judge(post, read_text(TEXT), corpus).reasons == []


def test_an_item_learned_twice_is_no_copy_of_itself():
    corpus, item = Corpus(), Item(7, title="Konkurss", content=TEXT)
    for _ in range(2):
        corpus.add(("lps.lv", 7), item, read_text(TEXT))
    assert judge(item, read_text(TEXT), corpus, key=("lps.lv", 7)).reasons == []


def test_mojibake_hides_no_copy():
    broken = TEXT.encode().decode("latin-1")
    assert codes(judged(("A", TEXT, 0), ("B", broken, 1))[1]) == ["duplicate"]


def test_similarity_is_about_the_share_of_triples_in_common():
    words = [f"w{number}" for number in range(1000)]
    half = words[:500] + [f"v{number}" for number in range(500)]
    first, second = hashes(words), hashes(half)
    exact = len(first & second) / len(first | second)
    assert similarity(sketch(first), sketch(first)) == 1
    assert similarity(sketch(first), sketch(second)) == pytest.approx(exact, abs=0.2)
    assert similarity([], []) == 0


def test_the_index_finds_the_like_among_many_and_never_offers_many():
    index = Index()
    texts = [hashes([f"w{number}-{place}" for place in range(60)]) for number in range(2000)]
    for number, hashed in enumerate(texts):
        index.add(places_of(hashed), number)
    found = [index.candidates(places_of(set(sorted(hashed)[:50]))) for hashed in texts]
    assert sum(number in candidates for number, candidates in enumerate(found)) > 1950
    assert max(map(len, found)) <= 12
