"""Checks of a running site in a real browser: what `make audit` and the tests in tests/browser share.

``checks`` looks at one page, ``discover`` finds the pages of a site, ``outside`` calls checkers
that are programs of their own, ``report`` writes the result, ``__main__`` is the command.
"""
