/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The eight specialties of the desk, by NUCC taxonomy code. */
typedef struct
{
  const char *code; /* "207RC0000X" */
  const char *name; /* untranslated; see rcp_specialty_get_name() */
} RcpSpecialty;

const RcpSpecialty *rcp_specialty_list (guint *n_specialties);
const char *rcp_specialty_get_name (const char *code); /* translated, or NULL when it is not one of ours */

G_END_DECLS
