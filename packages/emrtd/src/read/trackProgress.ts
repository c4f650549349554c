import type { FileName } from '../lds/fileNames.js'
import type { PartialReading } from './PartialReading.js'
import { type PlannedStep, planSteps } from './planSteps.js'
import type { ReadChipOptions, ReadProgress, ReadStep } from './ReadChipOptions.js'
import { typicalLength } from './typicalLength.js'

/** What a step says of itself. */
export type Announcement = Pick<ReadProgress, 'step' | 'file' | 'bytesRead' | 'bytesTotal'>

/** Milliseconds that chips take for what is no reading, and for one byte, before this one has shown its own. */
const typicalMs: Readonly<Partial<Record<ReadStep, number>>> = {
  open: 1_200,
  'chip-authentication': 700,
  'active-authentication': 400,
}
const typicalMsPerByte = 0.12

/** Tells a caller where a read stands: each announcement with the bytes of the whole read and an estimate of the time left. */
export function trackProgress(
  options: ReadChipOptions,
  partial: PartialReading,
  clock: () => number,
): (at: Announcement) => void {
  const { onProgress } = options
  if (onProgress === undefined) return () => undefined
  const plan = planSteps(options)
  let position = 0
  let fraction = 0
  let before: { readonly file: FileName | undefined; readonly bytes: number; readonly ms: number } | undefined
  let bytesMeasured = 0
  let msMeasured = 0

  return (at) => {
    const found = plan.findIndex(({ step, file }) => step === at.step && file === at.file)
    position = Math.max(position, found)
    const now = clock()
    const { file, bytesRead: bytes = 0 } = at
    if (before !== undefined && file !== undefined && before.file === file && bytes > before.bytes) {
      bytesMeasured += bytes - before.bytes
      msMeasured += Math.max(0, now - before.ms)
    }
    before = { file, bytes, ms: now }

    const { done, expected } = bytesOf(plan, partial, position)
    fraction = Math.max(fraction, expected === 0 ? 1 : done / expected)
    const msPerByte = bytesMeasured > 0 ? msMeasured / bytesMeasured : typicalMsPerByte
    const steps = plan.slice(position).reduce((sum, { step }) => sum + (typicalMs[step] ?? 0), 0)
    const msLeft = Math.round(steps + (expected - done) * msPerByte)
    onProgress({ ...at, bytesDone: done, bytesExpected: expected, fraction, msLeft })
  }
}

/** A file that was refused, or given up, has no bytes to come; one that has not begun is as long as such files are. */
function bytesOf(
  plan: readonly PlannedStep[],
  { files, fileStatus }: PartialReading,
  position: number,
): { readonly done: number; readonly expected: number } {
  let done = 0
  let expected = 0
  plan.forEach(({ file }, index) => {
    if (file === undefined) return
    const begun = files[file]
    const over = index < position && fileStatus[file] !== undefined
    done += begun?.received ?? 0
    expected += over ? (begun?.received ?? 0) : (begun?.bytes.length ?? typicalLength(file))
  })
  return { done, expected }
}
