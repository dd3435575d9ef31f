import { expect, test } from 'vitest';
import { communityIdOf } from './community-id.ts';

const end = (ip: string, port: number) => ({ ip, port });

// Values of the specification's own baseline: github.com/corelight/community-id-spec.
test('the Community ID is the one that the specification gives, whichever end comes first', () => {
  const [a, b] = [end('128.232.110.120', 34_855), end('66.35.250.204', 80)];
  expect(communityIdOf('tcp', a, b)).toBe('1:LQU9qZlK+B5F3KDmev6m5PMibrg=');
  expect(communityIdOf('tcp', b, a)).toBe('1:LQU9qZlK+B5F3KDmev6m5PMibrg=');
  const udp = communityIdOf('udp', end('192.168.1.52', 54_585), end('8.8.8.8', 53));
  expect(udp).toBe('1:d/FP5EW3wiY1vCndhwleRRKHowQ=');
});

test('an address of IPv6 is the same however it is written', () => {
  const [a, b] = [end('2001:db8::1', 1000), end('2001:db8:0:0:0:0:0:2', 443)];
  expect(communityIdOf('tcp', a, b)).toMatch(/^1:.{27}=$/);
  expect(communityIdOf('tcp', a, b)).toBe(communityIdOf('tcp', end('2001:0db8:0::1', 1000), end('2001:db8::2', 443)));
  expect(communityIdOf('udp', end('::ffff:10.0.0.1', 1), end('::1', 2))).toBe(
    communityIdOf('udp', end('::ffff:a00:1', 1), end('::1', 2)),
  );
});

test('what is not known gives none', () => {
  expect(communityIdOf('icmp', end('10.0.0.1', 8), end('10.0.0.2', 0))).toBeNull();
  expect(communityIdOf('tcp', { ip: null, port: 1 }, end('10.0.0.2', 0))).toBeNull();
  expect(communityIdOf('tcp', { ip: '10.0.0.1', port: null }, end('10.0.0.2', 0))).toBeNull();
  expect(communityIdOf('tcp', end('10.0.0.1', 1), end('::1', 2))).toBeNull();
});
