import { expect, it } from 'vitest';
import { domainOf } from './domain.ts';

it.each([
  ['api.account.xiaomi.com', 'xiaomi.com'],
  ['www.bbc.co.uk', 'bbc.co.uk'],
  ['www.nearme.com.cn', 'nearme.com.cn'],
  ['somebody.github.io', 'somebody.github.io'],
  ['x.somebody.github.io', 'somebody.github.io'],
  ['shop-1.eu-central-1.elb.amazonaws.com', 'shop-1.eu-central-1.elb.amazonaws.com'],
  ['xn--d1acpjx3f.xn--p1ai', 'xn--d1acpjx3f.xn--p1ai'],
  ['localhost', null],
  ['com', null],
  ['co.uk', null],
  ['github.io', null],
  ['printer.local', null],
  ['_spotify-connect._tcp.local', null],
  ['router.lan', null],
  ['a.b.unlisted-ending', null],
  ['x.samsung', 'x.samsung'],
  ['161.117.97.14', null],
  ['2406:da18::1', null],
  ['[2406:da18::1]', null],
  ['', null],
])('%s is registered as %s', (name, domain) => {
  expect(domainOf(name)).toBe(domain);
});
