/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-together-model"

#include "config.h"

#include "rcp-together-model.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-chains.h"
#include "ui/rcp-time-text.h"

#define MAX_OFFERS 20
/* Nobody waits longer between two visits that are booked as one. */
#define MOST_GAP G_TIME_SPAN_HOUR

struct _RcpTogetherModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpWish *wish; /* of the first part */
  char *complaint;
  GListStore *parts;
  GListStore *offers;
  GHashTable *own; /* ids of patients, joined by commas, to RcpOwnVisits */
  gboolean in_one;
  GCancellable *search;
  guint search_id; /* idle source that starts the next one */
  RcpTogetherState state;
  char *notice;
  gboolean keep_notice; /* of a failed booking: the search after it must not wipe it */
  GPtrArray *operations; /* under way */
};

G_DEFINE_FINAL_TYPE (RcpTogetherModel, rcp_together_model, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_NOTICE,
  PROP_IN_ONE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint
count_parts (RcpTogetherModel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->parts));
}

/* Borrowed: the list keeps it. */
static RcpTogetherPart *
get_part (RcpTogetherModel *self, guint position)
{
  g_autoptr (RcpTogetherPart) part = g_list_model_get_item (G_LIST_MODEL (self->parts), position);

  return part;
}

static gboolean
is_same_person (RcpTogetherPart *a, RcpTogetherPart *b)
{
  return g_strcmp0 (rcp_patient_get_id (rcp_together_part_get_patient (a)),
                    rcp_patient_get_id (rcp_together_part_get_patient (b)))
         == 0;
}

static void
set_notice (RcpTogetherModel *self, const char *notice)
{
  g_free (self->notice);
  self->notice = g_strdup (notice);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

static void
set_state (RcpTogetherModel *self, RcpTogetherState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static gboolean
may_change (RcpTogetherModel *self)
{
  return self->state != RCP_TOGETHER_BUSY && self->state != RCP_TOGETHER_DONE;
}

static void
on_found (RcpTogetherModel *self, RcpOffers *offers, const GError *error)
{
  guint n_offers = offers != NULL ? g_list_model_get_n_items (G_LIST_MODEL (offers)) : 0;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_clear_object (&self->search);
  for (guint i = 0; i < n_offers; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (offers), i));
  g_list_store_splice (self->offers, 0, g_list_model_get_n_items (G_LIST_MODEL (self->offers)), items->pdata, n_offers);
  if (error != NULL)
    {
      set_notice (self, _ ("Openings could not be read. Nothing was booked. Check the connection and try again."));
      set_state (self, RCP_TOGETHER_FAILED);
      return;
    }
  if (!self->keep_notice)
    set_notice (self, rcp_offers_get_explanation (offers));
  self->keep_notice = FALSE;
  set_state (self, n_offers > 0 ? RCP_TOGETHER_READY : RCP_TOGETHER_NOTHING);
}

static void
on_chains_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpTogetherModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpOffers) offers = rcp_find_chains_finish (result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    on_found (self, offers, error);
}

/* When who comes to the part, or all in one, is elsewhere: asked once, and anew after a booking that failed; borrowed, or
 * NULL. */
static RcpOwnVisits *
get_own_visits (RcpTogetherModel *self, guint position)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  g_autofree char *key = NULL;
  RcpOwnVisits *own;

  for (guint i = 0; i < count_parts (self); i++)
    {
      const char *id = rcp_patient_get_id (rcp_together_part_get_patient (get_part (self, i)));

      if (id != NULL && (self->in_one || i == position))
        g_strv_builder_add (builder, id);
    }
  ids = g_strv_builder_end (builder);
  if (ids[0] == NULL)
    return NULL;
  key = g_strjoinv (",", ids);
  own = g_hash_table_lookup (self->own, key);
  if (own == NULL)
    {
      own = rcp_own_visits_new (rcp_desk_get_client (self->desk), (const char *const *)ids, NULL);
      g_hash_table_insert (self->own, g_steal_pointer (&key), own);
    }
  return own;
}

