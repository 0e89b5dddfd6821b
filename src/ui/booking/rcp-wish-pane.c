/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-wish-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "clinic/rcp-clinic-rules.h"
#include "clinic/rcp-specialty.h"
#include "ui/find/rcp-found-row.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-tab-stop.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"

/**
 * RcpWishPane:
 *
 * See the header. The combo rows list what the roster offers, with "Any" in front.
 */
/* Above the names of providers: anybody, any woman, any man, in the order of RcpGender. */
#define N_ANYBODY 3

#define N_MUSTS 2

static const struct
{
  RcpBarrier barrier;
  const char *title;
  const char *known;   /* how what the record says is shown */
  const char *unknown;
} musts[N_MUSTS] = {
  /* Translators: the languages of the patient */
  { RCP_BARRIER_LANGUAGE, N_("Speaks the Lan_guage"), N_("%s, without an interpreter"), N_("The record names no language") },
  /* Translators: the network of the patient's plan */
  { RCP_BARRIER_NETWORK, N_("In _Network Only"), N_("Of the plan: %s"), N_("The record names no network") },
};

struct _RcpWishPane
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  RcpBookingModel *model;
  gboolean filling; /* the widgets are being set from the model */

  AdwActionRow *patient_row;
  GtkWidget *change_patient_button;
  AdwComboRow *visit_type_row;
  GtkWidget *complaint_row;
  GtkToggleButton *routine_button;
  GtkToggleButton *urgent_button;
  GtkToggleButton *emergency_button;
  GtkWidget *emergency_label;
  GtkToggleButton *morning_button;
  GtkToggleButton *afternoon_button;
  GtkToggleButton *evening_button;
  GtkMenuButton *from_button;
  GtkPopover *from_popover;
  AdwComboRow *specialty_row;
  AdwComboRow *provider_row;
  AdwPreferencesGroup *musts_group;
  AdwActionRow *must_rows[N_MUSTS];
  GtkSwitch *must_switches[N_MUSTS];
};

G_STATIC_ASSERT (RCP_GENDER_MALE + 1 == N_ANYBODY);

G_DEFINE_TYPE (RcpWishPane, rcp_wish_pane, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_PATIENT_CHANGE_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_change_patient_clicked_cb (GtkButton *button, RcpWishPane *self)
{
  g_signal_emit (self, signals[SIGNAL_PATIENT_CHANGE_REQUESTED], 0);
}

static void
on_visit_type_selected_cb (AdwComboRow *row, GParamSpec *pspec, RcpWishPane *self)
{
  GListModel *visit_types;
  g_autoptr (RcpVisitType) visit_type = NULL;

  if (self->filling)
    return;
  visit_types = rcp_roster_get_visit_types (rcp_desk_get_roster (self->desk));
  visit_type = g_list_model_get_item (visit_types, adw_combo_row_get_selected (row));
  rcp_booking_model_set_visit_type (self->model, visit_type);
}

static void
on_specialty_selected_cb (AdwComboRow *row, GParamSpec *pspec, RcpWishPane *self)
{
  guint selected = adw_combo_row_get_selected (row);
  guint n_specialties;
  const RcpSpecialty *specialties = rcp_specialty_list (&n_specialties);

  if (!self->filling)
    rcp_booking_model_set_specialty (self->model, selected > 0 && selected <= n_specialties ? specialties[selected - 1].code : NULL);
}

static void
on_provider_selected_cb (AdwComboRow *row, GParamSpec *pspec, RcpWishPane *self)
{
  guint selected = adw_combo_row_get_selected (row);
  g_autoptr (RcpProvider) provider = NULL;

  if (self->filling)
    return;
  if (selected >= N_ANYBODY && selected != GTK_INVALID_LIST_POSITION)
    provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (self->desk)), selected - N_ANYBODY);
  rcp_booking_model_set_gender (self->model, selected < N_ANYBODY ? (RcpGender) selected : RCP_GENDER_ANY);
  rcp_booking_model_set_provider (self->model, provider);
}

