/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-wait-rank"

#include "rcp-waiting.h"

#include <glib/gi18n.h>

#include "clinic/rcp-language.h"
#include "scheduling/rcp-openings.h"

struct _RcpCandidate
{
  GObject parent_instance;

  RcpWaiting *waiting;
  RcpTimeRange range;
  gboolean is_wished_time;
  char *reason;
};

G_DEFINE_FINAL_TYPE (RcpCandidate, rcp_candidate, G_TYPE_OBJECT)

static void
rcp_candidate_finalize (GObject *object)
{
  RcpCandidate *self = RCP_CANDIDATE (object);

  g_clear_object (&self->waiting);
  g_free (self->reason);
  G_OBJECT_CLASS (rcp_candidate_parent_class)->finalize (object);
}

static void
rcp_candidate_class_init (RcpCandidateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_candidate_finalize;
}

static void
rcp_candidate_init (RcpCandidate *self)
{
}

RcpWaiting *
rcp_candidate_get_waiting (RcpCandidate *self)
{
  g_return_val_if_fail (RCP_IS_CANDIDATE (self), NULL);
  return self->waiting;
}

RcpTimeRange
rcp_candidate_get_range (RcpCandidate *self)
{
  g_return_val_if_fail (RCP_IS_CANDIDATE (self), ((RcpTimeRange){ 0, 0 }));
  return self->range;
}

const char *
rcp_candidate_get_reason (RcpCandidate *self)
{
  g_return_val_if_fail (RCP_IS_CANDIDATE (self), NULL);
  return self->reason;
}

gboolean
rcp_candidate_is_wished_time (RcpCandidate *self)
{
  g_return_val_if_fail (RCP_IS_CANDIDATE (self), FALSE);
  return self->is_wished_time;
}

/* Whether the visit would begin at a time of day for which the patient asked. */
static gboolean
is_wished_time (RcpWaiting *waiting, gint64 start, GTimeZone *zone)
{
  guint times = rcp_waiting_get_times (waiting);

  return times == 0 || (times & RCP_WISHED (rcp_time_of_day_of (start, zone))) != 0;
}

static gboolean
is_wished_provider (RcpWaiting *waiting, RcpProvider *provider)
{
  const char *const *ids = rcp_waiting_get_practitioner_ids (waiting);
  const char *id = rcp_provider_get_practitioner_id (provider);

  return *ids == NULL || (id != NULL && g_strv_contains (ids, id));
}

static gboolean
speaks_language (RcpWaiting *waiting, RcpProvider *provider)
{
  const char *const *languages = rcp_waiting_get_languages (waiting);

  for (guint i = 0; languages[i] != NULL; i++)
    if (rcp_provider_speaks (provider, languages[i]))
      return TRUE;
  return *languages == NULL;
}

/* Who cannot do without a language needs to be sure of it. Where the record does not tell gender or network, the desk can ask. */
static gboolean
meets_musts (RcpWaiting *waiting, RcpProvider *provider, RcpNetworkFunc find_network)
{
  RcpGender wished = rcp_waiting_get_gender (waiting), gender = rcp_provider_get_gender (provider);
  const char *network = rcp_waiting_get_network (waiting);

  if (wished != RCP_GENDER_ANY && gender != RCP_GENDER_ANY && gender != wished)
    return FALSE;
  if (network != NULL && find_network != NULL && find_network (provider, network) == 0)
    return FALSE;
  return speaks_language (waiting, provider);
}

static gboolean
gives_such_visits (RcpProvider *provider, RcpRoster *roster, RcpWaiting *waiting)
{
  const char *code = rcp_visit_get_type_code (rcp_waiting_get_visit (waiting));
  RcpVisitType *visit_type = code != NULL ? rcp_roster_find_visit_type (roster, code) : NULL;
  RcpWish anything = { 0 };

  return rcp_openings_suits (provider, &anything, visit_type);
}

/* Nobody changes to a time that is later than the one he or she has. */
static gboolean
is_earlier (RcpWaiting *waiting, gint64 start)
{
  RcpVisit *booked = rcp_waiting_get_booked (waiting);

  return booked == NULL || start < rcp_visit_get_range (booked).start;
}

static gboolean
can_have (RcpWaiting *waiting, RcpRoster *roster, RcpProvider *provider, RcpTimeRange range, RcpTimeRange free, RcpNetworkFunc find_network)
{
  return range.end <= free.end && rcp_time_range_contains (rcp_waiting_get_period (waiting), range)
         && is_earlier (waiting, range.start) && !rcp_waiting_is_elsewhere (waiting, range) && is_wished_provider (waiting, provider)
         && meets_musts (waiting, provider, find_network) && gives_such_visits (provider, roster, waiting);
}

