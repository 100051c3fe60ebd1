# Copyright (C) ngx_article authors
#
# The reasons: the code, conf/reasons.json and README's tables in two
# languages say the same.

use strict;
use warnings;
use utf8;

use JSON::PP ();
use Test::More;

my $root = $ENV{ARTICLE_ROOT};

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);


sub text {
    my ($name) = @_;

    open my $in, '<:encoding(UTF-8)', "$root/$name" or die "$name: $!";
    local $/;

    return scalar <$in>;
}


my ($list) = text('ngx_module/article/article.h')
    =~ /#define ARTICLE_REASONS\(X\)(.*?)\n\n/s;
$list =~ s/\\\n/\n/g;

my (@words, %sentence);

while ($list =~ /X\(\w+, "(\w+)",\s*((?:"[^"]*"\s*)+)\)/g) {
    my ($word, $parts) = ($1, $2);
    push @words, $word;
    $sentence{$word} = join '', $parts =~ /"([^"]*)"/g;
}

cmp_ok(scalar @words, '>', 40, 'reasons of the code');

my $reasons = JSON::PP->new->decode(text('conf/reasons.json'));
my $readme = text('README.md');
my ($english) = $readme =~ /\n### Reasons\n(.*?)\n## /s;
my ($vietnamese) = $readme =~ /\n## Vận hành \(tiếng Việt\)\n(.*?)\n## /s;

is_deeply([sort keys %$reasons], [sort @words], 'conf/reasons.json has each');

for my $word (@words) {
    my $r = $reasons->{$word};

    is($r->{en}, $sentence{$word}, "$word: the code's sentence");
    ok(length $r->{vi}, "$word: in Vietnamese");
    like($english, qr/^\| `$word` \| \Q$sentence{$word}\E \|$/m,
         "$word: README");

    next if $word eq 'ok';

    for my $language ('en', 'vi') {
        ok(length $r->{cause}{$language}, "$word: cause ($language)");
        ok(length $r->{remedy}{$language}, "$word: remedy ($language)");
    }

    my $row = join ' | ', "| `$word`", $r->{vi}, $r->{cause}{vi},
                          "$r->{remedy}{vi} |";
    ok(index($vietnamese, "\n$row\n") >= 0, "$word: README in Vietnamese");
}

done_testing();