static void
on_complaint_changed_cb (GtkEditable *row, RcpWishPane *self)
{
  rcp_booking_model_set_complaint (self->model, gtk_editable_get_text (row));
}

static void
on_urgency_toggled_cb (GtkToggleButton *button, RcpWishPane *self)
{
  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  if (button == self->urgent_button)
    rcp_booking_model_set_urgency (self->model, RCP_URGENCY_URGENT);
  else if (button == self->emergency_button)
    rcp_booking_model_set_urgency (self->model, RCP_URGENCY_EMERGENCY);
  else
    rcp_booking_model_set_urgency (self->model, RCP_URGENCY_ROUTINE);
}

static void
on_time_toggled_cb (GtkToggleButton *button, RcpWishPane *self)
{
  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  if (button == self->morning_button)
    rcp_booking_model_set_time_of_day (self->model, RCP_TIME_OF_DAY_MORNING);
  else if (button == self->afternoon_button)
    rcp_booking_model_set_time_of_day (self->model, RCP_TIME_OF_DAY_AFTERNOON);
  else if (button == self->evening_button)
    rcp_booking_model_set_time_of_day (self->model, RCP_TIME_OF_DAY_EVENING);
  else
    rcp_booking_model_set_time_of_day (self->model, RCP_TIME_OF_DAY_ANY);
}

static void
show_from (RcpWishPane *self)
{
  const GDate *from = &rcp_booking_model_get_wish (self->model)->from;
  gint64 noon = rcp_time_at_minute (from, 12 * 60, rcp_desk_get_zone (self->desk));
  g_autofree char *day = NULL;
  GDate today;

  rcp_desk_get_today (self->desk, &today);
  day = g_date_compare (from, &today) == 0 ? g_strdup (_("Today"))
                                           : rcp_time_text_short_day (noon, rcp_desk_get_zone (self->desk));
  gtk_menu_button_set_label (self->from_button, day);
  /* The title of the row is said for the row. */
  rcp_compat_name (GTK_WIDGET (self->from_button), day);
}

static void
on_from_selected_cb (GtkCalendar *calendar, RcpWishPane *self)
{
  g_autoptr (GDateTime) selected = NULL;
  GDate from;

  if (self->filling)
    return;
  selected = gtk_calendar_get_date (calendar);
  g_date_clear (&from, 1);
  g_date_set_dmy (&from, g_date_time_get_day_of_month (selected), g_date_time_get_month (selected),
                  g_date_time_get_year (selected));
  rcp_booking_model_set_from (self->model, &from);
  show_from (self);
  gtk_popover_popdown (self->from_popover);
}

/* Names of the items of @list by @get_name, behind @first (nullable): (transfer full). */
static GListModel *
list_names (GListModel *list, const char *(*get_name) (gpointer item), const char *const *first)
{
  GtkStringList *names = gtk_string_list_new (first);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      gtk_string_list_append (names, get_name (item));
    }

  return G_LIST_MODEL (names);
}

static const char *
get_provider_name (gpointer item)
{
  return rcp_provider_get_name (item);
}

static const char *
get_visit_type_name (gpointer item)
{
  return rcp_visit_type_get_name (item);
}

/* How soon is soon enough is for the clinic to say. */
static void
tell_urgent_days (RcpWishPane *self)
{
  guint days = rcp_clinic_rules_get_urgent_days (rcp_desk_get_roster (self->desk));
  g_autofree char *text = g_strdup_printf (ngettext ("Within %u day, today being the first", "Within %u days, today being the first", days), days);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->urgent_button), text);
}

