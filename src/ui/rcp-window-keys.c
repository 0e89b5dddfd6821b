/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of the window: they act wherever the keyboard is, unless one types there. */

#define G_LOG_DOMAIN "rcp-window-keys"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-dialog.h"
#include "rcp-keys.h"
#include "rcp-ui-compat.h"
#include "rcp-window-private.h"
#include "waiting/rcp-waiting-page.h"

/* A popover is another place than the window below it, whatever has the keyboard there. */
static gboolean
is_in_window (RcpWindow *self, GtkWidget *focus)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "board") == 0
         && (!focus || GTK_WIDGET (gtk_widget_get_native (focus)) == GTK_WIDGET (self));
}

static gboolean
is_typing (GtkWidget *focus)
{
  return GTK_IS_TEXT_VIEW (focus) || (GTK_IS_EDITABLE (focus) && gtk_editable_get_editable (GTK_EDITABLE (focus)));
}

static gboolean
activate (GtkWidget *widget, const RcpKey *key)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  return g_action_parse_detailed_name (key->action, &name, &target, NULL) && gtk_widget_activate_action_variant (widget, name, target);
}

static gboolean
is_free_to_act (RcpWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return is_in_window (self, focus) && !is_typing (focus);
}

static RcpWindow *
get_window (GtkWidget *widget)
{
  return RCP_WINDOW (gtk_widget_get_root (widget));
}

static gboolean
on_page_key_pressed (GtkWidget *widget, GVariant *arguments, gpointer key)
{
  return is_in_window (get_window (widget), gtk_window_get_focus (GTK_WINDOW (get_window (widget)))) && activate (widget, key);
}

static gboolean
on_key_pressed (GtkWidget *widget, GVariant *arguments, gpointer key)
{
  return is_free_to_act (get_window (widget)) && activate (widget, key);
}

static gboolean
on_board_key_pressed (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RcpWindow *self = get_window (widget);
  const RcpKey *key = data;

  /* What acts on the grid does nothing that is seen while another view is. */
  if (g_str_has_prefix (key->action, "board.") && !rcp_window_is_board_seen (self))
    return FALSE;
  return rcp_pages_is_current (self->pages, "board") && is_free_to_act (self) && activate (GTK_WIDGET (self->board), key);
}

static gboolean
on_wait_list_key_pressed (GtkWidget *widget, GVariant *arguments, gpointer key)
{
  RcpWindow *self = get_window (widget);

  return rcp_pages_is_current (self->pages, "wait-list") && is_free_to_act (self)
         && activate (rcp_page_get_widget (rcp_pages_get_current (self->pages)), key);
}

static RcpVisit *
get_visit_of_board (RcpWindow *self)
{
  RcpBoardStop stop;
  guint column;

  /* Nobody acts on a visit that is not seen. */
  if (rcp_window_is_month (self))
    return NULL;
  return rcp_board_model_get_cursor (self->model, &column, &stop) ? stop.visit : NULL;
}

static RcpVisit *
get_visit_of_page (RcpWindow *self)
{
  if (rcp_pages_is_current (self->pages, "board"))
    return get_visit_of_board (self);
  if (rcp_pages_is_current (self->pages, "waiting"))
    return rcp_waiting_page_get_visit (RCP_WAITING_PAGE (rcp_page_get_widget (rcp_pages_get_current (self->pages))));
  return NULL;
}

/* The one that the keyboard is at; or else the one that is looked at beside it; or else the board's. */
static RcpVisit *
get_visit_at_hand (RcpWindow *self)
{
  GtkWidget *page = rcp_page_get_widget (rcp_pages_get_current (self->pages));
  RcpVisit *visit = rcp_compat_has_focus_within (page) ? get_visit_of_page (self) : NULL;

  if (!visit)
    visit = rcp_window_get_seen_visit (self);
  return visit || !rcp_pages_is_current (self->pages, "board") ? visit : get_visit_of_board (self);
}

