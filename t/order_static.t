# Copyright (C) ngx_article authors
#
# The place of our filters, with a plain nginx tree and --add-module.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Plain 'static';
use Test::Nginx::Socket 'no_plan';

$ENV{TEST_NGINX_HTML_DIR} ||= html_dir();

spec_file("$ENV{ARTICLE_ROOT}/t/order/filters.txt");
run_tests();
