import { expect, test } from 'vitest';
import { appsOf, type PackageSaid } from './apps.ts';

const said = (name: string, more: Partial<PackageSaid>): PackageSaid => ({
  order: 1,
  name,
  user: null,
  appId: null,
  label: null,
  installer: null,
  system: null,
  installed: null,
  firstInstall: null,
  sharedUser: null,
  ...more,
});

test('a uid is user times 100000 plus app id, and later sayings fill what earlier ones left out', () => {
  const apps = appsOf(
    [
      said('com.a', { order: 1, appId: 10123, system: true }),
      said('com.a', { order: 2, user: 10, installed: true }),
      said('com.a', { order: 3, user: 0, label: 'उदाहरण' }),
    ],
    [],
    [0, 10],
  );
  expect(apps.map((app) => [app.uid, app.name, app.preinstalled])).toEqual([
    [10123, 'उदाहरण', true],
    [1010123, 'com.a', true],
  ]);
});

test('packages that share a uid stand together, because the phone counts them together', () => {
  const [app] = appsOf([said('com.b', { appId: 10050 }), said('com.a', { appId: 10050, label: 'A' })], [], [0]);
  expect(app).toMatchObject({ uid: 10050, name: 'A and 1 more', packages: ['com.a', 'com.b'] });
});

test('uids without packages keep what is known of them', () => {
  const apps = appsOf([], [-5, -4, -1, 0, 1000, 10123, 20123], []);
  expect(apps.map((app) => [app.uid, app.kind, app.name])).toEqual([
    [-5, 'tethering', 'Tethered devices'],
    [-4, 'removed', 'Removed apps'],
    [0, 'system', 'Kernel and root'],
    [1000, 'system', 'Android system'],
    [10123, 'unknown', 'uid 10123'],
    [20123, 'unknown', 'uid 10123 (advertising sandbox)'],
  ]);
});

test('an app that a user does not have has no row for that user, unless it has traffic there', () => {
  const list = [said('com.a', { appId: 10123, user: 10, installed: false })];
  expect(appsOf(list, [], [0, 10])).toEqual([]);
  expect(appsOf(list, [1010123], [0, 10])).toHaveLength(1);
});
