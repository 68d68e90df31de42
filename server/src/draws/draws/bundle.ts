// What a bundle of a draw holds. Nothing else decides which list is public: of a sealed draw none is, before it opens.

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { isL2, loadManifests, memoryFiles, signedHashes } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import { found } from '../../platform/refusal.ts'
import { demandIntact, layOutList } from '../lists/laying-out.ts'
import type { DrawTools } from '../parts.ts'
import { drawItself, preparedOf } from './draws.store.ts'
import { secretsOf } from './keys.ts'
import { listsOfDraw } from './lists.store.ts'
import { canonicalOf, commitmentIn, signaturesJson } from './manifests.store.ts'
import { provenWithin } from './proven.ts'
import { softwareBytes } from './software.ts'

/** A file of a bundle: its bytes, or under which hash they lie among the files. */
export type BundleEntry = { readonly name: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly fileHash: string; readonly size: number }
)

/** L1: for everybody. L2: for the oversight authority. */
export type BundleLevel = 'L1' | 'L2'

type Tools = Pick<DrawTools, 'recording' | 'log' | 'files' | 'secrets'>

/** The files of a bundle, names ascending. Throws NotFound where nothing was committed. */
export function bundleEntries(
  tools: Tools,
  drawId: string,
  level: BundleLevel,
): Promise<readonly BundleEntry[]> {
  return tools.recording.database.read((reader) => entriesWithin(reader, tools, { drawId, level }))
}

/** The same, inside a transaction that reads. */
export async function entriesWithin(
  reader: Reader,
  tools: Tools,
  { drawId, level }: { readonly drawId: string; readonly level: BundleLevel },
): Promise<readonly BundleEntry[]> {
  const draw = found(await drawItself(reader, drawId), 'draw')
  const { manifests, proofs } = await provenWithin(reader, tools.log, drawId)
  const { software } = found(commitmentIn(manifests), 'draw')
  const texts = [...manifests].map(([name, { body }]) => ({ name, bytes: new TextEncoder().encode(body) }))
  // What is not yet said, or never was, nobody has signed: a receipt before the close, a record that others signed instead.
  const said = signedHashes(
    loadManifests(memoryFiles(new Map(texts.map(({ name, bytes }) => [name, bytes])))),
  )
  const programs = await Promise.all(
    software.files.map(async (file) => ({ name: file.name, bytes: await softwareBytes(tools.files, file) })),
  )
  const isOpen = !draw.isSealed || draw.openedAt !== null
  const isDrawn = manifests.has('certificate.json')
  const lists = isOpen ? await listEntries(reader, drawId, { level, isDrawn }) : []
  const entries: readonly BundleEntry[] = [
    ...texts,
    { name: 'proofs.json', bytes: proofs },
    { name: 'signatures.json', bytes: await signaturesJson(reader, drawId, said) },
    ...programs.flatMap(({ name, bytes }) => (bytes ? [{ name, bytes }] : [])),
    ...lists,
    ...(isOpen && level === 'L2' ? await peopleEntry(reader, tools, drawId) : []),
  ]
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Gives work a folder with a bundle in it, in the clear, for as long as it runs. Throws Refused (draw.frozen_differs). */
export async function bundleFolder<T>(
  tools: Tools,
  { drawId, level }: { readonly drawId: string; readonly level: BundleLevel },
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const entries = await bundleEntries(tools, drawId, level)
  return tools.files.clearFolder(async (folder) => {
    for (const entry of entries) {
      const path = join(folder, entry.name)
      await mkdir(dirname(path), { recursive: true })
      if ('bytes' in entry) await writeFile(path, entry.bytes, { mode: 0o600 })
      else await layOutList(tools, entry, folder)
    }
    return work(folder)
  })
}

/**
 * The bytes of files of a bundle, each read when it is asked for; outside of any transaction. Throws Refused (draw.frozen_differs)
 * before the first byte, where a list is not what was stored.
 */
export async function streamsOf({ files }: Pick<Tools, 'files'>, entries: readonly BundleEntry[]) {
  await demandIntact(
    { files },
    entries.flatMap((entry) => ('bytes' in entry ? [] : [entry])),
  )
  return entries.map((entry) => ({
    name: entry.name,
    read: async (): Promise<Readable> =>
      'bytes' in entry ? Readable.from([Buffer.from(entry.bytes)]) : files.read(entry.fileHash),
  }))
}

/** The name of a file in the bundle, from the form that fits into one part of an address. */
export function fileNamed(text: string): string {
  return text.replace(/^events-/, 'events/')
}

/** What a file of a bundle is. Pages too are given as text: nothing that comes out of a bundle runs here. */
export function mediaTypeOf(name: string): string {
  return name.endsWith('.json') ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8'
}

async function listEntries(
  reader: Reader,
  drawId: string,
  { level, isDrawn }: { readonly level: BundleLevel; readonly isDrawn: boolean },
): Promise<readonly BundleEntry[]> {
  const lists = await listsOfDraw(reader, drawId)
  return lists
    .filter(({ isResult }) => isDrawn || !isResult)
    .filter(({ name }) => level === 'L2' || !isL2(name))
    .map(({ name, fileHash, bytes }) => ({ name, fileHash, size: bytes }))
}

/** people.json: the secret that salts the lists which only the oversight sees. */
async function peopleEntry(reader: Reader, tools: Tools, drawId: string): Promise<readonly BundleEntry[]> {
  const cipher = (await preparedOf(reader, drawId))?.secretsCipher
  if (!cipher) return []
  const { people } = secretsOf(tools.secrets, cipher)
  return [{ name: 'people.json', bytes: canonicalOf({ v: 'vdp1', secret: people }) }]
}
