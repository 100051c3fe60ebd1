/*
 * Copyright (C) ngx_article authors
 *
 * Items and feeds as JSON (JSON Feed 1.1), problems (RFC 9457).
 */

#include <stdio.h>
#include <string.h>

#include <yajl/yajl_gen.h>

#include "page.h"


/* Words of content_text are counted for _article.word_count. */

typedef struct {
    article_page_t  *page;
    yajl_gen         gen;
} article_json_t;


static int article_json_open(article_json_t *json, article_page_t *page);
static article_slice_t article_json_close(article_json_t *json);
static void article_json_string(article_json_t *json, article_slice_t s);
static void article_json_text(article_json_t *json, const char *s);
static void article_json_member(article_json_t *json, const char *name,
    article_slice_t value);
static void article_json_number(article_json_t *json, const char *name,
    long long value);
static void article_json_date(article_json_t *json, const char *name,
    const article_date_t *date);
static void article_json_authors(article_json_t *json);
static void article_json_tags(article_json_t *json);
static void article_json_attachments(article_json_t *json);
static unsigned article_json_attachment(article_json_t *json,
    article_media_t *media, unsigned opened);
static void article_json_images(article_json_t *json);
static void article_json_embeds(article_json_t *json);
static void article_json_extension(article_json_t *json,
    article_slice_t version);
static void article_json_item_extension(article_json_t *json,
    const article_item_t *item);
static article_slice_t article_json_gateway(article_page_t *page,
    article_slice_t url);
static article_slice_t article_json_version(article_page_t *page);
static article_slice_t article_json_hash(article_page_t *page, uint64_t a,
    uint64_t b);
static article_slice_t article_media_address(article_page_t *page,
    const article_media_t *media);


article_slice_t
article_json_item(article_page_t *page, article_slice_t *version)
{
    article_json_t    json;
    article_facts_t  *facts;

    facts = &page->facts;

    *version = article_json_version(page);

    if (article_json_open(&json, page) != 0) {
        return (article_slice_t) { NULL, 0 };
    }

    article_json_member(&json, "id", facts->id);
    article_json_member(&json, "url", facts->url);
    article_json_member(&json, "title", facts->title);
    article_json_member(&json, "summary", facts->summary);
    article_json_member(&json, "content_text", facts->text);
    article_json_member(&json, "content_html", facts->html);
    article_json_member(&json, "image", facts->image);

    if (facts->has_published) {
        article_json_date(&json, "date_published", &facts->published);
    }

    if (facts->has_modified) {
        article_json_date(&json, "date_modified", &facts->modified);
    }

    article_json_authors(&json);
    article_json_tags(&json);
    article_json_member(&json, "language", page->head.language);
    article_json_attachments(&json);

    article_json_text(&json, "_article");
    article_json_extension(&json, *version);

    return article_json_close(&json);
}


article_slice_t
article_json_feed(article_page_t *page, article_slice_t *version)
{
    uint32_t          i;
    article_json_t    json;
    article_item_t   *item;

    *version = article_json_version(page);

    if (article_json_open(&json, page) != 0) {
        return (article_slice_t) { NULL, 0 };
    }

    article_json_member(&json, "version",
                        article_literal("https://jsonfeed.org/version/1.1"));
    article_json_member(&json, "title", page->facts.title.len
                                        ? page->facts.title
                                        : page->facts.id);
    article_json_member(&json, "home_page_url", page->facts.url);
    article_json_member(&json, "feed_url",
                        article_json_gateway(page, page->facts.url));
    article_json_member(&json, "next_url",
                        page->options->json_base.len
                        ? article_json_gateway(page, page->facts.next_url)
                        : page->facts.next_url);
    article_json_member(&json, "language", page->head.language);

    article_json_text(&json, "items");
    yajl_gen_array_open(json.gen);

    for (i = 0; i < page->items_number; i++) {
        item = &page->items[i];

        yajl_gen_map_open(json.gen);
        article_json_member(&json, "id", article_url_path(item->url));
        article_json_member(&json, "url", item->url);
        article_json_member(&json, "title", item->title);
        article_json_member(&json, "summary", item->summary);
        article_json_member(&json, "image", item->image);

        if (item->dated) {
            article_json_date(&json, "date_published", &item->date);
        }

        article_json_item_extension(&json, item);
        yajl_gen_map_close(json.gen);
    }

    yajl_gen_array_close(json.gen);

    article_json_text(&json, "_article");
    article_json_extension(&json, *version);

    return article_json_close(&json);
}


static int
article_json_open(article_json_t *json, article_page_t *page)
{
    json->page = page;
    json->gen = yajl_gen_alloc(NULL);

    if (json->gen == NULL) {
        return -1;
    }

    yajl_gen_config(json->gen, yajl_gen_validate_utf8, 1);
    yajl_gen_map_open(json->gen);

    return 0;
}


