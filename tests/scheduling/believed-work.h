/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/* What a block has made work, as it is believed: "<visit>/<start>/<provider>", and whether it is on the list. */

void believed_work_put (GHashTable *work, RcpVisit *visit); /* a block was put over it */
void believed_work_end (GHashTable *work, RcpVisit *visit); /* it fits where it is */
void believed_work_forget_new (GHashTable *before, GHashTable *now); /* the block that put it there is undone; @before holds from now on */
/* @refits: what is on the list; @visits: all; @blocked: ids of slots. */
void believed_work_check (GHashTable *work, GPtrArray *refits, GPtrArray *visits, GHashTable *blocked);

G_END_DECLS
