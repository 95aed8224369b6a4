import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The processes of one run: each with a process group of its own, so that what it starts ends with it. */
export function processes() {
  const running = new Set();

  function start(command, args, { env, cwd, log }) {
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', log ? 'pipe' : 'inherit', log ? 'pipe' : 'inherit'],
    });
    if (log) {
      const file = createWriteStream(log);
      child.stdout.pipe(file, { end: false });
      child.stderr.pipe(file, { end: false });
    }
    running.add(child);
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: 127, error }));
      child.once('exit', (code, signal) => resolve({ code: code ?? 128, signal }));
    });
    return { child, ended };
  }

  /** Ends every process group that was started, asked kindly first. */
  async function stop() {
    const groups = [...running].map(({ pid }) => pid).filter((pid) => pid !== undefined);
    running.clear();
    for (const group of groups) signal(group, 'SIGTERM');
    for (let waited = 0; waited < 3000 && groups.some(lives); waited += 100) await sleep(100);
    for (const group of groups) signal(group, 'SIGKILL');
  }

  return { start, stop };
}

const signal = (group, name) => {
  try {
    process.kill(-group, name);
    return true;
  } catch {
    return false;
  }
};

const lives = (group) => signal(group, 0);
