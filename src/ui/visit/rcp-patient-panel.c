/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-patient-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "clinic/rcp-patient-finder.h"
#include "scheduling/rcp-book-visit.h"
#include "ui/find/rcp-found-row.h"
#include "ui/insurance/rcp-insurance-box.h"
#include "ui/patient/rcp-compare-view.h"
#include "ui/patient/rcp-flags-box.h"
#include "ui/rcp-side-layout.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"
#include "ui/visit/rcp-flow-text.h"

/* More past visits than these help nobody on the phone. */
#define MAX_PAST 12

/**
 * RcpPatientPanel:
 *
 * See the header.
 */
struct _RcpPatientPanel
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  RcpPatient *patient;
  GCancellable *cancellable;
  GListStore *coming;
  GListStore *past;

  GtkLabel *name_label;
  GtkLabel *detail_label;
  GtkLabel *status_label;
  GtkWidget *book_button;
  GtkWidget *edit_button;
  GtkBox *flags_slot;
  RcpFlagsBox *flags_box;
  GtkBox *insurance_slot;
  RcpInsuranceBox *insurance_box;
  GtkLabel *no_show_label;
  AdwPreferencesGroup *contact_group;
  GPtrArray *contact_rows; /* borrowed */
  GtkWidget *coming_group;
  GtkWidget *past_group;
  GtkListBox *coming_list;
  GtkListBox *past_list;
};

G_DEFINE_TYPE (RcpPatientPanel, rcp_patient_panel, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_BOOKING_REQUESTED,
  SIGNAL_VISIT_ACTIVATED,
  SIGNAL_VISITS_READ,
  SIGNAL_EDIT_REQUESTED,
  SIGNAL_HISTORY_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
create_visit_row (gpointer item, gpointer user_data)
{
  RcpPatientPanel *self = user_data;
  RcpVisit *visit = item;
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (self->desk), visit);
  GTimeZone *zone = provider != NULL ? rcp_provider_get_zone (provider) : rcp_desk_get_zone (self->desk);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *status = gtk_label_new (rcp_visit_status_to_label (rcp_visit_get_status (visit)));
  g_autofree char *day = rcp_time_text_short_day (rcp_visit_get_range (visit).start, zone);
  g_autofree char *time = rcp_time_text_clock (rcp_visit_get_range (visit).start, zone);
  g_autofree char *title = g_strdup_printf ("%s, %s", day, time);
  g_autofree char *subtitle = NULL;

  subtitle = g_strdup_printf ("%s%s%s", rcp_visit_get_type_name (visit), provider != NULL ? " · " : "",
                              provider != NULL ? rcp_provider_get_name (provider) : "");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (status, "dim-label");
  gtk_widget_add_css_class (status, "caption");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), status);
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
show_visits (RcpPatientPanel *self, GListModel *visits)
{
  gint64 now = rcp_clock_get_now (rcp_desk_get_clock (self->desk));
  guint n_no_shows = 0;
  g_autofree char *no_shows = NULL;

  g_list_store_remove_all (self->coming);
  g_list_store_remove_all (self->past);
  for (guint i = 0; visits != NULL && i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (visits, i);

      n_no_shows += rcp_visit_get_status (visit) == RCP_VISIT_NOSHOW;
      /* They come latest first: what is to come reads better soonest first. */
      if (rcp_visit_get_range (visit).end > now)
        g_list_store_insert (self->coming, 0, visit);
      else if (g_list_model_get_n_items (G_LIST_MODEL (self->past)) < MAX_PAST)
        g_list_store_append (self->past, visit);
    }
  no_shows = g_strdup_printf (ngettext ("%u visit missed without notice", "%u visits missed without notice", n_no_shows), n_no_shows);
  gtk_label_set_label (self->no_show_label, no_shows);
  gtk_widget_set_visible (GTK_WIDGET (self->no_show_label), n_no_shows > 0);
  gtk_widget_set_visible (self->coming_group, g_list_model_get_n_items (G_LIST_MODEL (self->coming)) > 0);
  gtk_widget_set_visible (self->past_group, g_list_model_get_n_items (G_LIST_MODEL (self->past)) > 0);
}

