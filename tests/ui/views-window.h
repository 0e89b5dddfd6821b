/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "window-fixture.h"

G_BEGIN_DECLS

/* What the tests of the other views of the days share, on the window of window-fixture.h. */

GtkWidget *views_find_type (WindowFixture *fixture, const char *name); /* borrowed, or NULL */
const char *views_get_title (WindowFixture *fixture);
void views_open (WindowFixture *fixture, PracticeFixture *practice);
void views_show (WindowFixture *fixture, const char *view); /* "month" */
guint64 views_count_requests (WindowFixture *fixture);
void views_run_for (guint milliseconds);
void views_wait_until_quiet (WindowFixture *fixture);

G_END_DECLS
