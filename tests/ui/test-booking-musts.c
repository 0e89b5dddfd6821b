/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a patient cannot do without, in the booking window and by keys alone: rcp-booking-musts.c, rcp-offer-musts.c and the rows of
 * rcp-wish-pane.c. Who does not meet it is left out and counted; where nobody is left, the condition is named, and one key drops it. */

#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-offer-ranking.h"
#include "ui/booking/rcp-offer-why.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-window-private.h"
#include "quoted-resource.h"
#include "ui-picture.h"
#include "window-fixture.h"
#include "window-keys.h"

#include <string.h>

#define NETWORK "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/network-reference"

static FhirResource *
write_resource (WindowFixture *fixture, const char *quoted)
{
  g_autoptr (FhirResource) resource = quoted_resource (quoted);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  FhirResource *stored;

  fhir_client_create_async (rcp_desk_get_client (fixture->desk), fhir_resource_get_json (resource), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_create_finish (rcp_desk_get_client (fixture->desk), result, &error);
  g_assert_no_error (error);
  return stored;
}

/* Somebody who speaks @language only, and whose plan has the network Acme Gold. */
static RcpPatient *
make_patient (WindowFixture *fixture, const char *language)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'Patient','name':[{'family':'Ferreira','given':['Ana']}],'birthDate':'1961-02-03',"
                                           "'gender':'female','communication':[{'language':{'coding':[{'system':'urn:ietf:bcp:47','code':'%s'}]},"
                                           "'preferred':true}]}", language);
  g_autoptr (FhirResource) stored = write_resource (fixture, text), coverage = NULL;
  g_autofree char *plan = g_strdup_printf ("{'resourceType':'Coverage','status':'active','subscriberId':'M1','network':'Acme Gold','beneficiary':"
                                           "{'reference':'Patient/%s'},'payor':[{'display':'Acme Health'}]}", fhir_resource_get_id (stored));

  coverage = write_resource (fixture, plan);
  return rcp_patient_new (stored);
}

static GtkWidget *
open_booking (WindowFixture *fixture, RcpPatient *patient)
{
  GtkWidget *booking = GTK_WIDGET (rcp_booking_dialog_new (fixture->desk));

  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), patient);
  rcp_dialog_present (GTK_WINDOW (booking), GTK_WINDOW (fixture->window));
  WAIT_FOR (window_get_active () == GTK_WINDOW (booking));
  window_wait_focus ();
  return booking;
}

static gboolean
is_why (GtkWidget *widget, gconstpointer data)
{
  return RCP_IS_OFFER_WHY (widget);
}

static RcpOfferRanking *
get_ranking (GtkWidget *booking)
{
  return g_object_get_data (G_OBJECT (window_find (booking, is_why, NULL)), "ranking");
}

static gboolean
is_list (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, "booking-offers");
}

static GListModel *
get_offers (GtkWidget *booking)
{
  GtkWidget *list = window_find (booking, is_list, NULL);

  return list != NULL ? G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))) : NULL;
}

static gboolean
is_saying (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), words);
}

static gboolean
is_row (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ACTION_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
speaks (RcpProvider *provider, const char *language)
{
  return g_strv_contains (rcp_provider_get_languages (provider), language);
}

/* How many of the list do not speak @language; all of the list, with NULL. */
static guint
count_offers (GtkWidget *booking, const char *language)
{
  GListModel *offers = get_offers (booking);
  guint n = 0;

  for (guint i = 0; offers != NULL && i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      n += language == NULL || !speaks (rcp_offer_get_provider (offer), language);
    }
  return n;
}

static char *
tell_left_out (WindowFixture *fixture, const char *language, const char *name)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      n += rcp_provider_get_languages (provider)[0] != NULL && !speaks (provider, language);
    }
  g_assert_cmpuint (n, >, 1);
  return g_strdup_printf ("%u are left out who do not speak %s.", n, name);
}

