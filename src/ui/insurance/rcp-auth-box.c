/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-auth-box"

#include "config.h"

#include "rcp-auth-box.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "clinic/rcp-working-day.h"
#include "ui/insurance/rcp-auth-page.h"
#include "ui/insurance/rcp-auth-text.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-ui-compat.h"

struct _RcpAuthBox
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  RcpAuthModel *model;
  RcpVisit *visit;
  GtkListBox *list;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (RcpAuthBox, rcp_auth_box, GTK_TYPE_WIDGET)

static void
stop (RcpAuthBox *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
rcp_auth_box_dispose (GObject *object)
{
  RcpAuthBox *self = RCP_AUTH_BOX (object);

  stop (self);
  rcp_compat_unparent_children (GTK_WIDGET (self));
  self->list = NULL;
  g_clear_object (&self->visit);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_auth_box_parent_class)->dispose (object);
}

static void
rcp_auth_box_class_init (RcpAuthBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_auth_box_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rcp_auth_box_init (RcpAuthBox *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_hexpand (GTK_WIDGET (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Authorizations"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
on_button_clicked_cb (RcpAuthBox *self, GtkWidget *button)
{
  rcp_auth_page_ask (GTK_WIDGET (self), self->model, g_object_get_data (G_OBJECT (button), "auth"));
}

static GtkWidget *
make_button (RcpAuthBox *self, RcpPriorAuth *auth)
{
  gboolean is_open = rcp_prior_auth_get_state (auth) == RCP_PRIOR_AUTH_OPEN;
  GtkWidget *button = gtk_button_new_with_label (is_open ? _ ("Received…") : _ ("Change…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, is_open ? _ ("Write Down the Number of the Authorization") : _ ("Correct the Number of the Authorization"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, rcp_prior_auth_get_payer (auth), -1);
  if (!is_open)
    gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "auth", g_object_ref (auth), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_button_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* "Acme Health"; where several come to the visit: "Acme Health · Rossi, Luca" */
static char *
describe (RcpAuthBox *self, RcpPriorAuth *auth)
{
  const char *payer = rcp_prior_auth_get_payer (auth);

  if (*payer == '\0')
    payer = _ ("Insurance");
  if (rcp_visit_get_n_people (self->visit) < 2)
    return g_strdup (payer);
  return g_strdup_printf ("%s · %s", payer, rcp_visit_get_patient_name (rcp_prior_auth_get_visit (auth)));
}

static GtkWidget *
make_row (RcpAuthBox *self, RcpPriorAuth *auth)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = describe (self, auth), *due = NULL;
  GDate today;

  rcp_desk_get_today (self->desk, &today);
  due = rcp_auth_text_line (auth, &today);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), due);
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  if (self->model)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (self, auth));
  return row;
}

/* The button that was pressed goes: the keyboard stays in its row. */
static void
show_auths (RcpAuthBox *self, GPtrArray *auths)
{
  GtkWidget *focused = rcp_compat_get_focus_child (GTK_WIDGET (self->list));
  int place = GTK_IS_LIST_BOX_ROW (focused) ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; auths && i < auths->len; i++)
    gtk_list_box_append (self->list, make_row (self, auths->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self), auths && auths->len > 0);
  row = place >= 0 ? gtk_list_box_get_row_at_index (self->list, place) : NULL;
  if (row)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

/* What the record holds for each of those who come to the visit. */
typedef struct
{
  RcpAuthBox *box;
  GCancellable *reading;
  GPtrArray *parts; /* of GPtrArray of RcpPriorAuth; NULL while it is not read */
  guint n_left;
  gboolean has_failed;
} Reading;

typedef struct
{
  Reading *reading;
  guint index;
} Part;

static void
reading_free (Reading *self)
{
  g_object_unref (self->box);
  g_object_unref (self->reading);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static void
part_free (gpointer auths)
{
  if (auths)
    g_ptr_array_unref (auths);
}

/* What could not be read again stays as it was. */
static void
take_read (Reading *reading)
{
  RcpAuthBox *self = reading->box;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->reading != reading->reading)
    return;
  g_clear_object (&self->reading);
  if (reading->has_failed)
    return;
  for (guint i = 0; i < reading->parts->len; i++)
    g_ptr_array_extend (all, reading->parts->pdata[i], (GCopyFunc) g_object_ref, NULL);
  show_auths (self, all);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Part *part = user_data;
  Reading *reading = part->reading;
  GPtrArray *auths = rcp_prior_auths_settle_finish (result, NULL);

  reading->parts->pdata[part->index] = auths;
  reading->has_failed |= auths == NULL;
  if (--reading->n_left > 0)
    return;
  take_read (reading);
  reading_free (reading);
}

static gboolean
is_coming (RcpAuthBox *self)
{
  return self->visit && rcp_visit_get_patient_id (self->visit) && rcp_visit_status_takes_time (rcp_visit_get_status (self->visit)) &&
         rcp_visit_get_range (self->visit).end > rcp_clock_get_now (rcp_desk_get_clock (self->desk));
}

static void
read_part (RcpAuthBox *self, Reading *reading, guint index, const GDate *due)
{
  g_autoptr (RcpVisit) visit = rcp_visit_dup_part (self->visit, index);
  Part *part = g_new0 (Part, 1);

  part->reading = reading;
  part->index = index;
  rcp_prior_auths_settle_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), visit, NULL, due,
                                rcp_desk_get_name (self->desk), self->reading, on_read_cb, part);
}

static void
reload (RcpAuthBox *self)
{
  Reading *reading;
  GDate day, due;

  if (!is_coming (self) || !rcp_desk_get_client (self->desk) || !rcp_desk_get_roster (self->desk))
    return;
  stop (self);
  self->reading = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->box = g_object_ref (self);
  reading->reading = g_object_ref (self->reading);
  reading->n_left = rcp_visit_get_n_people (self->visit);
  reading->parts = g_ptr_array_new_with_free_func (part_free);
  g_ptr_array_set_size (reading->parts, (int) reading->n_left);
  rcp_time_get_day (rcp_visit_get_range (self->visit).start, rcp_desk_get_zone (self->desk), &day);
  rcp_working_day_find_previous (rcp_desk_get_roster (self->desk), &day, &due);
  for (guint i = 0, n = reading->n_left; i < n; i++)
    read_part (self, reading, i, &due);
}

/**
 * rcp_auth_box_new:
 * @desk: the session
 *
 * Returns: (transfer floating): a box of no visit
 */
GtkWidget *
rcp_auth_box_new (RcpDesk *desk)
{
  RcpAuthBox *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_AUTH_BOX, NULL);
  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}

/* @model: what gets the numbers, and tells of others */
void
rcp_auth_box_set_model (RcpAuthBox *self, RcpAuthModel *model)
{
  g_return_if_fail (RCP_IS_AUTH_BOX (self));
  g_return_if_fail (RCP_IS_AUTH_MODEL (model));

  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  g_signal_connect_object (model, "read", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
}

/**
 * rcp_auth_box_set_visit:
 * @visit: (nullable): the visit that is shown
 */
void
rcp_auth_box_set_visit (RcpAuthBox *self, RcpVisit *visit)
{
  gboolean is_same;

  g_return_if_fail (RCP_IS_AUTH_BOX (self));
  g_return_if_fail (visit == NULL || RCP_IS_VISIT (visit));

  is_same = visit && self->visit && g_strcmp0 (rcp_visit_get_id (visit), rcp_visit_get_id (self->visit)) == 0;
  g_set_object (&self->visit, visit);
  if (!is_same || !is_coming (self))
    {
      stop (self);
      show_auths (self, NULL);
    }
  reload (self);
}
