/** What a maker adds who adds little: the open source apps under their own names. Form as in aosp.ts. */
export const plainApps = `
com.android.launcher3 | Launcher3 | silent | priv
com.android.dialer | Phone | trace | priv
com.android.contacts | Contacts | trace | priv uid=contacts
com.android.messaging | Messaging | trace |
com.android.calendar | Calendar | trace |
com.android.deskclock | Clock | silent |
com.android.calculator2 | Calculator | silent |
com.android.camera2 | Camera | silent | priv
com.android.gallery3d | Gallery | trace |
com.android.music | Music | silent |
com.android.email | Email | mail | to=29
com.android.inputmethod.latin | Android Keyboard (AOSP) | silent |
com.android.quicksearchbox | Search | trace |
com.android.traceur | System Tracing | silent | uid=system from=28
com.android.simappdialog | - | silent | priv from=28
com.mediatek.ims | - | ims | uid=phone
com.mediatek.nlpservice | - | light | from=23
com.mediatek.mtklogger | MTKLogger | silent | uid=system
com.mediatek.engineermode | - | silent | uid=phone
com.adups.fota | Wireless update | telemetry | priv to=24
com.plainphone.updater | System update | update | priv uid=system
`;
