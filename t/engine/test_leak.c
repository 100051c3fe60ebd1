/*
 * Copyright (C) ngx_article authors
 *
 * What stands in the text's container and is none of it.
 */

#include <stdio.h>

#include "leak.h"
#include "support_read.h"


#define TITLE  "Harbour bridge reopens after two years of repairs"

#define HEAD                                                                  \
    "<html lang=en><head><meta charset=utf-8><title>" TITLE " - The Quay"     \
    "</title></head><body><div class=top><a href=/>Home</a> "                 \
    "<a href=/town>Town</a></div><h1>" TITLE "</h1><div class=story-x>"

#define FOOT  "</div></body></html>"

#define ONE  "The harbour bridge opened to lorries again on Monday, two "     \
             "years after a barge had struck its middle pier."
#define TWO  "Engineers replaced eleven girders and both bearings, and the "  \
             "council paid a third of the bill from its reserves."
#define THREE  "Ferries that carried commuters in the meantime stop at the "  \
               "end of the month, the harbour master told reporters."
#define FOUR  "A smaller footbridge beside it will be painted next spring, "  \
              "when the weather allows men to work above the water."

#define LONG  FOUR " " ONE " " TWO " " THREE " " FOUR " " ONE " " TWO " " THREE

#define P(text)  "<p>" text "</p>"


#define CONSENT                                                               \
    "<div class=k1><p>What you see here comes from elsewhere, and wants your " \
    "leave to be shown.</p></div>"


typedef struct {
    const char  *name;
    const char  *html;
    const char  *text;
} leak_case_t;


