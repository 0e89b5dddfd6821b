/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-mirror-rows"

#include "config.h"

#include "rcp-mirror-rows.h"

#include <glib/gi18n.h>

#include "ui/calendars/rcp-calendar-choice.h"
#include "ui/calendars/rcp-mirror-text.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-spoken-row.h"

struct _RcpMirrorRows
{
  GObject parent_instance;

  AdwExpanderRow *row; /* weak: it keeps this */
  RcpDesk *desk;
  RcpDeskCalendars *calendars;
  GListModel *model;
  char *person;
  AdwComboRow *calendar;
  GtkWidget *calendar_note; /* what is to be known of the row above, as the next one */
  GPtrArray *uids; /* of the choices; the first is "" */
  GStrv busy;      /* as it was when the choices were listed */
  AdwComboRow *privacy;
  GtkWidget *privacy_note;
  GtkWidget *invites; /* the row of the switch */
  GtkSwitch *invites_switch;
  GtkWidget *invites_note;
  AdwActionRow *standing;
  gboolean is_listing;
};

G_DEFINE_FINAL_TYPE (RcpMirrorRows, rcp_mirror_rows, G_TYPE_OBJECT)

static const struct
{
  const char *code, *sentence;
} privacies[] = {
  { "busy", N_("Whoever sees the calendar sees that time is taken, and nothing of the patient or the visit.") },
  { "initials", N_("Whoever sees the calendar sees the patient’s initials and what kind of visit it is.") },
  { "full", N_("Whoever sees the calendar sees the patient’s name, what kind of visit it is, and where. So does the company that keeps the calendar.") },
};

static RcpCalendarChoice *
load_choice (RcpMirrorRows *self)
{
  return rcp_calendar_choice_load (rcp_desk_calendars_get_settings (self->calendars), rcp_desk_calendars_get_record (self->calendars),
                                   self->person);
}

static void
save_choice (RcpMirrorRows *self, const RcpCalendarChoice *choice)
{
  rcp_calendar_choice_save (choice, rcp_desk_calendars_get_settings (self->calendars), rcp_desk_calendars_get_record (self->calendars),
                            self->person);
}

static void
rcp_mirror_rows_finalize (GObject *object)
{
  RcpMirrorRows *self = RCP_MIRROR_ROWS (object);

  g_clear_weak_pointer (&self->row);
  g_clear_object (&self->desk);
  g_clear_object (&self->calendars);
  g_clear_object (&self->model);
  g_clear_pointer (&self->uids, g_ptr_array_unref);
  g_clear_pointer (&self->busy, g_strfreev);
  g_free (self->person);
  G_OBJECT_CLASS (rcp_mirror_rows_parent_class)->finalize (object);
}

static void
rcp_mirror_rows_class_init (RcpMirrorRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_mirror_rows_finalize;
}

static void
rcp_mirror_rows_init (RcpMirrorRows *self)
{
  self->uids = g_ptr_array_new_with_free_func (g_free);
}

/* What was chosen stands below the title of its row, where it has room on a phone; so what is to be known of it has a row of its own.
 * A screen reader says it with the first. */
static void
show_note (GtkWidget *note, GtkWidget *row, const char *text)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (note))), text ? text : "");
  gtk_widget_set_visible (note, text && gtk_widget_get_visible (row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "", -1);
}

/* What is on can be switched off whatever is missing. */
static void
show_invites (RcpMirrorRows *self, RcpMirrorInviting inviting)
{
  g_autoptr (RcpCalendarChoice) choice = load_choice (self);

  self->is_listing = TRUE;
  gtk_switch_set_active (self->invites_switch, choice->invites);
  self->is_listing = FALSE;
  gtk_widget_set_sensitive (self->invites, choice->invites || inviting == RCP_MIRROR_INVITING_POSSIBLE);
  gtk_widget_set_visible (self->invites, choice->mirror[0] != '\0');
  show_note (self->invites_note, self->invites, rcp_mirror_text_get_inviting (inviting));
}

static void
tell_standing (RcpMirrorRows *self)
{
  RcpMirrorReading reading = { .inviting = RCP_MIRROR_INVITING_UNKNOWN };
  g_autofree char *text = NULL;
  gboolean has_reading
    = rcp_desk_mirrors_get_reading (rcp_desk_calendars_get_mirrors (self->calendars), self->person, &reading);

  show_invites (self, reading.inviting);

  if (has_reading)
    {
      text = rcp_mirror_text_describe (&reading, rcp_desk_get_zone (self->desk));
      adw_action_row_set_subtitle (self->standing, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->standing), has_reading);
}

static guint
find_privacy (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (privacies); i++)
    if (g_str_equal (privacies[i].code, code))
      return i;
  return 0;
}

