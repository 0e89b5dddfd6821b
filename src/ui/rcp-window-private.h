/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/rcp-board-feed.h"
#include "board/rcp-board-view.h"
#include "calendars/rcp-desk-calendars.h"
#include "insurance/rcp-auth-model.h"
#include "move/rcp-undo-model.h"
#include "rcp-announcer.h"
#include "rcp-open-record.h"
#include "rcp-window.h"
#include "sidebar/rcp-column-sets.h"
#include "sidebar/rcp-sidebar.h"
#include "visit/rcp-patient-panel.h"
#include "views/rcp-agenda-view.h"
#include "views/rcp-month-view.h"
#include "visit/rcp-visit-panel.h"
#include "waiting/rcp-waiting-model.h"
#include "waitlist/rcp-wait-list-model.h"
#include "welcome/rcp-welcome-page.h"

G_BEGIN_DECLS

struct _RcpWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwToast *toast; /* weak: the last */
  AdwBin *foot;    /* of the board, below the toasts */
  RcpAnnouncer *announcer;
  GtkStack *stack;
  AdwWindowTitle *title;
  GtkLabel *short_title; /* where the window is narrow */
  GtkMenuButton *date_button;
  GtkMenuButton *filter_button;
  GtkButton *new_button;
  GtkWidget *short_new_button; /* in its place where the window is narrow */
  AdwSqueezer *day_buttons;
  AdwSqueezer *filter_squeezer;
  AdwSqueezer *view_squeezer;
  GtkMenuButton *view_button;    /* where the buttons of the views have no room */
  GMenuModel *view_menu;
  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  GtkWidget *previous_buttons[2];
  GtkWidget *next_buttons[2];
  GtkStack *titles;
  AdwWindowTitle *page_title;
  AdwFlap *sidebar_flap;
  GtkBox *sidebar_box;
  GtkStack *pages_stack;
  AdwFlap *flap;
  GtkStack *panels;
  GtkLabel *panel_title;
  AdwStatusPage *busy_page;
  GtkProgressBar *progress;
  AdwStatusPage *failed_page;
  GtkLabel *failed_detail;

  RcpDesk *desk;
  GSettings *settings;
  RcpDeskCalendars *calendars;
  RcpBoardModel *model;
  RcpBoardFeed *feed;
  RcpBoardView *board;
  GtkStack *faces;       /* the board and what else shows its days */
  RcpAgendaView *agenda; /* made when it is first asked for, as the month */
  RcpMonthView *month;
  guint view;
  RcpPages *pages;
  RcpSidebar *sidebar;
  RcpWaitListModel *wait_list;
  RcpColumnSets *sets;
  RcpColumnSet *own_week;      /* the one provider whose week was asked for, or NULL */
  gboolean checks_columns;     /* those of the session may be of another record */
  RcpColumnSet *columns_before; /* what was shown then; NULL: everybody */
  RcpWaitingModel *waiting;
  guint ticker;                /* of the waiting times */
  GHashTable *stepping;        /* ids of the visits whose status is being changed; or NULL */
  GtkCalendar *calendar;       /* made when it is first asked for */
  RcpVisitPanel *visit_panel;
  RcpPatientPanel *patient_panel;
  char *waiting_key;           /* what shall be done with the visit of the patient, who was just found, once it is known */
  gboolean focus_board;        /* once there is something on it: nobody has chosen another place yet */
  gboolean was_on_board;       /* the visit that is looked at */
  GtkWindow *booking;          /* weak: books or moves */
  char *news;                  /* what the booking did, to be told when it closes */
  guint news_id;               /* with which it is undone */
  RcpUndoModel *undo;
  RcpHoldModel *hold;          /* what is cut and not put yet */
  char *held_text;             /* where it would be put, as it was said last */
  RcpWelcomePage *welcome;
  RcpSource *source;           /* what was opened last or is being opened */
  RcpLink *link;               /* to be followed when the record is open */
  gboolean watches_links;
  GCancellable *opening;       /* while a record is being opened */
};

