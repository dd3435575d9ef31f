import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { serviceView } from '../../../shared/types/explanation.ts';
import { loadLists } from './lists.ts';
import { joinServices, type ServiceIndex, vendorServices } from './service-list.ts';
import { tellsAnything } from './service-signs.ts';
import { ServiceBook } from './services.ts';

const { catalogue, services } = await loadLists(fileURLToPath(new URL('../../../resources', import.meta.url)));

const index: ServiceIndex = {
  list: 'services',
  title: 'A list',
  date: '2020-01-01',
  version: 2,
  sources: [{ id: 'press', title: 'The Press', url: null, date: '2020' }],
  prefixes: [],
};
const maker = (service: object) => ({
  list: 'services of a vendor',
  vendor: 'Maker',
  title: 'Services of Maker',
  date: '2020-06-01',
  version: 1,
  services: [
    {
      id: 'maker-cloud',
      name: 'Maker Cloud',
      purpose: 'Copies notes.',
      data: ['notes'],
      optional: 'yes',
      optionalBasis: 'published',
      switchOff: { how: 'Switch it off.', basis: 'published' },
      sources: ['press'],
      date: '2020-06-01',
      confidence: 'high',
      ...service,
    },
  ],
});
const cited = { sources: ['press'], confidence: 'high' };
const host = { ...cited, pattern: 'api.maker.com', match: 'exact', purpose: 'copies', evidence: 'code' };
const app = { ...cited, package: 'com.maker.cloud', role: 'copies', date: '2020-06-01' };

describe('the lists of vendors, joined', () => {
  it('let a package say what its service says, unless it says it itself', () => {
    const other = { ...app, package: 'com.maker.other', optional: null, optionalBasis: null, switchOff: null };
    const list = joinServices(index, [vendorServices.parse(maker({ packages: [app, other], endpoints: [host] }))]);
    expect(list.packages.map((row) => [row.service, row.optional, row.optionalBasis, row.switchOff?.how])).toEqual([
      ['maker-cloud', 'yes', 'published', 'Switch it off.'],
      ['maker-cloud', null, null, undefined],
    ]);
    expect(list.endpoints).toMatchObject([{ pattern: 'api.maker.com', service: 'maker-cloud' }]);
    expect(list.services).toMatchObject([{ id: 'maker-cloud', vendor: 'Maker', signs: [] }]);
    expect(list.date).toBe('2020-06-01');
  });

  it.each([
    [{ pattern: 'API.maker.com' }],
    [{ pattern: 'api.maker.com.' }],
    [{ pattern: '*.maker.com', match: 'suffix' }],
    [{ pattern: '*.maker.com' }],
    [{ pattern: 'api.*.maker.com', match: 'glob' }],
    [{ pattern: 'api.maker.com', match: 'glob' }],
    [{ pattern: 'https://maker.com/' }],
    [{ pattern: 'com' }],
    [{ pattern: '1.2.3.4:443' }],
  ])('refuse a host that is not in its normal form: %j', (change) => {
    const result = vendorServices.safeParse(maker({ endpoints: [{ ...host, ...change }] }));
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['services.0.endpoints.0']);
  });

  it('refuse a field that nobody knows', () => {
    expect(vendorServices.safeParse(maker({ does: 'copies' })).success).toBe(false);
    expect(vendorServices.safeParse(maker({ endpoints: [{ ...host, operator: 'x' }] })).success).toBe(false);
  });
});

