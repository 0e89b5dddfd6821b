/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Part of the program under the address sanitizer alone. GLib makes a table for 2,048 quarks when it is loaded and lets go of it on
 * purpose when a program names more, as others may read it still (gquark.c). The quick unwinder cannot name who took that memory,
 * so no suppression finds it: this keeps a pointer to the block, the first of that size. */

#include <stddef.h>

#define TABLE_SIZE (2048 * sizeof (char *))

void __sanitizer_malloc_hook (const volatile void *block, size_t size);

static const volatile void *first_table;

void
__sanitizer_malloc_hook (const volatile void *block, size_t size)
{
  if (size == TABLE_SIZE && first_table == NULL)
    first_table = block;
}
