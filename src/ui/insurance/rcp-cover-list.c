/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-cover-list"

#include "config.h"

#include "rcp-cover-list.h"

#include "clinic/rcp-working-day.h"

struct _RcpCoverList
{
  GObject parent_instance;

  RcpDesk *desk;
  GDate date;
  RcpDay *day;
  GListStore *entries;  /* those that were read */
  GPtrArray *coming;    /* of RcpCoverEntry: those that are not yet, and with them those that stay */
  GQueue *to_read;      /* borrowed of @coming */
  guint n_reading;
  GQueue *to_ask;       /* of RcpCoverEntry */
  GPtrArray *asked;     /* of RcpCoverEntry: those that are being asked about */
  GHashTable *anyway;   /* set of RcpCoverEntry: what the record holds does not do */
  gboolean is_read;
  gboolean has_failed;
};

G_DEFINE_FINAL_TYPE (RcpCoverList, rcp_cover_list, G_TYPE_OBJECT)

static guint changed_signal;

static void read_more (RcpCoverList *self);
static void ask_more (RcpCoverList *self);

static void
forget_entry (RcpCoverList *self, RcpCoverEntry *entry)
{
  g_signal_handlers_disconnect_by_data (entry, self);
}

/* What is under way for an entry goes on without the list: an answer that has come is kept in the record all the same. */
static void
forget (RcpCoverList *self)
{
  for (guint i = 0; i < self->coming->len; i++)
    forget_entry (self, self->coming->pdata[i]);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      forget_entry (self, entry);
    }
  g_queue_clear (self->to_read);
  g_queue_clear_full (self->to_ask, g_object_unref);
  g_ptr_array_set_size (self->asked, 0);
  g_hash_table_remove_all (self->anyway);
  g_ptr_array_set_size (self->coming, 0);
  g_list_store_remove_all (self->entries);
  self->n_reading = 0;
  self->is_read = self->has_failed = FALSE;
  if (self->day)
    g_signal_handlers_disconnect_by_data (self->day, self);
  g_clear_object (&self->day);
}

static void
rcp_cover_list_dispose (GObject *object)
{
  RcpCoverList *self = RCP_COVER_LIST (object);

  forget (self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_cover_list_parent_class)->dispose (object);
}

static void
rcp_cover_list_finalize (GObject *object)
{
  RcpCoverList *self = RCP_COVER_LIST (object);

  g_object_unref (self->entries);
  g_ptr_array_unref (self->coming);
  g_ptr_array_unref (self->asked);
  g_hash_table_unref (self->anyway);
  g_queue_free (self->to_read);
  g_queue_free (self->to_ask);
  G_OBJECT_CLASS (rcp_cover_list_parent_class)->finalize (object);
}

static void
rcp_cover_list_class_init (RcpCoverListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_cover_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_cover_list_finalize;
  changed_signal = g_signal_new ("changed", RCP_TYPE_COVER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_cover_list_init (RcpCoverList *self)
{
  self->entries = g_list_store_new (RCP_TYPE_COVER_ENTRY);
  self->coming = g_ptr_array_new_with_free_func (g_object_unref);
  self->asked = g_ptr_array_new_with_free_func (g_object_unref);
  self->anyway = g_hash_table_new (NULL, NULL);
  self->to_read = g_queue_new ();
  self->to_ask = g_queue_new ();
}

static void
tell (RcpCoverList *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return rcp_cover_entry_compare (*(RcpCoverEntry **) a, *(RcpCoverEntry **) b);
}

static gboolean
is_same_list (RcpCoverList *self)
{
  GListModel *shown = G_LIST_MODEL (self->entries);
  gboolean is_same = g_list_model_get_n_items (shown) == self->coming->len;

  for (guint i = 0; is_same && i < self->coming->len; i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (shown, i);

      is_same = entry == self->coming->pdata[i];
    }
  return is_same;
}

/* What has its place keeps it; what has come since gets one among them. */
static void
put_in_order (RcpCoverList *self)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->coming);
  GListModel *shown = G_LIST_MODEL (self->entries);

  self->coming = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (shown, i);

      if (g_ptr_array_find (all, entry, NULL))
        g_ptr_array_add (self->coming, g_object_ref (entry));
    }
  g_ptr_array_sort (all, compare);
  for (guint i = 0; i < all->len; i++)
    {
      guint place = 0;

      if (g_ptr_array_find (self->coming, all->pdata[i], NULL))
        continue;
      while (place < self->coming->len && rcp_cover_entry_compare (self->coming->pdata[place], all->pdata[i]) < 0)
        place++;
      g_ptr_array_insert (self->coming, (int) place, g_object_ref (all->pdata[i]));
    }
}