describe('ServiceBook', () => {
  it('shows a service as the window takes it, and knows its packages, hosts and signs', () => {
    const view = catalogue.of('xiaomi-cloud-messaging');
    expect(serviceView.parse(view)).toEqual(view);
    expect(view).toMatchObject({ vendor: 'Xiaomi', optional: true, optionalBasis: "maker's statement" });
    expect(view?.sources[0]).toMatchObject({ title: expect.stringContaining('F-Secure'), date: '2014-08-07' });
    expect(catalogue.packagesOf('xiaomi-cloud-messaging').map((row) => row.package)).toEqual([
      'com.xiaomi.xmsf',
      'com.android.mms',
    ]);
    expect(catalogue.endpointsOf('xiaomi-mi-cloud').length).toBeGreaterThan(15);
    expect(catalogue.signsOf('xiaomi-mi-account')).toContainEqual(
      expect.objectContaining({ kind: 'account', type: 'com.xiaomi', present: 'on', absent: 'off' }),
    );
    expect(catalogue.signsOf('xiaomi-mi-push')).toContainEqual(
      expect.objectContaining({ kind: 'socket', port: 5222, package: 'com.xiaomi.xmsf', present: 'on' }),
    );
  });

  it('answers nothing of a service that it does not have', () => {
    expect(catalogue.of('nobody-nothing')).toBeNull();
    expect(catalogue.signsOf('nobody-nothing')).toEqual([]);
    expect(catalogue.endpointsOf('nobody-nothing')).toEqual([]);
  });

  it('is another source when one of its files is another', () => {
    const file = (sha256: string) => [{ file: 'lists/services.json', sha256, date: '2020-01-01' }];
    const keys = ['a'.repeat(64), 'b'.repeat(64)].map((sha256) => new ServiceBook(services, file(sha256)).source.key);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('the shipped catalogue', () => {
  it('keeps what was announced apart from what was seen, each with its day and its source', () => {
    for (const id of ['xiaomi-mi-account', 'xiaomi-cloud-messaging', 'xiaomi-mi-cloud']) {
      const entry = catalogue.entryOf(id);
      expect(entry?.announced.map((row) => [row.date, row.due])).toEqual([
        ['2014-10-22', 'end of 2014'],
        ['2014-10-27', '2015'],
        ['2018-09', 'mid-September 2018'],
      ]);
      expect(entry?.published.some((row) => row.by === 'F-Secure' && row.date === '2014-08-14')).toBe(true);
    }
  });

  it('has no sign that says nothing, and each counterpart of the three services has one', () => {
    expect(services.services.flatMap((row) => row.signs).filter((sign) => !tellsAnything(sign))).toEqual([]);
    const makers = ['samsung', 'huawei', 'oppo', 'vivo', 'google'];
    const bare = makers
      .flatMap((name) => [`${name}-account`, `${name}-${name === 'google' ? 'backup' : 'cloud'}`, `${name}-push`])
      .concat('meta-preinstalled', 'microsoft-account', 'microsoft-onedrive', 'microsoft-link-to-windows')
      .filter((id) => catalogue.signsOf(id).length === 0);
    expect(bare).toEqual([]);
  });

  it('writes sentences as sentences and phrases as phrases', () => {
    const sentences = services.services.flatMap((row) => [
      row.purpose,
      ...(row.switchOff ? [row.switchOff.how] : []),
      ...row.published.map((one) => one.says),
      ...row.announced.map((one) => one.plan),
      ...row.signs.map((sign) => sign.why),
    ]);
    const phrases = [...services.endpoints.map((row) => row.purpose), ...services.services.flatMap((row) => row.data)];
    expect(sentences.filter((text) => !/^[A-ZÀ-Ý0-9§].*\.$/su.test(text) && !/^(vivo|com\.)/.test(text))).toEqual([]);
    expect(phrases.filter((text) => /[.;]$/.test(text) || text !== text.trim())).toEqual([]);
  });

  it('gives high confidence to no host that only a list names', () => {
    const bold = services.endpoints.filter((row) => row.evidence === 'list' && row.confidence === 'high');
    expect(bold.map((row) => row.pattern)).toEqual([]);
  });

  it('cites every source that it names', () => {
    const used = new Set(
      [
        ...services.services.flatMap((row) => [row, ...row.published, ...row.announced, ...row.signs]),
        ...services.packages,
        ...services.endpoints,
      ].flatMap((row) => row.sources),
    );
    expect(services.sources.map((row) => row.id).filter((id) => !used.has(id))).toEqual([]);
  });
});
