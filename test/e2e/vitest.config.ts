import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By their names: the stack is one, and its state goes on from file to file. */
class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => a.moduleId.localeCompare(b.moduleId, 'en', { numeric: true }));
  }
}

const { E2E_FILES } = process.env;

export default defineConfig({
  test: {
    include: [E2E_FILES ?? 'test/e2e/*.test.ts'],
    globalSetup: './test/e2e/setup.ts',
    fileParallelism: false,
    // What a file imports is loaded once for all of them.
    isolate: false,
    sequence: { sequencer: InOrder },
    testTimeout: 150_000,
    hookTimeout: 120_000,
  },
});
