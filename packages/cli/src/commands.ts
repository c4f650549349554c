import type { CommandSpec } from './CommandSpec.js'
import { cardNew } from './commands/cardNew.js'
import { cardProfile } from './commands/cardProfile.js'
import { cardProfiles } from './commands/cardProfiles.js'
import { cardServe } from './commands/cardServe.js'
import { demo } from './commands/demo.js'
import { doctor } from './commands/doctor.js'
import { qr } from './commands/qr.js'
import { read } from './commands/read.js'
import { readers } from './commands/readers.js'
import { traceReplay } from './commands/traceReplay.js'
import { traceScrub } from './commands/traceScrub.js'
import { traceView } from './commands/traceView.js'
import { trustBuild } from './commands/trustBuild.js'
import { trustCensus } from './commands/trustCensus.js'
import { trustExplain } from './commands/trustExplain.js'
import { trustInspect } from './commands/trustInspect.js'
import { trustPin, trustUnpin } from './commands/trustPin.js'
import { trustRecheck } from './commands/trustRecheck.js'
import { verify } from './commands/verify.js'

/** Every command, in the order of the help. */
export const commands: readonly CommandSpec[] = [
  demo,
  qr,
  read,
  verify,
  cardNew,
  cardServe,
  cardProfiles,
  cardProfile,
  trustInspect,
  trustBuild,
  trustCensus,
  trustPin,
  trustUnpin,
  trustRecheck,
  trustExplain,
  traceView,
  traceScrub,
  traceReplay,
  readers,
  doctor,
]
