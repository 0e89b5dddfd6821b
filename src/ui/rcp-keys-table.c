/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one list of keys. */

#define G_LOG_DOMAIN "rcp-keys-table"

#include "config.h"

#include "rcp-keys.h"

#include <glib/gi18n.h>

static const RcpKey days[] = {
  { RCP_KEYS_TURN, "Page_Up", "win.previous-day", N_("Previous or next day, week or month"), NULL },
  { RCP_KEYS_TURN, "Page_Down", "win.next-day", NULL, NULL },
  { RCP_KEYS_PROGRAM, "<Alt>Left", "win.previous-day", NULL, NULL },
  { RCP_KEYS_PROGRAM, "<Alt>Right", "win.next-day", NULL, NULL },
  { RCP_KEYS_WINDOW, "t", "win.today", N_("Today"), NULL },
  { RCP_KEYS_PROGRAM, "<Control>t <Alt>Home", "win.today", NULL, NULL },
  { RCP_KEYS_PROGRAM, "<Alt>1", "win.view('day')", N_("Day, week, month, agenda"), "<Alt>1...4" },
  { RCP_KEYS_PROGRAM, "<Alt>2", "win.view('week')", NULL, NULL },
  { RCP_KEYS_PROGRAM, "<Alt>3", "win.view('month')", NULL, NULL },
  { RCP_KEYS_PROGRAM, "<Alt>4", "win.view('agenda')", NULL, NULL },
  { RCP_KEYS_BOARD, "w", "win.own-week", N_("Week of this column alone, and back"), NULL },
  { RCP_KEYS_PROGRAM, "<Alt>0", "win.own-days", N_("My days, and everybody’s again"), NULL },
  { RCP_KEYS_MONTH, "Left Right Up Down", NULL, N_("In the month: another day or week"), NULL },
  { RCP_KEYS_MONTH, "Page_Up Page_Down", NULL, N_("In the month: another month"), NULL },
  { RCP_KEYS_PROGRAM, "F5 <Control>r", "win.refresh", N_("Read the day again"), NULL },
};

static const RcpKey board[] = {
  { RCP_KEYS_CURSOR, "Up", "board.cursor('up')", N_("Move between visits and free times"), NULL },
  { RCP_KEYS_CURSOR, "Down", "board.cursor('down')", NULL, NULL },
  { RCP_KEYS_CURSOR, "Left", "board.cursor('left')", NULL, NULL },
  { RCP_KEYS_CURSOR, "Right", "board.cursor('right')", NULL, NULL },
  { RCP_KEYS_CURSOR, "Home", "board.cursor('first')", N_("First or last of the column"), NULL },
  { RCP_KEYS_CURSOR, "End", "board.cursor('last')", NULL, NULL },
  { RCP_KEYS_VISIT, "Return space", "visit.open", N_("Open the visit, or book the free time"), NULL },
  { RCP_KEYS_FREE_TIME, "Return space", "time.book", NULL, NULL },
  { RCP_KEYS_BOARD, "b", "board.block-here", N_("Block the free time, or free it again"), NULL },
  { RCP_KEYS_FREE_TIME, "Delete", "board.unblock", NULL, NULL },
  { RCP_KEYS_BOARD, "<Control>plus <Control>equal", "board.zoom(1)", N_("Zoom in, out, back"), "<Control>plus <Control>minus <Control>0" },
  { RCP_KEYS_BOARD, "<Control>minus", "board.zoom(-1)", NULL, NULL },
  { RCP_KEYS_BOARD, "<Control>0", "board.zoom(0)", NULL, NULL },
  { RCP_KEYS_BOARD, "1", "win.column-set(uint32 1)", N_("Show a column set"), "1...9" },
  { RCP_KEYS_BOARD, "2", "win.column-set(uint32 2)", NULL, NULL },
  { RCP_KEYS_BOARD, "3", "win.column-set(uint32 3)", NULL, NULL },
  { RCP_KEYS_BOARD, "4", "win.column-set(uint32 4)", NULL, NULL },
  { RCP_KEYS_BOARD, "5", "win.column-set(uint32 5)", NULL, NULL },
  { RCP_KEYS_BOARD, "6", "win.column-set(uint32 6)", NULL, NULL },
  { RCP_KEYS_BOARD, "7", "win.column-set(uint32 7)", NULL, NULL },
  { RCP_KEYS_BOARD, "8", "win.column-set(uint32 8)", NULL, NULL },
  { RCP_KEYS_BOARD, "9", "win.column-set(uint32 9)", NULL, NULL },
  { RCP_KEYS_BOARD, "0", "win.column-set(uint32 0)", N_("Show every column"), NULL },
};

