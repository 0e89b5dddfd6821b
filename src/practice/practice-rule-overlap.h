/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-engine-private.h"

G_BEGIN_DECLS

/* Whether the Appointment, as it was just stored, leaves its patients in one place at a time; FALSE with an error of
 * @call. A visit that stands beside another on purpose (urn:reception:overbooked) may, and so
 * may one that took the same time before. */
gboolean practice_rule_check_overlap (PracticeCall *call, const char *id);

G_END_DECLS
