from timesheet import parse, report


def test_report():
    entries = parse("2024-03-04 9:00-10:10 web\n2024-03-04 10:10-10:50 mail\n2024-03-05 9:00-9:55 web")
    assert report(entries) == "Mon 04 Mar  1:50\nTue 05 Mar  0:55\n\nweb   2:00\nmail  0:45"


def test_report_of_nothing():
    assert report([]) == "nothing recorded"
