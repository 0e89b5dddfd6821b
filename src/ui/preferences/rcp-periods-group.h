/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/preferences/rcp-form-model.h"

G_BEGIN_DECLS

/**
 * RcpPeriodsGroup:
 *
 * Leave or closed days in a form: a row for each, and a few fields to add one.
 */
#define RCP_TYPE_PERIODS_GROUP (rcp_periods_group_get_type ())
G_DECLARE_FINAL_TYPE (RcpPeriodsGroup, rcp_periods_group, RCP, PERIODS_GROUP, AdwPreferencesGroup)

/* @add_title: what adding one is called */
GtkWidget *
rcp_periods_group_new (RcpFormModel *model, const char *key, const char *title, const char *add_title, const GDate *today);

G_END_DECLS
