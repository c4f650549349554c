const inspectors = [Symbol.for('nodejs.util.inspect.custom'), Symbol.for('Deno.customInspect')]
const masked = Symbol.for('@cccd/personal')

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/**
 * Marks a value and every object inside it as personal: `console.log` and `util.inspect` of Node, Bun and Deno print
 * it masked. The value stays plain data; `structuredClone`, `postMessage` and JSON see no difference (a clone is no longer
 * marked). Strings and numbers taken out of it print as they are.
 */
export function markPersonal<Value>(value: Value, label?: string): Value {
  if (!isObject(value) || masked in value || !Object.isExtensible(value)) return value
  const own: object = value
  const print = (): string => `${label ?? labelOf(own)} ${JSON.stringify(redact(own))}`
  Object.defineProperty(own, masked, { value: true })
  for (const symbol of inspectors) Object.defineProperty(own, symbol, { value: print })
  if (!ArrayBuffer.isView(own)) for (const inner of Object.values(own)) markPersonal(inner)
  return value
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
