/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RcpLinkKind:
 * @RCP_LINK_VISIT: "reception:visit/ID": an Appointment
 * @RCP_LINK_PATIENT: "reception:patient/ID"
 * @RCP_LINK_DAY: "reception:day/2026-11-23"
 */
typedef enum
{
  RCP_LINK_VISIT,
  RCP_LINK_PATIENT,
  RCP_LINK_DAY,
} RcpLinkKind;

/**
 * RcpLink:
 * @kind: what it leads to
 * @id: a FHIR id, for a visit or a patient
 * @date: for a day
 *
 * A link into the record that other programs and web pages may hold. It only shows: no link ever changes anything.
 */
typedef struct
{
  RcpLinkKind kind;
  char *id;
  GDate date;
} RcpLink;

/* NULL where @text is no such link. */
RcpLink *rcp_link_parse (const char *text);
RcpLink *rcp_link_new (RcpLinkKind kind, const char *id);
RcpLink *rcp_link_copy (const RcpLink *self);
void rcp_link_free (RcpLink *self);
char *rcp_link_format (const RcpLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpLink, rcp_link_free)

G_END_DECLS
