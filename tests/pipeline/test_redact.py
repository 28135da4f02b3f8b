"""Secrets are taken out of bodies in every form in which a server may echo them."""

from html import escape
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.transport.redact import MARK, MIN_SECRET_LENGTH, Redactor

SECRETS = st.text(min_size=MIN_SECRET_LENGTH, max_size=30).filter(
    lambda text: text.strip() and text.isprintable() and text.lower() not in MARK
)
FORMS = st.sampled_from(
    [str, lambda secret: quote(secret, safe=""), quote_plus, escape]
)


@given(SECRETS, SECRETS, FORMS, st.booleans())
def test_a_body_loses_every_form_of_every_secret(secret, other, form, is_upper):
    shown = form(secret).encode()
    shown = shown.upper() if is_upper else shown
    body = b'{"asked by": "' + shown + b'"}'

    kept = Redactor([other, secret]).body(body)

    assert shown not in kept
    assert MARK.encode() in kept


@pytest.mark.parametrize(
    "secret", ["key-É12345", "\u212aey@x.org", "@@@@@@@", "....a.."]
)
def test_a_secret_with_few_plain_letters_is_found_too(secret):
    body = b'{"key": "' + secret.encode() + b'"}'
    assert secret.encode() not in Redactor(iter([secret])).body(body)


def test_a_body_without_secrets_is_the_very_same():
    body = b'{"mail": "someone@elsewhere.org"}'
    assert Redactor(["me@example.org", "k3y-of-mine"]).body(body) is body
    assert Redactor([]).body(body) is body


def test_a_text_too_short_for_a_secret_stays():
    assert Redactor(["abc"]).body(b"abc") == b"abc"
