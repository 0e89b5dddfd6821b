/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk-fixture.h"

G_BEGIN_DECLS

#define FULL_DAY_PROVIDERS 40
#define FULL_DAY_VISITS 30 /* per provider: 1,200 in all */

/* Fills day @day (0 is DESK_NOW's) of a fixture with FULL_DAY_PROVIDERS providers: each is busy from 8:00 to 15:30. */
void full_day_add (DeskFixture *desk, guint day);
/* The same with fewer or more: @n_visits of a quarter of an hour, from 8:00 on, of each of the first @n_providers. */
void full_day_add_some (DeskFixture *desk, guint day, guint n_providers, guint n_visits);

G_END_DECLS