/* (transfer full): what the patient comes for next, or NULL */
static RcpVisit *
dup_next_visit (RcpPatientPanel *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->coming)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (self->coming), i);

      if (rcp_visit_status_takes_time (rcp_visit_get_status (visit)))
        return g_steal_pointer (&visit);
    }
  return NULL;
}

/* The insurance is asked about for the day on which it is needed next, and for what it is needed then. */
static void
show_insurance_visit (RcpPatientPanel *self)
{
  g_autoptr (RcpVisit) next = dup_next_visit (self);

  rcp_insurance_box_set_visit (self->insurance_box, next);
}

static void
on_visits_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpPatientPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) visits = rcp_patient_visits_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  show_visits (self, visits);
  show_insurance_visit (self);
  if (error != NULL)
    gtk_label_set_label (self->status_label, _("The visits could not be read. Check the connection."));
  else if (g_list_model_get_n_items (visits) == 0)
    gtk_label_set_label (self->status_label, _("No visits yet"));
  else
    gtk_label_set_label (self->status_label, "");
  g_signal_emit (self, signals[SIGNAL_VISITS_READ], 0);
}

static void
stop_loading (RcpPatientPanel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/**
 * rcp_patient_panel_reload:
 *
 * Reads the visits of the patient again; what is shown stays until they are there.
 */
void
rcp_patient_panel_reload (RcpPatientPanel *self)
{
  g_return_if_fail (RCP_IS_PATIENT_PANEL (self));

  stop_loading (self);
  if (self->patient == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rcp_patient_visits_load_async (rcp_desk_get_client (self->desk), rcp_patient_get_id (self->patient), self->cancellable,
                                 on_visits_loaded_cb, g_object_ref (self));
}

static void
on_book_clicked_cb (GtkButton *button, RcpPatientPanel *self)
{
  if (self->patient != NULL)
    g_signal_emit (self, signals[SIGNAL_BOOKING_REQUESTED], 0, self->patient);
}

static void
on_edit_clicked_cb (GtkButton *button, RcpPatientPanel *self)
{
  if (self->patient != NULL)
    g_signal_emit (self, signals[SIGNAL_EDIT_REQUESTED], 0, self->patient);
}

static void
on_history_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpPatientPanel *self = RCP_PATIENT_PANEL (widget);

  if (self->patient != NULL)
    g_signal_emit (self, signals[SIGNAL_HISTORY_REQUESTED], 0, self->patient);
}

static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, RcpPatientPanel *self)
{
  GListStore *store = list == self->coming_list ? self->coming : self->past;
  g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (store), gtk_list_box_row_get_index (row));

  if (visit != NULL)
    g_signal_emit (self, signals[SIGNAL_VISIT_ACTIVATED], 0, visit);
}

static RcpVisit *
dup_focused_visit (RcpPatientPanel *self, GtkListBox *list, GListStore *store)
{
  GtkWidget *row = rcp_compat_get_focus_child (GTK_WIDGET (list));

  return GTK_IS_LIST_BOX_ROW (row) ? g_list_model_get_item (G_LIST_MODEL (store), (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)))
                                   : NULL;
}

static gboolean
is_today (RcpPatientPanel *self, RcpVisit *visit)
{
  GDate day, today;

  rcp_time_get_day (rcp_visit_get_range (visit).start, rcp_desk_get_zone (self->desk), &day);
  rcp_desk_get_today (self->desk, &today);
  return g_date_compare (&day, &today) == 0;
}

/* The visit as it is for this patient alone, where others come as well; today's is known with how far each is. (transfer full) */
static RcpVisit *
dup_own_part (RcpPatientPanel *self, RcpVisit *visit)
{
  RcpDayBook *book = rcp_desk_get_day_book (self->desk);
  g_autoptr (RcpDay) day = NULL;
  RcpVisit *known;
  GDate today;

  if (rcp_visit_get_n_people (visit) == 1 || !book)
    return g_object_ref (visit);
  rcp_desk_get_today (self->desk, &today);
  day = rcp_day_book_get (book, &today);
  known = rcp_day_find_visit (day, rcp_visit_get_id (visit));
  known = known ? known : visit;
  for (guint i = 0; i < rcp_visit_get_n_people (known); i++)
    if (g_strcmp0 (rcp_visit_get_person_id (known, i), rcp_patient_get_id (self->patient)) == 0)
      return rcp_visit_dup_part (known, i);
  return g_object_ref (visit);
}

