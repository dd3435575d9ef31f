import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { Micros } from '../../shared/base/time.ts';
import type { LiveView, TaskView } from '../../shared/types/task.ts';
import type { LiveMoment } from '../timeline/live/live-moments.ts';
import { type Tasks, useTasks } from './tasks.ts';

/** So long the window remembers what a live acquisition told, for the drawing of the last minutes. */
const rememberedUs: Micros = 15 * 60_000_000;

/** What one live acquisition told this window so far. Not the case: that holds all of it, this only the last minutes. */
export interface LiveRecord {
  readonly task: string;
  readonly moments: readonly LiveMoment[];
  /** The host's clock when the last answer came, milliseconds: what has passed since then is added to the phone's time. */
  readonly heardMs: number;
  readonly lastUs: Micros;
}

export type LiveTask = TaskView & { readonly live: LiveView };

export const useLive = create<{ readonly byTask: Readonly<Record<string, LiveRecord>> }>(() => ({ byTask: {} }));

/** The live acquisition that runs in a case now, or the newest that has ended; null where there was none in this session. */
export function newestLive(tasks: Tasks, caseId: string | null): LiveTask | null {
  const isLive = (task: TaskView): task is LiveTask =>
    task.kind === 'acquire' && task.case === caseId && task.live !== undefined;
  return Object.values(tasks.byName).findLast(isLive) ?? null;
}

/** Adds what was just told; the same record where it tells nothing new. */
export function remember(
  before: LiveRecord | undefined,
  task: string,
  live: LiveView,
  nowMs: number,
): LiveRecord | undefined {
  const { lastUs } = live;
  if (lastUs === null || (before && lastUs <= before.lastUs)) return before;
  const moment: LiveMoment = { us: lastUs, sent: live.sent, received: live.received, sockets: live.sockets };
  const kept = (before?.moments ?? []).filter((one) => one.us >= lastUs - rememberedUs);
  return { task, moments: [...kept, moment], heardMs: nowMs, lastUs };
}

/** Follows the news of live acquisitions wherever the person looks; returns its own end. */
export function followLive(): () => void {
  return useTasks.subscribe(({ byName }, before) => {
    for (const [name, view] of Object.entries(byName)) {
      if (!view.live || before.byName[name] === view) continue;
      const { byTask } = useLive.getState();
      const record = remember(byTask[name], name, view.live, Date.now());
      if (record && record !== byTask[name]) useLive.setState({ byTask: { ...byTask, [name]: record } });
    }
  });
}

/** What the phone's clock shows about now: its last answer, and what has passed here since. */
export function phoneNow(live: LiveView, record: LiveRecord | undefined, nowMs: number): Micros {
  if (!record) return live.lastUs ?? live.startedUs;
  return record.lastUs + Math.max(0, nowMs - record.heardMs) * 1000;
}

/** The same, told anew with every second while `running`. */
export function usePhoneNow(task: string, live: LiveView, running: boolean): Micros {
  const record = useLive((state) => state.byTask[task]);
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return running ? phoneNow(live, record, Math.max(nowMs, record?.heardMs ?? 0)) : (live.lastUs ?? live.startedUs);
}