static void
show_choice (RcpMirrorRows *self, const RcpCalendarChoice *choice)
{
  guint privacy = find_privacy (choice->privacy);

  adw_combo_row_set_selected (self->privacy, privacy);
  gtk_widget_set_visible (GTK_WIDGET (self->privacy), choice->mirror[0] != '\0');
  show_note (self->privacy_note, GTK_WIDGET (self->privacy), _(privacies[privacy].sentence));
  tell_standing (self);
}

static void
add_calendar (RcpMirrorRows *self, GtkStringList *names, GObject *calendar, const RcpCalendarChoice *choice)
{
  g_autofree char *uid = NULL, *name = NULL, *account = NULL, *label = NULL;
  gboolean is_enabled, may_be_written;

  g_object_get (calendar, "uid", &uid, "name", &name, "account", &account, "enabled", &is_enabled, "can-be-written", &may_be_written,
                NULL);
  /* What was chosen stays to be seen, also when it is switched off now. */
  if (g_strcmp0 (uid, choice->mirror) != 0
      && (!is_enabled || !may_be_written || rcp_calendar_choice_has_busy (choice, uid)))
    return;
  /* Translators: the name of a calendar, and of its account. */
  label = account ? g_strdup_printf (_("%s (%s)"), name, account) : g_strdup (name);
  gtk_string_list_append (names, label);
  g_ptr_array_add (self->uids, g_steal_pointer (&uid));
}

/* A calendar of which this computer knows nothing any more is still what was chosen. */
static void
add_missing (RcpMirrorRows *self, GtkStringList *names, const RcpCalendarChoice *choice)
{
  if (choice->mirror[0] == '\0' || g_ptr_array_find_with_equal_func (self->uids, choice->mirror, g_str_equal, NULL))
    return;
  gtk_string_list_append (names, _("A calendar that is not there"));
  g_ptr_array_add (self->uids, g_strdup (choice->mirror));
}

static void
list_calendars (RcpMirrorRows *self, const RcpCalendarChoice *choice)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->uids, 0);
  g_ptr_array_add (self->uids, g_strdup (""));
  gtk_string_list_append (names, _("None"));
  for (guint i = 0; i < g_list_model_get_n_items (self->model); i++)
    {
      g_autoptr (GObject) calendar = g_list_model_get_item (self->model, i);

      add_calendar (self, names, calendar, choice);
    }
  add_missing (self, names, choice);
  g_ptr_array_find_with_equal_func (self->uids, choice->mirror, g_str_equal, &selected);
  g_strfreev (self->busy);
  self->busy = g_strdupv (choice->busy);
  self->is_listing = TRUE;
  adw_combo_row_set_model (self->calendar, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->calendar, selected);
  self->is_listing = FALSE;
  show_note (self->calendar_note, GTK_WIDGET (self->calendar),
             choice->busy[0] ? _("A calendar that keeps this provider’s time cannot show the visits too.") : NULL);
}

/* Here or at another place of this page. */
static void
on_choice_changed_cb (RcpMirrorRows *self)
{
  g_autoptr (RcpCalendarChoice) choice = load_choice (self);

  if (!g_strv_equal ((const char *const *) choice->busy, (const char *const *) self->busy))
    list_calendars (self, choice);
  show_choice (self, choice);
}

static GtkWindow *
get_window (RcpMirrorRows *self)
{
  return self->row ? GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->row))) : NULL;
}

static void
on_cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpMirrorRows) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_removed;

  if (!get_window (self))
    return;
  if (!rcp_desk_mirrors_clear_finish (RCP_DESK_MIRRORS (source), result, &n_removed, &error))
    {
      rcp_error_dialog_present (get_window (self), _("Not All Visits Removed"), error);
      return;
    }
  text = g_strdup_printf (g_dngettext (NULL, "%u visit was removed from the calendar.", "%u visits were removed from the calendar.", n_removed),
                          n_removed);
  adw_action_row_set_subtitle (self->standing, text);
  gtk_widget_set_visible (GTK_WIDGET (self->standing), TRUE);
}

static void
on_removal_answered_cb (AdwMessageDialog *dialog, const char *response, RcpMirrorRows *self)
{
  if (g_str_equal (response, "remove"))
    rcp_desk_mirrors_clear_async (rcp_desk_calendars_get_mirrors (self->calendars), self->person,
                                  g_object_get_data (G_OBJECT (dialog), "uid"), on_cleared_cb, g_object_ref (self));
}

/* Nobody keeps what was written there from now on. */
static void
offer_removal (RcpMirrorRows *self, const char *uid)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (self), _("Remove the Visits from the Calendar?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* Translators: the name of a provider. */
                                  _("What was written there of the visits of %s is not kept up to date any more. Visits that are over stay."),
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->row)));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "leave", _("_Leave Them"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "remove");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "leave");
  g_object_set_data_full (G_OBJECT (dialog), "uid", g_strdup (uid), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_removal_answered_cb), self, 0);
  rcp_dialog_present (GTK_WINDOW (dialog), get_window (self));
}

