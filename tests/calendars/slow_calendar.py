# SPDX-License-Identifier: GPL-3.0-or-later
"""The busy time of iCalendar text, found the slow and obvious way: with a parser of its own and with dateutil for the rules.

Written from RFC 5545 alone, so that it shares nothing with rcp-busy-reader.c. Where the RFC leaves a choice, the remark says
which one was made.
"""

import datetime
import re
import zoneinfo

from dateutil import rrule

DAY = datetime.timedelta(days=1)
EPOCH = datetime.datetime(1970, 1, 1)
FREE, TENTATIVE, BUSY, AWAY = range(4)
KNOWN = zoneinfo.available_timezones()


class Unreadable(Exception):
    """This event is not for comparison."""


def parse(text):
    """Returns the outermost components: (name, properties, components); a property is (name, parameters, value)."""
    lines = re.sub(r'\r?\n[ \t]', '', text).splitlines()
    top = ('', [], [])
    stack = [top]
    for line in lines:
        match = re.match(r'([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$', line)
        if not match:
            continue
        name, rest, value = match.group(1).upper(), match.group(2), match.group(3)
        if name == 'BEGIN':
            component = (value.strip().upper(), [], [])
            stack[-1][2].append(component)
            stack.append(component)
        elif name == 'END':
            if len(stack) > 1:
                stack.pop()
        else:
            parameters = {key.upper(): found.strip('"') for key, found in
                          re.findall(r';([\w-]+)=("[^"]*"|[^";:]*)', rest)}
            stack[-1][1].append((name, parameters, value))
    return top[2]


def values(component, name):
    return [(parameters, value) for found, parameters, value in component[1] if found == name]


def first(component, name):
    found = values(component, name)
    return found[0] if found else (None, None)


def read_time(text):
    """Returns a naive time, and whether it is 'date', 'utc' or 'local'."""
    text = text.strip()
    if re.fullmatch(r'\d{8}', text):
        return datetime.datetime.strptime(text, '%Y%m%d'), 'date'
    match = re.fullmatch(r'(\d{8}T\d{6})(Z?)', text)
    if not match:
        raise Unreadable(text)
    try:
        return datetime.datetime.strptime(match.group(1), '%Y%m%dT%H%M%S'), 'utc' if match.group(2) else 'local'
    except ValueError as error:
        raise Unreadable(text) from error


def read_duration(text):
    """Returns nominal days and exact seconds."""
    match = re.fullmatch(r'([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?', text.strip())
    if not match:
        raise Unreadable(text)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    if match.group(1) == '-':
        return 0, 0
    return weeks * 7 + days, hours * 3600 + minutes * 60 + seconds


