/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-coverage.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_CARD_FRONT,
  RCP_CARD_BACK,
  RCP_N_CARD_SIDES,
} RcpCardSide;

/**
 * RcpCardPhoto:
 *
 * The photo of one side of an insurance card, as the record holds it (DocumentReference): immutable. There is one for each side of each
 * card; one that was removed stays as what it was, and is put in place again by the next.
 */
#define RCP_TYPE_CARD_PHOTO (rcp_card_photo_get_type ())
G_DECLARE_FINAL_TYPE (RcpCardPhoto, rcp_card_photo, RCP, CARD_PHOTO, GObject)

RcpCardSide rcp_card_photo_get_side (RcpCardPhoto *self);
GBytes *rcp_card_photo_get_image (RcpCardPhoto *self); /* a JPEG; NULL: it was removed */

void rcp_card_photos_load_async (FhirClient *client, RcpCoverage *coverage, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *rcp_card_photos_load_finish (GAsyncResult *result, GError **error); /* (element-type RcpCardPhoto) (transfer full) */

void rcp_card_photo_put_async (FhirClient *client, RcpClock *clock, RcpCoverage *coverage, RcpCardSide side, RcpCardPhoto *before,
                               GBytes *image, const char *desk, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpCardPhoto *rcp_card_photo_put_finish (GAsyncResult *result, GError **error);

G_END_DECLS
