"""Settings that hold everywhere. What differs between machines comes from the environment."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import cdn, machine_translation, policies, quarantine, tasks
from config.environment import BASE_DIR, env
from sight import logs

SITE_DIR = BASE_DIR / "site"

# Applications, ours first: their templates and translations win.

INSTALLED_APPS = [
    "home",
    "people",
    "news",
    "news.wordpress",
    "search",
    "translation",
    "editorial",
    "pagecache",
    "sight",
    "accounts",
    "recovery",
    "exchange",
    "demo",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django_otp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"
MIDDLEWARE = [
    # Before anything that asks for a host or the database, or that can fail.
    "sight.middleware.ProbeMiddleware",
    "sight.middleware.RequestMiddleware",
    # First what every answer carries, that of a refused request too.
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "home.middleware.CrossOriginResourcePolicyMiddleware",
    "home.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "home.middleware.WellFormedMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    SESSIONS,
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.VerifiedUserMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.SessionLimitMiddleware",
    "accounts.middleware.DeniedMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "editorial.middleware.PlansMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "news.wordpress.middleware.GoneMiddleware",
    "home.redirects.RedirectMiddleware",
    "translation.middleware.SourceNotLiveMiddleware",
    "recovery.middleware.OutageMiddleware",
    "recovery.middleware.WholeMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.chrome.context_processor",
            ],
        },
    },
]

# Database: SQLite unless DATABASE_URL says otherwise.

DATABASES = {"default": env.db_url("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers read while an editor saves; IMMEDIATE makes two writers wait for each
    # other instead of failing with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A database that is away is said to be so in seconds, not in the minutes of TCP.
    options = {"connect_timeout": 5}
    if env("DATABASE_PREPARES"):  # planning is half of the database's work for a page
        options |= {"server_side_binding": True, "prepare_threshold": 5}
    DATABASES["default"]["OPTIONS"] = options | DATABASES["default"].get("OPTIONS", {})
if env("REPLICA_URL"):
    DATABASES["replica"] = DATABASES["default"] | env.db_url("REPLICA_URL")
    DATABASE_ROUTERS = ["config.replica.ReplicaRouter"]
    MIDDLEWARE.insert(MIDDLEWARE.index(SESSIONS), "config.replica.ReplicaMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Indexes that hold further columns: PostgreSQL has use for them, SQLite goes without.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

CACHES = {"default": env.cache_url("CACHE_URL")}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"]["BACKEND"] = "recovery.caches.ForgivingRedisCache"
    # What counts, goes on counting while Redis is away.
    CACHES["limits"] = CACHES["default"] | {"BACKEND": "recovery.caches.CountingRedisCache"}
else:
    CACHES["limits"] = CACHES["default"]
# Whole pages for visitors (see pagecache): megabytes in each process, shared where Redis is.
PAGE_CACHE_MEGABYTES = env("PAGE_CACHE_MEGABYTES")
# A cache of others in front of the site: for how long it keeps a page, how it is told to forget.
CDN_SECONDS = env("CDN_SECONDS") if env("CDN_PURGE_URL") else 0
WAGTAILFRONTENDCACHE = cdn.configuration(env("CDN_PURGE_URL"))
WAGTAILFRONTENDCACHE_LANGUAGES = []  # addresses in other languages are those of translations
PAGE_CACHE_URL = env("CACHE_URL") if env("CACHE_URL").startswith(("redis:", "rediss:")) else ""

# People who sign in

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),  # 20,000 that leaked most often; the list is Django's own
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "wagtailadmin_login"
WAGTAILADMIN_USER_LOGIN_FORM = "accounts.forms.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "accounts.forms.PasswordResetForm"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that the link of a mail is good
# Whether groups with that right are asked for a second factor (see accounts.second_factor).
SECOND_FACTOR = False  # on a public server as the environment says
SESSION_ENGINE = "accounts.sessions"  # Django's in the database, which knows whose one is
# A session lasts a working day, and this long after its last request.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 3 * 60 * 60
SIGN_INS_MONTHS = 12  # for how long it is kept who signed in when
# Where the admin is, below the root.
ADMIN_PATH = env("ADMIN_PATH")

# Languages: Latvian is the source, English the translation.

LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", _("Latvian")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Our own words first; then the Latvian that Wagtail and its packages lack.
LOCALE_PATHS = [SITE_DIR / "locale", SITE_DIR / "locale" / "upstream"]
TIME_ZONE = "Europe/Riga"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# A translator decides when a translation goes live, not the state of its source.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Machine translation, off unless a service is named. It gets texts that are published already.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translation.configuration(
    env("MACHINE_TRANSLATOR"), env("MACHINE_TRANSLATOR_URL"), env("MACHINE_TRANSLATOR_KEY")
)

# Files

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT"))
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if env("MEDIA_S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "config.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": env("MEDIA_S3_BUCKET"),
            "endpoint_url": env("MEDIA_S3_ENDPOINT") or None,
            "region_name": env("MEDIA_S3_REGION") or None,
            "access_key": env("MEDIA_S3_KEY"),
            "secret_key": env("MEDIA_S3_SECRET"),
            "file_overwrite": False,  # a name is given once, as in a folder
        },
    }
# Backups: where they go, of how many days, weeks and months one is kept, and the public key of age
# that encrypts them (see docs/operations.md).
BACKUP_DIR = Path(env("BACKUP_DIR"))
BACKUP_KEEP = env("BACKUP_KEEP")
BACKUP_RECIPIENT = env("BACKUP_RECIPIENT")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a conference with many insights is one long form

# Mail

vars().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Privacy and security of the public site

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = policies.PERMISSIONS
# How many proxies of ours stand in front and append to X-Forwarded-For (see home.spam).
TRUSTED_PROXIES = env("TRUSTED_PROXIES")

# Wagtail

WAGTAIL_SITE_NAME = env("SITE_NAME")
WAGTAILADMIN_BASE_URL = env("BASE_URL")
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to another host, in the admin neither
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Who else has a page open shows within five seconds (Wagtail: ten), milliseconds.
WAGTAIL_EDITING_SESSION_PING_INTERVAL = 5_000
# A conference with its insights is a large form: not sent at every pause of half a second.
WAGTAIL_AUTOSAVE_INTERVAL = 2_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend"}}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# The largest pictures of today's telephones have 48 to 50 million; one costs 4 bytes of memory.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
# What archives of twenty years hold besides: they are saved and never shown, as all documents are.
WAGTAILDOCS_EXTENSIONS += ["doc", "mp3", "mp4", "odp", "pps", "ppsx", "ppt", "xls"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.uploads.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.uploads.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # wherever files lie, nobody gets them past the rules
WAGTAILDOCS_INLINE_CONTENT_TYPES = []  # saved, never shown within the site
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "home.rich_text_area.RichTextArea"}}
WAGTAILEMBEDS_FINDERS = [{"class": "home.embeds.RecordingFinder"}]
WAGTAILFORMS_HELP_TEXT_ALLOW_HTML = False

# Queries that found nothing: for how many days they are kept, and how many new ones a day at
# most, so that no robot fills the table.
SEARCH_UNANSWERED_DAYS = 180
SEARCH_UNANSWERED_PER_DAY = 500

# Who did what in the admin, and when: for how many months that is kept.
HISTORY_MONTHS = 36

# Tasks in the background: within the request, or from a queue in the database by the worker; for
# how many days those that are done, and those that failed, are kept there.
TASKS = tasks.configuration(env("TASKS_BACKEND") or "immediate")
TASK_DAYS = 30

# Attachments: what reading the text of one may cost (see search.extraction). As long as tasks run
# within requests, a web server must give these more seconds. Of a longer text PostgreSQL could not
# index any more: it takes 1 MB of terms, and words of few letters have four times their own size.
ATTACHMENT_LIMITS = {
    "size": WAGTAILDOCS_MAX_UPLOAD_SIZE,  # bytes of the file
    "unpacked": 200 * 1024 * 1024,  # bytes of all parts of a DOCX or ODT
    "members": 5_000,  # parts of a DOCX or ODT
    "pages": 1_000,  # of a PDF
    "text": 240_000,  # bytes of the text that is kept, about 90 full pages
    "seconds": 15,  # by the clock, and of the processor
    "memory": 512 * 1024 * 1024,  # bytes of the process
}

# Uploads of PO files: what one may hold, for how many days its dry run is kept, and for how many
# seconds a request applies it (what is left, a further click applies).
PO_UPLOAD_LIMITS = {
    "size": 50 * 1024 * 1024,  # bytes of the upload
    "unpacked": 50 * 1024 * 1024,  # bytes of all its files
    "file": 1024 * 1024,  # bytes of one file
    "files": 5_000,
}
PO_UPLOAD_DAYS = 30
PO_APPLY_SECONDS = 15

# The files of an old WordPress site: what fetching one may cost (see news.wordpress.media).
WORDPRESS_MEDIA = {
    "size": WAGTAILDOCS_MAX_UPLOAD_SIZE,  # bytes of a file, fetched or from a folder
    "connect": 10,  # seconds until the old host takes a connection,
    "read": 30,  # ... until it sends the next bytes,
    "seconds": 300,  # ... and for the whole file, with all attempts
    "attempts": 4,  # at a file when the host is busy, breaks off or does not answer
    "pause": 2,  # seconds before the second attempt; twice as long before each further one,
    "longest_pause": 60,  # ... and at most, whatever the host asks for (Retry-After)
    "delay": 0.2,  # seconds between two requests, so that the old site stays up for its visitors
    "redirects": 5,  # that are followed, within the old site
    "failures": 5,  # of files one after another, after which the host is taken for away
    "away": 300,  # seconds until such a host is asked again
    "folder": Path(env("IMPORT_DIR")),  # where parts of files lie until the rest has come
}

# The import of an old WordPress site: which items wait for an editor before they are published
# (see news.wordpress.judge). Shares are of 1; what is counted, stands beside it.
WORDPRESS_QUARANTINE = quarantine.LISTS | {
    "threshold": 0.5,  # the score from which on an item waits
    # What each finding adds; findings count as independent: 0.5 and 0.5 make 0.75.
    "weights": {
        "mashing": 0.85,  # most of the body
        "mashing_part": 0.4,
        "title_mashing": 0.6,
        "trial": 0.8,  # "test", and nothing else
        "trial_with_facts": 0.45,  # "test", and a link or a number
        "default": 0.9,  # the body is what WordPress brings along
        "default_title": 0.6,
        "filler": 0.85,  # Lorem ipsum
        "empty": 0.7,
        "empty_but_titled": 0.35,  # the title says it all
        "empty_page": 0.3,  # pages without text stand above others in menus
        "short": 0.55,
        "title_repeated": 0.55,
        "title_repeated_with_facts": 0.2,
        "spam_host": 0.8,
        "spam_link": 0.6,
        "spam_links": 0.85,  # two and more
        "spam_line": 0.8,
        "spam_words": 0.7,
        "title_address": 0.4,
        "end_links": 0.55,
        "hidden_link": 0.7,
        "hidden_spam": 0.7,
        "hidden_text": 0.35,
        "foreign_language": 0.65,
        "foreign_link": 0.55,
        "no_language": 0.4,
        "duplicate": 0.9,
        "near_duplicate": 0.6,
        "yearly": 0.3,
    },
    # Which items are judged: those that the public sees. Others become drafts, or nothing.
    "statuses": ("publish", "future", "private", "inherit"),
    "types_left_out": quarantine.TYPES_OF_WORDPRESS,
    # Few words
    "least_words": 4,  # different ones in title and body, unless there is a date, a link …
    "telling_title_words": 6,  # of a title that needs no body
    "trial_words": 15,  # a longer body with "test" in it is about tests
    "least_filler": 4,  # words of Lorem ipsum,
    "filler_share": 0.3,  # and of all words
    # Keys struck at random: share of letters in words that are none
    "mashing_share": 0.5,
    "mashing_part": 0.25,
    "mashing_words": 25,  # a longer body is looked at only if it lacks little words
    "little_words": 0.08,  # share of "un", "the", "и" …: below, it is hardly language
    # Languages that the site and its partners write in; the first one is ours.
    "languages": "lv en ru lt et de pl no sv fi fr uk",
    "home_language": "lv",
    "home_letters": "āēīģķļņ",  # which no other language has; this share tells it is ours
    "home_share": 0.01,
    "language_words": 8,  # of fewer, the language is not guessed
    "clearly": 1.5,  # times as many little words of a foreign language
    "other_scripts": 0.3,  # share of letters neither Latin nor Cyrillic
    "sentence_words": 6,  # of a line that is looked at on its own
    "prose_words": 60,  # of which a text of any language has little words:
    "hardly": 0.03,  # this share,
    "capitals": 0.12,  # unless so many capitals make it a list of names,
    "known_share": 0.3,  # or so many words are known from other texts
    # Advertising
    "known_host_items": 3,  # items that link to a host, and not at their ends: it is known
    "end_hosts": 2,  # different unknown ones at the end
    "least_spam_words": 2,  # different ones, in another language than ours, and with a link;
    "spam_words_of_text": 3,  # or so many, without one
    "words_a_spam_word": 40,  # of a text: of more, they are a subject
    "spam_line_length": 120,  # characters
    "spam_line_share": 0.5,  # letters of the line in such words
    "least_hidden_words": 3,  # that are not seen elsewhere in the text
    # Duplicates
    "similarity": 0.6,  # share of word triples in common
    "least_duplicate_words": 8,  # shorter bodies are duplicates only under one title
    "least_near_duplicate_words": 15,  # of fewer, one other word makes another notice
    "series_days": 30,  # same title, other numbers: later than that, an invitation of a series
    "yearly_days": 180,  # after that, a short text may come again: Christmas, closing days
    "yearly_words": 40,
    # What is learned of all items
    "teaching_words": 30,  # of a text from which words are learned: junk is short
    "known_word_items": 3,  # texts in which a known word stands
}

# False on a trial server: search engines are asked to stay away.
ROBOTS_ALLOWED = env("ROBOTS_ALLOWED")

# Recordings: where a playlist's public Atom feed is read (`sync_playlist`).
PLAYLIST_FEED_URL = "https://www.youtube.com/feeds/videos.xml?playlist_id={playlist_id}"

# The public API: how often an address may ask (empty: as often as it likes), objects a list.
API_RATE = env("API_RATE")
WAGTAILAPI_LIMIT_MAX = 100

# Sight: docs/monitoring.md

LOGGING = logs.configuration(env("LOG_FORMAT") or "plain", env("LOG_LEVEL") or "WARNING")
METRICS_DIR = Path(env("METRICS_DIR"))
METRICS_TOKEN = env("METRICS_TOKEN")
SENTRY_DSN = env("SENTRY_DSN")
SENTRY_ENVIRONMENT = env("SENTRY_ENVIRONMENT")
SLOW_QUERY_MS = env("SLOW_QUERY_MS")
