/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "x12-interchange.h"

G_BEGIN_DECLS

/* What a receiver says of what it got: TA1 of an interchange, 999 (X231) and the older 997 of a functional group. */

typedef enum
{
  X12_ACKNOWLEDGMENT_TA1,
  X12_ACKNOWLEDGMENT_999,
  X12_ACKNOWLEDGMENT_997,
} X12AcknowledgmentKind;

/**
 * X12AcknowledgmentStatus:
 * @X12_ACKNOWLEDGMENT_UNKNOWN: it does not say, or by a code that is not one
 */
typedef enum
{
  X12_ACKNOWLEDGMENT_UNKNOWN,
  X12_ACKNOWLEDGMENT_ACCEPTED,
  X12_ACKNOWLEDGMENT_ACCEPTED_WITH_ERRORS,
  X12_ACKNOWLEDGMENT_PARTLY_ACCEPTED,
  X12_ACKNOWLEDGMENT_REJECTED,
} X12AcknowledgmentStatus;

/**
 * X12Fault: what was wrong in one transaction set
 * @set: AK202, the control number of the set
 * @segment: the name of the segment; empty when the whole set is meant
 * @position: number of the segment in the set, from 1 at ST
 * @element: number of the element; 0 when the segment as a whole is meant
 * @code: IK304 (AK304), IK403 (AK403) or IK502 (AK502)
 */
typedef struct
{
  char *set;
  char *segment;
  guint position;
  guint element;
  char *code;
} X12Fault;

/**
 * X12Acknowledgment:
 * @control_number: of what is acknowledged: ISA13 for TA1, GS06 for 999 and 997
 * @note: TA105, the interchange note code ("000" for none); empty otherwise
 * @faults: (element-type X12Fault)
 */
typedef struct
{
  X12AcknowledgmentKind kind;
  X12AcknowledgmentStatus status;
  char *control_number;
  char *note;
  GPtrArray *faults;
} X12Acknowledgment;

GPtrArray *x12_acknowledgments_read (X12Interchange *interchange);
void x12_acknowledgment_free (X12Acknowledgment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X12Acknowledgment, x12_acknowledgment_free)

G_END_DECLS
