/** What is used of the manager of `react-native-nfc-manager`. Its types promise every method on both systems; at run time each has its own. */
export interface NfcManagerPort {
  start(): Promise<void>
  isSupported(): Promise<boolean>
  isEnabled(): Promise<boolean>
  requestTechnology(technology: string | string[], options?: RequestOptions): Promise<string | null>
  cancelTechnologyRequest(options?: { delayMsAndroid?: number }): Promise<void>
  readonly isoDepHandler: { transceive(bytes: number[]): Promise<number[]> }
  /** Android: milliseconds for a command. */
  setTimeout?(timeout: number): Promise<void>
  /** Android: the longest command, in bytes; 261 where the phone has short APDUs only. */
  getMaxTransceiveLength?(): Promise<number>
  /** iOS: the text of the sheet. */
  setAlertMessageIOS?(text: string): Promise<void>
  /** iOS: ends the session with a text and a warning sign. */
  invalidateSessionWithErrorIOS?(text: string): Promise<void>
}

interface RequestOptions {
  alertMessage?: string
  isReaderModeEnabled?: boolean
  readerModeFlags?: number
  readerModeDelay?: number
}

type ErrorClass = abstract new (...values: never[]) => object

/** The error classes of the library that are told apart. A minified app has changed their names, so the classes themselves are asked. */
export interface NfcErrorClasses {
  readonly UnsupportedFeature: ErrorClass
  readonly SecurityViolation: ErrorClass
  readonly InvalidParameterLength: ErrorClass
  readonly RadioDisabled: ErrorClass
  readonly SessionInvalidated: ErrorClass
  readonly PacketTooLong: ErrorClass
  readonly UserCancel: ErrorClass
  readonly Timeout: ErrorClass
  readonly SystemBusy: ErrorClass
}

/** `react-native-nfc-manager`, as `import * as nfc from 'react-native-nfc-manager'` gives it. */
export interface NfcLibrary {
  readonly default: NfcManagerPort
  readonly NfcError: NfcErrorClasses
}
