/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-json.h"

G_BEGIN_DECLS

gboolean practice_patch_apply (PracticeJson **document, PracticeJson *patch, PracticeOutcome *outcome);

G_END_DECLS