/* Everything is known: it is shown at once, in order. */
static void
show_all (RcpCoverList *self)
{
  guint n_unread = 0;

  for (guint i = 0; i < self->coming->len; i++)
    n_unread += rcp_cover_entry_get_state (self->coming->pdata[i]) == RCP_COVER_NOT_READ;
  self->is_read = TRUE;
  self->has_failed = n_unread > 0 && n_unread == self->coming->len;
  put_in_order (self);
  if (!is_same_list (self))
    g_list_store_splice (self->entries, 0, g_list_model_get_n_items (G_LIST_MODEL (self->entries)), self->coming->pdata, self->coming->len);
  tell (self);
}

static void
on_entry_changed_cb (RcpCoverList *self, RcpCoverEntry *entry)
{
  guint index;

  if (g_ptr_array_find (self->asked, entry, &index) && !rcp_cover_entry_is_asking (entry))
    {
      g_ptr_array_remove_index (self->asked, index);
      ask_more (self);
      tell (self);
    }
  if (g_object_get_data (G_OBJECT (entry), "reading") == self && rcp_cover_entry_is_read (entry))
    {
      g_object_set_data (G_OBJECT (entry), "reading", NULL);
      self->n_reading--;
      read_more (self);
    }
}

/* A few at a time: the record serves other desks as well. */
static void
read_more (RcpCoverList *self)
{
  while (self->n_reading < RCP_COVER_LIST_MAX_READ && !g_queue_is_empty (self->to_read))
    {
      RcpCoverEntry *entry = g_queue_pop_head (self->to_read);

      self->n_reading++;
      rcp_cover_entry_read (entry);
      g_object_set_data (G_OBJECT (entry), "reading", self);
    }
  if (self->n_reading == 0 && g_queue_is_empty (self->to_read))
    show_all (self);
}

static RcpCoverEntry *
find_entry (GPtrArray *entries, RcpVisit *visit)
{
  for (guint i = 0; i < entries->len; i++)
    if (rcp_cover_entry_is_for (entries->pdata[i], visit))
      return entries->pdata[i];
  return NULL;
}

static void
add_visit (RcpCoverList *self, GPtrArray *before, RcpVisit *visit)
{
  RcpCoverEntry *entry;

  if (!rcp_visit_get_patient (visit) || !rcp_visit_status_takes_time (rcp_visit_get_status (visit)))
    return;
  entry = find_entry (before, visit);
  if (entry)
    g_object_ref (entry);
  else
    {
      entry = rcp_cover_entry_new (self->desk, visit, &self->date);
      g_signal_connect_object (entry, "changed", G_CALLBACK (on_entry_changed_cb), self, G_CONNECT_SWAPPED);
      g_queue_push_tail (self->to_read, entry);
    }
  g_ptr_array_add (self->coming, entry);
}

/* Who was taken off the day is not asked about any more. */
static void
forget_those_gone (RcpCoverList *self, GPtrArray *before)
{
  for (guint i = 0; i < before->len; i++)
    if (!g_ptr_array_find (self->coming, before->pdata[i], NULL))
      {
        RcpCoverEntry *entry = before->pdata[i];

        forget_entry (self, entry);
        if (g_object_get_data (G_OBJECT (entry), "reading") == self)
          self->n_reading--;
        g_queue_remove_all (self->to_read, entry);
        if (g_queue_remove (self->to_ask, entry))
          g_object_unref (entry);
        g_ptr_array_remove (self->asked, entry);
        g_hash_table_remove (self->anyway, entry);
      }
}

