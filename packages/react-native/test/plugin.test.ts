import withCccdNfc, { type NfcPluginOptions } from '@cccd/react-native/plugin'
import { describe, expect, it } from 'vitest'

const formats = 'com.apple.developer.nfc.readersession.formats'
const identifiers = 'com.apple.developer.nfc.readersession.iso7816.select-identifiers'
const lds = 'A0000002471001'

type Mods = Record<string, Record<string, (config: object) => { modResults: Record<string, unknown> }>>

/** What a mod makes of a file, as Expo calls it: a configuration with `modRequest` and the parsed file. */
function applied(config: object, platform: string, mod: string, modResults: object): Record<string, unknown> {
  const { mods } = config as { mods: Mods }
  const change = mods[platform]?.[mod]
  if (change === undefined) throw new Error('no such mod')
  const request = { platform, modName: mod, introspect: false }
  return change({ ...config, modRequest: request, modResults: structuredClone(modResults) }).modResults
}
const withOptions = (options?: NfcPluginOptions): object => withCccdNfc({ name: 'app', slug: 'app' }, options)
const plain = withOptions()

describe('Expo config plugin', () => {
  it('keeps the configuration and adds three mods', () => {
    expect(plain).toMatchObject({ name: 'app', slug: 'app' })
    expect(Object.keys((plain as { mods: Mods }).mods.ios ?? {})).toEqual(['infoPlist', 'entitlements'])
    expect(Object.keys((plain as { mods: Mods }).mods.android ?? {})).toEqual(['manifest'])
  })

  it('Info.plist: why, and the LDS application', () => {
    expect(applied(plain, 'ios', 'infoPlist', {})).toEqual({
      NFCReaderUsageDescription: expect.stringContaining('căn cước'),
      [identifiers]: [lds],
    })
    const present = { NFCReaderUsageDescription: 'of the app', [identifiers]: ['D2760000850101', lds], other: 1 }
    expect(applied(plain, 'ios', 'infoPlist', present)).toEqual(present)
    expect(applied(withOptions({ usage: 'mine' }), 'ios', 'infoPlist', present)).toMatchObject({
      NFCReaderUsageDescription: 'mine',
    })
  })

  it('entitlements: TAG, and PACE only when asked for; what is there stays', () => {
    expect(applied(plain, 'ios', 'entitlements', {})).toEqual({ [formats]: ['TAG'] })
    expect(applied(plain, 'ios', 'entitlements', { [formats]: ['NDEF', 'TAG'] })).toEqual({ [formats]: ['NDEF', 'TAG'] })
    expect(applied(withOptions({ pace: true }), 'ios', 'entitlements', { [formats]: ['TAG'] })).toEqual({
      [formats]: ['TAG', 'PACE'],
    })
  })

  it('AndroidManifest: the permission, and the feature as optional', () => {
    const permission = { $: { 'android:name': 'android.permission.NFC' } }
    const feature = (required: string): object => ({
      $: { 'android:name': 'android.hardware.nfc', 'android:required': required },
    })
    const manifest = { application: [{}] }
    expect(applied(plain, 'android', 'manifest', { manifest })).toEqual({
      manifest: { application: [{}], 'uses-permission': [permission], 'uses-feature': [feature('false')] },
    })
    const camera = { $: { 'android:name': 'android.permission.CAMERA' } }
    const present = { manifest: { 'uses-permission': [camera, permission], 'uses-feature': [feature('false')] } }
    expect(applied(withOptions({ required: true }), 'android', 'manifest', present)).toEqual({
      manifest: { 'uses-permission': [camera, permission], 'uses-feature': [feature('true')] },
    })
    expect(() => applied(plain, 'android', 'manifest', {})).toThrow(TypeError)
  })

  it('hands on to the mods that other plugins have put there', async () => {
    const seen: object[] = []
    const other = (config: { modResults: object }): object => {
      seen.push(config.modResults)
      return { modResults: { of: 'another plugin' } }
    }
    const config = withCccdNfc({ name: 'app', mods: { ios: { infoPlist: other, podfile: other } } } as object)
    expect(applied(config, 'ios', 'infoPlist', {})).toEqual({ of: 'another plugin' })
    expect(seen).toEqual([{ NFCReaderUsageDescription: expect.any(String), [identifiers]: [lds] }])
    expect((config as { mods: Mods }).mods.ios?.podfile).toBe(other)
  })

  it('does nothing twice', () => {
    const twice = withCccdNfc(withCccdNfc({ name: 'app' }))
    expect(applied(twice, 'ios', 'entitlements', {})).toEqual({ [formats]: ['TAG'] })
    expect(applied(twice, 'ios', 'infoPlist', {})).toMatchObject({ [identifiers]: [lds] })
  })
})
