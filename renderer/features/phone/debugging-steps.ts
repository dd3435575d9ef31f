/** How USB debugging is switched on, by maker. Menus differ by a word between versions of one maker's system. */
export interface DebuggingSteps {
  readonly key: string;
  readonly text: string;
  readonly steps: readonly string[];
  readonly note: string | null;
}

export const debuggingSteps: readonly DebuggingSteps[] = [
  {
    key: 'plain',
    text: 'Google, Motorola, Nokia, Sony and others',
    steps: [
      'Settings › About phone: touch “Build number” seven times.',
      'Settings › System › Developer options: switch on “USB debugging”.',
    ],
    note: null,
  },
  {
    key: 'xiaomi',
    text: 'Xiaomi, Redmi, POCO',
    steps: [
      'Settings › About phone: touch “MIUI version” or “OS version” seven times.',
      'Settings › Additional settings › Developer options: switch on “USB debugging”.',
    ],
    note: '“USB debugging (Security settings)” is not needed: leave it off. No Mi Account and no SIM card is needed either.',
  },
  {
    key: 'samsung',
    text: 'Samsung',
    steps: [
      'Settings › About phone › Software information: touch “Build number” seven times.',
      'Settings › Developer options: switch on “USB debugging”.',
    ],
    note: 'If the switch is grey, “Auto Blocker” in Settings › Security and privacy holds it.',
  },
  {
    key: 'oppo',
    text: 'OPPO, realme, OnePlus',
    steps: [
      'Settings › About device › Version: touch “Build number” seven times.',
      'Settings › Additional settings (or System settings) › Developer options: switch on “USB debugging”.',
    ],
    note: null,
  },
  {
    key: 'vivo',
    text: 'vivo, iQOO',
    steps: [
      'Settings › About phone › Software information: touch “Software version” seven times.',
      'Settings › System (or More settings) › Developer options: switch on “USB debugging”.',
    ],
    note: null,
  },
  {
    key: 'huawei',
    text: 'Huawei, Honor',
    steps: [
      'Settings › About phone: touch “Build number” seven times.',
      'Settings › System & updates › Developer options: switch on “USB debugging”.',
    ],
    note: 'Where it switches itself off again, switch on “Allow ADB debugging in charge only mode” too.',
  },
];
