"""Machine translation by an outside service, through wagtail-localize's provider interface.

What a service gets is what visitors can read already: texts of published, public content. Each
batch is stored as it arrives. Whatever goes wrong becomes a ``MachineTranslationError``, whose text
an editor can read, and keeps what was translated before.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import requests
from django.utils.translation import gettext as _
from wagtail_localize.machine_translators import deepl, libretranslate
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from .access import is_public
from .texts import tags
from .units import MACHINE, store, untranslated

logger = logging.getLogger(__name__)

CONNECT_TIMEOUT, READ_TIMEOUT = 5, 10  # seconds, of one request
TIME_LIMIT = 12  # seconds after which no further request begins: a web server waits 30
MOST_TEXTS = 50  # in one request (DeepL's limit)
MOST_BYTES = 40_000  # of texts in one request: DeepL takes 128 KiB, in which "ā" is six bytes


class MachineTranslationError(Exception):
    """What happened, as a sentence for the person who asked."""


class Batches:
    """The parts of a translator that do not depend on the service.

    A subclass has ``display_name``, ``address``, ``request`` and ``read``.
    """

    @property
    def address(self) -> str:
        raise NotImplementedError

    def request(self, source_locale, target_locale, texts: list[str]) -> dict:
        """Return the arguments of ``requests.post`` that ask for some texts."""
        raise NotImplementedError

    def read(self, answer) -> list:
        """Return the texts of a decoded answer; may raise what a wrong structure raises."""
        raise NotImplementedError

    def translate(self, source_locale, target_locale, strings) -> dict[StringValue, StringValue]:
        """Translate strings; those whose tags came back damaged are left out of the answer.

        Raises ``MachineTranslationError``.
        """
        translated = {}
        for batch in self.batches(strings):
            texts = self._ask(source_locale, target_locale, [string.data for string in batch])
            for string, text in zip(batch, texts, strict=True):
                if value := intact(string, text):
                    translated[string] = value
        return translated

    def batches(self, strings: Iterable[StringValue]) -> Iterator[list[StringValue]]:
        """Yield the strings in portions that the service takes in one request."""
        batch, size = [], 0
        for string in strings:
            length = len(string.data.encode())
            if batch and (len(batch) == MOST_TEXTS or size + length > MOST_BYTES):
                yield batch
                batch, size = [], 0
            batch.append(string)
            size += length
        if batch:
            yield batch

    def _ask(self, source_locale, target_locale, texts) -> list[str]:
        response = self._post(self.request(source_locale, target_locale, texts))
        if response.status_code != requests.codes.ok:
            raise self._failure(self._status_sentence(response.status_code), response.status_code)
        try:
            answered = self.read(response.json())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise self._misunderstanding(type(error).__name__) from error
        if len(answered) != len(texts) or not all(isinstance(text, str) for text in answered):
            raise self._misunderstanding(f"{len(answered)} texts for {len(texts)}")
        return answered

    def _post(self, arguments) -> requests.Response:
        timeout = (CONNECT_TIMEOUT, self.options.get("TIMEOUT", READ_TIMEOUT))
        try:
            # No redirects: the key goes to the configured host and to no other.
            return requests.post(self.address, timeout=timeout, allow_redirects=False, **arguments)
        except requests.Timeout as error:
            sentence = _("%(service)s did not answer in time.")
            raise self._failure(sentence, type(error).__name__) from error
        except requests.RequestException as error:
            sentence = _("%(service)s could not be reached.")
            raise self._failure(sentence, type(error).__name__) from error

    def _status_sentence(self, status: int) -> str:
        if status in (401, 403):
            return _("%(service)s did not accept the site’s key. An administrator has to check it.")
        if status == 413:
            return _("A text is too long for %(service)s.")
        if status == 429:
            return _("%(service)s has too many requests just now. Try again in a few minutes.")
        if status == 456:
            return _("The site has used up what %(service)s translates for it in this period.")
        if status >= 500:
            return _("%(service)s has a fault just now. Try again later.")
        return _("%(service)s gave an answer that can’t be used.")

    def _misunderstanding(self, reason):
        return self._failure(_("%(service)s gave an answer that can’t be used."), reason)

    def _failure(self, sentence, reason) -> MachineTranslationError:
        # The reason is short: messages of requests may hold the key, those of others a text.
        logger.warning("Machine translation by %s failed: %s", self.display_name, reason)
        return MachineTranslationError(sentence % {"service": self.display_name})


class DeepLTranslator(Batches, deepl.DeepLTranslator):
    """DeepL; options: ``KEY``, and ``URL`` where it is not DeepL's own address."""

    def __init__(self, options):
        super().__init__({**options, "AUTH_KEY": options["KEY"]})

    @property
    def address(self):
        return self.options.get("URL") or self.get_api_endpoint()

    def request(self, source_locale, target_locale, texts):
        strings = [StringValue(text) for text in texts]
        parameters = self.get_parameters(source_locale, target_locale, strings)
        if parameters["target_lang"] == "EN":
            parameters["target_lang"] = "EN-GB"  # DeepL wants to know which English
        return {"data": parameters, "headers": self.get_headers()}

    def read(self, answer):
        return [translation["text"] for translation in answer["translations"]]


