"""The site with two further addresses, for benchmarks/app_server.py."""

from config.wsgi import application as site  # isort: split

from django.http import HttpResponse
from django.urls import path

from config import urls

urls.urlpatterns.insert(0, path("-/empty", lambda request: HttpResponse()))


def application(environ, start_response):
    if environ["PATH_INFO"] == "/-/wsgi":
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]
    return site(environ, start_response)
