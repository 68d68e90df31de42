// sunlot keys: a desk with its keys; a simulated one may set its clock, for training and trials.

import { addKey, DESK, type Desk, hasKey, makeDesk, openDesk } from '../desk/desk.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../desk/files.ts'
import { policyOf } from '../desk/local-log.ts'
import { type Args, type Io, option } from './step.ts'

/** Makes a desk for the people named, or adds their keys to one. */
export async function run(args: Args, io: Io): Promise<number> {
  const folder = option(args, 'desk') ?? DESK
  const people = args.positionals
  const there = existsSync(join(folder, 'desk.json'))
  if (!there) makeDesk(folder, people, args.options['simulated'] === true)
  const desk = openDesk(folder)
  replaceFile(join(folder, 'policy.json'), `${JSON.stringify(policyOf(desk), undefined, 2)}\n`)
  if (there) addKeys(desk, people, args.options['sm2'] === true ? 'sm2' : 'ed25519')
  io.out(io.t('steps.desk', { folder, people: people.join('、'), origin: desk.origin }))
  return 0
}

/** Those who have a key keep it, so that an interrupted run can be repeated; where all have one, that is told. */
function addKeys(desk: Desk, people: readonly string[], alg: 'ed25519' | 'sm2'): void {
  const fresh = [...new Set(people)].filter((by) => !hasKey(desk, by))
  for (const by of fresh.length > 0 ? fresh : people) addKey(desk, by, alg)
}
