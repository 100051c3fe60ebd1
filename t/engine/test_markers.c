/*
 * Copyright (C) ngx_article authors
 *
 * "test_markers index > ngx_module/article/marker_index.c" writes the index
 * of the labels anew, after a change in marker_labels.c.
 */

#include <stdio.h>

#include "support.h"

#include "marker_table.h"


#define TEST_LABELS  4096


typedef struct {
    const char        *text;
    article_marker_t   marker;
    unsigned           exact;
} marker_case_t;


static const marker_case_t  cases[] = {
    { "Tin cùng chuyên mục", ARTICLE_MARKER_RELATED, 1 },
    { "TIN LIÊN QUAN:", ARTICLE_MARKER_RELATED, 1 },
    { "  » Các tin khác (12) ", ARTICLE_MARKER_RELATED, 1 },
    { "tin cu\u0300ng chuyên mu\u0323c", ARTICLE_MARKER_RELATED, 1 },
    { "Xem thêm: Hà Nội mưa to", ARTICLE_MARKER_RELATED, 0 },
    { "Other News", ARTICLE_MARKER_RELATED, 1 },
    { "CÓ THỂ BẠN QUAN tâm", ARTICLE_MARKER_RELATED, 1 },
    { "Tin mới 25/11/2024", ARTICLE_MARKER_LATEST, 1 },
    { "Đọc nhiều", ARTICLE_MARKER_LATEST, 1 },
    { "Xem theo ngày Xem theo ngày", ARTICLE_MARKER_BY_DATE, 1 },
    { "Số lần đọc: 829", ARTICLE_MARKER_COUNTER, 1 },
    { "829 lượt xem", ARTICLE_MARKER_COUNTER, 1 },
    { "SỐ LƯỢT TRUY CẬP 4 9 9 8 6 9 0 5", ARTICLE_MARKER_COUNTER, 1 },
    { "Số lượt người xem: 1520 Bản inQuay lại", ARTICLE_MARKER_COUNTER, 1 },
    { "Tổng lượt xem bài viết là: 161", ARTICLE_MARKER_COUNTER, 1 },
    { "Hôm nay 123 Hôm qua 456 Tháng hiện tại 789", ARTICLE_MARKER_COUNTER,
      1 },
    { "View count: 832", ARTICLE_MARKER_COUNTER, 1 },
    { "Bạn đánh giá:", ARTICLE_MARKER_RATING, 1 },
    { "Tổng số điểm của bài viết là: 0 trong 0 đánh giá",
      ARTICLE_MARKER_RATING, 0 },
    { "Bản inQuay lại", ARTICLE_MARKER_TOOLS, 1 },
    { "Trở lạiBản in", ARTICLE_MARKER_TOOLS, 1 },
    { "| Về đầu trang |", ARTICLE_MARKER_TOOLS, 1 },
    { "A- A A+", ARTICLE_MARKER_TOOLS, 1 },
    { "Chia sẻFacebookTwitter", ARTICLE_MARKER_TOOLS, 1 },
    { "File đính kèm", ARTICLE_MARKER_ATTACHMENT, 1 },
    { "File đính kèm: ke-hoach.doc", ARTICLE_MARKER_ATTACHMENT, 0 },
    { "0 bình luận", ARTICLE_MARKER_COMMENT, 1 },
    { "Ý kiến bạn đọc (3)", ARTICLE_MARKER_COMMENT, 1 },
    { "Audio: 120619_Cong_an.mp3", ARTICLE_MARKER_AUDIO, 0 },
    { "0:00 / 0:00", ARTICLE_MARKER_AUDIO, 1 },
    { "Từ khoá: xã hội, kinh tế", ARTICLE_MARKER_TAGS, 0 },
    { "Từ khóa", ARTICLE_MARKER_TAGS, 1 },
    { "LIÊN KẾT WEBSITE", ARTICLE_MARKER_LINKS, 1 },
    { "Tỷ giá", ARTICLE_MARKER_WIDGET, 1 },
    { "Thăm dò ý kiến", ARTICLE_MARKER_POLL, 1 },
    { "© Bản quyền thuộc về Ủy ban MTTQ tỉnh.", ARTICLE_MARKER_FOOTER, 0 },
    { "Tổng Biên tập: Lê A", ARTICLE_MARKER_FOOTER, 0 },
    { "Tác giả: Lê Phương", ARTICLE_MARKER_BYLINE, 0 },
    { "Bài, ảnh: Phương Oanh", ARTICLE_MARKER_BYLINE, 0 },
    { "Ngày đăng: 24.02.2020", ARTICLE_MARKER_DATE, 1 },
    { "Ngày 24/04/2020", ARTICLE_MARKER_DATE, 1 },
    { "Thứ Ba, 14/02/2017, 14:20", ARTICLE_MARKER_DATE, 1 },
    { "Cập nhật lúc 07:38 (GMT+7)", ARTICLE_MARKER_DATE, 1 },
    { "Publish date 12/02/2020 | 11:03 AM | View count: 832",
      ARTICLE_MARKER_DATE, 1 },

    { "", ARTICLE_MARKER_NONE, 0 },
    { " » | - ", ARTICLE_MARKER_NONE, 0 },
    { "2020", ARTICLE_MARKER_NONE, 0 },
    { "Tin liên quan đến vụ cháy", ARTICLE_MARKER_NONE, 0 },
    { "Văn bản in trên giấy", ARTICLE_MARKER_NONE, 0 },
    { "Trong bản in", ARTICLE_MARKER_NONE, 0 },
    { "Cập nhật tình hình dịch", ARTICLE_MARKER_NONE, 0 },
    { "Ngày hội đại đoàn kết", ARTICLE_MARKER_NONE, 0 },
    { "Ngày", ARTICLE_MARKER_NONE, 0 },
    { "lúc", ARTICLE_MARKER_NONE, 0 },
    { "Nguyễn", ARTICLE_MARKER_NONE, 0 },
    { "12 tin mới", ARTICLE_MARKER_NONE, 0 },
    { "Thời sự chính trị Thứ Ba, 14/02/2017", ARTICLE_MARKER_NONE, 0 },
    { "Quay lại với nghề", ARTICLE_MARKER_NONE, 0 },
    { "Video: Hà Nội", ARTICLE_MARKER_NONE, 0 },
    { "Thời tiết hôm nay", ARTICLE_MARKER_NONE, 0 },
};