static const leak_case_t  cases[] = {

    { "a box below the last paragraph",
      P(ONE) P(TWO) P(THREE) "<div class=q7><h3>Ann Lee</h3><p>She lives near "
      "the quay.</p></div>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "below: questions with answers are the article's",
      P(ONE) P(TWO) P(THREE) "<div class=q7><p>Who paid?</p><p>The council, "
      "to a third.</p><p>When do the ferries stop?</p><p>This month.</p>"
      "</div>",
      ONE "\n\n" TWO "\n\n" THREE "\n\nWho paid?\n\nThe council, to a third."
      "\n\nWhen do the ferries stop?\n\nThis month." },

    { "below: a long part of the text in another box",
      "<div class=a>" P(ONE) P(TWO) P(THREE) "</div><div class=b>" P(FOUR)
      "</div>",
      ONE "\n\n" TWO "\n\n" THREE "\n\n" FOUR },

    { "above: who, when, how long to read",
      "<div class=z1><span>Ann Lee</span></div><div class=z2>Nov. 3, 2025 "
      "9:12 a.m. ET</div><div class=z2>4 minute read</div><div class=body>"
      P(ONE) P(TWO) P(THREE) "</div>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "amid: a teaser of another page",
      P(ONE) "<div class=y><h3><a href=/other>How barges find their way in "
      "fog</a></h3><div>Old pilots tell.</div></div>" P(TWO) P(THREE),
      ONE "\n\n" TWO "\n\n" THREE },

    { "amid: a newsletter, by class",
      P(ONE) "<div class='box newsletterSignup'><p>News of the quay, every "
      "morning, free of charge and without advertisements.</p></div>" P(TWO)
      P(THREE),
      ONE "\n\n" TWO "\n\n" THREE },

    { "amid: a quotation in a box of its own stays",
      P(ONE) "<div class=v><p>It was a cold day when the barge came.</p>"
      "</div>" P(TWO) P(THREE),
      ONE "\n\nIt was a cold day when the barge came.\n\n" TWO "\n\n" THREE },

    { "amid: a table in a box of its own stays",
      P(ONE) "<div class=t><table><tr><td>Girders</td><td>11</td></tr><tr>"
      "<td>Bearings</td><td>2</td></tr></table></div>" P(TWO) P(THREE),
      ONE "\n\nGirders | 11\nBearings | 2\n\n" TWO "\n\n" THREE },

    { "a caption of a film, without an image",
      P(ONE) "<figure><video src=/a.mp4></video><figcaption>The bridge on "
      "the day it opened, seen from the tower.</figcaption></figure>" P(TWO)
      P(THREE),
      ONE "\n\n" TWO "\n\n" THREE },

    { "a caption of a table is no picture's",
      P(ONE) "<figure><table><tr><td>Girders</td><td>11</td></tr><tr><td>"
      "Bearings</td><td>2</td></tr></table><figcaption>What was replaced"
      "</figcaption></figure>" P(TWO) P(THREE),
      ONE "\n\nGirders | 11\nBearings | 2\n\nWhat was replaced\n\n" TWO
      "\n\n" THREE },

    { "labels amid the stream, whole ones only",
      P(ONE) P("Advertisement") P(TWO) "<h3>Read more</h3>" P(THREE)
      "<h3>Related works on the pier</h3>" P(FOUR),
      ONE "\n\n" TWO "\n\n" THREE "\n\nRelated works on the pier\n\n" FOUR },

    { "a label with a colon and a link behind it",
      P(ONE) "<p><b>READ MORE:</b> <a href=/x>Ferry fares</a> go up again</p>"
      P(TWO) P(THREE),
      ONE "\n\n" TWO "\n\n" THREE },

    { "a paragraph with a link in a list of such is running text",
      P(ONE) "<p><a href=/law>A new bill on harbours and inland ports</a> "
      "will pass in June.</p><p><a href=/sea>The great storm of last winter"
      "</a> had closed it before.</p><p><a href=/pay>The fund for works of "
      "this kind</a> is empty now.</p>" P(TWO) P(THREE),
      ONE "\n\nA new bill on harbours and inland ports will pass in June."
      "\n\nThe great storm of last winter had closed it before.\n\nThe fund "
      "for works of this kind is empty now.\n\n" TWO "\n\n" THREE },

    { "running text below headings that are links is no teaser",
      P(ONE) P(TWO) P(THREE) "<h3><a href=/girders>The girders of the "
      "bridge</a></h3><p>They were cast in a yard up the river and came on "
      "two rafts.</p><h3><a href=/pier>The middle pier of it</a></h3><p>It "
      "stands on oak that was driven into the clay a century ago.</p><h3>"
      "<a href=/paint>The paint of both bridges</a></h3><p>It is green, as "
      "it has been since the war, by a vote of the council.</p><h3>What "
      "comes next</h3>" P(FOUR),
      ONE "\n\n" TWO "\n\n" THREE "\n\nThey were cast in a yard up the "
      "river and came on two rafts.\n\nIt stands on oak that was driven into "
      "the clay a century ago.\n\nIt is green, as it has been since the war, "
      "by a vote of the council.\n\nWhat comes next\n\n" FOUR },

    { "below: a heading of what went, credits, a call to subscribe",
      P(ONE) P(TWO) P(THREE) P("Additional reporting by Bo Ek.")
      "<p>Follow us on <a href=https://a.example/q>the blue app</a>.</p>"
      "<h3>From the archive</h3><ul><li><a href=/1>Barge sinks off the "
      "quay</a></li><li><a href=/2>Pilots on strike again</a></li></ul>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "what stands in place of films, again and again",
      P(ONE) CONSENT P(TWO) CONSENT P(THREE) CONSENT,
      ONE "\n\n" TWO "\n\n" THREE },

    { "a paragraph that comes again among the others is a refrain",
      P(ONE) P(TWO) P(ONE) P(THREE) P(ONE) P(FOUR),
      ONE "\n\n" TWO "\n\n" ONE "\n\n" THREE "\n\n" ONE "\n\n" FOUR },

    { "counters of a gallery; neither a score nor a number is one",
      P(ONE) P("Image 3 of 12") P(TWO) P("3/12") P("Score: 3-2") P("7 of 3")
      P("Room 12") P(THREE),
      ONE "\n\n" TWO "\n\nScore: 3-2\n\n7 of 3\n\nRoom 12\n\n" THREE },

    { "a form amid the text",
      P(ONE) "<div class=u><form><p>The quay and its ships, told every "
      "Friday by those who work there.</p></form></div>" P(TWO) P(THREE)
      P(LONG),
      ONE "\n\n" TWO "\n\n" THREE "\n\n" LONG },

    { "a form around the text says nothing",
      "<form id=page>" P(ONE) P(TWO) "<div class=u><p>It was a cold day when "
      "the barge came.</p></div>" P(THREE) P(LONG) "</form>",
      ONE "\n\n" TWO "\n\nIt was a cold day when the barge came.\n\n"
      THREE "\n\n" LONG },

    { "two words of a class are one: info-box, but not info and box",
      P(ONE) "<div class='q info-box'><p>Films are shown here once you have "
      "said that you want them.</p></div>" P(TWO) "<div class='info box'><p>It "
      "was a cold day when the barge came.</p></div>" P(THREE),
      ONE "\n\n" TWO "\n\nIt was a cold day when the barge came.\n\n"
      THREE },

    { "below: when it was changed, and a call amid a line",
      P(ONE) P(TWO) P(THREE) P("Updated at 1:23 p.m.") "<p>The quay has more "
      "to tell. <a href=/q>Click here for its whole story</a>.</p>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "a call without a link or an address is a sentence",
      P(ONE) P(TWO) P(THREE) P("Follow us to the quay, the pilots said."),
      ONE "\n\n" TWO "\n\n" THREE
      "\n\nFollow us to the quay, the pilots said." },

    { "above: a teaser is the lead; below it is none",
      "<div class=h><p class=teaser>A pier, eleven girders and a bill that "
      "nobody had foreseen.</p></div><div class=body>" P(ONE) P(TWO) P(THREE)
      P(FOUR) "</div><div class=f><p class=summary>Pilots on strike again "
      "since the first of May.</p></div>",
      "A pier, eleven girders and a bill that nobody had foreseen.\n\n" ONE
      "\n\n" TWO "\n\n" THREE "\n\n" FOUR },

    { "a whole article may be called status-publish author-ann",
      "<article class='post status-publish author-ann'><h4>How the work on "
      "the pier was done</h4>"
      P(ONE) "<h4>The bill</h4>" P(TWO) "<h4>The ferries</h4>" P(THREE)
      "<h4>The footbridge</h4>" P(FOUR) "</article>",
      "How the work on the pier was done\n\n" ONE "\n\nThe bill\n\n" TWO
      "\n\nThe ferries\n\n" THREE "\n\nThe footbridge\n\n" FOUR },

    { "a paragraph that calls itself a byline",
      P(ONE) "<p class=byline>Bo Ek, our man on the quay</p>" P(TWO) P(THREE),
      ONE "\n\n" TWO "\n\n" THREE },

    { "running text with a link in a box that prints as well",
      "<div class='print:block'><p>The pier <a href=/p>was struck</a> by a "
      "barge that had lost its way in the fog of an autumn night.</p></div>"
      P(ONE) P(TWO) P(THREE),
      "The pier was struck by a barge that had lost its way in the fog of an "
      "autumn night.\n\n" ONE "\n\n" TWO "\n\n" THREE },

    { "a quoted message keeps its signature",
      P(ONE) "<div class=w><blockquote class=msg><p>What a bridge!</p>Ann Lee "
      "(@annlee) <a href=/m>Nov 3, 2025</a></blockquote></div>" P(TWO)
      P(THREE),
      ONE "\n\nWhat a bridge!\n\nAnn Lee (@annlee) Nov 3, 2025\n\n" TWO
      "\n\n" THREE },

    { "the caption of a film is no lead, whatever its class",
      "<figure><video src=/a.mp4></video><figcaption class=description>The "
      "bridge on the day it opened, seen from the old tower.</figcaption>"
      "</figure>" P(ONE) P(TWO) P(THREE),
      ONE "\n\n" TWO "\n\n" THREE },

    { "captions in boxes of images, as long as paragraphs",
      "<div class=image><p>The bridge on the day it opened, seen from the old "
      "tower above the northern bank.</p></div><div class=image><p>The pier "
      "on the day it was struck, seen from the deck of a pilot boat.</p>"
      "</div>" P(ONE) P(TWO) P(THREE),
      ONE "\n\n" TWO "\n\n" THREE },

    { "below: a list whose entries are links in part",
      P(ONE) P(TWO) P(THREE) "<ul><li>In fog and at night: <a href=/1>how "
      "pilots see</a></li><li>A year on the water: <a href=/2>what it pays</a>"
      "</li><li>A war ago, the other bridge: <a href=/3>who blew it up</a>"
      "</li></ul>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "below: credits above a last line",
      P(ONE) P(TWO) P(THREE) P("(Editing by Bo Ek)") P(FOUR),
      ONE "\n\n" TWO "\n\n" THREE "\n\n" FOUR },

    { "a long byline that ends as no sentence does",
      "<p class=byline>By Bo Ek, Ann Lee and Jo Nunn / Staff writers of The "
      "Quay and its sister paper</p>" P(ONE) P(TWO) P(THREE),
      ONE "\n\n" TWO "\n\n" THREE },

    { "an article of which all calls itself a lead keeps its headings",
      "<div class=description>" P(ONE) P(TWO) P(THREE) P(FOUR)
      "<h4>Ann Lee</h4><p>She was the engineer of the whole, and the first "
      "who ever crossed it.</p></div>",
      ONE "\n\n" TWO "\n\n" THREE "\n\n" FOUR "\n\nAnn Lee\n\nShe was the "
      "engineer of the whole, and the first who ever crossed it." }
};


