"""ministack, which here lets in one caller more: CloudTrail, whose events have sources that nobody else may use."""

from ministack.app import main
from ministack.services import eventbridge

put_events = eventbridge._put_events
eventbridge._put_events = lambda data, **_: put_events(data, allow_aws_source=True)

main()
