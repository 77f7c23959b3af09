"""What a page costs that the page cache answers, beside an empty view of the same site.

    python benchmarks/page_cache.py [--seconds 2]

Both are called in one process as a web server calls them (WSGI), the empty view behind all the
middleware of the site; microseconds of the processor a request. The database is made for it and
removed. Prints Markdown.
"""

import argparse
import io
import time
import tracemalloc

import bench

PATHS = ("/lv/", "/lv/jaunumi/", "/lv/jaunumi/raksts-1/")


def write_pages():
    from home.models import HomePage
    from news.models import NewsIndexPage, NewsPage
    from synthetic import Author

    author = Author()
    home = HomePage.objects.get(locale__language_code="lv")
    index = home.add_child(
        instance=NewsIndexPage(title="Jaunumi", slug="jaunumi", locale=home.locale)
    )
    for number in range(12):
        text = author.write(number)
        body = [("text", f"<p>{paragraph}</p>") for paragraph in text.paragraphs]
        fields = {"title": text.title, "lead": text.lead, "date": text.date, "body": body}
        index.add_child(instance=NewsPage(slug=f"raksts-{number}", locale=home.locale, **fields))


def environ(path, **headers):
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd",
        "HTTP_ACCEPT_LANGUAGE": "lv,en;q=0.7",
        "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "REMOTE_ADDR": "192.0.2.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    } | headers


def ask(application, request):
    started = []
    body = application(dict(request), lambda status, headers, *rest: started.append(status))
    content = b"".join(body)
    getattr(body, "close", lambda: None)()
    return started[0], content


def cost(application, request, seconds) -> float:
    """Return microseconds of the processor a request."""
    for _ in range(20):
        ask(application, request)
    number, begun, end = 0, time.process_time(), time.monotonic() + seconds
    while time.monotonic() < end:
        for _ in range(20):
            ask(application, request)
        number += 20
    return (time.process_time() - begun) / number * 1e6


def add_empty_view():
    from django.http import HttpResponse
    from django.urls import clear_url_caches, path

    from config import urls

    urls.urlpatterns.insert(0, path("empty/", lambda request: HttpResponse("")))
    clear_url_caches()


def memory_per_entry(memory, entry, number=500) -> tuple[float, int]:
    """Return the bytes that an entry takes with its encodings, and what the store counts for it."""
    from pagecache.entries import Entry

    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for each in range(number):
        copy = Entry.load(entry.dump())
        copy.variant("br"), copy.variant("gzip"), copy.variant("")
        memory.put(("http", "localhost", "", f"/{each}/"), "", copy, frozenset())
    taken = (tracemalloc.get_traced_memory()[0] - before) / number
    tracemalloc.stop()
    return taken, entry.cost


def measure(seconds):
    """Print the figures (for ``bench.run``)."""
    from django.core.wsgi import get_wsgi_application

    from pagecache import generation
    from pagecache.application import PageCache
    from pagecache.memory import Memory

    write_pages()
    add_empty_view()
    django = get_wsgi_application()
    cached = PageCache(django, Memory(2**26))
    empty = cost(django, environ("/empty/"), seconds)
    print(bench.heading("request", "processor, µs", "of an empty view"))
    print(bench.row("empty view behind the middleware", f"{empty:.0f}", "1.00"))
    for path in PATHS:
        status, body = ask(cached, environ(path))
        assert status == "200 OK", (path, status)  # noqa: S101
        spent = cost(cached, environ(path), seconds)
        name = f"{path}, {len(body) / 1000:.1f} kB br"
        print(bench.row(name, f"{spent:.0f}", f"{spent / empty:.2f}"))
    entry = cached.memory.get(("http", "localhost", "", "/lv/"), "")
    request = environ("/lv/", HTTP_IF_NONE_MATCH=entry.variant("br").etag)
    spent = cost(cached, request, seconds)
    print(bench.row("/lv/, 304", f"{spent:.0f}", f"{spent / empty:.2f}"))
    spent = cost(cached, environ("/lv/", QUERY_STRING="utm_source=a&utm_medium=b"), seconds)
    print(bench.row("/lv/ with unknown parameters", f"{spent:.0f}", f"{spent / empty:.2f}"))
    taken, counted = memory_per_entry(Memory(2**28), entry)
    size = len(entry.body)
    print(f"\nMemory of /lv/ ({size / 1000:.1f} kB of HTML, three encodings): ", end="")
    print(f"{taken / 1000:.1f} kB, counted as {counted / 1000:.1f} kB.")
    generation.clock.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    with bench.database("sqlite") as url:
        bench.run(url, bench.migrate)
        bench.run(url, measure, options.seconds)
    print(f"\n{bench.machine()}")


if __name__ == "__main__":
    main()