/* Closes the object and moves it to the arena. */

static article_slice_t
article_json_close(article_json_t *json)
{
    size_t                 len;
    article_slice_t        s;
    const unsigned char   *data;

    s.data = NULL;
    s.len = 0;

    if (yajl_gen_map_close(json->gen) == yajl_gen_status_ok
        && yajl_gen_get_buf(json->gen, &data, &len) == yajl_gen_status_ok)
    {
        s.data = (const char *) data;
        s.len = len;
        s = article_arena_copy(json->page->arena, s);
    }

    yajl_gen_free(json->gen);

    return s;
}


static void
article_json_string(article_json_t *json, article_slice_t s)
{
    yajl_gen_status  status;

    status = yajl_gen_string(json->gen, (const unsigned char *) s.data,
                             s.len);

    if (status == yajl_gen_invalid_string) {
        s = article_utf8_repair(json->page->arena, s);

        if (s.data == NULL
            || yajl_gen_string(json->gen, (const unsigned char *) s.data,
                               s.len) != yajl_gen_status_ok)
        {
            yajl_gen_string(json->gen, (const unsigned char *) "", 0);
        }
    }
}


static void
article_json_text(article_json_t *json, const char *s)
{
    yajl_gen_string(json->gen, (const unsigned char *) s, strlen(s));
}


/* A string member; nothing when it is empty. */

static void
article_json_member(article_json_t *json, const char *name,
    article_slice_t value)
{
    if (value.len == 0) {
        return;
    }

    article_json_text(json, name);
    article_json_string(json, value);
}


static void
article_json_number(article_json_t *json, const char *name, long long value)
{
    article_json_text(json, name);
    yajl_gen_integer(json->gen, value);
}


static void
article_json_date(article_json_t *json, const char *name,
    const article_date_t *date)
{
    char  out[ARTICLE_DATE_SIZE];

    article_date_format(date, out);
    article_json_text(json, name);
    article_json_text(json, out);
}


static void
article_json_authors(article_json_t *json)
{
    unsigned          i;
    article_names_t  *names;

    names = &json->page->facts.names;

    if (names->authors == 0) {
        return;
    }

    article_json_text(json, "authors");
    yajl_gen_array_open(json->gen);

    for (i = 0; i < names->authors; i++) {
        yajl_gen_map_open(json->gen);
        article_json_member(json, "name", names->author[i]);
        yajl_gen_map_close(json->gen);
    }

    yajl_gen_array_close(json->gen);
}


static void
article_json_tags(article_json_t *json)
{
    unsigned  i;

    if (json->page->head.tags_number == 0) {
        return;
    }

    article_json_text(json, "tags");
    yajl_gen_array_open(json->gen);

    for (i = 0; i < json->page->head.tags_number; i++) {
        article_json_string(json, json->page->head.tags[i]);
    }

    yajl_gen_array_close(json->gen);
}


static void
article_json_attachments(article_json_t *json)
{
    uint32_t           i, k;
    unsigned           opened;
    article_slice_t    url;
    article_media_t   *media;

    opened = 0;

    for (i = 0; i < json->page->blocks.medias; i++) {
        media = &json->page->blocks.media[i];

        if (!media->kept || media->type == ARTICLE_MEDIA_IMAGE
            || media->type == ARTICLE_MEDIA_FRAME)
        {
            continue;
        }

        url = article_media_address(json->page, media);

        for (k = 0; k < i; k++) {
            if (json->page->blocks.media[k].kept
                && json->page->blocks.media[k].type != ARTICLE_MEDIA_IMAGE
                && article_slice_equal(url,
                       article_media_address(json->page,
                                             &json->page->blocks.media[k])))
            {
                break;
            }
        }

        if (url.len && k == i) {
            opened = article_json_attachment(json, media, opened);
        }
    }

    if (opened) {
        yajl_gen_array_close(json->gen);
    }
}


static unsigned
article_json_attachment(article_json_t *json, article_media_t *media,
    unsigned opened)
{
    const char       *mime;
    article_slice_t   url;

    if (!opened) {
        article_json_text(json, "attachments");
        yajl_gen_array_open(json->gen);
    }

    url = article_media_address(json->page, media);

    if (!article_is_file_reference(url, &mime)) {
        mime = media->type == ARTICLE_MEDIA_AUDIO ? "audio/mpeg"
               : media->type == ARTICLE_MEDIA_VIDEO ? "video/mp4"
               : "application/octet-stream";
    }

    yajl_gen_map_open(json->gen);
    article_json_member(json, "url", url);
    article_json_text(json, "mime_type");
    article_json_text(json, mime);

    if (media->type == ARTICLE_MEDIA_FILE) {
        article_json_member(json, "title", media->alt);
    }

    yajl_gen_map_close(json->gen);

    return 1;
}