/* The day as it is now: what stays is not read again. Each of several who come to a visit has insurances of his own. */
static void
take_day (RcpCoverList *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->coming);

  self->coming = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->day)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (self->day), i);

      for (guint j = 0; j < rcp_visit_get_n_people (visit); j++)
        {
          g_autoptr (RcpVisit) part = rcp_visit_dup_part (visit, j);

          add_visit (self, before, part);
        }
    }
  forget_those_gone (self, before);
  read_more (self);
  ask_more (self);
}

static void
on_day_changed_cb (RcpCoverList *self)
{
  if (rcp_day_is_loaded (self->day))
    take_day (self);
  else if (!rcp_day_is_loading (self->day) && rcp_day_get_error (self->day) != NULL)
    {
      self->has_failed = TRUE;
      tell (self);
    }
}

static void
begin (RcpCoverList *self)
{
  forget (self);
  if (!rcp_desk_get_day_book (self->desk))
    return;
  self->day = rcp_day_book_get (rcp_desk_get_day_book (self->desk), &self->date);
  g_signal_connect_object (self->day, "notify::loaded", G_CALLBACK (on_day_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "notify::loading", G_CALLBACK (on_day_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "items-changed", G_CALLBACK (on_day_changed_cb), self, G_CONNECT_SWAPPED);
  on_day_changed_cb (self);
  tell (self);
}

/**
 * rcp_cover_list_new:
 * @desk: an open desk
 *
 * Returns: (transfer full): the next day on which the clinic works, being read
 */
RcpCoverList *
rcp_cover_list_new (RcpDesk *desk)
{
  RcpCoverList *self;
  GDate today;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (rcp_desk_get_roster (desk) != NULL, NULL);

  self = g_object_new (RCP_TYPE_COVER_LIST, NULL);
  self->desk = g_object_ref (desk);
  rcp_desk_get_today (desk, &today);
  rcp_working_day_find_next (rcp_desk_get_roster (desk), &today, &self->date);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  begin (self);
  return self;
}

RcpDesk *
rcp_cover_list_get_desk (RcpCoverList *self)
{
  g_return_val_if_fail (RCP_IS_COVER_LIST (self), NULL);

  return self->desk;
}

const GDate *
rcp_cover_list_get_day (RcpCoverList *self)
{
  g_return_val_if_fail (RCP_IS_COVER_LIST (self), NULL);

  return &self->date;
}

gboolean
rcp_cover_list_is_tomorrow (RcpCoverList *self)
{
  GDate today;

  g_return_val_if_fail (RCP_IS_COVER_LIST (self), FALSE);

  rcp_desk_get_today (self->desk, &today);
  return g_date_days_between (&today, &self->date) == 1;
}

void
rcp_cover_list_set_day (RcpCoverList *self, const GDate *day)
{
  g_return_if_fail (RCP_IS_COVER_LIST (self));
  g_return_if_fail (day != NULL && g_date_valid (day));

  if (g_date_compare (&self->date, day) == 0)
    return;
  self->date = *day;
  begin (self);
}

/**
 * rcp_cover_list_reload:
 *
 * Reads everything again, also after it failed, and puts it in order anew.
 */
void
rcp_cover_list_reload (RcpCoverList *self)
{
  g_return_if_fail (RCP_IS_COVER_LIST (self));

  begin (self);
  if (self->day && !rcp_day_is_loaded (self->day) && !rcp_day_is_loading (self->day))
    {
      self->has_failed = FALSE;
      rcp_day_load_async (self->day, NULL, NULL, NULL);
      tell (self);
    }
}

GListModel *
rcp_cover_list_get_entries (RcpCoverList *self)
{
  g_return_val_if_fail (RCP_IS_COVER_LIST (self), NULL);

  return G_LIST_MODEL (self->entries);
}

gboolean
rcp_cover_list_is_read (RcpCoverList *self)
{
  g_return_val_if_fail (RCP_IS_COVER_LIST (self), FALSE);

  return self->is_read;
}

/* Neither the day nor any of its patients could be read. */
gboolean
rcp_cover_list_has_failed (RcpCoverList *self)
{
  g_return_val_if_fail (RCP_IS_COVER_LIST (self), FALSE);

  return self->has_failed;
}

/* Of two visits of one patient the second takes the answer that the first got. */
static gboolean
is_asked_about (RcpCoverList *self, RcpCoverEntry *entry)
{
  RcpCoverage *coverage = rcp_cover_entry_get_coverage (entry);

  for (guint i = 0; coverage && i < self->asked->len; i++)
    {
      RcpCoverage *other = rcp_cover_entry_get_coverage (self->asked->pdata[i]);

      if (other && g_strcmp0 (rcp_coverage_get_id (other), rcp_coverage_get_id (coverage)) == 0)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full): the first that may be asked about now, taken out of the queue; or NULL */
static RcpCoverEntry *
take_next (RcpCoverList *self)
{
  for (GList *link = self->to_ask->head; link; link = link->next)
    if (!is_asked_about (self, link->data))
      {
        RcpCoverEntry *entry = link->data;

        g_queue_delete_link (self->to_ask, link);
        return entry;
      }
  return NULL;
}

static void
ask_more (RcpCoverList *self)
{
  RcpCoverEntry *entry;

  while (self->asked->len < RCP_COVER_LIST_MAX_ASKED && (entry = take_next (self)))
    {
      g_ptr_array_add (self->asked, entry);
      if (!rcp_cover_entry_ask (entry, g_hash_table_remove (self->anyway, entry)))
        g_ptr_array_remove (self->asked, entry);
    }
}

static void
queue (RcpCoverList *self, RcpCoverEntry *entry, gboolean is_first)
{
  if (is_first)
    g_queue_push_head (self->to_ask, g_object_ref (entry));
  else
    g_queue_push_tail (self->to_ask, g_object_ref (entry));
  rcp_cover_entry_set_waiting (entry, TRUE);
}

/**
 * rcp_cover_list_ask:
 * @entry: one of the list
 *
 * Asks the payer again, whatever the record holds.
 *
 * Returns: %FALSE where there is no insurance to ask about, or it is being asked about
 */
gboolean
rcp_cover_list_ask (RcpCoverList *self, RcpCoverEntry *entry)
{
  g_return_val_if_fail (RCP_IS_COVER_LIST (self), FALSE);
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (entry), FALSE);

  if (!rcp_cover_entry_get_coverage (entry) || rcp_cover_entry_is_busy (entry))
    return FALSE;
  g_hash_table_add (self->anyway, entry);
  queue (self, entry, TRUE);
  ask_more (self);
  tell (self);
  return TRUE;
}

/**
 * rcp_cover_list_ask_all:
 *
 * Asks about all of whom it is not known by an answer that is fresh, a few at a time. What goes wrong with one is the answer of that
 * one.
 *
 * Returns: how many
 */
guint
rcp_cover_list_ask_all (RcpCoverList *self)
{
  GListModel *entries;
  guint n = 0;

  g_return_val_if_fail (RCP_IS_COVER_LIST (self), 0);

  entries = G_LIST_MODEL (self->entries);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (entries, i);

      if (!rcp_cover_entry_wants_asking (entry) || rcp_cover_entry_is_busy (entry))
        continue;
      queue (self, entry, FALSE);
      n++;
    }
  ask_more (self);
  tell (self);
  return n;
}

/* How many are asked about, or wait for it. */
guint
rcp_cover_list_count_busy (RcpCoverList *self)
{
  g_return_val_if_fail (RCP_IS_COVER_LIST (self), 0);

  return self->asked->len + g_queue_get_length (self->to_ask);
}

static guint
count_if (RcpCoverList *self, gboolean (*is_counted) (RcpCoverState state))
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      n += is_counted (rcp_cover_entry_get_state (entry));
    }
  return n;
}

static gboolean
is_trouble (RcpCoverState state)
{
  return state != RCP_COVER_FINE && state != RCP_COVER_NO_INSURANCE;
}

static gboolean
is_without (RcpCoverState state)
{
  return state == RCP_COVER_NO_INSURANCE;
}

/* How many have an insurance, and want something done about it. */
guint
rcp_cover_list_count_trouble (RcpCoverList *self)
{
  g_return_val_if_fail (RCP_IS_COVER_LIST (self), 0);

  return count_if (self, is_trouble);
}

/* Of how many the record has no insurance for the day: that no payer can mend. */
guint
rcp_cover_list_count_without (RcpCoverList *self)
{
  g_return_val_if_fail (RCP_IS_COVER_LIST (self), 0);

  return count_if (self, is_without);
}
