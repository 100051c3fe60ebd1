/*
 * Copyright (C) the authors named in LICENSE
 *
 * Images, players, frames and links to files.
 */

#include <string.h>

#include "media.h"
#include "url.h"
#include "url_host.h"


/* Images no wider or higher are icons, spacers and counters. */
#define ARTICLE_ICON_PIXELS   40

/* Frames no higher are buttons and tickers. */
#define ARTICLE_FRAME_PIXELS  99

/* A number in an attribute has no more digits. */
#define ARTICLE_PIXEL_DIGITS  5

/* A file's name, as the text of its link, is no longer (bytes). */
#define ARTICLE_FILE_NAME     200

/* A <noscript> twin stands so many elements above its image at most. */
#define ARTICLE_TWIN_REACH    2


static unsigned article_media_link(article_media_t *media,
    lxb_dom_node_t *node);
static unsigned article_media_frame(article_arena_t *arena,
    article_media_t *media, lxb_dom_node_t *node, uint16_t tag);
static unsigned article_media_player(article_media_t *media,
    lxb_dom_node_t *node, uint16_t tag);
static unsigned article_media_data(article_media_t *media,
    lxb_dom_node_t *node);
static void article_media_image(article_media_t *media, lxb_dom_node_t *node);
static article_slice_t article_media_lazy(const lxb_dom_node_t *node);
static article_slice_t article_media_candidate(article_slice_t srcset);
static article_slice_t article_media_sources(lxb_dom_node_t *node);
static lxb_dom_node_t *article_media_twin(lxb_dom_node_t *node);
static unsigned article_media_has_twin(lxb_dom_node_t *noscript);
static unsigned article_media_is_blank(article_slice_t url);
static article_slice_t article_media_viewed(article_arena_t *arena,
    article_slice_t url);
static article_slice_t article_media_title(const lxb_dom_node_t *node);
static long article_media_pixels(const lxb_dom_node_t *node,
    article_slice_t name);


unsigned
article_media_find(article_arena_t *arena, lxb_dom_node_t *node, uint16_t tag,
    article_media_t *media)
{
    memset(media, 0, sizeof(*media));

    media->node = node;

    switch (tag) {

    case LXB_TAG_IMG:
        media->type = ARTICLE_MEDIA_IMAGE;
        article_media_image(media, node);
        return 1;

    case LXB_TAG_NOSCRIPT:
        node = article_media_has_twin(node)
               ? NULL : article_media_inner(node, LXB_TAG_IMG);

        if (node == NULL) {
            return 0;
        }

        media->type = ARTICLE_MEDIA_IMAGE;
        article_media_image(media, node);
        return !media->small;

    case LXB_TAG_AUDIO:
    case LXB_TAG_VIDEO:
        return article_media_player(media, node, tag);

    case LXB_TAG_IFRAME:
    case LXB_TAG_EMBED:
    case LXB_TAG_OBJECT:
        return article_media_frame(arena, media, node, tag);

    case LXB_TAG_A:
        return article_media_link(media, node);

    case 0:
    case LXB_TAG_DIV:
    case LXB_TAG_SPAN:
    case LXB_TAG_FIGURE:
        return article_media_data(media, node);

    default:
        return 0;
    }
}


/* A link to a file, by its address, "download" or the name it shows. */

static unsigned
article_media_link(article_media_t *media, lxb_dom_node_t *node)
{
    article_slice_t            name;
    lxb_dom_character_data_t  *text;

    media->type = ARTICLE_MEDIA_FILE;
    media->url = article_node_attribute(node, article_literal("href"));

    if (media->url.len == 0) {
        return 0;
    }

    if (article_is_file_reference(media->url, NULL)) {
        return 1;
    }

    name = article_node_attribute(node, article_literal("download"));

    if (article_is_file_reference(name, NULL)) {
        return 1;
    }

    node = node->first_child;

    if (node == NULL || node->type != LXB_DOM_NODE_TYPE_TEXT || node->next) {
        return 0;
    }

    text = (lxb_dom_character_data_t *) node;
    name.data = (const char *) text->data.data;
    name.len = text->data.length;

    while (name.len && (unsigned char) name.data[name.len - 1] <= ' ') {
        name.len--;
    }

    return name.len <= ARTICLE_FILE_NAME
           && article_slice_find(name, article_literal("://")) == NULL
           && article_is_file_reference(name, NULL);
}


