/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

/* Photos of insurance cards written, read, replaced and removed (rcp-card-photo) by two desks, in a real record. */

#include "insurance-fixture.h"
#include "insurance/rcp-card-photo.h"

#include <string.h>

#define BIG (400 * 1024)

static RcpCoverage *
add_one (InsuranceFixture *self)
{
  g_autoptr (RcpCoverageFields) fields = insurance_make_fields ();
  g_autoptr (GError) error = NULL;
  RcpCoverage *coverage = insurance_add (self, self->client, fields, &error);

  g_assert_no_error (error);
  return coverage;
}

/* As long as a photo is, and of all bytes. */
static GBytes *
make_image (guchar first)
{
  guchar *data = g_malloc (BIG);

  for (gsize i = 0; i < BIG; i++)
    data[i] = (guchar) (first + i * 7 + i / 251);
  return g_bytes_new_take (data, BIG);
}

static RcpCardPhoto *
put (InsuranceFixture *self, FhirClient *client, RcpCoverage *coverage, RcpCardSide side, RcpCardPhoto *before, GBytes *image, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_card_photo_put_async (client, self->clock, coverage, side, before, image, "Desk 2", NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_card_photo_put_finish (result, error);
}

static GPtrArray *
load (InsuranceFixture *self, RcpCoverage *coverage)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *photos;

  rcp_card_photos_load_async (self->client, coverage, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  photos = rcp_card_photos_load_finish (result, &error);
  g_assert_no_error (error);
  return photos;
}

static gboolean
shows (RcpCardPhoto *photo, GBytes *image)
{
  return rcp_card_photo_get_image (photo) && g_bytes_equal (rcp_card_photo_get_image (photo), image);
}

static void
test_round (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) coverage = add_one (self), other = add_one (self);
  g_autoptr (GBytes) one = make_image (1), two = make_image (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCardPhoto) front = put (self, self->client, coverage, RCP_CARD_FRONT, NULL, one, &error), back = NULL, replaced = NULL;
  g_autoptr (RcpCardPhoto) removed = NULL, again = NULL;
  g_autoptr (GPtrArray) loaded = NULL, none = NULL, left = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (rcp_card_photo_get_side (front), ==, RCP_CARD_FRONT);
  g_assert_true (shows (front, one));
  back = put (self, self->client, coverage, RCP_CARD_BACK, NULL, two, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_card_photo_get_side (back), ==, RCP_CARD_BACK);
  loaded = load (self, coverage);
  g_assert_cmpuint (loaded->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (shows (loaded->pdata[i], rcp_card_photo_get_side (loaded->pdata[i]) == RCP_CARD_FRONT ? one : two));
  /* Another card has none. */
  none = load (self, other);
  g_assert_cmpuint (none->len, ==, 0);
  replaced = put (self, self->client, coverage, RCP_CARD_FRONT, front, two, &error);
  g_assert_no_error (error);
  g_assert_true (shows (replaced, two));
  removed = put (self, self->client, coverage, RCP_CARD_FRONT, replaced, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (rcp_card_photo_get_image (removed));
  left = load (self, coverage);
  g_assert_cmpuint (left->len, ==, 2);
  again = put (self, self->client, coverage, RCP_CARD_FRONT, removed, one, &error);
  g_assert_no_error (error);
  g_assert_true (shows (again, one));
  g_assert_cmpuint (insurance_count (self, "DocumentReference"), ==, 2);
}

/* The second desk writes nothing over what the first one put there, and the same twice is nothing new. */
static void
test_two_desks (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) coverage = add_one (self);
  g_autoptr (GBytes) one = make_image (1), two = make_image (2), three = make_image (3);
  g_autoptr (FhirClient) desk = practice_fixture_create_client (self->practice);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCardPhoto) first = put (self, self->client, coverage, RCP_CARD_FRONT, NULL, one, &error), changed = NULL, same = NULL;

  g_assert_no_error (error);
  /* Both saw an empty side. */
  g_assert_null (put (self, desk, coverage, RCP_CARD_FRONT, NULL, two, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED);
  g_clear_error (&error);
  changed = put (self, desk, coverage, RCP_CARD_FRONT, first, two, &error);
  g_assert_no_error (error);
  g_assert_null (put (self, self->client, coverage, RCP_CARD_FRONT, first, three, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED);
  g_clear_error (&error);
  g_assert_null (put (self, self->client, coverage, RCP_CARD_FRONT, first, NULL, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED);
  g_clear_error (&error);
  same = put (self, self->client, coverage, RCP_CARD_FRONT, first, two, &error);
  g_assert_no_error (error);
  g_assert_true (shows (same, two));
  g_assert_cmpuint (insurance_count (self, "DocumentReference"), ==, 1);
}

/* Whatever the wire does: it is there once. */
static void
test_once (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) coverage = add_one (self);
  g_autoptr (GBytes) one = make_image (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCardPhoto) photo = NULL;

  fault_proxy_push (self->proxy, GPOINTER_TO_INT (data), 40);
  photo = put (self, self->wire, coverage, RCP_CARD_BACK, NULL, one, &error);
  fault_proxy_settle (self->proxy);
  g_assert_no_error (error);
  g_assert_true (shows (photo, one));
  g_assert_cmpuint (insurance_count (self, "DocumentReference"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, test) \
  g_test_add ("/insurance/card-photo/" name, InsuranceFixture, data, insurance_fixture_set_up, test, insurance_fixture_tear_down)
  ADD ("round", NULL, test_round);
  ADD ("two-desks", NULL, test_two_desks);
  ADD ("reply-lost", GINT_TO_POINTER (FAULT_LOSE_REPLY), test_once);
  return g_test_run ();
}
