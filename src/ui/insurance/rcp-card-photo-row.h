/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "insurance/rcp-card-photo.h"

G_BEGIN_DECLS

/**
 * RcpCardPhotoRow:
 *
 * One side of an insurance card: its photo, small; Enter opens it large. A picture comes from a file, by drop or by paste. What was
 * changed is written by whoever saves.
 *
 * Signals: "changed" when another picture is shown, or one is being read.
 */
#define RCP_TYPE_CARD_PHOTO_ROW (rcp_card_photo_row_get_type ())
G_DECLARE_FINAL_TYPE (RcpCardPhotoRow, rcp_card_photo_row, RCP, CARD_PHOTO_ROW, AdwActionRow)

GtkWidget *rcp_card_photo_row_new (RcpCardSide side);
void rcp_card_photo_row_set_stored (RcpCardPhotoRow *self, RcpCardPhoto *stored);
void rcp_card_photo_row_set_unread (RcpCardPhotoRow *self);
void rcp_card_photo_row_set_saved (RcpCardPhotoRow *self, RcpCardPhoto *stored);
RcpCardPhoto *rcp_card_photo_row_get_stored (RcpCardPhotoRow *self); /* or NULL */
GBytes *rcp_card_photo_row_get_image (RcpCardPhotoRow *self);        /* as it is to be; NULL: none */
gboolean rcp_card_photo_row_is_changed (RcpCardPhotoRow *self);
gboolean rcp_card_photo_row_is_busy (RcpCardPhotoRow *self);         /* a picture is being read */
gboolean rcp_card_photo_row_is_shown (RcpCardPhotoRow *self);        /* it can be seen */
void rcp_card_photo_row_take_file (RcpCardPhotoRow *self, GFile *file);
void rcp_card_photo_row_paste (RcpCardPhotoRow *self);

G_END_DECLS
