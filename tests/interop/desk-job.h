/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contract.h"

G_BEGIN_DECLS

/* Adds the day's work of a desk on a server that others wrote, empty so far: a clinic is founded, its hours are
 * published, patients are found, booked, moved and cancelled. Where the server's transactions do not hold, the desk must
 * notice and refuse. */
void desk_job_add (const char *prefix, ContractConnect connect);
/* Lets go of the clinic, after the tests. */
void desk_job_end (void);

G_END_DECLS
