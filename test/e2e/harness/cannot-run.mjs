/** The tests cannot run on this machine: one line says why and what to do, and the exit code is 2. */
export class CannotRun extends Error {
  name = 'CannotRun';
}
