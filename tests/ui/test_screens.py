#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The views of the days, the pages beside them and the windows that test_focus.py and test_rounds.py leave out, without a mouse: where
Tab goes, by role and name, and where the keyboard is when one comes in and when one goes. The argument says which half: pages, or windows.

Drives rcp-month-view, rcp-agenda-view, rcp-own-dialog, rcp-waiting-page, rcp-wait-list-page, rcp-room-dialog, rcp-about,
rcp-together-window, rcp-patient-dialog, rcp-coverage-dialog, rcp-insurance-box, rcp-print-dialog, rcp-general-page, rcp-form-dialog,
rcp-auth-page, rcp-auth-dialog, rcp-auth-box, rcp-refit-page, rcp-new-places-window, rcp-ranking-group, rcp-learning-group and
rcp-check-row."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Failure, Tap, wait_for  # noqa: E402
from keyboard import HEADER, MONTH, SILENT, TIME, Keyboard  # noqa: E402

PAGE_HEADER = ["push button Sidebar", "push button New Visit", "push button Find", "push button Main Menu"]
PAGES = "(list item [^,]+(?:, \\d+)?)*"
WEEK_DAY = r"push button \w+, \d+ November 2026, "


def header_of(period, title):
    return ["push button " + title if re.search("Monday", one) else re.sub("Previous Day|Next Day", lambda found: found.group().replace("Day", period), one)
            for one in HEADER]


WEEK = header_of("Week", "22 – 28 November 2026") + MONTH + [PAGES, r"push button \w+, \d+ November 2026, " + TIME + ".*"]
AGENDA = header_of("Week", "22 – 28 November 2026") + MONTH + [PAGES, "list item " + TIME + ".*"]
MONTHS = header_of("Month", "November 2026") + MONTH + [PAGES, r"push button Monday, 23 November 2026, today, \d+ visits, \d+ free"]
OWN = [r"(list item Dr\. .+, .+)*", "entry Find a Provider"]
OWN_WEEK = header_of("Week", "22 – 28 November 2026") + MONTH + [PAGES, r"push button \w+, \d+ November 2026, .*"]
WAITING = [r"((?:list item .+, waits \d+ min, .+|push button (?:In Room|With the Provider|Done), .+))*", *PAGE_HEADER, *MONTH, PAGES, "list item .+, .+"]
WAIT_LIST = ["push button History", "push button Take off the list", "(push button (?:.*Undo|Close the message))*", *PAGE_HEADER, *MONTH, PAGES, "list item García, Elena, .+"]
AUTHORIZATIONS = ["push button Received…", *PAGE_HEADER, *MONTH, PAGES, "list item .+, Authorization needed by Mon, 23 Nov, Acme Health · .+"]
NUMBER = ["push button .*Cancel", SILENT]
AUTHORIZED_VISIT = [r"list item \w+, \d+ \w+, .+", "list item Status, .+", "list item Provider, .+", "(list item .+, .+)*", *HEADER, *MONTH, PAGES,
                    "push button " + TIME + ".*", "push button Close Panel", "push button .+, .+", "push button Arrived", "push button In Room",
                    "push button .*Move…", "push button .*Cancel…", "push button Other", "list item Acme Health, Authorization (?:was )?needed by .+",
                    "push button Received…"]
ROOMS = ["(list item .+)*"]
ABOUT = ["list item Details", "list item Legal", r"push button Copy the version, \d.*"]
TOGETHER = ["push button .*Book 2 Visits", *["combo box Elena García", "push button Remove the visit of Elena García"] * 2,
            "push button .*Add Another Person", "push button .*Add Another Visit", r"(list item \w+, \d+ \w+, \d?\d:\d\d – \d?\d:\d\d, .+)*", "push button .*Cancel"]
PATIENT = [*[SILENT] * 3, "combo box Sex", *[SILENT] * 4, "combo box Preferred Contact", "check box Do Not Contact", *[SILENT] * 5,
           "combo box Language", SILENT, "check box Interpreter Needed", *[SILENT] * 4, "combo box General Practitioner", "check box Deceased",
           "push button .*Cancel", "push button .*Save", *[SILENT] * 4]
COVERAGE = [*[SILENT] * 4, "list item Photo of the Front, .+", "push button Add a Photo of the Front", "list item Photo of the Back, .+",
            "push button Add a Photo of the Back", *[SILENT] * 2, "combo box Relationship", "push button .*Cancel", *[SILENT] * 5]
SLIP = ["scroll pane .*", "push button .*Save as PDF…", "push button .*Print…"]
RANKING = [f"{role} {name}.*" for name in ("Network of the plan", "Distance", "Wait", "Knows the patient", "Language", "Experience",
                                            "The clinic’s rating", "Time of day") for role in ("list item", "spin button")]
