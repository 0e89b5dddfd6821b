/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "insurance/rcp-check-coverage.h"

G_BEGIN_DECLS

/* The values of the GSettings key "payer-way". */
typedef enum
{
  RCP_PAYER_NONE,
  RCP_PAYER_X12,
  RCP_PAYER_FHIR,
} RcpPayerWay;

/**
 * RcpPayer:
 *
 * How this desk asks payers: what the settings and the keyring say, and the backend that comes of it.
 *
 * Signals: "changed" when the settings have changed.
 */
#define RCP_TYPE_PAYER (rcp_payer_get_type ())
G_DECLARE_FINAL_TYPE (RcpPayer, rcp_payer, RCP, PAYER, GObject)

RcpPayer *rcp_payer_new (GSettings *settings, RcpClock *clock);
RcpPayerWay rcp_payer_get_way (RcpPayer *self);
guint rcp_payer_get_days (RcpPayer *self); /* that an answer is trusted */
char *rcp_payer_dup_problem (RcpPayer *self);
char *rcp_payer_make_trace (void);

void rcp_payer_check_async (RcpPayer *self, FhirClient *record, RcpEligibilityQuestion *question, const RcpCheckHow *how,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpEligibilityAnswer *rcp_payer_check_finish (GAsyncResult *result, GError **error);

/* The password of the user, or the token where there is none: to the keyring, and never anywhere else. "" forgets it. */
void rcp_payer_set_password_async (RcpPayer *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean rcp_payer_set_password_finish (GAsyncResult *result, GError **error);

/* Asks about somebody who does not exist: in words, and whether the way to the payer is open. */
void rcp_payer_test_async (RcpPayer *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *rcp_payer_test_finish (GAsyncResult *result, gboolean *is_open, GError **error);

G_END_DECLS
