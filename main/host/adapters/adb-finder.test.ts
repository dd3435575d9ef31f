import { describe, expect, it } from 'vitest';
import { adbPlaces, findAdb } from './adb-finder.ts';

const only = (...there: string[]) => ({ canRun: (path: string) => there.includes(path) });

describe('finding adb', () => {
  it('takes the path that was given or named before all others', () => {
    const environment = { PHONEHOME_ADB: '/named/adb', PATH: '/usr/bin' };
    const there = only('/given/adb', '/named/adb', '/usr/bin/adb');
    expect(findAdb({ adbPath: '/given/adb', environment, ...there })).toEqual({ path: '/given/adb' });
    expect(findAdb({ environment, ...there })).toEqual({ path: '/named/adb' });
  });

  it('reports a named path that cannot be run instead of passing it over', () => {
    const environment = { PHONEHOME_ADB: '/named/adb', PATH: '/usr/bin' };
    expect(findAdb({ environment, ...only('/usr/bin/adb') })).toEqual({ path: null, wrong: '/named/adb' });
  });

  it('looks in PATH, then in the SDK, then where systems put it', () => {
    const environment = { PATH: '/a:/b', ANDROID_HOME: '/sdk', ANDROID_SDK_ROOT: '/root' };
    const linux = { environment, platform: 'linux', home: '/me' };
    expect(findAdb({ ...linux, ...only('/b/adb', '/sdk/platform-tools/adb') })).toEqual({ path: '/b/adb' });
    expect(findAdb({ ...linux, ...only('/sdk/platform-tools/adb') })).toEqual({ path: '/sdk/platform-tools/adb' });
    expect(findAdb({ ...linux, ...only('/root/platform-tools/adb') })).toEqual({ path: '/root/platform-tools/adb' });
    expect(findAdb({ ...linux, ...only('/me/Android/Sdk/platform-tools/adb') })).toEqual({
      path: '/me/Android/Sdk/platform-tools/adb',
    });
    expect(findAdb({ ...linux, ...only() })).toEqual({ path: null, wrong: null });
  });

  it('knows the places of Windows and macOS', () => {
    const windows = adbPlaces('win32', { Path: 'C:\\tools;D:\\x', LOCALAPPDATA: 'C:\\local' }, 'C:\\me');
    expect(windows.slice(0, 3)).toEqual([
      'C:\\tools\\adb.exe',
      'D:\\x\\adb.exe',
      'C:\\local\\Android\\Sdk\\platform-tools\\adb.exe',
    ]);
    const mac = adbPlaces('darwin', {}, '/me');
    expect(mac).toContain('/me/Library/Android/sdk/platform-tools/adb');
    expect(mac).toContain('/opt/homebrew/bin/adb');
  });
});
