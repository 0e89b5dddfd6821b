/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-calendars-page"

#include "config.h"

#include "rcp-calendars-page.h"

#include <glib/gi18n.h>

#include "rcp-accounts-group.h"
#include "rcp-calendar-row.h"
#include "rcp-mirror-rows.h"
#include "ui/calendars/rcp-calendar-choice.h"
#include "ui/rcp-ui-compat.h"

struct _RcpCalendarsPage
{
  AdwBin parent_instance;

  RcpDesk *desk;
  RcpDeskCalendars *calendars;
  GListModel *model; /* that is shown, or NULL */
  RcpCalendarService *service; /* that is listened to, or NULL */
  GtkWidget *problem_group;
  AdwActionRow *problem;
  GtkWidget *again;
  GtkSpinner *spinner;
  AdwPreferencesGroup *providers;
  AdwPreferencesGroup *list;
  RcpAccountsGroup *accounts;
  GPtrArray *provider_rows; /* borrowed */
  GPtrArray *list_rows;     /* borrowed */
  guint rebuild_id;
};

G_DEFINE_FINAL_TYPE (RcpCalendarsPage, rcp_calendars_page, ADW_TYPE_BIN)

static void
clear_group (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

static const char *
get_person (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "person");
}

/* What shows the visits cannot keep the time too: it would be taken twice. */
static void
tell_switches (GtkWidget *row, const RcpCalendarChoice *choice)
{
  GPtrArray *switches = g_object_get_data (G_OBJECT (row), "switches");

  for (guint i = 0; i < switches->len; i++)
    {
      gboolean is_mirror = g_strcmp0 (g_object_get_data (switches->pdata[i], "uid"), choice->mirror) == 0;
      AdwActionRow *line = g_object_get_data (switches->pdata[i], "line");

      gtk_widget_set_sensitive (switches->pdata[i], !is_mirror);
      if (is_mirror)
        adw_action_row_set_subtitle (line, _("Shows the visits, so it cannot keep time"));
      else
        rcp_calendar_row_tell (GTK_WIDGET (line), NULL, NULL);
    }
}

/* "2 calendars" */
static void
tell_choice (RcpCalendarsPage *self, GtkWidget *row)
{
  g_autoptr (RcpCalendarChoice) choice
    = rcp_calendar_choice_load (rcp_desk_calendars_get_settings (self->calendars), rcp_desk_calendars_get_record (self->calendars),
                                get_person (row));
  guint n = g_strv_length (choice->busy);
  g_autofree char *text = n > 0 ? g_strdup_printf (ngettext ("%u calendar keeps time", "%u calendars keep time", n), n)
                                : g_strdup (choice->mirror[0] ? _("Visits are shown in one") : _("No calendar"));

  if (n > 0 && choice->mirror[0])
    {
      /* Translators: "1 calendar keeps time", and that another one shows the visits. */
      g_autofree char *both = g_strdup_printf (_("%s · visits are shown in one more"), text);

      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), both);
    }
  else
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), text);
  tell_switches (row, choice);
}

static void
tell_choices (RcpCalendarsPage *self)
{
  for (guint i = 0; i < self->provider_rows->len; i++)
    tell_choice (self, self->provider_rows->pdata[i]);
}

static void
on_switched_cb (RcpCalendarsPage *self, GParamSpec *pspec, GtkSwitch *button)
{
  GtkWidget *row = g_object_get_data (G_OBJECT (button), "row");
  const char *record = rcp_desk_calendars_get_record (self->calendars);
  GSettings *settings = rcp_desk_calendars_get_settings (self->calendars);
  g_autoptr (RcpCalendarChoice) choice = rcp_calendar_choice_load (settings, record, get_person (row));
  const char *uid = g_object_get_data (G_OBJECT (button), "uid");

  if (rcp_calendar_choice_has_busy (choice, uid) == gtk_switch_get_active (button))
    return;
  rcp_calendar_choice_set_busy (choice, uid, gtk_switch_get_active (button));
  rcp_calendar_choice_save (choice, settings, record, get_person (row));
}