/* The letters of the steps are those of rcp_flow_get_keys(). */
static const RcpKey visit[] = {
  { RCP_KEYS_WINDOW, "c", "win.visit('confirm')", N_("Confirmed, arrived, in a room"), NULL },
  { RCP_KEYS_WINDOW, "a", "win.visit('arrive')", NULL, NULL },
  { RCP_KEYS_WINDOW, "r", "win.visit('room')", NULL, NULL },
  { RCP_KEYS_WINDOW, "p", "win.visit('with-provider')", N_("With the provider, done"), NULL },
  { RCP_KEYS_WINDOW, "d", "win.visit('done')", NULL, NULL },
  { RCP_KEYS_WINDOW, "x", "win.visit('no-show')", N_("No-show, left without being seen"), NULL },
  { RCP_KEYS_WINDOW, "l", "win.visit('left')", NULL, NULL },
  { RCP_KEYS_WINDOW, "m", "win.visit('move')", N_("Move the visit"), NULL },
  { RCP_KEYS_WINDOW, "o", "win.visit('overbook')", N_("Book another visit at the time of this one"), NULL },
  { RCP_KEYS_WINDOW, "h", "win.visit('history')", N_("History of the visit or the patient"), NULL },
  { RCP_KEYS_WINDOW, "<Control>x", "win.visit('cut')", N_("Cut the visit, choose its place with the arrows"), NULL },
  { RCP_KEYS_WINDOW, "<Control>v", "win.put", N_("Put the visit there"), NULL },
  { RCP_KEYS_HELD, "Return space", "win.put", NULL, NULL },
  { RCP_KEYS_HELD, "p", "win.park", N_("Leave it on the pinboard"), NULL },
  { RCP_KEYS_PINBOARD, "Delete", "pinboard.unpin", N_("Take it off the pinboard"), NULL },
  { RCP_KEYS_WINDOW, "Delete", "win.visit('cancel')", N_("Cancel the visit"), NULL },
  { RCP_KEYS_VISIT, "<Shift>F10 Menu", "menu.popup", N_("Menu of the visit"), NULL },
  { RCP_KEYS_PROGRAM, "<Control><Shift>p", "win.print-visit", N_("Print the routing slip of the visit"), NULL },
  { RCP_KEYS_WINDOW, "<Control>z", "win.undo", N_("Undo the last change"), NULL },
};

static const RcpKey booking[] = {
  { RCP_KEYS_WINDOW, "n", "win.new-visit", N_("New visit"), NULL },
  { RCP_KEYS_PROGRAM, "<Control>n", "win.new-visit", NULL, NULL },
  { RCP_KEYS_BOOKING, "<Control>Return", NULL, N_("Book the chosen opening from anywhere"), NULL },
  { RCP_KEYS_BOOKING, "<Control>b", "booking.best", N_("Book what suits the patient best"), NULL },
  { RCP_KEYS_BOOKING, "y", "booking.why", N_("Why an opening stands where it does"), NULL },
  { RCP_KEYS_BOOKING, "d", "booking.drop-musts", N_("Drop the conditions that leave providers out"), NULL },
  { RCP_KEYS_WAIT_LIST, "b", "wait-list.book-first", N_("Book the first who waits"), NULL },
  { RCP_KEYS_WAIT_LIST, "Delete", "wait-list.remove", N_("Take off the wait list"), NULL },
  { RCP_KEYS_WAIT_LIST, "h", "wait-list.history", N_("History of who waits"), NULL },
  { RCP_KEYS_REQUESTS, "a", "request.accept", N_("Do what a provider asks for"), NULL },
  { RCP_KEYS_REQUESTS, "Delete", "request.refuse", N_("Refuse it: the calendar is put right"), NULL },
};

