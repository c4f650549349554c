const nodeInspector = Symbol.for('nodejs.util.inspect.custom')
const denoInspector = 'Deno' in globalThis ? Symbol.for('Deno.customInspect') : undefined

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/**
 * Marks a value and every object inside it as personal: `console.log` and `util.inspect` of Node, Bun and Deno print
 * it masked. The value stays plain data; `structuredClone`, `postMessage` and JSON see no difference (a clone is no longer
 * marked). Strings and numbers taken out of it print as they are.
 */
export function markPersonal<Value>(value: Value, label?: string): Value {
  if (isObject(value)) mark(value, inspector(label))
  return value
}

type Inspector = PropertyDescriptor & { readonly value: (this: object) => string }

// One property a label, shared by all objects that carry it: marking happens to every object of every reading.
const inspectors = new Map<string | undefined, Inspector>()

function inspector(label: string | undefined): Inspector {
  let found = inspectors.get(label)
  if (found === undefined) {
    found = {
      value(this: object): string {
        return `${label ?? labelOf(this)} ${JSON.stringify(redact(this))}`
      },
    }
    inspectors.set(label, found)
  }
  return found
}

function mark(value: object, property: Inspector): void {
  if (nodeInspector in value || !Object.isExtensible(value)) return
  Object.defineProperty(value, nodeInspector, property)
  if (denoInspector !== undefined) Object.defineProperty(value, denoInspector, property)
  if (ArrayBuffer.isView(value)) return
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key]
    if (isObject(inner)) mark(inner, inspector(undefined))
  }
}

function labelOf(value: object): string {
  return Array.isArray(value) ? 'Array' : ArrayBuffer.isView(value) ? 'Bytes' : 'Object'
}

/** What a log may hold of a value: its shape, lengths, booleans and numbers of nothing; every text and byte string masked. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return `<${value.length} characters>`
  if (typeof value === 'bigint') return '<number>'
  if (typeof value === 'number') return '<number>'
  if (!isObject(value)) return typeof value === 'boolean' || value === null ? value : undefined
  if (ArrayBuffer.isView(value)) return `<${value.byteLength} bytes>`
  if (Array.isArray(value)) return value.map(redact)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redact(inner)]))
}
