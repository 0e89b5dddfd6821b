/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-form-pages"

#include "config.h"

#include "rcp-form-pages.h"

#include <glib/gi18n.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-service-type.h"
#include "clinic/rcp-specialty.h"
#include "rcp-periods-group.h"
#include "ui/rcp-number-text.h"
#include "ui/rcp-ui-compat.h"

typedef struct
{
  AdwPreferencesPage *page;
  RcpFormRows *rows;
  RcpFormModel *model;
  GDate today;
} Form;

const char *
rcp_form_pages_get_title (RcpFormModel *model)
{
  gboolean is_new = rcp_form_model_is_new (model);

  switch (rcp_form_model_get_kind (model))
    {
    case RCP_SETUP_PROVIDER:
      return is_new ? _("Add Provider") : _("Edit Provider");
    case RCP_SETUP_PLACE:
      return is_new ? _("Add Place") : _("Edit Place");
    case RCP_SETUP_ROOM:
      return is_new ? _("Add Room or Device") : _("Edit Room or Device");
    case RCP_SETUP_VISIT_TYPE:
    default:
      return is_new ? _("Add Visit Type") : _("Edit Visit Type");
    }
}

static GtkWidget *
add_group (Form *form, const char *title, const char *description)
{
  return GTK_WIDGET (rcp_form_rows_add_group (form->page, title, description));
}

/* Codes and names of the specialties of the desk, with a first one that means none unless @none is NULL. */
static void
list_specialties (const char *none, GPtrArray *codes, GPtrArray *names)
{
  guint n;
  const RcpSpecialty *specialties = rcp_specialty_list (&n);

  if (none != NULL)
    {
      g_ptr_array_add (codes, (gpointer) "");
      g_ptr_array_add (names, (gpointer) none);
    }
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (codes, (gpointer) specialties[i].code);
      g_ptr_array_add (names, (gpointer) rcp_specialty_get_name (specialties[i].code));
    }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (names, NULL);
}

/* A specialty that the record has and the desk does not know stays a choice. */
static void
add_specialty (Form *form, GtkWidget *group)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *code = rcp_form_model_get_text (form->model, RCP_KEY_SPECIALTY);

  list_specialties (_("None"), codes, names);
  if (!g_strv_contains ((const char *const *) codes->pdata, code))
    {
      g_ptr_array_insert (codes, 1, (gpointer) code);
      g_ptr_array_insert (names, 1, (gpointer) code);
    }
  rcp_form_rows_add_choice (form->rows, group, RCP_KEY_SPECIALTY, _("Specialty"), (const char *const *) codes->pdata,
                            (const char *const *) names->pdata);
}

static void
on_copy_clicked_cb (RcpFormModel *model, GtkButton *button)
{
  rcp_form_model_copy_monday (model, g_object_get_data (G_OBJECT (button), "place"));
}

