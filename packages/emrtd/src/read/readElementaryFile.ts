import { concatBytes, markPersonal } from '@cccd/core'
import type { ResponseApdu } from '@cccd/iso7816'
import { EmrtdError } from '../errors.js'
import { type FileName, files } from '../lds/fileNames.js'
import { maxFileLength } from '../lds/openFile.js'
import type { FileStatus } from '../reading/ChipReading.js'
import { type ChipSession, exchange } from './ChipSession.js'
import type { PartialFile } from './PartialReading.js'
import {
  answerCapacity,
  blockAt,
  currentBlock,
  hasData,
  isLengthRefusal,
  namedLength,
  readAtOffset,
  readByShortIdentifier,
  shortAnswer,
  shrinkBlock,
} from './readBinary.js'
import { typicalLength } from './typicalLength.js'

/** Tag and the longest length field: all that is needed to know how long a file is. */
const headerLength = 6
/** A chip that drips fewer bytes than this, with more to come, is not reading a file but wasting time. */
const smallestAnswer = 16

/**
 * Reads one file, or the rest of it, into the session's partial reading. Its length comes from its first block.
 *
 * @returns what became of it; a refusal of the chip is a status, not an error
 * @throws EmrtdError `EMRTD_FILE_TOO_LARGE`, `EMRTD_FILE_LENGTH`, `EMRTD_FILE_STATUS`, `EMRTD_FILE_MALFORMED`, `SM_…`
 */
export async function readElementaryFile(session: ChipSession, name: FileName): Promise<FileStatus> {
  const started = session.partial.files[name]
  if (started === undefined) {
    const first = await readFirstBlock(session, name)
    if (!hasData(first)) return refusal(first.sw)
    session.partial.files[name] = await openFile(session, name, first)
  } else if (started.received < started.bytes.length) {
    const sw = await selectFile(session, name)
    if (sw !== 0x9000) return refusal(sw)
  }
  const file = session.partial.files[name] as PartialFile
  report(session, name, file)
  while (file.received < file.bytes.length) {
    await readNextBlock(session, name, file)
    report(session, name, file)
  }
  return { status: 'read' }
}

function report(session: ChipSession, name: FileName, file: PartialFile): void {
  session.progress({ step: 'read-file', file: name, bytesRead: file.received, bytesTotal: file.bytes.length })
}

/** What came of a first block, and how much was asked for. */
interface FirstBlock extends ResponseApdu {
  readonly asked: number
}

type ReadFirst = (length: number) => Promise<ResponseApdu>

/** By short file identifier where the chip takes one, which saves the SELECT; else SELECT and READ BINARY. */
async function readFirstBlock(session: ChipSession, name: FileName): Promise<FirstBlock> {
  const { limits } = session
  const { sfi } = files[name]
  const known = limits.shortFileIdentifiers
  if (known !== false) {
    const block = await askFirstBlock(session, name, (length) => readByShortIdentifier(session, sfi, length))
    if (hasData(block)) limits.shortFileIdentifiers = true
    // What was handed in is no proof: until something came, a refusal may be one of short identifiers.
    if (hasData(block) || (known === true && session.provenBlock > 0)) return block
  }
  const sw = await selectByIdentifier(session, name)
  if (sw !== 0x9000) return { data: new Uint8Array(0), sw, asked: 0 }
  limits.shortFileIdentifiers = false
  return askFirstBlock(session, name, (length) => readAtOffset(session, 0, length))
}

/**
 * Asks for a whole block although the file may be shorter. Where the chip minds, the length it names or the header shows why: it
 * gives no block of that length, or nothing beyond the end of a file, and then short files are asked for their header first.
 */
async function askFirstBlock(session: ChipSession, name: FileName, read: ReadFirst): Promise<FirstBlock> {
  const { limits } = session
  const asked = currentBlock(session)
  const surelyLonger = typicalLength(name) > 2 * asked
  if (limits.headerFirst === true && !surelyLonger) return { ...(await read(headerLength)), asked: headerLength }
  const refused = await read(asked)
  if (hasData(refused) || !isLengthRefusal(refused.sw)) return { ...refused, asked }
  if (refused.sw === 0x6700 && answerCapacity(session) > shortAnswer) {
    shrinkBlock(session, refused.sw, asked)
    return askFirstBlock(session, name, read)
  }
  const named = namedLength(refused.sw)
  const less = named >= headerLength && named < asked ? named : headerLength
  const block = { ...(await read(less)), asked: less }
  const total = hasData(block) ? announcedLength(block.data) : undefined
  if (total !== undefined && total > asked) shrinkBlock(session, refused.sw, asked)
  else if (total !== undefined && less === headerLength) limits.headerFirst = true
  return block
}

