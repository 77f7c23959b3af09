# ruff: noqa: E501 - each case on its line
"""What becomes of the HTML of old posts: each kind of mark-up, and whole posts as they were."""

import json

import pytest
from django.utils.html import strip_tags

from home.blocks import BodyBlock
from news.wordpress.conversion import convert
from tests.wordpress.old_site import FILES, OldSite

pytestmark = pytest.mark.once

VIDEO = "dQw4w9WgXcQ"
WATCH = f"https://www.youtube.com/watch?v={VIDEO}"


def converted(html):
    result = convert(html, OldSite(), "lps.lv 12")
    assert result.is_complete, result
    return result


def blocks(html):
    """Return kinds and values, the text of figures and players in short."""
    return [(block["type"], short(block)) for block in converted(html).blocks]


def short(block):
    value = block["value"]
    if block["type"] == "figure":
        return value["image"]["image"], value["caption"], value["image"]["alt_text"]
    if block["type"] == "video":
        return value["url"], value["title"]
    if block["type"] == "quote":
        return value["text"], value["attribution"]
    if block["type"] == "documents":
        return [item["value"] for item in value["documents"]]
    if block["type"] == "table":
        return value["data"]
    return value


def text(html):
    return [("text", html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # The classic editor
        ("Viens\n\nDivi\r\n\r\n\r\nTrīs", "<p>Viens</p><p>Divi</p><p>Trīs</p>"),
        ("Iela 1\nRīga\n", "<p>Iela 1<br/>Rīga</p>"),
        ("Viens<br />\nDivi<br /><br />Trīs", "<p>Viens<br/>Divi</p><p>Trīs</p>"),
        ("<p>Viens\ndivi</p>\n<p>Trīs</p>", "<p>Viens<br/>divi</p><p>Trīs</p>"),
        ("<ul>\n\t<li>a</li>\n\n\t<li>b</li>\n</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<b>Viens\n\nDivi</b> trīs", "<p><b>Viens</b></p><p><b>Divi</b> trīs</p>"),
        ("&nbsp;\n\n<p>&nbsp;</p><p></p>Viens&nbsp;&nbsp; &nbsp;divi<p><br></p>", "<p>Viens divi</p>"),
        # Fonts and styles go, emphasis stays
        ('<p style="text-align:justify" class="x"><font size=2 face=Arial>A</font></p>', "<p>A</p>"),
        ("<p>A <strong>b </strong>c<em>d</em></p>", "<p>A <b>b</b> c<i>d</i></p>"),
        ('<p>A <span style="font-weight: bold">b</span></p>', "<p>A <b>b</b></p>"),
        ('<b style="font-weight:normal"><p>A</p><p>B</p></b>', "<p>A</p><p>B</p>"),
        ("<p>A <b>b</b> <b>c</b></p>", "<p>A <b>b c</b></p>"),
        ("<p><b>A</b></p><p><b>B</b></p>", "<p>A</p><p>B</p>"),  # around everything
        ("<p><b>Darba kārtība</b></p><p>B</p>", "<p><b>Darba kārtība</b></p><p>B</p>"),
        ("<p><u>A</u> <small>b</small> <o:p>c</o:p></p>", "<p>A b c</p>"),
        ("<p>RĪGAS DOME</p>", "<p>RĪGAS DOME</p>"),
        ("<p>Paš&shy;val\u00addība\u200b</p>", "<p>Pašvaldība</p>"),
        ("<p>👨\u200d👩\u200d👧</p>", "<p>👨\u200d👩\u200d👧</p>"),
        ("<p>12 m<sup>2</sup>, H<sub>2</sub>O, 5<sup>th</sup></p>", "<p>12 m², H₂O, 5th</p>"),
        ('<p>Teksts<sup><a href="#_ftn1">[1]</a></sup></p>', "<p>Teksts[1]</p>"),
        ("<p>A &amp;nbsp;&amp;quot;b&amp;quot; R&amp;D</p>", '<p>A "b" R&amp;D</p>'),
        ("<p>1 < 2 & 3 > 2</p>", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("<p>Viņš <q>nē</q></p>", '<p>Viņš "nē"</p>'),
        # Lists
        ("<ol><li>a<ol><li>b</li></ol></li></ol>", "<ol><li>a<ol><li>b</li></ol></li></ol>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li><li> </li></ul>", "<ul><li>a<br/>b</li></ul>"),
        ('<ol start="3"><li>c</li><li>d</li></ol>', "<p>3. c</p><p>4. d</p>"),
        ('<ol type="a"><li>x</li></ol>', "<p>a. x</p>"),
        ("<ol reversed><li>x</li><li>y</li></ol>", "<p>2. x</p><p>1. y</p>"),
        ('<ol style="list-style-type: upper-roman" start="4"><li>x</li></ol>', "<p>IV. x</p>"),
        ("<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>"),
        ("<dl><dt>LPS</dt><dd>Savienība</dd></dl>", "<p><b>LPS</b></p><p>Savienība</p>"),
        # Blocks that hold nothing of their own
        ("<p>A</p><hr><p>B</p>", "<p>A</p><p>B</p>"),
        ("<center><div><section>A</section></div></center>", "<p>A</p>"),
        ("<p>A</p><details><summary>B</summary>C</details>", "<p>A</p><p>B</p><p>C</p>"),
        # Links
        ('<a href="/lapa/2">A</a>', '<p><a linktype="page" id="5">A</a></p>'),
        ('<a href="http://lps.lv/lapa/?p=3">A</a>', '<p><a linktype="page" id="5">A</a></p>'),
        ('<a href="../nolikums.pdf"> A </a>b', '<p><a linktype="document" id="9">A</a> b</p>'),
        ('<a href="mailto:a@b.lv">A</a>', '<p><a href="mailto:a@b.lv">A</a></p>'),
        ('<a href="tel:+371 6722">A</a>', '<p><a href="tel:+371%206722">A</a></p>'),
        ('<a href="#sakums">A</a> <a name="sakums">B</a>', "<p>A B</p>"),
        ('<a href="JavaScript:alert(1)">A</a>', "<p>A</p>"),
        ('<a href="java\nscript:alert(1)">A</a>', "<p>A</p>"),
        ('<a href="file:///C:/x.doc">A</a>', "<p>A</p>"),
        ('<a href="www.kase.gov.lv">A</a>', '<p><a href="http://www.kase.gov.lv">A</a></p>'),
        ('<a href="http://http://ks.no/?a=1&amp;b">A</a>',
         '<p><a href="http://ks.no/?a=1&amp;b">A</a></p>'),
        ('<a href="//ks.no">A</a>', '<p><a href="https://ks.no">A</a></p>'),
        ('<a href="/nav"><b>A</b></a>', '<p><a href="http://www.lps.lv/nav"><b>A</b></a></p>'),
        # Broken
        ("<p>A<b>b<i>c</p><p>d", "<p>A<b>b<i>c</i></b></p><p>d</p>"),
        ('<p>A <a href="/lapa>B</a> c</p>', '<p>A <a linktype="page" id="5">B</a> c</p>'),
        ("<body><p>A</p></body></html>B", "<p>A</p><p>B</p>"),
        ("A<!-- B <p>C</p>", "<p>A B</p><p>C</p>"),
        # Letters misread, then written as entities
        ("Pa&Aring;&iexcl;vald&Auml;&laquo;bu savien&Auml;&laquo;ba", "<p>Pašvaldību savienība</p>"),
        ("Pa&eth;vald&icirc;bu savien&icirc;ba, kur&acirc; piedal&icirc;sies", "<p>Pašvaldību savienība, kurā piedalīsies</p>"),
        ("&lt;b&gt; &amp;eacute; &#8211; &euro;", "<p>&lt;b&gt; &amp;eacute; – €</p>"),
        # Comments divide no words, and join none
        ("A\n\n<!--nextpage-->\n\nB", "<p>A</p><p>B</p>"),
        ("A\n\n<!-- x -->\n\nB <!-- y --> c", "<p>A</p><p>B c</p>"),
        ("<!-- wp:freeform -->\nA\n<!-- /wp:freeform -->\n\n<!-- wp:freeform -->\n<b>B</b>\n"
         "<!-- /wp:freeform -->", "<p>A</p><p><b>B</b></p>"),
        ("<!-- wp:x/y -->\nA\n<!-- /wp:x/y -->\n\n<!-- wp:x/y -->B<!-- /wp:x/y -->", "<p>A</p><p>B</p>"),
        # Reusable blocks, one within another
        ('A<!-- wp:block {"ref":1} /-->B', "<p>A</p><p>Viens</p><p>Divi</p><p>B</p>"),
        ("<p>A</p></div></div><p>B <a hre", "<p>A</p><p>B</p>"),
        ("A\x00B\x07C", "<p>ABC</p>"),
        # Shortcodes of plugins go, other brackets stay
        ("[vc_row][vc_column]A[/vc_column][/vc_row]", "<p>A</p>"),
        ('A [highlight color="red"]b[/highlight] c', "<p>A b c</p>"),
        ("A [1], [LPS] [foto: LETA] [pdf] [video]", "<p>A [1], [LPS] [foto: LETA] [pdf] [video]</p>"),
        ("Raksti [[gallery]]", "<p>Raksti [gallery]</p>"),
        # Players of elsewhere
        ("https://vimeo.com/1", '<p><a href="https://vimeo.com/1">https://vimeo.com/1</a></p>'),
        ('<iframe src="https://maps.example/?q=1" title="Karte"></iframe>',
         '<p><a href="https://maps.example/?q=1">Karte</a></p>'),
        ('[audio src="/zudis/a.wma"]', '<p><a href="http://www.lps.lv/zudis/a.wma">a.wma</a></p>'),
        # Buttons
        ('<div class="wp-block-button"><a class="wp-block-button__link" href="/lapa">Pieteikties</a></div>',
         '<p><a linktype="page" id="5">Pieteikties</a></p>'),
    ],
)  # fmt: skip
def test_text(html, expected):
    assert blocks(html) == text(expected)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>A</h1><p>b</p>", [("heading", "A"), ("text", "<p>b</p>")]),
        ("<h2>A</h2><h3>B</h3>", [("heading", "A"), ("text", "<h3>B</h3>")]),
        ("<h2>A</h2><h5>B</h5>", [("heading", "A"), ("text", "<h3>B</h3>")]),
        ("<h4>A</h4><h4>B</h4>", [("heading", "A"), ("heading", "B")]),
        ("<h3>A</h3><h4>B</h4>", [("heading", "A"), ("text", "<h3>B</h3>")]),
        ("<h3>A</h3><h2>B</h2><h3>C</h3>",
         [("heading", "A"), ("heading", "B"), ("text", "<h3>C</h3>")]),
        ("<h2><b>A</b><br>b</h2>", [("heading", "A b")]),
        ("<h2>&nbsp;</h2><p>a</p>", text("<p>a</p>")),
        ('<h2><a href="/lapa">A</a></h2>', text('<p><a linktype="page" id="5"><b>A</b></a></p>')),
        (f"<h2>{'Gara rinda. ' * 20}</h2>", text(f"<p>{('Gara rinda. ' * 20).strip()}</p>")),
    ],
)  # fmt: skip
def test_levels_of_headings(html, expected):
    assert blocks(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<blockquote>A<br>b</blockquote>", [("quote", ("A\nb", ""))]),
        ("<blockquote><p>A</p><p>b</p><cite>J. Bērziņš</cite></blockquote>",
         [("quote", ("A\nb", "J. Bērziņš"))]),
        ('<figure class="wp-block-pullquote"><blockquote><p>A</p><cite>B</cite></blockquote></figure>',
         [("quote", ("A", "B"))]),
        ('<blockquote>A <a href="/lapa">b</a><cite>C</cite></blockquote>',
         [("legacy", '<blockquote><p>A <a linktype="page" id="5">b</a></p><p>C</p></blockquote>')]),
        ("<blockquote><ul><li>a</li></ul></blockquote>", text("<ul><li>a</li></ul>")),
    ],
)  # fmt: skip
def test_quotations(html, expected):
    assert blocks(html) == expected