/* Alt+G: who speaks it, and nobody else; how many are left out is said; Alt+G once more: all of them. */
static void
test_language (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpPatient) patient = NULL;
  g_autofree char *told = NULL;
  GtkWidget *booking;

  window_fixture_open (fixture, practice);
  patient = make_patient (fixture, "es-MX");
  told = tell_left_out (fixture, "es", "Spanish");
  booking = open_booking (fixture, patient);
  WAIT_FOR (count_offers (booking, "es") > 0);
  window_press ("alt+g");
  WAIT_FOR (count_offers (booking, NULL) > 0 && count_offers (booking, "es") == 0);
  WAIT_FOR (window_find (booking, is_saying, told));
  g_assert_nonnull (window_find (booking, is_saying, "Spanish, without an interpreter"));
  ui_picture_save (booking, "booking-must-language");
  window_press ("alt+g");
  WAIT_FOR (count_offers (booking, "es") > 0);
  WAIT_FOR (!window_find (booking, is_saying, told));
  gtk_window_destroy (GTK_WINDOW (booking));
}

/* Nobody speaks it: the condition is named in the place of the openings, D drops it, and the keyboard is at the openings. Enter would
 * book: so it did nothing while there were none. */
static void
test_nobody (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpPatient) patient = NULL;
  GtkWidget *booking;

  window_fixture_open (fixture, practice);
  patient = make_patient (fixture, "ru");
  booking = open_booking (fixture, patient);
  WAIT_FOR (count_offers (booking, NULL) > 0);
  window_press ("d");
  g_assert_cmpuint (count_offers (booking, NULL), >, 0);
  window_press ("alt+g");
  WAIT_FOR (window_find (booking, is_saying, "It has to be somebody who speaks Russian."));
  g_assert_nonnull (window_find (booking, is_saying, "left out who do not speak Russian."));
  g_assert_cmpuint (rcp_offer_ranking_get_musts (get_ranking (booking)), ==, RCP_BARRIER_LANGUAGE);
  ui_picture_save (booking, "booking-must-nobody");
  window_press ("Return d");
  WAIT_FOR (count_offers (booking, NULL) > 0);
  g_assert_cmpuint (rcp_offer_ranking_get_musts (get_ranking (booking)), ==, 0);
  g_assert_null (window_find (booking, is_saying, "left out"));
  gtk_window_destroy (GTK_WINDOW (booking));
}

/* Says in the record of which network the first provider is: of another one than the patient's. */
static char *
put_out_of_network (WindowFixture *fixture)
{
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk)), 0);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (rcp_provider_get_role (provider));
  g_autoptr (FhirResource) holder = quoted_resource ("{'resourceType':'Basic','extension':[{'url':'" NETWORK "','valueReference':{'display':'Acme Blue'}}]}");
  g_autoptr (FhirResource) stored = NULL;
  g_autoptr (GAsyncResult) result = NULL, loaded = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  json_object_set_array_member (json, "extension", json_array_ref (fhir_json_get_array (fhir_resource_get_json (holder), "extension")));
  fhir_client_update_async (rcp_desk_get_client (fixture->desk), json, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_update_finish (rcp_desk_get_client (fixture->desk), result, &error);
  g_assert_no_error (error);
  kept = NULL;
  rcp_desk_reload_roster_async (fixture->desk, NULL, keep_result_cb, &kept);
  loaded = keep_result_wait (&kept);
  g_assert_true (rcp_desk_reload_roster_finish (fixture->desk, loaded, NULL));
  return g_strdup (rcp_provider_get_schedule_id (provider));
}

static guint
count_with (GtkWidget *booking, const char *schedule_id)
{
  GListModel *offers = get_offers (booking);
  guint n = 0;

  for (guint i = 0; offers != NULL && i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      n += g_strcmp0 (rcp_provider_get_schedule_id (rcp_offer_get_provider (offer)), schedule_id) == 0;
    }
  return n;
}

/* The plan is read beside the search: as soon as it is known the row names it. Who is out of network goes; of whom nobody knows it, that
 * one stays, and that is said. */