/* src, or that of the first <source> inside. */

static article_slice_t
article_media_address(article_page_t *page, const article_media_t *media)
{
    article_slice_t  url;
    lxb_dom_node_t  *node;

    url = media->url;

    for (node = media->node->first_child;
         url.len == 0 && node && media->type != ARTICLE_MEDIA_FILE;
         node = node->next)
    {
        if (node->local_name == LXB_TAG_SOURCE) {
            url = article_node_attribute(node, article_literal("src"));
        }
    }

    return article_page_url(page, url);
}


static void
article_json_images(article_json_t *json)
{
    uint32_t           i;
    unsigned           opened;
    article_slice_t    url;
    article_media_t   *media;

    opened = 0;

    for (i = 0; i < json->page->blocks.medias; i++) {
        media = &json->page->blocks.media[i];

        if (!media->kept || media->type != ARTICLE_MEDIA_IMAGE) {
            continue;
        }

        url = article_page_url(json->page, media->url);

        if (url.len == 0) {
            continue;
        }

        if (!opened) {
            article_json_text(json, "images");
            yajl_gen_array_open(json->gen);
            opened = 1;
        }

        yajl_gen_map_open(json->gen);
        article_json_member(json, "url", url);

        if (media->caption_lines) {
            article_json_member(json, "caption",
                                article_blocks_text(&json->page->blocks,
                                      media->caption,
                                      media->caption + media->caption_lines));
        }

        yajl_gen_map_close(json->gen);
    }

    if (opened) {
        yajl_gen_array_close(json->gen);
    }
}


static void
article_json_embeds(article_json_t *json)
{
    uint32_t           i;
    unsigned           opened;
    article_slice_t    url;
    article_media_t   *media;

    opened = 0;

    for (i = 0; i < json->page->blocks.medias; i++) {
        media = &json->page->blocks.media[i];

        if (!media->kept || media->type != ARTICLE_MEDIA_FRAME) {
            continue;
        }

        url = article_page_url(json->page, media->url);

        if (url.len == 0) {
            continue;
        }

        if (!opened) {
            article_json_text(json, "embeds");
            yajl_gen_array_open(json->gen);
            opened = 1;
        }

        yajl_gen_map_open(json->gen);
        article_json_member(json, "provider", article_url_host(url));
        article_json_member(json, "url", url);
        yajl_gen_map_close(json->gen);
    }

    if (opened) {
        yajl_gen_array_close(json->gen);
    }
}


static void
article_json_extension(article_json_t *json, article_slice_t version)
{
    char              out[ARTICLE_DATE_SIZE];
    article_page_t   *page;
    article_date_t    date;
    article_facts_t  *facts;

    const article_portal_t  *portal;

    page = json->page;
    facts = &page->facts;
    portal = page->options->portal;

    yajl_gen_map_open(json->gen);

    article_json_number(json, "schema", 1);
    article_json_text(json, "kind");
    article_json_text(json, article_kind_word(facts->kind));

    if (portal) {
        article_json_member(json, "portal", article_portal_name(portal));
        article_json_member(json, "rights", article_portal_rights(portal));
    }

    article_json_member(json, "site_name",
                        portal && article_portal_site_name(portal).len
                        ? article_portal_site_name(portal)
                        : page->head.site_name);
    article_json_member(json, "section", facts->section);
    article_json_member(json, "json_url",
                        article_json_gateway(page, facts->url));

    if (facts->kind == ARTICLE_KIND_ARTICLE) {
        article_json_member(json, "source", facts->names.source);

        if (facts->summary.len) {
            article_json_text(json, "summary_from");
            article_json_text(json, facts->summary_sapo ? "sapo" : "lead");
        }

        if (facts->has_published) {
            article_json_text(json, "date_precision");
            article_json_text(json, facts->published.precise ? "minute"
                                                             : "day");
        }

        article_json_images(json);
        article_json_embeds(json);
        article_json_number(json, "word_count",
                            (long long) article_count_words(facts->text));

    } else {
        article_json_member(json, "next_url", facts->next_url);
    }

    article_json_text(json, "method");
    article_json_text(json, facts->method);
    article_json_text(json, "confidence");
    yajl_gen_double(json->gen, facts->confidence / 100.0);
    article_json_member(json, "version", version);

    if (page->options->now) {
        time_t     t;
        struct tm  tm;

        t = page->options->now + 7 * 3600;

        if (gmtime_r(&t, &tm)) {
            memset(&date, 0, sizeof(date));

            date.year = tm.tm_year + 1900;
            date.month = (unsigned) tm.tm_mon + 1;
            date.day = (unsigned) tm.tm_mday;
            date.hour = (unsigned) tm.tm_hour;
            date.minute = (unsigned) tm.tm_min;
            date.second = (unsigned) tm.tm_sec;
            date.zone = 420;
            date.precise = 1;

            article_date_format(&date, out);
            article_json_text(json, "fetched_at");
            article_json_text(json, out);
        }
    }

    yajl_gen_map_close(json->gen);
}


