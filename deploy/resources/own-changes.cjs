const changes = require('../../shared/generated/event-patterns.json');
const own = require('../../shared/generated/own-patterns.json');

const rule = (Description, pattern) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Description,
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

const rules = (name, description, patterns) =>
  patterns.map((pattern, index) => [`${name}${index + 1}`, rule(description, pattern)]);

/** The rules of the security account's own default bus, one for each generated pattern. */
module.exports = {
  Resources: Object.fromEntries([
    ...rules('OwnChanges', 'Changes in the security account itself', changes),
    ...rules('OwnParts', 'Changes of trustwatch itself', own),
  ]),
};
