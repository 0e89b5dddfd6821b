/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kinds of service that payers are asked about: X12 service type codes that a clinic's visits can be. */

typedef struct
{
  const char *code;
  const char *name; /* not translated: see rcp_service_type_get_name() */
} RcpServiceType;

const RcpServiceType *rcp_service_type_list (guint *n_types);
const char *rcp_service_type_get_name (const char *code); /* translated; NULL for one that is not listed */
gboolean rcp_service_type_is_code (const char *code);

G_END_DECLS
