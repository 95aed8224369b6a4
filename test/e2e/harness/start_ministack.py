"""ministack, with three things that it lacks.

CloudTrail may put events of AWS's own sources on a bus; here every caller may, to stand in for it. What a function
says of the items of a stream's batch that failed is heeded: the batch comes again. And dead letters can be moved back
to the queue that they come from.
"""

import json
import time

from ministack.app import main
from ministack.services import eventbridge, lambda_svc, sqs

put_events = eventbridge._put_events
execute_function = lambda_svc._execute_function


def put_events_as_cloudtrail(data, **_):
    return put_events(data, allow_aws_source=True)


def execute_heeding_failures(function, event, *args, **kwargs):
    result = execute_function(function, event, *args, **kwargs)
    records = event.get("Records") if isinstance(event, dict) else None
    if records and records[0].get("eventSource") == "aws:dynamodb":
        body = result.get("body")
        answer = json.loads(body) if isinstance(body, (str, bytes)) else body
        if answer and answer.get("batchItemFailures"):
            result["error"] = True
    return result


def start_message_move_task(data, _url):
    dead = sqs._queue_by_arn(data["SourceArn"])
    for message in dead["messages"]:
        queue = sqs._queue_by_arn(message["sys"]["DeadLetterQueueSourceArn"])
        queue["messages"].append({**message, "receive_count": 0, "visible_at": time.time(), "receipt_handle": None})
    dead["messages"] = []
    sqs.esm_wake.set()
    return {"TaskHandle": data["SourceArn"]}


sqs._HANDLERS["StartMessageMoveTask"] = start_message_move_task
eventbridge._put_events = put_events_as_cloudtrail
lambda_svc._execute_function = execute_heeding_failures

main()
