/** Does work while an invocation has more time than `closingMs`: its end is kept for what has to be said then. */
export function timeLimit(remainingMs: () => number, closingMs: number) {
  const leftMs = remainingMs() - closingMs;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'out-of-time'>((resolve) => {
    if (Number.isFinite(leftMs)) timer = setTimeout(resolve, Math.max(0, leftMs), 'out-of-time');
  });
  return {
    /** What the work gives in time. What does not answer in time is not waited for; it may still end. */
    async within<T>(work: () => Promise<T>): Promise<T | 'out-of-time'> {
      return remainingMs() <= closingMs ? 'out-of-time' : Promise.race([work(), over]);
    },
    /** To be called when all is done. */
    cancel: () => clearTimeout(timer),
  };
}
