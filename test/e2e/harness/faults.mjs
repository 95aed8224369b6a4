const xml = (code, message) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>0</RequestId></ErrorResponse>`;

const answers = {
  denied: (what) => ({
    status: 403,
    body: xml('AccessDenied', `User is not authorized to perform: sts:AssumeRole on account ${what}`),
  }),
  throttled: () => ({ status: 400, body: xml('Throttling', 'Rate exceeded') }),
  refused: () => ({ status: 500, body: xml('InternalError', 'The topic refused the message') }),
};

/**
 * What the tests make go wrong, which neither emulator can: accounts whose audit role cannot be assumed
 * (`denied`) or only slowly (`throttled`: so many times), and a topic that refuses (`publishRefusals`: so many
 * times). Each setting replaces the one before.
 */
export function faults() {
  let wanted = {};
  return {
    set(next) {
      wanted = next;
      return JSON.stringify(wanted);
    },
    next({ service, assumed, action }) {
      if (assumed && wanted.denied?.includes(assumed)) return answers.denied(assumed);
      if (assumed && wanted.throttled?.[assumed] > 0) {
        wanted.throttled[assumed] -= 1;
        return answers.throttled();
      }
      if (service === 'sns' && action === 'Publish' && wanted.publishRefusals > 0) {
        wanted.publishRefusals -= 1;
        return answers.refused();
      }
      return undefined;
    },
  };
}
