/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "fault-server.h"

#include "fhir/fhir-search-model.h"

#define SLOT(id) "{\"resource\":{\"resourceType\":\"Slot\",\"id\":\"" id "\"}}"
#define PAGE(link, entries) "{\"resourceType\":\"Bundle\"," link "\"entry\":[" entries "]}"
#define NEXT "\"link\":[{\"relation\":\"next\",\"url\":\"Slot?page=2\"}],"

static gboolean
load_more (FhirSearchModel *model, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_search_model_load_more_async (model, NULL, await_cb, &result);
  await_result (&result);
  return fhir_search_model_load_more_finish (model, result, error);
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  GString *log = user_data;

  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

/* Grows page by page; a page that failed can be asked for again, and nothing comes twice. */
static void
test_pages (void)
{
  g_autoptr (FaultServer) server = fault_server_new ();
  g_autoptr (FhirClient) client = fhir_client_new (fault_server_get_base_url (server));
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");
  g_autoptr (FhirSearchModel) model = fhir_search_model_new (client, search);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) pending = NULL;
  g_autoptr (FhirResource) last = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed_cb), log);
  g_assert_true (fhir_search_model_has_more (model));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (model)) == FHIR_TYPE_RESOURCE);

  fault_server_answer (server, 200, NULL, PAGE (NEXT, SLOT ("1") "," SLOT ("2")));
  g_assert_true (load_more (model, &error));
  g_assert_true (fhir_search_model_has_more (model));

  fault_server_answer (server, 403, NULL, "");
  g_assert_false (load_more (model, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_FORBIDDEN);
  g_clear_error (&error);

  fault_server_answer (server, 200, NULL, PAGE ("", SLOT ("2") "," SLOT ("3")));
  fhir_search_model_load_more_async (model, NULL, await_cb, &second);
  fhir_search_model_load_more_async (model, NULL, await_cb, &pending);
  await_result (&pending);
  g_assert_false (fhir_search_model_load_more_finish (model, pending, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  await_result (&second);
  g_assert_true (fhir_search_model_load_more_finish (model, second, &error));

  g_assert_false (fhir_search_model_has_more (model));
  g_assert_true (load_more (model, &error));
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 3);
  last = g_list_model_get_item (G_LIST_MODEL (model), 2);
  g_assert_cmpstr (fhir_resource_get_reference (last), ==, "Slot/3");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 3));
  g_assert_cmpstr (log->str, ==, "0-0+2 2-0+1 ");
  g_clear_object (&second);
  g_clear_object (&pending);
  g_assert_finalize_object (g_steal_pointer (&model));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/search-model/pages", test_pages);

  return g_test_run ();
}