/* A document, shown by the browser or a viewer, is a file; the rest embeds. */

static unsigned
article_media_frame(article_arena_t *arena, article_media_t *media,
    lxb_dom_node_t *node, uint16_t tag)
{
    long              height;
    article_slice_t   type, viewed;
    lxb_dom_node_t   *inner;

    media->type = ARTICLE_MEDIA_FRAME;
    media->alt = article_media_title(node);

    media->url = tag == LXB_TAG_OBJECT
                 ? article_node_attribute(node, article_literal("data"))
                 : article_node_attribute(node, article_literal("src"));

    if (article_media_is_blank(media->url)) {
        media->url = article_media_lazy(node);
    }

    inner = media->url.len == 0 && tag == LXB_TAG_OBJECT
            ? article_media_inner(node, LXB_TAG_EMBED) : NULL;

    if (inner) {
        node = inner;
        media->url = article_node_attribute(node, article_literal("src"));
    }

    height = article_media_pixels(node, article_literal("height"));

    if (media->url.len == 0
        || (height >= 0 && height <= ARTICLE_FRAME_PIXELS
            && tag == LXB_TAG_IFRAME)
        || article_slice_find(media->url, article_literal("/plugins/like"))
        || article_slice_find(media->url, article_literal("/plugins/page")))
    {
        return 0;
    }

    type = article_node_attribute(node, article_literal("type"));
    viewed = article_media_viewed(arena, media->url);

    if (viewed.len) {
        media->type = ARTICLE_MEDIA_FILE;
        media->url = viewed;

    } else if (article_is_file_reference(media->url, NULL)
               || article_slice_equal_case(type,
                                          article_literal("application/pdf")))
    {
        media->type = ARTICLE_MEDIA_FILE;
    }

    return 1;
}


static unsigned
article_media_player(article_media_t *media, lxb_dom_node_t *node,
    uint16_t tag)
{
    lxb_dom_node_t  *child;

    media->type = tag == LXB_TAG_AUDIO ? ARTICLE_MEDIA_AUDIO
                                       : ARTICLE_MEDIA_VIDEO;
    media->alt = article_media_title(node);
    media->url = article_node_attribute(node, article_literal("src"));

    if (media->url.len == 0) {
        media->url = article_media_lazy(node);
    }

    for (child = node->first_child; media->url.len == 0 && child;
         child = child->next)
    {
        if (child->local_name == LXB_TAG_SOURCE) {
            media->url = article_node_attribute(child, article_literal("src"));

            if (media->url.len == 0) {
                media->url = article_media_lazy(child);
            }
        }
    }

    return media->url.len != 0 || article_media_data(media, node);
}


/*
 * A player that a script will make: an attribute of the page's own holds the
 * address of a sound or film; or an editor's <oembed url>.
 */

static unsigned
article_media_data(article_media_t *media, lxb_dom_node_t *node)
{
    const char       *mime;
    lxb_dom_attr_t   *attr;
    article_slice_t   value;

    attr = lxb_dom_interface_element(node)->first_attr;

    for ( /* void */ ; attr; attr = attr->next) {

        if (attr->value == NULL || attr->value->length == 0) {
            continue;
        }

        value.data = (const char *) attr->value->data;
        value.len = attr->value->length;

        if (value.data[0] != '/'
            && !article_slice_starts_case(value, article_literal("http")))
        {
            continue;
        }

        if (article_is_file_reference(value, &mime)
            && (strncmp(mime, "video", 5) == 0
                || strncmp(mime, "audio", 5) == 0
                || strcmp(mime, "application/vnd.apple.mpegurl") == 0))
        {
            if (media->type == ARTICLE_MEDIA_IMAGE) {
                media->type = strncmp(mime, "audio", 5) == 0
                              ? ARTICLE_MEDIA_AUDIO : ARTICLE_MEDIA_VIDEO;
            }

            media->url = value;
            return 1;
        }

        if (node->local_name >= LXB_TAG__LAST_ENTRY
            && article_media_provider(article_url_host(value)).len)
        {
            media->type = ARTICLE_MEDIA_FRAME;
            media->url = value;
            return 1;
        }
    }

    return 0;
}


