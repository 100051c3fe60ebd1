# Copyright (C) ngx_article authors
"""What the gateway would make of a real portal's first articles."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from urllib.parse import urlsplit

from demo_http import get, shorten

ARTICLES = 20       # a screenful or two, and polite to the portal
LISTINGS = 5        # pages asked for when the home page gives too few


def target_of(url):
    parts = urlsplit(url)
    return (parts.path or "/") + ("?" + parts.query if parts.query else "")


class Gateway:
    def __init__(self, options):
        self.options = options
        parts = urlsplit(options.public)
        self.host = parts.netloc

    def get(self, target, **headers):
        return get(self.options.port, self.host, target, **headers)

    def json(self, target):
        answer = self.get("/api" + target)
        try:
            return answer.status, answer.json()
        except ValueError:
            return answer.status, {}


def collect(gateway):
    """Addresses of articles: the home page's, then its listings'."""
    waiting, seen, found = ["/"], set(), []
    while waiting and len(seen) < LISTINGS and len(found) < ARTICLES:
        target = waiting.pop(0)
        seen.add(target)
        status, feed = gateway.json(target)
        if status != 200 or "items" not in feed:
            print("%s: %d %s" % (target, status,
                                 feed.get("reason", "no feed")))
            continue
        for item in feed["items"]:
            link = target_of(item.get("url", ""))
            if link not in found and link not in seen:
                found.append(link)
        if feed.get("next_url"):
            waiting.append(target_of(feed["next_url"]).replace("/api", "", 1))
    return found[:ARTICLES]


def cuts(gateway, target):
    """First words of each range that strip would cut, by the CLI."""
    options = gateway.options
    page = gateway.get(target, X_Article_Plain="1")
    if page.status != 200:
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "page.html")
        ranges = os.path.join(folder, "ranges.json")
        with open(path, "wb") as f:
            f.write(page.body)
        command = [options.article, "strip", "--ranges", ranges,
                   "--url", options.public + target]
        for name in sorted(os.listdir(options.portals)):
            command += ["--portal", os.path.join(options.portals, name)]
        subprocess.run(command + [path], stdout=subprocess.DEVNULL,
                       check=False)
        with open(ranges, encoding="utf-8") as f:
            kept = json.load(f)
    return removed(page.body, kept)


def removed(body, kept):
    out, at = [], 0
    for start, end in kept + [[len(body), len(body)]]:
        if start > at:
            out.append(words(body[at:start]))
        at = end
    return out


def words(markup):
    text, inside = [], False
    for c in markup.decode("utf-8", "replace"):
        if c == "<":
            inside = True
            text.append(" ")
        elif c == ">":
            inside = False
        elif not inside:
            text.append(c)
    return shorten("".join(text), 60)


def advice(status, item):
    """Why this page wants a portal file, or nothing."""
    if status != 200:
        return "no article: " + item.get("reason", str(status))
    inner = item.get("_article", {})
    missing = [name for name, key in (("title", "title"),
                                      ("date", "date_published"))
               if not item.get(key)]
    if missing:
        return "no " + " and no ".join(missing)
    if inner.get("confidence", 1) < 0.5:
        return "confidence %.2f" % inner["confidence"]
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--public", required=True)
    parser.add_argument("--article", required=True)
    parser.add_argument("--portals", required=True)
    gateway = Gateway(parser.parse_args())

    found = collect(gateway)
    if not found:
        print("No article was found from the home page: see the lines above "
              "and README, \"See it on yours\".")
        return 1

    wanting = []
    for number, target in enumerate(found, 1):
        status, item = gateway.json(target)
        print("\n%2d  %s" % (number, target))
        print("    title   " + shorten(item.get("title", "-")))
        print("    date    %s" % item.get("date_published", "-"))
        print("    author  %s" % (", ".join(
            a["name"] for a in item.get("authors", [])) or "-"))
        for text in cuts(gateway, target):
            print("    cut     " + text)
        why = advice(status, item)
        if why:
            wanting.append((target, why))

    print("\n%d of %d articles read; %d want a portal file:" % (
        len(found) - len(wanting), len(found), len(wanting)))
    for target, why in wanting:
        print("  %s  (%s)" % (target, why))
    return 0


if __name__ == "__main__":
    sys.exit(main())