static void
add_copy_button (Form *form, GtkWidget *row, const char *place_id)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  const char *label = _("Copy Monday to All Weekdays");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  rcp_compat_name (GTK_WIDGET (button), label);
  g_object_set_data_full (G_OBJECT (button), "place", g_strdup (place_id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_copy_clicked_cb), form->model, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

static void
add_post (Form *form, GtkWidget *group, FhirResource *site)
{
  const char *days[] = { _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday") };
  const char *id = fhir_resource_get_id (site);
  const char *name = fhir_json_get_string (fhir_resource_get_json (site), "name");
  g_autofree char *works = g_strconcat ("works:", id, NULL);
  g_autofree char *overbook = g_strconcat ("overbook:", id, NULL);
  GtkWidget *expander
      = rcp_form_rows_add_expander (form->rows, group, works, name != NULL ? name : _("Place without a name"));

  for (int i = 0; i < (int) G_N_ELEMENTS (days); i++)
    {
      g_autofree char *key = g_strdup_printf (RCP_KEY_HOURS, id, i + 1);
      GtkWidget *row = rcp_form_rows_add_entry (form->rows, expander, key, days[i]);

      if (i == 0)
        add_copy_button (form, row, id);
    }
  rcp_form_rows_add_number (form->rows, expander, overbook, _("Overbooked Visits per Half Day"));
}

static GtkWidget *
fill_provider (Form *form)
{
  GtkWidget *person = add_group (form, NULL, NULL);
  GtkWidget *patients = NULL;
  GtkWidget *hours;
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (rcp_form_model_get_roster (form->model));
  GtkWidget *first = rcp_form_rows_add_entry (form->rows, person, RCP_KEY_PREFIX, _("Title"));

  rcp_form_rows_add_entry (form->rows, person, RCP_KEY_GIVEN, _("Given Name"));
  rcp_form_rows_add_entry (form->rows, person, RCP_KEY_FAMILY, _("Family Name"));
  add_specialty (form, person);
  /* Translators: en and es are codes of languages; write the common ones of your country. */
  rcp_form_rows_add_entry (form->rows, person, RCP_KEY_LANGUAGES, _("Languages, such as en, es"));

  hours = add_group (form, _("Working Hours"), _("Such as 9-12, 13-17: what is between two parts is a break. Empty is a day off."));
  for (guint i = 0; i < sites->len; i++)
    add_post (form, hours, sites->pdata[i]);
  adw_preferences_page_add (form->page,
                            ADW_PREFERENCES_GROUP (rcp_periods_group_new (form->model, RCP_KEY_LEAVE, _("Leave"),
                                                                          _("Add Leave"), &form->today)));
  patients = add_group (form, _("Patients"), NULL);
  rcp_form_rows_add_switch (form->rows, patients, RCP_KEY_NEW_PATIENTS, _("Accepts New Patients"), NULL);
  rcp_form_rows_add_number (form->rows, patients, RCP_KEY_AGE_FROM, _("Youngest Age"));
  rcp_form_rows_add_number (form->rows, patients, RCP_KEY_AGE_TO, _("Oldest Age"));
  rcp_form_rows_add_number (form->rows, patients, RCP_KEY_RATING, _("The Clinic’s Rating, 1 to 5"));
  if (!rcp_form_model_is_new (form->model))
    rcp_form_rows_add_switch (form->rows, add_group (form, NULL, NULL), RCP_KEY_ACTIVE, _("Works Here"),
                              _("Without it nobody can be booked, and booked visits are listed to be moved"));
  return first;
}

static GtkWidget *
fill_place (Form *form)
{
  GtkWidget *place = add_group (form, NULL, NULL);
  GtkWidget *address = add_group (form, _("Address"), NULL);
  GtkWidget *first = rcp_form_rows_add_entry (form->rows, place, RCP_KEY_NAME, _("Name"));

  rcp_number_text_set_up_entry (GTK_EDITABLE (rcp_form_rows_add_entry (form->rows, place, RCP_KEY_PHONE, _("Phone"))));
  rcp_form_rows_add_entry (form->rows, place, RCP_KEY_ZONE, _("Time Zone"));
  rcp_form_rows_add_entry (form->rows, address, RCP_KEY_STREET, _("Street"));
  rcp_form_rows_add_entry (form->rows, address, RCP_KEY_CITY, _("City"));
  rcp_form_rows_add_entry (form->rows, address, RCP_KEY_STATE, _("State"));
  rcp_form_rows_add_entry (form->rows, address, RCP_KEY_POSTAL_CODE, _("Postal Code"));
  adw_preferences_page_add (form->page,
                            ADW_PREFERENCES_GROUP (rcp_periods_group_new (form->model, RCP_KEY_CLOSED, _("Closed Days"),
                                                                          _("Add Closed Days"), &form->today)));
  if (!rcp_form_model_is_new (form->model))
    rcp_form_rows_add_switch (form->rows, add_group (form, NULL, NULL), RCP_KEY_ACTIVE, _("In Use"), NULL);
  return first;
}

static void
add_sites (Form *form, GtkWidget *group)
{
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (rcp_form_model_get_roster (form->model));
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < sites->len; i++)
    {
      const char *name = fhir_json_get_string (fhir_resource_get_json (sites->pdata[i]), "name");

      g_ptr_array_add (codes, (gpointer) fhir_resource_get_id (sites->pdata[i]));
      g_ptr_array_add (names, (gpointer) (name != NULL ? name : _("Place without a name")));
    }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (names, NULL);
  rcp_form_rows_add_choice (form->rows, group, RCP_KEY_PLACE, _("Place"), (const char *const *) codes->pdata,
                            (const char *const *) names->pdata);
}

/* Only a device has a kind of device. */
static void
update_device_row (RcpFormModel *model, gpointer user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (user_data), g_str_equal (rcp_form_model_get_text (model, RCP_KEY_KIND), "device"));
}

