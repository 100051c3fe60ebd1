# Copyright (C) ngx_article authors
"""HTTP to the demo's gateway on 127.0.0.1, whatever the host is called."""

import http.client
import json
import time

TIMEOUT = 60


class Answer:
    """One answer: status, headers (names in lower case), body, seconds."""

    def __init__(self, status, headers, body, seconds):
        self.status = status
        self.headers = headers
        self.body = body
        self.seconds = seconds

    def json(self):
        return json.loads(self.body.decode("utf-8", "strict"))


def get(port, host, target, method="GET", **headers):
    """Asks the gateway for a target (path and query) of a host."""
    headers = {"Host": host, "Accept": "*/*",
               **{k.replace("_", "-"): v for k, v in headers.items()}}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    began = time.monotonic()
    connection.request(method, target, headers=headers)
    response = connection.getresponse()
    body = response.read()
    seconds = time.monotonic() - began
    connection.close()
    found = {k.lower(): v for k, v in response.getheaders()}
    return Answer(response.status, found, body, seconds)


def shorten(text, width=74):
    """One line of at most width characters."""
    text = " ".join(text.split())
    return text if len(text) <= width else text[:width - 1] + "…"
