/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-similar-patients.h"

#include <string.h>

#include "base/rcp-fold.h"
#include "base/rcp-phone.h"

#define MAX_CANDIDATES 60 /* of each search */
#define MAX_SHOWN 10
#define NAME_PREFIX 3 /* letters that a slip rarely touches */

struct _RcpSimilar
{
  GObject parent_instance;

  RcpPatient *patient;
  RcpLikeness likeness;
};

G_DEFINE_FINAL_TYPE (RcpSimilar, rcp_similar, G_TYPE_OBJECT)

typedef struct
{
  RcpPatientFields *fields;
  char *region;
  GPtrArray *found;  /* of RcpSimilar */
  GHashTable *by_id; /* ids that were looked at */
  guint n_pending;
  guint n_answered;
  GError *error; /* the first */
} Find;

static void
rcp_similar_finalize (GObject *object)
{
  g_clear_object (&RCP_SIMILAR (object)->patient);
  G_OBJECT_CLASS (rcp_similar_parent_class)->finalize (object);
}

static void
rcp_similar_class_init (RcpSimilarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_similar_finalize;
}

static void
rcp_similar_init (RcpSimilar *self)
{
}

RcpPatient *
rcp_similar_get_patient (RcpSimilar *self)
{
  g_return_val_if_fail (RCP_IS_SIMILAR (self), NULL);

  return self->patient;
}

const RcpLikeness *
rcp_similar_get_likeness (RcpSimilar *self)
{
  g_return_val_if_fail (RCP_IS_SIMILAR (self), NULL);

  return &self->likeness;
}

static void
find_free (gpointer data)
{
  Find *self = data;

  rcp_patient_fields_free (self->fields);
  g_free (self->region);
  g_ptr_array_unref (self->found);
  g_hash_table_unref (self->by_id);
  g_clear_error (&self->error);
  g_free (self);
}

static FhirSearch *
add_search (GPtrArray *searches)
{
  FhirSearch *search = fhir_search_new ("Patient");

  fhir_search_add_printf (search, "_count", "%d", MAX_CANDIDATES);
  g_ptr_array_add (searches, search);
  return search;
}

/* The first letters of the first word, folded; NULL when there are too few. (transfer full) */
static char *
dup_prefix (const char *name)
{
  g_autofree char *folded = rcp_fold_text (name);
  const char *end = folded;
  guint n = 0;

  while (n < NAME_PREFIX && *end != '\0' && g_unichar_isalpha (g_utf8_get_char (end)))
    {
      end = g_utf8_next_char (end);
      n++;
    }
  return n >= 2 ? g_strndup (folded, end - folded) : NULL;
}

static void
add_name_search (GPtrArray *searches, const RcpPatientFields *fields)
{
  g_autofree char *family = dup_prefix (rcp_patient_fields_get (fields, RCP_FIELD_FAMILY));
  g_autofree char *given = dup_prefix (rcp_patient_fields_get (fields, RCP_FIELD_GIVEN));
  FhirSearch *search;

  if (family == NULL || given == NULL)
    return;
  /* "name" matches any part: also names that stand in each other's field. */
  search = add_search (searches);
  fhir_search_add (search, "name", family);
  fhir_search_add (search, "name", given);
}

/* Servers compare numbers as they are written: in the form that is stored here, and as people write it. */
static void
add_phone_search (GPtrArray *searches, const RcpPatientFields *fields, const char *region)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = RCP_FIELD_PHONE_MOBILE; i <= RCP_FIELD_PHONE_WORK; i++)
    {
      const char *phone = rcp_patient_fields_get (fields, i);
      g_autofree char *stored = rcp_phone_normalize (phone, region, NULL);
      g_autofree char *shown = rcp_phone_format (phone, region);
      g_autofree char *escaped = fhir_search_escape (shown);

      if (stored != NULL)
        {
          stored[strcspn (stored, " ")] = '\0'; /* without the extension */
          g_string_append_printf (list, "%s%s,%s", list->len > 0 ? "," : "", stored, escaped);
        }
      if (stored != NULL && g_str_has_prefix (stored, "+1") && strlen (stored) == 12)
        g_string_append_printf (list, ",%s,%.3s-%.3s-%s", stored + 2, stored + 2, stored + 5, stored + 8);
    }
  if (list->len > 0)
    fhir_search_add (add_search (searches), "phone", list->str);
}