static void
fill_rows (RcpWishPane *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  /* Translators: with whom a visit is wished for */
  const char *const anybody[] = { _("Any"), C_("a provider", "Any Woman"), C_("a provider", "Any Man"), NULL };
  g_autoptr (GListModel) providers = list_names (rcp_roster_get_providers (roster), get_provider_name, anybody);
  g_autoptr (GListModel) visit_types = list_names (rcp_roster_get_visit_types (roster), get_visit_type_name, NULL);
  g_autoptr (GtkStringList) specialties = gtk_string_list_new (NULL);
  guint n_specialties;
  const RcpSpecialty *list = rcp_specialty_list (&n_specialties);

  gtk_string_list_append (specialties, _("Any"));
  for (guint i = 0; i < n_specialties; i++)
    gtk_string_list_append (specialties, rcp_specialty_get_name (list[i].code));

  self->filling = TRUE;
  adw_combo_row_set_model (self->visit_type_row, visit_types);
  adw_combo_row_set_model (self->specialty_row, G_LIST_MODEL (specialties));
  adw_combo_row_set_model (self->provider_row, providers);
  self->filling = FALSE;
}

/* Sets the widgets to the wish of the model. */
static void
show_wish (RcpWishPane *self)
{
  const RcpWish *wish = rcp_booking_model_get_wish (self->model);
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  GListModel *providers = rcp_roster_get_providers (roster);
  GListModel *visit_types = rcp_roster_get_visit_types (roster);

  self->filling = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (g_strcmp0 (rcp_provider_get_schedule_id (provider), wish->schedule_id) == 0)
        adw_combo_row_set_selected (self->provider_row, i + N_ANYBODY);
    }
  for (guint i = 0; i < g_list_model_get_n_items (visit_types); i++)
    {
      g_autoptr (RcpVisitType) visit_type = g_list_model_get_item (visit_types, i);

      if (visit_type == rcp_booking_model_get_visit_type (self->model))
        adw_combo_row_set_selected (self->visit_type_row, i);
    }
  gtk_toggle_button_set_active (wish->urgency == RCP_URGENCY_EMERGENCY ? self->emergency_button
                                : wish->urgency == RCP_URGENCY_URGENT  ? self->urgent_button
                                                                       : self->routine_button, TRUE);
  self->filling = FALSE;
  show_from (self);
}

static void
show_patient (RcpWishPane *self)
{
  RcpPatient *patient = rcp_booking_model_get_patient (self->model);
  RcpVisit *moving = rcp_booking_model_get_moving (self->model);
  g_autofree char *detail = NULL;
  const char *name = "";

  if (patient != NULL)
    {
      name = rcp_patient_get_name (patient);
      detail = rcp_found_row_describe_patient (patient, rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
    }
  else if (moving != NULL)
    name = rcp_visit_get_patient_name (moving);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->patient_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->patient_row), name);
  adw_action_row_set_subtitle (self->patient_row, detail != NULL ? detail : "");
}

/* Without its underscore. */
static char *
dup_plain (const char *title)
{
  g_auto (GStrv) parts = g_strsplit (title, "_", -1);

  return g_strjoinv (NULL, parts);
}

static void
show_must (RcpWishPane *self, guint i)
{
  RcpOfferRanking *ranking = rcp_booking_model_get_ranking (self->model);
  g_autofree char *what = rcp_offer_ranking_describe_must (ranking, musts[i].barrier);
  g_autofree char *known = what != NULL ? g_strdup_printf (_(musts[i].known), what) : g_strdup (_(musts[i].unknown));
  g_autofree char *escaped = g_markup_escape_text (known, -1), *plain = dup_plain (_(musts[i].title));

  adw_action_row_set_subtitle (self->must_rows[i], escaped);
  rcp_spoken_row_name (self->must_rows[i], plain, known);
  gtk_widget_set_sensitive (GTK_WIDGET (self->must_rows[i]), what != NULL);
  gtk_switch_set_active (self->must_switches[i], (rcp_offer_ranking_get_musts (ranking) & musts[i].barrier) != 0);
}

