import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActiveAuthenticationKeyName, AttackName, CardImage } from '@cccd/simulator'
import { CliError } from '../errors.js'
import { readInput } from './readInput.js'

/** The DEMO card in a folder that `cccd card new` wrote. @throws CliError `CLI_NOT_A_CARD`, SimulatorError `SIMULATOR_CARD_INVALID` */
export async function loadCard(folder: string): Promise<CardImage> {
  const names = await readdir(folder).catch((): string[] => [])
  if (!names.includes('card.json')) throw new CliError('CLI_NOT_A_CARD', 'no card.json')
  const { cardImageFromFiles } = await import('@cccd/simulator')
  const files: Record<string, Uint8Array> = {}
  for (const name of names)
    if (name === 'card.json' || /^EF_\w+\.bin$/.test(name)) files[name] = await readInput(join(folder, name))
  return cardImageFromFiles(files)
}

/** The kind of key that `--aa` names. @throws CliError `CLI_WRONG_OPTION` */
export async function activeAuthenticationKeyOf(name: string | undefined): Promise<ActiveAuthenticationKeyName | undefined> {
  if (name === undefined) return undefined
  const { isActiveAuthenticationKeyName } = await import('@cccd/simulator')
  if (isActiveAuthenticationKeyName(name)) return name
  const accepted = 'rsa-1024, rsa-1536, rsa-2048, rsa-4096, ecdsa-P-256, ecdsa-brainpoolP256r1, …'
  throw new CliError('CLI_WRONG_OPTION', 'no such key', { params: { option: '--aa', accepted } })
}

/** The attack that `--attack` names. @throws CliError `CLI_WRONG_OPTION` naming those that exist */
export async function attackOf(name: string | undefined): Promise<AttackName | undefined> {
  if (name === undefined) return undefined
  const { attackNames, isAttackName } = await import('@cccd/simulator')
  if (isAttackName(name)) return name
  const accepted = attackNames.join(', ')
  throw new CliError('CLI_WRONG_OPTION', 'no such attack', { params: { option: '--attack', accepted } })
}
