/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-booking-dialog-private.h"

#include <glib/gi18n.h>

#include "rcp-book-button.h"
#include "ui/booking/rcp-booking-more.h"
#include "ui/booking/rcp-booking-offers.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-tab-stop.h"
#include "ui/rcp-ui-compat.h"
#include "ui/rcp-wrap-row.h"

/**
 * RcpBookingDialog:
 *
 * Shows an RcpBookingModel; the rules are there. The wish on the left is an RcpWishPane.
 */
G_DEFINE_TYPE (RcpBookingDialog, rcp_booking_dialog, ADW_TYPE_WINDOW)

gboolean
rcp_booking_dialog_is_page (RcpBookingDialog *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

RcpOffer *
rcp_booking_dialog_get_offer (RcpBookingDialog *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* The button says exactly what Enter will do. */
static void
update_book_button (RcpBookingDialog *self)
{
  RcpBookingState state = rcp_booking_model_get_state (self->model);
  RcpOffer *offer = rcp_booking_dialog_get_offer (self);
  gboolean ready = offer != NULL && state == RCP_BOOKING_OFFERS;

  rcp_book_button_update (self->book_button, offer, rcp_booking_model_get_moving (self->model) != NULL, adw_flap_get_folded (self->flap));
  gtk_widget_set_sensitive (GTK_WIDGET (self->book_button), ready);
  gtk_widget_set_sensitive (self->repeat_button, ready);
  gtk_widget_set_visible (GTK_WIDGET (self->book_button), rcp_booking_dialog_is_page (self, "offers"));
  gtk_widget_set_visible (self->wish_button, rcp_booking_dialog_is_page (self, "offers") && adw_flap_get_folded (self->flap));
}

static void
update_notice (RcpBookingDialog *self)
{
  rcp_booking_offers_show_notice (self->model, self->notice_icon, self->notice_label, GTK_WIDGET (self->offers_stack));
}

/* At once, or as soon as they are there. Until then the keyboard waits where they will be: an early Enter must not cancel. */
void
rcp_booking_dialog_focus_offers (RcpBookingDialog *self)
{
  self->focus_offers = rcp_booking_model_get_state (self->model) != RCP_BOOKING_OFFERS;
  gtk_widget_set_focusable (GTK_WIDGET (self->offers_stack), self->focus_offers);
  gtk_widget_grab_focus (self->focus_offers ? GTK_WIDGET (self->offers_stack) : GTK_WIDGET (self->offers_list));
}

/* The row with the keyboard goes with the offers of before: in GTK 4.8 it is chance whether another takes it, or "Cancel"; and its Enter
 * would book nothing. So the keyboard waits where they will be, also when it comes there only now. */
static void
wait_for_offers (RcpBookingDialog *self)
{
  gtk_widget_set_can_focus (GTK_WIDGET (self->offers_list), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self->offers_stack), TRUE);
  if (rcp_compat_has_focus_within (GTK_WIDGET (self->offers_stack)))
    rcp_booking_dialog_focus_offers (self);
}

/* To a wish, or to the list of one: the next key is meant for it. Where else the keyboard is by then may be GTK's own choice. */
static gboolean
has_gone_to_wishes (RcpBookingDialog *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->wish_pane));
}

static void
end_wait_for_offers (RcpBookingDialog *self)
{
  gboolean is_awaited = (self->focus_offers && !has_gone_to_wishes (self)) || gtk_widget_is_focus (GTK_WIDGET (self->offers_stack));

  gtk_widget_set_can_focus (GTK_WIDGET (self->offers_list), TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self->offers_stack), is_awaited);
  self->focus_offers = is_awaited;
  if (is_awaited && rcp_booking_model_get_state (self->model) == RCP_BOOKING_OFFERS)
    rcp_booking_dialog_focus_offers (self);
}

/* Where nobody is left for what must be, that is named, and can be dropped. */
static void
show_nothing (RcpBookingDialog *self)
{
  g_autofree char *musts = rcp_booking_musts_describe (self->model);
  g_autofree char *escaped = musts != NULL ? g_markup_escape_text (musts, -1) : NULL;

  adw_status_page_set_description (self->nothing_page, escaped != NULL ? escaped : _("Ask for another day, time of day or provider"));
  gtk_widget_set_visible (self->drop_button, escaped != NULL);
  gtk_stack_set_visible_child_name (self->offers_stack, "nothing");
}

