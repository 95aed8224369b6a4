const xml = (type, code, message) =>
  `<ErrorResponse><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>0</RequestId></ErrorResponse>`;

const json = (code, message) => JSON.stringify({ __type: code, message });

const inXml = (status, ...said) => ({ status, type: 'text/xml', body: xml(...said) });
const inJson = (status, ...said) => ({ status, type: 'application/x-amz-json-1.0', body: json(...said) });

/** An account that has switched off all regions but one; with all of them an audit of every kind takes minutes here. */
const oneRegion =
  '<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><regionInfo><item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>';

/** What AWS says, by what goes wrong. */
const answers = {
  denied: inXml(403, 'Sender', 'AccessDenied', 'User is not authorized to perform it'),
  throttled: inXml(400, 'Sender', 'Throttling', 'Rate exceeded'),
  refused: inXml(500, 'Receiver', 'InternalError', 'It was refused'),
  'throttled table': inJson(400, 'ProvisionedThroughputExceededException', 'The request rate is too high'),
  'one region': { status: 200, type: 'text/xml', body: oneRegion },
  silence: undefined,
};

/**
 * What the tests make go wrong, which neither emulator can. A fault names the operation that it meets, a text that
 * the request has to hold, how often it happens (always, when it does not say), and what is answered; `silence` is
 * no answer at all.
 */
export function faults() {
  let wanted = [];

  const meets = ({ operation, text = '', times = 1 }, asked) =>
    times > 0 && operation === asked.operation && asked.text.includes(text);

  return {
    set(next) {
      wanted = next;
    },
    /** What is wanted still, and how often. */
    left: () => wanted,
    /** The answer to a request that is to go wrong; undefined for one that goes its way. */
    next(asked) {
      const fault = wanted.find((each) => meets(each, asked));
      if (fault?.times !== undefined) fault.times -= 1;
      return fault && { answer: answers[fault.answer] };
    },
  };
}
