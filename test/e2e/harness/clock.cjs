// Loaded into every Node process that an emulator starts: one that starts while E2E_CLOCK names a file with a number
// has a clock that is so many milliseconds ahead, so that the tests need not wait for days to pass.
const { existsSync, readFileSync } = require('node:fs');

const file = process.env.E2E_CLOCK ?? '';
const aheadMs = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;

if (aheadMs !== 0) {
  const now = Date.now;
  Date.now = () => now() + aheadMs;
  globalThis.Date = new Proxy(Date, {
    construct: (Clock, given, target) =>
      Reflect.construct(Clock, given.length === 0 ? [Date.now()] : given, target),
  });
}
