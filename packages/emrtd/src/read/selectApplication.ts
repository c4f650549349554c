import { EmrtdError } from '../errors.js'
import { type ChipSession, exchange } from './ChipSession.js'

/** AID of the LDS1 eMRTD application (Doc 9303-10, 4.1). */
export const ldsApplication: Uint8Array = /* @__PURE__ */ Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)

/**
 * SELECT of the LDS application by its name, no answer data (Doc 9303-10, 3.6.1).
 * @throws EmrtdError `EMRTD_APPLICATION_NOT_FOUND`
 */
export async function selectApplication(session: ChipSession): Promise<void> {
  const step = 'select-application'
  const { sw } = await exchange(session, step, { cla: 0, ins: 0xa4, p1: 0x04, p2: 0x0c, data: ldsApplication })
  if (sw !== 0x9000)
    throw new EmrtdError('EMRTD_APPLICATION_NOT_FOUND', 'the chip has no travel document application', { step, sw })
  session.applicationSelected = true
}