/*
 * The address of a lazy image stands in an attribute of the page's own, in a
 * <source> beside it, or in the <noscript> behind it.
 */

static void
article_media_image(article_media_t *media, lxb_dom_node_t *node)
{
    long              width, height;
    lxb_dom_node_t   *twin;
    article_slice_t   value;

    media->url = article_node_attribute(node, article_literal("src"));
    value = article_media_lazy(node);

    if (value.len) {
        media->url = value;

    } else if (article_media_is_blank(media->url)) {
        media->url = article_media_sources(node);
        twin = media->url.len ? NULL : article_media_twin(node);

        if (twin) {
            media->url = article_media_lazy(twin);

            if (media->url.len == 0) {
                media->url = article_node_attribute(twin,
                                                    article_literal("src"));
            }
        }

        if (media->url.len == 0) {
            media->url = article_node_attribute(node, article_literal("src"));
        }
    }

    media->alt = article_node_attribute(node, article_literal("alt"));

    width = article_media_pixels(node, article_literal("width"));
    height = article_media_pixels(node, article_literal("height"));

    media->width = width > 0 ? (uint32_t) width : 0;
    media->height = height > 0 ? (uint32_t) height : 0;

    media->small = (width >= 0 && width <= ARTICLE_ICON_PIXELS)
                   || (height >= 0 && height <= ARTICLE_ICON_PIXELS)
                   || media->url.len == 0
                   || article_slice_find(media->url,
                                         article_literal("/icons/")) != NULL
                   || article_slice_starts_case(media->url,
                                                article_literal("data:"));
}


/* The address in a lazy element's own attributes, or empty. */

static article_slice_t
article_media_lazy(const lxb_dom_node_t *node)
{
    size_t           i;
    article_slice_t  value;

    static const article_slice_t  names[] = {
        { "data-src", 8 }, { "data-original", 13 }, { "data-lazy-src", 13 },
        { "data-lazy", 9 }, { "data-photo-original-src", 23 }
    };

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        value = article_node_attribute(node, names[i]);

        while (value.len && article_is_space((unsigned char) *value.data)) {
            value.data++;
            value.len--;
        }

        if (value.len) {
            return value;
        }
    }

    return article_literal("");
}


/* The first address of a srcset. */

static article_slice_t
article_media_candidate(article_slice_t srcset)
{
    size_t  i;

    while (srcset.len && strchr(" ,\t\r\n", srcset.data[0])) {
        srcset.data++;
        srcset.len--;
    }

    for (i = 0; i < srcset.len; i++) {
        if (strchr(" ,\t\r\n", srcset.data[i])) {
            break;
        }
    }

    srcset.len = i;

    return srcset;
}


/* The srcset of an image without src, or of the <picture> around it. */

static article_slice_t
article_media_sources(lxb_dom_node_t *node)
{
    size_t           i;
    lxb_dom_node_t  *child;
    article_slice_t  url;

    static const article_slice_t  names[] = {
        { "data-srcset", 11 }, { "srcset", 6 }
    };

    child = node->parent && node->parent->local_name == LXB_TAG_PICTURE
            ? node->parent->first_child : node;

    for ( /* void */ ; child; child = child == node ? NULL : child->next) {

        if (child != node && child->local_name != LXB_TAG_SOURCE) {
            continue;
        }

        for (i = 0; i < 2; i++) {
            url = article_media_candidate(article_node_attribute(child,
                                                                 names[i]));

            if (!article_media_is_blank(url)) {
                return url;
            }
        }
    }

    return article_literal("");
}


/* The image in a <noscript> right behind an image, or behind its box. */

