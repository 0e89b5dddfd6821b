/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "scheduling/rcp-wish.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_MOVE_ALONE, /* only this one is to be moved, and is not yet */
  RCP_MOVE_DONE,  /* all that were asked for are moved, as far as the error does not say otherwise */
  RCP_MOVE_STAYS, /* nothing is to be moved */
} RcpMoveAnswer;

/* A visit that belongs to a series, or was booked as one with others, goes to @offer: asks whether the others go with it,
 * with what stands against each, and moves them. Of any other visit the answer is RCP_MOVE_ALONE at once. */
void rcp_move_more_async (RcpDesk *desk,
                          GtkWindow *parent,
                          RcpVisit *visit,
                          RcpOffer *offer,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* @moved: (out) (transfer full) (nullable): the visit as the record holds it, for RCP_MOVE_DONE. @error may be set for
 * RCP_MOVE_DONE and RCP_MOVE_STAYS. */
RcpMoveAnswer rcp_move_more_finish (GAsyncResult *result, RcpVisit **moved, GError **error);

G_END_DECLS