IMG = f'<img class="alignleft size-medium wp-image-12" src="{FILES}/a-300x200.jpg" alt="" />'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<img src="{FILES}/a.jpg" alt="Tilts pār Gauju">',
         [("figure", (7, "", "Tilts pār Gauju"))]),
        (IMG, [("figure", (7, "", "Apraksts 12"))]),  # of the attachment
        (f'<img src="{FILES}/a.jpg" alt="DSC_0042">', [("figure", (7, "", ""))]),
        (f"<p>{IMG}Teksts</p>", [("figure", (7, "", "Apraksts 12")), ("text", "<p>Teksts</p>")]),
        (f"<p>Teksts {IMG} vēl</p>",
         [("text", "<p>Teksts vēl</p>"), ("figure", (7, "", "Apraksts 12"))]),
        (f'[caption id="attachment_12" width="300"]<a href="{FILES}/a.jpg">{IMG}</a> Līgums[/caption]',
         [("figure", (7, "Līgums", "Apraksts 12"))]),
        (f'[caption id="attachment_12" caption="Vecs paraksts"]{IMG}[/caption]',
         [("figure", (7, "Vecs paraksts", "Apraksts 12"))]),
        (f'<div class="wp-caption">{IMG}<p class="wp-caption-text">Foto: <b>LETA</b></p></div>',
         [("figure", (7, "Foto: LETA", "Apraksts 12"))]),
        (f'<dl class="wp-caption"><dt>{IMG}</dt><dd class="wp-caption-dd">Zāle</dd></dl>',
         [("figure", (7, "Zāle", "Apraksts 12"))]),
        (f"<figure>{IMG}<figcaption>Zāle</figcaption></figure>",
         [("figure", (7, "Zāle", "Apraksts 12"))]),
        ('[caption]<img src="http://cits.lv/a.jpg"> Paraksts[/caption]', text("<p>Paraksts</p>")),
        ('[gallery ids="3,4"]',
         [("figure", (7, "Paraksts 3", "Apraksts 3")), ("figure", (7, "Paraksts 4", "Apraksts 4"))]),
        ("[gallery]",
         [("figure", (7, "Paraksts 1", "Apraksts 1")), ("figure", (7, "Paraksts 2", "Apraksts 2"))]),
        (f'<a href="/nolikums.pdf">{IMG}</a>',
         [("figure", (7, "", "Apraksts 12")),
          ("text", '<p><a linktype="document" id="9">nolikums.pdf</a></p>')]),
        ('<p>Jā <img class="wp-smiley" alt="🙂" src="x"></p>', text("<p>Jā 🙂</p>")),
        (f'<p><img src="data:image/gif;base64,AA" data-src="{FILES}/a.jpg" alt="Zāle">'
         f'<noscript><img src="{FILES}/a.jpg"></noscript></p>', [("figure", (7, "", "Zāle"))]),
        (f'<p>Skat. <a href="{FILES}/karte.jpg">karti</a>.</p>',
         [("text", "<p>Skat. karti.</p>"), ("figure", (7, "", ""))]),
        (f'<p><a href="{FILES}/a.jpg">{IMG} Palielināt</a></p>',
         [("figure", (7, "", "Apraksts 12")), ("text", "<p>Palielināt</p>")]),
        (f"<ul><li>a {IMG}</li></ul>",
         [("text", "<ul><li>a</li></ul>"), ("figure", (7, "", "Apraksts 12"))]),
    ],
)  # fmt: skip
def test_pictures(html, expected):
    assert blocks(html) == expected


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (f"https://youtu.be/{VIDEO}", "Ieraksts"),
        (f"<p>http://www.youtube.com/watch?v={VIDEO}&amp;feature=x</p>", "Ieraksts"),
        (f'<iframe src="//www.youtube.com/embed/{VIDEO}?rel=0" width="560"></iframe>', "Ieraksts"),
        (f'<iframe title="Sēde" src="https://www.youtube-nocookie.com/embed/{VIDEO}"></iframe>', "Sēde"),
        (f'<iframe title="YouTube video player" src="https://youtu.be/{VIDEO}"></iframe>', "Ieraksts"),
        (f'<object><param name="movie" value="http://www.youtube.com/v/{VIDEO}&hl=en&fs=1">'
         f'<embed src="http://www.youtube.com/v/{VIDEO}&hl=en"></object>', "Ieraksts"),
        (f"[youtube={WATCH}]", "Ieraksts"),
        (f"[youtube]{WATCH}[/youtube]", "Ieraksts"),
        (f'[youtube id="{VIDEO}"]', "Ieraksts"),
        (f'[embed width="1"]https://youtu.be/{VIDEO}[/embed]', "Ieraksts"),
        (f'<p><a href="https://youtu.be/{VIDEO}">Domes sēde</a></p>', "Domes sēde"),
        (f'<!-- wp:embed {{"url":"https://youtu.be/{VIDEO}"}} -->\n<figure class="wp-block-embed">'
         f'<div class="wp-block-embed__wrapper">\nhttps://youtu.be/{VIDEO}\n</div><figcaption>Sēde'
         "</figcaption></figure>\n<!-- /wp:embed -->", "Sēde"),
        (f'<!-- wp:core-embed/youtube {{"url":"{WATCH}"}} /-->', "Ieraksts"),
    ],
)  # fmt: skip
def test_recordings(html, title):
    assert blocks(html) == [("video", (WATCH, title))]


