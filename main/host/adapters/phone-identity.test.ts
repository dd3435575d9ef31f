import { describe, expect, it } from 'vitest';
import { identityFrom } from './phone-identity.ts';
import { phoneViews } from './phone-list.ts';

const bus = {
  surroundings: { platform: 'linux', linux: 'debian', wsl: false },
  isDoubled: () => false,
  usbPortOf: () => null,
  bus: [],
} as const;
const shown = (getprop: string) => {
  const identity = identityFrom(getprop);
  const [view] = phoneViews([{ serial: 'AAA', word: 'device', state: 'device', identity, silent: false }], bus);
  return { model: view!.model, marketName: view!.marketName };
};
const model = '[ro.product.model]: [2312DRA50G]\n';

describe('the name under which a phone is sold', () => {
  it.each(['ro.product.marketname', 'ro.product.odm.marketname', 'ro.config.marketing_name'])(
    'stands beside the model where %s says it',
    (key) => {
      expect(shown(`${model}[${key}]: [Redmi Note 13 Pro]\n`)).toEqual({
        model: '2312DRA50G',
        marketName: 'Redmi Note 13 Pro',
      });
    },
  );

  it.each([model, `${model}[ro.product.marketname]: []\n`, `${model}[ro.product.marketname]: [2312DRA50G]\n`])(
    'is not there where nothing says it, or only the model again: %j',
    (getprop) => {
      expect(shown(getprop)).toEqual({ model: '2312DRA50G', marketName: undefined });
    },
  );
});
