/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-make-sheets.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_PRINT_READING,
  RCP_PRINT_READY,
  RCP_PRINT_FAILED,
} RcpPrintState;

/**
 * RcpPrintModel:
 *
 * The rules of the print screen: which sheets of whom, and the document that comes of it. A choice made while the record
 * is read ends that reading. Signal "changed": state, document or error are others.
 */
G_DECLARE_FINAL_TYPE (RcpPrintModel, rcp_print_model, RCP, PRINT_MODEL, GObject)
#define RCP_TYPE_PRINT_MODEL (rcp_print_model_get_type ())

/* @providers: (element-type RcpProvider): those that may be printed, not empty. Begins to read. */
RcpPrintModel *rcp_print_model_new (RcpDesk *desk, GListModel *providers, const GDate *date);
/* For a document that is there already: nothing to choose. Takes @document. */
RcpPrintModel *rcp_print_model_new_ready (RcpPrintDocument *document);

gboolean rcp_print_model_has_choices (RcpPrintModel *self);
void rcp_print_model_set_kind (RcpPrintModel *self, RcpSheetKind kind);
RcpSheetKind rcp_print_model_get_kind (RcpPrintModel *self);
/* Whose: everyone, then each provider. (transfer full). */
GStrv rcp_print_model_list_whose (RcpPrintModel *self);
/* 0: all. */
void rcp_print_model_set_whose (RcpPrintModel *self, guint index);
guint rcp_print_model_get_whose (RcpPrintModel *self);
/* Reads the record again. */
void rcp_print_model_reload (RcpPrintModel *self);

RcpPrintState rcp_print_model_get_state (RcpPrintModel *self);
RcpPrintDocument *rcp_print_model_get_document (RcpPrintModel *self); /* NULL but in RCP_PRINT_READY */
const GError *rcp_print_model_get_error (RcpPrintModel *self);
/* The document, to be printed; the model has none afterwards: (transfer full). */
RcpPrintDocument *rcp_print_model_steal_document (RcpPrintModel *self);
/* What a PDF is called unless the desk says otherwise: kind and date, never a name. (transfer full). */
char *rcp_print_model_suggest_file (RcpPrintModel *self);

G_END_DECLS
