"""The simulator as a server: log, limits, start, settings."""

import json
import time
from dataclasses import replace
from urllib.parse import quote

import pytest

from pipeline.errors import ConfigError
from pipeline.settings import load_settings
from pipeline.simulator.limits import Allowance, Meter
from pipeline.simulator.options import FAST, Options
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import MOSS_DOI
from pipeline.simulator.server import running
from pipeline.sources import all_sources

MOSS_W = "W9900000001"


def single(doi: str) -> str:
    return f"/works/doi:{quote(doi, safe='/:;()')}"


def test_an_unknown_prefix_is_told_which_there_are(site):
    answer = site.session.get(f"{site.server.url}/elsewhere/works", timeout=5)
    assert answer.status_code == 404
    assert "openalex" in answer.text


def test_head_has_the_headers_of_get_and_no_body(site):
    url = f"{site.server.base_urls['crossref']}/works/{MOSS_DOI}"
    answer = site.session.head(url, timeout=5)
    assert answer.content == b""
    assert int(answer.headers["content-length"]) > 100


def test_the_log_keeps_every_request_as_it_was_sent(opened):
    with opened(FAST) as site:
        site.crossref(
            "/works/10.5555%2FCITEHOUSE.moss.2008", headers={"User-Agent": "me"}
        )
        (seen,) = site.server.requests
    assert seen.target == "/works/10.5555%2FCITEHOUSE.moss.2008"
    assert (seen.api, seen.lane, seen.status) == ("crossref", "single", 200)
    assert (seen.user_agent, seen.is_refused) == ("me", False)


def test_latency_is_added_to_every_answer(opened):
    with opened(replace(FAST, latency_ms=120)) as site:
        started = time.monotonic()
        site.doiorg("/ra/10.5555")
        assert time.monotonic() - started >= 0.12


def test_rates_can_be_set_by_api(opened):
    options = Options(requests_per_second={"doiorg": 1.0})
    with opened(options) as site:
        codes = [site.doiorg("/ra/10.5555").status_code for _ in range(2)]
        assert codes == [200, 429]
        assert site.openalex(single(MOSS_DOI)).status_code == 200


def test_a_window_slides_and_refused_requests_take_no_room():
    meter = Meter()
    allowance = Allowance.of_rate(2.5)
    waits = []
    for at in (0.0, 0.1, 0.2, 0.85, 0.95):
        seen = meter.arrive("crossref", "list", "GET", "/works", "")
        seen.at = at
        waits.append(round(meter.wait_s(seen, allowance), 3))
    assert waits == [0.0, 0.0, 0.6, 0.0, 0.0]
    assert meter.highest_rate("crossref", per_s=0.5) == 3
    assert meter.refused() == 1


def test_a_port_that_is_taken_is_a_configuration_error(site):
    port = int(site.server.url.rsplit(":", 1)[1])
    with (
        pytest.raises(ConfigError, match="choose another port"),
        running(sample_world(), port=port),
    ):
        pass


def test_settings_lead_to_the_simulator_and_nowhere_else(site):
    settings = load_settings(**site.server.settings_overrides())
    urls = {name: settings.of(name).base_url for name in all_sources()}
    assert urls == site.server.base_urls
    assert all(settings.of(name).enabled for name in all_sources())


def test_replies_are_json_that_keeps_its_letters(site):
    body = site.openalex("/works?per_page=200&select=title,authorships").content
    assert "ø".encode() in body
    assert json.loads(body)["results"]
