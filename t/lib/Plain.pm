# Copyright (C) ngx_article authors
#
# For the tests that run an nginx of their own build: before Test::Nginx is
# loaded, "use Plain 'static'" (or 'dynamic') builds a plain nginx source tree
# with the module and makes Test::Nginx run it.

package Plain;

use strict;
use warnings;

sub import {
    my ($class, $form) = @_;

    # under ASAN the distribution's nginx runs the module
    return if $ENV{ARTICLE_SANITIZED};

    my ($nginx, $module) = split /\n/,
        `$ENV{ARTICLE_ROOT}/tools/lib/plain-nginx $form`;
    die "tools/lib/plain-nginx $form failed\n" if $? || !$nginx;

    $ENV{TEST_NGINX_BINARY} = $nginx;
    $ENV{TEST_NGINX_LOAD_MODULES} = $module // '';
}

1;
