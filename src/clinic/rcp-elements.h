/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reading of FHIR's data types out of any JSON: what is missing or of another type reads as NULL. Private to the clinic. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The object at @index of an array: NULL when it is no object. @array: nullable. */
JsonObject *rcp_elements_get_object (JsonArray *array, guint index);
guint rcp_elements_get_length (JsonArray *array);

/* HumanName: the best of those in use. */
JsonObject *rcp_elements_choose_name (JsonObject *resource);
char *rcp_elements_format_name (JsonObject *name, gboolean with_titles); /* "Dr. Ana Ruiz"; NULL when nothing is there */
char *rcp_elements_format_short_name (JsonObject *name);                 /* "Dr. A. Ruiz", or NULL */
char *rcp_elements_format_sort_name (JsonObject *name);                  /* "Ruiz, Ana" */

/* ContactPoint.value: borrowed. */
const char *rcp_elements_choose_telecom (JsonObject *resource, const char *system);
/* Address: the best of those in use. Borrowed. */
JsonObject *rcp_elements_choose_address (JsonObject *resource);
/* Address in one line: the best of those in use, of an element that is an array or one object. */
char *rcp_elements_format_address (JsonObject *resource);

/* CodeableConcept: borrowed. @system: NULL for any. */
const char *rcp_elements_get_code (JsonObject *concept, const char *system);
const char *rcp_elements_get_concept_text (JsonObject *concept);
/* The same of the first of a list that has it: Appointment.serviceType and the like. */
const char *rcp_elements_find_code (JsonObject *resource, const char *member, const char *system);
const char *rcp_elements_find_text (JsonObject *resource, const char *member);

/* The zone of the timezone extension, or NULL. */
GTimeZone *rcp_elements_dup_zone (JsonObject *resource);

G_END_DECLS
