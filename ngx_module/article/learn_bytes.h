/*
 * Copyright (C) the authors named in LICENSE
 *
 * What the learner writes down: numbers and strings as bytes that any
 * machine reads alike, sealed with a version and a checksum.
 */

#ifndef ARTICLE_LEARN_BYTES_H_INCLUDED
#define ARTICLE_LEARN_BYTES_H_INCLUDED


#include "text.h"


/* Version, then checksum of all that follows. */
#define ARTICLE_BYTES_HEAD  16


/* Writes into a buffer of fixed size; failed: it did not fit. */
typedef struct {
    unsigned char  *data;
    size_t          len;
    size_t          size;
    unsigned        failed;
} article_writer_t;


/* Reads what a writer wrote; failed: it ends too soon or is out of bounds. */
typedef struct {
    const unsigned char  *data;
    size_t                len;
    size_t                at;
    unsigned              failed;
} article_reader_t;


/* Leaves room for the head; data is the caller's. */
void article_writer_init(article_writer_t *writer, void *data, size_t size);

void article_write_number(article_writer_t *writer, uint64_t number);
void article_write_hash(article_writer_t *writer, uint64_t hash);
void article_write_slice(article_writer_t *writer, article_slice_t s);

/* Fills the head in; version has 8 bytes. */
void article_writer_seal(article_writer_t *writer, const char *version);


/* 1 if the bytes are whole and of this version. */
unsigned article_reader_init(article_reader_t *reader, article_slice_t bytes,
    const char *version);

/* A number up to max; 0 when it fails. */
uint64_t article_read_number(article_reader_t *reader, uint64_t max);
uint64_t article_read_hash(article_reader_t *reader);

/* A slice of the bytes themselves, at most max long. */
article_slice_t article_read_slice(article_reader_t *reader, size_t max);


#endif /* ARTICLE_LEARN_BYTES_H_INCLUDED */
