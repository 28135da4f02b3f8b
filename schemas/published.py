"""The JSON Schema of a report, as `citehouse report --json` and `/api/works` give it.

``python -m schemas.published > docs/report.schema.json``
"""

import json
import sys

from schemas.cited_report import CitedReport


def report_schema() -> str:
    """The schema of `CitedReport` as JSON text, ending in a line break."""
    made = CitedReport.model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(head | made, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(report_schema())
