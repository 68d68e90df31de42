// sunlot keys: a desk with its keys; a simulated one may set its clock, for training and trials.

import { DESK, addKey, makeDesk, openDesk } from '../desk/desk.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../desk/files.ts'
import { policyOf } from '../desk/local-log.ts'
import { type Args, type Io, option } from './step.ts'

/** Makes a desk for the people named, or adds their keys to one. */
export async function run(args: Args, io: Io): Promise<number> {
  const folder = option(args, 'desk') ?? DESK
  const people = args.positionals
  if (existsSync(join(folder, 'desk.json'))) {
    const desk = openDesk(folder)
    for (const by of people) addKey(desk, by, args.options['sm2'] === true ? 'sm2' : 'ed25519')
  } else makeDesk(folder, people, args.options['simulated'] === true)
  const desk = openDesk(folder)
  replaceFile(join(folder, 'policy.json'), `${JSON.stringify(policyOf(desk), undefined, 2)}\n`)
  io.out(io.t('steps.desk', { folder, people: people.join('、'), origin: desk.origin }))
  return 0
}
