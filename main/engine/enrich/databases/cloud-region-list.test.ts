import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cloudRegionList } from './cloud-region-list.ts';
import { HostRegions } from './host-regions.ts';

const path = new URL('../../../../resources/lists/cloud-regions.json', import.meta.url);
const list = cloudRegionList.parse(JSON.parse(readFileSync(path, 'utf8')));

describe('the list of cloud regions', () => {
  it('holds together', () => {
    const sources = new Set(list.sources.map((one) => one.id));
    for (const operator of list.operators) {
      expect(
        operator.sources.filter((id) => !sources.has(id)),
        operator.id,
      ).toEqual([]);
      const ids = operator.regions.map((one) => one.id);
      expect(new Set(ids).size, operator.id).toBe(ids.length);
      const ranges = operator.regions.flatMap((one) => one.ranges ?? []);
      expect(new Set(ranges).size, operator.id).toBe(ranges.length);
      expect(operator.rangesDate === null, operator.id).toBe(ranges.length === 0);
    }
    const domains = list.operators.flatMap((one) => one.domains);
    expect(new Set(domains).size).toBe(domains.length);
  });
});

describe('regions in names of servers', () => {
  const regions = new HostRegions(list);
  const found = (name: string) => {
    const place = regions.of(name);
    return place && `${place.country} ${place.region}`;
  };

  it.each([
    ['front-1234.ap-south-1.elb.amazonaws.com', 'IN Mumbai (AWS ap-south-1)'],
    ['ec2-13-250-0-1.ap-southeast-1.compute.amazonaws.com', 'SG Singapore (AWS ap-southeast-1)'],
    ['ec2-54-1-1-1.compute-1.amazonaws.com', 'US Northern Virginia (AWS us-east-1)'],
    ['s3-ap-southeast-1.amazonaws.com', 'SG Singapore (AWS ap-southeast-1)'],
    ['bucket.s3.cn-north-1.amazonaws.com.cn', 'CN Beijing (AWS cn-north-1)'],
    ['oss-ap-southeast-1.aliyuncs.com', 'SG Singapore (Alibaba Cloud ap-southeast-1)'],
    ['photos.oss-cn-hangzhou-internal.aliyuncs.com', 'CN Hangzhou (Alibaba Cloud cn-hangzhou)'],
    ['vm.westeurope.cloudapp.azure.com', 'NL Netherlands (Azure westeurope)'],
    ['vm.eastus2.cloudapp.azure.com', 'US Virginia (Azure eastus2)'],
    ['asia-south1-project.cloudfunctions.net', 'IN Mumbai (Google Cloud asia-south1)'],
    ['objectstorage.ap-mumbai-1.oraclecloud.com', 'IN Mumbai (Oracle Cloud ap-mumbai-1)'],
    // The same word is another place at another operator.
    ['push.obs.ap-southeast-1.myhuaweicloud.com', 'HK Hong Kong (Huawei Cloud ap-southeast-1)'],
    ['logs-1250000000.cos.ap-singapore.myqcloud.com', 'SG Singapore (Tencent Cloud ap-singapore)'],
    // What a customer chose stands further from the operator's domain.
    ['ap-south-1.bucket.s3.eu-west-1.amazonaws.com', 'IE Ireland (AWS eu-west-1)'],
  ])('reads %s', (name, place) => {
    expect(found(name)).toBe(place);
  });

  it('says nothing where the name says nothing', () => {
    const silent = [
      ...['amazonaws.com', 's3.amazonaws.com', 'x.ap-south-10.amazonaws.com', 'ap-south-1.example.org', 'ap-south-1'],
      'eu-central-1.notamazonaws.com',
    ];
    expect(silent.map(found)).toEqual(silent.map(() => null));
  });
});