def test_a_link_to_a_recording_within_a_sentence_stays_a_link():
    link = f'<a href="https://youtu.be/{VIDEO}">ierakstu</a>'
    assert blocks(f"Skat. {link}.") == text(f"<p>Skat. {link}.</p>")
    assert blocks(f"<ul><li>{link}</li></ul>") == text(f"<ul><li>{link}</li></ul>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('[audio mp3="/uploads/a.mp3"][/audio]', [("documents", [9])]),
        ('<audio controls src="/uploads/a.mp3">Nav</audio>', [("documents", [9])]),
        ('<video><source src="/uploads/a.mp3"><a href="x">x</a></video>', [("documents", [9])]),
        ('<!-- wp:file {"id":3,"href":"/n.pdf"} --><div class="wp-block-file"><a href="/n.pdf">N</a>'
         '<a href="/n.pdf" class="wp-block-file__button" download>Lejupielādēt</a></div>'
         "<!-- /wp:file -->", text('<p><a linktype="document" id="9">N</a></p>')),
    ],
)  # fmt: skip
def test_files(html, expected):
    assert blocks(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<!-- wp:paragraph --><p>A\nb</p><!-- /wp:paragraph -->", text("<p>A b</p>")),
        ("Vecs\n\nteksts<!-- wp:separator --><hr/><!-- /wp:separator --><!-- wp:freeform -->a\nb"
         "<!-- /wp:freeform -->", text("<p>Vecs</p><p>teksts</p><p>a<br/>b</p>")),
        ('<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div><p>A</p></div>'
         "<!-- /wp:column --><!-- wp:column --><div><p>B</p></div><!-- /wp:column --></div>"
         "<!-- /wp:columns -->", text("<p>A</p><p>B</p>")),
        (f'<!-- wp:gallery {{"ids":[3]}} --><figure><ul><li><figure><img src="{FILES}/3.jpg" '
         'data-id="3"/><figcaption>C</figcaption></figure></li></ul></figure><!-- /wp:gallery -->',
         [("figure", (7, "C", "Apraksts 3"))]),
        ('<!-- wp:gallery {"ids":[3]} --><!-- /wp:gallery -->',
         [("figure", (7, "Paraksts 3", "Apraksts 3"))]),
        (f'<!-- wp:gallery --><figure><!-- wp:image {{"id":4}} --><figure><img class="wp-image-4" '
         f'src="{FILES}/4.jpg" alt="Z"/></figure><!-- /wp:image --><figcaption>Visi</figcaption>'
         "</figure><!-- /wp:gallery -->", [("figure", (7, "Visi", "Z"))]),
        (f'<!-- wp:media-text --><div><figure><img src="{FILES}/4.jpg" alt="Z"/></figure><div>'
         "<p>A</p></div></div><!-- /wp:media-text -->",
         [("figure", (7, "", "Z")), ("text", "<p>A</p>")]),
        (f'<!-- wp:cover {{"url":"{FILES}/4.jpg","id":4}} --><div style="background-image:url(x)">'
         "<p>A</p></div><!-- /wp:cover -->",
         [("figure", (7, "", "Apraksts 4")), ("text", "<p>A</p>")]),
        ('<!-- wp:list --><ul><!-- wp:list-item --><li>a<!-- wp:list --><ol><!-- wp:list-item -->'
         "<li>b</li><!-- /wp:list-item --></ol><!-- /wp:list --></li><!-- /wp:list-item --></ul>"
         "<!-- /wp:list -->", text("<ul><li>a<ol><li>b</li></ol></li></ul>")),
        ('<!-- wp:verse --><pre class="wp-block-verse">Pūt,\nvējiņi</pre><!-- /wp:verse -->',
         text("<p>Pūt,<br/>vējiņi</p>")),
        ('<!-- wp:table --><figure class="wp-block-table"><table><thead><tr><th>A</th><th>B</th></tr>'
         "</thead><tbody><tr><td>1</td><td>2</td></tr></tbody><tfoot><tr><td>K</td><td>3</td></tr>"
         "</tfoot></table><figcaption>Par</figcaption></figure><!-- /wp:table -->",
         [("table", [["A", "B"], ["1", "2"], ["K", "3"]])]),
        ("<!-- wp:shortcode -->[gallery ids='3']<!-- /wp:shortcode -->",
         [("figure", (7, "Paraksts 3", "Apraksts 3"))]),
        ("<!-- wp:html --><div>\n<b>A</b> b\n</div><!-- /wp:html -->", text("<p><b>A</b> b</p>")),
        ('<!-- wp:group {"a":{"b":"}"}} --><p>A</p><!-- /wp:x --><!-- wp:{ -->', text("<p>A</p>")),
    ],
)  # fmt: skip
def test_blocks_of_wordpress(html, expected):
    assert blocks(html) == expected


