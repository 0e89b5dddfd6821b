/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-sample-private.h"

G_BEGIN_DECLS

#define SAMPLE_ZONE "America/New_York"

/* A Tuesday in the week after the clocks went back, so that the month of visits has both offsets in it. */
#define SAMPLE_NOON G_GINT64_CONSTANT (1793725200000000) /* 2026-11-03 12:00 in New York */

/* One filled record for all tests that only look at it. */
typedef struct
{
  char *folder;
  PracticeStore *store;
  GPtrArray *resources; /* of PracticeJson */
} SampleRecord;

PracticeStore *sample_record_open (const char *folder, const char *name);
PracticeStore *sample_record_fill (const char *folder, const char *name, gint64 now);
/* (transfer full) (element-type PracticeJson) */
GPtrArray *sample_record_read_all (PracticeStore *store);
void sample_record_remove_folder (const char *path);

/* What is read of a resource. */
gboolean sample_is_type (PracticeJson *resource, const char *type);
PracticeJson *sample_find_resource (const SampleRecord *record, const char *reference);
const char *sample_find_identifier (PracticeJson *resource, const char *system);
const char *sample_find_participant (PracticeJson *visit, const char *type); /* the first of that type: its reference */
const char *sample_get_owner (PracticeJson *slot);
gint64 sample_get_instant (PracticeJson *resource, const char *member);
gboolean sample_takes_time (PracticeJson *visit);

G_END_DECLS
