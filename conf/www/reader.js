/*
 * Copyright (C) ngx_article authors
 *
 * A sample reader of ngx_article's JSON: a feed, its pages, its articles.
 * It knows two addresses, of <body>: data-feed, the portal's home page through
 * the gateway, and data-latest, its article_latest (left out if there is none).
 * Every other address comes out of the JSON.
 */

'use strict';

const words = {
    vi: { more: 'Xem thêm', retry: 'Thử lại', original: 'Bài gốc',
          wrong: 'Không tải được.', latest: 'Mới nhất', empty: 'Chưa có bài.' },
    en: { more: 'More', retry: 'Try again', original: 'Original',
          wrong: 'Could not be loaded.', latest: 'Latest',
          empty: 'Nothing here yet.' },
};

const say = words[navigator.language.startsWith('vi') ? 'vi' : 'en'];
const main = document.getElementById('main');
const sections = document.getElementById('sections');

/* An address of JSON as this page's server has it, whatever its host. */
function local(url) {
    const { pathname, search } = new URL(url, location.href);

    return pathname + search;
}

function element(name, attributes = {}, ...children) {
    const node = document.createElement(name);

    for (const [key, value] of Object.entries(attributes)) {
        node.setAttribute(key, value);
    }

    node.append(...children.filter((child) => child !== undefined));

    return node;
}

/* A feed or item; of a problem its detail is thrown. */
async function load(url) {
    const answer = await fetch(url, { headers: { Accept: 'application/json' } });
    const json = await answer.json();

    if (!answer.ok) {
        throw new Error(json.detail || json.title);
    }

    return json;
}

function date(item) {
    if (!item.date_published) {
        return '';
    }

    const day = item._article.date_precision === 'day';

    return new Intl.DateTimeFormat(document.documentElement.lang, {
        dateStyle: 'medium', timeZone: 'Asia/Ho_Chi_Minh',
        ...(day ? {} : { timeStyle: 'short' }),
    }).format(new Date(item.date_published));
}

function facts(item) {
    const authors = (item.authors || []).map((author) => author.name);
    const parts = [date(item), item._article.section, authors.join(', '),
                   item._article.source];

    return element('div', { class: 'facts' },
                   parts.filter(Boolean).join(' · '));
}

function picture(url, alt = '') {
    const image = element('img', { src: url, alt, loading: 'lazy' });

    image.addEventListener('error', () => image.remove());

    return image;
}

function entry(item) {
    const link = item._article.json_url
        ? element('a', { href: '#' + local(item._article.json_url) }, item.title)
        : element('a', { href: item.url, rel: 'noopener' }, item.title);

    return element('li', { class: 'item' },
                   element('h2', {}, link), facts(item),
                   item.summary ? element('p', {}, item.summary) : undefined,
                   item.image ? picture(item.image) : undefined);
}

/* The items of a feed, and a button for its next page. */
function showItems(feed, list) {
    list.append(...feed.items.map(entry));

    if (!feed.next_url) {
        return;
    }

    const more = element('button', { class: 'more' }, say.more);

    more.addEventListener('click', async () => {
        more.disabled = true;

        try {
            showItems(await load(local(feed.next_url)), list);
            more.remove();
        } catch (error) {
            more.textContent = say.retry;
            more.disabled = false;
        }
    });

    list.after(more);
}

function showFeed(feed) {
    const list = element('ol');

    main.append(element('h1', {}, feed.title), list);
    showItems(feed, list);

    if (feed.items.length === 0) {
        main.append(element('p', {}, say.empty));
    }
}

/* content_html holds nothing active, and this page's policy runs nothing. */
function showArticle(item) {
    const text = element('div');

    text.innerHTML = item.content_html;

    for (const image of text.querySelectorAll('img')) {
        image.loading = 'lazy';
        image.addEventListener('error', () => image.remove());
    }

    if (item.language) {
        text.lang = item.language;
    }

    main.append(element('article', {},
                        element('h1', {}, item.title || ''), facts(item), text,
                        ...(item.attachments || []).map(attachment),
                        element('p', { class: 'facts' },
                                item._article.rights || '', ' ',
                                item.url ? element('a', { href: item.url },
                                                   say.original)
                                         : '')));
}

function attachment(file) {
    if (/^(audio|video)\//.test(file.mime_type)) {
        const player = element(file.mime_type.split('/')[0],
                               { src: file.url, controls: '' });

        return element('p', {}, player);
    }

    return element('p', {}, element('a', { href: file.url },
                                    file.title || file.url));
}

function showSections(feed) {
    const links = (feed._article.sections || [])
        .filter((section) => section.json_url)
        .map((section) => element('a',
                                  { href: '#' + local(section.json_url) },
                                  section.title));
    const latest = document.body.dataset.latest;

    if (latest) {
        links.unshift(element('a', { href: '#' + latest }, say.latest));
    }

    sections.replaceChildren(...links);
}

async function show() {
    const home = document.body.dataset.feed;
    const url = location.hash.slice(1) || home;

    main.setAttribute('aria-busy', 'true');

    try {
        const json = await load(local(url));

        main.replaceChildren();
        document.title = json.title || document.title;

        if (json.items) {
            showFeed(json);
        } else {
            showArticle(json);
        }

        if (json._article.kind === 'home' || sections.children.length === 0) {
            showSections(json._article.kind === 'home' ? json
                                                       : await load(home));
        }
    } catch (error) {
        const again = element('button', { class: 'more' }, say.retry);

        again.addEventListener('click', show);
        main.replaceChildren(element('div', { class: 'wrong' },
                                     element('p', {}, say.wrong),
                                     element('p', { class: 'facts' },
                                             error.message)), again);
    }

    main.setAttribute('aria-busy', 'false');
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
}

addEventListener('hashchange', show);
show();
