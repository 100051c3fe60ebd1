/*
 * Copyright (C) the authors named in LICENSE
 *
 * Labels of related pages, advertisements and tools in the main languages of
 * the world's news (Vietnamese ones are in marker_labels.c, which knows much
 * more about them).  Source: what news sites write above such boxes; a label
 * is here only if no sub-heading of an article would be the same words.
 */

#include <string.h>

#include "leak.h"


/* The longest label, in bytes, and the longest line with one in front. */
#define ARTICLE_LEAK_LABEL  80
#define ARTICLE_LEAK_LINE   260

/* Behind a label with a colon so great a part of the rest is a link. */
#define ARTICLE_LEAK_LINKED  3


static size_t article_label_lower(article_slice_t text, char *out);
static uint32_t article_label_small(uint32_t c);


/* Both in the order of strcmp(): they are searched by halves. */

static const char *const  article_labels_related[] = {
    "aanbevolen",
    "also read",
    "also see",
    "archivado en",
    "argomenti",
    "around the web",
    "articles liés",
    "articles similaires",
    "articoli correlati",
    "artigos relacionados",
    "artículos relacionados",
    "assuntos",
    "assuntos relacionados",
    "auch interessant",
    "aus dem archiv",
    "baca juga",
    "bekijk ook",
    "berita terkait",
    "citește și",
    "citiți și",
    "click here to read more",
    "confira também",
    "conteúdo relacionado",
    "continue reading",
    "correlati",
    "czytaj dalej",
    "czytaj również",
    "czytaj także",
    "czytaj też",
    "czytaj więcej",
    "das könnte dich auch interessieren",
    "das könnte sie auch interessieren",
    "das könnte sie interessieren",
    "dieses thema im programm",
    "don't miss",
    "dont miss",
    "don’t miss",
    "editor's picks",
    "editors' picks",
    "editor’s picks",
    "empfohlene artikel",
    "empfohlener artikel",
    "en savoir plus",
    "etiquetas",
    "find out more",
    "from our partners",
    "from the web",
    "further reading",
    "gerelateerd",
    "gerelateerde artikelen",
    "i più letti",
    "ilgili haberler",
    "in case you missed it",
    "katso myös",
    "keep reading",
    "latest news",
    "latest stories",
    "le più lette",
    "le puede interesar",
    "lea además",
    "lea más",
    "lea también",
    "learn more",
    "lee también",
    "leer más",
    "leer también",
    "lees hier",
    "lees meer",
    "lees ook",
    "lees verder",
    "leggi anche",
    "leggi ancora",
    "leggi di più",
    "leggi tutto",
    "leia ainda",
    "leia mais",
    "leia também",
    "ler mais",
    "les mer",
    "les også",
    "les plus lus",
    "lesen sie auch",
    "lesen sie dazu",
    "lesen sie dazu auch",
    "lesen sie hier",
    "lesen sie jetzt",
    "lesen sie mehr",
    "lesen sie mehr zum thema",
    "lesen sie weiter",
    "lest auch",
    "lihat juga",
    "lire aussi",
    "lire la suite",
    "lire également",
    "lo más leído",
    "lo más visto",
    "lue lisää",
    "lue myös",
    "luetuimmat",
    "läs mer",
    "läs mer om",
    "läs också",
    "läs vidare",
    "läs även",
    "læs mere",
    "læs også",
    "mais lidas",
    "mais notícias",
    "meer lezen",
    "meer nieuws",
    "meer over",
    "meest gelezen",
    "mehr artikel",
    "mehr dazu",
    "mehr lesen",
    "mehr zu diesem thema",
    "mehr zum thema",
    "meistgelesen",
    "meistgelesene artikel",
    "mer från",
    "mer om ämnet",
    "mest lest",
    "mest läst",
    "mest læste",
    "mohlo by vás zajímat",
    "more about",
    "more coverage",
    "more information",
    "more like this",
    "more news",
    "more on this story",
    "more on this topic",
    "more stories",
    "most popular",
    "most read",
    "mots clés",
    "mots-clés",
    "must read",
    "más información",
    "más noticias",
    "najczęściej czytane",
    "no te pierdas",
    "nos autres articles",
    "noticias relacionadas",
    "notizie correlate",
    "notícias relacionadas",
    "não perca",
    "olvasta már",
    "passend dazu",
    "per approfondire",
    "plus d'informations",
    "polecamy",
    "polecane",
    "popular now",
    "potrebbe interessarti",
    "potrebbe interessarti anche",
    "potrebbero interessarti",
    "pour aller plus loin",
    "powiązane",
    "przeczytaj również",
    "przeczytaj także",
    "przeczytaj też",
    "read also",
    "read more",
    "read next",
    "read the full story",
    "read this",
    "recommandés pour vous",
    "recommended for you",
    "recommended reading",
    "recommended stories",
    "recommended videos",
    "relacionada",
    "relacionadas",
    "relacionado",
    "relacionados",
    "related",
    "related article",
    "related articles",
    "related content",
    "related coverage",
    "related links",
    "related news",
    "related posts",
    "related roundup",
    "related stories",
    "related story",
    "related tags",
    "related topics",
    "related videos",
    "relaterade artiklar",
    "relaterat",
    "relaterede artikler",
    "relaterte artikler",
    "saiba mais",
    "schlagworte",
    "schlagwörter",
    "schlagwörter zu diesem artikel",
    "scopri di più",
    "see also",
    "see more",
    "seguir leyendo",
    "siehe auch",
    "sigue leyendo",
    "související články",
    "sprawdź także",
    "sur le même sujet",
    "sur le même thème",
    "también te puede interesar",
    "te puede interesar",
    "te recomendamos",
    "temas relacionados",
    "tematy",
    "themen",
    "themen des artikels",
    "thèmes associés",
    "ti potrebbe interessare",
    "to read the full story",
    "top stories",
    "top story",
    "top video",
    "top videos",
    "trending",
    "trending now",
    "tópicos",
    "ultime notizie",
    "up next",
    "vea también",
    "vedi anche",
    "veja mais",
    "veja também",
    "ver más",
    "ver también",
    "voir aussi",
    "vous aimerez aussi",
    "watch also",
    "watch more",
    "weitere artikel",
    "weitere informationen",
    "weitere nachrichten",
    "weitere themen",
    "weiterlesen",
    "what to read next",
    "więcej na ten temat",
    "you may also like",
    "you may like",
    "you might also like",
    "you might like",
    "zie ook",
    "zobacz również",
    "zobacz także",
    "zobacz też",
    "zobacz więcej",
    "zum anhören",
    "zum thema",
    "zum weiterlesen",
    "à découvrir aussi",
    "à lire",
    "à lire aussi",
    "à lire également",
    "à voir aussi",
    "čtěte také",
    "čtěte též",
    "διαβάστε ακόμη",
    "διαβάστε επίσης",
    "главные новости",
    "дивіться також",
    "ещё по теме",
    "за темою",
    "материалы по теме",
    "новости по теме",
    "по теме",
    "популярное",
    "похожие новости",
    "прочетете още",
    "рекомендуем",
    "самое читаемое",
    "смотрите также",
    "теги",
    "читайте еще",
    "читайте ещё",
    "читайте также",
    "читайте також",
    "читати далі",
    "читать далее",
    "читать ещё",
    "читать также",
    "إقرأ أيضاً",
    "اقرأ أيضا",
    "اقرأ أيضاً",
    "مواضيع ذات صلة",
    "あわせて読みたい",
    "延伸阅读",
    "相关新闻",
    "相关阅读",
    "相關新聞",
    "関連ニュース",
    "関連記事",
    "관련기사"
};


