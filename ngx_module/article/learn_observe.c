/*
 * Copyright (C) the authors named in LICENSE
 *
 * What one page teaches, as bytes: which article it is, and its blocks that
 * may be template.  Only a page that article_read() takes for an article
 * teaches anything: error pages served with 200, lists and searches do not.
 */

#include <string.h>

#include "document.h"
#include "learn.h"


#define ARTICLE_OBSERVATION_VERSION  "artobs02"

/* Of the hash of a place's key; the kind is added. */
#define ARTICLE_SEED_KEY  4


static void article_observe_bound(article_template_t *found);
static void article_observe_block(article_writer_t *writer,
    const article_block_t *block);
static void article_observation_block(article_reader_t *reader,
    article_glimpse_t *block);
static int article_observation_key(article_glimpse_t *block);


article_reason_t
article_observe(article_engine_t *engine,
    const article_read_options_t *options, const char *data, size_t len,
    article_slice_t *observation)
{
    char                *out;
    unsigned             i, blocks;
    article_seen_t       seen;
    article_reason_t     reason;
    article_writer_t     writer;
    article_template_t   found;

    observation->data = "";
    observation->len = 0;

    reason = article_learn_identify(engine, options, data, len, &seen);
    if (reason != ARTICLE_OK) {
        return reason;
    }

    reason = article_template_scan(engine->arena, data, len, &found);
    if (reason != ARTICLE_OK) {
        return reason;
    }

    article_observe_bound(&found);

    out = article_arena_alloc(engine->arena, ARTICLE_OBSERVATION);
    if (out == NULL || article_arena_failed(engine->arena)) {
        return ARTICLE_NO_MEMORY;
    }

    /* what does not fit is left out, the last blocks first */

    for (blocks = found.blocks; /* void */ ; blocks /= 2) {
        article_writer_init(&writer, out, ARTICLE_OBSERVATION);

        article_write_hash(&writer, seen.url);
        article_write_hash(&writer, seen.title);
        article_write_hash(&writer, seen.text);
        article_write_number(&writer, found.text);
        article_write_number(&writer, found.needs);

        for (i = 0; i < found.needs; i++) {
            article_write_slice(&writer, found.needed[i]);
        }

        article_write_number(&writer, blocks);

        for (i = 0; i < blocks; i++) {
            article_observe_block(&writer, &found.block[i]);
        }

        if (!writer.failed || blocks == 0) {
            break;
        }
    }

    article_writer_seal(&writer, ARTICLE_OBSERVATION_VERSION);

    observation->data = out;
    observation->len = writer.failed ? 0 : writer.len;

    return writer.failed ? ARTICLE_PAGE_TOO_COMPLEX : ARTICLE_OK;
}


/* What is too long to be written down, or no heading, is left out. */
static void
article_observe_bound(article_template_t *found)
{
    char              folded[ARTICLE_MARKER_MAX];
    size_t            len;
    unsigned          i, kept;
    article_block_t  *b;

    kept = 0;

    for (i = 0; i < found->blocks; i++) {
        b = &found->block[i];
        len = article_fold_into(folded, sizeof(folded), b->heading, 0);

        if (b->select.len <= ARTICLE_LEARN_STRING
            && b->heading.len <= ARTICLE_LEARN_STRING
            && len <= sizeof(folded) && (len != 0 || b->heading.len == 0))
        {
            found->block[kept++] = *b;
        }
    }

    found->blocks = kept;
    kept = 0;

    for (i = 0; i < found->needs; i++) {
        if (found->needed[i].len <= ARTICLE_LEARN_STRING) {
            found->needed[kept++] = found->needed[i];
        }
    }

    found->needs = kept;
}


static void
article_observe_block(article_writer_t *writer, const article_block_t *block)
{
    article_write_number(writer, block->only);
    article_write_number(writer, block->label);
    article_write_slice(writer, block->select);
    article_write_slice(writer, block->heading);
    article_write_number(writer, block->counts.titles);
    article_write_number(writer, block->end - block->start);
    article_write_number(writer, block->text);
    article_write_number(writer, block->counts.counters != 0);
    article_write_hash(writer, block->hash);
    article_write_hash(writer, block->plain);
    article_write_number(writer, block->value);
}


int
article_observation_read(article_observation_t *observation,
    article_slice_t bytes)
{
    unsigned          i;
    article_reader_t  reader;

    if (!article_reader_init(&reader, bytes, ARTICLE_OBSERVATION_VERSION)) {
        return -1;
    }

    observation->seen.url = article_read_hash(&reader);
    observation->seen.title = article_read_hash(&reader);
    observation->seen.text = article_read_hash(&reader);
    observation->text = (uint32_t) article_read_number(&reader, UINT32_MAX);

    observation->needs = (unsigned) article_read_number(&reader,
                                                  ARTICLE_TEMPLATE_NEEDS);

    for (i = 0; i < observation->needs; i++) {
        observation->needed[i] = article_read_slice(&reader,
                                                    ARTICLE_LEARN_STRING);
    }

    observation->blocks = (unsigned) article_read_number(&reader,
                                                  ARTICLE_TEMPLATE_BLOCKS);

    for (i = 0; i < observation->blocks; i++) {
        article_observation_block(&reader, &observation->block[i]);
    }

    return reader.failed || reader.at != reader.len ? -1 : 0;
}


static void
article_observation_block(article_reader_t *reader, article_glimpse_t *block)
{
    block->only = (article_only_t) article_read_number(reader,
                                                       ARTICLE_ONLY_LAST);
    block->label = (article_label_t) article_read_number(reader,
                                                         ARTICLE_LABEL_STOP);
    block->select = article_read_slice(reader, ARTICLE_LEARN_STRING);
    block->heading = article_read_slice(reader, ARTICLE_LEARN_STRING);
    block->titles = (uint32_t) article_read_number(reader, UINT32_MAX);
    block->bytes = (uint32_t) article_read_number(reader, UINT32_MAX);
    block->text = (uint32_t) article_read_number(reader, UINT32_MAX);
    block->counted = (unsigned) article_read_number(reader, 1);
    block->hash = article_read_hash(reader);
    block->plain = article_read_hash(reader);
    block->value = article_read_number(reader, UINT64_MAX);

    if (block->only == ARTICLE_ONLY_ANY || block->select.len == 0
        || !article_utf8_valid(block->select)
        || !article_utf8_valid(block->heading)
        || article_observation_key(block) != 0)
    {
        reader->failed = 1;
    }
}


/*
 * Headings are one when a rule takes them for one: folded.  0, or -1 for one
 * that no rule can have.
 */
static int
article_observation_key(article_glimpse_t *block)
{
    char             folded[ARTICLE_MARKER_MAX];
    size_t           len;
    article_slice_t  heading;

    len = article_fold_into(folded, sizeof(folded), block->heading, 0);

    if (len > sizeof(folded) || (len == 0 && block->heading.len != 0)) {
        return -1;
    }

    heading.data = folded;
    heading.len = len;

    block->key = article_hash64(ARTICLE_SEED_KEY + block->only,
                                block->select);
    block->key = article_hash64(block->key, heading);

    return 0;
}