HEAD = "<tr><th>Gads</th><th>Summa</th></tr>"
ROW = "<tr><td>2012</td><td>5<br>EUR</td></tr>"


@pytest.mark.parametrize(
    ("html", "header", "column"),
    [
        (f"<table>{HEAD}{ROW}</table>", True, False),
        (f"<table><thead>{ROW}</thead>{ROW}</table>", True, False),
        ("<table><tr><td><b>A</b></td><td><b>B</b></td></tr><tr><td>1</td><td>2</td></tr></table>",
         True, False),
        (f"<table>{ROW}{ROW}</table>", False, False),
        ("<table><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr></table>", False, True),
        ("<table><tr><th></th><th>1</th></tr><tr><th>B</th><td>2</td></tr></table>", True, True),
    ],
)  # fmt: skip
def test_headers_of_tables(html, header, column):
    [block] = converted(html).blocks
    value = block["value"]
    assert (value["first_row_is_table_header"], value["first_col_is_header"]) == (header, column)
    choices = {(1, 1): "both", (1, 0): "row", (0, 1): "column", (0, 0): "neither"}
    assert value["table_header_choice"] == choices[header, column]


def test_a_table_has_text_in_full_rows_and_its_caption():
    html = f"<table><caption>Maksa <b>gadā</b></caption>{HEAD}{ROW}<tr><td>2013</td></tr></table>"
    [block] = converted(html).blocks
    assert block["value"]["table_caption"] == "Maksa gadā"
    assert block["value"]["data"] == [["Gads", "Summa"], ["2012", "5\nEUR"], ["2013", ""]]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<table><tr><td><p>A</p><p>B</p></td></tr></table>", "<p>A</p><p>B</p>"),
        ("<table><tr><td>A</td><td>B</td></tr></table>", "<p>A</p><p>B</p>"),
        ("<table><tr><td>A</td></tr><tr><td>B</td></tr></table>", "<p>A</p><p>B</p>"),
        (f"<table role=presentation>{ROW}{ROW}</table>",
         "<p>2012</p><p>5<br/>EUR</p><p>2012</p><p>5<br/>EUR</p>"),
    ],
)  # fmt: skip
def test_tables_that_only_laid_out_a_page_are_unwrapped(html, expected):
    assert blocks(html) == text(expected)