static const RcpKey patients[] = {
  { RCP_KEYS_PROGRAM, "<Control>k <Control>f", "win.find", N_("Find a patient"), NULL },
  { RCP_KEYS_WINDOW, "slash", "win.find", NULL, NULL },
  { RCP_KEYS_FIND, "Up Down", NULL, N_("Choose among what was found"), NULL },
  { RCP_KEYS_PROGRAM, "<Control><Shift>n", "win.register-patient", N_("Register a patient"), NULL },
  { RCP_KEYS_WINDOW, "i", "win.check-insurance", N_("Check the insurance of the patient beside the board"), NULL },
  { RCP_KEYS_PROGRAM, "<Control>i", "win.insurance-list", N_("How the visits of tomorrow are covered"), NULL },
  { RCP_KEYS_COVER, "i", "cover.check", N_("In that list: ask the payer again, ask about all"), "i <Control>Return" },
  { RCP_KEYS_COVER, "<Control>Return", "cover.check-all", NULL, NULL },
  { RCP_KEYS_COVER, "<Alt>Left", "cover.step-day(-1)", N_("In that list: previous or next day"), "<Alt>Left <Alt>Right" },
  { RCP_KEYS_COVER, "<Alt>Right", "cover.step-day(1)", NULL, NULL },
  { RCP_KEYS_AUTHORIZATIONS, "a", "authorization.receive", N_("Write down the number of an authorization"), NULL },
  { RCP_KEYS_PATIENT, "<Control>Return", NULL, N_("Save the patient from anywhere"), NULL },
  { RCP_KEYS_INSURANCE, "<Control>Return", "insurance.save", NULL, NULL },
  { RCP_KEYS_INSURANCE, "<Control>v", "insurance.paste", NULL, NULL },
};

static const RcpKey dialogs[] = {
  { RCP_KEYS_DIALOG, "Escape", "window.close", N_("Close the dialog"), NULL },
  { RCP_KEYS_WELCOME, "Escape", "welcome.back", NULL, NULL },
  { RCP_KEYS_ROOMS, "1", "room.choose(uint32 0)", N_("Choose a room"), "1...9" },
  { RCP_KEYS_ROOMS, "2", "room.choose(uint32 1)", NULL, NULL },
  { RCP_KEYS_ROOMS, "3", "room.choose(uint32 2)", NULL, NULL },
  { RCP_KEYS_ROOMS, "4", "room.choose(uint32 3)", NULL, NULL },
  { RCP_KEYS_ROOMS, "5", "room.choose(uint32 4)", NULL, NULL },
  { RCP_KEYS_ROOMS, "6", "room.choose(uint32 5)", NULL, NULL },
  { RCP_KEYS_ROOMS, "7", "room.choose(uint32 6)", NULL, NULL },
  { RCP_KEYS_ROOMS, "8", "room.choose(uint32 7)", NULL, NULL },
  { RCP_KEYS_ROOMS, "9", "room.choose(uint32 8)", NULL, NULL },
  { RCP_KEYS_HISTORY, "<Control>c", "history.copy", N_("Copy the history"), NULL },
  { RCP_KEYS_COLUMNS, "<Control>Return", "columns.show", N_("Show the chosen columns"), NULL },
  { RCP_KEYS_PRINT, "<Control>p", "print.print", N_("Print what is shown, or save it"), NULL },
  { RCP_KEYS_PRINT, "<Control>s", "print.save", NULL, NULL },
  { RCP_KEYS_PREFERENCES, "<Alt>1", "preferences.show('general')", N_("Another page of the preferences"), "<Alt>1...8" },
  { RCP_KEYS_PREFERENCES, "<Alt>2", "preferences.show('providers')", NULL, NULL },
  { RCP_KEYS_PREFERENCES, "<Alt>3", "preferences.show('places')", NULL, NULL },
  { RCP_KEYS_PREFERENCES, "<Alt>4", "preferences.show('rooms')", NULL, NULL },
  { RCP_KEYS_PREFERENCES, "<Alt>5", "preferences.show('visit-types')", NULL, NULL },
  { RCP_KEYS_PREFERENCES, "<Alt>6", "preferences.show('refits')", NULL, NULL },
  { RCP_KEYS_PREFERENCES, "<Alt>7", "preferences.show('calendars')", NULL, NULL },
  { RCP_KEYS_PREFERENCES, "<Alt>8", "preferences.show('insurance')", NULL, NULL },
  { RCP_KEYS_REFITS, "p", "refits.propose", N_("Propose new places for the visits that no longer fit"), NULL },
  { RCP_KEYS_NEW_PLACES, "<Control>Return", "new-places.move", N_("Move the ticked visits to their new places"), NULL },
};