/** SELECT by file identifier; where that is refused, READ BINARY of one byte by short identifier selects too. */
export async function selectFile(session: ChipSession, name: FileName): Promise<number> {
  const sw = await selectByIdentifier(session, name)
  if (sw === 0x9000 || session.limits.shortFileIdentifiers === false) return sw
  const read = await readByShortIdentifier(session, files[name].sfi, 1)
  return hasData(read) ? 0x9000 : sw
}

/** No answer data (Doc 9303-10, 3.6.2). */
async function selectByIdentifier(session: ChipSession, name: FileName): Promise<number> {
  const { fid } = files[name]
  const data = Uint8Array.of(fid >> 8, fid & 0xff)
  return (await exchange(session, 'select-file', { cla: 0, ins: 0xa4, p1: 0x02, p2: 0x0c, data })).sw
}

function refusal(sw: number): FileStatus {
  if (sw === 0x6a82 || sw === 0x6a83) return { status: 'not-found', sw }
  if (sw === 0x6982 || sw === 0x6985 || sw === 0x6986) return { status: 'access-denied', sw }
  return { status: 'failed', sw }
}

/** Room for a file from its header. A length that a chip says is compared with the cap before anything is allocated. */
async function openFile(session: ChipSession, name: FileName, first: FirstBlock): Promise<PartialFile> {
  let head = first.data
  let total = announcedLength(head)
  if (total === undefined && head.length < headerLength) {
    const more = await readAtOffset(session, head.length, headerLength - head.length)
    head = concatBytes(head, more.data)
    total = announcedLength(head)
  }
  if (total === undefined)
    throw new EmrtdError('EMRTD_FILE_MALFORMED', 'the file does not begin with tag and length', fileAt(name))
  const limit = Math.min(session.maxFileLength, maxFileLength(name))
  if (total > limit)
    throw new EmrtdError('EMRTD_FILE_TOO_LARGE', 'the file claims to be larger than allowed', {
      step: 'read-file',
      params: { file: name, length: total, limit },
    })
  const bytes = new Uint8Array(total)
  // Some chips give padding after the end of the content.
  const content = head.subarray(0, total)
  bytes.set(content)
  session.provenBlock = Math.max(session.provenBlock, content.length)
  if (content.length < Math.min(total, first.asked)) rememberShortAnswer(session, content.length)
  return markPersonal({ bytes, received: content.length }, 'PartialFile')
}

/** Tag, length field and value of the one element that a file holds. Undefined: header incomplete, or no definite length. */
function announcedLength(head: Uint8Array): number | undefined {
  const [tag, first] = head
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || tag === 0) return undefined
  if (first < 0x80) return 2 + first
  const count = first & 0x7f
  if (count === 0 || count > 4 || head.length < 2 + count) return undefined
  let length = 0
  for (const byte of head.subarray(2, 2 + count)) length = length * 256 + byte
  return 2 + count + length
}

async function readNextBlock(session: ChipSession, name: FileName, file: PartialFile): Promise<void> {
  const length = Math.min(blockAt(session, file.received), file.bytes.length - file.received)
  const response = await readAtOffset(session, file.received, length)
  if (hasData(response)) {
    const { data } = response
    if (data.length > length) throw new EmrtdError('EMRTD_FILE_LENGTH', 'the chip sent more than was asked for', fileAt(name))
    file.bytes.set(data, file.received)
    file.received += data.length
    session.provenBlock = Math.max(session.provenBlock, data.length)
    if (data.length < length) {
      if (response.sw === 0x6282 || data.length < smallestAnswer)
        throw new EmrtdError('EMRTD_FILE_LENGTH', 'the file ends before its length says', fileAt(name))
      rememberShortAnswer(session, data.length + currentBlock(session) - blockAt(session, file.received - data.length))
    }
    return
  }
  const { sw } = response
  if (sw === 0x9000) throw new EmrtdError('EMRTD_FILE_LENGTH', 'the chip sent nothing of the file', fileAt(name))
  if (sw === 0x6986 && session.limits.shortFileIdentifiers === true) {
    // Reading by short identifier did not make the file the current one.
    session.limits.shortFileIdentifiers = false
    if ((await selectFile(session, name)) === 0x9000) return
  }
  if (!isLengthRefusal(sw) || !shrinkBlock(session, sw, length))
    throw new EmrtdError('EMRTD_FILE_STATUS', 'the chip stopped in the middle of the file', { ...fileAt(name), sw })
}

/** A chip that gives less than asked, and more to come, has shown its largest block. */
function rememberShortAnswer(session: ChipSession, length: number): void {
  session.limits.largestBlock = Math.max(length, smallestAnswer)
}

function fileAt(name: FileName): { step: string; params: { file: string } } {
  return { step: 'read-file', params: { file: name } }
}
