# Copyright (C) ngx_article authors
#
# What strip is told of a page beside its bytes: the address, by which a home
# page's news stays, and the charset of the Content-Type.

use lib 't/lib';
use Strip;

our $links = join '', map { qq{<li><a href="/$_">Nong dan xa ben song vao vu }
                            . qq{gat som thu $_</a></li>} } 1 .. 3;
our $list = "<div><h3>Tin n\xe1\xbb\x95i b\xe1\xba\xadt</h3><ul>$links"
            . "</ul></div>";
our $page = "<html><body><p>A</p>$list<p>B</p></body></html>";
our $kept = "<html><body><p>A</p><p>B</p></body></html>";

origin(
    '' => [answer($page)],
    tin => [answer($page)],
    wide => [answer($page, 'Content-Type: text/html; charset=utf-16')],
);

run_strip_tests();

__DATA__

=== TEST 1: the home page's own list stays
--- request
GET /
--- response_body eval
$::page



=== TEST 2: on another page it goes
--- request
GET /tin
--- response_body eval
$::kept



=== TEST 3: a charset whose bytes are not what they seem
--- request
GET /wide
--- response_body eval
$::page
