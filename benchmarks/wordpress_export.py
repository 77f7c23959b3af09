"""An old WordPress site of any size, as WordPress exports it (WXR 1.2); the same in every run.

Posts of about 3,000 characters over thirteen years: until 2018 as its classic editor wrote them,
then in Gutenberg's blocks, of the words of ``synthetic``. Every tenth has a picture, whose file is
nowhere, and every post links to another: nine of ten to an earlier one, as people do. Three of a
hundred are junk.
"""

import datetime
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

HOST = "vecais.example"
FIRST_DAY, LAST_DAY = datetime.date(2009, 1, 5), datetime.date(2021, 12, 20)
BLOCKS_SINCE = 2019
FIRST_ID = 101  # a post every second number, in between its picture
WITH_PICTURE = 10  # every tenth post has one
LINKS_AHEAD = 10  # of every tenth post the link leads to a later one
JUNK = 3  # of a hundred posts
PARTS = 2.6  # articles of ``synthetic`` make a post: 3,000 characters
CATEGORIES = {
    "zinas": ("Ziņas", ""),
    "aktuali": ("Aktuāli", "zinas"),
    "viedokli": ("Viedokļi", "zinas"),
    "projekti": ("Projekti", ""),
    "norvegijas-projekts": ("Norvēģijas finanšu instruments", "projekti"),
    "komitejas": ("Komitejas", ""),
    "seminari": ("Semināri un mācības", ""),
    "bez-kategorijas": ("Bez kategorijas", ""),
}
TAGS = {
    "budzets": "budžets",
    "izglitiba": "izglītība",
    "veseliba": "veselība",
    "vide": "vide",
    "eiropa": "Eiropa",
    "attistiba": "attīstība",
}
HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/5.8" -->
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/">
<channel>
\t<title>Vecā vietne</title>
\t<link>http://{HOST}</link>
\t<description></description>
\t<pubDate>Mon, 20 Dec 2021 10:00:00 +0000</pubDate>
\t<language>lv-LV</language>
\t<wp:wxr_version>1.2</wp:wxr_version>
\t<wp:base_site_url>http://{HOST}</wp:base_site_url>
\t<wp:base_blog_url>http://{HOST}</wp:base_blog_url>
\t<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[redaktore]]></wp:author_login>\
<wp:author_display_name><![CDATA[Ilze Redaktore]]></wp:author_display_name></wp:author>
"""
SPAM = (
    "Cheap replica watches and online casino bonus",
    '<a href="http://cheap-pills.example/viagra">buy viagra online</a> best online casino '
    '<a href="http://casino-bonus.example/">casino bonus</a> free shipping payday loans',
)
MASHED = ("asdasdsadsadasd", "asdasdsadasdasdasd"), ("dsdsds", "sdsdsdsd"), ("qweqwe", "fghfghfgh")


class Post(NamedTuple):
    number: int
    title: str
    paragraphs: list[str]
    time: datetime.datetime
    categories: list[str]
    tags: list[str]
    picture: str  # its address without the ending, empty for none
    link: str

    @property
    def id(self) -> int:
        return FIRST_ID + 2 * self.number


class Archive:
    """An old site of so many posts. Django must be set up (see ``synthetic``)."""

    def __init__(self, posts: int):
        from synthetic import Author

        self.posts, self.author = posts, Author()

    def write(self, path: Path):
        """Write the export, an item at a time."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(HEAD)
            file.writelines(terms())
            for number in range(self.posts):
                file.writelines(self.items(number))
            file.write("</channel>\n</rss>\n")

    def items(self, number: int) -> Iterator[str]:
        """Yield the item of a post, after that of its picture."""
        if is_junk(number):
            title, content = SPAM if number % 2 else MASHED[number % len(MASHED)]
            yield item(number, self.time(number), title, content, ["bez-kategorijas"], [])
            return
        post = self.post(number)
        if post.picture:
            yield attachment(post)
        write = in_blocks if post.time.year >= BLOCKS_SINCE else classic
        meta = {"_thumbnail_id": str(post.id + 1)} if post.picture and number % 4 else {}
        yield item(
            number, post.time, post.title, write(post), post.categories, post.tags, meta=meta
        )

    def post(self, number: int) -> Post:
        chance = random.Random(number)
        texts = [self.author.write(3 * number + part) for part in range(3)]
        paragraphs = [paragraph for text in texts for paragraph in text.paragraphs]
        time = self.time(number)
        return Post(
            number=number,
            title=texts[0].title,
            paragraphs=paragraphs[: round(PARTS * len(texts[0].paragraphs))],
            time=time,
            categories=chance.sample(sorted(CATEGORIES), k=chance.randint(1, 2)),
            tags=chance.sample(sorted(TAGS), k=chance.randint(0, 3)),
            picture=picture_of(number, time) if number % WITH_PICTURE == 0 else "",
            link=self.address(self.linked(number, chance)),
        )

    def linked(self, number, chance) -> int:
        if number == 0 or (number % LINKS_AHEAD == 0 and number + 1 < self.posts):
            return chance.randrange(number, self.posts)
        return chance.randrange(number)

    def time(self, number) -> datetime.datetime:
        days = (LAST_DAY - FIRST_DAY).days * number // self.posts
        day = FIRST_DAY + datetime.timedelta(days=days)
        return datetime.datetime.combine(day, datetime.time(8 + number % 9, number % 60))

    def address(self, number) -> str:
        if number % 20 == 0:
            return f"http://{HOST}/?p={FIRST_ID + 2 * number}"
        return permalink(number, self.time(number))


