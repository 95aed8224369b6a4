const patterns = require('../../shared/generated/event-patterns.json');

const rule = (pattern) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Description: 'Changes in the security account itself',
    EventPattern: pattern,
    Targets: [
      {
        Id: 'changes',
        Arn: { 'Fn::GetAtt': ['ChangeQueue', 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['ChangeDeadLetters', 'Arn'] } },
      },
    ],
  },
});

/** The rules of the security account's own default bus, one for each generated pattern. */
module.exports = {
  Resources: Object.fromEntries(patterns.map((pattern, index) => [`OwnChanges${index + 1}`, rule(pattern)])),
};