/* What is asked of one part: the first has the wish of who called, the others only what they come for. */
static RcpWish *
make_wish (RcpTogetherModel *self, guint position, gboolean is_family)
{
  RcpTogetherPart *part = get_part (self, position);
  RcpWish *wish = rcp_wish_copy (self->wish);

  g_set_object (&wish->own, get_own_visits (self, position));
  g_free (wish->visit_type);
  wish->visit_type = rcp_together_part_get_visit_type (part) != NULL ? g_strdup (rcp_visit_type_get_code (rcp_together_part_get_visit_type (part))) : NULL;
  wish->duration = rcp_together_part_get_visit_type (part) != NULL ? rcp_visit_type_get_duration (rcp_together_part_get_visit_type (part)) : self->wish->duration;
  wish->not_before = MAX (wish->not_before, rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
  if (position > 0 && !is_family)
    {
      g_clear_pointer (&wish->schedule_id, g_free);
      g_clear_pointer (&wish->specialty, g_free);
    }
  /* What one cannot do without is no matter to the others. */
  if (rcp_together_part_get_patient (part) != rcp_together_part_get_patient (get_part (self, 0)))
    g_clear_pointer (&wish->left_out, g_hash_table_unref);
  return wish;
}

/* Each of them comes once: one provider sees them all, where one can. */
static gboolean
is_family (RcpTogetherModel *self)
{
  for (guint i = 0; i < count_parts (self); i++)
    for (guint j = 0; j < i; j++)
      if (is_same_person (get_part (self, i), get_part (self, j)))
        return FALSE;
  return TRUE;
}

static gboolean
on_search_due_cb (gpointer user_data)
{
  RcpTogetherModel *self = user_data;
  gboolean family = is_family (self);
  guint n_wishes = self->in_one ? 1 : count_parts (self);
  RcpChainRule rule = { family, family ? 0 : MOST_GAP };
  g_autoptr (GPtrArray) wishes = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_wish_free);

  self->search_id = 0;
  for (guint i = 0; i < n_wishes; i++)
    g_ptr_array_add (wishes, make_wish (self, i, family));
  self->search = g_cancellable_new ();
  rcp_find_chains_async (rcp_desk_get_client (self->desk), rcp_desk_get_roster (self->desk), wishes, &rule, MAX_OFFERS,
                         self->search, on_chains_found_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_search (RcpTogetherModel *self)
{
  g_clear_handle_id (&self->search_id, g_source_remove);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
}

/* In the next round of the main loop, so that several changes at once cost one search. */
static void
search (RcpTogetherModel *self)
{
  if (!may_change (self))
    return;
  stop_search (self);
  set_state (self, RCP_TOGETHER_SEARCHING);
  self->search_id = g_idle_add (on_search_due_cb, self);
}

static void
rcp_together_model_dispose (GObject *object)
{
  RcpTogetherModel *self = RCP_TOGETHER_MODEL (object);

  stop_search (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->parts);
  g_clear_object (&self->offers);
  g_clear_pointer (&self->operations, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_together_model_parent_class)->dispose (object);
}

static void
rcp_together_model_finalize (GObject *object)
{
  RcpTogetherModel *self = RCP_TOGETHER_MODEL (object);

  rcp_wish_free (self->wish);
  g_hash_table_unref (self->own);
  g_free (self->complaint);
  g_free (self->notice);
  G_OBJECT_CLASS (rcp_together_model_parent_class)->finalize (object);
}

static void
rcp_together_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RcpTogetherModel *self = RCP_TOGETHER_MODEL (object);

  if (id == PROP_STATE)
    g_value_set_int (value, self->state);
  else if (id == PROP_NOTICE)
    g_value_set_string (value, self->notice);
  else
    g_value_set_boolean (value, self->in_one);
}

static void
rcp_together_model_class_init (RcpTogetherModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_together_model_dispose;
  object_class->finalize = rcp_together_model_finalize;
  object_class->get_property = rcp_together_model_get_property;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, RCP_TOGETHER_SEARCHING, RCP_TOGETHER_DONE,
                                             RCP_TOGETHER_SEARCHING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTICE]
      = g_param_spec_string ("notice", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IN_ONE]
      = g_param_spec_boolean ("in-one", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_together_model_init (RcpTogetherModel *self)
{
  self->parts = g_list_store_new (RCP_TYPE_TOGETHER_PART);
  self->offers = g_list_store_new (RCP_TYPE_OFFER);
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

RcpTogetherModel *
rcp_together_model_new (RcpDesk *desk,
                        RcpPatient *patient,
                        RcpVisitType *visit_type,
                        const RcpWish *wish,
                        const char *complaint)
{
  RcpTogetherModel *self;
  g_autoptr (RcpTogetherPart) first = NULL;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_PATIENT (patient), NULL);
  g_return_val_if_fail (wish != NULL, NULL);

  self = g_object_new (RCP_TYPE_TOGETHER_MODEL, NULL);
  self->desk = g_object_ref (desk);
  self->wish = rcp_wish_copy (wish);
  self->complaint = g_strdup (complaint);
  first = rcp_together_part_new (patient, visit_type);
  g_list_store_append (self->parts, first);
  search (self);
  return self;
}

RcpDesk *
rcp_together_model_get_desk (RcpTogetherModel *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), NULL);
  return self->desk;
}