def is_junk(number) -> bool:
    return number % 100 in range(50, 50 + JUNK)


def permalink(number, time) -> str:
    return f"http://{HOST}/{time:%Y/%m/%d}/{slug_of(number)}/"


def slug_of(number) -> str:
    return f"raksts-nr-{number}"


def picture_of(number, time) -> str:
    return f"http://{HOST}/wp-content/uploads/{time:%Y/%m}/foto-{number}"


# Items


def terms() -> Iterator[str]:
    for number, (slug, (name, parent)) in enumerate(CATEGORIES.items(), start=1):
        yield (
            f"\t<wp:category><wp:term_id>{number}</wp:term_id>"
            f"<wp:category_nicename><![CDATA[{slug}]]></wp:category_nicename>"
            f"<wp:category_parent><![CDATA[{parent}]]></wp:category_parent>"
            f"<wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>\n"
        )
    for number, (slug, name) in enumerate(TAGS.items(), start=100):
        yield (
            f"\t<wp:tag><wp:term_id>{number}</wp:term_id>"
            f"<wp:tag_slug><![CDATA[{slug}]]></wp:tag_slug>"
            f"<wp:tag_name><![CDATA[{name}]]></wp:tag_name></wp:tag>\n"
        )


def item(number, time, title, content, categories, tags, meta=None) -> str:
    named = [("category", slug, CATEGORIES[slug][0]) for slug in categories]
    named += [("post_tag", slug, TAGS[slug]) for slug in tags]
    key = FIRST_ID + 2 * number
    return record(
        key, "post", "publish", title, slug_of(number), time, permalink(number, time),
        content=content, terms=named, meta={"_edit_last": "1"} | (meta or {}),
    )  # fmt: skip


def attachment(post: Post) -> str:
    link = f"{permalink(post.number, post.time)}foto-{post.number}/"
    return record(
        post.id + 1, "attachment", "inherit", f"foto-{post.number}", f"foto-{post.number}",
        post.time, link, excerpt=post.title, parent=post.id, file=f"{post.picture}.jpg",
        meta={"_wp_attached_file": f"{post.time:%Y/%m}/foto-{post.number}.jpg",
              "_wp_attachment_image_alt": post.title},
    )  # fmt: skip


