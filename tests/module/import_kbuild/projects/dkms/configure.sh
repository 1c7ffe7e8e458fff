#!/bin/sh
# SPDX-License-Identifier: MIT OR GPL-2.0-only
case $1 in
  6.*) echo '#define PAIR_SPEED 6' > config.h ;;
  *) echo '#define PAIR_SPEED 5' > config.h ;;
esac
