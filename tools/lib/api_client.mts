/*
 * Copyright (C) ngx_article authors
 *
 * A client as an application would have it: types from conf/openapi.json,
 * copies kept with their ETag, addresses out of the JSON alone.
 */

import * as http from 'node:http';
import * as zlib from 'node:zlib';
import type { components, operations } from './types.js';

type Ok<O extends keyof operations> =
    operations[O]['responses'][200]['content']['application/json'];

export type Feed = Ok<'getHome'>;
export type Page = Ok<'getPage'>;
export type Status = components['schemas']['Status'];

interface Copy {
    etag: string;
    page: Page;
}

export class Client {
    readonly copies = new Map<string, Copy>();
    bytes = 0;              /* as they came */
    unchanged = 0;

    constructor(readonly port: number) {
    }

    /* The page at an address that some JSON named. */
    async get(url: string): Promise<Page> {
        const { pathname, search } = new URL(url, 'http://gateway');
        const path = pathname + search;
        const copy = this.copies.get(path);
        const answer = await this.ask(path, copy?.etag);

        if (answer.status === 304 && copy) {
            this.unchanged++;
            return copy.page;
        }

        if (answer.status !== 200) {
            throw new Error(`${path}: ${answer.status} ${answer.body}`);
        }

        const page = JSON.parse(answer.body) as Page;

        this.copies.set(path, { etag: answer.etag, page });

        return page;
    }

    private ask(path: string, etag?: string)
        : Promise<{ status: number; etag: string; body: string }>
    {
        const headers: Record<string, string> = {
            'Accept': 'application/json', 'Accept-Encoding': 'gzip',
        };

        if (etag) {
            headers['If-None-Match'] = etag;
        }

        return new Promise((done, failed) => {
            http.get({ port: this.port, path, headers }, (answer) => {
                const parts: Buffer[] = [];

                answer.on('data', (part: Buffer) => parts.push(part));
                answer.on('error', failed);
                answer.on('end', () => {
                    const raw = Buffer.concat(parts);
                    const zipped = answer.headers['content-encoding'] === 'gzip';

                    this.bytes += raw.length;
                    done({
                        status: answer.statusCode ?? 0,
                        etag: answer.headers.etag ?? '',
                        body: (zipped ? zlib.gunzipSync(raw) : raw).toString(),
                    });
                });
            }).on('error', failed);
        });
    }
}

function isFeed(page: Page): page is Feed {
    return 'items' in page;
}

/* Everything that can be reached from a feed. */
export async function walk(client: Client, start: string): Promise<string[]> {
    const seen = new Set<string>([start]);
    const waiting = [start];
    const titles: string[] = [];

    const add = (url: string | undefined) => {
        if (url && !seen.has(url)) {
            seen.add(url);
            waiting.push(url);
        }
    };

    for (let url = waiting.shift(); url; url = waiting.shift()) {
        const page = await client.get(url);

        if (!isFeed(page)) {
            titles.push(page.title ?? page.id);
            continue;
        }

        page.items.forEach((item) => add(item._article.json_url));
        page._article.sections?.forEach((section) => add(section.json_url));
        add(page.next_url);
    }

    return titles;
}
