import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { domainOf } from '../../destinations/domain.ts';
import { loadLists } from '../../lists.ts';
import { tracker } from './index.ts';

describe('tracker', async () => {
  const lists = await loadLists(join(import.meta.dirname, '../../../../../resources'));
  const enricher = tracker(lists);
  const said = (host: string) =>
    enricher
      .ofHost(host, domainOf(host))
      .map((one) => (one.kind === 'tracker' ? `${one.organisation}, ${one.category}` : one.kind));

  it.each([
    ['app.adjust.com', 'adjust, attribution'],
    ['x1y2z3-events.appsflyersdk.com', 'appsflyer, attribution'],
    ['alog.umeng.com', 'umeng, analytics'],
    ['app-measurement.com', 'google, analytics'],
    ['googleads.g.doubleclick.net', 'google, advertising'],
    ['firebase-settings.crashlytics.com', 'google, crash reports'],
    ['data.mistat.intl.xiaomi.com', 'xiaomi, analytics'],
    ['api.ad.intl.xiaomi.com', 'xiaomi, advertising'],
    ['data.flurry.com', 'yahoo, analytics'],
    ['sdk.open.talk.getui.net', 'getui, push'],
    ['android.bugly.qq.com', 'tencent, crash reports'],
    ['unityads.unity3d.com', 'unity, advertising'],
  ])('%s: %s', (host, expected) => {
    expect(said(host)).toEqual([expected]);
  });

  it.each([
    'graph.facebook.com',
    'www.google.com',
    'account.xiaomi.com',
    'www.qq.com',
    'mtalk.google.com',
    'adjust',
    'example.org',
  ])('says nothing of %s: an owner alone is no tracker', (host) => {
    expect(said(host)).toEqual([]);
  });

  it('names organisations that are known, and its list', () => {
    const unknown = lists.trackers.rows.filter((row) => !lists.organisations.of(row.organisation));
    expect(unknown).toEqual([]);
    expect(enricher.ofHost('app.adjust.com', 'adjust.com')[0]?.source).toBe(lists.trackers.source);
  });
});