class SystemZone:
    def __init__(self, zone):
        self.zone = zone

    def offset(self, seconds):
        moment = datetime.datetime.fromtimestamp(0, datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
        return moment.astimezone(self.zone).utcoffset().total_seconds()


class OwnZone:
    """A VTIMEZONE: each change of the clock is listed."""

    def __init__(self, component, last_year):
        self.changes = []
        listed = set()
        for part in component[2]:
            start, _ = read_time(first(part, 'DTSTART')[1])
            before, after = (self.read_offset(first(part, name)[1]) for name in ('TZOFFSETFROM', 'TZOFFSETTO'))
            walls = {start}
            for _, rule in values(part, 'RRULE'):
                rule = re.sub(r'UNTIL=(\d{8}T\d{6})Z?', lambda m: 'UNTIL=' + m.group(1), rule)
                walls |= set(rrule.rrulestr(rule, dtstart=start).between(start, datetime.datetime(last_year, 1, 1), inc=True))
            for _, dates in values(part, 'RDATE'):
                walls |= {read_time(date)[0] for date in dates.split(',')}
            if not listed.isdisjoint(walls):
                raise Unreadable('two clocks at one time')
            listed |= walls
            self.changes += [((wall - EPOCH).total_seconds() - before, before, after) for wall in walls]
        self.changes.sort()

    @staticmethod
    def read_offset(text):
        match = re.fullmatch(r'([+-])(\d\d)(\d\d)(\d\d)?', text.strip())
        size = int(match.group(2)) * 3600 + int(match.group(3)) * 60 + int(match.group(4) or 0)
        return -size if match.group(1) == '-' else size

    def offset(self, seconds):
        found = self.changes[0][1]
        for instant, _, after in self.changes:
            if instant <= seconds:
                found = after
        return found


class Calendar:
    def __init__(self, text, place):
        self.place = SystemZone(zoneinfo.ZoneInfo(place))
        self.utc = SystemZone(datetime.timezone.utc)
        self.zones = {}
        self.families = {}
        self.collect(('', [], parse(text)))

    def collect(self, component):
        for part in component[2]:
            if part[0] == 'VCALENDAR':
                self.collect(part)
            elif part[0] == 'VTIMEZONE' and first(part, 'TZID')[1]:
                self.zones.setdefault(first(part, 'TZID')[1], part)
            elif part[0] == 'VEVENT' and first(part, 'UID')[1]:
                self.families.setdefault(first(part, 'UID')[1], []).append(part)

    def zone(self, tzid):
        """The system's of that name, also behind a prefix; else the VTIMEZONE; else the place's."""
        if not tzid:
            return self.place
        parts = tzid.split('/')
        for begin in range(len(parts)):
            name = '/'.join(parts[begin:])
            if re.fullmatch(r'[A-Z][\w+/-]*', name) and name in KNOWN:
                return SystemZone(zoneinfo.ZoneInfo(name))
        own = self.zones.get(tzid)
        if own is None:
            return self.place
        if not isinstance(own, OwnZone):
            try:
                own = self.zones[tzid] = OwnZone(own, 2045)
            except (Unreadable, ValueError, TypeError, AttributeError, IndexError) as error:
                raise Unreadable(tzid) from error
            if not own.changes:
                raise Unreadable(tzid)
        return own

    def time(self, parameters, text):
        """Returns wall clock, zone and whether it is a day."""
        wall, kind = read_time(text)
        if kind == 'date':
            return wall, self.place, True
        return wall, self.utc if kind == 'utc' else self.zone(parameters.get('TZID')), False


def to_instant(wall, zone):
    """RFC 5545, 3.3.5: the first of two; in a gap, by the offset before it."""
    seconds = (wall - EPOCH).total_seconds()
    tried = {zone.offset(seconds - 86400), zone.offset(seconds + 86400)}
    fits = [seconds - offset for offset in tried if zone.offset(seconds - offset) == offset]
    return min(fits) if fits else seconds - zone.offset(seconds - 86400)


def to_wall(instant, zone):
    return EPOCH + datetime.timedelta(seconds=instant + zone.offset(instant))


def kind_of(event):
    transp = (first(event, 'TRANSP')[1] or '').upper()
    status = (first(event, 'STATUS')[1] or '').upper()
    outlook = (first(event, 'X-MICROSOFT-CDO-BUSYSTATUS')[1] or '').upper()
    if transp.startswith('TRANSPARENT') or status == 'CANCELLED' or (outlook == 'FREE' and not transp):
        return FREE
    if outlook in ('OOF', 'WORKINGELSEWHERE'):
        return AWAY
    return TENTATIVE if 'TENTATIVE' in (outlook, status) else BUSY


class Series:
    """One event of a family: its instances as (wall, zone, is_date, days, seconds)."""

    def __init__(self, calendar, event, family):
        self.calendar = calendar
        self.event = event
        self.family = family
        parameters, text = first(event, 'DTSTART')
        if text is None:
            raise Unreadable('no start')
        self.wall, self.zone, self.is_date = calendar.time(parameters, text)
        self.days, self.seconds = self.length()

    def length(self):
        parameters, text = first(self.event, 'DTEND')
        if text is not None:
            wall, zone, is_date = self.calendar.time(parameters, text)
            if is_date and self.is_date:
                return max((wall - self.wall).days, 1), 0
            return 0, max(to_instant(wall, zone) - to_instant(self.wall, self.zone), 0)
        _, text = first(self.event, 'DURATION')
        if text is not None:
            return read_duration(text)
        return (1, 0) if self.is_date else (0, 0)

    def follow(self, rule, last):
        """All walls of a rule until a wall clock."""
        parts = dict(part.split('=', 1) for part in rule.upper().strip().strip(';').split(';') if '=' in part)
        # Without BYMONTH, a day of the month in a yearly rule is that of the month of DTSTART.
        if parts.get('FREQ') == 'YEARLY' and 'BYMONTHDAY' in parts and 'BYMONTH' not in parts:
            parts['BYMONTH'] = str(self.wall.month)
        until = parts.pop('UNTIL', None)
        if until:
            wall, kind = read_time(until)
            if kind == 'utc':
                wall = to_wall((wall - EPOCH).total_seconds(), self.zone)
            last = min(last, wall + DAY - datetime.timedelta(seconds=1) if kind == 'date' else wall)
        try:
            rule = rrule.rrulestr(';'.join(f'{key}={value}' for key, value in parts.items()), dtstart=self.wall)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Unreadable(str(error)) from error
        walls = []
        for wall in rule:
            if wall > last:
                break
            walls.append(wall)
            if len(walls) > 100000:
                raise Unreadable('endless')
        return walls

    def excluded(self, last):
        """Instants and days that are left out."""
        named = [self.calendar.time(parameters, text) for parameters, listed in values(self.event, 'EXDATE')
                 for text in listed.split(',')]
        named += [self.calendar.time(*first(other, 'RECURRENCE-ID')) for other in self.family
                  if first(other, 'RECURRENCE-ID')[1] is not None]
        for _, rule in values(self.event, 'EXRULE'):
            named += [(wall, self.zone, self.is_date) for wall in self.follow(rule, last)]
        instants, days = set(), set()
        for wall, zone, is_date in named:
            if is_date:
                days.add(wall.date())
            elif self.is_date:
                days.add(to_wall(to_instant(wall, zone), self.zone).date())
            else:
                instants.add(to_instant(wall, zone))
        return instants, days

    def instances(self, last):
        found = [(self.wall, self.zone, self.is_date, self.days, self.seconds)]
        if first(self.event, 'RECURRENCE-ID')[1] is not None:
            return found
        for _, rule in values(self.event, 'RRULE'):
            found += [(wall, self.zone, self.is_date, self.days, self.seconds) for wall in self.follow(rule, last)]
        for parameters, listed in values(self.event, 'RDATE'):
            found += [self.added(parameters, text) for text in listed.split(',')]
        instants, days = self.excluded(last)
        return [one for one in found if to_instant(one[0], one[1]) not in instants and one[0].date() not in days]

    def added(self, parameters, text):
        if '/' in text:
            start, _, end = text.partition('/')
            wall, zone, is_date = self.calendar.time(parameters, start)
            if 'P' in end:
                return (wall, zone, is_date, *read_duration(end))
            other = self.calendar.time(parameters, end)
            return wall, zone, is_date, 0, max(to_instant(*other[:2]) - to_instant(wall, zone), 0)
        wall, zone, is_date = self.calendar.time(parameters, text)
        if is_date and not self.is_date:
            return datetime.datetime.combine(wall.date(), self.wall.time()), self.zone, False, self.days, self.seconds
        return wall, zone, is_date, self.days, self.seconds


def busy_of_family(calendar, family, start, end):
    """Returns {instant of a change: ...} as sorted, disjoint (start, end, kind)."""
    ranges = []
    for event in family:
        kind = kind_of(event)
        if kind == FREE:
            continue
        series = Series(calendar, event, family)
        last = EPOCH + datetime.timedelta(seconds=end) + 2 * DAY
        for wall, zone, _, days, seconds in series.instances(last):
            begins = max(to_instant(wall, zone), start)
            ends = min(to_instant(wall + days * DAY, zone) + seconds, end)
            if begins < ends:
                ranges.append((int(begins), int(ends), kind))
    return normalize(ranges)


def normalize(ranges):
    """Every stretch between two edges gets its strongest kind."""
    edges = sorted({edge for begins, ends, _ in ranges for edge in (begins, ends)})
    result = []
    active = sorted(ranges)
    for begins, ends in zip(edges, edges[1:]):
        kind = max((kind for a, b, kind in active if a <= begins and ends <= b), default=FREE)
        active = [one for one in active if one[1] > begins]
        if kind == FREE:
            continue
        if result and result[-1][1] == begins and result[-1][2] == kind:
            result[-1] = (result[-1][0], ends, kind)
        else:
            result.append((begins, ends, kind))
    return result
