/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/* Where a program may send e-mail to by itself, or NULL: (transfer full). */
char *rcp_patient_dup_mail_address (RcpPatient *patient);

G_END_DECLS
