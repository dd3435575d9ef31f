import { hexOf } from '../world/random.ts';
import type { World } from '../world/world.ts';
import type { Ran } from './shell.ts';

function tables(world: World): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return {
    global: {
      adb_enabled: '1',
      airplane_mode_on: '0',
      auto_time: world.clockSet === null ? '1' : '0',
      auto_time_zone: '1',
      boot_count: '41',
      data_roaming: '1',
      development_settings_enabled: '1',
      device_name: world.model.marketName,
      device_provisioned: '1',
      mobile_data: '1',
      ntp_server: 'time.android.com',
      ...(world.options.maker === 'xiaomi' && { passport_ad_status: 'ON' }),
      stay_on_while_plugged_in: '0',
      wifi_on: '1',
    },
    secure: {
      ...(world.owns.intrusionLog !== null && { advanced_protection_mode: world.owns.intrusionLog ? '1' : '0' }),
      android_id: hexOf(16, world.options.seed, 'android id'),
      bluetooth_name: world.model.marketName,
      location_mode: '3',
      ...(world.options.maker === 'xiaomi' && { upload_log_pref: '1' }),
      user_setup_complete: '1',
    },
    system: { screen_brightness: '87', screen_off_timeout: '60000', time_12_24: '24' },
  };
}

/** `settings get|list NAMESPACE [KEY]`. It writes nothing. */
export function settings(world: World, args: readonly string[]): Ran {
  const words = [...args];
  if (words[0] === '--user') {
    const [, id] = words.splice(0, 2);
    if (world.users.some((user) => user.closed && user.id === Number(id)))
      return {
        stdout: '',
        stderr: `Security exception: Shell does not have permission to access user ${id}\n`,
        exit: 255,
      };
  }
  const [verb, space = '', key = ''] = words;
  const table = tables(world)[space];
  if (!table) return { stdout: '', stderr: `Error: Invalid namespace '${space}'\n`, exit: 255 };
  if (verb === 'get') return { stdout: `${table[key] ?? 'null'}\n`, exit: 0 };
  if (verb === 'list')
    return {
      stdout: Object.entries(table)
        .map(([k, v]) => `${k}=${v}\n`)
        .join(''),
      exit: 0,
    };
  return { stdout: '', stderr: `Error: Invalid command: ${verb ?? ''}\n`, exit: 255 };
}