static gboolean
is_at_patient (RcpWindow *self)
{
  return self->patient_panel && rcp_compat_has_focus_within (GTK_WIDGET (self->patient_panel));
}

/* Beside a patient no key is for the visit of somebody else on the board. */
static RcpVisit *
dup_visit_for (RcpWindow *self, const char *name)
{
  RcpVisit *visit;

  if (is_at_patient (self))
    return rcp_patient_panel_dup_visit (self->patient_panel, name);
  visit = get_visit_at_hand (self);
  return visit ? g_object_ref (visit) : NULL;
}

/* The history is that of the patient who is looked at, when no visit is at hand. */
static gboolean
show_history_of_patient (RcpWindow *self)
{
  return self->patient_panel && adw_flap_get_reveal_flap (self->flap)
         && gtk_stack_get_visible_child (self->panels) == GTK_WIDGET (self->patient_panel)
         && !(rcp_compat_has_focus_within (rcp_page_get_widget (rcp_pages_get_current (self->pages))) && get_visit_of_page (self))
         && gtk_widget_activate_action (GTK_WIDGET (self->patient_panel), "patient.history", NULL);
}

static void
on_visit_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  g_autoptr (RcpVisit) visit = NULL;

  /* While one is held, the keys are for it. */
  if (rcp_hold_model_get_held (self->hold))
    {
      gtk_widget_error_bell (widget);
      return;
    }
  if (g_str_equal (g_variant_get_string (parameter, NULL), "history") && show_history_of_patient (self))
    return;
  visit = dup_visit_for (self, g_variant_get_string (parameter, NULL));
  g_clear_pointer (&self->waiting_key, g_free);
  if (visit)
    rcp_window_do_with_visit (self, visit, g_variant_get_string (parameter, NULL));
  else if (is_at_patient (self) && rcp_patient_panel_is_reading (self->patient_panel))
    self->waiting_key = g_variant_dup_string (parameter, NULL);
  else
    gtk_widget_error_bell (widget);
}

/* The hand was faster than the record. Who has gone on meanwhile meant it no more. */
void
rcp_window_act_on_patient (RcpWindow *self)
{
  g_autofree char *name = g_steal_pointer (&self->waiting_key);
  g_autoptr (RcpVisit) visit = NULL;

  if (!name || !is_at_patient (self) || rcp_dialog_is_over (GTK_WINDOW (self)))
    return;
  visit = rcp_patient_panel_dup_visit (self->patient_panel, name);
  if (visit)
    rcp_window_do_with_visit (self, visit, name);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* From the thing at hand to what lies behind it. Returns whether there was something. */
static gboolean
step_back (RcpWindow *self)
{
  if (rcp_board_view_stop_sweep (self->board))
    return TRUE;
  if (rcp_hold_model_get_held (self->hold))
    rcp_hold_model_let_go (self->hold);
  else if (rcp_compat_has_focus_within (GTK_WIDGET (self->sidebar_box)))
    {
      rcp_window_leave_sidebar (self);
      rcp_window_focus_page (self);
    }
  else if (adw_flap_get_reveal_flap (self->flap))
    rcp_window_close_panel (self);
  else if (!rcp_compat_has_focus_within (rcp_page_get_widget (rcp_pages_get_current (self->pages))))
    rcp_window_focus_page (self);
  else
    return FALSE;
  return TRUE;
}

static gboolean
on_escape_pressed (GtkWidget *widget, GVariant *arguments, gpointer key)
{
  return is_free_to_act (get_window (widget)) && step_back (get_window (widget));
}

/**
 * rcp_window_lay_out:
 * @self: a window
 *
 * Gives what a key has just opened its place at once, and not with the next frame: Tab goes by where things lie, and a hand can be
 * faster than a machine that has much to do.
 */
void
rcp_window_lay_out (RcpWindow *self)
{
  GtkWidget *stack = GTK_WIDGET (self->stack), *parent = gtk_widget_get_parent (stack);
  const int width = gtk_widget_get_width (stack), height = gtk_widget_get_height (stack);
  double x, y;

  if (!gtk_widget_get_mapped (stack) || width <= 0 || height <= 0 || !gtk_widget_translate_coordinates (stack, parent, 0, 0, &x, &y))
    return;
  for (GtkOrientation orientation = GTK_ORIENTATION_HORIZONTAL; orientation <= GTK_ORIENTATION_VERTICAL; orientation++)
    {
      int minimum;

      gtk_widget_measure (stack, orientation, orientation == GTK_ORIENTATION_VERTICAL ? width : -1, &minimum, NULL, NULL, NULL);
      /* Then the window has to become larger first. */
      if (minimum > (orientation == GTK_ORIENTATION_VERTICAL ? height : width))
        return;
    }
  gtk_widget_allocate (stack, width, height, -1, gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y)));
}

