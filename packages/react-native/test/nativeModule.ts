import type { CardChannel } from '@cccd/iso7816'

type Callback = (error?: string | null, ...results: unknown[]) => void
export type System = 'android' | 'ios'

/** What the native half of the library is told to do, and what it was asked. */
export interface Phone {
  readonly system: System
  supported: boolean
  enabled: boolean
  /** The card in the field, as soon as one is asked for; `wrong` is one of another technology. */
  card: CardChannel | 'wrong' | undefined
  /** Android: what `IsoDep.getMaxTransceiveLength` says. */
  maxTransceiveLength: number
  /** The next exchange ends with this text instead. */
  failNext: string | undefined
  /** Calls by name, with their arguments but no bytes of commands. */
  readonly calls: string[]
  /** Closes the session from outside, as the person or the system does; iOS. */
  endSession(error: string): void
  readonly sessionOpen: boolean
}

/** The native module of `react-native-nfc-manager` 3.17 as its Java and Objective-C sources answer, over a software card. */
export function nativeModule(system: System): { native: Record<string, (...words: never[]) => void>; phone: Phone } {
  const calls: string[] = []
  let pending: Callback | undefined
  let open = false
  let registered = false
  const phone: Phone = {
    system,
    supported: true,
    enabled: true,
    card: undefined,
    maxTransceiveLength: 65_279,
    failNext: undefined,
    calls,
    get sessionOpen() {
      return open
    },
    endSession(error) {
      open = false
      const callback = pending
      pending = undefined
      callback?.(error)
    },
  }
  const note = (name: string, ...words: unknown[]): void => void calls.push([name, ...words].join(' '))

  function transceive(bytes: number[], done: (error: string | undefined, response: number[]) => void): void {
    note('transceive')
    const lost = system === 'ios' ? 'NFCError:100' : 'transceive fail'
    const { card, failNext } = phone
    phone.failNext = undefined
    if (failNext !== undefined) done(failNext, [])
    else if (!open) done(system === 'ios' ? 'Not even registered' : 'no tech request available', [])
    else if (card === undefined || card === 'wrong') done(lost, [])
    else
      card.transmit(Uint8Array.from(bytes)).then(
        (response) => done(undefined, [...response]),
        () => done(lost, []),
      )
  }
  const detect = (): void => {
    const callback = pending
    if (phone.card === undefined) return
    // Core NFC only reports tags of the kinds asked for; Android reports the tag and connects to none.
    if (phone.card === 'wrong' && system === 'ios') return
    pending = undefined
    callback?.(null, phone.card === 'wrong' ? null : 'IsoDep')
  }
  const request = (callback: Callback): void => {
    open = true
    pending = callback
    void Promise.resolve().then(detect)
  }
  const shared = {
    start(callback: Callback) {
      note('start')
      callback()
    },
    isSupported(_technology: string, callback: Callback) {
      callback(null, phone.supported)
    },
  }
  const android = {
    ...shared,
    isEnabled: (callback: Callback) => callback(null, phone.enabled),
    hasTagEventRegistration: (callback: Callback) => callback(null, registered),
    registerTagEvent(
      options: { isReaderModeEnabled: boolean; readerModeFlags: number; readerModeDelay: number },
      callback: Callback,
    ) {
      note('registerTagEvent', options.isReaderModeEnabled, options.readerModeFlags, options.readerModeDelay)
      registered = true
      callback()
    },
    unregisterTagEvent(callback: Callback) {
      note('unregisterTagEvent')
      registered = false
      callback()
    },
    requestTechnology(technologies: string[], callback: Callback) {
      note('requestTechnology', technologies)
      if (open) return callback('You can only issue one request at a time')
      request(callback)
    },
    cancelTechnologyRequest(callback: Callback) {
      note('cancelTechnologyRequest')
      if (open) phone.endSession('cancelled')
      callback()
    },
    setTimeout(timeout: number, callback: Callback) {
      note('setTimeout', timeout)
      callback()
    },
    getMaxTransceiveLength: (callback: Callback) => callback(null, phone.maxTransceiveLength),
    transceive: (bytes: number[], callback: Callback) =>
      transceive(bytes, (error, response) => (error === undefined ? callback(null, response) : callback(error))),
  }
  const ios = {
    ...shared,
    requestTechnology(technologies: string[], options: { alertMessage: string }, callback: Callback) {
      note('requestTechnology', technologies, options.alertMessage)
      if (open) return callback('Duplicated registration')
      request(callback)
    },
    cancelTechnologyRequest(callback: Callback) {
      note('cancelTechnologyRequest')
      if (!open) return callback('Not even registered')
      phone.endSession('NFCError:200')
      callback()
    },
    setAlertMessage(text: string, callback: Callback) {
      if (!open) return callback('Not even registered')
      note('setAlertMessage', text)
      callback()
    },
    invalidateSessionWithError(text: string, callback: Callback) {
      note('invalidateSessionWithError', text)
      phone.endSession('NFCError:200')
      callback()
    },
    sendCommandAPDUBytes: (bytes: number[], callback: Callback) =>
      transceive(bytes, (error, response) => {
        if (error !== undefined) return callback(error, null)
        const [sw1, sw2] = response.slice(-2)
        callback(null, response.slice(0, -2), sw1, sw2)
      }),
  }
  return { native: system === 'ios' ? ios : android, phone }
}

/** What `import 'react-native'` gives the library. */
export function reactNative(system: System): { module: object; phone: Phone } {
  const { native, phone } = nativeModule(system)
  const module = {
    Platform: { OS: system },
    NativeModules: { NfcManager: native },
    NativeEventEmitter: class {
      addListener(): void {}
    },
  }
  return { module, phone }
}
