import { describe, expect, it } from 'vitest';
import { ServerDeaths } from './server-deaths.ts';
import { serverPlace } from './server-place.ts';

describe('where the adb server is', () => {
  it.each([
    [{}, 5037],
    [{ ANDROID_ADB_SERVER_PORT: '5038' }, 5038],
    [{ ADB_SERVER_SOCKET: 'tcp:5039' }, 5039],
    [{ ADB_SERVER_SOCKET: 'tcp:localhost:5039', ANDROID_ADB_SERVER_PORT: '5038' }, 5039],
    [{ ADB_SERVER_SOCKET: 'tcp:127.0.0.1:5039' }, 5039],
    [{ ADB_SERVER_SOCKET: 'tcp:[::1]:5039' }, 5039],
    [{ ANDROID_ADB_SERVER_ADDRESS: '127.0.0.1', ANDROID_ADB_SERVER_PORT: '5038' }, 5038],
  ])('%j: port %i', (environment, port) => {
    expect(serverPlace(undefined, environment)).toEqual({ port, elsewhere: null });
  });

  it.each([
    [{ ADB_SERVER_SOCKET: 'tcp:10.0.0.7:5037' }, 5037, '“tcp:10.0.0.7:5037”'],
    [{ ADB_SERVER_SOCKET: 'localfilesystem:/run/adb' }, 5037, '“localfilesystem:/run/adb”'],
    [{ ADB_SERVER_SOCKET: 'tcp:99999' }, 5037, '“tcp:99999”'],
    [{ ANDROID_ADB_SERVER_ADDRESS: '10.0.0.7', ANDROID_ADB_SERVER_PORT: '5038' }, 5038, '“10.0.0.7”'],
    [{ ANDROID_ADB_SERVER_PORT: 'five' }, 5037, 'no port: port 5037 is used'],
  ])('%j is not followed, and that is said', (environment, port, words) => {
    expect(serverPlace(undefined, environment)).toEqual({ port, elsewhere: expect.stringContaining(words) });
  });

  it('is where it was said to be before all variables', () => {
    expect(serverPlace(6000, { ADB_SERVER_SOCKET: 'tcp:5039' })).toEqual({ port: 6000, elsewhere: null });
  });
});

describe('a server that is ended', () => {
  it('once or twice a minute is nothing', () => {
    const deaths = new ServerDeaths();
    deaths.died(0, '1.0.41');
    deaths.died(1000, '1.0.41');
    expect(deaths.trouble(2000)).toBeNull();
    deaths.died(70_000, '1.0.41');
    expect(deaths.trouble(70_000)).toBeNull();
  });

  it('again and again is trouble, with the versions that were seen, until a minute has passed', () => {
    const deaths = new ServerDeaths();
    deaths.died(0, '1.0.41');
    deaths.died(4000, '1.0.39');
    deaths.died(9000, '1.0.41');
    expect(deaths.trouble(9500)).toEqual({ times: 3, seconds: 9, versions: ['1.0.41', '1.0.39'] });
    // The same words while nothing new happens.
    expect(deaths.trouble(30_000)).toEqual(deaths.trouble(9500));
    expect(deaths.trouble(61_000)).toBeNull();
  });
});
