/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-import"

#include "practice-import-private.h"

static void
problem_free (gpointer data)
{
  PracticeImportProblem *problem = data;

  g_free (problem->file);
  g_free (problem->reason);
  g_free (problem);
}

void
practice_import_report_init (PracticeImportReport *report)
{
  *report = (PracticeImportReport) { .problems = g_ptr_array_new_with_free_func (problem_free) };
}

void
practice_import_report_clear (PracticeImportReport *report)
{
  g_clear_pointer (&report->problems, g_ptr_array_unref);
}

void
practice_import_report_add (PracticeImportReport *report, gboolean failed, const char *file, guint64 line,
                            guint entry, const char *format, ...)
{
  PracticeImportProblem *problem;
  va_list arguments;

  if (failed)
    report->failed++;
  else
    report->passed_over++;
  if (report->problems->len >= PRACTICE_IMPORT_MAX_PROBLEMS)
    return;

  problem = g_new0 (PracticeImportProblem, 1);
  problem->file = g_strdup (file);
  problem->line = line;
  problem->entry = entry;
  problem->failed = failed;
  va_start (arguments, format);
  problem->reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (report->problems, problem);
}

/**
 * practice_import_report_to_text:
 *
 * One line per problem, "FILE:LINE, entry N: reason", and the counts in the last.
 *
 * Returns: (transfer full): the text
 */
char *
practice_import_report_to_text (const PracticeImportReport *report)
{
  GString *text = g_string_new (NULL);
  guint64 problems = report->failed + report->passed_over;

  for (guint i = 0; i < report->problems->len; i++)
    {
      const PracticeImportProblem *problem = g_ptr_array_index (report->problems, i);
      /* A file name need not be UTF-8. */
      g_autofree char *name = g_filename_display_name (problem->file);

      g_string_append (text, name);
      if (problem->line > 0)
        g_string_append_printf (text, ":%" G_GUINT64_FORMAT, problem->line);
      if (problem->entry > 0)
        g_string_append_printf (text, ", entry %u", problem->entry);
      g_string_append_printf (text, ": %s: %s\n", problem->failed ? "could not be taken" : "passed over",
                              problem->reason);
    }
  if (problems > report->problems->len)
    g_string_append_printf (text, "... and %" G_GUINT64_FORMAT " more\n", problems - report->problems->len);

  g_string_append_printf (text,
                          "imported %u files, %.1f MB: %" G_GUINT64_FORMAT " stored, %" G_GUINT64_FORMAT
                          " unchanged, %" G_GUINT64_FORMAT " passed over, %" G_GUINT64_FORMAT " failed\n",
                          report->files, report->bytes / 1e6, report->stored, report->unchanged, report->passed_over,
                          report->failed);
  return g_string_free (text, FALSE);
}
