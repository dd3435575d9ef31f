interface UsbVendor {
  /** Null: maker of chips for phones of many makers. */
  readonly maker: string | null;
  /** What has this id and offers files or a network is a phone or tablet. Else only what offers its pictures and files as phones do. */
  readonly phonesOnly: boolean;
  /** Product ids of phones, where the maker gives its id to cameras and the like too. */
  readonly products?: RegExp;
}

const phones = (maker: string): UsbVendor => ({ maker, phonesOnly: true });
const mixed = (maker: string | null, products?: RegExp): UsbVendor => ({
  maker,
  phonesOnly: false,
  ...(products && { products }),
});

/**
 * Who has which USB vendor id, for those that make Android phones. Facts of the USB IDs list (linux-usb.org) and of the
 * rules that Linux distributions ship for adb (`51-android.rules`).
 */
const vendors: Readonly<Record<string, UsbVendor>> = {
  '2717': phones('Xiaomi'),
  '2a70': phones('OnePlus'),
  '22d9': phones('OPPO'),
  '2d95': phones('vivo'),
  '0bb4': phones('HTC'),
  '22b8': phones('Motorola'),
  '0fce': phones('Sony'),
  '2e04': phones('Nokia'),
  '2ae5': phones('Fairphone'),
  '2a45': phones('Meizu'),
  '339b': phones('Honor'),
  '1bbb': phones('TCL'),
  '1004': phones('LG'),
  '2a96': phones('Micromax'),
  '2e17': phones('Essential'),
  '2b0e': phones('LeEco'),
  '2b4c': phones('ZUK'),
  '2a47': phones('BQ'),
  '2970': phones('Wileyfox'),
  '1ebf': phones('YU'),
  '109b': phones('Hisense'),
  '10a9': phones('Pantech'),
  '2c3f': phones('Nextbit'),
  '2916': phones('Yota'),
  // 13xx are cameras, 3xxx printers.
  '04e8': mixed('Samsung', /^6/),
  '18d1': mixed('Google'),
  '12d1': mixed('Huawei'),
  '19d2': mixed('ZTE'),
  '17ef': mixed('Lenovo'),
  '0b05': mixed('ASUS'),
  '0502': mixed('Acer'),
  '0421': mixed('Nokia'),
  '04dd': mixed('Sharp'),
  '0482': mixed('Kyocera'),
  '0fca': mixed('BlackBerry'),
  '05e0': mixed('Zebra'),
  '0c2e': mixed('Honeywell'),
  '0e8d': mixed(null),
  '05c6': mixed(null),
  '1782': mixed(null),
  '2207': mixed(null),
};

/** Modes without Android, by USB ids: what phones show while only the maker's tools can talk to them. */
const downloadModes: ReadonlySet<string> = new Set([
  '04e8:685d', // Samsung, Download mode (Odin, Heimdall)
  '04e8:68c3', // Samsung, older
  '05c6:9008', // Qualcomm, emergency download
  '05c6:900e', // Qualcomm, after a crash
  '0e8d:0003', // MediaTek, boot ROM
  '0e8d:2000', // MediaTek, preloader
  '1782:4d00', // Unisoc, download
]);

/** The vendor of an id, or null where it makes no phones that are known here. */
export function usbVendor(vendorId: string): UsbVendor | null {
  return Object.hasOwn(vendors, vendorId) ? vendors[vendorId]! : null;
}

/** Whether these ids are those of a mode without Android. */
export function isDownloadMode(vendorId: string, productId: string): boolean {
  return downloadModes.has(`${vendorId}:${productId}`);
}
