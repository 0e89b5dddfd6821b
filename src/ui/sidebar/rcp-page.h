/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpPage:
 *
 * One page of the window, named in the sidebar. Its widget is made when it is first shown: a start never waits for it.
 *
 * Properties: "name", "title", "icon-name", "count" (uint; 0 is not shown), "current" (whether it is the page that is shown).
 */
#define RCP_TYPE_PAGE (rcp_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpPage, rcp_page, RCP, PAGE, GObject)

/* Makes the widget of a page: (transfer floating). */
typedef GtkWidget *(*RcpPageMake) (gpointer data);

/* @counted: nullable; an object with a uint property "count", which is shown beside the title as long as the page lives.
 * @data: for @make; has to outlive the page. */
RcpPage *rcp_page_new (const char *name, const char *title, const char *icon_name, GObject *counted, RcpPageMake make, gpointer data);
const char *rcp_page_get_name (RcpPage *self);
const char *rcp_page_get_title (RcpPage *self);
const char *rcp_page_get_icon_name (RcpPage *self);
guint rcp_page_get_count (RcpPage *self);
/* What a screen reader says: "Waiting now, 5". (transfer full). */
char *rcp_page_describe (RcpPage *self);
/* Borrowed; made by the first call. */
GtkWidget *rcp_page_get_widget (RcpPage *self);

/**
 * RcpPages:
 *
 * The pages in the order in which they were added, and which one is shown: the first, until another is chosen.
 *
 * Property: "current" (RcpPage).
 */
#define RCP_TYPE_PAGES (rcp_pages_get_type ())
G_DECLARE_FINAL_TYPE (RcpPages, rcp_pages, RCP, PAGES, GObject)

RcpPages *rcp_pages_new (void);
void rcp_pages_add (RcpPages *self, RcpPage *page);
GListModel *rcp_pages_get_list (RcpPages *self);
RcpPage *rcp_pages_get_current (RcpPages *self); /* NULL before the first was added */
gboolean rcp_pages_is_current (RcpPages *self, const char *name);
/* FALSE: there is no such page. */
gboolean rcp_pages_show (RcpPages *self, const char *name);
/* The page @steps after the current one, around the end. */
void rcp_pages_step (RcpPages *self, int steps);

G_END_DECLS
