/**
 * Packages that nearly every Android phone carries. One a line: package | launcher label or `-` | habit | marks.
 * Marks: `priv`, `product`, `sysext` (where the code lies; default /system/app), `uid=NAME` (shared uid), `from=SDK`, `to=SDK`.
 */
export const aospApps = `
android | - | silent | framework uid=system
com.android.settings | Settings | trace | priv uid=system
com.android.systemui | - | silent | priv uid=systemui
com.android.phone | - | trace | priv uid=phone
com.android.providers.telephony | - | silent | priv uid=phone
com.android.server.telecom | - | silent | priv uid=system
com.android.keychain | - | silent | uid=system
com.android.location.fused | - | silent | priv uid=system
com.android.inputdevices | - | silent | priv uid=system
com.android.providers.settings | - | silent | priv uid=system
com.android.wallpaperbackup | - | silent | priv uid=system to=35
com.android.providers.downloads | - | download | priv uid=media
com.android.providers.downloads.ui | Downloads | silent | uid=media to=28
com.android.providers.media | - | trace | priv uid=media
com.android.mtp | - | silent | priv uid=media
com.android.providers.contacts | - | silent | priv uid=contacts
com.android.providers.userdictionary | - | silent | uid=contacts
com.android.providers.blockednumber | - | silent | priv uid=contacts from=24
com.android.calllogbackup | - | silent | priv uid=contacts from=24
com.android.providers.calendar | - | silent | priv
com.android.bluetooth | - | silent | uid=bluetooth
com.android.nfc | - | silent | uid=nfc
com.android.shell | - | trace | priv uid=shell
com.android.packageinstaller | - | silent | priv
com.android.externalstorage | - | silent | priv
com.android.documentsui | Files | trace | priv from=24
com.android.certinstaller | - | silent |
com.android.htmlviewer | - | silent |
com.android.pacprocessor | - | silent |
com.android.proxyhandler | - | trace | priv
com.android.vpndialogs | - | silent | priv
com.android.backupconfirm | - | silent | priv
com.android.sharedstoragebackup | - | silent | priv
com.android.defcontainer | - | silent | priv to=29
com.android.managedprovisioning | - | trace | priv
com.android.mms.service | - | trace | priv uid=phone
com.android.carrierconfig | - | silent | from=23
com.android.statementservice | - | light | priv from=23
com.android.captiveportallogin | - | trace | 
com.android.cellbroadcastreceiver | - | silent | priv
com.android.stk | SIM Toolkit | silent | uid=phone
com.android.printspooler | - | trace |
com.android.bips | - | trace | from=27
com.android.dreams.basic | - | silent |
com.android.wallpaper.livepicker | - | silent |
com.android.storagemanager | - | silent | priv from=26
com.android.companiondevicemanager | - | silent | from=26
com.android.ons | - | silent | priv from=29
com.android.dynsystem | - | trace | priv uid=system from=29
com.android.networkstack | - | stack | priv uid=networkstack from=29
com.android.networkstack.tethering | - | silent | priv uid=networkstack from=30
com.android.modulemetadata | - | silent | from=29
com.android.permissioncontroller | - | silent | priv from=29
com.android.se | - | silent | uid=secureelement from=28
com.android.hotspot2.osulogin | - | silent | from=29
com.android.wifi.resources | - | silent | from=30
com.android.bluetoothmidiservice | - | silent | from=26
com.android.cts.ctsshim | - | silent | from=26
com.android.cts.priv.ctsshim | - | silent | priv from=24
com.android.adservices.api | - | light | from=33
com.android.sdksandbox | - | silent | from=33
com.android.healthconnect.controller | Health Connect | silent | from=34
com.android.rkpdapp | - | light | from=34
com.android.credentialmanager | - | silent | priv from=34
com.android.intentresolver | - | silent | priv from=34
com.android.virtualmachine.res | - | silent | from=34
com.android.devicelockcontroller | - | trace | from=34
`;

/** Google's own, on every phone here that has its services. */
export const googleBase = `
com.google.android.gms | Google Play services | gms | priv uid=gms product
com.google.android.gsf | - | light | priv uid=gms product
com.android.vending | Google Play Store | store | priv product
com.google.android.webview | - | silent | product
com.google.android.setupwizard | - | trace | priv product
com.google.android.syncadapters.contacts | - | trace | product
com.google.android.configupdater | - | light | priv product
com.google.android.googlequicksearchbox | Google | medium | priv product
com.google.android.youtube | YouTube | video | product
com.google.android.gm | Gmail | mail | product
com.google.android.apps.maps | Maps | maps | product
com.android.chrome | Chrome | browser | product
com.google.android.apps.photos | Photos | cloud | product from=23
com.google.android.tts | Speech Recognition and Synthesis | trace | product
com.google.android.partnersetup | - | trace | priv product
com.google.android.onetimeinitializer | - | silent | priv product
com.google.android.feedback | - | trace | priv product
`;

/** Google's own beyond the base, on Google's phones and partly on others. */
export const googleMore = `
com.google.android.calendar | Calendar | light | product
com.google.android.contacts | Contacts | light | product
com.google.android.dialer | Phone | light | priv product
com.google.android.apps.messaging | Messages | push | product
com.google.android.deskclock | Clock | trace | product
com.google.android.calculator | Calculator | trace | product
com.google.android.inputmethod.latin | Gboard | light | product
com.google.android.apps.docs | Drive | light | product
com.google.android.apps.tachyon | Meet | light | product
com.google.android.apps.wellbeing | Digital Wellbeing | trace | priv product from=28
com.google.android.GoogleCamera | Camera | trace | product
com.google.android.apps.nexuslauncher | Pixel Launcher | trace | priv product from=24
com.google.android.apps.turbo | Device Health Services | light | priv product from=26
com.google.android.as | Android System Intelligence | light | priv product from=28
com.google.android.markup | - | silent | product from=28
com.google.android.apps.wallpaper | Wallpapers | trace | product
com.google.android.apps.safetyhub | Personal Safety | trace | product from=29
com.google.android.apps.recorder | Recorder | trace | product from=29
com.google.android.apps.subscriptions.red | Google One | trace | product from=29
com.google.android.apps.youtube.music | YouTube Music | music | product
com.google.android.apps.tips | Pixel Tips | trace | product from=28
com.google.android.projection.gearhead | Android Auto | trace | product from=29
com.google.android.videos | Google TV | trace | product
com.google.android.marvin.talkback | Android Accessibility Suite | silent | product
com.google.android.printservice.recommendation | - | trace | product from=24
com.google.android.apps.scone | Adaptive Connectivity Services | light | priv product from=31
com.google.android.odad | - | trace | product from=33
com.google.android.euicc | SIM Manager | trace | priv product from=28
com.google.android.carrier | - | light | product from=26
com.google.android.ims | Carrier Services | push | product from=26
`;
