/*
 * Copyright (C) the authors named in LICENSE
 *
 * What is known of a file or frame: its type, its provider, its size.
 */

#include <string.h>

#include "media.h"


/* A size has no more digits. */
#define ARTICLE_SIZE_DIGITS   12


typedef struct {
    article_slice_t  host;          /* or the end of one, behind a dot */
    article_slice_t  name;
} article_media_provider_t;


static uint64_t article_media_unit(article_slice_t text, size_t at);


#define ARTICLE_PROVIDER(host, name)                                          \
    { { host, sizeof(host) - 1 }, { name, sizeof(name) - 1 } }

static const article_media_provider_t  article_media_providers[] = {
    ARTICLE_PROVIDER("youtube.com", "youtube"),
    ARTICLE_PROVIDER("youtube-nocookie.com", "youtube"),
    ARTICLE_PROVIDER("youtu.be", "youtube"),
    ARTICLE_PROVIDER("vimeo.com", "vimeo"),
    ARTICLE_PROVIDER("dailymotion.com", "dailymotion"),
    ARTICLE_PROVIDER("facebook.com", "facebook"),
    ARTICLE_PROVIDER("tiktok.com", "tiktok"),
    ARTICLE_PROVIDER("twitter.com", "twitter"),
    ARTICLE_PROVIDER("instagram.com", "instagram"),
    ARTICLE_PROVIDER("soundcloud.com", "soundcloud"),
    ARTICLE_PROVIDER("spotify.com", "spotify"),
    ARTICLE_PROVIDER("zingmp3.vn", "zingmp3")
};


article_slice_t
article_media_mime(const article_media_t *media, article_slice_t url)
{
    const char       *mime;
    lxb_dom_node_t   *child;
    article_slice_t   type;

    if (!article_is_file_reference(url, &mime)
        && !article_is_file_reference(media->alt, &mime)
        && !article_is_file_reference(
                       article_node_attribute(media->node,
                                              article_literal("download")),
                       &mime))
    {
        type = article_node_attribute(media->node, article_literal("type"));
        child = type.len || media->type == ARTICLE_MEDIA_FILE
                ? NULL : article_media_inner(media->node, LXB_TAG_SOURCE);

        if (child) {
            type = article_node_attribute(child, article_literal("type"));
        }

        if (article_slice_equal_case(type,
                                     article_literal("application/pdf")))
        {
            mime = "application/pdf";

        } else if (article_slice_equal_case(type,
                                     article_literal("application/x-mpegurl"))
                   || article_slice_equal_case(type,
                              article_literal("application/vnd.apple.mpegurl")))
        {
            mime = "application/vnd.apple.mpegurl";

        } else {
            mime = media->type == ARTICLE_MEDIA_AUDIO ? "audio/mpeg"
                   : media->type == ARTICLE_MEDIA_VIDEO ? "video/mp4"
                   : "application/octet-stream";
        }
    }

    type.data = mime;
    type.len = strlen(mime);

    return type;
}


article_slice_t
article_media_provider(article_slice_t host)
{
    size_t                           i;
    const article_media_provider_t  *provider;

    for (i = 0; i < sizeof(article_media_providers)
                    / sizeof(article_media_providers[0]); i++)
    {
        provider = &article_media_providers[i];

        if (article_slice_ends_case(host, provider->host)
            && (host.len == provider->host.len
                || host.data[host.len - provider->host.len - 1] == '.'))
        {
            return provider->name;
        }
    }

    return article_literal("");
}


/*
 * A number with a unit behind it.  A point or comma with three digits behind
 * it parts thousands, any other begins the fraction.
 */

uint64_t
article_media_size(article_slice_t text)
{
    size_t    i, digits, fraction;
    uint64_t  n, scale, unit;

    for (i = 0; i < text.len; i++) {

        if (text.data[i] < '0' || text.data[i] > '9') {
            continue;
        }

        n = 0;
        scale = 1;
        digits = 0;
        fraction = 0;

        for ( /* void */ ; i < text.len && digits < ARTICLE_SIZE_DIGITS; i++) {

            if (text.data[i] >= '0' && text.data[i] <= '9') {
                n = n * 10 + (uint64_t) (text.data[i] - '0');
                digits++;
                fraction += scale != 1;
                scale = scale != 1 ? scale * 10 : 1;

            } else if ((text.data[i] == '.' || text.data[i] == ',')
                       && scale == 1)
            {
                scale = 10;

            } else {
                break;
            }
        }

        scale = scale == 1 || fraction == 3 ? 1 : scale / 10;

        while (i < text.len && (text.data[i] == ' '
                                || (unsigned char) text.data[i] == 0xc2
                                || (unsigned char) text.data[i] == 0xa0))
        {
            i++;
        }

        unit = article_media_unit(text, i);

        if (unit) {
            return n * unit / scale;
        }

        i--;
    }

    return 0;
}


/* The unit at an offset, in bytes; 0: none. */

static uint64_t
article_media_unit(article_slice_t text, size_t at)
{
    size_t           i, end;
    article_slice_t  word;

    static const struct {
        article_slice_t  name;
        uint64_t         bytes;
    } units[] = {
        { { "b", 1 }, 1 }, { { "byte", 4 }, 1 }, { { "bytes", 5 }, 1 },
        { { "kb", 2 }, 1024 }, { { "kib", 3 }, 1024 },
        { { "mb", 2 }, 1024 * 1024 }, { { "mib", 3 }, 1024 * 1024 },
        { { "gb", 2 }, 1024 * 1024 * 1024 }
    };

    for (end = at; end < text.len; end++) {
        if (!(((text.data[end] | 0x20) >= 'a'
               && (text.data[end] | 0x20) <= 'z')
              || (unsigned char) text.data[end] >= 0x80))
        {
            break;
        }
    }

    word.data = text.data + at;
    word.len = end - at;

    for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (article_slice_equal_case(word, units[i].name)) {
            return units[i].bytes;
        }
    }

    return 0;
}
