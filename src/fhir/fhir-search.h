/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FhirSearch:
 *
 * A search in the making: a resource type and parameters in order. Values are percent-encoded when it is printed;
 * "|", "," and "$" inside a value are escaped by fhir_search_escape() where they are meant literally.
 */
#define FHIR_TYPE_SEARCH (fhir_search_get_type ())
typedef struct _FhirSearch FhirSearch;
GType fhir_search_get_type (void); /* boxed, reference counted */

FhirSearch *fhir_search_new (const char *resource_type);
FhirSearch *fhir_search_ref (FhirSearch *self);
void fhir_search_unref (FhirSearch *self);

/* @parameter with its modifier: "name", "name:contains", "schedule.actor", "_include". */
void fhir_search_add (FhirSearch *self, const char *parameter, const char *value);
void fhir_search_add_printf (FhirSearch *self, const char *parameter, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* "ge<instant>" and the like, in UTC. @prefix: "ge", "lt", "eq" ... */
void fhir_search_add_instant (FhirSearch *self, const char *parameter, const char *prefix, gint64 instant);
char *fhir_search_escape (const char *value);
const char *fhir_search_get_resource_type (FhirSearch *self);
char *fhir_search_to_string (FhirSearch *self); /* "Slot?status=free&..." */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FhirSearch, fhir_search_unref)

G_END_DECLS