def record(
    key, kind, status, title, slug, time, link, content="", excerpt="", parent=0, file="",
    terms=(), meta=None,
) -> str:  # fmt: skip
    universal = time - datetime.timedelta(hours=2)
    lines = [
        f"<title>{escape(title)}</title>",
        f"<link>{link}</link>",
        f"<pubDate>{universal:%a, %d %b %Y %H:%M:%S} +0000</pubDate>",
        "<dc:creator><![CDATA[redaktore]]></dc:creator>",
        f'<guid isPermaLink="false">http://{HOST}/?p={key}</guid>',
        "<description></description>",
        f"<content:encoded><![CDATA[{content}]]></content:encoded>",
        f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>",
        f"<wp:post_id>{key}</wp:post_id>",
        f"<wp:post_date><![CDATA[{time}]]></wp:post_date>",
        f"<wp:post_date_gmt><![CDATA[{universal}]]></wp:post_date_gmt>",
        f"<wp:post_modified><![CDATA[{time}]]></wp:post_modified>",
        f"<wp:post_modified_gmt><![CDATA[{universal}]]></wp:post_modified_gmt>",
        "<wp:comment_status><![CDATA[closed]]></wp:comment_status>",
        "<wp:ping_status><![CDATA[closed]]></wp:ping_status>",
        f"<wp:post_name><![CDATA[{slug}]]></wp:post_name>",
        f"<wp:status><![CDATA[{status}]]></wp:status>",
        f"<wp:post_parent>{parent}</wp:post_parent>",
        "<wp:menu_order>0</wp:menu_order>",
        f"<wp:post_type><![CDATA[{kind}]]></wp:post_type>",
        "<wp:post_password><![CDATA[]]></wp:post_password>",
        "<wp:is_sticky>0</wp:is_sticky>",
    ]
    if file:
        lines.append(f"<wp:attachment_url><![CDATA[{file}]]></wp:attachment_url>")
    lines += [
        f'<category domain="{domain}" nicename="{nicename}"><![CDATA[{name}]]></category>'
        for domain, nicename, name in terms
    ]
    lines += [
        f"<wp:postmeta><wp:meta_key><![CDATA[{name}]]></wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        for name, value in (meta or {}).items()
    ]
    inside = "\n".join(f"\t\t{line}" for line in lines)
    return f"\t<item>\n{inside}\n\t</item>\n"


# Contents


def classic(post: Post) -> str:
    """Return a post as the classic editor keeps it: without paragraphs, with what Word left."""
    first, second, third, *rest = post.paragraphs
    parts = [f"<strong>{first}</strong>", with_link(second, post.link)]
    if post.picture:
        parts.append(
            f'[caption id="attachment_{post.id + 1}" align="alignleft" width="300"]'
            f'<a href="{post.picture}.jpg"><img class="size-medium wp-image-{post.id + 1}" '
            f'src="{post.picture}-300x200.jpg" alt="" width="300" height="200" /></a> '
            f"{post.title}[/caption]"
        )
    parts += [
        "<!--more-->",
        f'<p style="text-align: justify;"><span style="font-family: Arial;">{third}</span></p>',
        "&nbsp;",
        f"<strong>{post.title}</strong>",
        *rest,
    ]
    items = "".join(f"\t<li>{sentence}</li>\n" for sentence in first.split(". "))
    return "\n\n".join([*parts, f"<ul>\n{items}</ul>"])


def in_blocks(post: Post) -> str:
    """Return a post as Gutenberg keeps it."""
    first, second, third, *rest = post.paragraphs
    parts = [paragraph(f"<strong>{first}</strong>"), paragraph(with_link(second, post.link))]
    if post.picture:
        parts.append(
            f'<!-- wp:image {{"id":{post.id + 1},"sizeSlug":"large"}} -->\n'
            f'<figure class="wp-block-image size-large"><img src="{post.picture}-1024x683.jpg" '
            f'alt="" class="wp-image-{post.id + 1}"/><figcaption>{post.title}</figcaption>'
            "</figure>\n<!-- /wp:image -->"
        )
    items = "".join(f"<li>{sentence}</li>" for sentence in first.split(". "))
    parts += [
        f"<!-- wp:heading -->\n<h2>{post.title}</h2>\n<!-- /wp:heading -->",
        paragraph(third),
        *map(paragraph, rest),
        f"<!-- wp:list -->\n<ul>{items}</ul>\n<!-- /wp:list -->",
    ]
    return "\n\n".join(parts)


def with_link(text, address) -> str:
    words = text.split(" ")
    link = f'<a href="{address}">{" ".join(words[6:9])}</a>'
    return " ".join([*words[:6], link, *words[9:]])


def paragraph(text) -> str:
    return f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->"
