"""Pages are marked where they are served, once everything that may refuse them has had its say."""

from wagtail import hooks

from .marks import allow


@hooks.register("on_serve_page")
def mark_page(serve_page):
    """Mark pages whose type names the parameters it reads (``cached_parameters``, None: never)."""

    def serve(page, request, args, kwargs):
        response = serve_page(page, request, args, kwargs)
        parameters = getattr(page, "cached_parameters", None)
        if parameters is not None and not getattr(request, "is_preview", False):
            allow(response, parameters)
        return response

    return serve
