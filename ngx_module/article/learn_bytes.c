/*
 * Copyright (C) the authors named in LICENSE
 *
 * The learner's bytes: numbers in groups of seven bits, the lowest first, the
 * high bit saying that more follow; hashes in eight bytes, lowest first.
 */

#include <string.h>

#include "learn_bytes.h"


#define ARTICLE_BYTES_VERSION  8


static void article_bytes_put64(unsigned char *p, uint64_t value);
static uint64_t article_bytes_get64(const unsigned char *p);


void
article_writer_init(article_writer_t *writer, void *data, size_t size)
{
    writer->data = data;
    writer->size = size;
    writer->len = ARTICLE_BYTES_HEAD;
    writer->failed = size < ARTICLE_BYTES_HEAD;
}


void
article_write_number(article_writer_t *writer, uint64_t number)
{
    unsigned char  c;

    do {
        c = number & 0x7f;
        number >>= 7;

        if (number != 0) {
            c |= 0x80;
        }

        if (writer->failed || writer->len == writer->size) {
            writer->failed = 1;
            return;
        }

        writer->data[writer->len++] = c;

    } while (number != 0);
}


void
article_write_hash(article_writer_t *writer, uint64_t hash)
{
    if (writer->failed || writer->size - writer->len < sizeof(hash)) {
        writer->failed = 1;
        return;
    }

    article_bytes_put64(writer->data + writer->len, hash);
    writer->len += sizeof(hash);
}


void
article_write_slice(article_writer_t *writer, article_slice_t s)
{
    article_write_number(writer, s.len);

    if (writer->failed || writer->size - writer->len < s.len) {
        writer->failed = 1;
        return;
    }

    if (s.len != 0) {
        memcpy(writer->data + writer->len, s.data, s.len);
        writer->len += s.len;
    }
}


void
article_writer_seal(article_writer_t *writer, const char *version)
{
    article_slice_t  body;

    if (writer->failed) {
        return;
    }

    body.data = (const char *) writer->data + ARTICLE_BYTES_HEAD;
    body.len = writer->len - ARTICLE_BYTES_HEAD;

    memcpy(writer->data, version, ARTICLE_BYTES_VERSION);
    article_bytes_put64(writer->data + ARTICLE_BYTES_VERSION,
                        article_hash64(writer->len, body));
}


unsigned
article_reader_init(article_reader_t *reader, article_slice_t bytes,
    const char *version)
{
    article_slice_t  body;

    if (bytes.len < ARTICLE_BYTES_HEAD
        || memcmp(bytes.data, version, ARTICLE_BYTES_VERSION) != 0)
    {
        return 0;
    }

    reader->data = (const unsigned char *) bytes.data;
    reader->len = bytes.len;
    reader->at = ARTICLE_BYTES_HEAD;
    reader->failed = 0;

    body.data = bytes.data + ARTICLE_BYTES_HEAD;
    body.len = bytes.len - ARTICLE_BYTES_HEAD;

    return article_bytes_get64(reader->data + ARTICLE_BYTES_VERSION)
           == article_hash64(bytes.len, body);
}


uint64_t
article_read_number(article_reader_t *reader, uint64_t max)
{
    unsigned       shift;
    uint64_t       number;
    unsigned char  c;

    number = 0;

    for (shift = 0; shift < 64; shift += 7) {
        if (reader->failed || reader->at == reader->len) {
            break;
        }

        c = reader->data[reader->at++];
        number |= (uint64_t) (c & 0x7f) << shift;

        if (!(c & 0x80)) {
            if (number > max) {
                break;
            }

            return number;
        }
    }

    reader->failed = 1;

    return 0;
}


uint64_t
article_read_hash(article_reader_t *reader)
{
    uint64_t  hash;

    if (reader->failed || reader->len - reader->at < sizeof(hash)) {
        reader->failed = 1;
        return 0;
    }

    hash = article_bytes_get64(reader->data + reader->at);
    reader->at += sizeof(hash);

    return hash;
}


article_slice_t
article_read_slice(article_reader_t *reader, size_t max)
{
    article_slice_t  s;

    s.len = (size_t) article_read_number(reader, max);
    s.data = "";

    if (reader->failed || reader->len - reader->at < s.len) {
        reader->failed = 1;
        s.len = 0;
        return s;
    }

    s.data = (const char *) reader->data + reader->at;
    reader->at += s.len;

    return s;
}


static void
article_bytes_put64(unsigned char *p, uint64_t value)
{
    unsigned  i;

    for (i = 0; i < 8; i++) {
        p[i] = (unsigned char) (value >> (8 * i));
    }
}


static uint64_t
article_bytes_get64(const unsigned char *p)
{
    unsigned  i;
    uint64_t  value;

    value = 0;

    for (i = 0; i < 8; i++) {
        value |= (uint64_t) p[i] << (8 * i);
    }

    return value;
}