GENERAL = ["silent", "list item Minutes to Undo", "spin button .*Minutes to Undo", "check box Visits That No Longer Fit the Hours",
           "check box Visits of This Desk Changed at Another", "check box The Record Cannot Be Reached", "list item Name, .+",
           r"list item Shortest Time Slot, 15 minutes, .+", "list item Time Format, .+", "list item Record, .+", "push button .*Reset", *RANKING,
           "combo box How It Is Summed", "list item As every desk of the clinic has it", "push button .*Save Ranking",
           "check box Learn from Bookings, .+", "list item General", SILENT]
PROVIDER = [*[SILENT] * 2, "combo box Specialty", SILENT, *["list item Downtown", "check box Downtown", "list item Riverside", "check box Riverside"],
            "list item Add Leave", "check box Accepts New Patients", *[SILENT] * 3, "push button .*Cancel", *[SILENT] * 3]
REFITS = ["push button .*Propose New Places…", "list item .+, Outside of the working hours", "push button Keep", "push button Cancel Visit…", "push button Move…", "list item No Longer Fits"]
NEW_PLACES = ["push button .*Cancel", "push button .*Move 1 Visit", "check box .+, To .+ From .+"]


class Screens(Keyboard):
    # Views.

    def view(self, key, landmark, wanted):
        """The keyboard comes along into it, is at something that says what it is, and goes round."""
        self.hand.key(key)
        self.desk.find(landmark)
        self.hear(1)
        self.expect_round(wanted)

    def go_home(self):
        self.hand.key("alt+1", "t")
        self.desk.find("^Next Day$")
        wait_for("the board to have the keyboard", lambda: re.search(TIME, self.press("Down") + self.press("Up")), pause=0.5)

    def come_back(self):
        """After a failure: to the board, from whatever is open."""
        for _ in range(3):
            if len(self.hand.windows()) > 1:
                self.hand.key("Escape")
                self.hear(0.5)
        self.hand.focus()
        self.go_home()

    def week(self):
        self.view("alt+2", "^Next Week$", WEEK)

    def month(self):
        self.view("alt+3", "^Next Month$", MONTHS)

    def agenda(self):
        """Where the board was at a free time, the keyboard is at the visit that comes next: never at a list that says nothing."""
        self.go_home()
        self.walk_to(", free, ", "Down")
        self.view("alt+4", "^Next Week$", AGENDA)
        self.go_home()

    def own_days(self):
        self.dialog("alt+0", "^Find a Provider$", OWN)
        self.hand.key("alt+0")
        wait_for("the window", lambda: len(self.hand.windows()) == 2)
        self.hand.focus()
        self.hand.type("ruiz")
        self.hand.key("Return")
        wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()
        self.desk.find("^Next Week$")
        self.ears.wait_focus(WEEK_DAY[len("push button "):])
        self.expect_round(OWN_WEEK)
        self.hand.key("alt+0")
        self.go_home()

    # Pages.

    def waiting_now(self):
        self.view("ctrl+Page_Down", "^Waiting Now$", WAITING)
        self.go_home()

    def put_on_wait_list(self):
        self.hand.key("n")
        wait_for("the window", lambda: len(self.hand.windows()) == 2)
        self.hand.focus()
        self.choose_patient()
        self.hand.key("alt+l")
        self.desk.find("_Done")
        self.hand.key("Return")
        wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()
        self.desk.find("^Wait List, 1$")

    def wait_list(self):
        self.put_on_wait_list()
        self.hand.key("ctrl+Page_Down")
        self.view("ctrl+Page_Down", "^Take off the list$", WAIT_LIST)
        self.go_home()

    def require_authorization(self):
        """What follows from the answer of a payer."""
        visit = self.practice.record.search("Appointment?date=ge2026-11-23T15:00:00Z&status=booked&_count=1")[0]
        patient = next(one["actor"]["reference"] for one in visit["participant"] if one["actor"]["reference"].startswith("Patient/"))
        _, coverage = self.practice.record.request("POST", "Coverage", {
            "resourceType": "Coverage", "status": "active", "beneficiary": {"reference": patient}, "payor": [{"display": "Acme Health"}]})
        insurance = "Coverage/" + coverage["id"]
        status, _ = self.practice.record.request("POST", "Task", {
            "resourceType": "Task", "status": "requested", "intent": "order",
            "identifier": [{"system": "urn:reception:prior-auth", "value": f"{visit['id']}/{coverage['id']}"}],
            "code": {"coding": [{"system": "urn:reception:prior-auth", "code": "authorize"}]},
            "focus": {"reference": f"Appointment/{visit['id']}"}, "for": {"reference": patient},
            "insurance": [{"reference": insurance, "display": "Acme Health"}], "restriction": {"period": {"end": "2026-11-23"}}})
        if status != 201:
            raise Failure(f"the record answers {status}")

    def authorizations(self):
        """The page, its question, and the panel of the visit that one leads to."""
        self.require_authorization()
        self.desk.find("^Authorizations, 1$")
        self.hand.key("ctrl+Page_Down", "ctrl+Page_Down")
        self.view("ctrl+Page_Down", "^Received…$", AUTHORIZATIONS)
        self.walk_to("Acme Health")
        self.dialog("a", "^Authorization Received", NUMBER)
        self.hand.key("Return")
        self.desk.find("^Next Day$")
        self.ears.wait_focus(TIME)
        self.hand.key("Return")
        self.desk.find("^Visit$", "filler")
        self.walk_to("Received…$")
        self.expect_round(AUTHORIZED_VISIT)
        self.hand.key("Escape")
        self.go_home()

    # Windows.

    def rooms(self):
        self.hand.key("ctrl+Page_Down")
        self.ears.wait_focus("Arrived, waits ")
        self.dialog("r", "Room", ROOMS)
        self.go_home()

    def choose_about(self):
        self.hand.key("F10")
        self.desk.find("^About")
        self.hear(0.5)
        self.walk_to("^About", "Down")
        self.hand.key("Return")

    def about(self):
        self.walk_to("^Main Menu$")
        self.dialog(self.choose_about, "^Legal$", ABOUT)
        self.walk_to(TIME)

    def add_a_visit(self):
        self.hand.key("Return")
        self.hear(0.5)
        self.walk_to("Add Another Visit", "Down")
        self.hand.key("Return")

    def together(self):
        begin = self.ears.listen()
        self.hand.key("n")
        wait_for("the window", lambda: len(self.hand.windows()) == 2)
        self.hand.focus()
        self.choose_patient()
        self.walk_to("Add$")
        try:
            self.dialog(self.add_a_visit, "Book 2 Visits", TOGETHER)
        finally:
            self.hand.key("Escape")
            wait_for("the booking to close", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()
        self.hear_again(begin)

    def patient(self):
        begin = self.ears.listen()
        self.hand.key("ctrl+k")
        wait_for("the window", lambda: len(self.hand.windows()) == 2)
        self.hand.focus()
        self.hand.type("garcia, elena")
        self.desk.find("^Garc.a, Elena")
        self.hand.key("Return")
        wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()
        self.ears.wait_focus("New Visit$")
        self.desk.find("^Mobile Phone")
        self.walk_to("Edit…$")
        self.dialog("Return", "Save$", PATIENT)
        self.walk_to("Add Insurance…$")
        self.dialog("Return", "^Relationship$", COVERAGE)
        self.hand.key("Escape")
        self.hear_again(begin)

    def routing_slip(self):
        self.find_visit("Confirmed|Booked")
        self.hand.key("Return")
        self.desk.find("^Visit$", "filler")
        self.dialog("ctrl+shift+p", "Print…$", SLIP)
        self.hand.key("Escape")

    # Preferences.

    def preferences_page(self, key, name, landmark, wanted):
        """From its name in the list of the pages on."""
        self.dialog("ctrl+comma", "^Preferences$", wanted,
                    [lambda: self.hand.key(key), lambda: self.desk.find(landmark), lambda: self.walk_to(f"^{name}$")])

    def general(self):
        self.preferences_page("alt+1", "General", "^Name of This Desk$", GENERAL)

    def provider_form(self):
        self.dialog("ctrl+comma", "^Preferences$", None, [lambda: self.hand.key("alt+2"), lambda: self.desk.find("Add Provider"),
                                                          lambda: self.dialog("alt+a", "Save$", PROVIDER)])

    def add_work(self):
        """What a change of hours leaves behind."""
        visit = self.practice.record.search("Appointment?date=ge2026-11-23T15:00:00Z&status=booked&_count=1")[0]
        status, _ = self.practice.record.request("POST", "Task", {
            "resourceType": "Task", "status": "requested", "intent": "order",
            "identifier": [{"system": "urn:reception:refit", "value": f"{visit['id']}/{visit['start']}"}],
            "code": {"coding": [{"system": "urn:reception:refit", "code": "refit"}]},
            "reasonCode": {"coding": [{"system": "urn:reception:refit", "code": "hours"}]},
            "focus": {"reference": f"Appointment/{visit['id']}"}})
        if status != 201:
            raise Failure(f"the record answers {status}")

    def refits(self):
        self.add_work()
        self.preferences_page("alt+6", "No Longer Fits", "^Keep$", REFITS)

    def new_places(self):
        """After the one above, which leaves a visit that no longer fits."""
        self.dialog("ctrl+comma", "^Preferences$", None, [lambda: self.hand.key("alt+6"), lambda: self.desk.find("Propose New Places"),
                                                          lambda: self.dialog("alt+p", "Move 1 Visit$", NEW_PLACES)])


def main():
    tap = Tap()
    screens = Screens()
    steps = {"pages": (screens.week, screens.month, screens.agenda, screens.own_days, screens.waiting_now, screens.wait_list, screens.rooms,
                       screens.authorizations),
             "windows": (screens.about, screens.together, screens.patient, screens.routing_slip, screens.general, screens.provider_form,
                         screens.refits, screens.new_places)}
    for step in steps[sys.argv[1]]:
        if not tap.run(step.__name__.replace("_", " "), step):
            screens.desk.picture("failed-" + step.__name__)
            screens.come_back()
    screens.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
