/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-visit-chip.h"

G_BEGIN_DECLS

struct _RcpVisitChip
{
  GtkWidget parent_instance;

  RcpVisit *visit;
  const char *style; /* the class of its status */
  RcpChipCache *cache;
  GtkWidget *menu;
  gboolean is_new_patient;
  char *people;        /* "3 people", of a visit to which several come; or NULL */
  char *people_number; /* "3" */
  gboolean is_in_row;  /* booked as one with other visits */
  char *status; /* in words, with its timer; NULL before it is known */
};

/* rcp-visit-chip-paint.c */
void rcp_visit_chip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

G_END_DECLS