static void
rcp_patient_panel_dispose (GObject *object)
{
  RcpPatientPanel *self = RCP_PATIENT_PANEL (object);

  stop_loading (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RCP_TYPE_PATIENT_PANEL);
  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_pointer (&self->contact_rows, g_ptr_array_unref);
  g_clear_object (&self->coming);
  g_clear_object (&self->past);
  g_clear_object (&self->patient);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_patient_panel_parent_class)->dispose (object);
}

static void
rcp_patient_panel_class_init (RcpPatientPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_patient_panel_dispose;

  signals[SIGNAL_BOOKING_REQUESTED] = g_signal_new ("booking-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                    NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_PATIENT);
  signals[SIGNAL_VISIT_ACTIVATED] = g_signal_new ("visit-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                  NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_VISIT);
  signals[SIGNAL_VISITS_READ] = g_signal_new ("visits-read", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 0);
  signals[SIGNAL_EDIT_REQUESTED] = g_signal_new ("edit-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_PATIENT);

  signals[SIGNAL_HISTORY_REQUESTED] = g_signal_new ("history-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                    NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_PATIENT);
  gtk_widget_class_install_action (widget_class, "patient.history", NULL, on_history_activated);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
  g_type_ensure (RCP_TYPE_SIDE_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-patient-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, name_label);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, detail_label);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, status_label);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, book_button);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, edit_button);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, flags_slot);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, insurance_slot);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, no_show_label);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, contact_group);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, coming_group);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, past_group);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, coming_list);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientPanel, past_list);
  gtk_widget_class_bind_template_callback (widget_class, on_book_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
rcp_patient_panel_init (RcpPatientPanel *self)
{
  self->coming = g_list_store_new (RCP_TYPE_VISIT);
  self->past = g_list_store_new (RCP_TYPE_VISIT);
  self->contact_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Patient"), -1);
  gtk_list_box_bind_model (self->coming_list, G_LIST_MODEL (self->coming), create_visit_row, self, NULL);
  gtk_list_box_bind_model (self->past_list, G_LIST_MODEL (self->past), create_visit_row, self, NULL);
}

/**
 * rcp_patient_panel_new:
 * @desk: the desk whose patients are shown
 *
 * Returns: (transfer floating): a panel with no patient
 */
GtkWidget *
rcp_patient_panel_new (RcpDesk *desk)
{
  RcpPatientPanel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_PATIENT_PANEL, NULL);
  self->desk = g_object_ref (desk);
  self->flags_box = RCP_FLAGS_BOX (rcp_flags_box_new (desk, TRUE));
  gtk_box_append (self->flags_slot, GTK_WIDGET (self->flags_box));
  self->insurance_box = RCP_INSURANCE_BOX (rcp_insurance_box_new (desk));
  gtk_box_append (self->insurance_slot, GTK_WIDGET (self->insurance_box));
  return GTK_WIDGET (self);
}

static void
add_contact_row (RcpPatientPanel *self, RcpPatientField field, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rcp_patient_field_get_label (field));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (self->contact_group, row);
  g_ptr_array_add (self->contact_rows, row);
}

/* What a desk is asked for, as far as it is known; a preference says itself. */
static void
show_contact (RcpPatientPanel *self)
{
  static const RcpPatientField fields[] = { RCP_FIELD_CALLED, RCP_FIELD_DO_NOT_CONTACT, RCP_FIELD_PHONE_MOBILE, RCP_FIELD_PHONE_HOME,
                                            RCP_FIELD_PHONE_WORK, RCP_FIELD_EMAIL, RCP_FIELD_PREFERRED, RCP_FIELD_LANGUAGE,
                                            RCP_FIELD_OTHER_LANGUAGES, RCP_FIELD_INTERPRETER, RCP_FIELD_TRANSPORT, RCP_FIELD_CARER_NAME,
                                            RCP_FIELD_CARER_PHONE };
  g_autoptr (RcpPatientFields) known = rcp_patient_fields_new_from_patient (self->patient);
  RcpDeskPlace place;

  while (self->contact_rows->len > 0)
    adw_preferences_group_remove (self->contact_group, g_ptr_array_steal_index (self->contact_rows, self->contact_rows->len - 1));
  rcp_patient_text_init_place (&place, self->desk);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = rcp_patient_text_describe (fields[i], rcp_patient_fields_get (known, fields[i]), &place);

      if (*text != '\0')
        add_contact_row (self, fields[i], text);
    }
  if (rcp_patient_get_address (self->patient) != NULL)
    add_contact_row (self, RCP_FIELD_STREET, rcp_patient_get_address (self->patient));
  gtk_widget_set_visible (GTK_WIDGET (self->contact_group), self->contact_rows->len > 0);
}

