/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the program knows of the mirrors before the part that keeps them is loaded: without Evolution Data Server's libraries. */

#include "base/rcp-clock.h"
#include "calendars/rcp-calendar-service.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpMirrorTrouble:
 *
 * Why a calendar does not show the visits as they are.
 * @RCP_MIRROR_TROUBLE_NONE: it does, or will in a moment
 * @RCP_MIRROR_TROUBLE_RECORD: the record cannot be reached
 * @RCP_MIRROR_TROUBLE_SERVER: the calendar's server cannot
 * @RCP_MIRROR_TROUBLE_PASSWORD: it waits for a password
 * @RCP_MIRROR_TROUBLE_TRUST: its certificate is not trusted
 * @RCP_MIRROR_TROUBLE_REFUSED: it may not be written
 * @RCP_MIRROR_TROUBLE_MISSING: this computer has no such calendar, or it is switched off
 */
typedef enum
{
  RCP_MIRROR_TROUBLE_NONE,
  RCP_MIRROR_TROUBLE_RECORD,
  RCP_MIRROR_TROUBLE_SERVER,
  RCP_MIRROR_TROUBLE_PASSWORD,
  RCP_MIRROR_TROUBLE_TRUST,
  RCP_MIRROR_TROUBLE_REFUSED,
  RCP_MIRROR_TROUBLE_MISSING,
} RcpMirrorTrouble;

/**
 * RcpMirrorInviting:
 *
 * Whether patients can be invited from a calendar.
 * @RCP_MIRROR_INVITING_UNKNOWN: it was not reached yet
 * @RCP_MIRROR_INVITING_NO_ADDRESS: it has no e-mail address of its own
 * @RCP_MIRROR_INVITING_POSSIBLE: they can
 */
typedef enum
{
  RCP_MIRROR_INVITING_UNKNOWN,
  RCP_MIRROR_INVITING_NO_ADDRESS,
  RCP_MIRROR_INVITING_POSSIBLE,
} RcpMirrorInviting;

/**
 * RcpMirrorReading:
 * @is_current: whether the calendar shows the visits as they are
 * @as_of: when it last did since the program started, or 0
 * @trouble: why it does not
 * @n_waiting: visits that wait for it, as far as known
 * @inviting: whether patients can be invited from it
 */
typedef struct
{
  gboolean is_current;
  gint64 as_of;
  RcpMirrorTrouble trouble;
  guint n_waiting;
  RcpMirrorInviting inviting;
} RcpMirrorReading;

/**
 * RcpMirrorService:
 *
 * The calendars that show the visits of providers. "reading-changed" (utf8) names a Practitioner whose calendar is shown otherwise now.
 */
#define RCP_TYPE_MIRROR_SERVICE (rcp_mirror_service_get_type ())
G_DECLARE_INTERFACE (RcpMirrorService, rcp_mirror_service, RCP, MIRROR_SERVICE, GObject)

struct _RcpMirrorServiceInterface
{
  GTypeInterface parent_interface;

  void (*keep) (RcpMirrorService *self, FhirClient *client, RcpClock *clock, const char *zone, GVariant *chosen);
  void (*look) (RcpMirrorService *self, const char *person, const char *visit_id);
  gboolean (*get_reading) (RcpMirrorService *self, const char *person, RcpMirrorReading *reading);
  void (*clear_async) (RcpMirrorService *self, FhirClient *client, RcpClock *clock, const char *person, const char *uid,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*clear_finish) (RcpMirrorService *self, GAsyncResult *result, guint *n_removed, GError **error);
};

/* Mirrors from now on what is chosen; @client: (nullable): NULL when no record is open: then nothing. @zone: IANA name of the zone of the
 * place, or NULL. @chosen: a{s(sssb)}: by Practitioner the uid of the calendar, "busy", "initials" or "full", the name of the
 * place, and whether patients are invited. */
void rcp_mirror_service_keep (RcpMirrorService *self, FhirClient *client, RcpClock *clock, const char *zone, GVariant *chosen);
/* The visit @visit_id, which is of @person now, or a request has changed; both NULL: anything may have. */
void rcp_mirror_service_look (RcpMirrorService *self, const char *person, const char *visit_id);
/* FALSE when nobody has chosen a calendar for @person. */
gboolean rcp_mirror_service_get_reading (RcpMirrorService *self, const char *person, RcpMirrorReading *reading);
/* Takes out of the calendar @uid what was written there for @person, once it is not mirrored any more. */
void rcp_mirror_service_clear_async (RcpMirrorService *self, FhirClient *client, RcpClock *clock, const char *person, const char *uid,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_mirror_service_clear_finish (RcpMirrorService *self, GAsyncResult *result, guint *n_removed, GError **error);

/* The function of the module, by its name. @service: that the module has made, open. (transfer full): nothing is mirrored yet */
#define RCP_MIRRORS_MODULE_SYMBOL "reception_mirrors_new"
typedef RcpMirrorService *(*RcpMirrorsNewFunc) (RcpCalendarService *service);

G_END_DECLS
