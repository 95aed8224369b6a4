"""moto, with two things put right.

API Gateway's part asks for a validator of OpenAPI documents when it is loaded, and CloudFormation's loads that part;
nothing here imports an API. And the clusters of MSK are made at a time without a zone, which no SDK reads.
"""

import sys
from datetime import datetime, timezone
from types import ModuleType, SimpleNamespace

validator = "openapi_spec_validator"
for name in (validator, f"{validator}.validation", f"{validator}.validation.exceptions"):
    sys.modules[name] = ModuleType(name)
sys.modules[validator].validate = None
sys.modules[f"{validator}.validation.exceptions"].OpenAPIValidationError = ValueError

from moto.kafka import models as kafka  # noqa: E402
from moto.server import main  # noqa: E402

kafka.datetime = SimpleNamespace(now=lambda: datetime.now(timezone.utc))

main()
