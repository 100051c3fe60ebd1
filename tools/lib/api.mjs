/*
 * Copyright (C) ngx_article authors
 *
 * The work of tools/api: a portal, a gateway, and who uses it.
 */

import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';

import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parseJsonFeed } from 'feedsmith';

import { Client, walk } from './api_client.mjs';

const [nginx, module, root, chromium] = process.argv.slice(2);
const HOME = path.dirname(new URL(import.meta.url).pathname);
const SECTIONS = ['Chính trị', 'Kinh tế', 'Văn hóa'];
const ARTICLES = 24;
const ON_A_PAGE = 5;
const START_MS = 10000;
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="640" '
    + 'height="400"><rect width="640" height="400" fill="#b8cfe0"/><path '
    + 'd="M0 400 260 210 400 310 520 230 640 400z" fill="#5b7f62"/></svg>';

let failures = 0;

function check(good, what) {
    console.log(`${good ? 'ok' : 'WRONG'}: ${what}`);
    failures += good ? 0 : 1;
}

const TEXT = 'Sáng nay, đoàn công tác của huyện đã đi kiểm tra các công trình '
    + 'đang xây dựng và nghe người dân hai bên đường góp ý về tiến độ.';

function frame(title, content) {
    const menu = SECTIONS.map((name, n) => `<li><a href="/muc/${n}">${name}`
                                           + '</a></li>').join('');

    return '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        + `<title>${title}</title></head><body><ul id="menu"><li><a href="/">`
        + `Trang chủ</a></li>${menu}</ul>${content}`
        + '<p>Bản quyền thuộc về Báo Mẫu</p></body></html>';
}

const title = (n) => `Tin số ${n}: huyện sửa xong con đường thứ ${n}`;

function list(numbers) {
    return '<div class="list">' + numbers.map((n) =>
        `<div class="item"><a href="/tin/${n}.html"><img src="/anh/${n}.jpg" `
        + `alt=""></a><h3><a href="/tin/${n}.html">${title(n)}</a></h3>`
        + `<span class="date">${n + 1}/05/2026 08:30</span>`
        + `<p>Tóm tắt của tin số ${n}, kể ngắn gọn việc sửa đường.</p></div>`)
        .join('') + '</div>';
}

function listing(section, page) {
    const all = [...Array(ARTICLES).keys()].filter((n) =>
        n % SECTIONS.length === section);
    const pages = Math.ceil(all.length / ON_A_PAGE);
    const next = page < pages
        ? `<div class="pages"><a href="/muc/${section}?page=${page + 1}">`
          + 'Trang sau</a></div>' : '';

    return frame(SECTIONS[section], `<h1>${SECTIONS[section]}</h1>`
                 + list(all.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE))
                 + next);
}

function article(n) {
    return frame(title(n), `<h1>${title(n)}</h1>`
        + `<p class="date">${n + 1}/05/2026 08:30</p><div class="content">`
        + `<p><img src="/anh/${n}.jpg" alt=""></p>`
        + [1, 2, 3, 4].map((k) => `<p>${k}. ${TEXT}</p>`).join('')
        + '<p><b>Nguyễn Văn An</b></p></div>');
}

function portal(request, response) {
    const url = new URL(request.url, 'http://portal');
    const section = /^\/muc\/(\d)$/.exec(url.pathname);
    const number = /^\/tin\/(\d+)\.html$/.exec(url.pathname);
    let body;

    if (url.pathname === '/') {
        body = frame('Báo Mẫu', list([23, 22, 21, 20, 19, 18]));
    } else if (section) {
        body = listing(Number(section[1]),
                       Number(url.searchParams.get('page') ?? 1));
    } else if (number) {
        body = article(Number(number[1]));
    }

    response.writeHead(body ? 200 : 404,
                       { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(body ?? 'x');
}

const listen = (server) => new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done(server.address().port)));

async function freePort() {
    const server = net.createServer();
    const port = await listen(server);

    await new Promise((done) => server.close(done));

    return port;
}

function configuration(port, portalPort) {
    const user = process.getuid() === 0 ? 'user root;' : '';

    return `load_module ${module};
${user}
daemon off;
pid nginx.pid;
error_log error.log;
events { worker_connections 256; }
http {
    client_body_temp_path client_body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    access_log off;
    types { text/html html; text/css css; text/javascript js; }
    article_zone api:4m;
    server {
        listen 127.0.0.1:${port};
        article_base_url https://bao.example;
        location /api/ {
            article_json /-source/;
            article_cache_valid 5m;
        }
        location = /latest { article_latest page=10; }
        location /-source/ {
            internal;
            proxy_pass http://127.0.0.1:${portalPort}/;
        }
        location = /article-status { article_status; }
        location /reader/ { alias ${root}/conf/www/; }
    }
}
`;
}

