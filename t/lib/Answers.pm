package Answers;

# Copyright (C) ngx_article authors
#
# Every item, feed and problem that a test gets is held against
# conf/article.schema.json.
#
#   Answers::take(BODY)     remembers a body, if it is one of these
#   Answers::validate()     after the last block: one test over all of them

use strict;
use warnings;

use File::Temp ();
use Test::Builder ();

my %taken;


# article_status, article_plan and PURGE answer with JSON of their own
sub take {
    my ($body) = @_;

    $taken{$body} = 1
        if $body =~ /^\{/ && $body !~ /^\{"(?:version":"\d|purged":|withdrawn":|learned":|error":|done":|portal":)/;
}


sub validate {
    my $test = Test::Builder->new;
    my $root = $ENV{ARTICLE_ROOT};
    my $python = $ENV{ARTICLE_PYTHON} || 'python3';
    my $file = File::Temp->new;

    return if !%taken;

    binmode $file;
    print $file join "\n", sort keys %taken;
    close $file;

    my $says = `$python $root/tools/lib/json-valid \\
                $root/conf/article.schema.json $file 2>&1`;

    $test->ok($? == 0, scalar(keys %taken) . ' answers are as the schema says')
        or $test->diag($says);
}

1;
