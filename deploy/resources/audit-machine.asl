{
  "Comment": "An audit: plan, sweep every place, finish",
  "StartAt": "Plan",
  "States": {
    "Plan": {
      "Type": "Task",
      "QueryLanguage": "JSONata",
      "Resource": "arn:${Partition}:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${PlanAudit}",
        "Payload": "{% $merge([$states.input, { 'audit': $states.context.Execution.Name }]) %}"
      },
      "Output": "{% $states.result.Payload %}",
      "Retry": [
        {
          "ErrorEquals": [
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException"
          ],
          "IntervalSeconds": 2,
          "BackoffRate": 2,
          "MaxDelaySeconds": 120,
          "MaxAttempts": 8,
          "JitterStrategy": "FULL"
        },
        { "ErrorEquals": ["States.TaskFailed", "States.Timeout"], "IntervalSeconds": 5, "MaxAttempts": 2 }
      ],
      "Next": "HasPlaces"
    },
    "HasPlaces": {
      "Comment": "Nobody names an account that has left: there is nothing to read, and its findings are resolved",
      "Type": "Choice",
      "Choices": [{ "Variable": "$.places", "NumericEquals": 0, "Next": "Finish" }],
      "Default": "Sweep"
    },
    "Sweep": {
      "Comment": "The list of places may be longer than a payload: it comes from the bucket, and the outcomes go there",
      "Type": "Map",
      "Label": "Sweep",
      "MaxConcurrency": ${SweepConcurrency},
      "ToleratedFailurePercentage": ${ToleratedPercentage},
      "ItemReader": {
        "Resource": "arn:${Partition}:states:::s3:getObject",
        "ReaderConfig": { "InputType": "JSON" },
        "Parameters": { "Bucket": "${Bucket}", "Key.$": "States.Format('audits/{}/places.json', $.audit)" }
      },
      "ItemSelector": { "plan.$": "$", "place.$": "$$.Map.Item.Value" },
      "ItemProcessor": {
        "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
        "StartAt": "Begin",
        "States": {
          "Begin": {
            "Type": "Pass",
            "QueryLanguage": "JSONata",
            "Output": "{% $merge([$states.input.plan, { 'place': $states.input.place }]) %}",
            "Next": "SweepPlace"
          },
          "SweepPlace": {
            "Type": "Task",
            "Resource": "arn:${Partition}:states:::lambda:invoke",
            "Parameters": { "FunctionName": "${SweepPlace}", "Payload.$": "$" },
            "OutputPath": "$.Payload",
            "Retry": [
              {
                "ErrorEquals": [
                  "Lambda.ClientExecutionTimeoutException",
                  "Lambda.ServiceException",
                  "Lambda.AWSLambdaException",
                  "Lambda.SdkClientException",
                  "Lambda.TooManyRequestsException"
                ],
                "IntervalSeconds": 2,
                "BackoffRate": 2,
                "MaxDelaySeconds": 120,
                "MaxAttempts": 8,
                "JitterStrategy": "FULL"
              },
              { "ErrorEquals": ["States.TaskFailed", "States.Timeout"], "IntervalSeconds": 5, "MaxAttempts": 2 }
            ],
            "Next": "IsSwept"
          },
          "IsSwept": {
            "Type": "Choice",
            "Choices": [{ "Variable": "$.done", "BooleanEquals": true, "Next": "Swept" }],
            "Default": "SweepPlace"
          },
          "Swept": { "Type": "Succeed" }
        }
      },
      "ResultWriter": {
        "Resource": "arn:${Partition}:states:::s3:putObject",
        "Parameters": { "Bucket": "${Bucket}", "Prefix.$": "States.Format('audits/{}/sweeps', $.audit)" }
      },
      "ResultPath": null,
      "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": "FinishInSpite" }],
      "Next": "Finish"
    },
    "Finish": {
      "Type": "Task",
      "Resource": "arn:${Partition}:states:::lambda:invoke",
      "Parameters": { "FunctionName": "${FinishAudit}", "Payload": { "audit.$": "$.audit" } },
      "OutputPath": "$.Payload",
      "Retry": [
        { "ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "BackoffRate": 2, "MaxAttempts": 4 }
      ],
      "End": true
    },
    "FinishInSpite": {
      "Comment": "Too many places failed: what was swept is reported, the rest are gaps, and the execution fails for the alarm",
      "Type": "Task",
      "Resource": "arn:${Partition}:states:::lambda:invoke",
      "Parameters": { "FunctionName": "${FinishAudit}", "Payload": { "audit.$": "$.audit" } },
      "ResultPath": null,
      "Retry": [
        { "ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "BackoffRate": 2, "MaxAttempts": 4 }
      ],
      "Next": "SweepFailed"
    },
    "SweepFailed": {
      "Type": "Fail",
      "ErrorPath": "$.failure.Error",
      "CausePath": "$.failure.Cause"
    }
  }
}
