"""An old site as the conversion sees it, and HTML such as authors, plugins and spammers leave."""

from hypothesis import strategies as st

FILES = "http://www.lps.lv/wp-content/uploads"


class OldSite:
    """Every upload is there as image 7 or document 9; own addresses with /lapa lead to page 5."""

    language = "lv"
    base = "http://www.lps.lv/zinas/2013/12/projekts/"

    def is_own(self, url):
        return url.startswith(("http://www.lps.lv", "http://lps.lv", "https://www.lps.lv"))

    def page(self, url):
        return 5 if "/lapa" in url else None

    def image(self, url, attachment=0):
        return 7 if "/uploads/" in url and "zudis" not in url else None

    def document(self, url, attachment=0):
        return 9 if url.endswith((".pdf", ".doc", ".mp3")) and "zudis" not in url else None

    def attachment(self, number):
        if number > 90:
            return None
        return f"{FILES}/{number}.jpg", "Nosaukums", f"Paraksts {number}", f"Apraksts {number}"

    def attached(self):
        return [1, 2]

    def reused(self, number):
        """Block 2 stands within block 1, block 3 within itself; block 4 is two of 5, and so on."""
        block = '<!-- wp:block {"ref":%d} /-->'
        blocks = {
            1: f"<!-- wp:paragraph -->\n<p>Viens</p>\n<!-- /wp:paragraph -->{block % 2}",
            2: "<p>Divi</p>",
            3: f"<p>Trīs</p>{block % 3}",
            **{number: f"{block % (number + 1)}" * 2 for number in range(4, 40)},
        }
        return blocks.get(number, "")


NAMES = (
    "p div span b strong i em u s a h1 h2 h3 h4 h6 ul ol li dl dt dd blockquote cite footer q "
    "table caption thead tbody tr td th pre code figure figcaption section center font sup sub "
    "del svg script style noscript iframe object embed audio video textarea button select option "
    "form title template o:p xml wp-p wp-more wp-caption wp-embed wp-gallery wp-cover wp-file "
    "wp-reused html body plaintext ins abbr small hr br img"
)
TAGS = NAMES.split()
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' style="display:none"',
        ' style="font-weight:bold"',
        ' style="font-weight:normal;font-style:italic"',
        ' class="wp-caption"',
        ' class="wp-caption-text"',
        ' class="wp-block-verse"',
        ' class="wp-block-file__button"',
        ' class="gallery-item"',
        ' class="emoji" alt="🙂"',
        ' class="MsoListParagraph"',
        ' href="http://spam.example/"',
        ' href="/lapa/"',
        ' href="x.pdf"',
        ' href="javascript:alert(1)"',
        ' src="/wp-content/uploads/a.jpg"',
        ' src="https://www.youtube.com/embed/dQw4w9WgXcQ"',
        ' src="zudis.mp3"',
        ' url="https://vimeo.com/1"',
        ' url="https://youtu.be/dQw4w9WgXcQ"',
        ' caption="Vecais paraksts"',
        ' colspan="2"',
        ' rowspan="3"',
        ' start="4"',
        ' type="a"',
        ' href="',
        " title='a",
        ' ids="1,2,95"',
        ' role="presentation"',
    ]
)
TEXTS = st.sampled_from(
    [
        "Teksts",
        "ā",
        " ",
        "\n\n",
        "\n",
        "&nbsp;&nbsp;",
        "&amp;nbsp;",
        "&lt;b&gt;",
        "&shy;",
        "a\u00adb\u200b",
        "m",
        "2",
        "½ ﬁ ²",
        "· ",
        "PaÅ&nbsp;&eth;",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://vimeo.com/123",
        "[gallery]",
        '[gallery ids="1,95"]',
        "[caption id='attachment_3' caption=\"Vecs\"]",
        "[/caption]",
        "[embed]https://youtu.be/dQw4w9WgXcQ[/embed]",
        "[embed]",
        "[/embed]",
        "[1]",
        "[[video]]",
        "[vc_row]",
        '[su_box title="x"]',
        "[/su_box]",
        "[audio src='/wp-content/uploads/a.mp3']",
        "<!--more-->",
        "<!--",
        "-->",
        '<!-- wp:gallery {"ids":[1,2]} -->',
        "<!-- /wp:gallery -->",
        '<!-- wp:embed {"url":"https://vimeo.com/9"} -->',
        "<!-- /wp:embed -->",
        '<!-- wp:file {"id":[3]} /-->',
        '<!-- wp:block {"ref":1} /-->',
        '<!-- wp:block {"ref":4} /-->',
        '<!-- wp:cover {"url":"/wp-content/uploads/a.jpg","id":4} -->',
        "<!-- wp:x {{{ -->",
        "Normal 0 false false MicrosoftInternetExplorer4",
        "\x00\x07\ud800\ufeff",
        "<",
        ">",
        "&",
        "&#x110000;",
        '"',
        "'",
    ]
)
OPENING = st.tuples(st.sampled_from(TAGS), ATTRIBUTES).map(lambda pair: f"<{pair[0]}{pair[1]}>")
CLOSING = st.sampled_from(TAGS).map("</{}>".format)
SOUP = st.lists(st.one_of(OPENING, OPENING, CLOSING, TEXTS, TEXTS), max_size=25).map("".join)
