import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    globalSetup: './test/temporary-files.ts',
    // One for each core: the default leaves one of them idle, of two half of the machine.
    maxWorkers: '100%',
    testTimeout: 60_000,
  },
});
