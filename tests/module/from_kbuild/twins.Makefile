# SPDX-License-Identifier: MIT OR GPL-2.0-only
obj-m := first_twin.o second_twin.o
