/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-coverage.h"
#include "clinic/rcp-values.h"
#include "insurance/rcp-benefit.h"

G_BEGIN_DECLS

/* Whether a provider is in the network of a plan, as far as the record says. Pure. */

RcpNetwork rcp_provider_network_find_name (RcpProvider *provider, const char *network);
RcpNetwork rcp_provider_network_find (RcpProvider *provider, RcpCoverage *coverage);

G_END_DECLS
