# Copyright (C) ngx_article authors
#
# What tools/setup needs of apt.  Sourced after common.sh.

# shellcheck shell=bash

APT_DIR=$DEPS/apt
APT_QUIET=(-q -o Dpkg::Use-Pty=0 -o APT::Sandbox::User=root)
APT_PINS=()


# sudo forgets a proxy
as_root() {
    local v proxy=()

    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        have sudo || die "needs root: run it as root, or install sudo"
        for v in http_proxy https_proxy no_proxy; do
            if [ -n "${!v:-}" ]; then proxy+=("$v=${!v}"); fi
        done
        sudo env "${proxy[@]}" "$@"
    fi
}


release_version() {
    apt-cache policy "$1" | awk '/Candidate:/ && $2 != "(none)" { print $2 }'
}


release_has() {
    apt-cache madison "$1" | awk -v v="$2" '$3 == v { f = 1 } END { exit !f }'
}


release_at_least() {
    local v

    v=$(release_version "$1")
    [ -n "$v" ] && dpkg --compare-versions "$v" ge "$2"
}


# The package lists are fetched if they are missing or too old to be of use,
# told by packages that every release has.
apt_ready() {
    local p stale=no

    for p in "$@"; do
        [ -n "$(release_version "$p")" ] || stale=yes
    done

    if [ "$stale" = yes ] || [ -z "$(find /var/lib/apt/lists \
            -maxdepth 1 -name '*_InRelease' -ctime -1 -print -quit)" ]
    then
        say "apt-get update: reading this release's package lists"
        as_root apt-get "${APT_QUIET[@]}" update > /dev/null \
            || say "warning: apt-get update failed; trying with old lists"
    fi

    for p in "$@"; do
        [ -n "$(release_version "$p")" ] \
            || die "this release has no $p: Debian 12 or newer is needed," \
                   "with its main component in the apt sources"
    done
}


# what these packages weigh to download, in MB
release_size() {
    apt-cache show --no-all-versions "$@" 2> /dev/null \
        | awk '/^Size:/ { s += $2 } END { printf "%.1f MB\n", s / 1e6 }'
}


# the package of the shared library itself: libyajl-dev -> libyajl2
runtime_package() {
    apt-cache depends --no-recommends --no-suggests "$1" \
        | sed -n "s/^ *Depends: \(${1%-dev}[0-9].*\)/\1/p" | head -n 1
}


# ---- installing without touching what is there -----------------------------

apt_simulate() {
    LC_ALL=C apt-get "${APT_PINS[@]}" -s -q --no-install-recommends \
        install "$@" 2>&1
}


# "name old" of all that an installation would upgrade
upgrades() {
    sed -n 's/^Inst \([^ ]*\) \[\([^]]*\)\].*/\1 \2/p'
}


