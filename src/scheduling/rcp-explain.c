/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-explain"

#include "rcp-offers.h"

#include "base/rcp-when-text.h"
#include "clinic/rcp-specialty.h"

#include <glib/gi18n.h>

#define MAX_NEAREST 3

/* Whole sentences, because no other language builds them of the same parts. The last "%s" is a day. */
static const char *const nobody_sentences[] = {
  [RCP_TIME_OF_DAY_ANY] = N_ ("No opening before %s."),
  [RCP_TIME_OF_DAY_MORNING] = N_ ("No morning opening before %s."),
  [RCP_TIME_OF_DAY_AFTERNOON] = N_ ("No afternoon opening before %s."),
  [RCP_TIME_OF_DAY_EVENING] = N_ ("No evening opening before %s."),
};

static const char *const provider_sentences[] = {
  [RCP_TIME_OF_DAY_ANY] = N_ ("No opening with %s before %s."),
  [RCP_TIME_OF_DAY_MORNING] = N_ ("No morning opening with %s before %s."),
  [RCP_TIME_OF_DAY_AFTERNOON] = N_ ("No afternoon opening with %s before %s."),
  [RCP_TIME_OF_DAY_EVENING] = N_ ("No evening opening with %s before %s."),
};

static const char *const specialty_sentences[] = {
  [RCP_TIME_OF_DAY_ANY] = N_ ("No opening in %s before %s."),
  [RCP_TIME_OF_DAY_MORNING] = N_ ("No morning opening in %s before %s."),
  [RCP_TIME_OF_DAY_AFTERNOON] = N_ ("No afternoon opening in %s before %s."),
  [RCP_TIME_OF_DAY_EVENING] = N_ ("No evening opening in %s before %s."),
};

static gboolean
has_what_it_needs (RcpRoster *roster, const RcpWish *wish)
{
  const char *needs = rcp_rooms_get_needs (roster, wish->visit_type);
  GListModel *rooms = rcp_roster_get_rooms (roster);

  for (guint i = 0; needs != NULL && i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (g_strcmp0 (rcp_room_get_kind (room), needs) == 0)
        return TRUE;
    }
  return needs == NULL;
}

static char *
explain_lack (RcpRoster *roster, const RcpWish *wish, gint64 end)
{
  /* Translators: a day, see strftime */
  g_autofree char *day = rcp_when_text_format (end, rcp_roster_get_zone (roster), _ ("%A %-e %B"));
  RcpProvider *provider = wish->schedule_id != NULL ? rcp_roster_find_provider (roster, wish->schedule_id) : NULL;
  const char *specialty = wish->specialty != NULL ? rcp_specialty_get_name (wish->specialty) : NULL;

  if (!has_what_it_needs (roster, wish))
    return g_strdup (_ ("The place has no room or device of the kind that the visit needs."));
  if (provider != NULL && rcp_wish_leaves_out (wish, wish->schedule_id))
    /* Translators: %s is a provider who does not meet what the patient cannot do without */
    return g_strdup_printf (_ ("%s is one of those who are left out."), rcp_provider_get_name (provider));
  if (provider != NULL)
    return g_strdup_printf (_ (provider_sentences[wish->time_of_day]), rcp_provider_get_name (provider), day);
  if (specialty != NULL)
    return g_strdup_printf (_ (specialty_sentences[wish->time_of_day]), specialty, day);
  return g_strdup_printf (_ (nobody_sentences[wish->time_of_day]), day);
}

static char *
list_nearest (GListModel *alternatives)
{
  guint n_named = MIN (g_list_model_get_n_items (alternatives), MAX_NEAREST);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < n_named; i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (alternatives, i);
      RcpProvider *provider = rcp_offer_get_provider (offer);
      g_autofree char *start
          = rcp_when_text_day_and_clock (rcp_offer_get_range (offer).start, rcp_provider_get_zone (provider));

      if (i > 0)
        /* Translators: between the items of a list */
        g_string_append (list, _ ("; "));
      /* Translators: a day and time; the name of a provider */
      g_string_append_printf (list, _ ("%s with %s"), start, rcp_provider_get_name (provider));
    }
  return g_string_free (list, FALSE);
}

char *
rcp_offers_explain_elsewhere (RcpRoster *roster, RcpOwnVisits *own, RcpTimeRange lost)
{
  RcpVisit *visit = own != NULL && lost.start < lost.end ? rcp_own_visits_find (own, lost) : NULL;
  g_autofree char *sentence = NULL;

  if (visit == NULL)
    return NULL;
  sentence = rcp_own_visits_describe (visit, rcp_roster_find_provider_of_visit (roster, visit), rcp_roster_get_zone (roster));
  return g_strconcat (sentence, ".", NULL);
}

/* What is missing, and whether the patient's own visits are why. */
static char *
explain_all (RcpRoster *roster, const RcpWish *wish, gint64 end, RcpTimeRange lost, gboolean has_kept)
{
  g_autofree char *elsewhere = rcp_offers_explain_elsewhere (roster, wish->own, lost);
  g_autofree char *lack = explain_lack (roster, wish, end);

  if (elsewhere == NULL && has_kept)
    elsewhere = g_strdup (_ ("Time that the calendars of providers keep is not offered."));
  return elsewhere != NULL ? g_strconcat (lack, " ", elsewhere, NULL) : g_steal_pointer (&lack);
}

char *
rcp_offers_explain (RcpRoster *roster,
                    const RcpWish *wish,
                    gint64 end,
                    guint horizon_days,
                    RcpTimeRange lost,
                    gboolean has_kept,
                    GListModel *alternatives)
{
  g_autofree char *lack = explain_all (roster, wish, end, lost, has_kept);
  g_autofree char *nearest = NULL;
  g_autofree char *rest = NULL;
  guint n_alternatives = g_list_model_get_n_items (alternatives);

  if (n_alternatives == 0 && wish->urgency == RCP_URGENCY_EMERGENCY)
    return g_strconcat (lack, " ", _ ("Nothing else is free today either: it can be overbooked."), NULL);
  if (n_alternatives == 0)
    {
      rest = g_strdup_printf (ngettext ("Nothing else is free in the next %u day either.",
                                        "Nothing else is free in the next %u days either.", horizon_days),
                              horizon_days);
      return g_strconcat (lack, " ", rest, NULL);
    }
  nearest = list_nearest (alternatives);
  rest = g_strdup_printf (ngettext ("The nearest is %s.", "The nearest are %s.", MIN (n_alternatives, MAX_NEAREST)),
                          nearest);
  return g_strconcat (lack, " ", rest, NULL);
}