static const char *const  article_labels_tools[] = {
    "abbonati",
    "abonneer",
    "abonneer nu",
    "abonnez-vous",
    "abonnieren",
    "about author",
    "about the author",
    "about the authors",
    "advertentie",
    "advertisement",
    "advertisement - scroll to continue",
    "advertisements",
    "advertising",
    "annonce",
    "annons",
    "annonse",
    "anzeige",
    "article continues below",
    "article continues below advertisement",
    "artikel anhören",
    "artikel merken",
    "artikel teilen",
    "assine",
    "assine já",
    "back to top",
    "bildbeschreibung einblenden",
    "cite this article",
    "comentar",
    "comentarios",
    "comentários",
    "commenta",
    "commentaires",
    "commenti",
    "comparte",
    "compartilhar",
    "compartilhe",
    "compartir",
    "compartir en facebook",
    "condividi",
    "contact the author",
    "contact us",
    "contenu sponsorisé",
    "continua após a publicidade",
    "continua depois da publicidade",
    "copy link",
    "deel",
    "deel dit artikel",
    "del artikkelen",
    "del artiklen",
    "dela",
    "dela artikeln",
    "delen",
    "donate",
    "donate now",
    "download the app",
    "drucken",
    "drukuj",
    "email this article",
    "empfohlener redaktioneller inhalt",
    "externe inhalte",
    "externer inhalt",
    "follow us",
    "follow us on",
    "font size",
    "free newsletter",
    "get the app",
    "gift article",
    "hide caption",
    "iklan",
    "image caption",
    "imprimer",
    "imprimir",
    "iscriviti",
    "iscriviti alla newsletter",
    "jaa artikkeli",
    "je m'abonne",
    "jetzt abonnieren",
    "jetzt anmelden",
    "join the conversation",
    "jump to comments",
    "komentarze",
    "kommentare",
    "kommentarer",
    "leave a comment",
    "leave a reply",
    "link copied",
    "listen to article",
    "listen to this article",
    "loading",
    "loading...",
    "log in",
    "mainos",
    "media caption",
    "merken",
    "newsletter",
    "newsletter abonnieren",
    "newsletters",
    "nieuwsbrief",
    "open image in gallery",
    "our newsletters",
    "partager",
    "partager cet article",
    "partilhar",
    "paylaş",
    "play video",
    "post a comment",
    "print",
    "print article",
    "print this page",
    "pubblicità",
    "publicidad",
    "publicidade",
    "publicitate",
    "publicité",
    "reacties",
    "read comments",
    "register now",
    "reklam",
    "reklama",
    "report an error",
    "report this ad",
    "reprints",
    "s'abonner",
    "save article",
    "scroll to continue",
    "share",
    "share on facebook",
    "share on twitter",
    "share this",
    "share this article",
    "share this page",
    "share this story",
    "share via email",
    "show comments",
    "sign in",
    "sign up",
    "sign up here",
    "sign up now",
    "skip to content",
    "skomentuj",
    "sponsored",
    "sponsored content",
    "stampa",
    "story continues below",
    "story continues below advertisement",
    "subscribe",
    "subscribe now",
    "subscribe today",
    "subskrybuj",
    "support us",
    "suscríbase",
    "suscríbete",
    "s’abonner",
    "teilen",
    "text size",
    "this article is more than",
    "toggle caption",
    "udostępnij",
    "view comments",
    "view image in fullscreen",
    "vorlesen",
    "watch video",
    "werbung",
    "zitiervorschlag",
    "zu den kommentaren",
    "zum newsletter",
    "zur startseite",
    "écouter l'article",
    "διαφήμιση",
    "коментарі",
    "комментарии",
    "поделиться",
    "подписаться",
    "подписывайтесь",
    "подпишитесь",
    "поділитися",
    "распечатать",
    "реклама",
    "إعلان",
    "مشاركة",
    "シェア",
    "广告",
    "広告",
    "広告を閉じる",
    "廣告",
    "광고"
};


