/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-spec.h"

G_BEGIN_DECLS

/* Layout of the tables that build-aux/compile-fhir-spec.py writes. A string is an offset into practice_spec_pool, with
 * 0 for none: so the tables need no relocation. */

/* The order is that of PRIMITIVES and COMPLEX in the compiler. */
typedef enum
{
  PRACTICE_TYPE_BOOLEAN,
  PRACTICE_TYPE_INTEGER,
  PRACTICE_TYPE_POSITIVE_INT,
  PRACTICE_TYPE_UNSIGNED_INT,
  PRACTICE_TYPE_DECIMAL,
  PRACTICE_TYPE_STRING,
  PRACTICE_TYPE_MARKDOWN,
  PRACTICE_TYPE_CODE,
  PRACTICE_TYPE_ID,
  PRACTICE_TYPE_URI,
  PRACTICE_TYPE_URL,
  PRACTICE_TYPE_CANONICAL,
  PRACTICE_TYPE_OID,
  PRACTICE_TYPE_UUID,
  PRACTICE_TYPE_BASE64_BINARY,
  PRACTICE_TYPE_DATE,
  PRACTICE_TYPE_DATE_TIME,
  PRACTICE_TYPE_INSTANT,
  PRACTICE_TYPE_TIME,
  PRACTICE_TYPE_XHTML,
  PRACTICE_TYPE_REFERENCE,
  PRACTICE_TYPE_IDENTIFIER,
  PRACTICE_TYPE_CODING,
  PRACTICE_TYPE_CODEABLE_CONCEPT,
  PRACTICE_TYPE_HUMAN_NAME,
  PRACTICE_TYPE_ADDRESS,
  PRACTICE_TYPE_CONTACT_POINT,
  PRACTICE_TYPE_PERIOD,
  PRACTICE_TYPE_TIMING,
  PRACTICE_TYPE_QUANTITY,
  PRACTICE_TYPE_MONEY,
  PRACTICE_TYPE_RANGE,
  PRACTICE_TYPE_EXTENSION,
  PRACTICE_TYPE_RESOURCE,
  PRACTICE_TYPE_OTHER,
} PracticeType;

#define PRACTICE_TYPE_IS_PRIMITIVE(type) ((type) <= PRACTICE_TYPE_XHTML)

/* A JSON object: a type, or a backbone element by its path. @required has a bit per element with min 1. */
typedef struct
{
  guint32 path;
  guint16 first_member;
  guint16 n_members;
  guint64 required;
  guint16 first_rule;
  guint8 n_rules;
  guint8 is_extension;
} PracticeSpecNode;

/* Operations on a stack of truths. */
typedef enum
{
  PRACTICE_OP_EXISTS,    /* whether @member is there */
  PRACTICE_OP_EQUALS,    /* whether @member is @text */
  PRACTICE_OP_NOT_AFTER, /* whether the moment @member is not after the moment @text */
  PRACTICE_OP_BEFORE,    /* whether it is before it */
  PRACTICE_OP_NOT,
  PRACTICE_OP_AND,
  PRACTICE_OP_OR,
  PRACTICE_OP_XOR,
} PracticeOperation;

typedef struct
{
  guint8 operation;
  guint32 member;
  guint32 text;
} PracticeSpecOp;

/* An invariant of a node, by its key ("app-1") and its text for people. */
typedef struct
{
  guint32 key;
  guint32 human;
  guint16 first_op;
  guint16 n_ops;
} PracticeSpecRule;

/* A member of it, each form of a choice by itself; those of a node in order of name. @node: of its objects; @codes and
 * @targets: which list, 0 for none; @ordinal: number of the element in the node; @max: 0 for any, else it is no array. */
typedef struct
{
  guint32 name;
  guint16 node;
  guint16 codes;
  guint16 targets;
  guint8 type;
  guint8 ordinal;
  guint8 max;
  guint8 choice;
} PracticeSpecMember;

/* Codes or target types, in byte order. @system: that of all codes. */
typedef struct
{
  guint32 first;
  guint16 n_values;
  guint32 system;
} PracticeSpecList;

/* One step on the way to values for an index: a member, perhaps only where @filter_member is @filter_value. */
typedef struct
{
  guint32 name;
  guint32 filter_member;
  guint32 filter_value;
  guint16 first_child;
  guint16 n_children;
  guint16 first_action;
  guint16 n_actions;
} PracticeSpecStep;

typedef enum
{
  PRACTICE_LEAF_VALUE,
  PRACTICE_LEAF_DECEASED,
} PracticeLeaf;

/* What to index where the step has come to. @target: only references to that type; @system: the implied one of a code. */
typedef struct
{
  guint16 param;
  guint8 leaf;
  guint8 type;
  guint32 target;
  guint32 system;
} PracticeSpecAction;

typedef struct
{
  const char *name;
  guint16 node;
  guint16 step;
  gboolean domain;
} PracticeSpecType;

extern const char practice_spec_pool[];
extern const PracticeSpecNode practice_spec_nodes[];
extern const guint practice_spec_n_nodes;
extern const PracticeSpecRule practice_spec_rules[];
extern const PracticeSpecOp practice_spec_ops[];
extern const PracticeSpecMember practice_spec_members[];
extern const PracticeSpecList practice_spec_code_lists[];
extern const guint32 practice_spec_codes[];
extern const PracticeSpecList practice_spec_target_lists[];
extern const guint32 practice_spec_targets[];
extern const PracticeSpecStep practice_spec_steps[];
extern const PracticeSpecAction practice_spec_actions[];
extern const PracticeSpecType practice_spec_types[];
extern const guint practice_spec_n_types;
extern const char *const practice_spec_type_names[];
extern const PracticeSearchParam practice_spec_params[];
extern const guint practice_spec_n_params;
extern const char practice_spec_checksum[];

static inline const char *
practice_spec_text (guint32 offset)
{
  return practice_spec_pool + offset;
}

const PracticeSpecType *practice_spec_find_type (const char *name);
const PracticeSpecNode *practice_spec_find_node (const char *path);
const PracticeSpecMember *practice_spec_find_member (const PracticeSpecNode *node, const char *name);
gboolean practice_spec_list_contains (const PracticeSpecList *list, const guint32 *values, const char *text);

G_END_DECLS
