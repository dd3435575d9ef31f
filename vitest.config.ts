import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Three projects: `rooms` for what one folder or the pipeline proves, `window` for the built window in Chromium,
 * `electron` for Electron where its binary is present.
 */
export default defineConfig({
  test: {
    // Many tests wait for adb or for a phone: two at a time even where there are only two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'rooms',
          include: [
            '{main,shared}/**/*.test.ts',
            'renderer/**/*.test.{ts,tsx}',
            'test/{architecture,pipeline,shells}/**/*.test.ts',
          ],
          // A busy machine is no fault of what is tested; nothing here is timed.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'window',
          include: ['test/ui/**/*.test.{ts,tsx}'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'electron',
          include: ['test/electron/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
