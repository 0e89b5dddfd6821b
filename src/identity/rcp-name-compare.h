/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How near two texts are, and two names of people. Pure. */

/**
 * RcpAgreement:
 * @RCP_AGREE_UNKNOWN: one of both is not known
 * @RCP_AGREE_DIFFERENT: they differ
 * @RCP_AGREE_SIMILAR: they differ as by a slip, a short form or a part left out
 * @RCP_AGREE_SAME: they are the same, but for case, accents and the like
 */
typedef enum
{
  RCP_AGREE_UNKNOWN,
  RCP_AGREE_DIFFERENT,
  RCP_AGREE_SIMILAR,
  RCP_AGREE_SAME,
} RcpAgreement;

/* Jaro and Winkler's similarity, 0 to 1, by characters. */
double rcp_text_jaro_winkler (const char *a, const char *b);
/* Letters changed, left out, added, or swapped with their neighbour (optimal string alignment), by characters. */
guint rcp_text_edit_distance (const char *a, const char *b);
/* Whether two folded texts differ by a slip of the hand. */
gboolean rcp_text_is_slip (const char *a, const char *b);

RcpAgreement rcp_name_compare_family (const char *a, const char *b);
RcpAgreement rcp_name_compare_given (const char *a, const char *b);
/* Whether both, folded, are forms of one given name: "bob" and "robert". */
gboolean rcp_name_is_short_form (const char *a, const char *b);

G_END_DECLS
