/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-find-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/find/rcp-found-row.h"
#include "ui/rcp-tab-stop.h"
#include "ui/rcp-ui-compat.h"

/**
 * RcpFindView:
 *
 * Holds the model and shows its state; the rules are in RcpFindModel.
 */
struct _RcpFindView
{
  GtkWidget parent_instance;

  RcpFindModel *model;
  RcpClock *clock;

  GtkSearchEntry *entry;
  GtkStack *stack;
  AdwStatusPage *status_page;
  GtkWidget *register_button;
  GtkListView *list;
  GtkSingleSelection *selection;

  char *taken; /* the text that Enter ended before there was an answer to it, or NULL */
};

G_DEFINE_TYPE (RcpFindView, rcp_find_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_REGISTER_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
choose (RcpFindView *self, guint position)
{
  g_autoptr (RcpFound) found = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (found != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, found);
}

static void
on_entry_search_changed_cb (GtkSearchEntry *entry, RcpFindView *self)
{
  rcp_find_model_set_text (self->model, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

/* Only where somebody listens. */
static gboolean
may_register (RcpFindView *self)
{
  return rcp_find_model_get_state (self->model) == RCP_FIND_NOTHING &&
         g_signal_has_handler_pending (self, signals[SIGNAL_REGISTER_REQUESTED], 0, FALSE);
}

static void
on_register_clicked_cb (GtkButton *button, RcpFindView *self)
{
  g_signal_emit (self, signals[SIGNAL_REGISTER_REQUESTED], 0, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
show_register_button (RcpFindView *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  /* Translators: a button: register a new patient; %s is what was typed, mostly a name. */
  g_autofree char *label = g_strdup_printf (_("Register “%s”"), typed);

  gtk_widget_set_visible (self->register_button, may_register (self));
  gtk_button_set_label (GTK_BUTTON (self->register_button), label);
}

/* Enter takes the selected patient, but not one that was found for an earlier text; nobody found is to be registered. The entry
 * tells a moment late what is typed, and hands type faster than the record answers: an Enter that comes before its answer waits
 * for it, and takes whoever is found alone. */
static void
on_entry_activated_cb (GtkSearchEntry *entry, RcpFindView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  guint position;

  rcp_find_model_set_text (self->model, text);
  position = gtk_single_selection_get_selected (self->selection);
  g_clear_pointer (&self->taken, g_free);
  if (rcp_find_model_get_state (self->model) == RCP_FIND_SEARCHING)
    self->taken = g_strdup (text);
  else if (rcp_find_model_get_state (self->model) == RCP_FIND_RESULTS && position != GTK_INVALID_LIST_POSITION)
    choose (self, position);
  else if (may_register (self))
    on_register_clicked_cb (NULL, self);
}

static void
move_selection (RcpFindView *self, int step)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint position = gtk_single_selection_get_selected (self->selection);
  gint64 next = position == GTK_INVALID_LIST_POSITION ? 0 : (gint64) position + step;

  if (n_items == 0)
    return;
  next = CLAMP (next, 0, (gint64) n_items - 1);
  gtk_single_selection_set_selected (self->selection, next);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", (guint32) next);
}

/* The entry keeps Escape for itself. */
static void
on_entry_stop_search_cb (GtkSearchEntry *entry, RcpFindView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "window.close", NULL);
}

static gboolean
on_entry_key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
                         RcpFindView *self)
{
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    move_selection (self, 1);
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    move_selection (self, -1);
  else
    return GDK_EVENT_PROPAGATE;

  g_clear_pointer (&self->taken, g_free);
  return GDK_EVENT_STOP;
}

static void
on_list_activated_cb (GtkListView *list, guint position, RcpFindView *self)
{
  choose (self, position);
}

/* An Enter that waited for the answer, where nothing was typed since; of several, none was chosen. */
static void
take_the_only_one (RcpFindView *self)
{
  g_autofree char *taken = g_steal_pointer (&self->taken);

  if (g_strcmp0 (taken, gtk_editable_get_text (GTK_EDITABLE (self->entry))) == 0
      && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 1)
    choose (self, 0);
}

static void
on_state_changed_cb (RcpFindView *self)
{
  show_register_button (self);
  switch (rcp_find_model_get_state (self->model))
    {
    case RCP_FIND_EMPTY:
      adw_status_page_set_icon_name (self->status_page, "system-search-symbolic");
      adw_status_page_set_title (self->status_page, _("Who Is It?"));
      adw_status_page_set_description (
        self->status_page, _("Any part of the name, a phone number, a birth date, the record number or a confirmation code"));
      gtk_stack_set_visible_child_name (self->stack, "status");
      break;
    case RCP_FIND_NOTHING:
      adw_status_page_set_icon_name (self->status_page, "system-search-symbolic");
      adw_status_page_set_title (self->status_page, _("No Patient Found"));
      adw_status_page_set_description (self->status_page, _("Try fewer letters, or the birth date"));
      gtk_stack_set_visible_child_name (self->stack, "status");
      break;
    case RCP_FIND_FAILED:
      adw_status_page_set_icon_name (self->status_page, "network-error-symbolic");
      adw_status_page_set_title (self->status_page, _("Could Not Search"));
      adw_status_page_set_description (self->status_page, rcp_find_model_get_error_text (self->model));
      gtk_stack_set_visible_child_name (self->stack, "status");
      break;
    case RCP_FIND_RESULTS:
      gtk_stack_set_visible_child_name (self->stack, "results");
      take_the_only_one (self);
      break;
    case RCP_FIND_SEARCHING:
      break; /* What is shown stays, so that nothing flickers while typing. */
    }
}

static void
on_row_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RcpFindView *self)
{
  gtk_list_item_set_child (item, rcp_found_row_new ());
}

static void
on_row_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RcpFindView *self)
{
  rcp_found_row_set_found (RCP_FOUND_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item),
                           rcp_clock_get_now (self->clock));
}