static const RcpKey general[] = {
  { RCP_KEYS_WINDOW, "F6", "win.step-pane(1)", N_("Next or previous part of the window"), NULL },
  { RCP_KEYS_WINDOW, "<Shift>F6", "win.step-pane(-1)", NULL, NULL },
  { RCP_KEYS_PAGES, "<Control>Page_Up", "win.step-page(-1)", N_("Previous or next page"), NULL },
  { RCP_KEYS_PAGES, "<Control>Page_Down", "win.step-page(1)", NULL, NULL },
  { RCP_KEYS_PAGES, "F9", "win.sidebar", N_("Show or hide the sidebar"), NULL },
  { RCP_KEYS_BACK, "Escape", "win.close-panel", N_("Close the side panel"), NULL },
  { RCP_KEYS_PROGRAM, "<Control>p", "win.print", N_("Print days or weeks"), NULL },
  { RCP_KEYS_PROGRAM, "F10", NULL, N_("Main menu"), NULL },
  { RCP_KEYS_PROGRAM, "<Control>comma", "win.preferences", N_("Preferences"), NULL },
  { RCP_KEYS_PROGRAM, "F1", "app.help", N_("Help"), NULL },
  { RCP_KEYS_WINDOW, "question", "win.shortcuts", N_("Keyboard shortcuts"), NULL },
  { RCP_KEYS_PROGRAM, "<Control>question", "win.shortcuts", NULL, NULL },
  { RCP_KEYS_PROGRAM, "<Control>w", "window.close", N_("Close the window"), NULL },
  { RCP_KEYS_PROGRAM, "<Control>q", "app.quit", N_("Quit"), NULL },
};

static const RcpKeyGroup groups[] = {
  { N_("Days"), days, G_N_ELEMENTS (days) },
  { N_("Board"), board, G_N_ELEMENTS (board) },
  { N_("Visits"), visit, G_N_ELEMENTS (visit) },
  { N_("Booking and Wait List"), booking, G_N_ELEMENTS (booking) },
  { N_("Patients"), patients, G_N_ELEMENTS (patients) },
  { N_("Dialogs"), dialogs, G_N_ELEMENTS (dialogs) },
  { N_("General"), general, G_N_ELEMENTS (general) },
};

const RcpKeyGroup *
rcp_keys_get_groups (guint *n_groups)
{
  *n_groups = G_N_ELEMENTS (groups);
  return groups;
}
