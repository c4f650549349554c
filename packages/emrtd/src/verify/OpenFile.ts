import type { FileName } from '../lds/fileNames.js'
import type { Parsed } from '../lds/openFile.js'

/** Reads one file of a reading; one that is missing or malformed says nothing. */
export type OpenFile = <Value>(file: FileName, read: (bytes: Uint8Array) => Parsed<Value>) => Value | undefined
