/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <json-c/json_types.h>

G_BEGIN_DECLS

/**
 * PracticeOutcome:
 *
 * What becomes an OperationOutcome: an HTTP status and issues in the order found. The status is that of the first
 * error added; 200 while there is none. Not an object of its own life cycle: one per request, passed down.
 */
typedef struct _PracticeOutcome PracticeOutcome;

PracticeOutcome *practice_outcome_new (void);
void practice_outcome_free (PracticeOutcome *outcome);

/* @code is an IssueType code ("invalid", "required", "value", "not-found", "conflict" ...), @expression a FHIRPath
 * such as "Appointment.participant[0].status" or NULL. The text never carries values of the resource: it may be logged. */
void practice_outcome_error (PracticeOutcome *outcome, guint http_status, const char *code, const char *expression,
                             const char *format, ...) G_GNUC_PRINTF (5, 6);
void practice_outcome_warning (PracticeOutcome *outcome, const char *code, const char *expression,
                               const char *format, ...) G_GNUC_PRINTF (4, 5);
gboolean practice_outcome_has_error (const PracticeOutcome *outcome);
guint practice_outcome_get_status (const PracticeOutcome *outcome);
const char *practice_outcome_get_first_text (const PracticeOutcome *outcome);
struct json_object *practice_outcome_to_json (const PracticeOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeOutcome, practice_outcome_free)

G_END_DECLS
