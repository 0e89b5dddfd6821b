/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-card-photo.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "identity/rcp-identity-write.h"

#define MEDIA_TYPE "image/jpeg"
#define MAX_PHOTOS 10

struct _RcpCardPhoto
{
  GObject parent_instance;

  FhirResource *document;
  RcpCardSide side;
  GBytes *image;
};

G_DEFINE_FINAL_TYPE (RcpCardPhoto, rcp_card_photo, G_TYPE_OBJECT)

/* Codes of RCP_SYSTEM_CARD_SIDE. */
static const char *const sides[RCP_N_CARD_SIDES] = { "front", "back" };

static void
rcp_card_photo_finalize (GObject *object)
{
  RcpCardPhoto *self = RCP_CARD_PHOTO (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->image, g_bytes_unref);
  G_OBJECT_CLASS (rcp_card_photo_parent_class)->finalize (object);
}

static void
rcp_card_photo_class_init (RcpCardPhotoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_card_photo_finalize;
}

static void
rcp_card_photo_init (RcpCardPhoto *self)
{
}

static const char *
get_data (JsonObject *document)
{
  const char *data = fhir_json_get_string (document, "content.0.attachment.data");

  return data ? data : "";
}

static gboolean
is_current (JsonObject *document)
{
  return g_strcmp0 (fhir_json_get_string (document, "status"), "current") == 0;
}

static gpointer
to_photo (FhirResource *document)
{
  RcpCardPhoto *self = g_object_new (RCP_TYPE_CARD_PHOTO, NULL);
  JsonObject *json = fhir_resource_get_json (document);
  gsize length;
  guchar *bytes;

  self->document = g_object_ref (document);
  self->side = g_strcmp0 (fhir_json_get_string (json, "category.0.coding.0.code"), sides[RCP_CARD_BACK]) == 0 ? RCP_CARD_BACK : RCP_CARD_FRONT;
  if (is_current (json))
    {
      bytes = g_base64_decode (get_data (json), &length);
      self->image = g_bytes_new_take (bytes, length);
    }
  return self;
}

RcpCardSide
rcp_card_photo_get_side (RcpCardPhoto *self)
{
  g_return_val_if_fail (RCP_IS_CARD_PHOTO (self), RCP_CARD_FRONT);

  return self->side;
}

GBytes *
rcp_card_photo_get_image (RcpCardPhoto *self)
{
  g_return_val_if_fail (RCP_IS_CARD_PHOTO (self), NULL);

  return self->image;
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  GPtrArray *photos;

  if (!bundle)
    {
      g_task_return_error (task, error);
      return;
    }
  photos = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    g_ptr_array_add (photos, to_photo (fhir_bundle_get_matches (bundle)->pdata[i]));
  g_task_return_pointer (task, photos, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rcp_card_photos_load_async:
 * @client: the record
 * @coverage: whose card
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 */
void
rcp_card_photos_load_async (FhirClient *client, RcpCoverage *coverage, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("DocumentReference");
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_COVERAGE (coverage));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_card_photos_load_async);
  fhir_search_add (search, "related", fhir_resource_get_reference (rcp_coverage_get_resource (coverage)));
  fhir_search_add (search, "type", RCP_SYSTEM_LOINC "|" RCP_LOINC_INSURANCE_CARD);
  fhir_client_search_all_async (client, search, MAX_PHOTOS, cancellable, on_loaded_cb, task);
}

/* Returns: (transfer full) (element-type RcpCardPhoto): those that were removed too; %NULL with a FhirError */
GPtrArray *
rcp_card_photos_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_card_photos_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What the desk saw, and what it makes of it. */
typedef struct
{
  char *data_before; /* NULL: there was none, or it was removed */
  char *data;        /* NULL: to be removed */
  char *date;
} Put;

static void
put_free (gpointer data)
{
  Put *self = data;

  g_free (self->data_before);
  g_free (self->data);
  g_free (self->date);
  g_free (self);
}

static JsonArray *
make_array (JsonObject *element)
{
  JsonArray *array = json_array_new ();

  json_array_add_object_element (array, element);
  return array;
}

static JsonObject *
make_object (const char *member, const char *value, const char *other, const char *other_value)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, member, value);
  if (other)
    json_object_set_string_member (object, other, other_value);
  return object;
}

static JsonObject *
make_concept (const char *system, const char *code)
{
  JsonObject *concept = json_object_new ();

  json_object_set_array_member (concept, "coding", make_array (make_object ("system", system, "code", code)));
  return concept;
}

/* What was removed keeps its content: the status alone says that it does not count. */
static void
write_content (const Put *put, JsonObject *document)
{
  JsonObject *content, *attachment;

  json_object_set_string_member (document, "status", put->data ? "current" : "entered-in-error");
  json_object_set_string_member (document, "date", put->date);
  if (!put->data)
    return;
  content = json_object_new ();
  attachment = make_object ("contentType", MEDIA_TYPE, "data", put->data);
  json_object_set_object_member (content, "attachment", attachment);
  json_object_set_array_member (document, "content", make_array (content));
}

