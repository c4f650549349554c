import type { CurveName } from '@cccd/crypto'
import { defaultCrypto, generateKeyPair } from '@cccd/crypto/default'
import { seededRandom } from '../seededRandom.js'
import { transcript } from './transcript.js'

/** Hermes has `print`, others a console. */
declare const print: ((line: string) => void) | undefined

const runtimeCurves: readonly CurveName[] = ['P-256', 'brainpoolP256r1']
const say = (line: string): void => (typeof print === 'function' ? print(line) : console.log(line))

transcript(defaultCrypto(), generateKeyPair, seededRandom('runtime'), runtimeCurves).then(
  (lines) =>
    say(
      [...lines, `self ${typeof Reflect.get(globalThis, 'self')}`, JSON.stringify(defaultCrypto().backends), 'done'].join('\n'),
    ),
  (error: unknown) => say(`failed ${String(error)}`),
)
