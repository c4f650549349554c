import { type Finding, readSmallInteger, type TlvNode } from '@cccd/core'
import { asTheyStand, type DataElement, DataElements, type DocumentName } from './dataElements.js'
import type { FileName } from './fileNames.js'
import { malformed } from './openFile.js'

/** DG11 or DG12 with its list checked and its names unwrapped. */
export interface ListedElements {
  readonly elements: DataElements
  /** Names of the template A0. */
  readonly names: readonly DocumentName[]
  readonly raw: readonly DataElement[]
}

const maxNames = 64

/**
 * The content of DG11 and DG12: a list of tags 5C, elements, and several names in a template A0 behind their number. Departures seen in the
 * field are findings: no list, a list that names A0 instead of its names' tag (BY), names outside the template (CN), a wrong number or
 * list, two templates.
 */
export function listedElements(file: FileName, root: TlvNode, nameTag: number, findings: Finding[]): ListedElements {
  const children = root.children()
  const list = children.find(({ tag }) => tag === 0x5c)
  const nodes = children.filter((node) => node !== list)
  const elements = new DataElements(file, nodes, findings)
  const wrapped = elements.all(0xa0).flatMap((template) => namesIn(file, template, nameTag, elements))
  const bare = elements.all(nameTag)
  if (bare.length > 0 && file === 'DG11') elements.find('name-not-wrapped', 'info', nameTag)
  const named = [...wrapped, ...bare]
  if (named.length > maxNames) throw malformed(file, 'too many names', { count: named.length })
  const there = new Set([...elements.tags, ...(named.length > 0 ? [nameTag] : [])])
  if (list === undefined) elements.find('list-missing', 'info', 0x5c)
  else compareList(tagsOf(list), there, nameTag, elements)
  const names = named.map((node) => elements.nameOf(node)).filter((name) => name !== undefined)
  return { elements, names, raw: asTheyStand(children) }
}

function compareList(tags: readonly number[], there: ReadonlySet<number>, nameTag: number, elements: DataElements): void {
  const listed = new Set(tags.map((tag) => (tag === 0xa0 ? nameTag : tag)))
  if (tags.includes(0xa0)) elements.find('list-names-template', 'info', 0xa0)
  for (const tag of listed) if (!there.has(tag)) elements.find('listed-not-there', 'info', tag)
  for (const tag of there) if (tag !== 0xa0 && !listed.has(tag)) elements.find('not-listed', 'info', tag)
}

/** A0 { 02 count, names … } */
function namesIn(file: FileName, template: TlvNode, nameTag: number, elements: DataElements): TlvNode[] {
  const [count, ...names] = template.children()
  if (names.some(({ tag }) => tag !== nameTag)) throw malformed(file, 'another element stands among the names')
  if (readSmallInteger(count) !== names.length) elements.find('count-differs', 'warning', 0xa0)
  return names
}

/** Tags one after the other, of one byte or two. */
function tagsOf({ value }: TlvNode): number[] {
  const out: number[] = []
  for (let at = 0; at < value.length; at++) {
    const first = value[at] as number
    out.push((first & 0x1f) === 0x1f && at + 1 < value.length ? first * 256 + (value[++at] as number) : first)
  }
  return out
}
