/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is left out of a booking, because the patient cannot do without something: and that it is said. */

#define G_LOG_DOMAIN "rcp-booking-musts"

#include "config.h"

#include "rcp-booking-model.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-openings.h"

/* Whoever does not meet what must be, whatever else is wished for: (transfer full), NULL when that is nobody. */
static GHashTable *
list_left_out (RcpBookingModel *self)
{
  RcpOfferRanking *ranking = rcp_booking_model_get_ranking (self);
  GListModel *providers = rcp_roster_get_providers (rcp_booking_model_get_roster (self));
  g_autoptr (GHashTable) left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint unknown;

  for (guint i = 0; rcp_offer_ranking_get_musts (ranking) != 0 && i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (rcp_offer_ranking_check_musts (ranking, provider, &unknown) != 0)
        g_hash_table_add (left_out, g_strdup (rcp_provider_get_schedule_id (provider)));
    }
  return g_hash_table_size (left_out) > 0 ? g_steal_pointer (&left_out) : NULL;
}

void
rcp_booking_model_set_musts (RcpBookingModel *self, guint musts)
{
  RcpOfferRanking *ranking;

  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  ranking = rcp_booking_model_get_ranking (self);
  if (rcp_offer_ranking_get_musts (ranking) == musts)
    return;
  rcp_offer_ranking_set_musts (ranking, musts);
  rcp_booking_model_search (self);
}

void
rcp_booking_musts_leave_out (RcpBookingModel *self, RcpWish *wish)
{
  g_clear_pointer (&wish->left_out, g_hash_table_unref);
  wish->left_out = list_left_out (self);
}

gboolean
rcp_booking_musts_changed (RcpBookingModel *self)
{
  g_autoptr (GHashTable) left_out = list_left_out (self);
  GHashTable *before = rcp_booking_model_get_wish (self)->left_out;
  GHashTableIter iter;
  gpointer id;

  if (left_out == NULL || before == NULL)
    return left_out != before;
  if (g_hash_table_size (left_out) != g_hash_table_size (before))
    return TRUE;
  g_hash_table_iter_init (&iter, left_out);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (before, id))
      return TRUE;
  return FALSE;
}

/* How many would suit but for a must. */
typedef struct
{
  guint other_language;
  guint no_language;  /* of whom the record names none */
  guint out;
  guint no_network;   /* of whom nobody knows: they are on the list */
} Counts;

static Counts
count (RcpBookingModel *self)
{
  RcpOfferRanking *ranking = rcp_booking_model_get_ranking (self);
  GListModel *providers = rcp_roster_get_providers (rcp_booking_model_get_roster (self));
  RcpWish wish = *rcp_booking_model_get_wish (self);
  Counts counts = { 0 };

  wish.left_out = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      guint unknown, barriers;

      if (!rcp_openings_suits (provider, &wish, rcp_booking_model_get_visit_type (self)))
        continue;
      barriers = rcp_offer_ranking_check_musts (ranking, provider, &unknown);
      counts.other_language += (barriers & RCP_BARRIER_LANGUAGE) != 0 && (unknown & RCP_BARRIER_LANGUAGE) == 0;
      counts.no_language += (barriers & unknown & RCP_BARRIER_LANGUAGE) != 0;
      counts.out += (barriers & RCP_BARRIER_NETWORK) != 0;
      counts.no_network += barriers == 0 && (unknown & RCP_BARRIER_NETWORK) != 0;
    }
  return counts;
}

static void
append (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static void
append_counts (GString *text, const Counts *counts, const char *languages)
{
  if (counts->other_language > 0)
    /* Translators: providers; the second is one language or several, with commas */
    append (text, g_strdup_printf (ngettext ("%u is left out who does not speak %s.", "%u are left out who do not speak %s.",
                                             counts->other_language),
                                   counts->other_language, languages));
  if (counts->no_language > 0)
    append (text, g_strdup_printf (ngettext ("%u is left out of whom no language is known.", "%u are left out of whom no language is known.",
                                             counts->no_language),
                                   counts->no_language));
  if (counts->out > 0)
    append (text, g_strdup_printf (ngettext ("%u is left out who is out of network.", "%u are left out who are out of network.", counts->out),
                                   counts->out));
  if (counts->no_network > 0)
    append (text, g_strdup_printf (ngettext ("Of %u nobody knows the network: ask the payer.", "Of %u nobody knows the network: ask the payer.",
                                             counts->no_network),
                                   counts->no_network));
}

char *
rcp_booking_musts_tell (RcpBookingModel *self, const char *explanation)
{
  RcpOfferRanking *ranking = rcp_booking_model_get_ranking (self);
  GString *text = g_string_new (NULL);

  if (rcp_offer_ranking_get_musts (ranking) != 0)
    {
      g_autofree char *languages = rcp_offer_ranking_describe_must (ranking, RCP_BARRIER_LANGUAGE);
      Counts counts = count (self);

      append_counts (text, &counts, languages);
    }
  if (explanation != NULL)
    append (text, g_strdup (explanation));
  return g_string_free (text, text->len == 0);
}

char *
rcp_booking_musts_describe (RcpBookingModel *self)
{
  RcpOfferRanking *ranking = rcp_booking_model_get_ranking (self);
  guint musts = rcp_offer_ranking_get_musts (ranking);
  g_autofree char *languages = rcp_offer_ranking_describe_must (ranking, RCP_BARRIER_LANGUAGE);
  g_autofree char *network = rcp_offer_ranking_describe_must (ranking, RCP_BARRIER_NETWORK);
  GString *text = g_string_new (NULL);

  if ((musts & RCP_BARRIER_LANGUAGE) && languages != NULL)
    /* Translators: one language or several, with commas */
    append (text, g_strdup_printf (_("It has to be somebody who speaks %s."), languages));
  if ((musts & RCP_BARRIER_NETWORK) && network != NULL)
    /* Translators: the name of a network of an insurance */
    append (text, g_strdup_printf (_("It has to be somebody in the network %s."), network));
  return g_string_free (text, text->len == 0);
}
