# SPDX-License-Identifier: GPL-3.0-or-later
"""What test_morning.py has to do at one desk, chosen from the record of the sample clinic; and what the boards must show."""

import unicodedata

from desk import Failure

DAY = "2026-11-23"
NEXT_DAY = "2026-11-24"
ILL_FROM = DAY + "T10:00"
# Of a board beside its panel, in pixels: three columns and the morning are in sight, in a window of 1280 by 800.
SIGHT_X, SIGHT_Y = 770, 690
LABELS = {"arrived": "Arrived", "checked-in": "Checked in", "fulfilled": "Seen", "noshow": "Did not come"}


def fold(text):
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)).lower()


def clock(instant):
    return f"{int(instant[11:13])}:{instant[14:16]}"


def quarters(visit):
    return visit["minutesDuration"] // 15


class Plan:
    def __init__(self, record, site):
        self.record = record
        self.site = "Location/sample-l-" + site
        self.people = {"Patient/" + one["id"]: one for one in self.all("Patient?_count=1000")}
        self.words = {one: fold(" ".join([*self.name(one)[1], self.name(one)[0]])).replace("-", " ").split() for one in self.people}
        self.visits = [visit for visit in self.today("booked") if self.actor(visit, "Location")["reference"] == self.site]
        self.used = set()
        self.ill = None
        self.busy_today = {self.patient_of(visit) for visit in self.today()}

    # The record.

    def all(self, path):
        """The matches of a search, page after page."""
        found = []
        while path:
            bundle = self.record.get(path)
            found += [entry["resource"] for entry in bundle.get("entry", []) if entry.get("search", {}).get("mode", "match") == "match"]
            path = next((link["url"].split("/fhir/")[-1] for link in bundle["link"] if link["relation"] == "next"), None)
        return found

    def today(self, status=None):
        wish = f"&status={status}" if status else ""
        return self.record.search(f"Appointment?date=ge{DAY}&date=lt{NEXT_DAY}&_count=500&_sort=date{wish}")

    def active_visits(self):
        return [visit for visit in self.all(f"Appointment?date=ge{DAY}&_count=1000")
                if visit["status"] in ("booked", "arrived", "checked-in", "fulfilled")]

    @staticmethod
    def actor(visit, kind):
        return next(one["actor"] for one in visit["participant"] if one["actor"]["reference"].startswith(kind + "/"))

    def patient_of(self, visit):
        return self.actor(visit, "Patient")["reference"]

    def provider_of(self, visit):
        return self.actor(visit, "Practitioner")["reference"]

    def name(self, patient):
        name = self.people[patient]["name"][0]
        return name["family"], name["given"]

    @staticmethod
    def is_overbooked(visit):
        return any("overbooked" in extension["url"] and extension.get("valueString") for extension in visit.get("extension", []))

    # How it is read aloud.

    def chip(self, visit):
        family, given = self.name(self.patient_of(visit))
        return f"{clock(visit['start'])} to {clock(visit['end'])}, {family}, {' '.join(given)}, "

    def board(self):
        """Every visit of the day as the board reads it aloud."""
        shown = []
        for visit in self.today():
            if visit["status"] == "cancelled":
                continue
            answer = next(one["status"] for one in visit["participant"] if one["actor"]["reference"].startswith("Patient/"))
            status = LABELS.get(visit["status"], "Confirmed" if answer == "accepted" else "Booked")
            kind = visit["serviceType"][0]["coding"][0]["display"]
            text = f"{self.chip(visit)}{kind}, {self.actor(visit, 'Practitioner')['display']}, {status}"
            shown.append(text + (", Urgent" if visit.get("priority", 5) < 5 else ""))
        return sorted(shown)

    # Whom it concerns.

    def is_unique(self, patient):
        """Whether the name finds nobody else."""
        words = self.words[patient]
        return not any(other != patient and all(any(one.startswith(word) for one in found) for word in words)
                       for other, found in self.words.items())

    def task(self, visit):
        return {**self.person(self.patient_of(visit)), "visit": visit["id"], "chip": self.chip(visit)}

    def person(self, patient):
        family, given = self.name(patient)
        name = f"{' '.join(given)} {family}"
        if not self.is_unique(patient):
            name = next(one["value"] for one in self.people[patient]["identifier"] if one["system"] == "urn:reception:mrn")
        return {"name": name, "found": family + ",", "patient": patient}

    def take(self, visits, count, least=None):
        """So many of them, each once; fewer will do where a least is given."""
        chosen = []
        for visit in visits:
            if len(chosen) < count and visit["id"] not in self.used and self.provider_of(visit) != self.ill:
                self.used.add(visit["id"])
                chosen.append(visit)
        if len(chosen) < (count if least is None else least):
            raise Failure(f"the sample has {len(chosen)} of {count} visits")
        return chosen

    def in_sight(self, seen):
        """Visits that can be clicked, for what is done on the board."""
        places = {name.split(", Dr. ")[0]: place for name, place in seen.items()}
        found = []
        for visit in self.visits:
            place = next((place for name, place in places.items() if name.startswith(self.chip(visit))), None)
            if place and place[0] < SIGHT_X and place[1] < SIGHT_Y:
                found.append(visit)
        return found

    def arrivals(self):
        return [self.task(visit) for visit in self.take([one for one in self.visits if one["start"] > DAY + "T13"], 1)]

    def by_name(self, count):
        return [self.task(visit) for visit in self.take(reversed(self.visits), count)]

    def on_board(self, seen, count, least=None):
        return [self.task(visit) for visit in self.take(self.in_sight(seen), count, least)]

    def bookings(self, index, count):
        """People without a visit on this day, others at each desk."""
        free = [one for one in sorted(self.people) if one not in self.busy_today and one not in self.used
                and "deceasedDateTime" not in self.people[one] and self.is_unique(one)]
        chosen = free[index::2][:count]
        # Two plans look at the same list: what the other takes has the other parity.
        self.used.update(chosen)
        self.busy_today.update(free[1 - index::2][:count])
        return [self.person(one) for one in chosen]

    # Moves.

    def schedule_of(self, visit):
        return self.record.get(visit["slot"][0]["reference"])["schedule"]["reference"]

    def is_free_after(self, visit):
        slots = self.record.search(f"Slot?schedule={self.schedule_of(visit)}&start={visit['end']}&status=free")
        return bool(slots)

    def drag(self, seen):
        """A visit with a free quarter of an hour behind it."""
        visit = next(one for one in self.in_sight(seen) if one["id"] not in self.used and self.provider_of(one) != self.ill
                     and self.is_free_after(one))
        self.used.add(visit["id"])
        minutes = int(visit["start"][11:13]) * 60 + int(visit["start"][14:16]) + 15
        return {**self.task(visit), "quarters_long": quarters(visit), "quarters_down": 1, "time": f"{minutes // 60}:{minutes % 60:02} to "}

    def has_room(self, visit, day):
        """Whether there is a free time below it, long enough and within so many keys, on its day or on the next."""
        slots = self.record.search(f"Slot?schedule={self.schedule_of(visit)}&start=gt{day}T{visit['start'][11:]}&start=lt{day}T23:59:00Z"
                                   "&status=free&_sort=start&_count=200")
        starts = {slot["start"] for slot in slots}
        for slot in slots[:4]:
            minute = int(slot["start"][11:13]) * 60 + int(slot["start"][14:16])
            run = [f"{day}T{(minute + 15 * i) // 60:02}:{(minute + 15 * i) % 60:02}:00.000Z" for i in range(quarters(visit))]
            if all(start in starts for start in run):
                return True
        return False

    def near_move(self, seen):
        return self.task(self.take([one for one in self.in_sight(seen) if self.has_room(one, DAY)], 1)[0])

    def far_move(self, seen):
        return self.task(self.take([one for one in self.in_sight(seen) if self.has_room(one, NEXT_DAY)], 1)[0])

    # The one who is ill.

    def choose_ill(self, seen):
        """Whose column is in sight, with the fewest visits to move and one before them, from which the arrows go on."""
        counts = {}
        for visit in self.in_sight(seen):
            if visit["start"] < ILL_FROM:
                provider = self.provider_of(visit)
                counts[provider] = len([one for one in self.visits if self.provider_of(one) == provider and one["start"] >= ILL_FROM])
        self.ill = min(sorted(counts), key=lambda one: counts[one])

    def ill_visits(self):
        """The record's, since others may have been booked meanwhile."""
        visits = self.record.search(f"Appointment?date=ge{ILL_FROM}:00Z&date=lt{NEXT_DAY}&actor={self.ill}&_count=100&_sort=date&status=booked")
        return [{**self.task(visit), "wanted": "^(?!Mon, 23 Nov)"} for visit in visits]

    def ill_block(self):
        before = [one for one in self.today() if self.provider_of(one) == self.ill and one["start"] < ILL_FROM and one["status"] != "cancelled"]
        schedule = self.schedule_of(before[-1])
        slots = self.record.search(f"Slot?schedule={schedule}&start=ge{ILL_FROM}:00Z&start=lt{NEXT_DAY}&_count=200&_sort=start")
        end = slots[-1]["end"]
        start = max(ILL_FROM + ":00.000Z", before[-1]["end"])  # one may still be in the room
        minutes = int(end[11:13]) * 60 + int(end[14:16]) - int(start[11:13]) * 60 - int(start[14:16])
        return {**self.task(before[-1]), "free": clock(start) + " to ", "minutes": str(minutes), "schedule": schedule, "from": start, "to": end}
