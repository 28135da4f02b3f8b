"""Which lane a question goes by: the source's limits, and what the user sets."""

from pipeline.settings import Settings
from pipeline.sources.base import Limit, Source
from pipeline.transport.identity import Identity
from pipeline.transport.limiter import Lane, Lanes


def lane_of(
    source: Source, name: str, settings: Settings, identity: Identity, lanes: Lanes
) -> Lane:
    """The lane of a source by its name, at the speed that holds for us."""
    known = bool(identity.mailto)
    limits = (not known and source.anonymous_limits) or source.limits
    at_once = (not known and source.anonymous_concurrency) or source.concurrency
    set_by_user = settings.of(source.name)
    limit = limits[name]
    if set_by_user.base_url and set_by_user.requests_per_second:
        # Another server than the source's own: only its user knows its limits.
        limit = Limit(set_by_user.requests_per_second)
    base_url = identity.base_url(source)
    lane = lanes.lane(base_url, name, limit, at_once)
    lane.keep_below(set_by_user.requests_per_second)
    return lane