def test_a_table_in_a_table_that_laid_out_a_page_stays_a_table():
    html = f"<table><tr><td>A</td><td><table>{HEAD}{ROW}</table></td></tr></table>"
    assert [kind for kind, _value in blocks(html)] == ["text", "table"]


@pytest.mark.parametrize(
    ("html", "expected", "why"),
    [
        (f'<table>{HEAD}<tr><td colspan="2" style="x">Nav</td></tr></table>',
         '<table><thead><tr><th scope="col">Gads</th><th scope="col">Summa</th></tr></thead>'
         '<tbody><tr><td colspan="2">Nav</td></tr></tbody></table>', "merged"),
        (f'<table>{HEAD}<tr><td><a href="/lapa">A</a></td><td><ul><li>b</li></ul></td></tr></table>',
         '<table><thead><tr><th scope="col">Gads</th><th scope="col">Summa</th></tr></thead>'
         '<tbody><tr><td><a linktype="page" id="5">A</a></td><td><ul><li>b</li></ul></td></tr>'
         "</tbody></table>", "cells"),
        ("<pre>def f():\n    return &lt;b&gt;</pre>",
         "<pre>def f():\n    return &lt;b&gt;</pre>", "preformatted"),
        ("<p>Maksa <s>5</s> <b>7</b> EUR</p>", "<p>Maksa <s>5</s> <b>7</b> EUR</p>", "struck"),
    ],
)  # fmt: skip
def test_what_no_block_holds_is_kept_as_html(html, expected, why):
    result = converted(html)
    assert [(block["type"], block["value"]) for block in result.blocks] == [("legacy", expected)]
    assert result.legacy == [why]


