# Copyright (C) ngx_article authors
#
# Shared by the scripts in tools/.  Source it; it changes to the root of the
# repository and sets:
#
#   ROOT    the repository
#   DEPS    where setup unpacks what it does not install (build/deps)
#   TREE    the files of the unpacked packages, laid out as under /

# shellcheck shell=bash disable=SC2034

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
DEPS=${ARTICLE_DEPS:-$ROOT/build/deps}
TREE=$DEPS/root
ME=$(basename "$0")

cd "$ROOT" || exit 1


say() {
    printf '%s: %s\n' "$ME" "$*"
}


die() {
    printf '%s: error: %s\n' "$ME" "$*" >&2
    exit 1
}


have() {
    command -v "$1" > /dev/null 2>&1
}


# the Debian package is installed (not merely known, not half removed)
installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" \
        = installed ]
}


multiarch() {
    local deb_arch
    deb_arch=$(dpkg --print-architecture)
    case $deb_arch in
        amd64) echo x86_64-linux-gnu ;;
        arm64) echo aarch64-linux-gnu ;;
        i386) echo i386-linux-gnu ;;
        armhf) echo arm-linux-gnueabihf ;;
        ppc64el) echo powerpc64le-linux-gnu ;;
        *) echo "$(uname -m)-linux-gnu" ;;
    esac
}


# nginx and redis-server may be in sbin, which a user's PATH leaves out
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin


nginx_binary() {
    command -v "${TEST_NGINX_BINARY:-nginx}" || true
}


# In Debian redis-server is a link to redis-check-rdb, which is in
# redis-tools: the same program without the service.
redis_binary() {
    if have redis-server; then
        command -v redis-server
    elif [ -x "$DEPS/bin/redis-server" ]; then
        echo "$DEPS/bin/redis-server"
    fi
}
