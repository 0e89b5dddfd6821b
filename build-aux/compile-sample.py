#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns data/sample (the invented clinic and the lists of names) into constant C tables.

Usage: compile-sample.py CLINIC.json NAMES.json OUTPUT.c
"""

import json
import sys

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def text(value):
    """A C string literal in UTF-8, or NULL."""
    if value is None:
        return "NULL"
    out = []
    for byte in value.encode("utf-8"):
        if byte in (0x22, 0x5C):
            out.append("\\" + chr(byte))
        elif 0x20 <= byte < 0x7F:
            out.append(chr(byte))
        else:
            # Octal of three digits cannot swallow what follows, as hexadecimal would.
            out.append("\\%03o" % byte)
    return '"' + "".join(out) + '"'


def strings(values):
    """A compound literal of a NULL-terminated list."""
    return "(const char *const[]) { " + ", ".join([text(v) for v in values] + ["NULL"]) + " }"


def minutes(clock):
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def hours(week):
    rows = []
    for days, spans in week.items():
        for day in days.split():
            for span in spans:
                start, end = span.split("-")
                rows.append((DAYS.index(day) + 1, minutes(start), minutes(end)))
    rows.sort()
    return rows


def clinic_tables(clinic, out):
    out.append("const char *const practice_sample_clinic_name = %s;" % text(clinic["name"]))
    out.append("const char *const practice_sample_clinic_phone = %s;" % text(clinic["phone"]))
    out.append("const PracticeSampleSite practice_sample_sites[] = {")
    for s in clinic["sites"]:
        fields = [s[k] for k in ("id", "name", "street", "town", "postal_code", "phone", "latitude", "longitude")]
        out.append("  { %s }," % ", ".join(text(f) for f in fields))
    out.append("};")
    out.append("const guint practice_sample_n_sites = %d;" % len(clinic["sites"]))

    out.append("const PracticeSampleSpecialty practice_sample_specialties[] = {")
    for s in clinic["specialties"]:
        out.append("  { %s, %s, %s, %d }," % (text(s["code"]), text(s["name"]), strings(s["complaints"]),
                                             len(s["complaints"])))
    out.append("};")
    out.append("const guint practice_sample_n_specialties = %d;" % len(clinic["specialties"]))

    out.append("const PracticeSampleVisitType practice_sample_visit_types[] = {")
    for v in clinic["visit_types"]:
        out.append("  { %s, %s, %d, %d, %s, %s, %s }," % (
            text(v["code"]), text(v["name"]), v["minutes"], v["weight"], text(v.get("preparation")),
            strings(v.get("specialties", [])),
            ", ".join(text(v.get(k)) for k in ("needs", "room", "prefers", "otherwise", "instead_of"))))
    out.append("};")
    out.append("const guint practice_sample_n_visit_types = %d;" % len(clinic["visit_types"]))

    out.append("const PracticeSampleRoom practice_sample_rooms[] = {")
    for r in clinic["rooms"]:
        out.append("  { %s, %s, %d, %s, %s }," % (text(r["id"]), text(r["name"]), r["site"], text(r.get("device")),
                                                  text(r.get("device_name"))))
    out.append("};")
    out.append("const guint practice_sample_n_rooms = %d;" % len(clinic["rooms"]))


def check_needs(clinic):
    """What stands in for another type fits into its time, and what is done otherwise needs nothing."""
    types = {v["code"]: v for v in clinic["visit_types"]}
    for v in types.values():
        other, place = types.get(v.get("otherwise")), types.get(v.get("instead_of"))
        assert not other or ("needs" not in other and other["minutes"] <= v["minutes"]), v["code"]
        assert not place or ("needs" not in place and place["minutes"] == v["minutes"]), v["code"]
        assert "needs" not in v or other or not v["weight"], v["code"]


def provider_tables(clinic, out):
    codes = [s["code"] for s in clinic["specialties"]]
    out.append("const PracticeSampleProvider practice_sample_providers[] = {")
    for p in clinic["providers"]:
        rows = hours(p["hours"])
        leave = p.get("leave", [0, 0])
        table = "(const PracticeSampleHours[]) { " + ", ".join("{ %d, %d, %d }" % r for r in rows) + " }"
        out.append("  { %s, %s, %s, %s, %s, %d, %d, %s, %s, %d, %s, %d, %d, %d }," % (
            text(p["id"]), text(p["given"]), text(p["family"]), text(p["gender"]), text(p["birth"]),
            codes.index(p["specialty"]), p["site"], text(p.get("room")), strings(p["languages"]), p["booked"],
            table, len(rows), leave[0], leave[1]))
    out.append("};")
    out.append("const guint practice_sample_n_providers = %d;" % len(clinic["providers"]))


def name_tables(names, out):
    out.append("const PracticeSampleCulture practice_sample_cultures[] = {")
    for c in names["cultures"]:
        lists = [c[k].split() for k in ("female", "male", "family")]
        out.append("  { %s, %d, %s }," % (text(c["language"]), c["weight"],
                                         ", ".join("%s, %d" % (strings(l), len(l)) for l in lists)))
    out.append("};")
    out.append("const guint practice_sample_n_cultures = %d;" % len(names["cultures"]))
    out.append("const PracticeSampleLanguage practice_sample_languages[] = {")
    for code, name in names["languages"]:
        out.append("  { %s, %s }," % (text(code), text(name)))
    out.append("};")
    out.append("const guint practice_sample_n_languages = %d;" % len(names["languages"]))
    out.append("const char *const practice_sample_streets[] = { %s };" % ", ".join(text(s) for s in names["streets"]))
    out.append("const guint practice_sample_n_streets = %d;" % len(names["streets"]))
    out.append("const PracticeSampleTown practice_sample_towns[] = {")
    for name, code in names["towns"]:
        out.append("  { %s, %s }," % (text(name), text(code)))
    out.append("};")
    out.append("const guint practice_sample_n_towns = %d;" % len(names["towns"]))
    out.append("const char *const practice_sample_area_codes[] = { %s };" %
               ", ".join(text(a) for a in names["area_codes"]))
    out.append("const guint practice_sample_n_area_codes = %d;" % len(names["area_codes"]))


def main():
    clinic_path, names_path, output = sys.argv[1:4]
    with open(clinic_path, encoding="utf-8") as file:
        clinic = json.load(file)
    with open(names_path, encoding="utf-8") as file:
        names = json.load(file)

    check_needs(clinic)
    out = ["/* Made by build-aux/compile-sample.py of data/sample; do not edit. */",
           '#include "practice/practice-sample-data.h"', ""]
    clinic_tables(clinic, out)
    provider_tables(clinic, out)
    name_tables(names, out)
    with open(output, "w", encoding="ascii") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
