# Copyright (C) ngx_article authors
"""Shows what the gateway makes of the sample portals; with --check, compares
it with the pages' gold labels and exits with 1, naming what was wrong."""

import argparse
import html
import json
import os
import re
import subprocess
import sys
import unicodedata

from demo_http import get, shorten


class Portal:
    """A sample portal: its site.json and the gold labels of its pages."""

    def __init__(self, folder, port):
        self.folder = folder
        self.name = os.path.basename(folder)
        self.port = port
        self.host = "%s.localhost:%d" % (self.name, port)
        with open(os.path.join(folder, "site.json"), encoding="utf-8") as f:
            self.site = json.load(f)

    def pages(self, prefix):
        return [f for f in self.site["order"] if f.startswith(prefix)]

    def gold(self, page):
        path = os.path.join(self.folder, page[:-5] + ".gold.json")
        with open(path, encoding="utf-8") as f:
            return json.load(f)

    def target(self, page):
        return self.site["urls"][page]

    def article(self, page, **headers):
        return get(self.port, self.host, "/api" + self.target(page), **headers)

    def html(self, page):
        return get(self.port, self.host, self.target(page))

    def decode(self, body):
        return body.decode(self.site["encoding"], "replace")


class Checks:
    """Counts what was verified and remembers what was wrong."""

    def __init__(self):
        self.done = 0
        self.wrong = []

    def that(self, fact, message):
        self.done += 1
        if not fact:
            self.wrong.append(message)
            print("  WRONG: " + message)


def norm(text):
    text = unicodedata.normalize("NFC", text or "").replace("\u00ad", "")
    return re.sub(r"[\s\u200b\ufeff]+", " ", text).strip()


def words(text):
    """The words alone, each with a space before and behind."""
    return " %s " % " ".join(re.findall(r"\w+", norm(text).lower()))


def show_article(portal, page, checks):
    cold = portal.article(page)
    warm = portal.article(page)
    gold = portal.gold(page)
    item = cold.json()
    inner = item.get("_article", {})

    print("  curl http://%s/api%s" % (portal.host, portal.target(page)))
    for what, answer in (("cold", cold), ("again", warm)):
        print("    %-6s %d %-8s %6.1f ms  %d bytes of JSON" % (
            what, answer.status, answer.headers.get("x-article-cache", "-"),
            answer.seconds * 1000, len(answer.body)))
    print("    title   " + shorten(item.get("title", "-")))
    print("    date    %s   authors %s" % (
        item.get("date_published", "-"),
        ", ".join(a["name"] for a in item.get("authors", [])) or "-"))
    print("    summary " + shorten(item.get("summary", "-")))

    where = portal.name + "/" + page
    checks.that(cold.status == 200, "%s: status %d" % (where, cold.status))
    checks.that(cold.headers.get("x-article-cache") == "MISS",
                where + ": the first answer is no MISS")
    checks.that(warm.headers.get("x-article-cache") == "HIT",
                where + ": the second answer is no HIT")
    checks.that(cold.body == warm.body, where + ": the two answers differ")
    checks.that(inner.get("kind") == "article", where + ": no article")
    checks.that(norm(item.get("title")) == norm(gold["title"]),
                where + ": title is " + repr(item.get("title")))
    date = gold.get("date_published") or ""
    checks.that((item.get("date_published") or "")[:len(date[:16])]
                == date[:16],
                "%s: date is %s" % (where, item.get("date_published")))
    text = words(item.get("content_text"))
    for paragraph in gold["paragraphs"]:
        checks.that(words(paragraph) in text,
                    "%s: lacks %r" % (where, shorten(paragraph)))
    for alien in gold.get("must_not_contain", []):
        checks.that(words(alien) not in text,
                    "%s: holds %r" % (where, shorten(alien)))
    again = portal.article(page, If_None_Match=cold.headers.get("etag", ""))
    checks.that(again.status == 304, where + ": its ETag gives no 304")


def show_strip(portal, page, checks):
    stripped = portal.html(page)
    with open(os.path.join(portal.folder, page), "rb") as f:
        before = f.read()
    gold = portal.gold(page)
    where = portal.name + "/" + page

    print("  stripped: %d bytes before, %d after (%.0f %% cut)" % (
        len(before), len(stripped.body),
        100.0 * (len(before) - len(stripped.body)) / len(before)))

    checks.that(stripped.status == 200, where + ": page is no 200")
    checks.that(len(stripped.body) < len(before), where + ": nothing was cut")
    text = visible(portal.decode(stripped.body))
    for keep in gold.get("strip", {}).get("must_stay", []):
        checks.that(visible(keep) in text,
                    "%s: stripped page lost %r" % (where, shorten(keep)))