static void
each_case(void **state)
{
    size_t            i;
    unsigned          exact;
    article_marker_t  marker;
    article_slice_t   text;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        text = slice_exact(cases[i].text, strlen(cases[i].text));
        exact = 2;
        marker = article_marker_match(text, &exact);

        if (marker != cases[i].marker || exact != cases[i].exact) {
            print_error("\"%s\": %s, exact %u\n", cases[i].text,
                        article_marker_word(marker), exact);
            fail();
        }

        assert_int_equal(article_marker_match(text, NULL), marker);
        assert_false(marker != ARTICLE_MARKER_NONE
                     && article_marker_never(text));
        slice_free(text);
    }

    assert_true(article_marker_never(test_slice("Trong bản in")));
    assert_true(article_marker_never(test_slice("Huyện")));
    assert_false(article_marker_never(test_slice("12")));
}


/* Hashes of a label's words; 0 when it has none, or too many. */
static uint64_t
label_hash(const char *label, size_t len)
{
    unsigned              i;
    uint64_t              hash;
    article_label_text_t  t;

    if (!article_label_split(&t, (article_slice_t) { label, len })
        || t.n > 12 || t.longer)
    {
        return 0;
    }

    hash = 0;

    for (i = 0; i < t.n; i++) {
        hash = article_label_hash(hash, &t, i);
    }

    return hash;
}


static int
compare(const void *one, const void *two)
{
    const uint64_t  *a = one, *b = two;

    return *a < *b ? -1 : *a > *b;
}


/* The index as it should be; SIZE_MAX and a message when a label is wrong. */
static size_t
index_make(uint64_t *index)
{
    size_t       i, n, len;
    unsigned     group;
    uint64_t     hash;
    const char  *p;

    n = 0;

    for (group = 0; group < article_label_groups_number; group++) {
        for (p = article_label_groups[group].labels; *p != '\0'; /* void */ ) {
            len = strcspn(p, "|");
            hash = label_hash(p, len);

            if (hash == 0 || n == TEST_LABELS) {
                fprintf(stderr, "bad label \"%.*s\"\n", (int) len, p);
                return SIZE_MAX;
            }

            for (i = 0; i < n; i++) {
                if (article_label_entry_has(index[i], hash)
                    && ((index[i] & 0xff) == group
                        || (article_label_groups[group].marker
                            && article_label_entry_group(index[i])->marker)))
                {
                    fprintf(stderr, "label \"%.*s\" twice\n", (int) len, p);
                    return SIZE_MAX;
                }
            }

            index[n++] = article_label_entry(hash, group);

            p += len;
            p += *p == '|';
        }
    }

    qsort(index, n, sizeof(uint64_t), compare);

    return n;
}


/* The first place whose hash begins with this byte or a larger one. */
static size_t
index_first(const uint64_t *index, size_t n, size_t byte)
{
    size_t  i;

    for (i = 0; i < n && index[i] >> 56 < byte; i++) { /* void */ }

    return i;
}