static void
on_calendar_selected_cb (RcpMirrorRows *self)
{
  guint selected = adw_combo_row_get_selected (self->calendar);
  g_autoptr (RcpCalendarChoice) choice = NULL;
  g_autofree char *before = NULL;

  if (self->is_listing || selected >= self->uids->len)
    return;
  choice = load_choice (self);
  if (g_strcmp0 (choice->mirror, self->uids->pdata[selected]) == 0)
    return;
  before = g_steal_pointer (&choice->mirror);
  choice->mirror = g_strdup (self->uids->pdata[selected]);
  choice->invites = FALSE;
  save_choice (self, choice);
  if (before[0] != '\0')
    offer_removal (self, before);
}

static void
on_privacy_selected_cb (RcpMirrorRows *self)
{
  guint selected = adw_combo_row_get_selected (self->privacy);
  g_autoptr (RcpCalendarChoice) choice = load_choice (self);

  if (selected >= G_N_ELEMENTS (privacies) || g_str_equal (choice->privacy, privacies[selected].code))
    return;
  g_free (choice->privacy);
  choice->privacy = g_strdup (privacies[selected].code);
  save_choice (self, choice);
}

static void
on_invites_switched_cb (RcpMirrorRows *self)
{
  g_autoptr (RcpCalendarChoice) choice = load_choice (self);

  if (self->is_listing || choice->invites == gtk_switch_get_active (self->invites_switch))
    return;
  choice->invites = !choice->invites;
  save_choice (self, choice);
}

static GtkWidget *
make_row (GType type, const char *title)
{
  GtkWidget *row = GTK_WIDGET (g_object_new (type, "use-markup", FALSE, NULL));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  return row;
}

static AdwComboRow *
make_choice (const char *title)
{
  GtkWidget *row = make_row (ADW_TYPE_COMBO_ROW, title);

  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  return ADW_COMBO_ROW (row);
}

static GtkWidget *
make_note (void)
{
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 9);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
make_rows (RcpMirrorRows *self)
{
  g_autoptr (GListModel) labels = rcp_mirror_text_list_privacies ();

  self->calendar = make_choice (_("Visits are shown in"));
  self->calendar_note = make_note ();
  self->privacy = make_choice (_("What is shown"));
  self->privacy_note = make_note ();
  adw_combo_row_set_model (self->privacy, labels);
  self->invites_switch = GTK_SWITCH (gtk_switch_new ());
  self->invites = rcp_check_row_new (GTK_WIDGET (self->invites_switch), GTK_PACK_END);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->invites), _("Invite patients"));
  /* Each provider has such a row. */
  rcp_spoken_row_name (ADW_ACTION_ROW (self->invites), _("Invite patients"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->row)));
  self->invites_note = make_note ();
  self->standing = ADW_ACTION_ROW (make_row (ADW_TYPE_ACTION_ROW, _("Visits in the calendar")));
  adw_expander_row_add_row (self->row, GTK_WIDGET (self->calendar));
  adw_expander_row_add_row (self->row, self->calendar_note);
  adw_expander_row_add_row (self->row, GTK_WIDGET (self->privacy));
  adw_expander_row_add_row (self->row, self->privacy_note);
  adw_expander_row_add_row (self->row, self->invites);
  adw_expander_row_add_row (self->row, self->invites_note);
  adw_expander_row_add_row (self->row, GTK_WIDGET (self->standing));
}

/**
 * rcp_mirror_rows_add:
 * @row: names the provider
 * @desk: an open desk
 * @calendars: those of the desk
 * @person: id of a Practitioner
 * @model: the calendars there are
 */
void
rcp_mirror_rows_add (AdwExpanderRow *row, RcpDesk *desk, RcpDeskCalendars *calendars, const char *person, GListModel *model)
{
  RcpMirrorRows *self = g_object_new (RCP_TYPE_MIRROR_ROWS, NULL);
  g_autoptr (RcpCalendarChoice) choice = NULL;

  g_set_weak_pointer (&self->row, row);
  self->desk = g_object_ref (desk);
  self->calendars = g_object_ref (calendars);
  self->model = g_object_ref (model);
  self->person = g_strdup (person);
  choice = load_choice (self);
  make_rows (self);
  list_calendars (self, choice);
  show_choice (self, choice);
  g_signal_connect_object (self->calendar, "notify::selected", G_CALLBACK (on_calendar_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->privacy, "notify::selected", G_CALLBACK (on_privacy_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->invites_switch, "notify::active", G_CALLBACK (on_invites_switched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_desk_calendars_get_settings (calendars), "changed::invitations", G_CALLBACK (on_choice_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_desk_calendars_get_settings (calendars), "changed::calendars", G_CALLBACK (on_choice_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_desk_calendars_get_mirrors (calendars), "changed", G_CALLBACK (tell_standing), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (row), "mirror", self, g_object_unref);
}