def test_pictures_of_a_table_that_is_kept_follow_it():
    html = f"<table>{HEAD}<tr><td>{IMG}</td><td>A</td></tr></table>"
    assert [kind for kind, _value in blocks(html)] == ["legacy", "figure"]


@pytest.mark.parametrize(
    "style",
    [
        "display: none",
        "DISPLAY:NONE !important",
        "visibility:hidden",
        "font-size:0px",
        "font-size: 0",
        "font-size:1px",
        "position:absolute; left:-9999px",
        "text-indent:-2000px",
        "height:0; overflow:hidden",
        "opacity:0",
    ],
)
def test_hidden_text_goes_with_a_note_and_its_links_to_the_judge(style):
    html = f'<p>A</p><div style="{style}">lēti <a href="http://pills.example">pills</a></div>'
    result = converted(html)
    assert result.removed == [("hidden", "lēti pills")]
    assert result.links == [("http://pills.example", "pills")]
    assert [block["value"] for block in result.blocks] == ["<p>A</p>"]


@pytest.mark.parametrize(
    "style",
    ["font-size:0.9em", "font-size:1em", "font-size: 10px", "opacity:0.8", "left:-5px", "color:#fff",
     "margin-left:-100px", "height:0", "font-size:100%"],
)  # fmt: skip
def test_small_is_not_hidden(style):
    assert blocks(f'<p style="{style}">A</p>') == text("<p>A</p>")