class LibreTranslator(Batches, libretranslate.LibreTranslator):
    """LibreTranslate; options: ``URL`` of the server, and ``KEY`` where it asks for one."""

    @property
    def address(self):
        return self.options["URL"].rstrip("/") + "/translate"

    def request(self, source_locale, target_locale, texts):
        body = {
            "q": texts,
            "source": self.language_code(source_locale.language_code),
            "target": self.language_code(target_locale.language_code),
            "format": "html",
        }
        if key := self.options.get("KEY"):
            body["api_key"] = key
        return {"json": body}

    def read(self, answer):
        texts = answer["translatedText"]
        if not isinstance(texts, list):
            raise TypeError("not a list")
        return texts


def intact(string: StringValue, text: str) -> StringValue | None:
    """Return an answer as a string, or None when it is empty or its tags are not the source's."""
    try:
        value = StringValue.from_translated_html(text.strip())
    except ValueError:
        return None
    return value if value.data and tags(value.data) == tags(string.data) else None


# Translating what is missing


@dataclass
class Outcome:
    """What became of the untranslated text units of an object, in numbers of units."""

    translated: int = 0
    damaged: int = 0
    unpublished: int = 0
    left: int = 0
    failure: str = ""


def translate_missing(translation: Translation, translator, user) -> Outcome:
    """Let a machine translate the untranslated text units; return what became of them.

    The translations are stored as a machine's and nothing is published. No transaction may be
    open: the service takes its time.
    """
    outcome, units = Outcome(), {}
    published = published_strings(translation.source)
    for unit in untranslated(translation):
        if unit.string.data in published:
            units.setdefault(unit.string.as_value(), []).append(unit)
        else:
            outcome.unpublished += 1
    start, done = time.monotonic(), set()
    for batch in translator.batches(units):
        if time.monotonic() - start > TIME_LIMIT:
            break
        try:
            values = translator.translate(
                translation.source.locale, translation.target_locale, batch
            )
        except MachineTranslationError as error:
            outcome.failure = str(error)
            break
        texts = {unit: value.data for string, value in values.items() for unit in units[string]}
        store(translation, texts, kind=MACHINE, tool_name=translator.display_name, user=user)
        outcome.translated += len(texts)
        outcome.damaged += sum(len(units[string]) for string in batch if string not in values)
        done |= set(batch)
    outcome.left = sum(len(units[string]) for string in units if string not in done)
    return outcome


def published_strings(source: TranslationSource) -> set[str]:
    """Return the texts of an object that everybody can read on the site now.

    Empty for drafts and for pages with restricted access. What was synchronised and never
    published, or is no longer, is not among them.
    """
    instance = source.get_source_instance()
    if not is_public(instance):
        return set()
    return {
        segment.string.data
        for segment in extract_segments(instance)
        if isinstance(segment, StringSegmentValue)
    }
