# Copyright (C) ngx_article authors
#
# lexbor as a static, position-independent library, without cmake.
#
#   make -f tools/lib/lexbor.mk SRC=source-tree LIB=liblexbor_static.a

C := $(filter-out %/windows_nt/%,$(shell find $(SRC)/source -name '*.c' \
	-not -path '*/ports/windows_nt/*'))
O := $(C:.c=.o)

$(LIB): $(O)
	@rm -f $@
	$(AR) rcs $@ $^

%.o: %.c
	$(CC) -std=c99 -O2 -fPIC -w -DLEXBOR_STATIC -I$(SRC)/source -c -o $@ $<