static lxb_dom_node_t *
article_media_twin(lxb_dom_node_t *node)
{
    unsigned         reach;
    lxb_dom_node_t  *next;

    for (reach = 0; node && reach <= ARTICLE_TWIN_REACH; reach++) {
        next = node->next;

        while (next && next->type != LXB_DOM_NODE_TYPE_ELEMENT) {
            next = next->next;
        }

        if (next && next->local_name == LXB_TAG_NOSCRIPT) {
            return article_media_inner(next, LXB_TAG_IMG);
        }

        if (next) {
            return NULL;
        }

        node = node->parent;
    }

    return NULL;
}


/* 1 if an image stands right before a <noscript>, or in what does. */

static unsigned
article_media_has_twin(lxb_dom_node_t *noscript)
{
    lxb_dom_node_t  *prev;

    prev = noscript->prev;

    while (prev && prev->type != LXB_DOM_NODE_TYPE_ELEMENT) {
        prev = prev->prev;
    }

    return prev && (prev->local_name == LXB_TAG_IMG
                    || article_media_inner(prev, LXB_TAG_IMG));
}


lxb_dom_node_t *
article_media_inner(lxb_dom_node_t *node, uintptr_t tag)
{
    lxb_dom_node_t  *n;

    for (n = node->first_child; n; n = article_node_next(n, node, 0)) {
        if (n->type == LXB_DOM_NODE_TYPE_ELEMENT && n->local_name == tag) {
            return n;
        }
    }

    return NULL;
}


/* No address, one in place, or that of the picture shown while loading. */

static unsigned
article_media_is_blank(article_slice_t url)
{
    size_t           i;
    article_slice_t  name;

    static const article_slice_t  blanks[] = {
        { "blank.", 6 }, { "placeholder", 11 }, { "spacer", 6 },
        { "loading.", 8 }, { "lazyload", 8 }, { "pixel.", 6 }
    };

    url = article_media_candidate(url);

    if (url.len == 0
        || article_slice_starts_case(url, article_literal("data:"))
        || article_slice_starts_case(url, article_literal("about:")))
    {
        return 1;
    }

    name = url;

    for (i = url.len; i > 0 && url.data[i - 1] != '/'; i--) {
        name.data = url.data + i - 1;
        name.len = url.len - i + 1;
    }

    for (i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
        if (article_slice_starts_case(name, blanks[i])) {
            return 1;
        }
    }

    return 0;
}


/* The document that a viewer is asked to show: "?file=", "?url=", "?src=". */

static article_slice_t
article_media_viewed(article_arena_t *arena, article_slice_t url)
{
    size_t           i, from;
    article_slice_t  value;

    from = url.len;

    for (i = 0; i <= url.len; i++) {

        if (i < url.len && url.data[i] == '=' && from == url.len) {
            from = i + 1;
        }

        if ((i == url.len || url.data[i] == '&' || url.data[i] == '#')
            && from < i)
        {
            value.data = url.data + from;
            value.len = i - from;
            value = article_url_decode(arena, value);

            if (article_is_file_reference(value, NULL)
                && (article_slice_starts_case(value, article_literal("http"))
                    || article_slice_starts(value, article_literal("/"))))
            {
                return value;
            }

            from = url.len;
        }
    }

    return article_literal("");
}


/* What the page calls a player or frame. */

static article_slice_t
article_media_title(const lxb_dom_node_t *node)
{
    article_slice_t  title;

    title = article_node_attribute(node, article_literal("title"));

    return title.len ? title
                     : article_node_attribute(node,
                                              article_literal("aria-label"));
}


/* A number of pixels; -1: none, or a share of the column. */

static long
article_media_pixels(const lxb_dom_node_t *node, article_slice_t name)
{
    long             n;
    size_t           i;
    article_slice_t  value;

    value = article_node_attribute(node, name);

    n = 0;

    for (i = 0; i < value.len && i <= ARTICLE_PIXEL_DIGITS; i++) {
        if (value.data[i] < '0' || value.data[i] > '9') {
            break;
        }

        n = n * 10 + (value.data[i] - '0');
    }

    if (i == 0 || (i < value.len && value.data[i] == '%')) {
        return -1;
    }

    return n;
}
