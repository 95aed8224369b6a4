/** What the tests' own clients call themselves (AWS_SDK_UA_APP_ID): all others are the stack's. */
export const ownName = 'e2e';

/** Counts what the stack asks of AWS, by service and operation; each attempt counts, for each is paid. */
export function calls() {
  let counts = {};
  return {
    count(operation, { headers }) {
      if (`${headers['user-agent']}`.includes(`app/${ownName}`)) return;
      counts[operation] = (counts[operation] ?? 0) + 1;
    },
    /** The counts since they were taken last. */
    take() {
      const taken = counts;
      counts = {};
      return taken;
    },
  };
}
