"""Who uses the site at once, for locust: visitors who read and search, editors who publish.

LOAD names a JSON file: addresses by kind, the editor's cookie and form (see load.py).
"""

import json
import os
import random
import re
from itertools import count
from pathlib import Path

from locust import between, task
from locust.contrib.fasthttp import FastHttpUser

LOAD = json.loads(Path(os.environ["LOAD"]).read_text())
READ = [(kind, path) for kind, paths in LOAD["read"].items() for path in paths]
# A long tail: the address at place n of a list is asked for as often as 1/n says.
WEIGHTS = [1 / place for place in range(1, len(READ) + 1)]
CHANCE = random.Random(22)  # noqa: S311
CHANCE.shuffle(READ)
READ.sort(key=lambda pair: pair[0] == "article")  # the front pages are asked for most
NUMBERS = count(1)


class Visitor(FastHttpUser):
    """Reads nine times and searches once, as quickly as a page is there."""

    weight = 47
    wait_time = between(0.05, 0.5)

    @task(90)
    def read(self):
        kind, path = CHANCE.choices(READ, WEIGHTS)[0]
        self.client.get(path, name=kind, headers={"Accept-Encoding": "br"})

    @task(9)
    def search(self):
        path = CHANCE.choice(LOAD["search"])
        self.client.get(path, name="search")

    @task(1)
    def get_lost(self):
        with self.client.get("/lv/nav/", name="404", catch_response=True) as answer:
            if answer.status_code == 404:
                answer.success()


class Editor(FastHttpUser):
    """Publishes an article of their own twice a minute: after each, no kept page is good."""

    weight = 3
    wait_time = between(20, 40)

    def on_start(self):
        page, self.data = LOAD["forms"].pop()
        self.path = f"/admin/pages/{page}/edit/"
        self.headers = {"Cookie": LOAD["cookie"], "Referer": f"{self.host}{self.path}"}
        answer = self.client.get(self.path, name="editor", headers=self.headers)
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text)[1]
        csrf = re.search(r"csrftoken=(\w+)", " ".join(map(str, answer.headers.items())))[1]
        self.headers["Cookie"] += f"; csrftoken={csrf}"

    @task
    def publish(self):
        fields = {"title": f"Virsraksts {next(NUMBERS)}", "action-publish": "action-publish"}
        fields["csrfmiddlewaretoken"] = self.token
        with self.client.post(
            self.path,
            self.data | fields,
            name="publish",
            headers=self.headers,
            allow_redirects=False,
            catch_response=True,
        ) as answer:
            if answer.status_code == 302:
                answer.success()
            else:
                answer.failure(f"{answer.status_code}: not published")