static const char *
get_urgency_word (RcpUrgency urgency)
{
  switch (urgency)
    {
    case RCP_URGENCY_EMERGENCY:
      return _ ("Emergency");
    case RCP_URGENCY_URGENT:
      return _ ("Urgent");
    case RCP_URGENCY_ROUTINE:
    default:
      return NULL;
    }
}

static char *
describe_wait (RcpWaiting *waiting, gint64 now)
{
  gint64 days = (now - rcp_waiting_get_since (waiting)) / G_TIME_SPAN_DAY;

  if (rcp_waiting_get_since (waiting) == 0)
    return NULL;
  if (days < 1)
    return g_strdup (_ ("waits since today"));
  return g_strdup_printf (g_dngettext (NULL, "waits %d day", "waits %d days", days), (int)days);
}

static void
append (GString *reason, const char *words)
{
  if (words == NULL)
    return;
  g_string_append_printf (reason, "%s%s", reason->len > 0 ? " · " : "", words);
}

static void
append_musts (GString *reason, RcpWaiting *waiting, RcpProvider *provider, RcpNetworkFunc find_network)
{
  const char *const *languages = rcp_waiting_get_languages (waiting);
  const char *network = rcp_waiting_get_network (waiting);

  for (guint i = 0; languages[i] != NULL; i++)
    if (rcp_provider_speaks (provider, languages[i]))
      {
        g_autofree char *speaks = g_strdup_printf (_ ("speaks %s"), rcp_language_get_name (languages[i]));

        append (reason, speaks);
        break;
      }
  if (rcp_waiting_get_gender (waiting) != RCP_GENDER_ANY)
    append (reason, rcp_provider_get_gender (provider) != RCP_GENDER_ANY ? _ ("of the gender asked for") : _ ("gender unknown"));
  if (network != NULL)
    append (reason, find_network != NULL && find_network (provider, network) > 0 ? _ ("in network") : _ ("network unknown"));
}

/* Translators: what is joined by dots is: "Urgent", "waits 3 days", "asked for the morning" and the like. */
static char *
explain (RcpCandidate *self, RcpProvider *provider, RcpNetworkFunc find_network, gint64 now)
{
  RcpWaiting *waiting = self->waiting;
  g_autoptr (GString) reason = g_string_new (NULL);
  g_autofree char *wait = describe_wait (waiting, now);

  append (reason, get_urgency_word (rcp_visit_get_urgency (rcp_waiting_get_visit (waiting))));
  append (reason, wait);
  if (*rcp_waiting_get_practitioner_ids (waiting) != NULL)
    {
      /* Translators: the name of a provider */
      g_autofree char *asked = g_strdup_printf (_ ("asked for %s"), rcp_provider_get_name (provider));

      append (reason, asked);
    }
  append_musts (reason, waiting, provider, find_network);
  if (!self->is_wished_time)
    append (reason, _ ("asked for another time of day"));
  else if (rcp_waiting_get_times (waiting) != 0)
    append (reason, _ ("wished time of day"));
  if (rcp_waiting_get_booked (waiting) != NULL)
    append (reason, _ ("has a later visit"));
  return g_string_free (g_steal_pointer (&reason), FALSE);
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const RcpCandidate *of_a = *(RcpCandidate *const *)a;
  const RcpCandidate *of_b = *(RcpCandidate *const *)b;

  if (of_a->is_wished_time != of_b->is_wished_time)
    return of_a->is_wished_time ? -1 : 1;
  return rcp_waiting_compare (of_a->waiting, of_b->waiting, NULL);
}

GPtrArray *
rcp_waiting_rank (GListModel *list, RcpRoster *roster, RcpProvider *provider, RcpTimeRange free, RcpNetworkFunc find_network, gint64 now)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (G_IS_LIST_MODEL (list), candidates);
  g_return_val_if_fail (RCP_IS_PROVIDER (provider), candidates);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (RcpWaiting) waiting = g_list_model_get_item (list, i);
      RcpTimeRange range = { free.start, free.start + rcp_waiting_get_duration (waiting) * G_TIME_SPAN_MINUTE };
      RcpCandidate *candidate;

      if (free.start < now || !can_have (waiting, roster, provider, range, free, find_network))
        continue;
      candidate = g_object_new (RCP_TYPE_CANDIDATE, NULL);
      candidate->waiting = g_object_ref (waiting);
      candidate->range = range;
      candidate->is_wished_time = is_wished_time (waiting, free.start, rcp_provider_get_zone (provider));
      candidate->reason = explain (candidate, provider, find_network, now);
      g_ptr_array_add (candidates, candidate);
    }
  g_ptr_array_sort (candidates, compare_candidates);
  return candidates;
}
