/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-engine-private.h"

G_BEGIN_DECLS

/* A proposal of $find is not stored; its id tells the Slot that it is for. */
#define PRACTICE_PROPOSAL_PREFIX "find-"

PracticeJson *practice_operation_make_reference (const char *type, const char *id);
/* (transfer full) (nullable): a current resource as JSON. */
PracticeJson *practice_operation_load (PracticeCall *call, const char *type, const char *id);
/* Borrowed: the id behind "Type/", or NULL. */
const char *practice_operation_get_reference_id (const char *reference, const char *type);
void practice_json_copy_member (PracticeJson *from, PracticeJson *to, const char *name);
/* (transfer full): the Appointment that a Slot could become. */
PracticeJson *practice_operation_make_proposal (PracticeCall *call, PracticeJson *slot);
PracticeJson *practice_operation_make_searchset (void);
/* Takes @resource. */
void practice_operation_add_match (PracticeJson *entries, PracticeJson *resource);

G_END_DECLS
