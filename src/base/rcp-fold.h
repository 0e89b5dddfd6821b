/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rcp_fold_text (const char *text);
char *rcp_fold_digits (const char *text);

G_END_DECLS