/* rcp-window-tell.c: what happened. @text: plain */
void rcp_window_tell (RcpWindow *self, const char *text);
void rcp_window_show_toast (RcpWindow *self, AdwToast *toast, const char *text); /* @toast: (transfer full), gets its title */
void rcp_window_say (RcpWindow *self, const char *text);                        /* aloud only */
/* rcp-window-pages.c: the sidebar and what it leads to */
void rcp_window_class_add_page_actions (GtkWidgetClass *widget_class);
void rcp_window_set_up_pages (RcpWindow *self);
void rcp_window_set_up_header (RcpWindow *self);
gboolean rcp_window_get_sidebar (RcpWindow *self);
void rcp_window_set_sidebar (RcpWindow *self, gboolean visible);
void rcp_window_leave_sidebar (RcpWindow *self); /* something was chosen there: it goes when it covers the page */
void rcp_window_focus_page (RcpWindow *self);
void rcp_window_set_foot (RcpWindow *self, GtkWidget *foot); /* of the board */
/* rcp-window-columns.c: which columns the board shows */
void rcp_window_class_add_column_actions (GtkWidgetClass *widget_class);
void rcp_window_set_up_columns (RcpWindow *self);
void rcp_window_rebuild_filter (RcpWindow *self);
/* rcp-window-views.c: day, week, month or agenda */
void rcp_window_class_add_view_actions (GtkWidgetClass *widget_class);
void rcp_window_set_up_views (RcpWindow *self);
const char *rcp_window_get_view (RcpWindow *self);
void rcp_window_set_view (RcpWindow *self, const char *name); /* "day", "week", "month", "agenda"; another changes nothing */
void rcp_window_choose_view (RcpWindow *self, const char *name); /* and goes to it from another page */
void rcp_window_make_faces (RcpWindow *self);                 /* with the board among them */
gboolean rcp_window_is_board_seen (RcpWindow *self);          /* its grid, and not another view of the same days */
void rcp_window_show_board (RcpWindow *self);                 /* the grid of the day or week that is looked at */
gboolean rcp_window_is_month (RcpWindow *self);
void rcp_window_step_days (RcpWindow *self, int steps);       /* by what is shown: a day, a week, a month */
void rcp_window_focus_face (RcpWindow *self);
void rcp_window_leave_own_week (RcpWindow *self);
/* rcp-window-own.c: the desk of one provider */
void rcp_window_class_add_own_actions (GtkWidgetClass *widget_class);
RcpProvider *rcp_window_dup_own_provider (RcpWindow *self);
/* rcp-window-flow.c: how far each visit is, and who waits */
void rcp_window_set_up_flow (RcpWindow *self);
void rcp_window_step (RcpWindow *self, RcpVisit *visit, const char *name);
/* rcp-window-actions.c: the day, the record */
void rcp_window_class_add_actions (GtkWidgetClass *widget_class);
void rcp_window_set_up_date (RcpWindow *self);
void rcp_window_update_title (RcpWindow *self);
/* rcp-window-visits.c: what joins the board, Find, booking and the side panel */
void rcp_window_class_add_visit_actions (GtkWidgetClass *widget_class);
void rcp_window_connect_board (RcpWindow *self);
void rcp_window_show_visit (RcpWindow *self, RcpVisit *visit);
void rcp_window_book_at (RcpWindow *self, RcpProvider *provider, RcpRoom *room, gint64 start); /* one of the two is NULL */
void rcp_window_show_found (RcpWindow *self, RcpPatient *patient, RcpVisit *visit);
void rcp_window_close_panel (RcpWindow *self);
RcpVisit *rcp_window_get_seen_visit (RcpWindow *self); /* beside the page; NULL when the panel is closed or shows a patient */
void rcp_window_show_on_board (RcpWindow *self, RcpVisit *visit);
/* @name: "cut", "move", "cancel" or a step, see rcp_flow_get_keys(). Says so where that is not possible. */
void rcp_window_do_with_visit (RcpWindow *self, RcpVisit *visit, const char *name);
void rcp_window_tell_impossible (RcpWindow *self, RcpVisit *visit);
/* rcp-window-keys.c: keys that act wherever the keyboard is */
void rcp_window_lay_out (RcpWindow *self);
void rcp_window_class_add_key_actions (GtkWidgetClass *widget_class);
void rcp_window_set_up_keys (RcpWindow *self);
void rcp_window_act_on_patient (RcpWindow *self); /* what waited for the visits of the patient is done */
/* rcp-window-move.c: cut, held and put */
void rcp_window_class_add_move_actions (GtkWidgetClass *widget_class);
void rcp_window_set_up_move (RcpWindow *self); /* once there is a sidebar */
void rcp_window_cut (RcpWindow *self, RcpVisit *visit);
/* rcp-window-blocks.c: lunch, meetings and the like */
void rcp_window_class_add_block_actions (GtkWidgetClass *widget_class);
/* rcp-window-notify.c: what the desktop tells while nobody looks */
void rcp_window_set_up_notifier (RcpWindow *self);
/* rcp-window-undo.c: what was done lately, and taking it back */
void rcp_window_class_add_undo_actions (GtkWidgetClass *widget_class);
void rcp_window_set_up_undo (RcpWindow *self);
void rcp_window_add_toast (RcpWindow *self, AdwToast *toast);
void rcp_window_tell_news (RcpWindow *self); /* what the booking did, now that it is closed */
/* rcp-window-wait.c: who waits for an earlier time */
void rcp_window_set_up_wait_list (RcpWindow *self);
/* rcp-window-auths.c: what payers have to authorize before visits */
void rcp_window_set_up_auths (RcpWindow *self);
RcpAuthModel *rcp_window_get_auths (RcpWindow *self);
/* rcp-window-requests.c: what providers ask for by their calendars */
void rcp_window_set_up_requests (RcpWindow *self);
/* rcp-window-session.c: the day that was looked at last */
void rcp_window_restore_session (RcpWindow *self);
void rcp_window_check_columns (RcpWindow *self); /* once there is a roster: those of another record show nobody */
void rcp_window_save_session (RcpWindow *self);
/* rcp-window-patients.c: registering and changing patients */
void rcp_window_edit_patient (RcpWindow *self, RcpPatient *patient);
void rcp_window_register_patient (RcpWindow *self, const char *typed);
void rcp_window_class_add_patient_actions (GtkWidgetClass *widget_class);
/* rcp-window-insurance.c */
void rcp_window_class_add_insurance_actions (GtkWidgetClass *widget_class);
/* rcp-window-history.c: who did what */
void rcp_window_show_visit_history (RcpWindow *self, RcpVisit *visit);
void rcp_window_show_patient_history (RcpWindow *self, RcpPatient *patient);
/* rcp-window-record.c: which page is seen while a record opens */
void rcp_window_show_welcome (RcpWindow *self);
void rcp_window_watch_desk (RcpWindow *self);
void rcp_window_class_add_record_actions (GtkWidgetClass *widget_class);
/* rcp-window-print.c: day sheets, weeks and routing slips */
void rcp_window_class_add_print_actions (GtkWidgetClass *widget_class);

/* rcp-window-preferences.c: the set-up of desk and clinic */
void rcp_window_class_add_preferences_actions (GtkWidgetClass *widget_class);

G_END_DECLS
