"""The smallest content of a site, for the chain: prints where it is, as JSON."""

import json

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from factories import ContentPageFactory  # noqa: E402
from wagtail.documents import get_document_model  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402
from wagtail.images.tests.utils import get_test_image_file_jpeg  # noqa: E402

from home.models import HomePage  # noqa: E402

home = HomePage.objects.get(locale__language_code="lv")
page = ContentPageFactory(parent=home, title="Par mums", slug="par-mums")
image = get_image_model().objects.create(
    title="Attēls", file=get_test_image_file_jpeg(size=(640, 480))
)
document = get_document_model().objects.create(
    title="Statūti", file=ContentFile(b"%PDF-1.4 " + b"x" * 2000, name="statuti.pdf")
)
editor = get_user_model().objects.create_superuser("editor", "editor@example.org", "a-password-1")
print(
    json.dumps(
        {
            "page": page.get_url(),
            "page_id": page.pk,
            "original": image.file.url,
            "rendition": image.get_rendition("width-320").url,
            "document": document.url,
            "document_file": document.file.url,
        }
    )
)
