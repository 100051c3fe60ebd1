/*
 * Copyright (C) the authors named in LICENSE
 *
 * The catalogue of Vietnamese (and a few English) labels that stand on
 * portal pages around articles.  A marker is a label, not a substring.
 */

#ifndef ARTICLE_MARKERS_H_INCLUDED
#define ARTICLE_MARKERS_H_INCLUDED


#include "text.h"


typedef enum {
    ARTICLE_MARKER_NONE = 0,
    ARTICLE_MARKER_RELATED,     /* "Tin cùng chuyên mục", "Tin liên quan" */
    ARTICLE_MARKER_LATEST,      /* "Tin mới", "Đọc nhiều", "Tin nổi bật" */
    ARTICLE_MARKER_BY_DATE,     /* "Xem tin theo ngày" */
    ARTICLE_MARKER_COUNTER,     /* "Số lượt truy cập", "Lượt xem" */
    ARTICLE_MARKER_RATING,      /* "Bạn đánh giá" */
    ARTICLE_MARKER_TOOLS,       /* "Bản in", "Quay lại", "Gửi email" */
    ARTICLE_MARKER_ATTACHMENT,  /* "File đính kèm" */
    ARTICLE_MARKER_COMMENT,     /* "Ý kiến bạn đọc" */
    ARTICLE_MARKER_AUDIO,       /* "Nghe bài viết", "Audio:" */
    ARTICLE_MARKER_TAGS,        /* "Từ khóa" */
    ARTICLE_MARKER_LINKS,       /* "Liên kết website" */
    ARTICLE_MARKER_WIDGET,      /* "Thời tiết", "Tỷ giá", "Quảng cáo" */
    ARTICLE_MARKER_POLL,        /* "Thăm dò ý kiến" */
    ARTICLE_MARKER_FOOTER,      /* "Giấy phép số", "Bản quyền thuộc" */
    ARTICLE_MARKER_BYLINE,      /* "Tác giả:", "Nguồn:" */
    ARTICLE_MARKER_DATE         /* "Ngày đăng", "Cập nhật" */
} article_marker_t;


/* The longest text, in bytes after folding, that may be a label. */
#define ARTICLE_MARKER_MAX  160


/*
 * Which label a block's whole text is: folded, stripped of bullets, arrows,
 * a colon, digits and a date at its end.  *exact (or NULL) tells whether the
 * text is the label alone; 0: short text that begins with it and goes on
 * ("Số lần đọc: 829" is exact; "Tin liên quan đến vụ cháy" is none).
 */
article_marker_t article_marker_match(article_slice_t text, unsigned *exact);

/* The first words of a text, up to a space or its end; or nothing. */
article_slice_t article_marker_beginning(article_slice_t text);

/* 1 if no text with this beginning is a label. */
unsigned article_marker_never(article_slice_t beginning);

/*
 * The same of a line as it stands in a page, of UTF-8 or, where *ascii is 1
 * then, of any charset; 0 if that is not so simple to tell.
 */
unsigned article_marker_never_raw(article_slice_t raw, unsigned *ascii);

/* "related", "latest", ...; static. */
const char *article_marker_word(article_marker_t marker);


#endif /* ARTICLE_MARKERS_H_INCLUDED */