static GtkWidget *
fill_room (Form *form)
{
  static const char *const codes[] = { "room", "device", NULL };
  const char *names[] = { _("Room"), _("Device"), NULL };
  GtkWidget *room = add_group (form, NULL, NULL);
  GtkWidget *first = rcp_form_rows_add_entry (form->rows, room, RCP_KEY_NAME, _("Name"));
  GtkWidget *device;

  if (rcp_form_model_is_new (form->model))
    rcp_form_rows_add_choice (form->rows, room, RCP_KEY_KIND, _("What It Is"), codes, names);
  device = rcp_form_rows_add_entry (form->rows, room, RCP_KEY_DEVICE, _("Kind of Device, such as ultrasound"));
  update_device_row (form->model, device);
  g_signal_connect_object (form->model, "changed", G_CALLBACK (update_device_row), device, 0);
  add_sites (form, room);
  if (!rcp_form_model_is_new (form->model))
    rcp_form_rows_add_switch (form->rows, room, RCP_KEY_ACTIVE, _("In Use"), NULL);
  return first;
}

static void
add_needs (Form *form, GtkWidget *group)
{
  g_autoptr (GHashTable) types = rcp_setup_list_device_types (rcp_form_model_get_roster (form->model));
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *needs = rcp_form_model_get_text (form->model, RCP_KEY_NEEDS);
  GHashTableIter iter;
  gpointer code, name;

  g_ptr_array_add (codes, (gpointer) "");
  g_ptr_array_add (names, (gpointer) _("Only the Provider"));
  g_ptr_array_add (codes, (gpointer) RCP_NEEDS_ROOM);
  g_ptr_array_add (names, (gpointer) _("A Room"));
  g_hash_table_iter_init (&iter, types);
  while (g_hash_table_iter_next (&iter, &code, &name))
    {
      g_ptr_array_add (codes, code);
      g_ptr_array_add (names, name != NULL ? name : code);
    }
  /* A device that the clinic has no more is still said. */
  if (*needs != '\0' && !g_str_equal (needs, RCP_NEEDS_ROOM) && !g_hash_table_contains (types, needs))
    {
      g_ptr_array_add (codes, (gpointer) needs);
      g_ptr_array_add (names, (gpointer) needs);
    }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (names, NULL);
  rcp_form_rows_add_choice (form->rows, group, RCP_KEY_NEEDS, _("Needs"), (const char *const *) codes->pdata,
                            (const char *const *) names->pdata);
}

static void
on_suggestion_clicked_cb (RcpFormModel *model, GtkButton *button)
{
  const char *before = rcp_form_model_get_text (model, RCP_KEY_PREPARATION);
  const char *words = g_object_get_data (G_OBJECT (button), "words");
  g_autofree char *text = *before != '\0' ? g_strconcat (before, " ", words, NULL) : g_strdup (words);

  rcp_form_model_set_text (model, RCP_KEY_PREPARATION, text);
}