static void
add_switch (RcpCalendarsPage *self, GtkWidget *row, GObject *calendar, const RcpCalendarChoice *choice)
{
  GtkWidget *line = rcp_calendar_row_new (calendar);
  GtkWidget *button = gtk_switch_new ();
  g_autofree char *uid = NULL, *name = NULL, *label = NULL;

  g_object_get (calendar, "uid", &uid, "name", &name, NULL);
  /* Translators: a switch: the name of a calendar, the name of a provider. */
  label = g_strdup_printf (_("%s keeps the time of %s"), name, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  gtk_switch_set_active (GTK_SWITCH (button), rcp_calendar_choice_has_busy (choice, uid));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "row", row);
  g_object_set_data (G_OBJECT (button), "line", line);
  g_ptr_array_add (g_object_get_data (G_OBJECT (row), "switches"), button);
  g_object_set_data_full (G_OBJECT (button), "uid", g_steal_pointer (&uid), g_free);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (on_switched_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), button);
  rcp_compat_name (button, label);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
}

static gboolean
has_row (RcpCalendarsPage *self, const char *person)
{
  for (guint i = 0; i < self->provider_rows->len; i++)
    if (g_strcmp0 (get_person (self->provider_rows->pdata[i]), person) == 0)
      return TRUE;
  return FALSE;
}

/* Somebody who works at two places is one person. */
static void
add_provider (RcpCalendarsPage *self, RcpProvider *provider)
{
  const char *person = rcp_provider_get_practitioner_id (provider);
  g_autoptr (RcpCalendarChoice) choice = NULL;
  GtkWidget *row;

  if (!person || has_row (self, person))
    return;
  choice = rcp_calendar_choice_load (rcp_desk_calendars_get_settings (self->calendars),
                                     rcp_desk_calendars_get_record (self->calendars), person);
  row = GTK_WIDGET (g_object_new (ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE, NULL));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rcp_provider_get_name (provider));
  g_object_set_data_full (G_OBJECT (row), "person", g_strdup (person), g_free);
  g_object_set_data_full (G_OBJECT (row), "switches", g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
  rcp_mirror_rows_add (ADW_EXPANDER_ROW (row), self->desk, self->calendars, person, self->model);
  for (guint i = 0; i < g_list_model_get_n_items (self->model); i++)
    {
      g_autoptr (GObject) calendar = g_list_model_get_item (self->model, i);

      add_switch (self, row, calendar, choice);
    }
  tell_choice (self, row);
  adw_preferences_group_add (self->providers, row);
  g_ptr_array_add (self->provider_rows, row);
}

static void
tell_readings (RcpCalendarsPage *self)
{
  GTimeZone *zone = rcp_desk_get_zone (self->desk);

  for (guint i = 0; i < self->list_rows->len; i++)
    rcp_calendar_row_tell (self->list_rows->pdata[i], self->service, zone);
}

static void
add_calendar (RcpCalendarsPage *self, GObject *calendar)
{
  GtkWidget *row = rcp_calendar_row_new (calendar);

  adw_preferences_group_add (self->list, row);
  g_ptr_array_add (self->list_rows, row);
  g_signal_connect_object (calendar, "notify", G_CALLBACK (tell_readings), self, G_CONNECT_SWAPPED);
}

static void
rebuild (RcpCalendarsPage *self)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (self->desk));

  clear_group (self->providers, self->provider_rows);
  clear_group (self->list, self->list_rows);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      add_provider (self, provider);
    }
  for (guint i = 0; i < g_list_model_get_n_items (self->model); i++)
    {
      g_autoptr (GObject) calendar = g_list_model_get_item (self->model, i);

      add_calendar (self, calendar);
    }
  tell_readings (self);
}

static gboolean
on_rebuild_cb (gpointer data)
{
  RcpCalendarsPage *self = data;

  self->rebuild_id = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

/* An account brings many calendars at once. */
static void
on_calendars_changed_cb (RcpCalendarsPage *self)
{
  if (self->rebuild_id == 0)
    self->rebuild_id = g_idle_add (on_rebuild_cb, self);
}

static void
follow (RcpCalendarsPage *self, RcpCalendarService *service)
{
  if (service == self->service)
    return;
  self->service = service;
  self->model = service ? rcp_calendar_service_get_calendars (service) : NULL;
  if (!service)
    return;
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_calendars_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "reading-changed", G_CALLBACK (tell_readings), self, G_CONNECT_SWAPPED);
  rebuild (self);
}

