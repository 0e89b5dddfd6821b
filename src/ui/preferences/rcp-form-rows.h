/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/preferences/rcp-form-model.h"

G_BEGIN_DECLS

/**
 * RcpFormRows:
 *
 * The rows of a form, each bound to the text of its key in the model; below each is said what is wrong with it.
 */
typedef struct _RcpFormRows RcpFormRows;

RcpFormRows *rcp_form_rows_new (RcpFormModel *model); /* follows the model; to be freed before its widgets */
void rcp_form_rows_free (RcpFormRows *self);

/* A group on @page. @description: or NULL */
AdwPreferencesGroup *rcp_form_rows_add_group (AdwPreferencesPage *page, const char *title, const char *description);

/* For a field that is no row of a form: what is wrong with it is said in the same way. */
GtkWidget *rcp_form_rows_make_fault_row (GtkLabel **label);
void rcp_form_rows_blame (GtkWidget *widget, GtkWidget *target, GtkLabel *label, const char *fault);

/* Where rows go: an AdwPreferencesGroup or an AdwExpanderRow. All return the row, borrowed. */
GtkWidget *rcp_form_rows_add_entry (RcpFormRows *self, GtkWidget *parent, const char *key, const char *title);
GtkWidget *rcp_form_rows_add_number (RcpFormRows *self, GtkWidget *parent, const char *key, const char *title);
/* @subtitle: or NULL */
GtkWidget *
rcp_form_rows_add_switch (RcpFormRows *self, GtkWidget *parent, const char *key, const char *title, const char *subtitle);
/* @codes, @names: up to NULL, the first is what an empty text means if its code is "". */
GtkWidget *rcp_form_rows_add_choice (RcpFormRows *self,
                                     GtkWidget *parent,
                                     const char *key,
                                     const char *title,
                                     const char *const *codes,
                                     const char *const *names);
/* Any number of them, as codes with commas; @none says what it means that none is chosen. */
GtkWidget *rcp_form_rows_add_set (RcpFormRows *self,
                                  GtkWidget *parent,
                                  const char *key,
                                  const char *title,
                                  const char *none,
                                  const char *const *codes,
                                  const char *const *names);
/* An expander that is a switch at the same time. */
GtkWidget *rcp_form_rows_add_expander (RcpFormRows *self, GtkWidget *parent, const char *key, const char *title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpFormRows, rcp_form_rows_free)

G_END_DECLS
