"""The quick way through a body reads what the model reads, or says that it cannot."""

from typing import Annotated

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from pipeline.wire.faultless import faultless_reader
from pipeline.wire.items import no_flag


class Venue(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    name: str | None = None


class Work(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    doi: str | None = Field(default=None, alias="DOI")
    year: Annotated[int, Field(ge=0, le=3000), BeforeValidator(no_flag)] | None = None
    venues: list[Venue | None] | None = None


class Page(BaseModel):
    meta: dict[str, object]
    results: list[Work]


read = faultless_reader(Page, widening=(no_flag,))


def page(work: str) -> bytes:
    return f'{{"meta": {{"count": 1}}, "results": [{work}]}}'.encode()


def as_plain(value: object) -> object:
    if isinstance(value, list):
        return [as_plain(item) for item in value]
    names = getattr(value, "__struct_fields__", None) or getattr(
        type(value), "model_fields", None
    )
    if names is None:
        return value
    return {name: as_plain(getattr(value, name)) for name in names}


@pytest.mark.parametrize(
    "work",
    [
        "{}",
        '{"DOI": "10.5555/1", "year": 2019, "venues": [{"name": "Tides"}, null]}',
        '{"DOI": null, "year": 0, "venues": [], "unknown": {"deep": [1, {"a": "b"}]}}',
        '{"DOI": "first", "DOI": "last"}',
        '{"DOI": "caf\\u00e9 \\ud83d\\ude00"}',
    ],
)
def test_what_it_reads_is_what_the_model_reads(work):
    assert as_plain(read(page(work))) == as_plain(Page.model_validate_json(page(work)))


@pytest.mark.parametrize(
    "work",
    [
        '{"DOI": 5}',
        '{"year": "2019"}',
        '{"year": true}',
        '{"year": 2019.0}',
        '{"year": 2019.5}',
        '{"year": -1}',
        '{"year": 3001}',
        '{"venues": {"name": "Tides"}}',
        '{"venues": ["Tides"]}',
        '{"DOI": "\\ud83d"}',
        '{"unknown": NaN}',
        "null",
        "{",
    ],
)
def test_whatever_is_not_exactly_of_its_type_is_left_to_the_model(work):
    assert read(page(work)) is None


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'\xef\xbb\xbf{"results": []}']
)
def test_whatever_is_not_the_whole_body_is_left_to_the_model(body):
    assert read(body) is None


def test_text_that_is_not_utf_8_is_left_to_the_model():
    assert read(page('{"DOI": "caf\\u00e9"}').replace(b"\\u00e9", b"\xe9")) is None


def shortened(value: object) -> object:
    return value[:3] if isinstance(value, str) else value


class Mending(BaseModel):
    name: Annotated[str, BeforeValidator(shortened)]


class Judging(BaseModel):
    name: str

    @field_validator("name")
    @classmethod
    def no_blank(cls, value: str) -> str:
        return value.strip()


class Counting(BaseModel):
    count: int = 1


class Measuring(BaseModel):
    length: Annotated[str, Field(min_length=3)]


@pytest.mark.parametrize("model", [Mending, Judging, Counting, Measuring])
def test_a_model_with_rules_that_it_would_pass_over_is_refused(model):
    with pytest.raises(TypeError):
        faultless_reader(model)
