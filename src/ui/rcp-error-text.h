/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What went wrong while reading the record, in words for people: a title, and what to do now. Never technical text. */
const char *rcp_error_text_get_title (const GError *error);
const char *rcp_error_text_get_advice (const GError *error);
/* The technical text beside them, for those who mend it: "HTTP 503, ..." (transfer full). */
char *rcp_error_text_dup_detail (const GError *error);

G_END_DECLS