# A newer libc6-dev wants a newer libc6.  If the release still has the version
# that goes with what is installed, take that: pin the whole source package.
apt_pin() {
    local name old src prefs=$APT_DIR/preferences

    mkdir -p "$APT_DIR"
    if [ ${#APT_PINS[@]} -eq 0 ]; then
        cat /etc/apt/preferences > "$prefs" 2> /dev/null || : > "$prefs"
        APT_PINS=(-o "Dir::Etc::Preferences=$prefs")
    fi

    while read -r name old; do
        src=$(dpkg-query -W -f '${source:Package}\n' "$name" | head -n 1)
        printf '\nPackage: src:%s\nPin: version %s\nPin-Priority: 1001\n' \
            "$src" "$old" >> "$prefs"
    done
}


# Sets APT_PINS so that nothing is upgraded or removed, or stops.
apt_plan() {
    local out up seen=

    # what is pinned can ask for more
    for _ in 1 2 3 4 5; do
        out=$(apt_simulate "$@") || break
        up=$(upgrades <<< "$out")
        if [ -z "$up" ]; then break; fi
        seen+=$up$'\n'
        apt_pin <<< "$up"
    done

    if out=$(apt_simulate "$@"); then
        up=$(upgrades <<< "$out"; sed -n 's/^Remv \([^ ]*\).*/\1/p' <<< "$out")
        if [ -n "$up" ]; then refuse "$up"; fi
    elif [ -n "$seen" ]; then
        refuse "$seen"
    else
        printf '%s\n' "$out" >&2
        die "apt-get cannot install: $*"
    fi

    sed -n 's/^Inst \([^ ]*\) (\([^ ]*\).*/\1 \2/p' <<< "$out" | sort \
        | awk '{ printf "    %-32s %s\n", $1, $2 }'
    { LC_ALL=C apt-get "${APT_PINS[@]}" --assume-no -q \
          --no-install-recommends install "$@" 2> /dev/null || true; } \
        | sed -n 's/^\(Need to get\|After this\)/    \1/p'
}


refuse() {
    printf '%s\n' "$1" | sort -u | sed '/^$/d; s/^/    /' >&2
    die "these packages, installed here, would have to be upgraded or" \
        "removed, and setup does neither.  Run 'apt-get upgrade' when it" \
        "suits you, then tools/setup again."
}


# Keeps maintainer scripts from starting what they bring.
apt_install() {
    local policy=/usr/sbin/policy-rc.d made=no rc=0

    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy > /dev/null
        as_root chmod 755 $policy
        made=yes
    fi

    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        NEEDRESTART_SUSPEND=1 \
        apt-get "${APT_QUIET[@]}" "${APT_PINS[@]}" -y --no-remove \
        --no-install-recommends -o Dpkg::Options::=--force-confold \
        -o APT::Keep-Downloaded-Packages=false \
        install "$@" > "$DEPS/apt.log" 2>&1 || rc=$?

    if [ $made = yes ]; then as_root rm -f $policy; fi

    if [ $rc -ne 0 ]; then
        tail -n 30 "$DEPS/apt.log" >&2
        die "apt-get install failed; all of its output is in build/deps/apt.log"
    fi
}


# ---- files that are unpacked, not installed -------------------------------

# the .deb of a package of this release, into build/deps/debs
release_fetch() {
    mkdir -p "$DEPS/debs"
    (cd "$DEPS/debs" && apt-get "${APT_QUIET[@]}" download "$1" \
        > /dev/null) || die "cannot download $1"
}


# "uri suite" of this machine's Debian sources
debian_sources() {
    # shellcheck disable=SC2016
    apt-get indextargets 'Created-By: Packages' \
        --format '$(ORIGIN)|$(COMPONENT)|$(REPO_URI)|$(RELEASE)' \
        | awk -F '|' '$1 == "Debian" && $2 == "main" { print $3, $4 }' \
        | awk '!seen[$0]++'
}


# apt with lists of its own: own_apt NAME COMMAND ...  Signatures are checked;
# a mirror that has stood still for some time will do.
own_apt() {
    local dir=$APT_DIR/$1 tool=$2
    shift 2
    "$tool" "${APT_QUIET[@]}" \
        -o Dir::State::Lists="$dir/lists" \
        -o Dir::Cache="$dir/cache" \
        -o Dir::Etc::SourceList="$dir/sources.list" \
        -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::Etc::Preferences=/dev/null \
        -o Dir::Etc::PreferencesParts=/dev/null \
        -o Acquire::Languages=none \
        -o Acquire::Check-Valid-Until=false \
        "$@"
}


# own_update NAME TYPE < "uri suite" lines: writes the lists' sources, reads
own_update() {
    local dir=$APT_DIR/$1 type=$2 uri suite signed=
    local key=/usr/share/keyrings/debian-archive-keyring.gpg

    if [ -d "$dir/lists" ]; then return 0; fi
    say "reading package lists to build/deps: $1"
    if [ -f $key ]; then signed="[signed-by=$key] "; fi

    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
    while read -r uri suite; do
        echo "$type $signed$uri $suite main"
    done > "$dir/sources.list"

    [ -s "$dir/sources.list" ] || die "apt knows no Debian mirror"

    if ! own_apt "$1" apt-get update > "$APT_DIR/$1.log" 2>&1; then
        tail -n 5 "$APT_DIR/$1.log" >&2
        rm -rf "$dir"
        die "cannot read the package lists of $1"
    fi
}


# Debian's main mirror carries sid under the same address
sid_update() {
    debian_sources | grep -v security | head -n 1 \
        | sed 's/ .*/ sid/' | own_update sid "$1"
}


sid_fetch() {
    sid_update deb
    mkdir -p "$DEPS/debs"
    (cd "$DEPS/debs" && own_apt sid apt-get download "$1" > /dev/null)
}


# The upstream part of a source package, unpacked to a directory:
# source_unpack LISTS PACKAGE[=VERSION] DIR.  apt may fail to fetch the rest
# of the package; that is not needed.
source_unpack() {
    local pkg=${2%%=*} dir=$3 tmp=$DEPS/source tar

    rm -rf "$tmp" "$dir"
    mkdir -p "$tmp" "$dir"
    (cd "$tmp" && own_apt "$1" apt-get --download-only source "$2" \
        > "$APT_DIR/source.log" 2>&1) || true

    tar=$(find "$tmp" -name "${pkg}_*.orig.tar.*" ! -name '*.asc')
    if [ -z "$tar" ]; then
        tail -n 5 "$APT_DIR/source.log" >&2
        say "cannot download the source package $2" >&2
        rm -rf "$tmp" "$dir"
        return 1
    fi
    tar -C "$dir" --strip-components=1 -xf "$tar"
    rm -rf "$tmp"
}


# package lists are of no use when everything is there
own_clean() {
    rm -rf "$APT_DIR" "$DEPS/debs" "$DEPS/source" "$DEPS"/try*
}
