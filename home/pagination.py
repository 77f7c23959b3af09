"""Pages of long lists."""

from django.core.paginator import Page, Paginator


def paginate(request, object_list, per_page: int, parameter: str = "page") -> Page:
    """Return the page of ``object_list`` that the request asks for.

    A number out of range gives the last page, anything that is no number the first.
    """
    return Paginator(object_list, per_page).get_page(request.GET.get(parameter))


def page_parameter(page: Page) -> dict:
    """Return what of the query belongs to the canonical address of a page of a list."""
    return {"page": page.number} if page.number > 1 else {}
