/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-patient-fields.h"
#include "clinic/rcp-roster.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpHistoryField: what can get another value. Those below RCP_N_FIELDS are the RcpPatientField of a patient; the others
 * are of a visit, or of a flag. Every value is a text in the form in which it is stored, as with RcpPatientField.
 */
typedef enum
{
  RCP_HISTORY_STATUS = RCP_N_FIELDS, /* see rcp_visit_status_to_name() */
  RCP_HISTORY_START,                 /* an instant */
  RCP_HISTORY_DURATION,              /* minutes */
  RCP_HISTORY_PATIENT,               /* names, joined by ", "; so are the next four */
  RCP_HISTORY_PROVIDER,
  RCP_HISTORY_PLACE,
  RCP_HISTORY_ROOM,
  RCP_HISTORY_TYPE,
  RCP_HISTORY_URGENCY,               /* "urgent", "emergency" */
  RCP_HISTORY_COMPLAINT,
  RCP_HISTORY_INSTRUCTION,
  RCP_HISTORY_REASON,                /* of a cancellation: its code, or what was written instead */
  RCP_HISTORY_COMMENT,
  RCP_HISTORY_OVERBOOKED,            /* why it stands beside another visit */
  RCP_HISTORY_WISHED,                /* of who waits: two instants, joined by "/" */
  RCP_HISTORY_WISHED_TIMES,          /* codes of times of day, joined by "," */
  RCP_HISTORY_FLAG,                  /* its words */
  RCP_HISTORY_FLAG_CATEGORY,
  RCP_HISTORY_FLAG_STATUS,           /* "active", "inactive" */
  RCP_HISTORY_PERSON,                /* how far one of several is who come to a visit: as RCP_HISTORY_STATUS */
} RcpHistoryField;

/**
 * RcpHistoryChange: one field that got another value.
 * @old_value: NULL when there was none
 * @new_value: NULL when there is none any more
 * @who: of RCP_HISTORY_PERSON: the name, or NULL when the record does not tell
 */
typedef struct
{
  RcpHistoryField field;
  char *who;
  char *old_value;
  char *new_value;
} RcpHistoryChange;

/**
 * RcpHistoryEntry: what was done to a visit, a patient or a flag at one time; immutable.
 */
#define RCP_TYPE_HISTORY_ENTRY (rcp_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (RcpHistoryEntry, rcp_history_entry, RCP, HISTORY_ENTRY, GObject)

gint64 rcp_history_entry_get_when (RcpHistoryEntry *self);
const char *rcp_history_entry_get_who (RcpHistoryEntry *self);       /* desk or people; NULL when the record does not tell */
const char *rcp_history_entry_get_code (RcpHistoryEntry *self);      /* of RCP_SYSTEM_DEED; NULL when no desk did it */
const char *rcp_history_entry_get_reason (RcpHistoryEntry *self);    /* in the words of the desk, or NULL */
const char *rcp_history_entry_get_reference (RcpHistoryEntry *self); /* of what was changed: "Appointment/1" */
gboolean rcp_history_entry_is_first (RcpHistoryEntry *self);         /* it was made */
gboolean rcp_history_entry_is_deletion (RcpHistoryEntry *self);      /* it was deleted from the record */
gboolean rcp_history_entry_is_known (RcpHistoryEntry *self);         /* whether it is known what it was before */
/* As it was after it, or when it is deleted before it; NULL when the server kept neither. Borrowed. */
FhirResource *rcp_history_entry_get_resource (RcpHistoryEntry *self);
GPtrArray *rcp_history_entry_get_changes (RcpHistoryEntry *self);    /* of RcpHistoryChange */
const RcpHistoryChange *rcp_history_entry_find_change (RcpHistoryEntry *self, RcpHistoryField field); /* or NULL */

/**
 * RcpHistoryGaps: what a history does not tell because the server does not.
 * @RCP_HISTORY_GAP_VERSIONS: it keeps no earlier versions: no old values
 * @RCP_HISTORY_GAP_OLDEST: of something there are more versions than were read
 * @RCP_HISTORY_GAP_TRACES: who did it may not be read
 * @RCP_HISTORY_GAP_VISITS: the visits of the patient may not be read
 * @RCP_HISTORY_GAP_FLAGS: the flags of the patient may not be read
 * @RCP_HISTORY_GAP_DELETED: it is deleted, and the server tells no more
 */
typedef enum
{
  RCP_HISTORY_GAP_VERSIONS = 1 << 0,
  RCP_HISTORY_GAP_OLDEST = 1 << 1,
  RCP_HISTORY_GAP_TRACES = 1 << 2,
  RCP_HISTORY_GAP_VISITS = 1 << 3,
  RCP_HISTORY_GAP_FLAGS = 1 << 4,
  RCP_HISTORY_GAP_DELETED = 1 << 5,
} RcpHistoryGaps;

/**
 * RcpHistory:
 *
 * What happened to a visit, or to a patient with all visits, places on the wait list and flags: who did what, when and
 * at which desk, with the old and new values. Read piece by piece, the latest first.
 */
#define RCP_TYPE_HISTORY (rcp_history_get_type ())
G_DECLARE_FINAL_TYPE (RcpHistory, rcp_history, RCP, HISTORY, GObject)

/* @reference: "Appointment/1" or "Patient/2". @roster: for names. */
RcpHistory *rcp_history_new (FhirClient *client, RcpRoster *roster, const char *reference);
GListModel *rcp_history_get_entries (RcpHistory *self); /* of RcpHistoryEntry, the latest first; grows */
gboolean rcp_history_has_more (RcpHistory *self);       /* whether there is more to be read */
RcpHistoryGaps rcp_history_get_gaps (RcpHistory *self);
/* Reads the latest piece, or the next one. Not while one is being read. */
void rcp_history_load_async (RcpHistory *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* FALSE with a FhirError: what was read before stays, and the same can be tried again. */
gboolean rcp_history_load_finish (RcpHistory *self, GAsyncResult *result, GError **error);

G_END_DECLS
