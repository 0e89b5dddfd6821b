/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The UID of the event that shows a visit in a provider's calendar. Every desk of a clinic makes the same of the same visit,
 * so that none can double it; and no event with one is ever read back as busy time. */

/* @realm: names the record for all of its desks, as Appointments of two clinics may have one id. (transfer full) */
char *rcp_mirror_uid_new (const char *realm, const char *appointment_id);
gboolean rcp_mirror_uid_is_ours (const char *uid); /* of any clinic; FALSE for NULL */
/* The id of the Appointment, or NULL when it is not of this realm: (transfer full). */
char *rcp_mirror_uid_dup_appointment_id (const char *uid, const char *realm);

G_END_DECLS
