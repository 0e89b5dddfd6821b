/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a fuzz target for a bounded time in the normal test run: its seeds, then mutations of them, the same each time.
 *
 * It finds less than libFuzzer, which knows what the code does with an input (-Dfuzzing=true), but it needs no clang
 * and catches what was broken since yesterday. An input that ends the program is kept in the build folder. */

#define G_LOG_DOMAIN "fuzz-driver"

#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define LONGEST_INPUT 65536
#define DEFAULT_RUNS 20000
#define DEFAULT_SECONDS 10

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
void __sanitizer_set_death_callback (void (*callback) (void)) __attribute__ ((weak));

/* What a signal handler may touch: the input at work and where to keep it. */
static const guint8 *current_data;
static gsize current_size;
static char *crash_path;

static void
keep_input (void)
{
  int fd = open (crash_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  if (fd >= 0)
    {
      (void) !write (fd, current_data, current_size);
      close (fd);
    }
}

static void
on_died (int signal_number)
{
  keep_input ();
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

static void
watch_for_death (void)
{
  const int signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], on_died);
  if (__sanitizer_set_death_callback != NULL)
    __sanitizer_set_death_callback (keep_input);
}

static void
run_one (const guint8 *data, gsize size)
{
  /* A copy of exactly this size, so that a read past the end is a read past the end for the sanitizers too. */
  g_autofree guint8 *exact = g_malloc (MAX (size, 1));

  if (size > 0)
    memcpy (exact, data, size);
  current_data = exact;
  current_size = size;
  LLVMFuzzerTestOneInput (exact, size);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
load_seeds (const char *folder)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  /* The order of a folder is the file system's; ours is always the same. */
  g_ptr_array_sort (paths, compare_names);
  for (guint i = 0; i < paths->len; i++)
    {
      char *text = NULL;
      gsize size = 0;

      if (g_file_get_contents (g_ptr_array_index (paths, i), &text, &size, NULL))
        g_ptr_array_add (seeds, g_bytes_new_take (text, size));
    }
  return seeds;
}

static GBytes *
unescape_word (const char *line)
{
  const char *from = strchr (line, '"');
  const char *to = strrchr (line, '"');
  GByteArray *word;

  if (line[0] == '#' || from == NULL || to == from)
    return NULL;
  word = g_byte_array_new ();
  for (const char *p = from + 1; p < to; p++)
    {
      guint8 byte = (guint8) *p;

      if (*p == '\\' && p[1] == 'x' && p + 3 < to)
        {
          byte = (guint8) (g_ascii_xdigit_value (p[2]) << 4 | g_ascii_xdigit_value (p[3]));
          p += 3;
        }
      else if (*p == '\\' && p + 1 < to)
        byte = (guint8) *++p;
      g_byte_array_append (word, &byte, 1);
    }
  return g_byte_array_free_to_bytes (word);
}

static GPtrArray *
load_words (const char *path)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return words;
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      GBytes *word = unescape_word (lines[i]);

      if (word != NULL)
        g_ptr_array_add (words, word);
    }
  return words;
}

static GBytes *
pick (GRand *random, GPtrArray *from)
{
  return from->len > 0 ? g_ptr_array_index (from, g_rand_int_range (random, 0, (gint32) from->len)) : NULL;
}

static void
insert_at (GByteArray *input, guint at, const guint8 *data, gsize size)
{
  guint old = input->len;

  if (size == 0 || old + size > LONGEST_INPUT)
    return;
  g_byte_array_set_size (input, old + (guint) size);
  memmove (input->data + at + size, input->data + at, old - at);
  memcpy (input->data + at, data, size);
}

static void
repeat_range (GRand *random, GByteArray *input, guint at)
{
  guint length = MIN ((guint) g_rand_int_range (random, 1, 9), input->len - at);
  g_autofree guint8 *range = g_memdup2 (input->data + at, length);

  /* Often enough to nest deeper than a parser that calls itself can bear. */
  for (int times = 1 << g_rand_int_range (random, 0, 12); times > 0; times--)
    insert_at (input, at, range, length);
}

static void
mutate_once (GRand *random, GByteArray *input, GPtrArray *seeds, GPtrArray *words)
{
  static const guint8 telling[] = { 0x00, 0x7f, 0x80, 0xc0, 0xed, 0xf4, 0xff, '"', '\\', '-', '9', ':', '{', '[' };
  guint at = input->len > 0 ? (guint) g_rand_int_range (random, 0, (gint32) input->len) : 0;
  GBytes *other = g_rand_boolean (random) ? pick (random, words) : pick (random, seeds);
  guint8 byte = telling[g_rand_int_range (random, 0, G_N_ELEMENTS (telling))];

  if (input->len == 0 || g_rand_int_range (random, 0, 6) == 0)
    {
      insert_at (input, at, &byte, 1);
      return;
    }
  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      input->data[at] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
      break;
    case 1:
      input->data[at] = byte;
      break;
    case 2:
      g_byte_array_remove_range (input, at, (guint) g_rand_int_range (random, 1, (gint32) (input->len - at) + 1));
      break;
    case 3:
      g_byte_array_set_size (input, at);
      break;
    case 4:
      repeat_range (random, input, at);
      break;
    default:
      if (other != NULL)
        insert_at (input, at, g_bytes_get_data (other, NULL), g_bytes_get_size (other));
    }
}

static guint
run_mutations (GPtrArray *seeds, GPtrArray *words)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GByteArray) input = g_byte_array_new ();
  const char *wish = g_getenv ("RECEPTION_FUZZ_RUNS");
  guint runs = wish != NULL ? (guint) g_ascii_strtoull (wish, NULL, 10) : DEFAULT_RUNS;
  gint64 end = g_get_monotonic_time () + DEFAULT_SECONDS * G_USEC_PER_SEC;
  guint done = 0;

  for (; done < runs && (wish != NULL || g_get_monotonic_time () < end); done++)
    {
      GBytes *seed = pick (random, seeds);

      g_byte_array_set_size (input, 0);
      g_byte_array_append (input, g_bytes_get_data (seed, NULL), (guint) g_bytes_get_size (seed));
      for (int times = g_rand_int_range (random, 1, 6); times > 0; times--)
        mutate_once (random, input, seeds, words);
      run_one (input->data, input->len);
    }
  return done;
}

int
main (int argc, char **argv)
{
  g_autofree char *name = g_path_get_basename (argv[0]);
  g_autoptr (GPtrArray) seeds = NULL;
  g_autoptr (GPtrArray) words = NULL;
  guint done;

  if (argc < 2)
    {
      g_printerr ("Usage: %s SEEDS-FOLDER [DICTIONARY]\n", argv[0]);
      return 2;
    }
  crash_path = g_strdup_printf ("%s.crash", argv[0]);
  seeds = load_seeds (argv[1]);
  words = load_words (argc > 2 ? argv[2] : NULL);
  watch_for_death ();

  g_print ("1..2\n");
  for (guint i = 0; i < seeds->len; i++)
    run_one (g_bytes_get_data (g_ptr_array_index (seeds, i), NULL), g_bytes_get_size (g_ptr_array_index (seeds, i)));
  g_print ("%s 1 - %s: %u seeds\n", seeds->len > 0 ? "ok" : "not ok", name, seeds->len);
  if (seeds->len == 0)
    return 1;
  done = run_mutations (seeds, words);
  g_print ("ok 2 - %s: %u mutations\n", name, done);
  g_free (crash_path);
  return 0;
}