static void
on_model_state_changed_cb (RcpBookingDialog *self)
{
  RcpBookingState state = rcp_booking_model_get_state (self->model);
  gboolean busy = state == RCP_BOOKING_BUSY;

  switch (state)
    {
    case RCP_BOOKING_SEARCHING:
      if (g_list_model_get_n_items (rcp_booking_model_get_offers (self->model)) == 0)
        gtk_stack_set_visible_child_name (self->offers_stack, "searching");
      wait_for_offers (self);
      break;
    case RCP_BOOKING_OFFERS:
      gtk_stack_set_visible_child_name (self->offers_stack, "list");
      end_wait_for_offers (self);
      break;
    case RCP_BOOKING_NOTHING:
      show_nothing (self);
      end_wait_for_offers (self);
      break;
    case RCP_BOOKING_FAILED:
      gtk_stack_set_visible_child_name (self->offers_stack, "failed");
      end_wait_for_offers (self);
      break;
    case RCP_BOOKING_BUSY:
    case RCP_BOOKING_DONE:
      break;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->wish_pane), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->offers_stack), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), !busy);
  update_book_button (self);
}

void
rcp_booking_dialog_show_page (RcpBookingDialog *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  if (g_strcmp0 (page, "who") == 0)
    {
      g_object_set (self->title, "title", _("New Visit"), "subtitle", "", NULL);
      gtk_window_set_title (GTK_WINDOW (self), _("New Visit"));
      gtk_widget_grab_focus (adw_clamp_get_child (self->who_clamp));
    }
  else if (g_strcmp0 (page, "offers") == 0)
    {
      rcp_booking_show_title (GTK_WINDOW (self), G_OBJECT (self->title), self->model);
      rcp_booking_who_show_flags (self->who);
      rcp_wish_pane_show (self->wish_pane);
      rcp_booking_dialog_focus_offers (self);
    }
  update_book_button (self);
}

static void
on_patient_changed_cb (RcpBookingDialog *self)
{
  rcp_booking_dialog_show_page (self, rcp_booking_model_get_patient (self->model) != NULL ? "offers" : "who");
}

static void
on_retry_clicked_cb (GtkButton *button, RcpBookingDialog *self)
{
  rcp_booking_model_search (self->model);
}

static void
on_copy_clicked_cb (GtkButton *button, RcpBookingDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->code);
}

static void
on_patient_change_requested_cb (RcpWishPane *pane, RcpBookingDialog *self)
{
  rcp_booking_dialog_show_page (self, "who");
}

static void
on_book_clicked_cb (GtkButton *button, RcpBookingDialog *self)
{
  rcp_booking_dialog_book (self, NULL);
}

static void
on_repeat_clicked_cb (GtkButton *button, RcpBookingDialog *self)
{
  if (rcp_booking_dialog_get_offer (self) != NULL)
    rcp_booking_repeat (self, self->desk, self->model, rcp_booking_dialog_get_offer (self));
}

static void
on_wait_clicked_cb (GtkButton *button, RcpBookingDialog *self)
{
  rcp_booking_dialog_wait (self);
}

static void
on_together_activated_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RcpBookingDialog *self = RCP_BOOKING_DIALOG (widget);

  if (rcp_booking_dialog_is_page (self, "offers"))
    rcp_booking_together_open (self, self->desk, self->model, g_str_equal (name, "booking.add-person"));
}

/* Newer releases of GTK give the keyboard to the button after the menu has gone and the window was drawn without it. */
static void
on_drawn_without_menu_cb (RcpBookingDialog *self, GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, on_drawn_without_menu_cb, self);
  if (rcp_compat_has_focus_within (GTK_WIDGET (self->together_button))
      && !gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->together_button))))
    rcp_booking_dialog_focus_offers (self);
}

static void
on_menu_closed_cb (RcpBookingDialog *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (!self->left_offers)
    return;
  rcp_booking_dialog_focus_offers (self);
  if (!clock)
    return;
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_drawn_without_menu_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_why_activated_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RcpBookingDialog *self = RCP_BOOKING_DIALOG (widget);

  if (rcp_booking_dialog_is_page (self, "offers") && rcp_booking_dialog_get_offer (self) != NULL)
    gtk_menu_button_popup (self->why_button);
}