/* The bits of what the labels begin with. */
static void
index_begins(uint64_t *begins)
{
    size_t                 len;
    unsigned               i, bit, group;
    uint64_t               hash;
    const char            *p;
    article_label_text_t   t;

    memset(begins, 0, ARTICLE_LABEL_BEGINS / 8);

    for (group = 0; group < article_label_groups_number; group++) {
        if (article_label_groups[group].marker == ARTICLE_MARKER_NONE) {
            continue;
        }

        for (p = article_label_groups[group].labels; *p != '\0'; /* void */ ) {
            len = strcspn(p, "|");
            (void) article_label_split(&t, (article_slice_t) { p, len });
            hash = 0;

            for (i = 0; i < t.n && i < 2; i++) {
                hash = article_label_hash(hash, &t, i);
                bit = article_label_begins_bit(hash);
                begins[bit / 64] |= (uint64_t) 1 << (bit % 64);
            }

            p += len;
            p += *p == '|';
        }
    }
}


static void
index_is_of_the_labels(void **state)
{
    size_t            i, n;
    uint64_t          begins[ARTICLE_LABEL_BEGINS / 64];
    static uint64_t   index[TEST_LABELS];

    (void) state;

    n = index_make(index);

    if (n != article_label_index_number) {
        print_error("%zu labels, %u in marker_index.c: write it anew by "
                    "\"test_markers index\"\n", n, article_label_index_number);
        fail();
    }

    for (i = 0; i < n; i++) {
        assert_int_equal(article_label_index[i], index[i]);
    }

    for (i = 0; i <= ARTICLE_LABEL_FIRST; i++) {
        assert_int_equal(article_label_first[i], index_first(index, n, i));
    }

    index_begins(begins);
    assert_memory_equal(article_label_begins, begins, sizeof(begins));
}


/* Every label of a marker is known, in capitals and with a colon too. */
/* 1 if a beginning of a label says that it is none. */
static unsigned
label_is_never(const char *label)
{
    size_t  len;

    for (len = strlen(label); len != 0; len--) {
        if ((label[len] == '\0' || label[len] == ' ')
            && article_marker_never((article_slice_t) { label, len }))
        {
            return 1;
        }
    }

    return 0;
}


static void
every_label(void **state)
{
    char              text[512];
    size_t            len;
    unsigned          group, exact;
    const char       *p;
    article_marker_t  marker;

    (void) state;

    for (group = 0; group < article_label_groups_number; group++) {
        marker = article_label_groups[group].marker;

        if (marker == ARTICLE_MARKER_NONE) {
            continue;
        }

        for (p = article_label_groups[group].labels; *p != '\0'; /* void */ ) {
            len = strcspn(p, "|");

            (void) snprintf(text, sizeof(text), "  » %.*s%s", (int) len, p,
                            article_label_groups[group].flags
                            & ARTICLE_LABEL_NEEDS ? " 1/2/2020" : " :");

            if (article_marker_match(test_slice(text), &exact) != marker
                || !exact || label_is_never(text))
            {
                print_error("\"%s\"\n", text);
                fail();
            }

            p += len;
            p += *p == '|';
        }
    }
}


static void
long_texts(void **state)
{
    char             text[4000];
    size_t           i;
    unsigned         exact;
    article_slice_t  s;

    (void) state;

    /* white space does not count, what is folded does */

    memset(text, ' ', sizeof(text));
    memcpy(text + 3000, "Tin mới", strlen("Tin mới"));
    s = (article_slice_t) { text, sizeof(text) };
    assert_int_equal(article_marker_match(s, &exact), ARTICLE_MARKER_LATEST);
    assert_int_equal(exact, 1);

    for (i = 0; i < sizeof(text); i++) {
        text[i] = "Tin mới và "[i % strlen("Tin mới và ")];
    }

    assert_int_equal(article_marker_match(s, &exact), ARTICLE_MARKER_NONE);

    /* a licence line may be of any length */

    memcpy(text, "Giấy phép số: 1/GP-BTTTT ",
           strlen("Giấy phép số: 1/GP-BTTTT "));
    assert_int_equal(article_marker_match(s, &exact), ARTICLE_MARKER_FOOTER);
    assert_int_equal(exact, 0);

    /* but a related label not, even with a colon: it would be a paragraph */

    memset(text, 'x', sizeof(text));
    memcpy(text, "Tin mới ", strlen("Tin mới "));
    assert_int_equal(article_marker_match(s, NULL), ARTICLE_MARKER_NONE);

    /* one letter of a thousand marks, and bytes that are no UTF-8 */

    for (i = 1; i + 1 < sizeof(text); i += 2) {
        memcpy(text + i, "\u0301", 2);
    }

    assert_int_equal(article_marker_match(s, NULL), ARTICLE_MARKER_NONE);

    memset(text, 0xff, sizeof(text));
    assert_int_equal(article_marker_match(s, NULL), ARTICLE_MARKER_NONE);

    for (i = 0; i < sizeof(text); i++) {
        text[i] = (char) (i % 2 ? ' ' : 'a');
    }

    assert_int_equal(article_marker_match(s, NULL), ARTICLE_MARKER_NONE);
}


