// Copyright (C) ngx_article authors
//
// node xss.mjs FOLDER: holds the content_html of every item in FOLDER/json
// against DOMPurify, whose packages are in FOLDER/node_modules.

import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const folder = process.argv[2];
const require = createRequire(path.resolve(folder, 'here.js'));
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('');
const purify = require('dompurify')(window);

// where an application may put it: HTML changes its meaning with its place
const AROUND = [
    s => s,
    s => `<div>${s}</div>`,
    s => `<table><tr><td>${s}</td></tr></table>`,
    s => `<svg><desc>${s}</desc></svg>`,
    s => `<math><mtext>${s}</mtext></math>`,
    s => `<template>${s}</template>`,
];
const ROUNDS = 2;


function parsed(html) {
    const { body } = window.document.implementation.createHTMLDocument('');

    body.innerHTML = html;
    return body;
}


// what DOMPurify, as it comes, takes out
function removed(html) {
    purify.sanitize(html);
    return purify.removed.map(r => r.element
        ? `<${r.element.nodeName.toLowerCase()}>`
        : `${r.attribute?.name} of <${r.from?.nodeName.toLowerCase()}>`);
}


function active(body) {
    const found = [];

    for (const element of body.querySelectorAll('*')) {
        if (/^(script|iframe|object|embed|base|meta|link|style|form)$/i
            .test(element.localName)) {
            found.push(`<${element.localName}>`);
        }
        for (const { name, value } of element.attributes) {
            if (/^on/i.test(name) || /^(style|srcdoc|formaction)$/i.test(name)
                || (/^(href|src|poster|action|xlink:href)$/i.test(name)
                    && !/^(https?:|#)/i.test(value))) {
                found.push(`${name}="${value.slice(0, 40)}"`);
            }
        }
    }
    return found;
}


function problems(html) {
    const found = removed(html);

    for (const around of AROUND) {
        let text = around(html);
        for (let round = 0; round < ROUNDS; round++) {
            const body = parsed(text);
            found.push(...active(body));
            text = body.innerHTML;
        }
    }

    if (parsed(html).innerHTML !== parsed(parsed(html).innerHTML).innerHTML) {
        found.push('changes when it is parsed again');
    }
    return [...new Set(found)];
}


let count = 0;
let bad = 0;

for (const name of fs.readdirSync(path.join(folder, 'json'))) {
    if (!name.endsWith('.json')) {
        continue;
    }
    const file = path.join(folder, 'json', name);
    const item = JSON.parse(fs.readFileSync(file, 'utf8'));

    for (const one of item.items ?? [item]) {
        if (one.content_html === undefined) {
            continue;
        }
        count++;
        const found = problems(one.content_html);
        if (found.length) {
            bad++;
            console.log(`${name}: ${found.slice(0, 5).join(', ')}`);
        }
    }
}

console.log(`${count} fragments, ${bad} that are not inert`);
process.exit(bad || !count ? 1 : 0);
