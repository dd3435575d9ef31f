/** Samsung's preinstalled packages. Form as in aosp.ts. */
export const samsungApps = `
com.sec.spp.push | Samsung Push Service | push | priv
com.samsung.android.scloud | Samsung Cloud | cloudlight | priv
com.osp.app.signin | Samsung account | account | priv
com.sec.android.diagmonagent | - | telemetry | priv uid=system
com.samsung.android.dqagent | - | telemetry | priv uid=system from=29
com.samsung.android.knox.analytics.uploader | - | telemetry | priv from=28
com.samsung.android.rubin.app | Customization Service | telemetry | priv from=26
com.samsung.android.lool | Device care | light | priv uid=system from=24
com.samsung.android.game.gos | - | light | priv from=26
com.samsung.android.game.gametools | Game Booster | trace | priv from=24
com.samsung.android.game.gamehome | Gaming Hub | ads | from=24
com.sec.android.app.samsungapps | Galaxy Store | store | priv
com.wssyncmldm | Software update | update | priv uid=system
com.samsung.android.fmm | - | light | priv uid=system from=26
com.sec.android.app.launcher | One UI Home | trace | priv
com.samsung.android.messaging | Messages | push | priv uid=phone
com.samsung.android.dialer | Phone | trace | priv from=28
com.samsung.android.incallui | - | silent | priv uid=phone
com.samsung.android.contacts | Contacts | trace | priv uid=contacts from=24
com.samsung.android.app.contacts | - | trace | from=28
com.samsung.android.calendar | Calendar | light | 
com.samsung.android.email.provider | Email | mail | data
com.sec.android.app.sbrowser | Internet | browser | data
com.sec.android.gallery3d | Gallery | gallery | priv
com.sec.android.app.camera | Camera | trace | priv
com.sec.android.app.myfiles | My Files | light | priv
com.sec.android.app.clockpackage | Clock | trace |
com.sec.android.app.popupcalculator | Calculator | trace |
com.sec.android.app.voicenote | Voice Recorder | trace | data
com.samsung.android.app.notes | Samsung Notes | light | data from=24
com.samsung.android.bixby.agent | Bixby | medium | priv from=24
com.samsung.android.bixby.service | - | light | priv from=26
com.samsung.android.bixby.wakeup | - | trace | priv from=26
com.samsung.android.visionintelligence | Bixby Vision | light | priv from=26
com.samsung.android.app.spage | Samsung Free | ads | priv from=24
com.samsung.android.themestore | Galaxy Themes | light | priv from=24
com.samsung.android.themecenter | - | trace | priv from=26
com.samsung.android.app.tips | Tips | trace | from=26
com.samsung.android.arzone | AR Zone | trace | from=29
com.samsung.android.aremoji | AR Emoji | trace | from=28
com.samsung.android.oneconnect | SmartThings | light | priv from=26
com.samsung.android.mobileservice | Group Sharing | light | priv from=26
com.samsung.android.kgclient | - | light | priv uid=system from=28
com.samsung.android.securitylogagent | Security policy updates | light | priv uid=system
com.samsung.android.providers.context | - | trace | priv
com.samsung.android.provider.filterprovider | - | silent | uid=system
com.samsung.android.samsungpass | Samsung Pass | trace | priv from=26
com.samsung.android.samsungpassautofill | - | silent | priv from=28
com.samsung.android.spay | Samsung Wallet | light | priv from=24
com.samsung.android.sm.devicesecurity | - | light | from=26
com.samsung.android.smartswitchassistant | - | silent | priv from=28
com.sec.android.easyMover | Smart Switch | trace | priv
com.samsung.android.stickercenter | - | trace | from=26
com.samsung.android.wellbeing | - | silent | priv from=28 to=30
com.samsung.android.forest | Digital Wellbeing | trace | priv from=29
com.samsung.knox.securefolder | Secure Folder | trace | priv uid=system from=24
com.sec.enterprise.knox.cloudmdm.smdms | - | light | priv
com.samsung.android.knox.containercore | - | trace | priv uid=system from=24
com.samsung.android.honeyboard | Samsung Keyboard | light | priv from=29
com.sec.android.inputmethod | Samsung Keyboard | light | priv to=28
com.sec.android.daemonapp | Weather | weather | priv
com.samsung.android.app.routines | Modes and Routines | trace | priv from=28
com.samsung.android.app.sharelive | Quick Share | light | priv from=29
com.samsung.android.mdx | Link to Windows Service | trace | priv from=29
com.samsung.android.net.wifi.wifiguider | - | trace | from=29
com.samsung.android.wifi.softap.resources | - | silent | from=33
com.samsung.android.ipsgeofence | - | trace | priv from=29
com.samsung.android.location | - | light | uid=system
com.samsung.android.authfw | - | trace | priv
com.samsung.android.beaconmanager | - | silent | priv from=26
com.samsung.android.bbc.bbcagent | - | silent | priv uid=system
com.samsung.cmh | - | light | priv uid=media from=24
com.samsung.sree | Samsung Global Goals | trace | data from=29
com.samsung.android.voc | Samsung Members | light | data
com.samsung.android.app.watchmanagerstub | - | trace | 
com.sec.android.app.hwmoduletest | - | silent | priv uid=system
com.sec.android.app.servicemodeapp | - | silent | priv uid=phone
com.sec.android.app.soundalive | SoundAlive | silent | uid=system
com.sec.android.app.wlantest | - | silent | uid=system
com.sec.android.app.DataCreate | - | silent |
com.sec.android.soagent | - | update | priv uid=system
com.sec.imsservice | - | ims | priv uid=phone
com.sec.location.nsflp2 | - | light | priv from=24
com.sec.epdg | - | ims | priv uid=phone
com.facebook.system | - | light | priv
com.facebook.appmanager | - | light | 
com.facebook.services | - | light | priv from=26
com.microsoft.skydrive | OneDrive | cloud | data from=24
com.microsoft.appmanager | Link to Windows | light | from=28
com.linkedin.android | LinkedIn | social | data from=29
com.touchtype.swiftkey | Microsoft SwiftKey Keyboard | light | to=28
`;
