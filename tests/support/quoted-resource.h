/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Resources as a test writes them: with ' for the quotes of JSON. */

#include "fhir/fhir-resource.h"

static inline FhirResource *
quoted_resource (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "'", -1);
  g_autofree char *json = g_strjoinv ("\"", parts);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);
  return fhir_resource_new (json_node_get_object (json_parser_get_root (parser)));
}
