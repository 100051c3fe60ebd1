# Copyright (C) ngx_article authors
"""The portals that tools/browser looks at, on a port of 127.0.0.1.

    browser_portal.py LIST FOLDER...

Writes the addresses of its pages to LIST, prints one line, "PORT HOST...", and
serves until it is ended: of every folder with a site.json the pages that it
names, under its host; and a small WebForms portal, bieumau.example, with postbacks (__doPostBack, __VIEWSTATE and
__EVENTVALIDATION, signed and checked as ASP.NET does) and an UpdatePanel
(partial postbacks, answered with "length|type|id|content|").
"""

import base64
import hashlib
import hmac
import html
import http.server
import json
import os
import pathlib
import sys
import urllib.parse

FORMS_HOST = "bieumau.example"
FORMS_PATH = "/TinTuc/ChiTiet.aspx"
KEY = os.urandom(16)

PICTURE = (b'<svg xmlns="http://www.w3.org/2000/svg" width="160" height="90">'
           b'<rect width="160" height="90" fill="#9ab"/></svg>')
STAND_INS = {
    ".js": ("application/javascript", b"/* */\n"),
    ".css": ("text/css", b"/* */\n"),
    ".mp3": ("audio/mpeg", b""),
    ".pdf": ("application/pdf", b"%PDF-1.4\n"),
    **{name: ("image/svg+xml", PICTURE)
       for name in (".jpg", ".jpeg", ".png", ".gif", ".ico", ".svg")},
}

SCRIPT = """
function __doPostBack(target, argument) {
    var form = document.getElementById('aspnetForm');
    form.__EVENTTARGET.value = target;
    form.__EVENTARGUMENT.value = argument;
    if (target.indexOf('$up') > 0) { partial(form); } else { form.submit(); }
}
function partial(form) {
    var request = new XMLHttpRequest();
    var data = new URLSearchParams(new FormData(form));
    data.set('__ASYNCPOST', 'true');
    request.open('POST', form.action);
    request.setRequestHeader('X-MicrosoftAjax', 'Delta=true');
    request.onload = function () {
        var rest = request.responseText;
        while (rest) {
            var head = /^(\\d+)\\|(\\w+)\\|([^|]*)\\|/.exec(rest);
            if (!head) { throw new Error('the delta cannot be parsed'); }
            var from = head[0].length, to = from + Number(head[1]);
            if (rest[to] !== '|') { throw new Error('a wrong length'); }
            var content = rest.slice(from, to);
            if (head[2] === 'hiddenField') { form[head[3]].value = content; }
            if (head[2] === 'updatePanel') {
                document.getElementById(head[3]).innerHTML = content;
            }
            rest = rest.slice(to + 1);
        }
    };
    request.send(data);
}
"""

WORDS = ("Sáng nay, đoàn kiểm tra của huyện làm việc với các xã ven sông về "
         "tiến độ gia cố bờ bao trước mùa mưa; đến nay chín trong mười hai "
         "đoạn đã xong phần móng, ba đoạn còn lại chờ mặt bằng. ")


def sign(state):
    """The state as a __VIEWSTATE, and its __EVENTVALIDATION."""
    text = base64.b64encode(json.dumps(state).encode() + b" " * 900)
    mark = hmac.new(KEY, text, hashlib.sha256).digest()
    return text.decode(), base64.b64encode(mark).decode()


def verify(form):
    """The state that a form brings back; ValueError if it is not ours."""
    text = form.get("__VIEWSTATE", "").encode()
    mark = base64.b64encode(hmac.new(KEY, text, hashlib.sha256).digest())
    if mark.decode() != form.get("__EVENTVALIDATION"):
        raise ValueError("Validation of viewstate MAC failed")
    return json.loads(base64.b64decode(text))


def advance(state, form):
    """What a postback does."""
    target = form.get("__EVENTTARGET", "")
    state["posts"] += 1
    if target == "ctl00$pager":
        state["page"] = int(form.get("__EVENTARGUMENT", ""))
    elif target == "ctl00$up$more":
        state["more"] += 1
    elif "ctl00$search" in form:
        state["found"] = form.get("ctl00$word", "")


def related(title):
    """A list of links as every such page has it."""
    items = "".join(f'<li><a href="{FORMS_PATH}?id={i}">Xã thứ {i} thu hoạch '
                    f'xong vụ hè thu trước mùa lũ</a></li>'
                    for i in range(20, 32))
    return (f'<div class="khoi-tin"><div class="dau-khoi">{title}</div>'
            f'<ul>{items}</ul></div>')


def panel(state):
    """The content of the UpdatePanel; it has a list of its own."""
    lines = "".join(f"<p class='binh-luan'>Ý kiến {i}: đồng ý với bài.</p>"
                    for i in range(state["more"] * 3))
    return lines + related("Tin cùng chuyên mục") if state["more"] else ""


