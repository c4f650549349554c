import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** The folder of vectors that are not part of this project, or undefined where it is absent. */
export const sharedVectors: string | undefined = [process.env.CCCD_VECTORS, join(here, '../../shared/vectors')].find(
  (folder) => folder !== undefined && existsSync(join(folder, 'SHA256SUMS')),
)

/** The path of a shared vector. @throws Error when the folder is absent: guard suites with `describe.skipIf(sharedVectors === undefined)` */
export function vectorPath(...parts: readonly string[]): string {
  if (sharedVectors === undefined) throw new Error('shared vectors are not here; set CCCD_VECTORS')
  return join(sharedVectors, ...parts)
}

export function readVector(...parts: readonly string[]): Uint8Array {
  return new Uint8Array(readFileSync(vectorPath(...parts)))
}

export function readVectorJson<Shape>(...parts: readonly string[]): Shape {
  return JSON.parse(readFileSync(vectorPath(...parts), 'utf8')) as Shape
}

export function vectorFiles(...parts: readonly string[]): string[] {
  const folder = vectorPath(...parts)
  return readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile())
}

/** A transcription of a published worked example, kept in this project. */
export function readOwnVector<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(join(here, name), 'utf8')) as Shape
}