static void
article_json_item_extension(article_json_t *json, const article_item_t *item)
{
    article_slice_t  url;

    article_json_text(json, "_article");
    yajl_gen_map_open(json->gen);
    article_json_number(json, "schema", 1);

    url = article_json_gateway(json->page, item->url);
    article_json_member(json, "json_url", url);

    if (item->dated) {
        article_json_text(json, "date_precision");
        article_json_text(json, item->date.precise ? "minute" : "day");
    }

    yajl_gen_map_close(json->gen);
}


/* The gateway's address of a page of the portal: json_base and its path. */

static article_slice_t
article_json_gateway(article_page_t *page, article_slice_t url)
{
    article_buf_t    buf;
    article_slice_t  path;

    if (page->options->json_base.len == 0 || url.len == 0) {
        return article_literal("");
    }

    if (page->options->base_url.len
        && !article_slice_equal_case(article_url_host(url),
                            article_url_host(page->options->base_url)))
    {
        return article_literal("");
    }

    path = article_url_path(url);

    if (path.len && path.data[0] == '/') {
        path.data++;
        path.len--;
    }

    article_buf_init(&buf, page->arena);
    article_buf_append_slice(&buf, page->options->json_base);
    article_buf_append_slice(&buf, path);

    return article_buf_slice(&buf);
}


/* A hash of what the reader sees: title, date, names, text, images, items. */

static article_slice_t
article_json_version(article_page_t *page)
{
    unsigned          n;
    uint32_t          i;
    uint64_t          h[2];
    article_facts_t  *facts;
    article_item_t   *item;

    facts = &page->facts;

    for (n = 0; n < 2; n++) {
        h[n] = article_hash64(n * 0x9e3779b97f4a7c15u, facts->title);
        h[n] = article_hash64(h[n], facts->summary);
        h[n] = article_hash64(h[n], facts->text);
        h[n] = article_hash64(h[n], facts->html);
        h[n] = article_hash64(h[n], facts->image);

        if (facts->has_published) {
            char  out[ARTICLE_DATE_SIZE];

            article_date_format(&facts->published, out);
            h[n] = article_hash64(h[n], (article_slice_t)
                                        { out, strlen(out) });
        }

        for (i = 0; i < facts->names.authors; i++) {
            h[n] = article_hash64(h[n], facts->names.author[i]);
        }

        for (i = 0; i < page->items_number; i++) {
            item = &page->items[i];
            h[n] = article_hash64(h[n], item->url);
            h[n] = article_hash64(h[n], item->title);
            h[n] = article_hash64(h[n], item->summary);
            h[n] = article_hash64(h[n], item->image);
        }
    }

    return article_json_hash(page, h[0], h[1]);
}


static article_slice_t
article_json_hash(article_page_t *page, uint64_t a, uint64_t b)
{
    char             out[33];
    article_slice_t  s;

    snprintf(out, sizeof(out), "%016llx%016llx", (unsigned long long) a,
             (unsigned long long) b);

    s.data = out;
    s.len = 32;

    return article_arena_copy(page->arena, s);
}


size_t
article_problem(char *out, size_t size, unsigned status,
    article_reason_t reason, article_slice_t instance)
{
    size_t                len;
    yajl_gen              gen;
    const unsigned char  *data;
    const char           *word, *sentence;

    gen = yajl_gen_alloc(NULL);
    if (gen == NULL) {
        return 0;
    }

    word = article_reason_word(reason);
    sentence = article_reason_sentence(reason);

    yajl_gen_config(gen, yajl_gen_validate_utf8, 1);
    yajl_gen_map_open(gen);

#define article_problem_text(s)                                               \
    yajl_gen_string(gen, (const unsigned char *) (s), strlen(s))

    article_problem_text("type");
    article_problem_text("about:blank");
    article_problem_text("title");
    article_problem_text(word);
    article_problem_text("status");
    yajl_gen_integer(gen, (long long) status);
    article_problem_text("detail");
    article_problem_text(sentence);

    if (instance.len && article_utf8_valid(instance)) {
        article_problem_text("instance");
        yajl_gen_string(gen, (const unsigned char *) instance.data,
                        instance.len);
    }

    article_problem_text("reason");
    article_problem_text(word);

#undef article_problem_text

    len = 0;

    if (yajl_gen_map_close(gen) == yajl_gen_status_ok
        && yajl_gen_get_buf(gen, &data, &len) == yajl_gen_status_ok
        && len <= size)
    {
        memcpy(out, data, len);

    } else {
        len = 0;
    }

    yajl_gen_free(gen);

    return len;
}
