/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The last accepted pictures, in tests/data/looks: see docs/decisions/051-pictures-are-accepted-small.md. */

/* What @window looks like, once it looks as the accepted picture of this name does; fails the test when it never does. (transfer
 * full). */
GdkTexture *looks_take (GtkWidget *window, const char *name);
/* Fails the test when @picture, which is of no window, does not look as the accepted one of this name does. */
void looks_compare (GdkTexture *picture, const char *name);
/* How many of a thousand blocks differ so that a person would see it; 1000 where the sizes do. */
guint looks_measure_difference (GdkTexture *first, GdkTexture *second);
/* Each pixel the mean of a block. (transfer full). */
GdkTexture *looks_shrink (GdkTexture *texture);

G_END_DECLS
