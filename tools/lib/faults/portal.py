# Copyright (C) ngx_article authors
"""A portal that misbehaves on demand.  portal.py PORT

/bai/ID           an article that has the word MARK.ID.MARK in title and text
/bai/x-MODE-N     the same, sent in the way that MODE names (see Answers)
/-/mode/MODE/N    from now on every article goes that way ("good" ends it);
                  N: milliseconds, for the mode "late"
/-/stats          how many articles were asked for, and how many at once, as
                  JSON; the counters begin anew
"""

import asyncio
import gzip
import json
import sys
import zlib

TEXT = ('Chiều qua, đoàn kiểm tra của tỉnh đã tới các xã vùng cao, nghe báo '
        'cáo về đường liên thôn và việc dạy học sau mùa mưa lũ. ')
# a page larger than article_max_page, and one that would fill the memory
LARGE = 64 << 20
BOMB = 1 << 30
DEEP = 200_000
FOREVER = 3600


def article(name, body=None, more=''):
    mark = f'MARK.{name}.MARK'
    if body is None:
        body = ''.join(f'<p>{TEXT}{mark}, đoạn {n}.</p>' for n in range(9))
    return (f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
            f'<title>Bài {mark}</title><meta property="og:type" '
            f'content="article"></head><body><ul><li><a href="/">Trang đầu'
            f'</a></li></ul><div class="bai"><h1>Bài {mark}</h1>'
            f'<p class="ngay">16/05/2026 08:30</p>{body}{more}</div>'
            f'</body></html>').encode()


def head(status='200 OK', kind='text/html; charset=utf-8', **fields):
    lines = [f'HTTP/1.1 {status}', f'Content-Type: {kind}']
    lines += [f'{k.replace("_", "-")}: {v}' for k, v in fields.items()]
    return '\r\n'.join(lines).encode() + b'\r\n'


def whole(body, **fields):
    return head(Content_Length=len(body), **fields) + b'\r\n' + body


def chunk(data):
    return b'%x\r\n%s\r\n' % (len(data), data)


CHUNKED = head(Transfer_Encoding='chunked') + b'\r\n'
END = b'0\r\n\r\n'