def forms_page(state):
    """The page as WebForms writes it: one form around all."""
    view, event = sign(state)
    text = "".join(f"<p>Trang {state['page']}, đoạn {i}. {WORDS * 2}</p>"
                   for i in range(6))
    days = "".join(f"<option>{i}</option>" for i in range(1, 32))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Gia cố bờ bao</title>
<style>#giua {{ float: left; width: 70% }} #phai {{ float: right; width: 28% }}
</style><script>{SCRIPT}</script></head><body>
<form method="post" action="ChiTiet.aspx?id=7" id="aspnetForm"><div>
<input type="hidden" name="__EVENTTARGET" value="">
<input type="hidden" name="__EVENTARGUMENT" value="">
<input type="hidden" name="__VIEWSTATE" value="{view}">
<input type="hidden" name="__EVENTVALIDATION" value="{event}"></div>
<div id="dau"><h2>Trang tin huyện Biểu Mẫu</h2>
<input type="text" name="ctl00$word" value=""><input type="submit"
 name="ctl00$search" value="Tìm kiếm"></div>
<div id="giua"><h1>Gia cố bờ bao trước mùa mưa</h1>
<div class="ngay">16/05/2019 08:30</div><div class="noi-dung">{text}</div>
<div id="ket-qua">trang {state['page']}, gửi {state['posts']}, tìm
 "{html.escape(state['found'])}", thêm {state['more']}</div>
<a id="trang-2" href="javascript:__doPostBack('ctl00$pager','2')">2</a>
<a id="trang-3" href="javascript:__doPostBack('ctl00$pager','3')">3</a>
<a id="them" href="javascript:__doPostBack('ctl00$up$more','')">Xem ý kiến</a>
<div id="ctl00_up">{panel(state)}</div>
{related("Tin cùng chuyên mục")}</div>
<div id="phai">{related("Tin đọc nhiều")}
<div class="khoi-tin"><div class="dau-khoi">Xem tin theo ngày</div>
<select name="ctl00$day">{days}</select></div>
<div class="dem">Số lượt truy cập: <b>1204{state['posts']}</b></div></div>
<div id="chan" style="clear: both">Bản quyền thuộc UBND huyện Biểu Mẫu</div>
</form></body></html>
"""


def delta(state):
    """The answer to a partial postback."""
    view, event = sign(state)
    parts = (("updatePanel", "ctl00_up", panel(state)),
             ("hiddenField", "__VIEWSTATE", view),
             ("hiddenField", "__EVENTVALIDATION", event),
             ("asyncPostBackControlIDs", "", ""), ("pageTitle", "", "Gia cố"))
    return "".join(f"{len(text)}|{kind}|{name}|{text}|"
                   for kind, name, text in parts)


class Portal(http.server.BaseHTTPRequestHandler):
    """All of the portals."""

    protocol_version = "HTTP/1.1"
    pages = {}

    def do_GET(self):
        host = self.headers.get("Host", "").split(":")[0]
        path = self.path.split("?")[0]
        page = self.pages.get((host, urllib.parse.unquote(self.path)))
        if host == FORMS_HOST and path == FORMS_PATH:
            state = {"page": 1, "posts": 0, "more": 0, "found": ""}
            self.answer("text/html; charset=utf-8", forms_page(state).encode())
        elif page:
            self.answer(page[1], page[0].read_bytes())
        else:
            stand_in = STAND_INS.get(pathlib.PurePath(path).suffix.lower())
            if stand_in:
                self.answer(*stand_in)
            else:
                self.answer("text/plain", b"404\n", 404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        form = dict(urllib.parse.parse_qsl(body.decode(), True))
        try:
            state = verify(form)
        except ValueError as error:
            self.answer("text/html; charset=utf-8", str(error).encode(), 500)
            return
        advance(state, form)
        if self.headers.get("X-MicrosoftAjax") == "Delta=true":
            # old versions say text/html of it, new ones text/plain
            self.answer("text/html; charset=utf-8", delta(state).encode())
        else:
            self.answer("text/html; charset=utf-8", forms_page(state).encode())

    def answer(self, kind, body, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "private")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Says nothing."""


def load(folder):
    """The addresses of a portal's pages, as [host, path]."""
    site = json.loads((folder / "site.json").read_text("utf-8"))
    for name, url in site["urls"].items():
        Portal.pages[site["host"], urllib.parse.unquote(url)] = (
            folder / name, site["http_content_type"])
    return [[site["host"], url] for url in site["urls"].values()]


def main():
    pages = [page for folder in sys.argv[2:]
             for page in load(pathlib.Path(folder))]
    pages.append([FORMS_HOST, FORMS_PATH + "?id=7"])
    pathlib.Path(sys.argv[1]).write_text(json.dumps(pages), "utf-8")
    hosts = sorted({host for host, url in pages})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    print(server.server_port, *hosts, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
