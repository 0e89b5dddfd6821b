/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-service"

#include "rcp-mirror-service.h"

G_DEFINE_INTERFACE (RcpMirrorService, rcp_mirror_service, G_TYPE_OBJECT)

static void
rcp_mirror_service_default_init (RcpMirrorServiceInterface *iface)
{
  g_signal_new ("reading-changed", RCP_TYPE_MIRROR_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/**
 * rcp_mirror_service_keep:
 * @self: a service
 * @client: (nullable): the record, or %NULL when none is open
 * @clock: the time
 * @zone: (nullable): IANA name of the zone of the place
 * @chosen: a{s(sssb)}: by Practitioner the uid of the calendar, the privacy, the name of the place, and whether patients are invited
 *
 * What was chosen before and is not any more is given up; what was written stays.
 */
void
rcp_mirror_service_keep (RcpMirrorService *self, FhirClient *client, RcpClock *clock, const char *zone, GVariant *chosen)
{
  g_return_if_fail (RCP_IS_MIRROR_SERVICE (self));
  g_return_if_fail (g_variant_is_of_type (chosen, G_VARIANT_TYPE ("a{s(sssb)}")));

  RCP_MIRROR_SERVICE_GET_IFACE (self)->keep (self, client, clock, zone, chosen);
}

/**
 * rcp_mirror_service_look:
 * @self: a service
 * @person: (nullable): whose calendar may have to be another; %NULL for everybody's
 * @visit_id: (nullable): the visit that has changed
 *
 * Also the calendar that shows the visit until now is looked at.
 */
void
rcp_mirror_service_look (RcpMirrorService *self, const char *person, const char *visit_id)
{
  g_return_if_fail (RCP_IS_MIRROR_SERVICE (self));

  RCP_MIRROR_SERVICE_GET_IFACE (self)->look (self, person, visit_id);
}

/**
 * rcp_mirror_service_get_reading:
 * @self: a service
 * @person: id of a Practitioner
 * @reading: (out caller-allocates): how the calendar stands
 *
 * Returns: whether there is one for @person
 */
gboolean
rcp_mirror_service_get_reading (RcpMirrorService *self, const char *person, RcpMirrorReading *reading)
{
  g_return_val_if_fail (RCP_IS_MIRROR_SERVICE (self), FALSE);
  g_return_val_if_fail (person != NULL, FALSE);

  return RCP_MIRROR_SERVICE_GET_IFACE (self)->get_reading (self, person, reading);
}

/**
 * rcp_mirror_service_clear_async:
 * @self: a service
 * @client: the record
 * @clock: the time
 * @person: id of a Practitioner
 * @uid: of the calendar
 * @cancellable: (nullable): to give it up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Takes out what was written; visits that were over before yesterday stay.
 */
void
rcp_mirror_service_clear_async (RcpMirrorService *self, FhirClient *client, RcpClock *clock, const char *person, const char *uid,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RCP_IS_MIRROR_SERVICE (self));
  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (person != NULL && uid != NULL);

  RCP_MIRROR_SERVICE_GET_IFACE (self)->clear_async (self, client, clock, person, uid, cancellable, callback, user_data);
}

/**
 * rcp_mirror_service_clear_finish:
 * @self: a service
 * @result: what the callback got
 * @n_removed: (out) (optional): events that were taken out
 * @error: why some may be there still
 *
 * Returns: whether nothing of it is left
 */
gboolean
rcp_mirror_service_clear_finish (RcpMirrorService *self, GAsyncResult *result, guint *n_removed, GError **error)
{
  g_return_val_if_fail (RCP_IS_MIRROR_SERVICE (self), FALSE);

  return RCP_MIRROR_SERVICE_GET_IFACE (self)->clear_finish (self, result, n_removed, error);
}
