import type { PracticePhone } from '../practice-phone.ts';
import { versionWithCheck, versionWithoutCheck } from './message.ts';

/** How a phone of this age speaks. Sources: adb.h of each release; the feature list of transport.cpp. */
export interface Dialect {
  readonly version: number;
  readonly maxPayload: number;
  readonly features: readonly string[];
  readonly banner: string;
  /** Android 5 and 6 run `shell:` behind a terminal, which turns every line feed into two bytes. */
  readonly terminalShell: boolean;
}

/** Only what this daemon really answers is claimed: no apex, abb or compressed sync. */
function featuresOf(sdk: number): string[] {
  const features: string[] = [];
  if (sdk >= 24) features.push('shell_v2', 'cmd');
  if (sdk >= 26) features.push('stat_v2');
  if (sdk >= 31) features.push('ls_v2');
  return features;
}

export function dialectOf(phone: Pick<PracticePhone, 'sdk' | 'product' | 'model' | 'device'>): Dialect {
  const { sdk } = phone;
  const features = featuresOf(sdk);
  const properties = [
    `ro.product.name=${phone.product}`,
    `ro.product.model=${phone.model}`,
    `ro.product.device=${phone.device}`,
  ];
  // Before Android 7 the banner ended with a semicolon and knew no features.
  const banner =
    sdk < 24 ? `device::${properties.join(';')};` : `device::${properties.join(';')};features=${features.join(',')}`;
  return {
    version: sdk >= 28 ? versionWithoutCheck : versionWithCheck,
    maxPayload: sdk >= 28 ? 1024 * 1024 : sdk >= 24 ? 256 * 1024 : 4096,
    features,
    banner,
    terminalShell: sdk < 24,
  };
}