GPtrArray *
rcp_similar_patients_make_searches (const RcpPatientFields *fields, const char *region)
{
  GPtrArray *searches = g_ptr_array_new_with_free_func ((GDestroyNotify) fhir_search_unref);
  const char *birth_date = rcp_patient_fields_get (fields, RCP_FIELD_BIRTH_DATE);

  if (strlen (birth_date) == 10 && g_ascii_isdigit (*birth_date))
    {
      FhirSearch *search = add_search (searches);
      g_autofree char *family = dup_prefix (rcp_patient_fields_get (fields, RCP_FIELD_FAMILY));
      g_autofree char *given = dup_prefix (rcp_patient_fields_get (fields, RCP_FIELD_GIVEN));

      fhir_search_add (search, "birthdate", birth_date);
      /* One of both is rarely wrong together with the other. */
      if (family != NULL || given != NULL)
        {
          g_autofree char *either = g_strjoin (family != NULL && given != NULL ? "," : "", family != NULL ? family : "", given != NULL ? given : "", NULL);

          fhir_search_add (search, "name", either);
        }
    }
  add_phone_search (searches, fields, region);
  add_name_search (searches, fields);
  return searches;
}

static void
take_patient (Find *self, FhirResource *resource)
{
  g_autoptr (RcpSimilar) similar = NULL;
  g_autoptr (RcpPatientFields) fields = NULL;

  if (fhir_resource_get_id (resource) == NULL || !g_hash_table_add (self->by_id, g_strdup (fhir_resource_get_id (resource))))
    return;
  fields = rcp_patient_fields_new_from_json (fhir_resource_get_json (resource));
  similar = g_object_new (RCP_TYPE_SIMILAR, NULL);
  similar->likeness = rcp_likeness_compare (self->fields, fields, self->region);
  if (similar->likeness.grade == RCP_LIKENESS_NONE)
    return;
  similar->patient = rcp_patient_new (resource);
  g_ptr_array_add (self->found, g_steal_pointer (&similar));
}

static int
compare_likest_first (gconstpointer a, gconstpointer b)
{
  RcpSimilar *left = *(RcpSimilar *const *) a;
  RcpSimilar *right = *(RcpSimilar *const *) b;

  if (left->likeness.grade != right->likeness.grade)
    return (int) right->likeness.grade - (int) left->likeness.grade;
  if (left->likeness.points != right->likeness.points)
    return (int) right->likeness.points - (int) left->likeness.points;
  return g_strcmp0 (rcp_patient_get_id (left->patient), rcp_patient_get_id (right->patient));
}

static void
finish (GTask *task)
{
  Find *self = g_task_get_task_data (task);
  g_autoptr (GListStore) list = NULL;

  /* A server that cannot search by telephone can still have found a name. */
  if (self->error != NULL && self->n_answered == 0)
    {
      g_task_return_error (task, g_steal_pointer (&self->error));
      return;
    }
  list = g_list_store_new (RCP_TYPE_SIMILAR);
  g_ptr_array_sort (self->found, compare_likest_first);
  g_list_store_splice (list, 0, 0, self->found->pdata, MIN (self->found->len, MAX_SHOWN));
  g_task_return_pointer (task, g_steal_pointer (&list), g_object_unref);
}

static void
on_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);

  if (bundle != NULL)
    {
      self->n_answered++;
      for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
        take_patient (self, g_ptr_array_index (fhir_bundle_get_matches (bundle), i));
    }
  else if (self->error == NULL)
    {
      self->error = g_steal_pointer (&error);
    }
  if (--self->n_pending == 0)
    finish (task);
}

/**
 * rcp_similar_patients_find_async:
 * @client: the record
 * @fields: who is being entered; copied
 * @region: (nullable): of the desk, for telephone numbers
 * @cancellable: (nullable): a cancellable; the next key stroke cancels the search for the last
 * @callback: called when they are found
 * @user_data: data for @callback
 *
 * Finds who looks like @fields, in at most three searches at once.
 */
void
rcp_similar_patients_find_async (FhirClient *client, const RcpPatientFields *fields, const char *region, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GPtrArray) searches = NULL;
  Find *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (fields != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_similar_patients_find_async);
  self = g_new0 (Find, 1);
  self->fields = rcp_patient_fields_copy (fields);
  self->region = g_strdup (region);
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, self, find_free);

  searches = rcp_similar_patients_make_searches (fields, region);
  if (searches->len == 0)
    {
      finish (task);
      return;
    }
  self->n_pending = searches->len;
  for (guint i = 0; i < searches->len; i++)
    fhir_client_search_async (client, g_ptr_array_index (searches, i), cancellable, on_searched_cb, g_object_ref (task));
}

GListModel *
rcp_similar_patients_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_similar_patients_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