@pytest.mark.parametrize(
    ("html", "code", "removed"),
    [
        ("<script>var a = '<p>b</p>';</script>", "script", "var a = '<p>b</p>';"),
        ("<style>p { color: red }</style>", "style", "p { color: red }"),
        ("[contact-form-7 id='1']", "shortcode", "[contact-form-7 id='1']"),
        ("<form><button>Sūtīt</button></form>", "control", "Sūtīt"),
        ('<iframe src="https://x.example">Nav</iframe>', "fallback", "Nav"),
        ("<xml><w:View>Normal</w:View></xml>", "office", "Normal"),
        ("/* Style Definitions */ table.MsoNormalTable {mso-style-name:x;}", "office",
         "/* Style Definitions */ table.MsoNormalTable {mso-style-name:x;}"),
        ("<svg><text>x</text></svg>", "drawing", "x"),
    ],
)  # fmt: skip
def test_what_is_no_text_of_the_post_is_removed_with_a_note(html, code, removed):
    assert converted(f"<p>A</p>{html}").removed == [(code, removed)]


def test_what_is_not_there_is_told():
    result = converted(
        f'<img src="{FILES}/zudis.jpg"><a href="/zudis.pdf">N</a> <a href="/cits/">C</a>'
        '<a href="http://ks.no/">KS</a> [gallery ids="95"]'
        '<img src="http://stat.example/x.gif" width="1" height="1"><!-- wp:latest-posts /-->'
    )
    assert result.missing == [
        f"{FILES}/zudis.jpg",
        "http://www.lps.lv/zudis.pdf",
        "?attachment_id=95",
    ]
    assert result.open_links == ["http://www.lps.lv/cits/"]
    assert result.links == [("http://ks.no/", "KS")]
    assert result.dropped == [
        ("block", "latest-posts"),
        ("tracking", "http://stat.example/x.gif"),
    ]


@pytest.mark.parametrize(
    ("number", "shown", "lost"),
    [(3, "<p>Trīs</p>", "block 3"), (404, "", "block 404"), (4, "", "block 40")],
)
def test_reusable_blocks_that_are_not_there_or_hold_themselves_are_told(number, shown, lost):
    result = converted(f'<!-- wp:block {{"ref":{number}}} /-->')
    assert "".join(block["value"] for block in result.blocks) == shown
    assert result.dropped[0] == ("block", lost) and len(result.dropped) < 200


def test_lists_pasted_out_of_word_are_lists():
    mark = "<!--[if !supportLists]--><span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp; </span></span><!--[endif]-->"
    entry = "<p class='MsoListParagraphCxSpMiddle' style='text-indent:-18pt'>{}{}</p>"
    marked = [("·", "budžets;"), ("\uf0b7", "<b>skolas</b>;"), ("o", "ceļi."), ("1.", "Pirmais")]
    html = "<p>Jautājumi:</p>" + "".join(entry.format(mark.format(m), t) for m, t in marked)
    assert blocks(html) == text(
        "<p>Jautājumi:</p><ul><li>budžets;</li><li><b>skolas</b>;</li><li>ceļi.</li></ul>"
        "<p>1. Pirmais</p>"
    )


def test_titles_of_tabs_are_headings():
    tabs = '[su_tabs][su_tab title="Viens &amp; divi"]A[/su_tab][su_tab title="Trīs"]B[/su_tab][/su_tabs]'
    assert blocks(tabs) == [
        ("heading", "Viens & divi"), ("text", "<p>A</p>"), ("heading", "Trīs"), ("text", "<p>B</p>"),
    ]  # fmt: skip


