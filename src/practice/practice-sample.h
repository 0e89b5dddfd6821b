/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-store.h"

G_BEGIN_DECLS

gboolean practice_sample_fill (PracticeStore *store, gint64 now, const char *zone, GError **error);

G_END_DECLS
