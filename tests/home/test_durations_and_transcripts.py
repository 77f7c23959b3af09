import datetime

import pytest
from django.core.exceptions import ValidationError

from home.durations import DurationFormField, clock, parse_clock
from home.transcripts import parse_transcript, validate_transcript


@pytest.mark.parametrize(
    ("text", "seconds"), [("1:42:05", 6125), ("0:00:00", 0), ("14:30", 870), ("75:00", 4500)]
)
def test_lengths_are_read_as_people_write_them(text, seconds):
    assert parse_clock(text) == datetime.timedelta(seconds=seconds)
    assert parse_clock(clock(parse_clock(text))) == datetime.timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["1", "1:75", "1:75:00", "-1:00", "1 day", "one hour", "1:2:3:4"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValidationError):
        DurationFormField().clean(text)


def test_an_editor_sees_the_length_as_it_was_written():
    field = DurationFormField()
    assert field.prepare_value(datetime.timedelta(hours=1, minutes=2)) == "1:02:00"
    assert field.prepare_value("nonsense") == "nonsense"


def test_a_transcript_is_a_list_of_moments_and_paragraphs():
    transcript = "[0:05] Labdien!\n\n[1:02:03] Nākamais jautājums.\nTurpinājums."
    assert parse_transcript(transcript) == [
        (5, "Labdien!"),
        (3723, "Nākamais jautājums."),
        (None, "Turpinājums."),
    ]


@pytest.mark.parametrize(
    ("transcript", "line"), [("[pusē] Teksts", "1"), ("[5:00] Viens\n[4:00] Divi", "2")]
)
def test_a_transcript_with_a_wrong_time_names_the_line(transcript, line):
    with pytest.raises(ValidationError) as error:
        validate_transcript(transcript)
    assert line in error.value.messages[0]