def visible(markup):
    """The words a reader sees, without white space: for comparing."""
    markup = re.sub(r"(?is)<(script|style)\b.*?</\1>", "", markup)
    text = html.unescape(re.sub(r"<[^>]*>", "", markup))
    return re.sub(r"\s", "", norm(text)).lower()


def show_feed(portal, page, checks):
    feed = portal.article(page).json()
    gold = portal.gold(page)
    items = feed.get("items", [])

    print("  feed %s: %d items" % (portal.target(page), len(items)))
    for item in items[:3]:
        print("    - " + shorten(item.get("title", "-"), 68))

    where = portal.name + "/" + page
    checks.that(feed.get("_article", {}).get("kind") == "listing",
                where + ": is no listing")
    want = gold.get("items") or []
    have = {norm(i.get("title")) for i in items}
    for item in want:
        checks.that(norm(item.get("title")) in have,
                    "%s: lacks %r" % (where, shorten(item.get("title", ""))))
    if page == "list-1.html" and "list-2.html" in portal.pages("list"):
        checks.that(feed.get("next_url") == "http://%s/api%s"
                    % (portal.host, portal.target("list-2.html")),
                    "%s: next_url is %r" % (where, feed.get("next_url")))
    if items:
        link = items[0].get("_article", {}).get("json_url", "")
        checks.that(link.startswith("http://%s/api/" % portal.host),
                    where + ": json_url is %r" % link)
        target = link[len("http://" + portal.host):] or "/"
        first = get(portal.port, portal.host, target)
        checks.that(first.status == 200, "%s: its first item answers %d"
                    % (where, first.status))


def show_refused(portal, checks):
    for page in portal.pages("notfound"):
        answer = portal.article(page)
        checks.that(answer.status == 404, "%s/%s: answers %d, wants 404"
                    % (portal.name, page, answer.status))
        print("  %s: %d %s" % (portal.target(page), answer.status,
                               answer.json().get("reason", "-")))


def redis(socket, *words):
    return subprocess.run(["redis-cli", "-s", socket, *words],
                          capture_output=True, check=True).stdout


def show_redis(socket, checks):
    keys = redis(socket, "--scan", "--pattern", "article:1:*").decode().split()
    print("\nRedis holds %d summaries; one of them:" % len(keys))
    checks.that(len(keys) > 0, "Redis holds no summary")
    if not keys:
        return
    value = redis(socket, "GET", keys[0])
    print("  redis-cli -s %s GET %s" % (socket, keys[0]))
    print("    " + shorten(value.decode("utf-8", "replace"), 300))
    print("    TTL %s s" % redis(socket, "TTL", keys[0]).decode().strip())
    stored = json.loads(value)
    checks.that(stored["_cache"]["v"] == 1 and "item" in stored,
                "the value in Redis has another form")


def show_status(portals, checks):
    answer = get(portals[0].port, portals[0].host, "/article-status")
    status = answer.json()
    print("\nStatus: http://%s/article-status" % portals[0].host)
    print("    " + shorten(json.dumps(status), 300))
    checks.that(answer.status == 200, "article-status is no 200")


def show_links(portals):
    print("\nOpen in a browser (what readers get), and their JSON for apps:")
    for portal in portals:
        print("  http://%s%-46s" % (portal.host,
                                    portal.target(portal.pages("art")[0])))
        print("    http://%s/api%s" % (
            portal.host, portal.target(portal.pages("list")[0])))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--pages", required=True)
    parser.add_argument("--redis", required=True)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()

    folders = sorted(os.path.join(options.pages, d)
                     for d in os.listdir(options.pages)
                     if os.path.exists(os.path.join(options.pages, d,
                                                    "site.json")))
    portals = [Portal(f, options.port) for f in folders]
    checks = Checks()

    for portal in portals:
        print("\n%s — %s" % (portal.name, portal.site["name"]))
        articles = portal.pages("art")
        show_article(portal, articles[0], checks)
        show_strip(portal, articles[0], checks)
        for page in articles[1:] if options.check else []:
            show_article(portal, page, checks)
            show_strip(portal, page, checks)
        for page in portal.pages("list")[:None if options.check else 1]:
            show_feed(portal, page, checks)
        show_refused(portal, checks)

    show_redis(options.redis, checks)
    show_status(portals, checks)
    show_links(portals)

    if options.check:
        print("\n%d facts checked, %d wrong" % (checks.done,
                                                len(checks.wrong)))
        for line in checks.wrong:
            print("  WRONG: " + line)
        return 1 if checks.wrong else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
