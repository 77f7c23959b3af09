"""Checks of a running site in a real browser, for `make audit` and for tests/browser.

``checks`` looks at one page, ``discover`` finds the pages of a site, ``outside`` calls checkers
that are programs of their own, ``run`` goes through the site, ``report`` writes the result,
``__main__`` is the command.
"""
