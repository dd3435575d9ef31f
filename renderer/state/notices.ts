import { create } from 'zustand';
import { failureOf } from '../bridge/failures.ts';

export interface Notice {
  readonly id: number;
  readonly tone: 'good' | 'warn' | 'bad' | 'info';
  readonly text: string;
  readonly advice: string | null;
}

interface Notices {
  readonly list: readonly Notice[];
}

/** Short sentences about what just happened, outside of any place. Failures stay until they are put away. */
export const useNotices = create<Notices>(() => ({ list: [] }));

let next = 1;
const shownMs = 7000;

export function notice(tone: Notice['tone'], text: string, advice: string | null = null): void {
  const id = next++;
  useNotices.setState(({ list }) => ({ list: [...list.slice(-3), { id, tone, text, advice }] }));
  if (tone === 'good' || tone === 'info') setTimeout(() => putAway(id), shownMs);
}

export function putAway(id: number): void {
  useNotices.setState(({ list }) => ({ list: list.filter((entry) => entry.id !== id) }));
}

/** Shows a failure; one that the person asked for (`cancelled`) is information. */
export function noticeFailure(thrown: unknown): void {
  const failure = failureOf(thrown);
  notice(failure.code === 'cancelled' ? 'info' : 'bad', failure.message, failure.advice);
}
