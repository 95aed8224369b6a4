import { CommanderError } from 'commander';
import { failureText } from './desk-error.ts';
import { program } from './program.ts';

// The SDK's advice on the version of Node would stand between the lines of every result.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** A reader that has seen enough, as in `trustwatch kinds | head`, closes the pipe. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(failureText(error));
    if (process.env.TRUSTWATCH_DEBUG) console.error(error);
    process.exitCode = 2;
  }
}
