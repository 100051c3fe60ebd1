// Copyright (C) ngx_article authors
//
// The pages of tools/browser in headless Chromium, as they are and stripped.
//
//   node browser.mjs PLAYWRIGHT CHROMIUM PAGES PLAIN STRIPPED SHOTS
//
// PLAYWRIGHT is the folder of playwright-core, PAGES a JSON list of [host,
// path], PLAIN and STRIPPED the gateway's ports, SHOTS a folder for pictures.
// Prints what is wrong, then counts; exit code 1 if anything is.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';

const [playwright, executablePath, list, plain, stripped, shots]
    = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)(playwright);

const TIMEOUT = 90000;     // a busy machine draws slowly
const FORMS = 'http://bieumau.example';
const FORMS_PAGE = '/TinTuc/ChiTiet.aspx?id=7';

const pages = JSON.parse(fs.readFileSync(list, 'utf8'));
const count = { pages: 0, cut: 0, cuts: 0, complaints: 0, steps: 0 };
let failures = 0;


function fail(where, what) {
    failures++;
    console.log(`FAIL ${where}: ${what}`);
}


// The page's bytes, and the ranges that Article-Cut says were taken out.
function fetchPage(port, host, url) {
    return new Promise((resolve, reject) => {
        http.get({ host: '127.0.0.1', port, path: url,
                   headers: { Host: host } }, (response) => {
            const parts = [];
            response.on('data', (part) => parts.push(part));
            response.on('error', reject);
            response.on('end', () => {
                const cuts = [];
                for (let i = 0; i < response.rawTrailers.length; i += 2) {
                    const range = /^(\d+)-(\d+) /.exec(
                        response.rawTrailers[i + 1]);
                    if (range) { cuts.push([+range[1], +range[2]]); }
                }
                resolve({ body: Buffer.concat(parts),
                          cuts: cuts.sort((a, b) => a[0] - b[0]) });
            });
        }).on('error', reject);
    });
}


// The pieces of the page around the cuts; between them goes what is given.
function around(body, cuts, open, close) {
    const parts = [];
    let at = 0;

    for (const [from, to] of cuts) {
        parts.push(body.subarray(at, from), Buffer.from(open),
                   close ? body.subarray(from, to) : Buffer.alloc(0),
                   Buffer.from(close));
        at = to;
    }

    parts.push(body.subarray(at));
    return Buffer.concat(parts);
}


