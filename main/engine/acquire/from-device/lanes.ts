import { sdkOf } from './phone-says.ts';

/**
 * How many commands a phone is asked at once. From Android 7 on `pm`, `settings` and `am` ask a service that runs already, and Android's own
 * bugreport makes up to three dumps at once (dumpstate of Android 12: its own thread and a pool of two). Before
 * that each starts a virtual machine: two of them are no burden that could make the phone end an app, and a phone with little memory
 * is asked no more than that either. One that does not say its Android is asked one after the other.
 */
export function lanesOf(properties: Readonly<Record<string, string>>): number {
  const sdk = sdkOf(properties);
  if (sdk === null) return 1;
  return sdk < 24 || properties['ro.config.low_ram'] === 'true' ? 2 : 3;
}

/**
 * Runs the items in their order, so many at once, as long as `goOn` says so; gives those that were not begun. What one throws keeps
 * others from beginning, calls `failed`, and is thrown when all that were under way have ended.
 */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  on: { run(item: T): Promise<void>; goOn(): boolean; failed(): void },
): Promise<readonly T[]> {
  const failures: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && failures.length === 0 && on.goOn()) {
      const item = items[next]!;
      next += 1;
      try {
        await on.run(item);
      } catch (error) {
        failures.push(error);
        on.failed();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return items.slice(next);
}
