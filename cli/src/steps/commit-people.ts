// The people's lists of a commitment: aliases for everybody, what the oversight authority sees, and who is short.

import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { aliasOf, type CommitmentChoices, listBytes, preflightOf } from '@sunlot/draw'
import { writePrivate } from '../desk/draw-folder.ts'
import { folderFiles, writeFlushed } from '../desk/files.ts'
import type { InspectorRow } from '../freeze/index.ts'
import type { PlanFile } from '../plan-file/index.ts'
import { preflightError } from './close.ts'

/** inspectors.tsv and the lists of the oversight authority, under new aliases; names and salts stay private. */
export function writePeople(plan: PlanFile, work: string, people: readonly InspectorRow[]): void {
  if (plan.matching.mode === 'none') return
  const salted = people.map((p) => {
    const salt = randomBytes(16).toString('hex')
    return { ...p, salt, alias: aliasOf(plan.alg, salt, p.staffNo, plan.drawId) }
  })
  const folder = join(work, 'oversight')
  const write = (name: string, lines: readonly (readonly string[])[]): void =>
    writeList(folder, name, listBytes(lines))
  write(
    'inspectors.tsv',
    salted.map((p) => [p.alias, p.authority]),
  )
  write(
    'attributes.tsv',
    salted.map((p) => [p.alias, p.classes.toSorted().join(',')]),
  )
  write(
    'conflicts.tsv',
    salted
      .filter((p) => p.conflicts.length > 0)
      .map((p) => [p.alias, [...new Set(p.conflicts)].toSorted().join(',')]),
  )
  const names = salted.map((p) => [p.alias, p.staffNo, p.salt, p.name])
  writePrivate(work, new Map([['names.tsv', new TextDecoder().decode(listBytes(names))]]))
}

/** short.tsv: subjects with too few people without conflict, found now so that nobody is surprised at the close. */
export function shortList(folder: string, c: CommitmentChoices): void {
  if (c.matching.mode === 'none') return
  const found = preflightOf(c, folderFiles(folder))
  if (found.faults.length > 0) throw preflightError(found.faults)
  writeList(
    folder,
    'short.tsv',
    listBytes([...found.short].map(([id, authorities]) => [id, authorities.join(',')])),
  )
}

function writeList(folder: string, name: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true })
  rmSync(join(folder, name), { force: true })
  writeFlushed(join(folder, name), bytes)
}
