/*
 * Copyright (C) ngx_article authors
 *
 * Pages of whole portals, as they are and damaged at random: the cuts do not
 * depend on the portions in which a page comes nor, but for what outgrows it,
 * on the buffer, and the oracle, lexbor's DOM, finds every cut clean.
 */

#include <glob.h>
#include <stdio.h>

#include "support.h"
#include "support_strip.h"


/* Damaged copies of each page, and bytes that a copy may grow by. */
#define MUTATED_COPIES  12
#define MUTATED_ROOM    8192

/* A copy has room for this many changes more if it is longer than this. */
#define MUTATED_LEAST   300

/* Half of the copies are a part of the page, of so many bytes at least. */
#define MUTATED_PART    2000

/* Pages of nothing but tags in any order, and pieces of one. */
#define MUTATED_SOUPS   800
#define MUTATED_TAGS    60


static uint64_t  mutated_seed;

static const char *const  mutated_pieces[] = {
    "<", "</", ">", "\"", "'", "=", "  \n", "&nbsp;", "&#7879;", "&Agrave",
    "<div>", "</div>", "<b>", "</b>", "<a href=x>", "</a>", "<p>", "</p>",
    "<table>", "<tr><td>", "</table>", "<span>", "</span>", "<h3>", "</h3>",
    "<li>", "<ul>", "</ul>", "<br>", "<hr>", "<center>", "<font>", "</font>",
    "<!--", "-->", "<script>", "</script>", "<title>", "</title>",
    "<select><option>", "</select>", "<![CDATA[", "]]>", "<svg>", "</svg>",
    "<math>", "</math>", "<html lang=vi>", "<body class=x>", "</body>",
    "<form>", "</form>", "<input type=hidden>", "<textarea>", "</textarea>",
    "<button>", "<nobr>", "<dd>", "<option>", "<caption>", "<object>",
    "\xcc\x81", "\xc2\xa0", "\xff", "24/04/2020", "Tin liên quan", "Tin mới",
    "Lượt xem: 829", "<span>Lượt xem: 12</span>", "Quảng cáo", "Tỷ giá",
    "Bạn là người thứ 99", "Bản inQuay lại"
};

#define LINK  "<a href=/1>Khánh thành trường tiểu học xã Đồng Mai</a>"

/* What is cut, in all kinds of elements; and those, and their ends. */
static const char *const  soup_boxes[] = {
    "<div><h3>Tin khác</h3><ul><li>" LINK "</li><li>" LINK "</ul></div>",
    "<table><tr><td><font size=1><b>Tin khác</b></font><tr><td>" LINK
    "</table>", "<span>Lượt xem: 7</span>", "Lượt xem: 8",
    "<em>Xem thêm: " LINK "</em>", "<b>Tin khác</b><br>- " LINK "<br>",
    "<div><b>Tin mới<p>" LINK "<p>" LINK "</div>",
    "<marquee>Lượt xem: 5</marquee>", "<nobr>Lượt xem: 6</nobr>",
    "<ul><li><b>Tin khác</b><li>" LINK "</ul>"
};

static const char *const  soup_starts[] = {
    "<p>", "<font size=2>", "<b>", "<i>", "<center>", "<div>",
    "<table><tr><td>", "<span>", "<form>", "<h2>", "<ul><li>", "<a href=x>",
    "<nobr>", "<button>", "<fieldset>", "<font size=2><font size=2>", "<dd>",
    "<label>", "<object>", "<li>", "<td>"
};

static const char *const  soup_ends[] = {
    "</p>", "</font>", "</b>", "</i>", "</center>", "</div>", "</table>",
    "</span>", "</form>", "</h2>", "</ul>", "</a>", "</nobr>", "</button>",
    "</td>", "</b></i>", "</font></font>"
};

static const char *const  soup_texts[] = {
    "chữ ", " ", "<br>", "<img src=a>", "<hr>", "một câu dài hơn một chút "
};


static uint64_t
mutated_random(void)
{
    mutated_seed = mutated_seed * 6364136223846793005ULL
                   + 1442695040888963407ULL;

    return mutated_seed >> 33;
}


/* Moves what is at or behind an offset; grows or shrinks the copy. */
static void
mutated_move(char *copy, size_t *len, size_t to, size_t from)
{
    memmove(copy + to, copy + from, *len - from);
    *len = *len + to - from;
}


static void
mutated_change(char *copy, size_t *len, size_t size)
{
    char         part[256];
    size_t       at, n;
    const char  *piece, *gt;

    at = mutated_random() % *len;
    piece = mutated_pieces[mutated_random() % test_number(mutated_pieces)];

    switch (mutated_random() % 6) {

    case 0: /* bytes are lost */
        n = 1 + mutated_random() % 40;
        n = n > *len - at ? *len - at : n;
        mutated_move(copy, len, at, at + n);
        return;

    case 1: /* a part stands twice */
        n = 1 + mutated_random() % (sizeof(part) - 1);
        n = n > *len - at ? *len - at : n;
        memcpy(part, copy + at, n);
        at = mutated_random() % *len;
        break;

    case 2: /* a byte is another one */
        copy[at] = (char) mutated_random();
        return;

    default: /* something stands behind a tag, or anywhere */
        n = strlen(piece);
        memcpy(part, piece, n);
        gt = memchr(copy + at, '>', *len - at);

        if (gt != NULL && mutated_random() % 4 != 0) {
            at = (size_t) (gt - copy) + 1;
        }
    }

    if (*len + n <= size) {
        mutated_move(copy, len, at + n, at);
        memcpy(copy + at, part, n);
    }
}