def test_the_caption_of_a_gallery_is_of_no_one_picture():
    picture = f'<figure class="wp-block-image"><img src="{FILES}/a.jpg"></figure>'
    caption = "<figcaption>Sanāksmes</figcaption>"
    html = f'<figure class="wp-block-gallery has-nested-images">{picture * 2}{caption}</figure>'
    assert blocks(html) == [("figure", (7, "", ""))] * 2 + text("<p>Sanāksmes</p>")


def test_the_text_before_more_is_the_lead():
    result = converted("<p>Viens <b>divi</b></p>\n<!--more Lasīt-->\n<p>Trīs</p>")
    assert result.lead == "Viens divi"
    assert short(result.blocks[0]) == "<p>Viens <b>divi</b></p><p>Trīs</p>"
    assert converted("<p>Viens</p>").lead == ""


def test_an_update_keeps_the_ids_of_blocks_in_their_place():
    before = converted("<p>A</p><h2>B</h2><p>C</p>").blocks
    after = converted("<p>A, labots</p><h2>B</h2><p>C</p><blockquote>D</blockquote>").blocks
    assert [block["id"] for block in after[:3]] == [block["id"] for block in before]
    assert len({block["id"] for block in after}) == 4
    other = convert("<p>A</p>", OldSite(), "lps.lv 13").blocks
    assert other[0]["id"] != before[0]["id"]


CLASSIC = f"""<p style="text-align: justify;"><strong>Latvijas Pašvaldību savienība decembrī sāk \
jaunu projektu.</strong></p>
<!--more-->
[caption id="attachment_12" align="alignright" width="300"]<a href="{FILES}/a.jpg"><img \
class="size-medium wp-image-12" src="{FILES}/a-300x200.jpg" alt="IMG_0042" width="300" \
height="200" /></a> Priekšsēdis paraksta līgumu[/caption]

<span style="font-size: small;"><span style="font-family: arial,helvetica;">Projekts ilgs līdz \
2016.&nbsp;gada jūnijam. Tajā notiks:</span></span>
<ul>
	<li>sistēmas modeļa izveide;</li>
	<li>deputātu un darbinieku <a href="http://lps.lv/lapa/apmacibas/">apmācības</a>.</li>
</ul>
&nbsp;

<h4><strong>Partneri</strong></h4>
KS (Norvēģija)
VRAA

Nolikums: <a href="/wp-content/uploads/nolikums.pdf" target="_blank">lejupielādēt</a>

<a href="javascript:history.back()">Atpakaļ</a>
<div style="display: none;"><a href="http://cheap.example/">Premium WordPress Themes</a></div>
"""


def test_a_post_of_the_classic_editor():
    result = converted(CLASSIC)
    assert [(block["type"], short(block)) for block in result.blocks] == [
        ("text", "<p><b>Latvijas Pašvaldību savienība decembrī sāk jaunu projektu.</b></p>"),
        ("figure", (7, "Priekšsēdis paraksta līgumu", "Apraksts 12")),
        ("text", "<p>Projekts ilgs līdz 2016. gada jūnijam. Tajā notiks:</p><ul><li>sistēmas modeļa "
         'izveide;</li><li>deputātu un darbinieku <a linktype="page" id="5">apmācības</a>.</li></ul>'),
        ("heading", "Partneri"),
        ("text", '<p>KS (Norvēģija)<br/>VRAA</p><p>Nolikums: <a linktype="document" id="9">'
         "lejupielādēt</a></p>"),
    ]  # fmt: skip
    assert result.lead == "Latvijas Pašvaldību savienība decembrī sāk jaunu projektu."
    assert ("hidden", "Premium WordPress Themes") in result.removed
    assert result.missing == result.open_links == result.legacy == []


def test_blocks_are_such_as_the_body_reads():
    """As the StreamField reads, renders and indexes them; no database is asked for text."""
    html = f"<h2>A</h2><p>B</p><blockquote>C</blockquote>c<table>{HEAD}{ROW}</table><pre>D</pre>"
    raw = json.loads(json.dumps(converted(f"{html}<p>z</p>").blocks))
    stream = BodyBlock().to_python(raw)
    assert [child.block_type for child in stream] == [
        "heading", "text", "quote", "text", "table", "legacy", "text",
    ]  # fmt: skip
    assert stream.get_prep_value() == raw
    words = " ".join(map(strip_tags, BodyBlock().get_searchable_content(stream)))
    assert all(word in words for word in ("A", "B", "C", "Gads", "2012", "D", "z"))
