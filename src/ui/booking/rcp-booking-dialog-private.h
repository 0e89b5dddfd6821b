/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-booking-extras.h"
#include "ui/booking/rcp-booking-who.h"
#include "ui/booking/rcp-wish-pane.h"
#include "ui/rcp-title.h"

G_BEGIN_DECLS

struct _RcpBookingDialog
{
  AdwWindow parent_instance;

  RcpDesk *desk;
  RcpBookingModel *model;
  GtkSingleSelection *selection;
  char *code;
  char *next; /* what else there was, where the best was booked with one key */
  GBytes *choice; /* what is learned from it when it is booked; or NULL */
  gboolean focus_offers; /* once they are there: Enter shall book the first */
  gboolean left_offers;  /* by the last key, if by any: from the menu that it opened the keyboard comes back */

  RcpTitle *title;
  GtkButton *cancel_button;
  GtkWidget *wish_button; /* where the wish has no room beside the offers */
  AdwFlap *flap;
  GtkButton *book_button;
  GtkStack *stack;
  RcpWishPane *wish_pane;
  AdwClamp *who_clamp;
  RcpBookingWho *who;
  GtkBox *flags_slot;
  GtkImage *notice_icon;
  GtkLabel *notice_label;
  GtkStack *offers_stack;
  GtkListView *offers_list;
  AdwStatusPage *nothing_page;
  GtkWidget *drop_button; /* what must be, where nobody is left for it */
  GtkToggleButton *earliest_button;
  GtkToggleButton *best_button;
  GtkMenuButton *why_button;
  GtkWidget *hint_label; /* of a move */
  GtkWidget *repeat_button;
  GtkWidget *wait_button;
  GtkMenuButton *together_button;
  GtkLabel *misfit_label;
  GtkButton *overbook_button;
  RcpBookingExtras *extras;
  AdwStatusPage *done_page;
  AdwActionRow *code_row;
  GtkLabel *code_label;
  AdwActionRow *preparation_row;
  AdwActionRow *next_row;
  GtkWidget *done_button;
};

gboolean rcp_booking_dialog_is_page (RcpBookingDialog *self, const char *page);
void rcp_booking_dialog_show_page (RcpBookingDialog *self, const char *page);
RcpOffer *rcp_booking_dialog_get_offer (RcpBookingDialog *self);
void rcp_booking_dialog_focus_offers (RcpBookingDialog *self);

/* rcp-booking-dialog-book.c: what books, moves or waits, and what is seen then */
/* @next: (transfer full) (nullable): what else there was, in words */
void rcp_booking_dialog_book (RcpBookingDialog *self, char *next);
void rcp_booking_dialog_wait (RcpBookingDialog *self);

G_END_DECLS