static JsonObject *
make_document (RcpCoverage *coverage, RcpCardSide side, const Put *put)
{
  FhirResource *resource = rcp_coverage_get_resource (coverage);
  JsonObject *document = json_object_new (), *context = json_object_new ();
  /* One for each side of each card: of two desks that add one at the same time the second hears of the first. */
  g_autofree char *entry = g_strdup_printf ("card-%s-%s", rcp_coverage_get_id (coverage), sides[side]);

  json_object_set_string_member (document, "resourceType", "DocumentReference");
  json_object_set_array_member (document, "identifier", make_array (make_object ("system", RCP_SYSTEM_REGISTRATION, "value", entry)));
  json_object_set_object_member (document, "type", make_concept (RCP_SYSTEM_LOINC, RCP_LOINC_INSURANCE_CARD));
  json_object_set_array_member (document, "category", make_array (make_concept (RCP_SYSTEM_CARD_SIDE, sides[side])));
  json_object_set_object_member (document, "subject",
                                 make_object ("reference", fhir_json_get_string (fhir_resource_get_json (resource), "beneficiary.reference"), NULL, NULL));
  json_object_set_array_member (context, "related", make_array (make_object ("reference", fhir_resource_get_reference (resource), NULL, NULL)));
  json_object_set_object_member (document, "context", context);
  write_content (put, document);
  return document;
}

/* What another desk made of it meanwhile is not written over. */
static JsonObject *
prepare (FhirResource *current, gpointer user_data, GError **error)
{
  const Put *self = user_data;
  JsonObject *json = fhir_resource_get_json (current), *wanted;
  const char *theirs = is_current (json) ? get_data (json) : NULL;

  if (g_strcmp0 (theirs, self->data) == 0)
    return NULL;
  if (g_strcmp0 (theirs, self->data_before) != 0)
    {
      g_propagate_error (error, rcp_identity_error_new (RCP_IDENTITY_ERROR_DISPUTED, NULL));
      return NULL;
    }
  wanted = fhir_resource_dup_json (current);
  write_content (self, wanted);
  return wanted;
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Put *self = g_task_get_task_data (task);
  GError *error = NULL;
  FhirResource *stored = rcp_identity_create_finish (result, &error);
  JsonObject *json = stored ? fhir_resource_get_json (stored) : NULL;

  if (json && (!is_current (json) || g_strcmp0 (get_data (json), self->data) != 0))
    {
      g_clear_object (&stored);
      error = rcp_identity_error_new (RCP_IDENTITY_ERROR_DISPUTED, NULL);
    }
  rcp_identity_return (task, stored, error, to_photo);
}

static void
on_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FhirResource *stored = rcp_identity_update_finish (result, &error);

  rcp_identity_return (task, stored, error, to_photo);
}

/**
 * rcp_card_photo_put_async:
 * @client: the record
 * @clock: the time
 * @coverage: whose card
 * @side: of the card
 * @before: (nullable): what the record held when it was shown, also one that was removed
 * @image: (nullable): a JPEG; %NULL removes @before
 * @desk: (nullable): the name of the desk
 * @cancellable: (nullable): heeded until it is sent
 * @callback: called when it is over
 * @user_data: data for @callback
 *
 * What another desk put there since is an RCP_IDENTITY_ERROR_DISPUTED, and nothing is written.
 */
void
rcp_card_photo_put_async (FhirClient *client, RcpClock *clock, RcpCoverage *coverage, RcpCardSide side, RcpCardPhoto *before,
                          GBytes *image, const char *desk, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (RcpAct) act = NULL;
  g_autoptr (JsonObject) document = NULL;
  GTask *task;
  Put *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_COVERAGE (coverage));
  g_return_if_fail (before != NULL || image != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_card_photo_put_async);
  /* What was sent counts, whoever has lost interest. */
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (Put, 1);
  self->data_before = before && before->image ? g_strdup (get_data (fhir_resource_get_json (before->document))) : NULL;
  self->data = image ? g_base64_encode (g_bytes_get_data (image, NULL), g_bytes_get_size (image)) : NULL;
  self->date = rcp_iso8601_format_utc (rcp_clock_get_now (clock));
  g_task_set_task_data (task, self, put_free);
  act = rcp_act_new (image ? "card-photo" : "remove-card-photo", desk, NULL, rcp_clock_get_now (clock));
  if (before)
    {
      rcp_identity_update_async (client, before->document, prepare, self, act, cancellable, on_updated_cb, task);
      return;
    }
  document = make_document (coverage, side, self);
  rcp_identity_create_async (client, document, act, cancellable, on_created_cb, task);
}

/* Returns: (transfer full): as the record holds it; %NULL with an RcpIdentityError */
RcpCardPhoto *
rcp_card_photo_put_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_card_photo_put_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
