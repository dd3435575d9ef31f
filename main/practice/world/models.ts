import type { Maker } from './options.ts';

/** What a phone of that make calls itself. */
export interface Model {
  readonly brand: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly product: string;
  readonly device: string;
  readonly marketName: string;
  readonly board: string;
  readonly buildId: string;
}

const row = (text: string): readonly string[] => text.split('|').map((part) => part.trim());

/** manufacturer | brand | model | product | device | market name | board, per SDK. */
const models: Readonly<Record<Maker, Readonly<Record<number, string>>>> = {
  xiaomi: {
    21: 'Xiaomi | Xiaomi | Mi 4i | ferrari | ferrari | Mi 4i | msm8916',
    22: 'Xiaomi | Xiaomi | Redmi 3 | ido | ido | Redmi 3 | msm8916',
    23: 'Xiaomi | Xiaomi | Redmi Note 4 | mido | mido | Redmi Note 4 | msm8953',
    24: 'Xiaomi | Xiaomi | Redmi Note 4 | mido | mido | Redmi Note 4 | msm8953',
    25: 'Xiaomi | Xiaomi | Redmi 5A | riva | riva | Redmi 5A | msm8937',
    26: 'Xiaomi | Xiaomi | MI 6 | sagit | sagit | MI 6 | msm8998',
    27: 'Xiaomi | xiaomi | Redmi Note 5 | whyred | whyred | Redmi Note 5 | sdm660',
    28: 'Xiaomi | xiaomi | Redmi Note 7 | lavender | lavender | Redmi Note 7 | sdm660',
    29: 'Xiaomi | xiaomi | Redmi Note 8 | ginkgo | ginkgo | Redmi Note 8 | trinket',
    30: 'Xiaomi | Redmi | M2101K7AI | mojito_in | mojito | Redmi Note 10 | sm6150',
    31: 'Xiaomi | Redmi | 21091116AI | evergo_in | evergo | Redmi Note 11T 5G | mt6833',
    32: 'Xiaomi | Xiaomi | 2203121C | thor | thor | Xiaomi 12S Ultra | taro',
    33: 'Xiaomi | Redmi | 2201117TI | spes_in | spes | Redmi Note 11 | bengal',
    34: 'Xiaomi | Xiaomi | 2211133G | fuxi_global | fuxi | Xiaomi 13 | kalama',
    35: 'Xiaomi | Redmi | 24122RKC7C | miro | miro | REDMI K80 Pro | sun',
    36: 'Xiaomi | Xiaomi | 24129PN74G | dada_global | dada | Xiaomi 15 | sun',
  },
  samsung: {
    21: 'samsung | samsung | SM-G900F | kltexx | klte | Galaxy S5 | msm8974',
    22: 'samsung | samsung | SM-J500F | j5ltexx | j5lte | Galaxy J5 | msm8916',
    23: 'samsung | samsung | SM-G920F | zerofltexx | zeroflte | Galaxy S6 | exynos7420',
    24: 'samsung | samsung | SM-G930F | heroltexx | herolte | Galaxy S7 | exynos8890',
    25: 'samsung | samsung | SM-J530F | j5y17ltexx | j5y17lte | Galaxy J5 (2017) | exynos7870',
    26: 'samsung | samsung | SM-G950F | dreamltexx | dreamlte | Galaxy S8 | exynos8895',
    27: 'samsung | samsung | SM-J600F | j6ltexx | j6lte | Galaxy J6 | exynos7870',
    28: 'samsung | samsung | SM-G960F | starltexx | starlte | Galaxy S9 | exynos9810',
    29: 'samsung | samsung | SM-A505F | a50dd | a50 | Galaxy A50 | exynos9610',
    30: 'samsung | samsung | SM-A515F | a51nsxx | a51 | Galaxy A51 | exynos9611',
    31: 'samsung | samsung | SM-G991B | o1sxeea | o1s | Galaxy S21 5G | exynos2100',
    32: 'samsung | samsung | SM-F926B | q2qxeea | q2q | Galaxy Z Fold3 5G | lahaina',
    33: 'samsung | samsung | SM-A536B | a53xnaeea | a53x | Galaxy A53 5G | s5e8825',
    34: 'samsung | samsung | SM-S911B | dm1qxeea | dm1q | Galaxy S23 | kalama',
    35: 'samsung | samsung | SM-S921B | e1sxeea | e1s | Galaxy S24 | s5e9945',
    36: 'samsung | samsung | SM-S931B | pa1qxeea | pa1q | Galaxy S25 | sun',
  },
  google: {
    21: 'LGE | google | Nexus 5 | hammerhead | hammerhead | Nexus 5 | hammerhead',
    22: 'motorola | google | Nexus 6 | shamu | shamu | Nexus 6 | shamu',
    23: 'LGE | google | Nexus 5X | bullhead | bullhead | Nexus 5X | bullhead',
    24: 'Huawei | google | Nexus 6P | angler | angler | Nexus 6P | angler',
    25: 'Google | google | Pixel | sailfish | sailfish | Pixel | sailfish',
    26: 'Google | google | Pixel XL | marlin | marlin | Pixel XL | marlin',
    27: 'Google | google | Pixel 2 | walleye | walleye | Pixel 2 | walleye',
    28: 'Google | google | Pixel 3 | blueline | blueline | Pixel 3 | blueline',
    29: 'Google | google | Pixel 3a | sargo | sargo | Pixel 3a | sargo',
    30: 'Google | google | Pixel 4a | sunfish | sunfish | Pixel 4a | sunfish',
    31: 'Google | google | Pixel 5 | redfin | redfin | Pixel 5 | redfin',
    32: 'Google | google | Pixel 6 Pro | raven | raven | Pixel 6 Pro | gs101',
    33: 'Google | google | Pixel 6 | oriole | oriole | Pixel 6 | gs101',
    34: 'Google | google | Pixel 7 | panther | panther | Pixel 7 | gs201',
    35: 'Google | google | Pixel 8 | shiba | shiba | Pixel 8 | zuma',
    36: 'Google | google | Pixel 9 | tokay | tokay | Pixel 9 | zumapro',
  },
  plain: {},
};

const buildIds: Readonly<Record<number, string>> = {
  21: 'LRX22G',
  22: 'LMY47V',
  23: 'MMB29M',
  24: 'NRD90M',
  25: 'N2G47H',
  26: 'OPR1.170623.032',
  27: 'OPM1.171019.019',
  28: 'PKQ1.180904.001',
  29: 'QKQ1.200114.002',
  30: 'RKQ1.200826.002',
  31: 'SP1A.210812.016',
  32: 'SQ3A.220705.001',
  33: 'TKQ1.221114.001',
  34: 'UKQ1.230804.001',
  35: 'AQ3A.240912.001',
  36: 'BP2A.250605.031',
};

/** The model that this maker sold with that SDK. */
export function modelOf(maker: Maker, sdk: number): Model {
  const text =
    models[maker][sdk] ?? `Plainphone | Plainphone | PP-${sdk} | pp${sdk} | pp${sdk} | Plainphone ${sdk} | mt6765`;
  const [manufacturer = '', brand = '', model = '', product = '', device = '', marketName = '', board = ''] = row(text);
  return { manufacturer, brand, model, product, device, marketName, board, buildId: buildIds[sdk] ?? 'LRX22G' };
}