static gboolean
is_pane_seen (RcpWindow *self, guint pane)
{
  return pane == 1 || (pane == 0 ? adw_flap_get_reveal_flap (self->sidebar_flap) : adw_flap_get_reveal_flap (self->flap));
}

/* Sidebar, page, side panel: what F6 goes through. */
static void
on_step_pane_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  GtkWidget *panes[] = { GTK_WIDGET (self->sidebar), rcp_page_get_widget (rcp_pages_get_current (self->pages)), GTK_WIDGET (self->panels) };
  const int n = G_N_ELEMENTS (panes), step = g_variant_get_int32 (parameter);
  int pane = step > 0 ? 0 : 2;

  rcp_window_lay_out (self);
  for (int i = 0; i < n; i++)
    if (rcp_compat_has_focus_within (panes[i]))
      pane = i;
  for (int i = 1; i <= n; i++)
    {
      int next = ((pane + i * step) % n + n) % n;

      if (is_pane_seen (self, (guint) next) && gtk_widget_child_focus (panes[next], GTK_DIR_TAB_FORWARD))
        return;
    }
}

void
rcp_window_class_add_key_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.visit", "s", on_visit_activated);
  gtk_widget_class_install_action (widget_class, "win.step-pane", "i", on_step_pane_activated);
}

static void
listen (GtkWidget *widget, RcpKeyPlace place, GtkPropagationPhase phase, GtkShortcutFunc func)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, phase);
  rcp_keys_add (GTK_SHORTCUT_CONTROLLER (controller), place, func);
  gtk_widget_add_controller (widget, controller);
}

/* What a page has a key for comes before what the window has it for: the last is asked first. */
static void
listen_to_unused (GtkWidget *widget)
{
  listen (widget, RCP_KEYS_WINDOW, GTK_PHASE_BUBBLE, on_key_pressed);
  listen (widget, RCP_KEYS_BACK, GTK_PHASE_BUBBLE, on_escape_pressed);
  listen (widget, RCP_KEYS_BOARD, GTK_PHASE_BUBBLE, on_board_key_pressed);
  listen (widget, RCP_KEYS_TURN, GTK_PHASE_BUBBLE, on_board_key_pressed);
  listen (widget, RCP_KEYS_WAIT_LIST, GTK_PHASE_BUBBLE, on_wait_list_key_pressed);
}

/**
 * rcp_window_set_up_keys:
 * @self: a window
 *
 * Listens to the keys that come up from wherever the keyboard is, unused; and to those that would be used on the way.
 */
void
rcp_window_set_up_keys (RcpWindow *self)
{
  /* Below the toasts, which take Escape for themselves; and on the window, for when nothing has the keyboard. */
  listen_to_unused (GTK_WIDGET (self->stack));
  listen_to_unused (GTK_WIDGET (self));
  /* A list, and whatever scrolls, would turn its own pages. */
  listen (GTK_WIDGET (self), RCP_KEYS_PAGES, GTK_PHASE_CAPTURE, on_page_key_pressed);
}
