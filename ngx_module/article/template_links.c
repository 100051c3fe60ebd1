/*
 * Copyright (C) the authors named in LICENSE
 *
 * Where the links of a page lead: which are of the article itself, which
 * pictures with a link are banners, which selects are full of links.
 */

#include <string.h>

#include "template_page.h"


/* Behind the attributes that every plan looks at. */
#define ARTICLE_TEMPLATE_HREF     ARTICLE_ATTRIBUTE_PLAN
#define ARTICLE_TEMPLATE_OPTION   (ARTICLE_ATTRIBUTE_PLAN + 1)

/* A select full of links has so many at least. */
#define ARTICLE_TEMPLATE_OPTIONS  2


static unsigned article_template_is_file(article_slice_t href);
static unsigned article_template_is_root(article_slice_t href,
    unsigned *outward);
static unsigned article_template_ends(article_slice_t s,
    article_slice_t end);
static unsigned article_template_has(article_slice_t s,
    const char *const *words);
static unsigned article_template_is_advert(article_slice_t own);
static article_template_links_t article_template_links_since(
    const article_template_links_t *now,
    const article_template_links_t *then);


void
article_template_links_init(article_strip_t *strip)
{
    article_attributes_t  *attributes;

    attributes = &strip->empty.attributes;
    attributes->name[ARTICLE_TEMPLATE_HREF] = article_literal("href");
    attributes->name[ARTICLE_TEMPLATE_OPTION] = article_literal("value");
    attributes->number = ARTICLE_TEMPLATE_OPTION + 1;

    article_scanner_init(&strip->scanner, &article_cutter_scanner, strip,
                         attributes);
}


void
article_template_link(article_template_page_t *page,
    const article_tag_event_t *event)
{
    unsigned                   outward;
    article_slice_t            value;
    article_template_links_t  *n;

    /* what people need, and what is no page to go to */

    static const char *const  stays[] = {
        "javascript:", "mailto:", "tel:", ".gov.vn", ".chinhphu.vn",
        "dichvucong", "dich-vu-cong", "dvc", "thutuc", "thu-tuc", "tthc",
        "motcua", "mot-cua", "hoidap", "hoi-dap", "gopy", "gop-y",
        "phananh", "phan-anh", "kiennghi", "kien-nghi", "tiepcongdan",
        "tiep-cong-dan", "duongdaynong", "duong-day-nong", "lienhe",
        "lien-he", "contact", "tracuu", "tra-cuu", "lang=", "language",
        "ngonngu", "ngon-ngu", "/en/", "/en?", "english", "tinnhiemmang",
        "rss", "sitemap", "login", "dangnhap", "dang-nhap", "mail",
        "canhbao", "canh-bao", "khancap", "khan-cap", "thoitiet",
        "bao-so", "baoso", "lu-lut", "sat-lo", "thien-tai", "dich-benh",
        "giayphep", "giay-phep", "banquyen", "ban-quyen", NULL
    };

    n = &page->links;

    if (event->tag == ARTICLE_TAG_OPTION) {
        value = event->element.value[ARTICLE_TEMPLATE_OPTION];
        (void) article_template_is_root(value, &outward);

        n->outward += outward;
        n->addresses += outward
                        || (value.len > 1 && memchr("/?.", value.data[0], 3)
                                             != NULL)
                        || article_slice_find(value, article_literal(".aspx"))
                           != NULL
                        || article_slice_find(value, article_literal(".htm"))
                           != NULL;
        return;
    }

    value = event->element.value[ARTICLE_TEMPLATE_HREF];

    if (event->tag != ARTICLE_TAG_A || value.data == NULL) {
        return;
    }

    n->links++;
    article_sum_add(&n->targets, value);

    n->within += (value.len > 1 && value.data[0] == '#')
                 || article_template_is_file(value);

    if (article_template_is_root(value, &outward)) {
        n->roots += outward;
        n->stays += !outward;
    }

    n->stays += article_template_has(value, stays);
}


void
article_template_link_end(article_template_page_t *page)
{
    const article_strip_t  *strip;

    strip = page->strip;

    page->links.images += strip->counts.images
                          - page->frame[strip->nesting.depth - 1].counts.images;
}


void
article_template_option(void *data, article_slice_t text)
{
    article_template_page_t  *page;

    static const char *const  languages[] = {
        "english", "tiếng việt", "tiếng anh", "français", "中文", "日本",
        "한국", "русский", "ລາວ", "ខ្មែរ", NULL
    };
    static const char *const  services[] = {
        "dịch vụ công", "thủ tục", "hồ sơ", "tra cứu", "hỏi đáp", "góp ý",
        "phản ánh", "tiếp công dân", NULL
    };

    page = data;

    article_sum_add_plain(&page->plain, text);

    page->links.languages += article_label_has(text, languages);
    page->links.services += article_label_has(text, services);
}


unsigned
article_template_is_of_text(const article_template_page_t *page,
    unsigned index, const article_counts_t *d)
{
    article_template_links_t  n;

    n = article_template_links_since(&page->links,
                                     &page->frame[index].links);

    return 2 * n.within > d->titles;
}


