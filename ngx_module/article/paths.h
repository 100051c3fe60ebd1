/*
 * Copyright (C) the authors named in LICENSE
 *
 * Which paths of a portal nobody serves as articles unless its portal file
 * says so.
 */

#ifndef ARTICLE_PATHS_H_INCLUDED
#define ARTICLE_PATHS_H_INCLUDED


#include "text.h"


/*
 * 1 if no portal file can make the decoded path right: it holds "..", a file
 * or directory whose name starts with a dot, a control character, or it is
 * the name of a configuration, archive or data file (.config, .sql, .bak).
 */
unsigned article_path_hopeless(article_slice_t path);

/*
 * 1 if the decoded path is one of the default's refused ones: a segment
 * (compared without case, extension and parameters) is a name of
 * administration, login, accounts, uploads, interfaces or server internals
 * (the list is in paths.c).
 */
unsigned article_path_refused(article_slice_t path);

/* 1 if a portal's home page commonly has this path (with its query). */
unsigned article_path_is_root(article_slice_t path);


#endif /* ARTICLE_PATHS_H_INCLUDED */
