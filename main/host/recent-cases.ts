import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { CaseView, RecentCase } from '../../shared/types/case.ts';
import type { Engine } from '../engine/engine-api.ts';

const kept = z.array(
  z.object({ path: z.string(), name: z.string(), number: z.string().nullable(), openedAt: z.string() }),
);
type Kept = z.infer<typeof kept>;

const longest = 30;

/** The list of cases that a person opened last. It holds paths only; losing it loses no evidence. */
export interface RecentCases {
  list(): Promise<RecentCase[]>;
  remember(view: CaseView): Promise<void>;
  forget(path: string): Promise<void>;
}

/** Keeps the list in `recent-cases.json` of the person's folder. A damaged file counts as an empty list. */
export function createRecentCases(folder: string, engine: Engine, now: () => Date = () => new Date()): RecentCases {
  const file = join(folder, 'recent-cases.json');
  let queue: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Kept> {
    try {
      const parsed = kept.safeParse(JSON.parse(await readFile(file, 'utf8')));
      return parsed.success ? parsed.data : [];
    } catch {
      return [];
    }
  }

  /** Changes are made one after another and put in place whole. */
  function change(make: (cases: Kept) => Kept): Promise<void> {
    const done = queue.then(async () => {
      const next = make(await read());
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(`${file}.new`, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
      await rename(`${file}.new`, file);
    });
    queue = done.catch(() => {});
    return done;
  }

  return {
    async list() {
      await queue;
      const cases = await read();
      return Promise.all(cases.map(async (one) => ({ ...one, missing: !(await engine.isCase(one.path)) })));
    },
    remember(view) {
      const { path, name } = view;
      const one = { path, name, number: view.info.number, openedAt: now().toISOString() };
      return change((cases) => [one, ...cases.filter((other) => other.path !== path)].slice(0, longest));
    },
    forget: (path) => change((cases) => cases.filter((other) => other.path !== path)),
  };
}
