/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each of a list of visits gets a place of its own, so that all together cost least: a provider falls ill, and the whole day is
 * moved. Pure. */

#define RCP_ASSIGNMENT_NONE G_MAXUINT
#define RCP_ASSIGNMENT_FORBIDDEN G_MAXINT64

void rcp_assign (const gint64 *costs, guint n_visits, guint n_places, gint64 left_over, guint *places);

G_END_DECLS
