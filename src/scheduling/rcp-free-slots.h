/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: the free slots of some schedules at some times, read from the record. */

#include "clinic/rcp-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/* @schedules: "Schedule/a,Schedule/b"; @ranges (element-type RcpTimeRange): in which the slots start, none overlapping. */
void rcp_free_slots_read_async (FhirClient *client,
                                const char *schedules,
                                GArray *ranges,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* (transfer full) (element-type RcpSlot): in no order; one that was on two pages is there twice. */
GArray *rcp_free_slots_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