/**
 * rcp_patient_panel_focus_booking:
 * @self: a panel that is seen
 *
 * Gives the keyboard to the button that books: the next thing is mostly a visit. It is not what grabbing the focus does, which Tab
 * asks of a widget before it asks the children: what stands above the button would never be reached.
 */
void
rcp_patient_panel_focus_booking (RcpPatientPanel *self)
{
  g_return_if_fail (RCP_IS_PATIENT_PANEL (self));

  gtk_widget_grab_focus (self->book_button);
}

/**
 * rcp_patient_panel_set_patient:
 * @patient: (nullable): whom to show
 */
void
rcp_patient_panel_set_patient (RcpPatientPanel *self, RcpPatient *patient)
{
  g_autofree char *detail = NULL;

  g_return_if_fail (RCP_IS_PATIENT_PANEL (self));

  g_set_object (&self->patient, patient);
  show_visits (self, NULL);
  gtk_label_set_label (self->status_label, "");
  gtk_widget_set_sensitive (self->book_button, patient != NULL && !rcp_patient_is_deceased (patient));
  if (patient != NULL)
    {
      detail = rcp_found_row_describe_patient (patient, rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
      gtk_label_set_label (self->name_label, rcp_patient_get_name (patient));
      gtk_label_set_label (self->detail_label, detail);
      show_contact (self);
    }
  rcp_flags_box_set_patient (self->flags_box, patient != NULL ? rcp_patient_get_id (patient) : NULL);
  rcp_insurance_box_set_patient (self->insurance_box, patient);
  rcp_patient_panel_reload (self);
}

/**
 * rcp_patient_panel_check_insurance:
 *
 * Asks the payers of the patient's insurances.
 *
 * Returns: whether there is one to ask about
 */
gboolean
rcp_patient_panel_check_insurance (RcpPatientPanel *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_PANEL (self), FALSE);

  return self->patient != NULL && rcp_insurance_box_check (self->insurance_box);
}

gboolean
rcp_patient_panel_is_reading (RcpPatientPanel *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_PANEL (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * rcp_patient_panel_dup_visit:
 * @self: a panel
 * @name: what is to be done: a step, see rcp_flow_get_keys(); "move", "cancel", "cut"
 *
 * Who stands at the desk has arrived: the hand need not look for the visit. It is the one with the keyboard, or the next to
 * come; only a visit of today goes through the day.
 *
 * Returns: (transfer full) (nullable): the visit that is meant
 */
RcpVisit *
rcp_patient_panel_dup_visit (RcpPatientPanel *self, const char *name)
{
  const RcpFlowKey *step = rcp_flow_find_name (name);
  g_autoptr (RcpVisit) visit = NULL;

  g_return_val_if_fail (RCP_IS_PATIENT_PANEL (self), NULL);

  visit = dup_focused_visit (self, self->coming_list, self->coming);
  if (visit == NULL)
    visit = dup_focused_visit (self, self->past_list, self->past);
  if (visit != NULL && step != NULL)
    {
      g_autoptr (RcpVisit) whole = g_steal_pointer (&visit);

      return dup_own_part (self, whole);
    }
  for (guint i = 0; visit == NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->coming)); i++)
    {
      g_autoptr (RcpVisit) item = g_list_model_get_item (G_LIST_MODEL (self->coming), i);
      g_autoptr (RcpVisit) next = step != NULL ? dup_own_part (self, item) : g_object_ref (item);
      RcpVisitStatus status = step != NULL ? step->status : RCP_VISIT_CANCELLED;

      if ((step == NULL || is_today (self, next)) && rcp_visit_may_become (next, status))
        visit = g_steal_pointer (&next);
    }
  return g_steal_pointer (&visit);
}
