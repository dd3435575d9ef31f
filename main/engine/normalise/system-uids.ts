/** Names of the uids that belong to no installed package (android_filesystem_config.h, NetworkStats.java). */
const names: Readonly<Record<number, string>> = {
  [-1]: 'All apps together',
  [-4]: 'Removed apps',
  [-5]: 'Tethered devices',
  0: 'Kernel and root',
  1000: 'Android system',
  1001: 'Telephony',
  1002: 'Bluetooth',
  1010: 'Wi-Fi',
  1013: 'Media server',
  1014: 'DHCP',
  1016: 'VPN',
  1017: 'Key store',
  1019: 'DRM',
  1020: 'mDNS',
  1021: 'GPS',
  1027: 'NFC',
  1029: 'IPv4 over IPv6 (clat)',
  1036: 'Log daemon',
  1051: 'DNS resolver',
  1052: 'DNS for tethered devices',
  1066: 'Statistics daemon',
  1068: 'Secure element',
  1073: 'Network stack',
  2000: 'Shell (adb)',
  9999: 'Nobody',
};

/** A plain name for an app id below 10000 or a special uid, or null where none is known. */
export function systemName(appId: number): string | null {
  return names[appId] ?? null;
}