def bomb(size):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b'ba ' * (1 << 19)
    parts = [packer.compress(b'<html><body><div class="bai"><p>')]
    parts += [packer.compress(block) for _ in range(size // len(block))]
    return b''.join(parts) + packer.flush()


class Answers:
    """One method a mode; true: the connection may be used again."""

    def __init__(self, state):
        self.state = state
        self.packed_bomb = None

    async def send(self, mode, name, request, out):
        method = getattr(self, 'mode_' + mode.replace('-', '_'), None)
        if method is None:
            return self.status(mode, out)
        return await method(name, article(name), request, out)

    @staticmethod
    def status(code, out):
        page = f'<html><body><h1>Lỗi {code}</h1></body></html>'.encode()
        out.write(head(f'{code} Status', Content_Length=len(page)) + b'\r\n'
                  + page)
        return True

    async def mode_good(self, name, page, request, out):
        out.write(whole(page))
        return True

    async def mode_late(self, name, page, request, out):
        await asyncio.sleep(self.state['ms'] / 1000)
        out.write(whole(page))
        return True

    async def mode_silent(self, name, page, request, out):
        await asyncio.sleep(FOREVER)

    async def mode_drip(self, name, page, request, out):
        out.write(head(Content_Length=len(page)) + b'\r\n')
        for at in range(len(page)):
            out.write(page[at:at + 1])
            await out.drain()
            await asyncio.sleep(0.05)

    async def mode_nothing(self, name, page, request, out):
        return False

    async def mode_reset(self, name, page, request, out):
        out.transport.abort()

    async def mode_short(self, name, page, request, out):
        out.write(whole(page)[:-len(page) // 2])

    async def mode_short_chunk(self, name, page, request, out):
        out.write(CHUNKED + chunk(page)[:-len(page) // 2])

    async def mode_no_end(self, name, page, request, out):
        out.write(CHUNKED + chunk(page))

    async def mode_bad_chunk(self, name, page, request, out):
        out.write(CHUNKED + b'XYZ\r\n' + page)

    async def mode_bytes(self, name, page, request, out):
        out.write(CHUNKED + b''.join(chunk(page[n:n + 1])
                                     for n in range(len(page))) + END)
        return True

    async def mode_sevens(self, name, page, request, out):
        out.write(CHUNKED + b''.join(chunk(page[n:n + 7])
                                     for n in range(0, len(page), 7)) + END)
        return True

    async def mode_no_length(self, name, page, request, out):
        out.write(head() + b'Connection: close\r\n\r\n' + page)

    async def mode_gzip(self, name, page, request, out):
        out.write(whole(gzip.compress(page), Content_Encoding='gzip'))
        return True

    async def mode_deflate(self, name, page, request, out):
        out.write(whole(zlib.compress(page), Content_Encoding='deflate'))
        return True

    async def mode_gzip_short(self, name, page, request, out):
        out.write(whole(gzip.compress(page)[:-30], Content_Encoding='gzip'))
        return True

    async def mode_gzip_garbage(self, name, page, request, out):
        out.write(whole(b'\x1f\x8b\x08\0' + b'\xee' * 500,
                        Content_Encoding='gzip'))
        return True

    async def mode_bomb(self, name, page, request, out):
        if self.packed_bomb is None:
            loop = asyncio.get_running_loop()
            self.packed_bomb = await loop.run_in_executor(None, bomb, BOMB)
        out.write(whole(self.packed_bomb, Content_Encoding='gzip'))
        return True

    async def paragraphs(self, name, out, size):
        out.write(CHUNKED + chunk(article(name, '')[:-20]))
        block = chunk(f'<p>{TEXT}</p>'.encode() * 300)
        for _ in range(size // len(block)):
            out.write(block)
            await out.drain()

    async def mode_large(self, name, page, request, out):
        await self.paragraphs(name, out, LARGE)
        out.write(END)

    async def mode_endless(self, name, page, request, out):
        await self.paragraphs(name, out, BOMB * 100)

    async def mode_deep(self, name, page, request, out):
        out.write(whole(article(name, '<div>' * DEEP)))
        return True

    async def mode_attributes(self, name, page, request, out):
        many = ' '.join(f'a{n}=1' for n in range(DEEP // 2))
        out.write(whole(article(name, f'<p {many}>{TEXT}</p>')))
        return True

    async def mode_long_word(self, name, page, request, out):
        out.write(whole(article(name, '<p>' + 'o' * 3_000_000 + '</p>')))
        return True

    async def mode_formatting(self, name, page, request, out):
        out.write(whole(article(name, '<b><i><u>' * (DEEP // 10))))
        return True

    async def mode_in_a_tag(self, name, page, request, out):
        out.write(whole(page[:-60] + b'<div title="'))
        return True

    async def mode_bad_bytes(self, name, page, request, out):
        out.write(whole(page.replace(b'<p>', b'<p>\0\x02\xfe\xff\xed\xa0')))
        return True

    async def mode_empty(self, name, page, request, out):
        out.write(whole(b''))
        return True

    async def mode_json(self, name, page, request, out):
        out.write(head(kind='application/json', Content_Length=2)
                  + b'\r\n{}')
        return True

    async def mode_image(self, name, page, request, out):
        out.write(whole(b'\x89PNG\r\n\x1a\n' + bytes(range(256)) * 40))
        return True

    async def mode_tls(self, name, page, request, out):
        out.write(b'\x15\x03\x03\x00\x02\x02\x16' * 40)

    async def mode_header_flood(self, name, page, request, out):
        out.write(b'HTTP/1.1 200 OK\r\n'
                  + b'X-Field: and so on and on\r\n' * 20_000 + b'\r\n')

    async def mode_elsewhere(self, name, page, request, out):
        out.write(head('302 Found', Location='http://127.0.0.1:9/inside',
                       Content_Length=0) + b'\r\n')
        return True

    # what a cache must not share: the page says who asked

    async def told(self, name, request, out, **fields):
        asked = '; '.join(f'{k}={v}' for k, v in sorted(request.items()))
        page = article(name, more=f'<p>Người hỏi: [{asked}] lần '
                                  f'{self.state["total"]}.</p>')
        out.write(whole(page, **fields))
        return True

    async def mode_cookie(self, name, page, request, out):
        return await self.told(name, request, out,
                               Set_Cookie=f'phien={self.state["total"]}')

    async def mode_private(self, name, page, request, out):
        return await self.told(name, request, out,
                               Cache_Control='private, max-age=60')

    async def mode_no_store(self, name, page, request, out):
        return await self.told(name, request, out, Cache_Control='no-store')

    async def mode_no_cache(self, name, page, request, out):
        return await self.told(name, request, out, Cache_Control='no-cache')

    async def mode_expired(self, name, page, request, out):
        return await self.told(name, request, out, Cache_Control='max-age=0')

    async def mode_vary_all(self, name, page, request, out):
        return await self.told(name, request, out, Vary='*',
                               Cache_Control='max-age=60')

    async def mode_vary_cookie(self, name, page, request, out):
        return await self.told(name, request, out, Vary='Cookie',
                               Cache_Control='max-age=60')

    async def mode_echo(self, name, page, request, out):
        return await self.told(name, request, out,
                               Cache_Control='max-age=60')


class Portal:
    def __init__(self):
        self.state = dict(mode='good', ms=0, total=0, now=0, at_once=0)
        self.answers = Answers(self.state)

    def order(self, words):
        if words[0] == 'mode':
            self.state['mode'] = words[1]
            self.state['ms'] = int(words[2]) if len(words) > 2 else 0
        said = {k: self.state[k] for k in ('total', 'at_once')}
        if words[0] == 'stats':
            self.state.update(total=0, at_once=0)
        return json.dumps(said).encode()

    async def answer(self, path, request, out):
        if path.startswith('/-/'):
            out.write(whole(self.order(path[3:].split('/'))))
            return True

        name = path.rsplit('/', 1)[-1]
        mode = self.state['mode']
        if name.startswith('x-'):
            mode = name[2:].rsplit('-', 1)[0]

        state = self.state
        state['total'] += 1
        state['now'] += 1
        state['at_once'] = max(state['at_once'], state['now'])
        try:
            return await self.answers.send(mode, name, request, out)
        finally:
            state['now'] -= 1

    async def connection(self, reader, out):
        try:
            while line := await reader.readline():
                path = line.decode('latin1').split(' ')[1]
                request = {}
                while (field := await reader.readline()).strip():
                    key, _, value = field.decode('latin1').partition(':')
                    request[key.strip().lower()] = value.strip()
                again = await self.answer(path, request, out)
                await out.drain()
                if not again or request.get('connection') == 'close':
                    break
        except (OSError, asyncio.IncompleteReadError, IndexError):
            pass
        finally:
            out.close()


async def main(port):
    server = await asyncio.start_server(Portal().connection, '127.0.0.1',
                                        port, backlog=2048)
    async with server:
        await server.serve_forever()


if __name__ == '__main__':
    try:
        asyncio.run(main(int(sys.argv[1])))
    except KeyboardInterrupt:
        pass
