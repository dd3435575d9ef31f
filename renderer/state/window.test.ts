import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bridge, setBridge } from '../bridge/bridge.ts';
import { mockBridge } from '../bridge/mock.ts';
import { acquire, putAcquisitionAway, useAcquisition } from './acquisition.ts';
import { followAddress, go, goToCase, setView, useAddress } from './address-store.ts';
import { createCase, followCase, openCase, useCase } from './case.ts';
import { importPaths, useImports } from './imports.ts';
import { askPhones, usePhones } from './phones.ts';
import { cancelTask, followTasks, newestTask, runTask, useTasks } from './tasks.ts';

/** As much of a page as the state touches: an address with a history. */
function fakePage() {
  const steps = [''];
  const listeners = new Set<() => void>();
  const location = { hash: '', pathname: '/', search: '', href: '' };
  const show = (url: string) => {
    location.hash = url.slice(url.indexOf('#'));
  };
  vi.stubGlobal('window', {
    innerHeight: 720,
    location,
    history: {
      pushState: (_data: unknown, _title: string, url: string) => {
        steps.push(url);
        show(url);
      },
      replaceState: (_data: unknown, _title: string, url: string) => {
        steps[steps.length - 1] = url;
        show(url);
      },
    },
    addEventListener: (_name: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_name: string, listener: () => void) => listeners.delete(listener),
  });
  return {
    location,
    steps,
    back() {
      steps.pop();
      show(steps.at(-1) ?? '#');
      for (const listener of listeners) listener();
    },
  };
}

let page: ReturnType<typeof fakePage>;
let bridge: Bridge;

beforeEach(() => {
  page = fakePage();
  bridge = mockBridge({ pace: 0 });
  setBridge(bridge);
  useTasks.setState({ byName: {}, ending: [] }, true);
  putAcquisitionAway();
  followAddress();
});

describe('the address', () => {
  it('is written, and followed back', () => {
    followAddress();
    go('apps', { q: 'mi' });
    expect(page.location.hash).toBe('#/apps?q=mi');
    go('phone');
    page.back();
    expect(useAddress.getState()).toEqual({ caseId: null, place: 'apps', view: { q: 'mi' } });
  });

  it('replaces the view without a step, and forgets what is empty', () => {
    go('apps');
    const before = page.steps.length;
    setView({ q: 'x', event: '' });
    expect(page.steps).toHaveLength(before);
    expect(useAddress.getState().view).toEqual({ q: 'x' });
  });
});

describe('the open case', () => {
  it('follows the address and is asked for again when it changed', async () => {
    const end = followCase();
    goToCase('c9', 'apps');
    await vi.waitFor(() => expect(useCase.getState().summary).not.toBeNull());
    expect(useCase.getState().view?.id).toBe('c9');
    const { revision } = useCase.getState();
    await importPaths('c9', ['/tmp/netstats.txt']);
    expect(useCase.getState().revision).toBe(revision + 1);
    goToCase(null, 'cases');
    expect(useCase.getState()).toMatchObject({ id: null, view: null, summary: null });
    end();
  });

  it('leads to the timeline when it holds events, to the phone when it is new', async () => {
    const old = await openCase('/srv/lab/Cases/A.phonehome');
    expect(useAddress.getState()).toMatchObject({ caseId: old.id, place: 'timeline' });
    const info = { number: null, examiner: null, agency: null, authority: null, notes: null, zone: null };
    const made = await createCase('/srv/lab/Cases/New', info);
    expect(useAddress.getState()).toMatchObject({ caseId: made.id, place: 'phone' });
  });

  it('stays where it was when another cannot be opened', async () => {
    await openCase('/srv/lab/Cases/A.phonehome');
    const before = useAddress.getState();
    await expect(openCase('/media/usb/gone.phonehome')).rejects.toMatchObject({ code: 'not-found' });
    expect(useAddress.getState()).toEqual(before);
  });

  it('keeps the failure of a case that cannot be shown', async () => {
    const failing: Bridge = {
      ...bridge,
      client: {
        ...bridge.client,
        cases: { ...bridge.client.cases, view: () => Promise.reject(new Error('no such case')) },
      },
    };
    setBridge(failing);
    const end = followCase();
    goToCase('lost', 'apps');
    await vi.waitFor(() => expect(useCase.getState().failure).not.toBeNull());
    expect(useCase.getState().view).toBeNull();
    end();
  });
});

describe('long work', () => {
  it('is known from its start to its end', async () => {
    const end = followTasks();
    const states: string[] = [];
    const watch = useTasks.subscribe((tasks) => {
      const task = newestTask(tasks, 'verify', 'c1');
      if (task && states.at(-1) !== task.state) states.push(task.state);
    });
    const outcome = await runTask('verify', 'c1', (task) => bridge.client.evidence.verify({ case: 'c1', task }));
    expect(outcome.ok).toBe(true);
    expect(states).toEqual(['running', 'done']);
    expect(newestTask(useTasks.getState(), 'verify', 'c1')?.steps.every((step) => step.state === 'complete')).toBe(
      true,
    );
    watch();
    end();
  });

  it('is settled even when its last news never came', async () => {
    await expect(runTask('report', 'c1', () => Promise.reject(new Error('broke')))).rejects.toThrow('broke');
    expect(newestTask(useTasks.getState(), 'report', 'c1')?.state).toBe('failed');
  });

  it('can be ended', async () => {
    const end = followTasks();
    const run = acquire('c1', '8f3a12bc', { profile: 'quick' });
    await vi.waitFor(() => expect(newestTask(useTasks.getState(), 'acquire', 'c1')?.steps.length).toBeGreaterThan(0));
    await cancelTask(newestTask(useTasks.getState(), 'acquire', 'c1')!.task);
    await run;
    expect(useAcquisition.getState()).toMatchObject({ running: false, outcome: null, failure: { code: 'cancelled' } });
    expect(newestTask(useTasks.getState(), 'acquire', 'c1')?.state).toBe('cancelled');
    expect(useTasks.getState().ending).toEqual([]);
    end();
  });

  it('keeps the outcome of an import', async () => {
    await importPaths('c1', ['/a/one.txt', '/a/two.txt']);
    expect(useImports.getState().outcome?.evidence.map((file) => file.already)).toEqual([false, true]);
  });
});

describe('phones', () => {
  it('are asked for, and a failure is kept beside the last answer', async () => {
    await askPhones();
    expect(usePhones.getState().view?.devices[0]?.state).toBe('device');
    setBridge({
      ...bridge,
      client: { ...bridge.client, phones: { ...bridge.client.phones, list: () => Promise.reject(new Error('adb')) } },
    });
    await askPhones();
    expect(usePhones.getState().failure).not.toBeNull();
    expect(usePhones.getState().view).not.toBeNull();
  });
});
