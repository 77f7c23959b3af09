"""What a browser calls itself, in the words that people have for it.

A table instead of a package: of a session the names of browser and system are kept and shown,
nothing else, and for those ``ua-parser`` brings a thousand rules that want updating.
"""

# The first that is found counts: nearly all also call themselves Chrome, Safari and Mozilla.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """Return the browser's name, empty if it is none of those that people know."""
    return _first(BROWSERS, user_agent)


def system_of(user_agent: str) -> str:
    """Return the system's name, empty if it is unknown. An iPad says that it is a Mac."""
    return _first(SYSTEMS, user_agent)


def _first(names, user_agent):
    return next((name for mark, name in names if mark in user_agent), "")
