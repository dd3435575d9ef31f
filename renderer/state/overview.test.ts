import { expect, it, vi } from 'vitest';
import type { FirstPicture } from '../../shared/types/timeline.ts';
import { setBridge } from '../bridge/bridge.ts';
import { mockBridge } from '../bridge/mock.ts';
import { askOverview, beginWith, firstPictureOf, takeFirstPicture } from './overview.ts';

const picture: FirstPicture = {
  overview: {
    ...{ fromUs: 0, toUs: 10, stepUs: 1, sent: [], received: [], sentBackground: [], receivedBackground: [] },
    ...{ coverage: [], context: [], zone: null },
  },
  window: null,
  bars: 0,
};

function counted() {
  const bridge = mockBridge();
  const ask = vi.fn(bridge.client.timeline.overview);
  setBridge({ ...bridge, client: { ...bridge.client, timeline: { ...bridge.client.timeline, overview: ask } } });
  return ask;
}

it('gives a picture that came with its case once, and asks for nothing', () => {
  const ask = counted();
  beginWith('a', picture);
  expect(firstPictureOf('b')).toBe(null);
  expect(firstPictureOf('a')).toBe(picture);
  expect(firstPictureOf('a')).toBe(picture);
  expect(takeFirstPicture('a')).toBe(picture);
  expect(firstPictureOf('a')).toBe(null);
  expect(ask).not.toHaveBeenCalled();
});

it('asks ahead where none came, and asks anew after that', async () => {
  const ask = counted();
  beginWith('c1', undefined);
  expect(firstPictureOf('c1')).toBe(null);
  expect(ask).toHaveBeenCalledTimes(1);
  const first = await askOverview('c1');
  expect(ask).toHaveBeenCalledTimes(1);
  expect(await askOverview('c1')).toEqual(first);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('lets go of one that nobody took when another case is opened', () => {
  counted();
  beginWith('a', picture);
  beginWith('b', undefined);
  expect(firstPictureOf('a')).toBe(null);
});
