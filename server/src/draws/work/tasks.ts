// Each piece of work, as the library does it.

import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildCertificate,
  buildCommitment,
  buildPlan,
  type Built,
  computeDraw,
  contextOf,
  type DrawResult,
  type Commitment,
  explainInfeasible,
  fromHex,
  indexList,
  isL2,
  ListProver,
  loadManifests,
  memoryFiles,
  type Plan,
  policy,
  preflightLines,
  replayOf,
  saltedEntryOf,
  utf8,
  verify,
} from '@sunlot/draw'
import { Refused } from '../../platform/refusal.ts'
import type { Infeasible } from '../shapes.ts'
import { chunksOf, folderFiles } from './folder.ts'
import type { Work } from './work.ts'

/** Does a piece of work, here and now. `onWritten`: see runInWorker. */
export function doWork<K extends keyof Work>(
  kind: K,
  input: Work[K]['input'],
  onWritten: () => void = () => undefined,
): Work[K]['output'] {
  return TASKS[kind](input, onWritten)
}

const TASKS: {
  readonly [K in keyof Work]: (input: Work[K]['input'], onWritten: () => void) => Work[K]['output']
} = {
  prepare: ({ folder, plan, choices, secrets }) => {
    const entry = buildPlan(JSON.parse(plan) as Plan, choices.alg)
    return { commitment: buildCommitment(entry, choices, folderFiles(folder), secrets).value }
  },
  preflight,
  index: ({ path, alg, out }) => {
    writeFileSync(out, indexList(alg, chunksOf(path)), { mode: 0o600 })
  },
  draw,
  replay: ({ folder, events }) => {
    const context = contextOf(folderFiles(folder, new Map(events)))
    const { commit } = context.manifests
    if (!commit) throw new Error('commit.json cannot be read')
    const { faults, entered, tickets, teamOf } = replayOf(context, commit)
    return { faults, entered: [...entered], tickets: [...tickets], team: [...teamOf] }
  },
  prove: ({ path, alg, of, root, secret, id }) =>
    new ListProver(alg, of, new Uint8Array(readFileSync(path)), fromHex(root), secret).proofOf(id),
  verify: ({ folder, policy: trusted }) =>
    verify(
      folderFiles(folder),
      trusted === undefined ? {} : { policy: policy(JSON.parse(trusted), 'policy') },
    ),
}

// Lines of short.tsv that are written at once: a whole register may be short.
const LINES_AT_ONCE = 10_000

function preflight({ folder, c, out }: Work['preflight']['input']): Work['preflight']['output'] {
  const file = openSync(out, 'w', 0o600)
  try {
    const found = preflightLines(c, folderFiles(folder))
    let lines: string[] = []
    let short = 0
    for (;;) {
      const step = found.next()
      if (!step.done) {
        const [id, authorities] = step.value
        lines.push(`${id}\t${authorities.join(',')}\n`)
        short++
      }
      if (step.done || lines.length === LINES_AT_ONCE) {
        writeSync(file, lines.join(''))
        lines = []
      }
      if (step.done) return { faults: step.value, short }
    }
  } finally {
    closeSync(file)
  }
}

function draw(input: Work['draw']['input'], onWritten: () => void): Work['draw']['output'] {
  const { folder, secrets, log, at, out } = input
  const manifests = loadManifests(
    memoryFiles(
      new Map([
        ['commit.json', utf8(input.commit)],
        ['close.json', utf8(input.close)],
      ]),
    ),
  )
  const commit = builtOf(manifests.commit)
  const close = builtOf(manifests.close)
  demandCommitted(commit.value, folder, input.salts)
  const later = input.values.filter(({ id }) => id !== 'close')
  const values = [{ id: 'close', value: close.hash }, ...later]
  const valueOf = new Map([...values, ...secrets].map(({ id, value }) => [id, value]))
  const all = commit.value.sources.map(({ id }) => ({ id, value: valueOf.get(id) ?? '' }))
  const result = computeDraw(commit, all, folderFiles(folder))
  const sealedSecret = secrets.map(({ value }) => value).join('')
  const certificate = buildCertificate(result, { commit, close, values, log, at, sealedSecret })
  for (const [name, bytes] of result.lists) writeFileSync(join(out, name), bytes, { mode: 0o600 })
  onWritten()
  return {
    certificate: new TextDecoder().decode(certificate.bytes),
    hash: certificate.hash,
    lists: [...result.lists.keys()],
    left: leftIn(result),
  }
}

/** Throws Refused where a list that only its salted root names is not the committed one. */
function demandCommitted(c: Commitment, folder: string, salts: Work['draw']['input']['salts']): void {
  for (const { name, hash, root } of c.lists) {
    if (hash !== undefined) continue
    const secret = (isL2(name) ? salts.people : salts.sealed) ?? ''
    if (saltedEntryOf(c.alg, name, chunksOf(join(folder, name)), secret).root !== root)
      throw new Refused({ code: 'draw.frozen_differs', params: { list: name } })
  }
}

/** A manifest as the draw takes it; it was checked when it was made and when it was read. */
function builtOf<T>(loaded: { readonly value: T; readonly hash: string } | undefined): Built<T> {
  if (!loaded) throw new Error('a manifest of the draw cannot be read')
  return { ...loaded, bytes: new Uint8Array() }
}

// Each costs a few runs of the match: of many reasons the first are said.
const MOST_EXPLAINED = 5

function leftIn(result: DrawResult): Infeasible[] {
  return (result.people?.left ?? []).flatMap(({ problem, certificates }) =>
    certificates.slice(0, MOST_EXPLAINED).map((proof): Infeasible => {
      const said = explainInfeasible(problem, proof)
      return {
        authority: problem.authority,
        subjects: said.subjects.length,
        classes: said.classes,
        visits: said.visits,
        inspectors: said.inspectors.length,
        ofInspectors: said.ofInspectors,
        eachAtMost: said.eachAtMost,
        capacity: said.capacity,
        shortBy: said.shortBy,
        others: said.others,
        repairs: said.repairs.map(({ kind, solved, remaining, params }) => ({
          kind,
          solved,
          remaining,
          params,
        })),
      }
    }),
  )
}
