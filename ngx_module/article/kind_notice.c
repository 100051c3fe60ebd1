/*
 * Copyright (C) the authors named in LICENSE
 *
 * Pages that say why there is nothing on them, and pages of a service.
 */

#include <string.h>

#include "kind.h"


/* "There is no such page" is said in a line so short ... */
#define ARTICLE_MISSING_CHARS  160
/* ... "Không tìm thấy ..." in fewer words ... */
#define ARTICLE_MISSING_WORDS  8
/* ... and not amid a text so long. */
#define ARTICLE_MISSING_PROSE  500

/* A page with more running text than this does not say so at all. */
#define ARTICLE_MISSING_MOST   1500

/* A folded text is no more bytes longer or shorter than it was. */
#define ARTICLE_FOLD_MOST      16

/* A headline or teaser is at least so long. */
#define ARTICLE_TEASER_CHARS   40

/* So many of them make a page's lists. */
#define ARTICLE_TEASERS_LEAST  8


static unsigned article_kind_is_missing(article_page_t *page);
static unsigned article_kind_is_filler(article_page_t *page);
static unsigned article_kind_is_service(article_page_t *page);
static unsigned article_kind_says_nothing(article_page_t *page);
static unsigned article_text_has(article_slice_t text,
    const article_slice_t *phrase, size_t n);
static unsigned article_text_is(article_page_t *page, article_slice_t text,
    const char *const *word, size_t n);
static unsigned article_kind_lists_filler(article_page_t *page);
static unsigned article_text_is_filler(article_slice_t text);


/* Said in a short line, wherever on the page it stands. */

static const char *const  article_missing_phrases[] = {
    "không tìm thấy trang",
    "không tìm thấy nội dung",
    "không tìm thấy bài",
    "không tìm thấy đường dẫn",
    "không tìm thấy tài liệu",
    "không thể tìm thấy trang",
    "trang không tồn tại",
    "trang này không tồn tại",
    "bạn tìm không tồn tại",
    "bạn tìm kiếm không tồn tại",
    "bạn yêu cầu không tồn tại",
    "bạn truy cập không tồn tại",
    "nội dung không tồn tại",
    "bài viết không tồn tại",
    "bài viết này không còn tồn tại",
    "bài viết không còn tồn tại",
    "bài này đã bị xóa",
    "không tồn tại hoặc đã bị",
    "bài viết ngừng xuất bản",
    "bài viết này chưa được xuất bản",
    "bạn không có quyền truy cập",
    "đường dẫn bạn truy cập không",
    "yêu cầu không tìm thấy",
    "page not found",
    "404 not found",
    "lỗi 404",
    "error 404",
    "page can't be found",
    "page can\xe2\x80\x99t be found",
    "page you are looking for",
    "page you requested",
    "server error in '"
};

/* Said where the text should be: boxes beside a text say such things too. */

static const char *const  article_nothing_phrases[] = {
    "đường dẫn không hợp lệ",
    "đường dẫn không đúng",
    "bạn không có quyền xem",
    "bạn cần đăng nhập",
    "vui lòng đăng nhập để xem",
    "có lỗi xảy ra trong quá trình",
    "hệ thống đang bảo trì",
    "dữ liệu đang được cập nhật",
    "nội dung đang được cập nhật",
    "thông tin đang được cập nhật",
    "nội dung đang cập nhật",
    "chưa có bài viết nào",
    "chưa có tin bài nào",
    "chưa có dữ liệu",
    "không có dữ liệu",
    "không có bài viết nào",
    "không có kết quả nào",
    "không tìm thấy kết quả",
    "no results found",
    "you are not authorized to",
    "service unavailable"
};

/* Titles of pages that are no article whatever they say besides. */

static const char *const  article_service_titles[] = {
    "đăng nhập", "đăng nhập hệ thống", "đăng ký", "đăng ký tài khoản",
    "đăng ký thành viên", "quên mật khẩu", "đổi mật khẩu", "tìm kiếm",
    "tìm kiếm nâng cao", "kết quả tìm kiếm", "sơ đồ trang", "sơ đồ cổng",
    "sơ đồ website", "sơ đồ trang web", "thăm dò ý kiến", "gửi câu hỏi",
    "đặt câu hỏi", "gửi phản ánh kiến nghị", "login", "log in", "sign in",
    "sign up", "search", "search results", "sitemap", "giỏ hàng"
};

/* ... where a form follows them. */

static const char *const  article_form_titles[] = {
    "liên hệ", "thông tin liên hệ", "liên hệ với chúng tôi", "góp ý",
    "gửi góp ý", "ý kiến góp ý", "hỏi đáp", "hộp thư góp ý", "contact",
    "contact us", "feedback", "liên hệ - góp ý", "liên hệ quảng cáo"
};

#define article_words(list)  (sizeof(list) / sizeof((list)[0]))


const char *
article_kind_notice(article_page_t *page)
{
    if (article_kind_is_missing(page)) {
        return "it says that there is nothing here";
    }

    if (article_kind_is_filler(page)) {
        return "a template that nobody has filled in";
    }

    if (article_kind_is_service(page)) {
        return "a page to search, ask or log in on";
    }

    return NULL;
}


