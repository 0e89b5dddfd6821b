/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpFlagsBox:
 *
 * What must be seen about a patient: an icon, the category and the words of each flag; hidden while there is none. Where flags may be
 * changed each has a button that ends it, and a new one can be added.
 */
#define RCP_TYPE_FLAGS_BOX (rcp_flags_box_get_type ())
G_DECLARE_FINAL_TYPE (RcpFlagsBox, rcp_flags_box, RCP, FLAGS_BOX, GtkWidget)

GtkWidget *rcp_flags_box_new (RcpDesk *desk, gboolean may_change);
void rcp_flags_box_set_patient (RcpFlagsBox *self, const char *patient_id); /* nullable */
guint rcp_flags_box_get_n_flags (RcpFlagsBox *self);

G_END_DECLS
