/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-booking-learn"

#include "config.h"

#include "rcp-booking-learn.h"

#include "matching/rcp-choice-file.h"
#include "ui/rcp-source.h"

#define LEARN "learn-bookings"

GBytes *
rcp_booking_learn_dup_choice (RcpBookingModel *model, RcpOffer *offer)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  if (!g_settings_get_boolean (settings, LEARN))
    return NULL;
  return rcp_offer_ranking_dup_choice (rcp_booking_model_get_ranking (model), rcp_booking_model_get_offers (model), offer,
                                       rcp_booking_model_get_wish (model));
}

/* That it was not kept is said in Preferences, where the file is read: the visit is booked all the same. */
static void
keep (GTask *task, gpointer source, gpointer choice, GCancellable *cancellable)
{
  g_autofree char *file = rcp_choice_file_dup_default ();
  g_autoptr (GError) error = NULL;

  if (!rcp_choice_file_add (file, g_task_get_name (task), choice, &error))
    g_info ("Nothing is learned from this booking: %s", error->message);
  g_task_return_boolean (task, error == NULL);
}

void
rcp_booking_learn_keep (GBytes *choice)
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (RcpSource) source = NULL;
  g_autoptr (GTask) task = NULL;
  g_autofree char *record = NULL;

  if (choice == NULL)
    return;
  settings = g_settings_new (APP_ID);
  source = rcp_source_load (settings);
  record = rcp_source_dup_key (source);
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, rcp_booking_learn_keep);
  g_task_set_name (task, record);
  g_task_set_task_data (task, g_bytes_ref (choice), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, keep);
}