/* What is known of the patient comes after the patient; and a condition may be dropped elsewhere. */
static void
show_musts (RcpWishPane *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < N_MUSTS; i++)
    show_must (self, i);
  self->filling = FALSE;
}

static void
on_must_switched_cb (RcpWishPane *self)
{
  guint wanted = 0;

  if (self->filling)
    return;
  for (guint i = 0; i < N_MUSTS; i++)
    if (gtk_switch_get_active (self->must_switches[i]))
      wanted |= musts[i].barrier;
  rcp_booking_model_set_musts (self->model, wanted);
}

static void
add_musts (RcpWishPane *self)
{
  for (guint i = 0; i < N_MUSTS; i++)
    {
      GtkWidget *toggle = gtk_switch_new (), *row = rcp_check_row_new (toggle, GTK_PACK_END);

      self->must_rows[i] = ADW_ACTION_ROW (row);
      self->must_switches[i] = GTK_SWITCH (toggle);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(musts[i].title));
      adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
      g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_must_switched_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->musts_group, row);
    }
}

static void
rcp_wish_pane_dispose (GObject *object)
{
  RcpWishPane *self = RCP_WISH_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RCP_TYPE_WISH_PANE);
  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_wish_pane_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RCP_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-wish-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, patient_row);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, change_patient_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, visit_type_row);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, complaint_row);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, routine_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, urgent_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, emergency_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, emergency_label);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, morning_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, afternoon_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, evening_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, from_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, from_popover);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, specialty_row);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, provider_row);
  gtk_widget_class_bind_template_child (widget_class, RcpWishPane, musts_group);
  gtk_widget_class_bind_template_callback (widget_class, on_change_patient_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_complaint_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_from_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_provider_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_specialty_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_time_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_urgency_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_visit_type_selected_cb);
}

static void
rcp_wish_pane_class_init (RcpWishPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_wish_pane_dispose;

  signals[SIGNAL_PATIENT_CHANGE_REQUESTED] = g_signal_new ("patient-change-requested", G_TYPE_FROM_CLASS (klass),
                                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rcp_wish_pane_init (RcpWishPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_musts (self);
}

/**
 * rcp_wish_pane_set_model:
 * @desk: an open desk, whose roster is listed
 * @model: the wish to show and to change
 *
 * To be called once.
 */
void
rcp_wish_pane_set_model (RcpWishPane *self, RcpDesk *desk, RcpBookingModel *model)
{
  g_return_if_fail (RCP_IS_WISH_PANE (self));
  g_return_if_fail (self->model == NULL);

  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  g_object_bind_property (self->emergency_button, "active", self->emergency_label, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (model, "notify::state", G_CALLBACK (show_musts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_booking_model_get_ranking (model), "changed", G_CALLBACK (show_musts), self, G_CONNECT_SWAPPED);
  tell_urgent_days (self);
  fill_rows (self);
  rcp_wish_pane_show (self);
}

/**
 * rcp_wish_pane_show:
 *
 * Sets the widgets to what the model holds; a visit that moves keeps its patient, type and complaint.
 */
void
rcp_wish_pane_show (RcpWishPane *self)
{
  gboolean moving;

  g_return_if_fail (RCP_IS_WISH_PANE (self));

  moving = rcp_booking_model_get_moving (self->model) != NULL;
  show_patient (self);
  show_wish (self);
  show_musts (self);
  gtk_widget_set_visible (self->change_patient_button, !moving);
  gtk_widget_set_visible (self->complaint_row, !moving);
  gtk_widget_set_sensitive (GTK_WIDGET (self->visit_type_row), !moving);
}

/**
 * rcp_wish_pane_has_popover:
 *
 * Returns: whether a popover is open, which Escape closes first
 */
gboolean
rcp_wish_pane_has_popover (RcpWishPane *self)
{
  g_return_val_if_fail (RCP_IS_WISH_PANE (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->from_popover));
}
