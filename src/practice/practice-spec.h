/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-json.h"

G_BEGIN_DECLS

/* HL7's definitions, compiled at build time by build-aux/compile-fhir-spec.py from data/fhir-r4 into constant tables. */

typedef enum
{
  PRACTICE_SEARCH_NUMBER,
  PRACTICE_SEARCH_DATE,
  PRACTICE_SEARCH_STRING,
  PRACTICE_SEARCH_TOKEN,
  PRACTICE_SEARCH_REFERENCE,
  PRACTICE_SEARCH_COMPOSITE,
  PRACTICE_SEARCH_QUANTITY,
  PRACTICE_SEARCH_URI,
  PRACTICE_SEARCH_SPECIAL,
} PracticeSearchType;

/**
 * PracticeSearchParam:
 * @id: a number that is stable for one compiled table, used as key in the index tables; the store keeps the
 *   checksum of the table and indexes anew when it changes
 * @base: the resource type this row is for (one row per base), or "Resource"
 * @code: its name in a query
 * @url: canonical URL
 * @targets: (array zero-terminated=1): target types of a reference, or NULL
 * @indexed: FALSE when the expression is not one the server evaluates; such a parameter counts as unknown
 */
typedef struct
{
  guint16 id;
  PracticeSearchType type;
  const char *base;
  const char *code;
  const char *url;
  const char *const *targets;
  gboolean indexed;
} PracticeSearchParam;

gboolean practice_spec_is_resource_type (const char *type);
const char *const *practice_spec_get_resource_types (void);
/* Search parameter of a type, those of Resource and DomainResource included; NULL when there is none. */
const PracticeSearchParam *practice_spec_find_param (const char *type, const char *code);
/* (transfer container): the parameters of a type in order of code, for the CapabilityStatement. */
GPtrArray *practice_spec_list_params (const char *type);
/* Hash of the compiled tables. */
const char *practice_spec_get_checksum (void);

/* Validates types, cardinality, required codes, references and the invariants that the server knows; adds a 400
 * (structure, types) or 422 (cardinality, codes, invariants) error per fault, at most 20. Expects a parsed object. */
void practice_spec_validate (PracticeJson *resource, const char *expected_type, PracticeOutcome *outcome);

/**
 * PracticeIndexEntry: one value of one search parameter, found in a resource. Strings are borrowed from the resource
 * or from the extractor and live until the callback returns.
 */
typedef struct
{
  const PracticeSearchParam *param;
  union
  {
    struct { const char *text; } string;                               /* as written; the store folds it */
    struct { const char *system, *code, *text; } token;                /* system may be NULL; text = display/text, for :text;
                                                                          code NULL for the text of a CodeableConcept */
    struct { const char *type, *id, *url, *identifier_system, *identifier_value; } reference;
                                                                       /* type/id of a relative or own reference, or only url */
    struct { gint64 start, end; } date;                                /* microseconds UTC, half-open; open ends G_MININT64/MAXINT64 */
    struct { double low, high, value; const char *system, *code, *unit; } quantity; /* also for number; low..high by written precision */
    struct { const char *text; } uri;
  } value;
} PracticeIndexEntry;

typedef void (*PracticeIndexFunc) (const PracticeIndexEntry *entry, gpointer user_data);

/* Calls @func for each value of each indexed search parameter (but _id and _lastUpdated). */
void practice_spec_extract (PracticeJson *resource, PracticeIndexFunc func, gpointer user_data);
/* The number and the range it stands for by its written precision, for stored values and for search values alike. */
gboolean practice_spec_parse_number (const char *text, double *value, double *low, double *high);

/* Calls @func for every Reference.reference string in @resource at any depth where the definitions say "Reference"
 * (and for uri elements inside Bundle transactions is not needed): used to rewrite urn:uuid and to check references.
 * @func may replace the string by returning a new one (transfer full), or NULL to leave it. */
typedef char *(*PracticeReferenceFunc) (const char *reference, gpointer user_data);
void practice_spec_map_references (PracticeJson *resource, PracticeReferenceFunc func, gpointer user_data);

G_END_DECLS