static void
test_boxes(void **state)
{
    char      *html;
    size_t     i, len;
    yajl_val   item;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        print_message("    %s\n", cases[i].name);

        len = sizeof(HEAD) + sizeof(FOOT) + strlen(cases[i].html);
        html = malloc(len);
        assert_non_null(html);

        snprintf(html, len, "%s%s%s", HEAD, cases[i].html, FOOT);

        item = read_page(html);
        read_expect(item, "content_text", cases[i].text);
        yajl_tree_free(item);
        free(html);
    }
}


/* Labels of each language, as sites write them; and lines that are none. */

static void
test_labels(void **state)
{
    size_t          i;
    article_line_t  line;

    static const char *const  labels[] = {
        "Advertisement", "READ MORE:", "› Related articles", "Don’t miss",
        "Share this article", "You may also like",
        "Lesen Sie auch", "ANZEIGE", "Mehr zum Thema", "Weitere Artikel",
        "À lire aussi", "Publicité", "Lire la suite…", "Voir aussi :",
        "Lea también", "PUBLICIDAD", "Noticias relacionadas",
        "Leia também", "Continua após a publicidade", "Saiba mais",
        "Leggi anche", "Potrebbe interessarti", "Pubblicità",
        "Lees ook", "Advertentie", "Czytaj więcej", "REKLAMA",
        "Przeczytaj także:", "Читайте также", "РЕКЛАМА", "По теме",
        "Läs också", "Annons", "Les også", "Læs også", "Lue myös",
        "関連記事", "相关阅读", "관련기사", "اقرأ أيضا"
    };

    static const char *const  none[] = {
        "Advertisement of the year goes to a brewery",
        "Read more books, the minister said.",
        "A related matter", "Reklama dźwignią handlu", "12", "",
        "Related: a word that the court explained at length yesterday."
    };

    (void) state;

    for (i = 0; i < test_number(labels); i++) {
        memset(&line, 0, sizeof(line));
        line.text = test_slice(labels[i]);
        line.chars = (uint32_t) article_count_chars(line.text);

        if (article_leak_label(&line) == NULL) {
            print_error("no label: \"%s\"\n", labels[i]);
            fail();
        }
    }

    for (i = 0; i < test_number(none); i++) {
        memset(&line, 0, sizeof(line));
        line.text = test_slice(none[i]);
        line.chars = (uint32_t) article_count_chars(line.text);
        line.ends = line.text.len != 0
                    && line.text.data[line.text.len - 1] == '.';

        if (article_leak_label(&line)) {
            print_error("a label: \"%s\"\n", none[i]);
            fail();
        }
    }
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_boxes),
        cmocka_unit_test(test_labels)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
