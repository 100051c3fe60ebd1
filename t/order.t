# Copyright (C) ngx_article authors
#
# The place of our filters, with the distribution's nginx: behind gunzip, in
# front of gzip.

use Test::Nginx::Socket 'no_plan';

$ENV{TEST_NGINX_HTML_DIR} ||= html_dir();

spec_file("$ENV{ARTICLE_ROOT}/t/order/filters.txt");
run_tests();
