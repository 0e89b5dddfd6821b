/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of setting up a clinic share: each function waits, and ends the test when something goes wrong. */

#include "desk-fixture.h"
#include "scheduling/rcp-refit.h"
#include "scheduling/rcp-setup.h"

/* Reads the roster again: (transfer none), the fixture's. */
RcpRoster *setup_reload (DeskFixture *desk);
/* Saves with what @roster (NULL: the fixture's) knows; FALSE with @error. */
gboolean setup_save (DeskFixture *desk,
                     RcpRoster *roster,
                     RcpSetupKind kind,
                     const char *reference,
                     RcpDraft *draft,
                     const char *key,
                     GError **error);
/* The same where nothing may go wrong; then reads the roster again and makes the slots follow. */
RcpRefitReport setup_change (DeskFixture *desk, RcpSetupKind kind, const char *reference, RcpDraft *draft, const char *key);
RcpRefitReport setup_refit (DeskFixture *desk);
GPtrArray *setup_list_refits (DeskFixture *desk);
/* (transfer full) "Practitioner/1" of a column */
char *setup_dup_person (DeskFixture *desk, guint provider);
const char *setup_get_place (DeskFixture *desk, guint provider);
/* Monday to Friday. */
void setup_set_hours (RcpDraft *draft, const char *place_id, const char *text);
/* Slots of a column: all, or of one status. */
guint setup_count_slots (DeskFixture *desk, const char *schedule_id, const char *status);
/* How many slots of a column do not lie in its hours, by status. */
guint setup_count_outside (DeskFixture *desk, RcpProvider *provider, RcpSlotStatus status);
/* A room at the first place, whose slots are published when something needs it. */
void setup_add_room (DeskFixture *desk, const char *name);
/* What visits of a type need: a kind of room or device, or "". */
void setup_set_needs (DeskFixture *desk, const char *visit_type, const char *needs);
RcpRoom *setup_get_room (DeskFixture *desk, guint index); /* borrowed */
/* Of all rooms @visit has the one with @index, or none: -1. */
void setup_assert_in_room (DeskFixture *desk, RcpVisit *visit, int index);
