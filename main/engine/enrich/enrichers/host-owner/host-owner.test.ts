import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { domainOf } from '../../destinations/domain.ts';
import { loadLists } from '../../lists.ts';
import { hostOwner } from './index.ts';

describe('host-owner', async () => {
  const lists = await loadLists(join(import.meta.dirname, '../../../../../resources'));
  const enricher = hostOwner(lists);
  const said = (host: string) => enricher.ofHost(host, domainOf(host));
  const owners = (host: string) =>
    said(host).flatMap((one) => (one.kind === 'owner' ? [`${one.organisation} by ${one.domain}`] : []));

  it.each([
    ['api.account.xiaomi.com', 'xiaomi by xiaomi.com'],
    ['data.mistat.india.xiaomi.com', 'xiaomi by xiaomi.com'],
    ['tracking.miui.com', 'xiaomi by miui.com'],
    ['sdk.pushmessage.samsung.com', 'samsung by samsung.com'],
    ['gos-api.gos-gsp.io', 'samsung by gos-gsp.io'],
    ['grs.dbankcloud.com', 'huawei by dbankcloud.com'],
    ['dceuex.push.heytapmobile.com', 'oppo by heytapmobile.com'],
    ['icosa-service-eu.allawnos.com', 'oppo by allawnos.com'],
    ['ifotaeu.realmemobile.com', 'realme by realmemobile.com'],
    ['mtalk.google.com', 'google by google.com'],
    ['www.google.co.in', 'google by google.co.in'],
    ['graph.facebook.com', 'meta by facebook.com'],
    ['fbcdn-a.akamaihd.net', 'meta by fbcdn-a.akamaihd.net'],
    ['textsecure-service.whispersystems.org', 'signal by whispersystems.org'],
    ['hkminorshort.weixin.qq.com', 'tencent by qq.com'],
    ['telemetry.api.swiftkey.com', 'microsoft by swiftkey.com'],
    ['apkrep.ff.avast.com', 'avast by avast.com'],
    ['alog.umeng.com', 'umeng by umeng.com'],
  ])('%s: %s', (host, owner) => {
    expect(owners(host)).toEqual([owner]);
  });

  it.each([
    'ec2-13-250-0-1.ap-southeast-1.compute.amazonaws.com',
    'shop-1.eu-central-1.elb.amazonaws.com',
    'd111111abcdef8.cloudfront.net',
    'e673.dsce9.akamaiedge.net',
    'bucket.oss-ap-southeast-1.aliyuncs.com',
    'somebody.github.io',
  ])('says nothing of %s: its tenant is not known', (host) => {
    expect(owners(host)).toEqual([]);
  });

  it.each(['unlisted.example', 'xiaomi.com.example.org', 'notxiaomi.com', 'samsung', 'localhost', '161.117.97.14'])(
    'says nothing of %s',
    (host) => {
      expect(said(host)).toEqual([]);
    },
  );

  it('knows whose every endpoint of the catalogue is', () => {
    const hosts = lists.services.endpoints.map(({ pattern }) => pattern.replaceAll('*', 'x'));
    expect(hosts.length).toBeGreaterThan(200);
    expect(hosts.filter((host) => owners(host).length !== 1)).toEqual([]);
  });

  it('names its list', () => {
    expect(said('www.mi.com')[0]?.source).toBe(lists.owners.source);
    expect(lists.owners.source).toMatchObject({ licence: 'MIT AND Apache-2.0', shipped: true });
  });
});