static article_slice_t
mutated_copy(article_slice_t page, uint64_t seed)
{
    char      *copy;
    size_t     from, len, size;
    unsigned   changes;

    mutated_seed = seed;
    from = 0;
    len = page.len;

    if (mutated_random() % 2 && len > 2 * MUTATED_PART) {
        len = MUTATED_PART + mutated_random() % (page.len - MUTATED_PART);
        from = mutated_random() % (page.len - len + 1);
    }

    size = len + MUTATED_ROOM;
    copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, page.data + from, len);

    for (changes = 1 + mutated_random() % 24; changes != 0; changes--) {
        if (len > MUTATED_LEAST) {
            mutated_change(copy, &len, size);
        }
    }

    return (article_slice_t) { copy, len };
}


static void
mutated_fail(article_slice_t page, const char *name, unsigned copy,
    const char *wrong)
{
    FILE        *f;
    const char  *save;

    print_error("%s, copy %u: %s\n", name, copy, wrong);
    save = getenv("MUTATED_SAVE");

    if (save != NULL) {
        f = fopen(save, "wb");

        if (f != NULL) {
            (void) fwrite(page.data, 1, page.len, f);
            fclose(f);
        }
    }

    fail();
}


static void
mutated_check(article_slice_t page, const char *name, unsigned copy)
{
    char                     *wrong;
    size_t                    i, b;
    const char               *error;
    strip_cuts_t              whole, got;
    article_strip_options_t   options;

    static const size_t  buffers[] = { 0, 600 };
    static const size_t  portions[] = { 1, 7, 300, 8000 };

    memset(&options, 0, sizeof(options));
    options.builtin = 1;

    for (b = 0; b < test_number(buffers); b++) {
        options.buffer = buffers[b];

        error = strip_page(&options, page, 0, 0, &whole);

        for (i = 0; i < test_number(portions) && error == NULL; i++) {
            error = strip_page(&options, page, portions[i], i ? copy + i : 0,
                               &got);

            if (error == NULL && !strip_cuts_equal(&whole, &got)) {
                error = "cut otherwise in other portions";
            }
        }

        if (error != NULL) {
            mutated_fail(page, name, copy, error);
        }

        wrong = strip_oracle(page, &whole);

        if (wrong != NULL) {
            mutated_fail(page, name, copy, wrong);
        }
    }
}


static void
pages(void **state)
{
    char             *data;
    FILE             *f;
    glob_t            found;
    size_t            i;
    unsigned          n, copies;
    const char       *more;
    article_slice_t   page, copy;

    (void) state;

    more = getenv("MUTATED_COPIES");
    copies = more != NULL ? (unsigned) atoi(more) : MUTATED_COPIES;

    assert_int_equal(glob(getenv("MUTATED_PAGES") != NULL
                          ? getenv("MUTATED_PAGES") : "t/pages/*/*.html", 0,
                          NULL, &found), 0);
    assert_true(found.gl_pathc >= 1);
    data = malloc(ARTICLE_MAX_PAGE);
    assert_non_null(data);

    for (i = 0; i < found.gl_pathc; i++) {
        f = fopen(found.gl_pathv[i], "rb");
        assert_non_null(f);
        page.data = data;
        page.len = fread(data, 1, ARTICLE_MAX_PAGE, f);
        fclose(f);

        mutated_check(page, found.gl_pathv[i], 0);

        for (n = 1; n <= copies; n++) {
            copy = mutated_copy(page, 1000 * i + n);
            mutated_check(copy, found.gl_pathv[i], n);
            slice_free(copy);
        }
    }

    free(data);
    globfree(&found);
}


#define soup_pick(pieces)                                                     \
    pieces[mutated_random() % test_number(pieces)]


static void
soup(void **state)
{
    char         page[8192];
    size_t       len;
    unsigned     n, tags;
    const char  *piece;

    (void) state;

    for (n = 0; n < MUTATED_SOUPS; n++) {
        mutated_seed = n;
        len = (size_t) snprintf(page, sizeof(page), "%s",
                                n % 2 ? "<!DOCTYPE html><body>" : "<body>");

        for (tags = 4 + mutated_random() % MUTATED_TAGS; tags != 0; tags--) {
            switch (mutated_random() % 9) {

            case 0:
            case 1:
            case 2:
                piece = soup_pick(soup_starts);
                break;

            case 3:
            case 4:
                piece = soup_pick(soup_ends);
                break;

            case 5:
            case 6:
                piece = soup_pick(soup_boxes);
                break;

            default:
                piece = soup_pick(soup_texts);
            }

            len += (size_t) snprintf(page + len, sizeof(page) - len, "%s",
                                     piece);
            assert_true(len < sizeof(page));
        }

        mutated_check((article_slice_t) { page, len }, "soup", n);
    }
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(pages),
        cmocka_unit_test(soup)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
