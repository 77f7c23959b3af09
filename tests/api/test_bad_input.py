"""Whatever is asked of the API: an answer in JSON, a sentence when it is refused, never a 500."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.endpoints import Documents, Insights, Pages, People, Topics

ENDPOINTS = [Pages, People, Insights, Topics, Documents]
COMMON = ["fields", "limit", "offset", "order", "search", "format", "_", "site", "find"]
HOSTILE = [
    *("", "\0", "'", '"', "-1", "0", "9" * 40, "9" * 5000, "1e9", "٣", "²", "None", "true", "[]"),
    *("a(" * 300, "*,-id", "_", "*", "-", "(", "id(", "conference(*)", "topics(x)", "random"),
    *("../../etc/passwd", "2022-13-45", "0000", "99999", "lv\r\nX: y", "news.NewsPage,", "ū" * 300),
    *("00000000-0000-0000-0000-00000000000g", "wagtailcore.Page", '"a b', "a OR (", "🙂", "%%%"),
]
VALUES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30), st.integers().map(str))


@pytest.fixture
def ask(client, content, settings):
    settings.API_RATE = ""

    def check(path, parameters):
        response = client.get(f"/api/v2/{path}", parameters)
        assert response.status_code in {200, 400, 404}, (path, parameters)
        assert response["Content-Type"] == "application/json"
        if response.status_code != 200:
            message = response.json()["message"]
            assert message.endswith((".", "?")) and message[0].isupper(), message
            assert len(message) < 700

    return check


QUICK = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@pytest.mark.django_db
def test_each_parameter_with_each_hostile_value(ask):
    asked = set()
    for endpoint in ENDPOINTS:
        for parameter in [*COMMON, *endpoint.filters]:
            # Endpoints share the code of a parameter, but for fields, which follow the model.
            for value in HOSTILE:
                if (parameter, value) not in asked or (parameter, endpoint) == ("fields", Insights):
                    ask(f"{endpoint.name}/", {parameter: value})
                    asked.add((parameter, value))


@pytest.mark.django_db
@settings(max_examples=60, **QUICK)
@given(data=st.data(), endpoint=st.sampled_from(ENDPOINTS))
def test_any_parameters_together(ask, data, endpoint):
    names = st.sampled_from([*COMMON, *endpoint.filters])
    ask(f"{endpoint.name}/", data.draw(st.dictionaries(names, VALUES, max_size=4)))


@pytest.mark.django_db
@settings(max_examples=15, **QUICK)
@given(key=st.integers(min_value=0), fields=VALUES)
@example(key=10**30, fields="*")
@example(key=2**63, fields="_")
def test_any_key(ask, key, fields):
    for endpoint in ENDPOINTS:
        ask(f"{endpoint.name}/{key}/", {"fields": fields})


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["nekas/", "pages/abc/", "pages/-1/", "a/b/c/", "pages/find/"])
def test_unknown_addresses(ask, path):
    ask(path, {})
