package Mode;

# Copyright (C) ngx_article authors
#
# What tools/test --mode changes in all tests.  Loaded first by the libraries,
# so that its preprocessor comes last.
#
#   hup           one nginx for all blocks of a file: each has a zone of its
#                 own, or one block's store would answer the next
#   random-split  split_up(PIECE) cuts what a portal sends at random places;
#                 ARTICLE_SPLIT is the seed

use strict;
use warnings;

use Test::Nginx::Util qw(add_block_preprocessor);

use Exporter qw(import);
our @EXPORT = qw(split_up);

my $block_number = 0;

if ($ENV{TEST_NGINX_USE_HUP}) {
    add_block_preprocessor(sub {
        my ($block) = @_;

        $block_number++;
        return if !defined $block->http_config || defined $block->must_die;
        $block->set_value(http_config => $block->http_config
            =~ s/\barticle_zone\s+main:(\d+m)/article_zone main$block_number:$1/gr);
    });
}

srand $ENV{ARTICLE_SPLIT} if $ENV{ARTICLE_SPLIT};


# A pause lets each part arrive alone, some a single byte.  What a test sends in
# crumbs already stays so: with pauses it would take longer than strip holds it.
sub split_up {
    my ($piece) = @_;
    my @parts;

    return $piece if !$ENV{ARTICLE_SPLIT} || ref $piece || length $piece < 64;

    while (length $piece > 1 && @parts < 24) {
        my $size = rand() < 0.3 ? 1 : 1 + int rand(length($piece) - 1);
        push @parts, substr($piece, 0, $size, ''), \0.0005;
    }

    return (@parts, $piece);
}

1;
