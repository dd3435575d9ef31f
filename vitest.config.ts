import { defineConfig } from 'vitest/config';

/**
 * Three projects: `rooms` for what one folder or the pipeline proves, `window` for the built window in Chromium,
 * `electron` for Electron where its binary is present.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'rooms',
          include: [
            '{main,shared}/**/*.test.ts',
            'renderer/**/*.test.{ts,tsx}',
            'test/{architecture,pipeline,shells}/**/*.test.ts',
          ],
          testTimeout: 30_000,
          hookTimeout: 30_000,
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