/* The two that nearly every clinic asks for. */
static void
add_suggestion (Form *form, GtkWidget *group, const char *title, const char *words)
{
  GtkWidget *row = GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", words, NULL));
  GtkWidget *button = gtk_button_new_with_label (_("Add"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "words", g_strdup (words), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_suggestion_clicked_cb), form->model, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* A code that the record has and the desk does not list stays a choice. */
static void
add_service_type (Form *form, GtkWidget *group)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new (), names = g_ptr_array_new ();
  const char *code = rcp_form_model_get_text (form->model, RCP_KEY_SERVICE_TYPE);
  guint n;
  const RcpServiceType *types = rcp_service_type_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (codes, (gpointer) types[i].code);
      g_ptr_array_add (names, (gpointer) rcp_service_type_get_name (types[i].code));
    }
  if (*code != '\0' && rcp_service_type_get_name (code) == NULL)
    {
      g_ptr_array_add (codes, (gpointer) code);
      g_ptr_array_add (names, (gpointer) code);
    }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (names, NULL);
  rcp_form_rows_add_choice (form->rows, group, RCP_KEY_SERVICE_TYPE, _("Kind of Service"), (const char *const *) codes->pdata,
                            (const char *const *) names->pdata);
}

static void
add_payment (Form *form)
{
  GtkWidget *group = add_group (form, _("Payment"), _("From the price and the answer of the payer the desk tells what the patient pays."));
  g_autofree char *currency = rcp_setup_dup_currency (rcp_form_model_get_roster (form->model), rcp_form_model_get_reference (form->model));
  /* Translators: %s is a currency: "USD". */
  g_autofree char *price = g_strdup_printf (_("Price in %s"), currency);
  /* Translators: what payers pay at most by their contracts with the clinic; %s is a currency: "USD". */
  g_autofree char *allowed = g_strdup_printf (_("Allowed by Contract, in %s"), currency);

  rcp_form_rows_add_entry (form->rows, group, RCP_KEY_PRICE, price);
  rcp_form_rows_add_entry (form->rows, group, RCP_KEY_ALLOWED, allowed);
  add_service_type (form, group);
}

static GtkWidget *
fill_visit_type (Form *form)
{
  GtkWidget *group = add_group (form, NULL, NULL);
  GtkWidget *preparation = add_group (form, _("Preparation"), _("What the patient is told before the visit."));
  GtkWidget *who = add_group (form, _("Who and Where"), NULL);
  GtkWidget *first = rcp_form_rows_add_entry (form->rows, group, RCP_KEY_NAME, _("Name"));
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  rcp_form_rows_add_number (form->rows, group, RCP_KEY_MINUTES, _("Minutes"));
  rcp_form_rows_add_entry (form->rows, preparation, RCP_KEY_PREPARATION, _("Words for the Patient"));
  add_suggestion (form, preparation, _("Fasting"), _("Please come fasting: nothing but water for eight hours before."));
  add_suggestion (form, preparation, _("Held Medication"), _("Please ask us which medicines to hold before."));
  add_needs (form, who);
  list_specialties (NULL, codes, names);
  rcp_form_rows_add_set (form->rows, who, RCP_KEY_SPECIALTIES, _("Specialties"), _("All"), (const char *const *) codes->pdata,
                         (const char *const *) names->pdata);
  rcp_form_rows_add_switch (form->rows, who, RCP_KEY_NEW_ONLY, _("New Patients Only"), NULL);
  add_payment (form);
  if (!rcp_form_model_is_new (form->model))
    rcp_form_rows_add_switch (form->rows, add_group (form, NULL, NULL), RCP_KEY_ACTIVE, _("In Use"), NULL);
  return first;
}

GtkWidget *
rcp_form_pages_fill (AdwPreferencesPage *page, RcpFormRows *rows, RcpFormModel *model)
{
  static GtkWidget *(*const fills[]) (Form *) = {
    [RCP_SETUP_PROVIDER] = fill_provider,
    [RCP_SETUP_PLACE] = fill_place,
    [RCP_SETUP_ROOM] = fill_room,
    [RCP_SETUP_VISIT_TYPE] = fill_visit_type,
  };
  Form form = { .page = page, .rows = rows, .model = model };

  rcp_form_model_get_today (model, &form.today);
  return fills[rcp_form_model_get_kind (model)](&form);
}
