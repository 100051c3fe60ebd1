package Learn;

# Copyright (C) ngx_article authors
#
# A portal that a gateway learns from: as many articles as one likes, each
# with a text of its own and the same boxes around it, whose links change.
#
#   article(N)            page N: no known label is in it
#   kept(N)               what is left once the boxes are learned
#   redesigned(N)         the same article in another dress
#   kept_redesigned(N)    and what is left of that
#   heavy(N)              with so many links that they are most of the page
#   visit(PATH, HEADER..) a page for a client that nobody has seen
#   learned()             of the first portal, as article_status says it
#   teach(SUB, FORMAT, N..)  visits until SUB->(learned()): how many; or 0
#   wait_for(SECONDS, SUB)   until SUB holds
#   errors()              lines of the error log

use strict;
use warnings;

use Article ();
use Time::HiRes qw(sleep time);

use Exporter qw(import);
our @EXPORT = qw(visit learned teach wait_for errors);
our @EXPORT_OK = qw(article kept redesigned kept_redesigned heavy);

my @who = qw(An Bình Chi Dũng Giang Hà Khánh Lan Minh Nam Oanh Phúc Quân
             Sơn Thảo Uyên Việt Xuân Yến Hùng);
my @what = ('khởi công cây cầu', 'trao nhà mới', 'gặt lúa sớm',
            'mở lớp dạy nghề', 'trồng rừng phòng hộ', 'khánh thành trạm bơm',
            'tổ chức hội thi', 'sửa con đường liên xã', 'tiếp nhận tủ sách',
            'thăm các gia đình chính sách', 'thả cá giống xuống hồ');
my @where = ('xã Đông Phong', 'xã Tây Lĩnh', 'phường Nam Hoa', 'thôn Bắc Mỹ',
             'xã Thượng Nguyên', 'thị trấn Hạ Long Khê', 'xã Trung Chính');


sub pick {
    my ($n, $salt, @list) = @_;
    my $x = ($n + 1) * 2654435761 + $salt * 40503;
    $x = ($x ^ ($x >> 13)) * 1103515245 & 0x7fffffff;
    return $list[($x >> 7) % @list];
}


sub headline {
    my ($n) = @_;
    return pick($n, 1, @who) . ' và ' . pick($n, 2, @who) . ' '
        . pick($n, 3, @what) . ' ở ' . pick($n, 4, @where) . " lần thứ $n";
}


sub text {
    my ($n, $i) = @_;
    $i //= 0;
    return pick($n, 10 + $i, @who) . ' cho biết ' . pick($n, 30 + $i, @where)
        . ' đã ' . pick($n, 50 + $i, @what) . ', với ' . (3 + $n * 7 + $i)
        . ' người tham gia trong ' . (2 + ($n * 5 + $i) % 19)
        . ' ngày; ' . pick($n, 70 + $i, @who) . ' nói rằng bà con rất phấn'
        . ' khởi và sẽ ' . pick($n, 90 + $i, @what) . ' vào vụ tới.';
}


sub links {
    my ($n, $salt, $count) = @_;
    return join "\n", map {
        my $k = 1000 + ($n * 13 + $salt * 101 + $_ * 7) % 900;
        qq{<li><a href="/tin/$k.html">} . headline($k) . '</a></li>'
    } 1 .. $count;
}


sub parts {
    my ($n, %is) = @_;
    my $day = sprintf '%02d/%02d/2026', 1 + $n % 28, 1 + $n % 12;
    my $head = headline($n);
    my $body = join "\n", map { '<p>' . text($n, $_) . '</p>' } 0 .. 14;

    return (qq{<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">}
        . "<title>$head</title></head>\n<body>\n"
        . qq{<div class="menu"><a href="/">Trang đầu</a> <a href="/tin/">Tin}
        . qq{</a> <a href="/lien-he/">Thư</a></div>\n}
        . qq{<div class="$is{wrap}">\n<h1>$head</h1>\n}
        . qq{<div class="ngay">$day 08:15</div>\n<div class="$is{text}">\n}
        . "$body\n</div>\n",
        qq{<div class="$is{box}"><ul>\n} . links($n, 1, 8 * ($is{times} // 1))
        . "\n</ul></div>",
        "\n</div>\n",
        qq{<div class="$is{side}"><ul>\n} . links($n, 2, 10 * ($is{times} // 1))
        . "\n</ul></div>",
        "\n<p class=\"cuoi\">Ban biên tập, 1 đường Số Một</p>\n</body></html>\n");
}


my %dress = (wrap => 'khung', text => 'noi-dung', box => 'hop-a',
             side => 'cot-b');
my %other = (wrap => 'main-x', text => 'entry-x', box => 'zone-17',
             side => 'rail-9');


sub bytes {
    my ($s) = @_;
    utf8::encode($s) if utf8::is_utf8($s);
    return $s;
}


sub article { return bytes(join '', parts($_[0], %dress)) }
sub redesigned { return bytes(join '', parts($_[0], %other)) }
sub heavy { return bytes(join '', parts($_[0], %dress, times => 16)) }


sub kept {
    my @parts = parts($_[0], %dress);
    return bytes(join '', @parts[0, 2, 4]);
}


sub kept_redesigned {
    my @parts = parts($_[0], %other);
    return bytes(join '', @parts[0, 2, 4]);
}


my $client = 0;

sub visit {
    my ($path, @headers) = @_;
    $client++;
    return Article::get($path, 'X-Client: 10.7.' . int($client / 250) . '.'
                        . (1 + $client % 250), @headers);
}


sub learned {
    return Article::status_json()->{learned}[0] // {};
}


sub teach {
    my ($done, $path, @numbers) = @_;
    my $n = 0;

    for my $number (@numbers) {
        visit(sprintf $path, $number);
        $n++;
        sleep 0.03;
        return $n if $n % 5 == 0 && $done->(learned());
    }
    return 0;
}


sub wait_for {
    my ($seconds, $done) = @_;
    my $end = time + $seconds;

    while (time < $end) {
        return 1 if $done->();
        sleep 0.05;
    }
    return 0;
}


sub errors {
    open my $in, '<', "$ENV{TEST_NGINX_SERVROOT}/logs/error.log" or return;
    return grep { /\[(alert|emerg|crit|error)\]/ } <$in>;
}


1;
