#!/usr/bin/env python3
"""Makes deadlines.tsv: working-day deadlines computed without the platform's code.

Its own reading of law/calendar/ and another algorithm: it lists every working day once and finds the deadline by its place
in that list, where the platform walks from day to day. Standard library only.

usage: make-deadlines.py <folder law/calendar>   (writes the table to standard output)
"""
import bisect
import datetime
import pathlib
import re
import sys

DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:/\d{4}-\d{2}-\d{2})?")
# The counting rule under test: the starting day is not counted; from 25 December a year's days are certain only when the
# next year's notice is published.
CERTAIN_THROUGH = "12-24"
LENGTHS = (1, 2, 5, 10, 15, 20, 60)


def spans(text):
    for match in DAY.findall(text):
        first, _, last = match.partition("/")
        first = datetime.date.fromisoformat(first)
        last = datetime.date.fromisoformat(last) if last else first
        yield from (first + datetime.timedelta(k) for k in range((last - first).days + 1))


def read(folder):
    off, on, years = set(), set(), []
    for path in sorted(pathlib.Path(folder).glob("[0-9]*.yaml")):
        years.append(int(path.stem))
        holidays, _, workdays = path.read_text("utf-8").partition("holidays:")[2].partition("workdays:")
        off.update(spans(holidays))
        on.update(spans(workdays))
    assert years == list(range(years[0], years[-1] + 1)) and not off & on
    return off, on, years


def main():
    off, on, years = read(sys.argv[1])
    first = datetime.date(years[0], 1, 1)
    certain = datetime.date.fromisoformat(f"{years[-1]}-{CERTAIN_THROUGH}")
    days = (first + datetime.timedelta(k) for k in range((certain - first).days + 1))
    worked = [d for d in days if d in on or (d.weekday() < 5 and d not in off)]

    starts = set()
    for day in off | on:  # around every holiday and every make-up workday
        for shift in (-9, -2, -1, 0, 1):
            starts.add(day + datetime.timedelta(shift))
    for year in years:  # and on ordinary days: the 8th and the last of each month
        for month in range(1, 13):
            starts.add(datetime.date(year, month, 8))
            starts.add(datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1))
    print("start\tlength\tend\tlast_certain\tremaining")
    for k, start in enumerate(sorted(s for s in starts if first - datetime.timedelta(1) <= s)):
        if start.year > years[-1]:
            continue
        for length in (LENGTHS[k % len(LENGTHS)], LENGTHS[(k + 3) % len(LENGTHS)]):
            at = bisect.bisect_right(worked, start)
            if at + length <= len(worked):
                print(start, length, worked[at + length - 1], "", "", sep="\t")
            else:
                left = length - (len(worked) - at)
                print(start, length, "provisional", max(start, certain), left, sep="\t")


main()