GListModel *
rcp_together_model_get_parts (RcpTogetherModel *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), NULL);
  return G_LIST_MODEL (self->parts);
}

/* What no longer can be in one visit is not. */
static void
settle (RcpTogetherModel *self)
{
  if (self->in_one && !rcp_together_model_may_be_in_one (self))
    {
      self->in_one = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_ONE]);
    }
  search (self);
}

static gboolean
add_part (RcpTogetherModel *self, RcpPatient *patient)
{
  g_autoptr (RcpTogetherPart) part = NULL;

  if (!may_change (self))
    return FALSE;
  part = rcp_together_part_new (patient, rcp_together_part_get_visit_type (get_part (self, count_parts (self) - 1)));
  g_list_store_append (self->parts, part);
  settle (self);
  return TRUE;
}

gboolean
rcp_together_model_add_person (RcpTogetherModel *self, RcpPatient *patient)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), FALSE);
  g_return_val_if_fail (RCP_IS_PATIENT (patient), FALSE);

  return add_part (self, patient);
}

gboolean
rcp_together_model_add_visit (RcpTogetherModel *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), FALSE);

  return add_part (self, rcp_together_part_get_patient (get_part (self, count_parts (self) - 1)));
}

void
rcp_together_model_remove (RcpTogetherModel *self, guint position)
{
  g_return_if_fail (RCP_IS_TOGETHER_MODEL (self));

  if (!may_change (self) || count_parts (self) < 2 || position >= count_parts (self))
    return;
  g_list_store_remove (self->parts, position);
  settle (self);
}

void
rcp_together_model_set_visit_type (RcpTogetherModel *self, guint position, RcpVisitType *visit_type)
{
  RcpTogetherPart *part;

  g_return_if_fail (RCP_IS_TOGETHER_MODEL (self));

  part = get_part (self, position);
  if (part != NULL && may_change (self) && rcp_together_part_set_visit_type (part, visit_type))
    search (self);
}

gboolean
rcp_together_model_may_be_in_one (RcpTogetherModel *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), FALSE);

  return count_parts (self) > 1 && is_family (self);
}

void
rcp_together_model_set_in_one (RcpTogetherModel *self, gboolean in_one)
{
  g_return_if_fail (RCP_IS_TOGETHER_MODEL (self));

  in_one = in_one && rcp_together_model_may_be_in_one (self);
  if (!may_change (self) || self->in_one == in_one)
    return;
  self->in_one = in_one;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_ONE]);
  search (self);
}

gboolean
rcp_together_model_is_in_one (RcpTogetherModel *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), FALSE);
  return self->in_one;
}

RcpTogetherState
rcp_together_model_get_state (RcpTogetherModel *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), RCP_TOGETHER_FAILED);
  return self->state;
}

const char *
rcp_together_model_get_notice (RcpTogetherModel *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), NULL);
  return self->notice;
}

GListModel *
rcp_together_model_get_offers (RcpTogetherModel *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), NULL);
  return G_LIST_MODEL (self->offers);
}

static char *
list_names (RcpTogetherModel *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < count_parts (self); i++)
    /* Translators: between the items of a list */
    g_string_append_printf (names, "%s%s", i > 0 ? _ ("; ") : "", rcp_patient_get_name (rcp_together_part_get_patient (get_part (self, i))));
  return g_string_free (names, FALSE);
}

