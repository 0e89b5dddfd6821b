/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "x12"

#include "x12-acknowledgment.h"

#include <string.h>

static void
x12_fault_free (X12Fault *self)
{
  g_free (self->set);
  g_free (self->segment);
  g_free (self->code);
  g_free (self);
}

void
x12_acknowledgment_free (X12Acknowledgment *self)
{
  g_free (self->control_number);
  g_free (self->note);
  g_ptr_array_unref (self->faults);
  g_free (self);
}

static X12Acknowledgment *
x12_acknowledgment_new (X12AcknowledgmentKind kind, const char *control_number)
{
  X12Acknowledgment *self = g_new0 (X12Acknowledgment, 1);

  self->kind = kind;
  self->control_number = g_strdup (control_number);
  self->note = g_strdup ("");
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) x12_fault_free);
  return self;
}

/* TA104, AK901. M, W and X are rejections for want of security. */
static X12AcknowledgmentStatus
read_status (const char *code)
{
  if (strcmp (code, "A") == 0)
    return X12_ACKNOWLEDGMENT_ACCEPTED;
  if (strcmp (code, "E") == 0)
    return X12_ACKNOWLEDGMENT_ACCEPTED_WITH_ERRORS;
  if (strcmp (code, "P") == 0)
    return X12_ACKNOWLEDGMENT_PARTLY_ACCEPTED;
  if (strlen (code) == 1 && strchr ("RMWX", *code))
    return X12_ACKNOWLEDGMENT_REJECTED;
  return X12_ACKNOWLEDGMENT_UNKNOWN;
}

typedef struct
{
  X12Interchange *interchange;
  GPtrArray *read;
  X12Acknowledgment *group; /* the open 999 or 997 */
  X12AcknowledgmentKind kind;
  const char *set;          /* AK202 */
  const char *segment;      /* IK301 */
  guint position;
} Walk;

static guint
read_number (const char *text)
{
  guint64 number;

  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &number, NULL) ? number : 0;
}

static void
add_fault (Walk *self, const char *segment, guint position, guint element, const char *code)
{
  X12Fault *fault;

  if (*code == '\0' || self->group == NULL)
    return;
  fault = g_new0 (X12Fault, 1);
  *fault = (X12Fault) { g_strdup (self->set), g_strdup (segment), position, element, g_strdup (code) };
  g_ptr_array_add (self->group->faults, fault);
}

/* IK4 (AK4): its first element is a composite, the place of the element first. */
static void
add_element_fault (Walk *self, const X12Segment *segment)
{
  const X12Delimiters *delimiters = x12_interchange_get_delimiters (self->interchange);
  g_auto (GStrv) place = x12_split (x12_segment_get (segment, 1), delimiters->component);

  add_fault (self, self->segment, self->position, place[0] ? read_number (place[0]) : 0, x12_segment_get (segment, 3));
}

/* The end of a set: its own faults stand in elements 02 to 06. */
static void
add_set_faults (Walk *self, const X12Segment *segment)
{
  for (guint i = 2; i <= 6; i++)
    add_fault (self, "", 0, 0, x12_segment_get (segment, i));
  self->set = "";
}

static void
read_ta1 (Walk *self, guint i)
{
  const X12Segment *segment = x12_interchange_get_segment (self->interchange, i);
  X12Acknowledgment *ta1 = x12_acknowledgment_new (X12_ACKNOWLEDGMENT_TA1, x12_segment_get (segment, 1));

  ta1->status = read_status (x12_segment_get (segment, 4));
  g_free (ta1->note);
  ta1->note = g_strdup (x12_segment_get (segment, 5));
  if (ta1->status == X12_ACKNOWLEDGMENT_UNKNOWN)
    x12_interchange_add_issue (self->interchange, X12_ISSUE_VALUE, i, 4);
  g_ptr_array_add (self->read, ta1);
}

static void
end_group (Walk *self, guint i)
{
  if (self->group == NULL)
    return;
  self->group->status = read_status (x12_segment_get (x12_interchange_get_segment (self->interchange, i), 1));
  if (self->group->status == X12_ACKNOWLEDGMENT_UNKNOWN)
    x12_interchange_add_issue (self->interchange, X12_ISSUE_VALUE, i, 1);
  self->group = NULL;
}

static void
read_segment (Walk *self, guint i)
{
  const X12Segment *segment = x12_interchange_get_segment (self->interchange, i);

  if (x12_segment_is (segment, "TA1"))
    read_ta1 (self, i);
  else if (x12_segment_is (segment, "ST"))
    self->kind = strcmp (x12_segment_get (segment, 1), "997") == 0 ? X12_ACKNOWLEDGMENT_997 : X12_ACKNOWLEDGMENT_999;
  else if (x12_segment_is (segment, "AK1"))
    {
      self->group = x12_acknowledgment_new (self->kind, x12_segment_get (segment, 2));
      self->set = self->segment = "";
      g_ptr_array_add (self->read, self->group);
    }
  else if (x12_segment_is (segment, "AK2"))
    self->set = x12_segment_get (segment, 2);
  else if (x12_segment_is (segment, "IK3") || x12_segment_is (segment, "AK3"))
    {
      self->segment = x12_segment_get (segment, 1);
      self->position = read_number (x12_segment_get (segment, 2));
      add_fault (self, self->segment, self->position, 0, x12_segment_get (segment, 4));
    }
  else if (x12_segment_is (segment, "IK4") || x12_segment_is (segment, "AK4"))
    add_element_fault (self, segment);
  else if (x12_segment_is (segment, "IK5") || x12_segment_is (segment, "AK5"))
    add_set_faults (self, segment);
  else if (x12_segment_is (segment, "AK9"))
    end_group (self, i);
}

/**
 * x12_acknowledgments_read:
 *
 * A group that does not end (no AK9) is %X12_ACKNOWLEDGMENT_UNKNOWN: it must not be taken for accepted.
 *
 * Returns: (transfer full) (element-type X12Acknowledgment): those in the interchange, in their order; empty when it has none.
 *   Codes that are none are added to its issues.
 */
GPtrArray *
x12_acknowledgments_read (X12Interchange *interchange)
{
  Walk walk = { .interchange = interchange, .set = "", .segment = "" };

  walk.read = g_ptr_array_new_with_free_func ((GDestroyNotify) x12_acknowledgment_free);
  for (guint i = 0; i < x12_interchange_get_n_segments (interchange); i++)
    read_segment (&walk, i);
  return walk.read;
}