static void
on_state_changed_cb (RcpCalendarsPage *self)
{
  RcpCalendarsState state = rcp_desk_calendars_get_state (self->calendars);
  g_autofree char *problem = rcp_desk_calendars_dup_problem (self->calendars);
  gboolean is_ready = state == RCP_CALENDARS_READY && rcp_desk_calendars_get_record (self->calendars);

  if (is_ready)
    follow (self, rcp_desk_calendars_get_service (self->calendars));
  gtk_widget_set_visible (self->problem_group, !is_ready);
  gtk_widget_set_visible (GTK_WIDGET (self->providers), is_ready);
  gtk_widget_set_visible (GTK_WIDGET (self->list), is_ready);
  gtk_widget_set_visible (self->again, problem != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), problem == NULL);
  gtk_spinner_set_spinning (self->spinner, problem == NULL && !is_ready);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem), problem ? _("No Calendars") : _("Looking for Calendars"));
  adw_action_row_set_subtitle (self->problem, problem ? problem : "");
}

static void
rcp_calendars_page_dispose (GObject *object)
{
  RcpCalendarsPage *self = RCP_CALENDARS_PAGE (object);

  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_object (&self->calendars);
  g_clear_pointer (&self->provider_rows, g_ptr_array_unref);
  g_clear_pointer (&self->list_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_calendars_page_parent_class)->dispose (object);
}

static void
rcp_calendars_page_class_init (RcpCalendarsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_calendars_page_dispose;
}

static GtkWidget *
add_group (GtkWidget *page, const char *title, const char *description)
{
  GtkWidget *group = GTK_WIDGET (g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title, "description", description, NULL));

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
on_again_clicked_cb (RcpCalendarsPage *self)
{
  rcp_desk_calendars_want (self->calendars);
}

static void
rcp_calendars_page_init (RcpCalendarsPage *self)
{
  GtkWidget *page = adw_preferences_page_new ();

  self->provider_rows = g_ptr_array_new ();
  self->list_rows = g_ptr_array_new ();
  self->problem_group = add_group (page, "", NULL);
  self->problem = ADW_ACTION_ROW (g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL));
  self->again = gtk_button_new_with_label (_("Try Again"));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_valign (self->again, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->again, "clicked", G_CALLBACK (on_again_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (self->problem, self->again);
  adw_action_row_add_suffix (self->problem, GTK_WIDGET (self->spinner));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->problem_group), GTK_WIDGET (self->problem));
  self->accounts = RCP_ACCOUNTS_GROUP (rcp_accounts_group_new ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->accounts));
  self->providers = ADW_PREFERENCES_GROUP (
    add_group (page, _("Calendars of Providers"),
               _("What is in those that keep time is not offered for visits. The desk sees when, never what. One more calendar can show the provider’s visits.")));
  self->list = ADW_PREFERENCES_GROUP (
    add_group (page, _("Calendars of This Computer"),
               _("Accounts of Google, Exchange and others are added in the settings of the desktop, under Online Accounts.")));
  adw_bin_set_child (ADW_BIN (self), page);
}

/**
 * rcp_calendars_page_new:
 * @desk: an open desk
 * @calendars: those of the desk
 *
 * Returns: (transfer floating): a page that has not looked for calendars yet
 */
GtkWidget *
rcp_calendars_page_new (RcpDesk *desk, RcpDeskCalendars *calendars)
{
  RcpCalendarsPage *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (calendars), NULL);

  self = g_object_new (RCP_TYPE_CALENDARS_PAGE, NULL);
  self->desk = g_object_ref (desk);
  self->calendars = g_object_ref (calendars);
  rcp_accounts_group_follow (self->accounts, calendars);
  g_signal_connect_object (calendars, "changed", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_desk_calendars_get_settings (calendars), "changed::calendars", G_CALLBACK (tell_choices), self, G_CONNECT_SWAPPED);
  on_state_changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * rcp_calendars_page_show:
 * @self: a page
 *
 * Looks for the calendars of this computer, where nobody has yet or there were none.
 */
void
rcp_calendars_page_show (RcpCalendarsPage *self)
{
  g_return_if_fail (RCP_IS_CALENDARS_PAGE (self));

  rcp_desk_calendars_want (self->calendars);
}