static void
on_drop_musts_activated_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RcpBookingDialog *self = RCP_BOOKING_DIALOG (widget);

  if (!rcp_booking_dialog_is_page (self, "offers") || rcp_offer_ranking_get_musts (rcp_booking_model_get_ranking (self->model)) == 0)
    return;
  rcp_booking_model_set_musts (self->model, 0);
  rcp_booking_dialog_focus_offers (self);
}

/* With one key, whatever is chosen; what else there was is named with the confirmation. */
static void
on_best_activated_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RcpBookingDialog *self = RCP_BOOKING_DIALOG (widget);

  if (rcp_booking_dialog_is_page (self, "offers") && rcp_booking_model_get_state (self->model) == RCP_BOOKING_OFFERS)
    rcp_booking_dialog_book (self, rcp_booking_offers_choose_best (self->model, self->selection));
}

static void
on_offer_activated_cb (GtkListView *list, guint position, RcpBookingDialog *self)
{
  gtk_single_selection_set_selected (self->selection, position);
  rcp_booking_dialog_book (self, NULL);
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
                   RcpBookingDialog *self)
{
  gboolean busy = rcp_booking_model_get_state (self->model) == RCP_BOOKING_BUSY;

  /* A button takes the keyboard before it opens its menu. */
  self->left_offers = rcp_compat_has_focus_within (GTK_WIDGET (self->offers_stack));
  if (keyval == GDK_KEY_Escape && !busy)
    {
      if (rcp_wish_pane_has_popover (self->wish_pane) || rcp_booking_offers_has_popover (self->why_button))
        return GDK_EVENT_PROPAGATE;
      if (rcp_booking_dialog_is_page (self, "offers") && adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
        {
          adw_flap_set_reveal_flap (self->flap, FALSE);
          return GDK_EVENT_STOP;
        }
      gtk_window_close (GTK_WINDOW (self));
      return GDK_EVENT_STOP;
    }
  /* From wherever the focus is, as the hand is on the keyboard. */
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) && rcp_booking_dialog_is_page (self, "offers"))
    {
      rcp_booking_dialog_book (self, NULL);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* A booking that is on its way is waited for: closing would leave the desk not knowing. */
static gboolean
rcp_booking_dialog_close_request (GtkWindow *window)
{
  RcpBookingDialog *self = RCP_BOOKING_DIALOG (window);

  if (rcp_booking_model_get_state (self->model) == RCP_BOOKING_BUSY)
    return TRUE;
  return GTK_WINDOW_CLASS (rcp_booking_dialog_parent_class)->close_request (window);
}

static void
rcp_booking_dialog_dispose (GObject *object)
{
  RcpBookingDialog *self = RCP_BOOKING_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RCP_TYPE_BOOKING_DIALOG);
  /* A question under way keeps them alive; what they would write on is gone. */
  if (self->extras)
    g_object_run_dispose (G_OBJECT (self->extras));
  g_clear_object (&self->extras);
  g_clear_object (&self->who);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->choice, g_bytes_unref);
  G_OBJECT_CLASS (rcp_booking_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RCP_TYPE_TAB_STOP);
  g_type_ensure (RCP_TYPE_TITLE);
  g_type_ensure (RCP_TYPE_WRAP_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-booking-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, wish_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, flap);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, book_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, wish_pane);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, who_clamp);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, flags_slot);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, notice_icon);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, notice_label);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, offers_stack);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, offers_list);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, drop_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, earliest_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, best_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, why_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, repeat_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, wait_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, together_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, misfit_label);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, overbook_button);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, done_page);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, code_label);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, preparation_row);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, next_row);
  gtk_widget_class_bind_template_child (widget_class, RcpBookingDialog, done_button);
}

static void
bind_template_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_book_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_offer_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_patient_change_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_repeat_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_clicked_cb);
}

static void
rcp_booking_dialog_class_init (RcpBookingDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_booking_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rcp_booking_dialog_close_request;

  /**
   * RcpBookingDialog::booked:
   * @visit: the RcpVisit as the record holds it
   */
  g_signal_new ("booked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_VISIT);
  bind_template (GTK_WIDGET_CLASS (klass));
  bind_template_callbacks (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "booking.add-person", NULL, on_together_activated_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "booking.add-visit", NULL, on_together_activated_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "booking.why", NULL, on_why_activated_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "booking.drop-musts", NULL, on_drop_musts_activated_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "booking.best", NULL, on_best_activated_cb);
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_BOOKING);
}