static gboolean
rcp_find_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RCP_FIND_VIEW (widget)->entry));
}

static void
rcp_find_view_dispose (GObject *object)
{
  RcpFindView *self = RCP_FIND_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RCP_TYPE_FIND_VIEW);
  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->taken, g_free);
  G_OBJECT_CLASS (rcp_find_view_parent_class)->dispose (object);
}

static void
rcp_find_view_class_init (RcpFindViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_find_view_dispose;
  widget_class->grab_focus = rcp_find_view_grab_focus;

  /**
   * RcpFindView::chosen:
   * @found: the RcpFound that was taken
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, RCP_TYPE_FOUND);

  /**
   * RcpFindView::register-requested:
   * @typed: what stands in the entry, and found nobody
   */
  signals[SIGNAL_REGISTER_REQUESTED] = g_signal_new ("register-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                     G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RCP_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-find-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpFindView, entry);
  gtk_widget_class_bind_template_child (widget_class, RcpFindView, stack);
  gtk_widget_class_bind_template_child (widget_class, RcpFindView, status_page);
  gtk_widget_class_bind_template_child (widget_class, RcpFindView, register_button);
  gtk_widget_class_bind_template_child (widget_class, RcpFindView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_register_clicked_cb);
}

static void
rcp_find_view_init (RcpFindView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rcp_find_view_new:
 * @client: the record to search
 * @clock: tells today
 *
 * Returns: (transfer floating): a view with an empty entry
 */
RcpFindView *
rcp_find_view_new (FhirClient *client, RcpClock *clock)
{
  RcpFindView *self = g_object_new (RCP_TYPE_FIND_VIEW, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->clock = g_object_ref (clock);
  self->model = rcp_find_model_new (client, clock);
  self->selection = gtk_single_selection_new (g_object_ref (rcp_find_model_get_results (self->model)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_row_setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_row_bind_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
  g_signal_connect_object (self->model, "notify::state", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  on_state_changed_cb (self);

  return self;
}
