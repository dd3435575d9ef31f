import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadLists } from '../../lists.ts';
import type { EndpointEntry } from '../../service-list.ts';
import { endpointMatcher } from './endpoint-matcher.ts';
import { knownEndpoint } from './index.ts';

const row = (match: EndpointEntry['match'], pattern: string, over: Partial<EndpointEntry> = {}): EndpointEntry => ({
  service: 'maker-cloud',
  pattern,
  match,
  purpose: 'copies notes',
  evidence: 'list',
  confidence: 'high',
  sources: ['press'],
  ...over,
});
const finds = (rows: readonly EndpointEntry[]) =>
  endpointMatcher(rows, (one) => `${one.match} ${one.pattern} ${one.service}`);

describe('the matcher', () => {
  it('prefers the exact name to a glob, and a glob to the longest suffix', () => {
    const of = finds([
      row('suffix', 'maker.com'),
      row('suffix', 'cloud.maker.com'),
      row('glob', '*-notes.cloud.maker.com'),
      row('exact', 'eu-notes.cloud.maker.com'),
    ]);
    expect(of('eu-notes.cloud.maker.com')).toEqual(['exact eu-notes.cloud.maker.com maker-cloud']);
    expect(of('us-notes.cloud.maker.com')).toEqual(['glob *-notes.cloud.maker.com maker-cloud']);
    expect(of('a.us-notes.cloud.maker.com')).toEqual(['suffix cloud.maker.com maker-cloud']);
    expect(of('shop.maker.com')).toEqual(['suffix maker.com maker-cloud']);
  });

  it('takes whole labels only: a suffix matches itself and what is below it, never a name that merely ends alike', () => {
    const of = finds([row('suffix', 'maker.com'), row('exact', 'api.other.com')]);
    expect(of('maker.com')).toHaveLength(1);
    expect(of('notmaker.com')).toEqual([]);
    expect(of('maker.com.example')).toEqual([]);
    expect(of('x.api.other.com')).toEqual([]);
    expect(of('other.com')).toEqual([]);
    expect(of('com')).toEqual([]);
    expect(of('')).toEqual([]);
  });

  it('keeps the star of a glob within the first label, and takes the glob with more letters', () => {
    const of = finds([row('glob', 'm*.maker.com'), row('glob', 'metrics*.maker.com')]);
    expect(of('metrics2.maker.com')).toEqual(['glob metrics*.maker.com maker-cloud']);
    expect(of('mail.maker.com')).toEqual(['glob m*.maker.com maker-cloud']);
    expect(of('m.x.maker.com')).toEqual([]);
    expect(of('maker.com')).toEqual([]);
  });

  it('tells both services of a host, the more confident first', () => {
    const of = finds([
      row('exact', 'api.maker.com', { service: 'maker-old', confidence: 'low' }),
      row('exact', 'api.maker.com', { service: 'maker-new' }),
    ]);
    expect(of('api.maker.com')).toEqual(['exact api.maker.com maker-new', 'exact api.maker.com maker-old']);
  });
});

describe('the shipped catalogue', async () => {
  const lists = await loadLists(fileURLToPath(new URL('../../../../../resources', import.meta.url)));
  const enricher = knownEndpoint(lists);
  const services = (host: string) =>
    enricher.ofHost(host, null).flatMap((said) => (said.kind === 'endpoint' ? [said.service] : []));

  it.each([
    ['account.xiaomi.com', ['xiaomi-mi-account']],
    ['api.account.xiaomi.com', ['xiaomi-mi-account', 'xiaomi-cloud-messaging']],
    ['contactapi.micloud.xiaomi.net', ['xiaomi-mi-cloud']],
    ['newthing.micloud.xiaomi.net', ['xiaomi-mi-cloud']],
    ['app.chat.xiaomi.net', ['xiaomi-mi-push', 'xiaomi-cloud-messaging']],
    ['fr.app.chat.global.xiaomi.net', ['xiaomi-mi-push']],
    ['data.mistat.intl.xiaomi.com', ['xiaomi-analytics']],
    ['tracking.miui.com', ['xiaomi-analytics']],
    ['api.ad.intl.xiaomi.com', ['xiaomi-ads']],
    ['new.ad.xiaomi.com', ['xiaomi-ads']],
    ['update.miui.com', ['xiaomi-update']],
    ['us-auth2.samsungosp.com', ['samsung-account']],
    ['apnortheast.push.samsungosp.com', ['samsung-push']],
    ['capi.samsungcloud.com', ['samsung-cloud']],
    ['metrics1.data.hicloud.com', ['huawei-analytics']],
    ['hwid-drcn.platform.hicloud.com', ['huawei-account']],
    ['metrics5.dt.hicloud.com', ['huawei-analytics']],
    ['pushtrs1.push.hicloud.com', ['huawei-push']],
    ['apkrep.ff.avast.com', ['avast-reputation', 'huawei-system-manager']],
    ['uc-client-fr.heytapmobile.com', ['oppo-account']],
    ['dceuex.push.heytapmobile.com', ['oppo-push']],
    ['in-vpushonrt-stsdk.vivoglobal.com', ['vivo-push']],
    ['in-stsdk.vivoglobal.com', ['vivo-analytics']],
    ['alt5-mtalk.google.com', ['google-push']],
    ['play.googleapis.com', ['google-play-services', 'google-usage-diagnostics', 'google-play-store']],
    ['graph.facebook.com', ['meta-facebook', 'meta-preinstalled']],
    ['eu-mobile.events.data.microsoft.com', ['microsoft-telemetry']],
  ])('%s belongs to %j', (host, expected) => {
    expect(services(host)).toEqual(expected);
  });

  it('names the list that says so', () => {
    expect(enricher.ofHost('api.account.xiaomi.com', 'xiaomi.com')[0]).toEqual({
      kind: 'endpoint',
      endpoint: 'api.account.xiaomi.com',
      service: 'xiaomi-mi-account',
      confidence: 'high',
      source: lists.catalogue.source,
    });
    expect(lists.catalogue.source).toMatchObject({ date: lists.services.date, shipped: true, licence: 'Apache-2.0' });
  });

  it.each([
    'xiaomi.com',
    'www.mi.com',
    'bbs.miui.com',
    'www.hicloud.com',
    'other.heytapmobile.com',
    'shop.vivoglobal.com',
    'www.facebook.com',
    'www.samsung.com',
    'example.org',
    'micloud.xiaomi.net.example.org',
    'localhost',
  ])('claims no service for %s: a company’s name is an owner', (host) => {
    expect(services(host)).toEqual([]);
  });
});
