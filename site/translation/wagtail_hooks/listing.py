"""The listings of pages: what is said of translations there, without queries for each row."""

from wagtail import hooks

from .. import listing

listing.stand_in()
hooks.register(listing.HOOK, listing.buttons)


@hooks.register("construct_explorer_page_queryset")
def tell_of_translations(parent_page, pages, request):
    return listing.annotate(pages)
