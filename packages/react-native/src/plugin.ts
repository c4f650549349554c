/** The part of an Expo configuration that a plugin changes: mods are functions from a configuration with `modResults` to the next. */
export interface ExpoConfig {
  mods?: { [platform: string]: { [mod: string]: Mod } | undefined } | null
}

type Mod = (config: ModConfig) => ModConfig | Promise<ModConfig>

interface ModConfig extends ExpoConfig {
  modResults: Record<string, unknown>
}

export interface NfcPluginOptions {
  /** iOS: why the app reads chips, shown to the person by the system. A text that the app already has stays, unless this is given. */
  readonly usage?: string
  /** Android: whether the shop offers the app only to phones with NFC (default false). */
  readonly required?: boolean
  /** iOS 16 and later: also the entitlement for documents that are found only by PACE polling (default false; see docs/react-native.md). */
  readonly pace?: boolean
}

/** The LDS application of Doc 9303-10: of identity cards and passports alike. */
const ldsApplication = 'A0000002471001'
const formats = 'com.apple.developer.nfc.readersession.formats'
const selectIdentifiers = 'com.apple.developer.nfc.readersession.iso7816.select-identifiers'
const defaultUsage = 'Đọc chip của thẻ căn cước để xác minh danh tính.'

/**
 * Expo config plugin: what iOS and Android want before an app may read a chip. In `app.json`:
 * `"plugins": [["@cccd/react-native", { "usage": "…" }]]`. Adds to lists, never removes.
 *
 * @example withCccdNfc({ name: 'app', slug: 'app' }, { required: true })
 */
export function withCccdNfc<Config extends object>(
  config: Config & ExpoConfig,
  options: NfcPluginOptions | undefined = {},
): Config {
  const { usage, required = false, pace = false } = options ?? {}
  addMod(config, 'ios', 'infoPlist', (plist) => {
    plist.NFCReaderUsageDescription = usage ?? plist.NFCReaderUsageDescription ?? defaultUsage
    plist[selectIdentifiers] = withValues(plist[selectIdentifiers], [ldsApplication])
  })
  addMod(config, 'ios', 'entitlements', (entitlements) => {
    entitlements[formats] = withValues(entitlements[formats], pace ? ['TAG', 'PACE'] : ['TAG'])
  })
  addMod(config, 'android', 'manifest', ({ manifest }) => {
    if (typeof manifest !== 'object' || manifest === null) throw new TypeError('the mod gives no manifest')
    setElement(manifest, 'uses-permission', { 'android:name': 'android.permission.NFC' })
    setElement(manifest, 'uses-feature', { 'android:name': 'android.hardware.nfc', 'android:required': String(required) })
  })
  return config
}

export default withCccdNfc

/** As `withMod` of `@expo/config-plugins` chains them: each hands its result to the one that was there before. */
function addMod(config: ExpoConfig, platform: string, mod: string, change: (results: Record<string, unknown>) => void): void {
  const next = config.mods?.[platform]?.[mod]
  const added: Mod = (current) => {
    change(current.modResults)
    return next === undefined ? current : next(current)
  }
  config.mods = { ...config.mods, [platform]: { ...config.mods?.[platform], [mod]: added } }
}

function withValues(list: unknown, values: readonly string[]): unknown[] {
  const present: unknown[] = Array.isArray(list) ? list : []
  return [...present, ...values.filter((value) => !present.includes(value))]
}

/** The attributes of the element of that name; an element that stands there already keeps its other ones. */
function setElement(manifest: object, tag: string, attributes: Record<string, string>): void {
  const elements: unknown = Reflect.get(manifest, tag)
  const list: unknown[] = Array.isArray(elements) ? elements : []
  const attributesOf = (element: unknown): unknown =>
    typeof element === 'object' && element !== null ? Reflect.get(element, '$') : undefined
  const known = list.map(attributesOf).find((found) => isNamed(found, attributes['android:name']))
  if (known === undefined) list.push({ $: attributes })
  else Object.assign(known, attributes)
  Reflect.set(manifest, tag, list)
}

function isNamed(attributes: unknown, name: string | undefined): attributes is Record<string, string> {
  return typeof attributes === 'object' && attributes !== null && Reflect.get(attributes, 'android:name') === name
}