static gboolean
on_folded_idle_cb (gpointer user_data)
{
  update_book_button (user_data);
  return G_SOURCE_REMOVE;
}

/* It folds while it is given its room: what lies beside it in the header bar changes afterwards. */
static void
on_folded_cb (RcpBookingDialog *self)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_folded_idle_cb, g_object_ref (self), g_object_unref);
}

static void
rcp_booking_dialog_init (RcpBookingDialog *self)
{
  g_type_ensure (RCP_TYPE_WISH_PANE);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (on_folded_cb), self, G_CONNECT_SWAPPED);
  rcp_compat_name_menu (gtk_menu_button_get_popover (self->together_button));
  g_signal_connect_object (gtk_menu_button_get_popover (self->together_button), "closed", G_CALLBACK (on_menu_closed_cb), self, G_CONNECT_SWAPPED);
}

static void
set_up_offers (RcpBookingDialog *self)
{
  RcpBookingOffersPart part = { self->offers_list, self->earliest_button, self->best_button, self->why_button };

  self->selection = rcp_booking_offers_set_up (&part, self->model);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update_book_button), self, G_CONNECT_SWAPPED);
}

/**
 * rcp_booking_dialog_new:
 * @desk: an open desk
 *
 * Returns: (transfer none): a window that asks for the patient first
 */
GtkWindow *
rcp_booking_dialog_new (RcpDesk *desk)
{
  RcpBookingDialog *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (rcp_desk_get_state (desk) == RCP_DESK_READY, NULL);

  self = g_object_new (RCP_TYPE_BOOKING_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->model = rcp_booking_model_new (desk);
  g_signal_connect_object (self->model, "notify::state", G_CALLBACK (on_model_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::notice", G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::patient", G_CALLBACK (on_patient_changed_cb), self, G_CONNECT_SWAPPED);
  self->who = rcp_booking_who_new (self, desk, self->model, self->who_clamp, self->flags_slot);
  set_up_offers (self);
  self->extras = rcp_booking_extras_new (self, desk, self->model, self->selection, self->misfit_label, self->overbook_button);
  rcp_wish_pane_set_model (self->wish_pane, desk, self->model);
  rcp_booking_dialog_show_page (self, "who");
  return GTK_WINDOW (self);
}

/**
 * rcp_booking_dialog_new_for_move:
 * @desk: an open desk
 * @visit: what to move
 *
 * Returns: (transfer none): a window that offers other times for @visit
 */
GtkWindow *
rcp_booking_dialog_new_for_move (RcpDesk *desk, RcpVisit *visit)
{
  RcpBookingDialog *self = RCP_BOOKING_DIALOG (rcp_booking_dialog_new (desk));

  rcp_booking_model_set_moving (self->model, visit);
  gtk_widget_set_visible (self->repeat_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->together_button), FALSE);
  gtk_widget_set_visible (self->hint_label, TRUE);
  rcp_booking_dialog_show_page (self, "offers");
  rcp_booking_model_search (self->model);
  return GTK_WINDOW (self);
}

void
rcp_booking_dialog_set_patient (RcpBookingDialog *self, RcpPatient *patient)
{
  g_return_if_fail (RCP_IS_BOOKING_DIALOG (self));

  rcp_booking_model_set_patient (self->model, patient);
  rcp_booking_dialog_show_page (self, "offers");
}

void
rcp_booking_dialog_set_start (RcpBookingDialog *self, gpointer owner, gint64 start)
{
  g_return_if_fail (RCP_IS_BOOKING_DIALOG (self));

  if (start > 0)
    rcp_booking_model_set_start (self->model, owner, start);
  else
    rcp_booking_model_set_provider (self->model, owner);
  rcp_wish_pane_show (self->wish_pane);
}

void
rcp_booking_dialog_overbook_at (RcpBookingDialog *self, RcpProvider *provider, gint64 start)
{
  g_return_if_fail (RCP_IS_BOOKING_DIALOG (self));

  rcp_booking_dialog_set_start (self, provider, start);
  rcp_booking_extras_overbook_at (self->extras, provider, start);
}
