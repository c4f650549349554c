import { withPatience } from '@cccd/iso7816'
import { NfcSessionError } from './errors.js'
import type { NfcLibrary, NfcManagerPort } from './NfcLibrary.js'
import { nfcSessionError } from './nfcSessionError.js'

/** The one session a phone can have, and the end of the last one. */
interface Phone {
  open: boolean
  ended: Promise<void>
  started: boolean
}

const phones = /* @__PURE__ */ new WeakMap<NfcManagerPort, Phone>()

/** Android frees the tag only after the command under way (4 s) and leaves reader mode a second later; nobody waits longer for an end. */
const longestEnd = 6000

/** Takes the phone's NFC, after the end of the session before. @returns the way to give it back, to be called once */
export async function takePhone({ default: manager, NfcError }: NfcLibrary): Promise<(texts: EndTexts) => void> {
  const phone = phoneOf(manager)
  if (phone.open) throw new NfcSessionError('NFC_BUSY', 'a session is open')
  phone.open = true
  try {
    await phone.ended
    if (!(await manager.isSupported())) throw new NfcSessionError('NFC_UNSUPPORTED', 'the phone has no NFC')
    // Once: on iOS it forgets a session, on Android it registers one more receiver.
    if (!phone.started) await manager.start()
    phone.started = true
    if (!(await manager.isEnabled())) throw new NfcSessionError('NFC_DISABLED', 'NFC is switched off')
  } catch (error) {
    phone.open = false
    throw nfcSessionError(error, NfcError)
  }
  return (texts) => {
    phone.ended = withPatience(
      endSession(manager, texts).catch(() => undefined),
      longestEnd,
    )
    phone.open = false
  }
}

/** What the sheet of iOS says at the end. */
export interface EndTexts {
  readonly done?: string | undefined
  readonly failed?: string | undefined
}

async function endSession(manager: NfcManagerPort, { done, failed }: EndTexts): Promise<void> {
  try {
    if (failed !== undefined) await manager.invalidateSessionWithErrorIOS?.(failed)
    else if (done !== undefined) await manager.setAlertMessageIOS?.(done)
  } finally {
    await manager.cancelTechnologyRequest()
  }
}

function phoneOf(manager: NfcManagerPort): Phone {
  const known = phones.get(manager)
  if (known !== undefined) return known
  const phone: Phone = { open: false, ended: Promise.resolve(), started: false }
  phones.set(manager, phone)
  return phone
}