async function gateway(portalPort) {
    const port = await freePort();
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'api'));

    fs.writeFileSync(path.join(directory, 'nginx.conf'),
                     configuration(port, portalPort));

    const child = spawn(nginx, ['-p', directory, '-c', 'nginx.conf',
                                '-e', 'error.log'], { stdio: 'inherit' });
    const end = Date.now() + START_MS;

    for (;;) {
        try {
            await fetch(`http://127.0.0.1:${port}/article-status`);
            break;
        } catch (error) {
            if (Date.now() > end) {
                throw error;
            }
            await new Promise((done) => setTimeout(done, 100));
        }
    }

    return { port, stop() {
        child.kill();
        child.on('exit', () => fs.rmSync(directory, { recursive: true }));
    } };
}

const read = (name) => JSON.parse(fs.readFileSync(path.join(root, 'conf',
                                                            name)));

function validators() {
    const ajv = addFormats(new Ajv({ strict: false }));
    const schema = read('article.schema.json');
    const api = read('openapi.json');

    ajv.addSchema({ ...api, $id: 'openapi' });

    return {
        page: ajv.compile(schema),
        status: ajv.compile({ $ref: 'openapi#/components/schemas/Status' }),
    };
}

async function json(port) {
    const valid = validators();
    const client = new Client(port);
    const titles = await walk(client, '/api/');
    const wanted = [...Array(ARTICLES).keys()].map(title);

    check(titles.length === ARTICLES
          && wanted.every((name) => titles.includes(name)),
          `from the home feed to all ${ARTICLES} articles by JSON alone: `
          + `${titles.length}`);

    for (const [name, copy] of client.copies) {
        if (!valid.page(copy.page)) {
            check(false, `${name}: ${JSON.stringify(valid.page.errors)}`);
        }
    }
    check(true, `${client.copies.size} answers are as the schema has them`);

    const first = client.bytes;

    client.bytes = 0;
    await walk(client, '/api/');
    check(client.unchanged === client.copies.size && client.bytes === 0,
          `the second time all ${client.unchanged} are 304 and empty`);
    check(first > 0, `the first time ${first} bytes of gzip`);

    let url = '/latest';
    let newest = [];

    for (let pages = 0; url && pages < ARTICLES; pages++) {
        const feed = await client.get(url);

        newest = newest.concat(feed.items.map((item) => item.title));
        url = feed.next_url;
    }
    check(JSON.stringify(newest) === JSON.stringify([...wanted].reverse()),
          'Latest has them all, the newest first, over its pages');

    const status = await (await fetch(
        `http://127.0.0.1:${port}/article-status`)).json();

    check(valid.status(status), 'article_status is as openapi.json has it '
          + JSON.stringify(valid.status.errors ?? ''));
}

async function library(port) {
    for (const url of ['/api/', '/api/muc/1', '/latest']) {
        const text = await (await fetch(`http://127.0.0.1:${port}${url}`)).text();
        const feed = parseJsonFeed(text);

        check(feed.items.length > 0 && feed.items.every((item) =>
            item.id && item.title && item.url), `feedsmith reads ${url}: `
              + `"${feed.title}", ${feed.items.length} items`);
    }
}

async function reader(port) {
    const { chromium: browsers } = await import('playwright-core');
    const browser = await browsers.launch({ executablePath: chromium,
                                            args: ['--no-sandbox'] });
    const page = await browser.newPage({ viewport: { width: 390, height: 844 },
                                         locale: 'vi-VN' });
    const wrong = [];

    page.on('console', (message) => {
        if (message.type() === 'error'
            && !/ERR_|404/.test(message.text())) {
            wrong.push(message.text());
        }
    });
    page.on('pageerror', (error) => wrong.push(String(error)));

    await page.route('https://bao.example/**', (route) => route.fulfill({
        contentType: 'image/svg+xml', body: PICTURE }));
    await page.goto(`http://127.0.0.1:${port}/reader/reader.html`);
    await page.waitForSelector('li.item');
    await page.screenshot({ path: path.join(HOME, 'reader-feed.png') });

    check(await page.locator('li.item').count() === 6, 'the home feed');
    check(await page.locator('#sections a').count() === 1 + SECTIONS.length,
          'Latest and the sections');

    await page.click('#sections a:nth-child(3)');
    await page.waitForFunction(() =>
        document.querySelector('h1')?.textContent === 'Kinh tế');
    await page.click('button.more');
    await page.waitForFunction(() =>
        document.querySelectorAll('li.item').length === 8);
    check(true, 'a section, and its second page');

    await page.click('li.item h2 a >> nth=0');
    await page.waitForSelector('article p');
    check((await page.locator('article').innerText()).includes(TEXT),
          'an article');
    await page.screenshot({ path: path.join(HOME, 'reader-article.png') });

    await page.evaluate(() => { location.hash = '#/api/khong-co'; });
    await page.waitForSelector('.wrong');
    check(true, 'what cannot be loaded is said');
    check(wrong.length === 0, `no error in the console ${wrong.join('; ')}`);

    await browser.close();
}

const server = http.createServer(portal);
const running = await gateway(await listen(server));

try {
    await json(running.port);
    await library(running.port);

    if (chromium) {
        await reader(running.port);
    }
} finally {
    running.stop();
    server.close();
    server.closeAllConnections();
}

console.log(`api: ${failures} wrong`);
process.exitCode = failures ? 1 : 0;
