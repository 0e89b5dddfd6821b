/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RcpApplication:
 *
 * The program: one instance, its options, and what is the same in every window.
 */
#define RCP_TYPE_APPLICATION (rcp_application_get_type ())
G_DECLARE_FINAL_TYPE (RcpApplication, rcp_application, RCP, APPLICATION, AdwApplication)

RcpApplication *rcp_application_new (void);

G_END_DECLS
