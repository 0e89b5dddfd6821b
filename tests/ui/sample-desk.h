/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "keep-result.h"
#include "practice-fixture.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

#define SAMPLE_NOW "2026-11-23T14:26:00Z" /* a Monday, in the morning of New York */

/**
 * SampleDesk: a desk that is open on the sample clinic, at SAMPLE_NOW, without a window.
 */
typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  RcpClock *clock;
  RcpDesk *desk;
} SampleDesk;

void sample_desk_set_up (SampleDesk *self);
/* The same in two steps: what must be there before it opens comes between them. */
void sample_desk_make (SampleDesk *self);
void sample_desk_open (SampleDesk *self);
void sample_desk_tear_down (SampleDesk *self);
/* The first of its patients: (transfer full). */
RcpPatient *sample_desk_read_patient (SampleDesk *self);

G_END_DECLS
