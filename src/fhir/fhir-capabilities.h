/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-resource.h"

G_BEGIN_DECLS

/**
 * FhirCapabilities:
 *
 * What the CapabilityStatement of a server promises; immutable.
 */
#define FHIR_TYPE_CAPABILITIES (fhir_capabilities_get_type ())
G_DECLARE_FINAL_TYPE (FhirCapabilities, fhir_capabilities, FHIR, CAPABILITIES, GObject)

FhirCapabilities *fhir_capabilities_new (JsonObject *statement);
const char *fhir_capabilities_get_fhir_version (FhirCapabilities *self);
const char *fhir_capabilities_get_software (FhirCapabilities *self);        /* name, or NULL */
gboolean fhir_capabilities_has_transactions (FhirCapabilities *self);
gboolean fhir_capabilities_has_interaction (FhirCapabilities *self, const char *type, const char *interaction);
gboolean fhir_capabilities_has_search_param (FhirCapabilities *self, const char *type, const char *param);
/* Whether a search for @type can bring along each @source that refers to it by @param. A server that does not list what it
 * can is believed to when it can search so. */
gboolean fhir_capabilities_has_revinclude (FhirCapabilities *self, const char *type, const char *source, const char *param);
gboolean fhir_capabilities_has_operation (FhirCapabilities *self, const char *type, const char *name);
gboolean fhir_capabilities_has_conditional_create (FhirCapabilities *self, const char *type);

G_END_DECLS
