# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Takes make's place while the kernel's top Makefile builds a module: record_make.sh ARGUMENT...
# Where the top Makefile has make read another makefile, this records the working directory and the
# arguments in $KMOD_RECORD, and the environment in $KMOD_RECORD.environment: an item a line, an
# empty line behind each call. Newlines become \001. $KMOD_MAKE is make, $KMOD_BUSYBOX is busybox.
set -eu

# What that makefile calls in turn is not recorded.
record=${KMOD_RECORD:-}
previous=
for argument; do
  if [ -n "$record" ] && [ "$previous" = -f ] && [ "${argument##*/}" != Makefile ]; then
    { "$KMOD_BUSYBOX" pwd -P && printf '%s\n' "$@" ''; } >> "$record"
    "$KMOD_BUSYBOX" tr '\n\0' '\001\n' < /proc/$$/environ > "$record.environment"
    KMOD_RECORD=
  fi
  previous=$argument
done
exec "$KMOD_MAKE" "$@"
