# Copyright (C) ngx_article authors
#
# The modes of tools/test: each is the whole t/ suite, or the files named,
# under a condition of its own, and each is judged: Test::Nginx's leak and
# valgrind modes only print what they find.

# shellcheck shell=bash

# KB of a worker's memory gained from one sample of 20 ms to the next
LEAK_MAX=${LEAK_MAX:-1}

# Valgrind slows nginx thirtyfold: these run all parts of the module once; the
# others are about clocks (herds, stale copies, time-outs, reloads).
VALGRIND_FILES='t/conf.t t/gzip.t t/handler.t t/leak.t t/outcomes.t t/redis.t
    t/strip.t t/strip_among.t t/strip_gzip.t t/strip_headers.t t/uri.t
    t/value.t t/vary.t t/zone.t'


judge_leak() {
    local log=$1

    awk -v max="$LEAK_MAX" '
        /TEST [0-9]+:/   { name = $0 }
        /^LeakTest: k=/  {
            k = substr($2, 3)
            if (k == "N/A") next
            n++
            if (k + 0 > worst) { worst = k + 0; where = name }
            if (k + 0 > max) { printf "leak: %s: %.2f KB a sample\n", name, k; bad++ }
        }
        END {
            printf "leak: %d blocks, steepest %.2f (%s), at most %s allowed\n",
                n, worst, where, max
            exit n == 0 || bad > 0
        }' "$log"
}


# nginx's own start-up blocks are no findings of ours
judge_valgrind() {
    local log=$1 rc=0

    if grep -E -A 12 '(Invalid (read|write|free)|uninitialised value|Mismatched free|Source and destination overlap)' \
        "$log"
    then
        rc=1
    fi

    awk '/definitely lost in loss record/ { inside = 1; ours = 0; text = "" }
         inside { text = text "\n" $0; if (/ngx_http_article|article_/) ours = 1 }
         inside && /^==[0-9]+== *$/ { if (ours) { print text; bad = 1 } inside = 0 }
         END { exit bad }' "$log" || rc=1

    return $rc
}


# run_mode MODE FILE...
run_mode() {
    local mode=$1 log rc=0
    shift

    log=$BUILD/mode-$mode.log

    case $mode in
        hup)
            export TEST_NGINX_USE_HUP=1 ;;
        postpone)
            export TEST_NGINX_POSTPONE_OUTPUT=1 ;;
        random-split)
            export ARTICLE_SPLIT=${ARTICLE_SPLIT:-$((RANDOM + 1))}
            say "ARTICLE_SPLIT=$ARTICLE_SPLIT" ;;
        leak)
            export TEST_NGINX_CHECK_LEAK=1 PATH=$ROOT/tools/lib/leak:$PATH
            JOBS=1
            [ $# -gt 0 ] || set -- t/leak.t ;;
        valgrind)
            have valgrind || die "no valgrind; apt-get install valgrind"
            export TEST_NGINX_USE_VALGRIND="--leak-check=full --suppressions=$ROOT/tools/lib/valgrind.supp"
            export TEST_NGINX_SLEEP=${TEST_NGINX_SLEEP:-5}
            export TEST_NGINX_TIMEOUT=${TEST_NGINX_TIMEOUT:-30}
            # shellcheck disable=SC2086
            [ $# -gt 0 ] || set -- $VALGRIND_FILES ;;
        *)
            die "no mode \"$mode\": hup, leak, postpone, random-split, valgrind"
            ;;
    esac

    [ $# -gt 0 ] || set -- t/*.t
    run_prove "$@" > "$log" 2>&1 || rc=$?

    case $mode in
        leak) judge_leak "$log" || rc=1 ;;
        valgrind) judge_valgrind "$log" || rc=1 ;;
    esac

    grep -E '^(#   Failed test|  Failed tests?:|t/.*Failed|Result:)' "$log" || true
    say "mode $mode: $([ $rc -eq 0 ] && echo passed || echo failed); log: $log"

    return $rc
}