/* Lines that their first words tell, as they stand in a page; and others. */
static void
first_words(void **state)
{
    size_t    i;
    unsigned  ascii;

    static const struct {
        const char  *raw;
        unsigned     never;
        unsigned     ascii;
    } lines[] = {
        { "Hoàng Sa, Trường Sa", 1, 0 },
        { "Trump visits", 1, 1 },
        { "&nbsp;- Hoàng Sa", 1, 0 },
        { "Các nước ASEAN", 1, 0 },
        { "QUỐC HỘI HỌP", 1, 0 },
        { "Tin mới", 0, 0 },
        { "&nbsp;TIN MỚI", 0, 0 },
        { "» Hoàng Sa", 0, 0 },
        { "Ho&agrave;ng Sa", 0, 0 },
        { "Ho\u00e0\u0301ng Sa", 0, 0 },
        { "5 người", 0, 0 },
        { "Covid19 lan rộng", 0, 0 },
        { "&nbsp; ", 0, 0 },
        { "", 0, 0 }
    };

    (void) state;

    for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        if (article_marker_never_raw(test_slice(lines[i].raw), &ascii)
            != lines[i].never
            || (lines[i].never && ascii != lines[i].ascii))
        {
            fail_msg("\"%s\"", lines[i].raw);
        }
    }
}


static void
words(void **state)
{
    (void) state;

    assert_string_equal(article_marker_word(ARTICLE_MARKER_NONE), "none");
    assert_string_equal(article_marker_word(ARTICLE_MARKER_RELATED),
                        "related");
    assert_string_equal(article_marker_word(ARTICLE_MARKER_DATE), "date");
    assert_string_equal(article_marker_word((article_marker_t) 99), "none");
}


static int
index_write(void)
{
    size_t            i, n;
    uint64_t          begins[ARTICLE_LABEL_BEGINS / 64];
    static uint64_t   index[TEST_LABELS];

    n = index_make(index);
    if (n == SIZE_MAX) {
        return 1;
    }

    printf("/*\n * Copyright (C) the authors named in LICENSE\n *\n"
           " * Made from marker_labels.c by \"build/t/test_markers index\": "
           "the labels by\n * the hash of their words.\n */\n\n"
           "#include \"marker_table.h\"\n\n\n"
           "const uint64_t  article_label_index[] = {\n");

    for (i = 0; i < n; i++) {
        printf("%s0x%016llx,%s", i % 3 ? " " : "    ",
               (unsigned long long) index[i],
               i % 3 == 2 || i == n - 1 ? "\n" : "");
    }

    printf("};\n\n\nconst unsigned  article_label_index_number =\n"
           "    sizeof(article_label_index) "
           "/ sizeof(article_label_index[0]);\n\n\n"
           "const uint16_t  article_label_first[ARTICLE_LABEL_FIRST + 1] = "
           "{\n");

    for (i = 0; i <= ARTICLE_LABEL_FIRST; i++) {
        printf("%s%4zu,%s", i % 12 ? " " : "    ", index_first(index, n, i),
               i % 12 == 11 || i == ARTICLE_LABEL_FIRST ? "\n" : "");
    }

    printf("};\n\n\n"
           "const uint64_t  article_label_begins[ARTICLE_LABEL_BEGINS / 64] = "
           "{\n");

    index_begins(begins);

    for (i = 0; i < ARTICLE_LABEL_BEGINS / 64; i++) {
        printf("%s0x%016llx,%s", i % 3 ? " " : "    ",
               (unsigned long long) begins[i],
               i % 3 == 2 || i == ARTICLE_LABEL_BEGINS / 64 - 1 ? "\n" : "");
    }

    printf("};\n");

    return 0;
}


int
main(int argc, char **argv)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(each_case),
        cmocka_unit_test(index_is_of_the_labels),
        cmocka_unit_test(every_label),
        cmocka_unit_test(long_texts),
        cmocka_unit_test(first_words),
        cmocka_unit_test(words),
    };

    if (argc > 1 && strcmp(argv[1], "index") == 0) {
        return index_write();
    }

    return cmocka_run_group_tests(tests, NULL, NULL);
}