static void
test_network (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpPatient) patient = NULL;
  g_autofree char *out = NULL;
  GtkWidget *booking;

  window_fixture_open (fixture, practice);
  out = put_out_of_network (fixture);
  patient = make_patient (fixture, "en");
  booking = open_booking (fixture, patient);
  WAIT_FOR (count_with (booking, out) > 0);
  WAIT_FOR (window_find (booking, is_saying, "Of the plan: Acme Gold"));
  g_assert_true (gtk_widget_is_sensitive (window_find (booking, is_row, "In _Network Only")));
  window_press ("alt+n");
  WAIT_FOR (count_offers (booking, NULL) > 0 && count_with (booking, out) == 0);
  WAIT_FOR (window_find (booking, is_saying, "1 is left out who is out of network."));
  g_assert_nonnull (window_find (booking, is_saying, "nobody knows the network"));
  ui_picture_save (booking, "booking-must-network");
  window_press ("d");
  WAIT_FOR (count_with (booking, out) > 0);
  gtk_window_destroy (GTK_WINDOW (booking));
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_combo_with (GtkWidget *widget, gconstpointer choice)
{
  GListModel *model = ADW_IS_COMBO_ROW (widget) ? adw_combo_row_get_model (ADW_COMBO_ROW (widget)) : NULL;
  g_autoptr (GObject) second = model ? g_list_model_get_item (model, 1) : NULL;

  return GTK_IS_STRING_OBJECT (second) && g_str_equal (gtk_string_object_get_string (GTK_STRING_OBJECT (second)), choice);
}

/* Tells that each provider has an hour tomorrow; who of them gets it is what is counted. */
static void
free_an_hour_of_all (WindowFixture *fixture, RcpWaitListModel *model)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk));
  gint64 start = rcp_clock_get_now (rcp_desk_get_clock (fixture->desk)) / G_TIME_SPAN_HOUR * G_TIME_SPAN_HOUR + G_TIME_SPAN_DAY;

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      rcp_wait_list_model_add_free (model, provider, (RcpTimeRange){ start, start + G_TIME_SPAN_HOUR });
    }
}

/* What must be is kept with who waits: it is told in the row, and times of others are not offered. */
static void
test_waits (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpPatient) patient = NULL;
  g_autofree char *out = NULL;
  RcpWaitListModel *model = fixture->window->wait_list;
  GListModel *freed = rcp_wait_list_model_get_freed (model);
  GtkWidget *booking;

  window_fixture_open (fixture, practice);
  out = put_out_of_network (fixture);
  patient = make_patient (fixture, "es-MX");
  booking = open_booking (fixture, patient);
  WAIT_FOR (count_offers (booking, NULL) > 0 && window_find (booking, is_saying, "Of the plan: Acme Gold"));
  window_press ("alt+g");
  window_press ("alt+n");
  adw_combo_row_set_selected (ADW_COMBO_ROW (window_find (booking, is_combo_with, "Any Woman")), RCP_GENDER_FEMALE);
  g_signal_emit_by_name (window_find (booking, is_button, "Put on Wait _List"), "clicked");
  WAIT_FOR (rcp_wait_list_model_get_count (model) == 1);
  gtk_window_destroy (GTK_WINDOW (booking));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "wait-list");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_saying, "speaks Spanish · with a woman · in the network Acme Gold"));
  free_an_hour_of_all (fixture, model);
  g_assert_cmpuint (g_list_model_get_n_items (freed), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (freed); i++)
    {
      g_autoptr (RcpFreed) one = g_list_model_get_item (freed, i);
      RcpProvider *provider = rcp_freed_get_provider (one);

      g_test_message ("%s", rcp_provider_get_name (provider));
      g_assert_true (speaks (provider, "es"));
      g_assert_cmpint (rcp_provider_get_gender (provider), !=, RCP_GENDER_MALE);
      g_assert_cmpstr (rcp_provider_get_schedule_id (provider), !=, out);
    }
  g_assert_nonnull (window_find (GTK_WIDGET (fixture->window), is_saying, "speaks Spanish · of the gender asked for · network unknown"));
  ui_picture_save (GTK_WIDGET (fixture->window), "wait-list-musts");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/booking-musts/language", WindowFixture, NULL, window_fixture_set_up, test_language, window_fixture_tear_down);
  g_test_add ("/ui/booking-musts/nobody", WindowFixture, NULL, window_fixture_set_up, test_nobody, window_fixture_tear_down);
  g_test_add ("/ui/booking-musts/network", WindowFixture, NULL, window_fixture_set_up, test_network, window_fixture_tear_down);
  g_test_add ("/ui/booking-musts/waits", WindowFixture, NULL, window_fixture_set_up, test_waits, window_fixture_tear_down);
  return g_test_run ();
}
