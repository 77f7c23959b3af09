"""The public read-only API (Wagtail's API v2): what the site shows, as data.

Nothing is read here that an anonymous visitor could not see on a page. Nobody signs in to it, so a
signed-in person sees no more than anybody else. docs/api.md describes it for those who use it.
"""