article_only_t
article_template_linked(const article_template_page_t *page, unsigned index,
    const article_counts_t *d)
{
    uint32_t                         options;
    article_template_links_t         n;
    const article_template_frame_t  *frame;

    frame = &page->frame[index];
    n = article_template_links_since(&page->links, &frame->links);

    if (article_rules_is_banner(d)) {
        return n.links != 0 && n.images == d->images && n.stays == 0
               && (n.roots == 0 || article_template_is_advert(frame->own))
               ? ARTICLE_ONLY_BANNER : ARTICLE_ONLY_ANY;
    }

    if (!article_rules_is_select(d) || d->options < d->selects
        || d->images != 0 || d->numbers != 0)
    {
        return ARTICLE_ONLY_ANY;
    }

    /* the first option of each says what it is */

    options = d->options - d->selects;

    return options >= ARTICLE_TEMPLATE_OPTIONS
           && 10 * n.addresses >= 7 * options
           && n.languages == 0 && 2 * n.services < options
           && (2 * n.outward > options || frame->first.len != 0)
           ? ARTICLE_ONLY_SELECT : ARTICLE_ONLY_ANY;
}


uint64_t
article_template_targets(const article_template_page_t *page, unsigned index)
{
    return article_sum_since(&page->links.targets,
                             &page->frame[index].links.targets);
}


/* A document, or what is heard and seen: an article's own, as a rule. */
static unsigned
article_template_is_file(article_slice_t href)
{
    size_t  i, k;

    static const article_slice_t  ends[] = {
        { ".pdf", 4 }, { ".doc", 4 }, { ".docx", 5 }, { ".xls", 4 },
        { ".xlsx", 5 }, { ".ppt", 4 }, { ".pptx", 5 }, { ".rar", 4 },
        { ".zip", 4 }, { ".mp3", 4 }, { ".mp4", 4 }
    };

    for (i = 0; i < href.len && href.data[i] != '?' && href.data[i] != '#';
         i++)
    {
        /* void */
    }

    href.len = i;

    for (k = 0; k < sizeof(ends) / sizeof(ends[0]); k++) {
        if (article_template_ends(href, ends[k])) {
            return 1;
        }
    }

    return 0;
}


/* 1 if it leads to a home page; *outward: it names its host. */
static unsigned
article_template_is_root(article_slice_t href, unsigned *outward)
{
    size_t       i, host;
    const char  *p;

    static const char *const  homes[] = {
        "index.", "default.", "home", "trangchu", "trang-chu", NULL
    };

    p = article_slice_find(href, article_literal("//"));
    host = p != NULL ? (size_t) (p - href.data) + 2 : 0;

    *outward = p != NULL && (p == href.data || p[-1] == ':');
    i = 0;

    if (*outward) {
        for (i = host; i < href.len && href.data[i] != '/'; i++) {
            /* void */
        }
    }

    while (i < href.len && (href.data[i] == '/' || href.data[i] == '.')) {
        i++;
    }

    href.data += i;
    href.len -= i;

    return href.len == 0 || href.data[0] == '#' || href.data[0] == '?'
           || (article_slice_find(href, article_literal("?")) == NULL
               && article_template_has(href, homes));
}


static unsigned
article_template_ends(article_slice_t s, article_slice_t end)
{
    article_slice_t  tail;

    if (s.len < end.len) {
        return 0;
    }

    tail.data = s.data + s.len - end.len;
    tail.len = end.len;

    return article_slice_equal_case(tail, end);
}


/* One of the words (small letters, no marks) is in it, in any case. */
static unsigned
article_template_has(article_slice_t s, const char *const *words)
{
    size_t           i;
    article_slice_t  part;

    for ( /* void */ ; *words != NULL; words++) {
        part.len = strlen(*words);

        for (i = 0; i + part.len <= s.len; i++) {
            part.data = s.data + i;

            if (article_slice_equal_case(part, (article_slice_t) {
                                                  *words, part.len }))
            {
                return 1;
            }
        }
    }

    return 0;
}


/* Its id or a class says that it is for advertisements. */
static unsigned
article_template_is_advert(article_slice_t own)
{
    static const char *const  words[] = {
        "banner", "quangcao", "quang-cao", "quang_cao", "advert", "sponsor",
        ".ads", "#ads", "-ads", "_ads", ".adv", "#adv", ".qc", "#qc", NULL
    };

    return article_template_has(own, words);
}


static article_template_links_t
article_template_links_since(const article_template_links_t *now,
    const article_template_links_t *then)
{
    article_template_links_t  n;

    n.links = now->links - then->links;
    n.images = now->images - then->images;
    n.within = now->within - then->within;
    n.stays = now->stays - then->stays;
    n.roots = now->roots - then->roots;
    n.outward = now->outward - then->outward;
    n.addresses = now->addresses - then->addresses;
    n.languages = now->languages - then->languages;
    n.services = now->services - then->services;
    n.targets = then->targets;

    return n;
}