static const article_words_t  article_label_related = {
    article_labels_related,
    sizeof(article_labels_related) / sizeof(article_labels_related[0])
};

static const article_words_t  article_label_tools = {
    article_labels_tools,
    sizeof(article_labels_tools) / sizeof(article_labels_tools[0])
};


const char *
article_leak_label(const article_line_t *line)
{
    char             text[ARTICLE_LEAK_LABEL];
    size_t           len;
    const char      *colon;
    article_slice_t  head;

    if (line->text.len > ARTICLE_LEAK_LINE) {
        return NULL;
    }

    len = article_label_lower(line->text, text);

    if (len && article_words_find(&article_label_related, text, len)) {
        return "label of related pages";
    }

    if (len && article_words_find(&article_label_tools, text, len)) {
        return "label of a tool or an advertisement";
    }

    /* "READ MORE: the headline of another page" */

    head = line->text;
    colon = memchr(head.data, ':', head.len);

    if (colon == NULL
        || (line->link_chars * ARTICLE_LEAK_LINKED < line->chars
            && line->ends))
    {
        return NULL;
    }

    head.len = (size_t) (colon - head.data);
    len = article_label_lower(head, text);

    if (len && article_words_find(&article_label_related, text, len)) {
        return "a related page";
    }

    return NULL;
}


/*
 * The words of a text in small letters, without what stands before the first
 * and behind the last; 0 when they are too long to be a label.
 */

static size_t
article_label_lower(article_slice_t text, char *out)
{
    char         utf8[4];
    size_t       n, len, size;
    uint32_t     c;
    const char  *p, *end;

    n = 0;
    len = 0;
    p = text.data;
    end = p + text.len;

    while (p < end) {
        c = article_label_small(article_utf8_next(&p, end));

        if (n == 0 && !article_char_word(c)) {
            continue;
        }

        size = article_utf8_put(utf8, c);

        if (n + size > ARTICLE_LEAK_LABEL) {
            return 0;
        }

        memcpy(out + n, utf8, size);
        n += size;

        if (article_char_word(c)) {
            len = n;
        }
    }

    return len;
}


/* Latin letters with their marks, Greek and Cyrillic ones. */

static uint32_t
article_label_small(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7)
        || (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
    {
        return c + 0x20;
    }

    if (c >= 0x400 && c <= 0x40f) {
        return c + 0x50;
    }

    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e)) {
        return c + (c & 1);             /* small ones are even here ... */
    }

    if (c >= 0x100 && c <= 0x177) {
        return c | 1;                   /* ... and odd elsewhere */
    }

    return c;
}
