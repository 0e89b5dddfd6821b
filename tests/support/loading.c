/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What libraries keep from the moment that they are loaded is not judged by the leak sanitizer. GLib has its first table of quarks
 * from then, and when a program of many types outgrows it, as one with windows does, lets it go on purpose, so that quarks can be
 * read without a lock (gquark.c, quark_new). A suppression cannot name it: the stack that is kept ends in g_malloc(). */

#include <glib.h>

#ifdef __SANITIZE_ADDRESS__

#include <sanitizer/lsan_interface.h>

/* Before the constructors of libraries. */
__attribute__ ((no_sanitize ("address"))) static void
begin_loading (int argc, char **argv, char **environment)
{
  __lsan_disable ();
}

typedef void (*Beginning) (int, char **, char **);
__attribute__ ((section (".preinit_array"), used)) static const Beginning beginning = begin_loading;

/* After them. */
__attribute__ ((constructor)) static void
end_loading (void)
{
  __lsan_enable ();
}

#endif
