/*
 * Copyright (C) the authors named in LICENSE
 *
 * Tables of the single-byte charsets, from byte 0x80 on.
 */

#ifndef ARTICLE_CHARSET_TABLES_H_INCLUDED
#define ARTICLE_CHARSET_TABLES_H_INCLUDED


#include <stdint.h>


extern const uint16_t  article_windows_1258[128];
extern const uint16_t  article_windows_1252[128];
extern const uint16_t  article_tcvn3[128];
extern const uint16_t  article_viscii[128];


#endif /* ARTICLE_CHARSET_TABLES_H_INCLUDED */