char *
rcp_together_model_describe (RcpTogetherModel *self, RcpOffer *offer)
{
  GString *text = g_string_new (NULL);
  guint i = 0;

  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (self), NULL);

  for (; offer != NULL && i < count_parts (self); offer = rcp_offer_get_next (offer), i++)
    {
      RcpProvider *provider = rcp_offer_get_provider (offer);
      g_autofree char *time = rcp_time_text_clock (rcp_offer_get_range (offer).start, rcp_provider_get_zone (provider));
      g_autofree char *who
          = self->in_one ? list_names (self) : g_strdup (rcp_patient_get_name (rcp_together_part_get_patient (get_part (self, i))));

      if (i > 0)
        g_string_append_c (text, '\n');
      /* Translators: a time of day, who comes then, and with which provider. */
      g_string_append_printf (text, _ ("%s %s with %s"), time, who, rcp_provider_get_name (provider));
    }
  return g_string_free (text, FALSE);
}

char *
rcp_together_model_describe_time (RcpTogetherModel *self, RcpOffer *offer)
{
  GTimeZone *zone;
  RcpTimeRange range;
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  g_return_val_if_fail (RCP_IS_OFFER (offer), NULL);

  zone = rcp_provider_get_zone (rcp_offer_get_provider (offer));
  range = rcp_offer_get_range (offer);
  for (RcpOffer *next = offer; next != NULL; next = rcp_offer_get_next (next))
    range.end = rcp_offer_get_range (next).end;
  day = rcp_time_text_short_day (range.start, zone);
  time = rcp_time_text_range (range, zone);
  return g_strdup_printf ("%s, %s", day, time);
}

/* All in one visit: the first, and the others with him or her. */
static RcpBookVisit *
make_booking (RcpTogetherModel *self, guint position, RcpOffer *offer, const char *together_id)
{
  RcpTogetherPart *part = get_part (self, position);
  RcpBookVisit *book
      = rcp_book_visit_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), rcp_together_part_get_patient (part), offer,
                            rcp_together_part_get_visit_type (part), self->wish->urgency, position == 0 ? self->complaint : NULL);

  rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (book));
  if (!self->in_one)
    rcp_book_visit_set_together (book, together_id);
  for (guint i = 1; self->in_one && i < count_parts (self); i++)
    rcp_book_visit_add_patient (book, rcp_together_part_get_patient (get_part (self, i)));
  return book;
}

static GPtrArray *
make_operations (RcpTogetherModel *self, RcpOffer *offer)
{
  GPtrArray *operations = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *together_id = count_parts (self) > 1 ? g_uuid_string_random () : NULL;

  for (guint i = 0; offer != NULL && i < count_parts (self); offer = rcp_offer_get_next (offer), i++)
    g_ptr_array_add (operations, make_booking (self, i, offer, together_id));
  return operations;
}

static void
on_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpTogetherModel *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) operations = g_steal_pointer (&self->operations);
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);
  GError *error = NULL;

  if (!rcp_run_together_finish (result, &error))
    {
      set_notice (self, error->message);
      self->keep_notice = TRUE;
      self->state = RCP_TOGETHER_FAILED;
      g_hash_table_remove_all (self->own);
      search (self);
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < operations->len; i++)
    {
      RcpVisit *visit = rcp_visit_operation_get_after (operations->pdata[i]);

      rcp_desk_invalidate (self->desk, rcp_visit_get_range (visit));
      g_ptr_array_add (visits, g_object_ref (visit));
    }
  set_notice (self, NULL);
  set_state (self, RCP_TOGETHER_DONE);
  rcp_desk_tell_all_done (self->desk, operations);
  g_task_return_pointer (task, g_steal_pointer (&visits), (GDestroyNotify)g_ptr_array_unref);
}

/**
 * rcp_together_model_book_async:
 * @self: what is wished for
 * @offer: one of the offers
 * @callback: called when the record holds all of it, or nothing
 * @user_data: for @callback
 *
 * Only one booking comes of a model: a second call before the end, or after success, is refused.
 */
void
rcp_together_model_book_async (RcpTogetherModel *self, RcpOffer *offer, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_TOGETHER_MODEL (self));
  g_return_if_fail (RCP_IS_OFFER (offer));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_together_model_book_async);
  if (!may_change (self))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "%s", _ ("This visit is being booked already."));
      return;
    }
  stop_search (self);
  set_notice (self, NULL);
  set_state (self, RCP_TOGETHER_BUSY);
  self->operations = make_operations (self, offer);
  rcp_run_together_async (self->operations, NULL, on_run_cb, g_steal_pointer (&task));
}

GPtrArray *
rcp_together_model_book_finish (RcpTogetherModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