static unsigned
article_kind_is_missing(article_page_t *page)
{
    uint32_t          n;
    article_slice_t   fold, bare;
    article_line_t   *line;

    article_slice_t   phrase[article_words(article_missing_phrases)];

    if (page->prose > ARTICLE_MISSING_MOST) {
        return 0;
    }

    article_page_fold_all(page, article_missing_phrases,
                          article_words(article_missing_phrases), phrase);
    bare = article_page_fold(page, article_literal("không tìm thấy"));

    for (n = 0; n < page->blocks.lines; n++) {
        line = &page->blocks.line[n];

        if (line->chars > ARTICLE_MISSING_CHARS || line->link_chars
            || line->item || line->words < 2
            || (line->role == ARTICLE_ROLE_BODY
                && page->prose > ARTICLE_MISSING_PROSE))
        {
            continue;
        }

        fold = article_page_fold_line(page, line);

        if (article_text_has(fold, phrase,
                             article_words(article_missing_phrases)))
        {
            return 1;
        }

        /* a line that begins so, on a page of hardly a text */

        if (page->prose < ARTICLE_LITTLE_PROSE
            && line->words <= ARTICLE_MISSING_WORDS
            && article_slice_starts(fold, bare))
        {
            return 1;
        }
    }

    return article_kind_says_nothing(page);
}


/* The first line of a short text says why there is no more. */

static unsigned
article_kind_says_nothing(article_page_t *page)
{
    uint32_t         n;
    article_line_t  *line;

    article_slice_t  phrase[article_words(article_nothing_phrases)];

    if (page->prose > ARTICLE_LITTLE_PROSE) {
        return 0;
    }

    for (n = page->start; n < page->end; n++) {
        line = &page->blocks.line[n];

        if (line->value && (line->role == ARTICLE_ROLE_BODY
                            || line->role == ARTICLE_ROLE_SAPO))
        {
            break;
        }
    }

    if (n >= page->end || page->blocks.line[n].chars > ARTICLE_MISSING_CHARS) {
        return 0;
    }

    article_page_fold_all(page, article_nothing_phrases,
                          article_words(article_nothing_phrases), phrase);

    return article_text_has(article_page_fold(page,
                                              page->blocks.line[n].text),
                            phrase, article_words(article_nothing_phrases));
}


static unsigned
article_text_has(article_slice_t text, const article_slice_t *phrase,
    size_t n)
{
    size_t  i;

    for (i = 0; i < n; i++) {
        if (article_slice_find(text, phrase[i])) {
            return 1;
        }
    }

    return 0;
}


/* Titles with what was searched for go on behind the words or a colon. */

static unsigned
article_kind_is_service(article_page_t *page)
{
    unsigned         form;
    uint32_t         e;
    article_slice_t  title;

    title = article_page_fold(page, page->facts.title);

    if (article_text_is(page, title, article_service_titles,
                        article_words(article_service_titles)))
    {
        return 1;
    }

    if (article_slice_starts(title, article_page_fold(page,
                                        article_literal("kết quả tìm kiếm")))
        || article_slice_starts(title, article_literal("search results")))
    {
        return page->prose < ARTICLE_MISSING_MOST;
    }

    form = 0;

    for (e = page->root; e < page->blocks.elements; e++) {
        form |= page->blocks.element[e].tag == LXB_TAG_FORM
                && page->blocks.element[e].line >= page->title_end;
    }

    return form && article_text_is(page, title, article_form_titles,
                                   article_words(article_form_titles));
}


unsigned
article_kind_names_service(article_page_t *page, article_slice_t name)
{
    name = article_page_fold(page, name);

    return article_text_is(page, name, article_service_titles,
                           article_words(article_service_titles))
           || article_text_is(page, name, article_form_titles,
                              article_words(article_form_titles));
}


/* 1 if a folded text is one of the words. */

static unsigned
article_text_is(article_page_t *page, article_slice_t text,
    const char *const *word, size_t n)
{
    size_t           i;
    article_slice_t  s;

    for (i = 0; i < n; i++) {
        s.data = word[i];
        s.len = strlen(word[i]);

        /* folding moves tone marks, it does not change the length much */

        if (s.len + ARTICLE_FOLD_MOST < text.len
            || text.len + ARTICLE_FOLD_MOST < s.len)
        {
            continue;
        }

        if (article_slice_equal(text, article_page_fold(page, s))) {
            return 1;
        }
    }

    return 0;
}


/*
 * A template that nobody has filled in yet, or a vendor's sample: its title
 * or most of what its lists hold is filler.
 */

static unsigned
article_kind_is_filler(article_page_t *page)
{
    return article_text_is_filler(page->facts.title)
           || article_kind_lists_filler(page);
}


static unsigned
article_kind_lists_filler(article_page_t *page)
{
    uint32_t         n, all, filler;
    article_line_t  *line;

    all = 0;
    filler = 0;

    for (n = 0; n < page->blocks.lines; n++) {
        line = &page->blocks.line[n];

        if (line->chars < ARTICLE_TEASER_CHARS
            || (n >= page->start && n < page->end
                && line->role == ARTICLE_ROLE_BODY))
        {
            continue;
        }

        all++;
        filler += article_text_is_filler(line->text);
    }

    return filler >= ARTICLE_TEASERS_LEAST && filler * 2 > all;
}


static unsigned
article_text_is_filler(article_slice_t text)
{
    return article_slice_find(text, article_literal("orem ipsum")) != NULL
           || article_slice_find(text,
                                 article_literal("sectetur adipis")) != NULL;
}
