"""The chain for the tests of a module, where this machine has its parts."""

import json

import pytest

from scripts import chain


@pytest.fixture(scope="module")
def start_chain(tmp_path_factory):
    """A function that starts a chain for the module: ``start_chain(servers=2)``."""
    lacking = chain.missing()
    if lacking:
        pytest.skip(lacking)
    started = []

    def start(**options):
        stack = chain.Stack(tmp_path_factory.mktemp("chain"), **options)
        started.append(stack)
        return stack.__enter__()

    yield start
    for stack in started:
        stack.__exit__(None, None, None)


def make_content(chain):
    """Fill the chain's database with the smallest content; return its addresses by name."""
    return json.loads(chain.python("tests/deploy/content.py"))