// In the browser: the DOM of the marked original without what is between the
// marks, against the DOM of the stripped page.  Where they part, or ''.
function compareDocuments({ marked, cut, charset }) {
    const decode = (base64) => new TextDecoder(charset).decode(
        Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
    const parse = (text) => new DOMParser().parseFromString(text,
                                                            'text/html');
    const expected = parse(decode(marked));
    const marks = [];
    const walker = expected.createTreeWalker(expected,
                                             NodeFilter.SHOW_COMMENT);

    while (walker.nextNode()) {
        if (/^article-cut-/.test(walker.currentNode.data)) {
            marks.push(walker.currentNode);
        }
    }

    for (let i = 0; i + 1 < marks.length; i += 2) {
        const range = expected.createRange();
        range.setStartBefore(marks[i]);
        range.setEndAfter(marks[i + 1]);
        range.deleteContents();
    }

    const flat = (document) => {
        document.normalize();
        // what the parser puts in without a tag goes when it is left empty
        document.querySelectorAll('tbody:empty').forEach((e) => e.remove());
        return document.documentElement.outerHTML;
    };
    const [a, b] = [flat(expected), flat(parse(decode(cut)))];

    if (a === b) { return ''; }

    let i = 0;
    while (a[i] === b[i]) { i++; }
    return `"${a.slice(i - 60, i + 120)}" became "${b.slice(i, i + 120)}"`;
}


// A tab of its own for one of the gateway's ports; its "seen" is what a person
// with the console open would see go wrong.
async function openTab(browser, port) {
    const context = await browser.newContext({
        viewport: { width: 1200, height: 900 } });
    const page = await context.newPage();
    const tab = { page, port, seen: [] };
    const say = (kind, text) => tab.seen.push(
        `${kind} ${text.replaceAll(`:${port}`, '')}`);

    page.setDefaultTimeout(TIMEOUT);
    // nothing but the gateway is on this machine
    await page.route((to) => to.port !== String(port),
                     (route) => route.abort());

    page.on('console', (message) => {
        if (message.type() === 'error') {
            say('console', `${message.text()} ${message.location().url}`);
        }
    });
    page.on('pageerror', (error) => say('error', error.message));
    page.on('requestfailed', (request) => say('failed', request.url()));
    page.on('response', (response) => {
        if (response.status() >= 400) {
            say(String(response.status()), response.url());
        }
    });

    return tab;
}


// Returns what went wrong, and the charset that the browser took.
async function look(tab, host, url) {
    tab.seen = [];
    await tab.page.goto(`http://${host}:${tab.port}${url}`,
                        { waitUntil: 'load' });
    await shoot(tab.page, host, tab.port);

    return { seen: tab.seen,
             charset: await tab.page.evaluate(() => document.characterSet) };
}


async function comparePage(tabs, tool, [host, url]) {
    const where = host + url;
    const original = await fetchPage(plain, host, url);
    const result = await fetchPage(stripped, host, url);

    count.pages++;
    count.cut += result.cuts.length > 0;
    count.cuts += result.cuts.length;

    if (!around(original.body, result.cuts, '', '').equals(result.body)) {
        fail(where, 'the bytes are not those of the original less the cuts');
    }

    const [before, after] = await Promise.all(
        tabs.map((tab) => look(tab, host, url)));

    count.complaints += before.seen.length;

    for (const what of after.seen) {
        const i = before.seen.indexOf(what);
        if (i >= 0) { before.seen.splice(i, 1); } else { fail(where, what); }
    }

    const difference = await tool.evaluate(compareDocuments, {
        marked: around(original.body, result.cuts, '<!--article-cut-begin-->',
                       '<!--article-cut-end-->').toString('base64'),
        cut: result.body.toString('base64'),
        charset: before.charset });

    if (difference) { fail(where, `the trees differ: ${difference}`); }
    if (before.charset !== after.charset) { fail(where, 'another charset'); }
}


// the first page of each portal, both ways
const shot = new Set();

async function shoot(page, host, port) {
    const name = `${host}-${port === stripped ? 'stripped' : 'plain'}.png`;

    if (!shot.has(name)) {
        shot.add(name);

        // of what is too tall for one, what people see first
        const to = path.join(shots, name);
        await page.screenshot({ path: to, fullPage: true })
            .catch(() => page.screenshot({ path: to }));
    }
}


// What a reader does on a WebForms page, and what comes of each step.
const STEPS = [
    ['page 2', (page) => post(page, () => page.click('#trang-2'))],
    ['comments', (page) => partial(page)],
    ['more comments', (page) => partial(page)],
    ['page 3 after them', (page) => post(page, () => page.click('#trang-3'))],
    ['search', async (page) => {
        await page.fill('input[name="ctl00$word"]', 'bờ bao & "kè"');
        await post(page, () => page.click('input[name="ctl00$search"]'));
    }],
];


async function post(page, act) {
    await Promise.all([page.waitForNavigation(), act()]);
}


async function partial(page) {
    const before = await page.inputValue('[name="__VIEWSTATE"]');

    await page.click('#them');
    await page.waitForFunction((old) => document.querySelector(
        '[name="__VIEWSTATE"]').value !== old, before);
}


async function walkForms(tab) {
    const { page } = tab;
    const results = [];

    tab.seen = [];
    await page.goto(`${FORMS}:${tab.port}${FORMS_PAGE}`);
    const lists = await page.getByText('Tin cùng chuyên mục').count();

    for (const [name, step] of STEPS) {
        await step(page);
        results.push([name, await page.innerText('#ket-qua'),
                      await page.innerText('#ctl00_up'),
                      await page.innerText('.noi-dung')].join(' | '));
    }

    return { lists, results: [...results, ...tab.seen] };
}


async function compareForms(tabs) {
    const [original, result] = await Promise.all(tabs.map(walkForms));
    const last = 'trang 3, gửi 5, tìm "bờ bao & "kè"", thêm 2';

    count.steps += STEPS.length;

    if (original.lists !== 1 || result.lists !== 0) {
        fail(FORMS, 'the list is not cut, or was not there');
    }
    if (!original.results.some((text) => text.includes(last))) {
        fail(FORMS, `the portal did not do as it was asked: ${
            original.results.join('\n')}`);
    }
    if (original.results.join('\n') !== result.results.join('\n')) {
        fail(FORMS, `other results: ${result.results.join('\n')}`);
    }
}


const browser = await chromium.launch({ executablePath, args: [
    '--host-resolver-rules=MAP * 127.0.0.1', '--disable-gpu',
    ...(process.getuid() === 0 ? ['--no-sandbox'] : [])] });

try {
    const tabs = [await openTab(browser, plain),
                  await openTab(browser, stripped)];
    const tool = await browser.newPage();

    for (const page of pages) { await comparePage(tabs, tool, page); }
    await compareForms(tabs);
} finally {
    await browser.close();
}

console.log(`${count.pages} pages of ${shot.size / 2} portals, ${count.cut} `
    + `of them cut in ${count.cuts} places; ${count.complaints} complaints of `
    + `the originals, ${count.steps} postbacks`);

if (count.cuts === 0) { fail('all', 'nothing was cut'); }
process.exit(failures ? 1 : 0);
