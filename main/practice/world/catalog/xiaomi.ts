/** Xiaomi's preinstalled packages. Form as in aosp.ts; `role=` says what switching Xiaomi's cloud off does to it. */
export const xiaomiApps = `
com.xiaomi.xmsf | Xiaomi service framework | xmsf | priv role=push
com.xiaomi.account | Xiaomi Account | account | priv role=account
com.miui.cloudservice | Xiaomi Cloud | cloudsync | priv role=cloud
com.miui.micloudsync | - | cloudsync | priv role=cloud
com.miui.cloudbackup | - | cloudbackup | priv role=cloud
com.xiaomi.micloud.sdk | - | cloudsync | role=cloud
com.xiaomi.finddevice | - | cloudlight | priv role=cloud
com.xiaomi.simactivate.service | - | cloudlight | priv role=account
com.miui.gallery | Gallery | gallery | priv role=gallery
com.android.mms | Messaging | messaging | priv role=messaging
com.miui.smsextra | - | light | priv
com.miui.analytics | Analytics | telemetry | priv
com.xiaomi.security.onetrack | - | telemetry | from=31
com.miui.misightservice | - | telemetry | priv from=31
com.miui.daemon | - | telemetry | priv
com.miui.msa.global | msa | ads | priv
com.miui.securitycenter | Security | medium | priv uid=system
com.miui.guardprovider | - | light | priv from=26
com.miui.packageinstaller | - | light | priv
com.xiaomi.metoknlp | - | light | priv
com.xiaomi.location.fused | - | trace | priv
com.miui.powerkeeper | Battery and performance | light | priv uid=system
com.xiaomi.joyose | - | light | priv from=28
com.miui.cotaservice | - | trace | from=30
com.android.updater | Updater | update | priv
com.xiaomi.mipicks | GetApps | store | product
com.android.thememanager | Themes | ads | priv
com.miui.weather2 | Weather | weather | priv
com.miui.yellowpage | - | light | priv
com.miui.antispam | - | trace | priv
com.mi.globalbrowser | Mi Browser | browser | product
com.miui.hybrid | Quick apps | light | product
com.miui.bugreport | Services & feedback | trace |
com.miui.miservice | Services & feedback | trace | from=29
com.xiaomi.mi_connect_service | MiConnectService | light | priv from=29
com.xiaomi.smarthome | Mi Home | light | data
com.xiaomi.midrop | ShareMe | trace | data
com.miui.home | System launcher | light | priv
com.miui.system | - | silent | uid=system
com.miui.rom | - | silent | uid=system
com.miui.core | - | silent | uid=system
com.miui.miuibbs | - | trace |
com.miui.notes | Notes | cloudlight | role=cloud
com.miui.calculator | Calculator | trace | data
com.miui.compass | Compass | silent |
com.miui.player | Music | music | product
com.miui.videoplayer | Mi Video | ads | product
com.miui.screenrecorder | Screen Recorder | silent | from=26
com.android.soundrecorder | Recorder | silent |
com.android.fileexplorer | File Manager | light | product
com.android.deskclock | Clock | trace | 
com.android.calendar | Calendar | light | priv
com.android.contacts | Contacts | cloudlight | priv uid=contacts role=cloud
com.android.incallui | - | silent | priv
com.android.camera | Camera | trace | priv
com.miui.audioeffect | - | silent | priv
com.miui.backup | Backup | silent | priv
com.miui.cleanmaster | Cleaner | ads | priv
com.miui.extraphoto | - | trace |
com.miui.face | - | silent | from=28
com.miui.fm | FM Radio | silent |
com.miui.freeform | - | silent | from=29
com.miui.mishare.connectivity | Mi Share | trace | priv from=29
com.miui.misound | - | silent | 
com.miui.nextpay | - | trace |
com.miui.phrase | - | silent | from=29
com.miui.provision | - | trace | priv
com.miui.securityadd | - | trace | priv uid=system
com.miui.securitycore | - | trace | priv uid=system from=28
com.miui.sysopt | - | silent | to=28
com.miui.touchassistant | Quick Ball | silent |
com.miui.translation.kingsoft | - | trace | to=30
com.miui.vsimcore | - | trace | priv
com.miui.wmsvc | - | light | from=28
com.xiaomi.bluetooth | - | trace | uid=bluetooth from=28
com.xiaomi.discover | System apps updater | light | priv
com.xiaomi.payment | Mi Pay | trace | product
com.xiaomi.scanner | Scanner | trace |
com.xiaomi.glgm | Games | ads | product
com.xiaomi.upnp | - | silent | to=30
com.xiaomi.cameratools | - | silent | from=28
com.xiaomi.powerchecker | - | silent | priv
com.facebook.system | - | light | priv
com.facebook.appmanager | - | light |
com.facebook.services | - | light | priv from=26
com.qualcomm.qti.cne | - | silent | uid=phone
com.qualcomm.location | - | light | uid=system
com.qualcomm.timeservice | - | silent | uid=phone
org.mipay.android.manager | - | silent | from=26
`;
