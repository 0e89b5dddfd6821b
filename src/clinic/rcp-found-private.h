/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-patient-finder.h"

G_BEGIN_DECLS

/* @visit: nullable. @rank: of rcp_find_plan_rank(). */
RcpFound *rcp_found_new (RcpPatient *patient, RcpVisit *visit, guint rank);
/* For g_ptr_array_sort(): those of a visit, then by rank, then records in use, then by name. */
int rcp_found_compare (gconstpointer a, gconstpointer b);

G_END_DECLS
