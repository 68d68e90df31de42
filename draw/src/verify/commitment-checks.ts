// What was fixed before anything was known (checks 5–11).

import { compareBytes, fromHex, toHex } from '../bytes.ts'
import { isL2, isSalted } from '../bundle/names.ts'
import { QuotaError, quotasOf } from '../choose/quota.ts'
import { hashHex } from '../hash.ts'
import { kernelFor } from '../kernel/index.ts'
import { readCells, readTable } from '../lists/form.ts'
import type { Commitment, ListEntry } from '../manifest/commitment.ts'
import { commitmentFault, fitsPlan } from '../manifest/rules.ts'
import { opensSecret, saltedRoot } from '../people/salted.ts'
import { sourceFault } from '../sources/rules.ts'
import { answer, because, type Context, listOf, withCommitment } from './context.ts'
import { lists } from './lists.ts'
import { check, type Detail } from './report.ts'

/** 5: the plan entry. */
export const planEntry = withCommitment('plan.entry', (c, { manifests }) => {
  if (!manifests.plan) return check('plan.entry', 'unknown', 'not_read', { file: 'plan.json' })
  const fits = fitsPlan(c.value, manifests.plan.value, manifests.plan.hash)
  return answer('plan.entry', fits ? undefined : because('plan_differs'), { ref: c.value.plan.ref })
})

/** 6: the rules between the commitment's fields. */
export const commitRules = withCommitment('commit.rules', (c) => {
  const fault = commitmentFault(c.value)
  return answer('commit.rules', fault && because('commitment_rule', { rule: fault }))
})

/** 7: rows, hashes and roots of the lists. */
export const commitLists = withCommitment('commit.lists', (c, context) => {
  const { people } = context.manifests
  if (people && c.value.people && !opensSecret(c.value.alg, people.value.secret, c.value.people))
    return check('commit.lists', 'no', 'people_secret')
  let unread: string | undefined
  for (const entry of c.value.lists) {
    if (!context.files.names.includes(entry.name)) {
      if (!(isL2(entry.name) && context.level === 'L1')) unread ??= entry.name
      continue
    }
    const state = listState(context, c.value, entry)
    if (state === 'unread') unread ??= entry.name
    else if (state) return check('commit.lists', 'no', state.code, state.params)
  }
  if (unread)
    return check('commit.lists', 'unknown', context.listsOpen ? 'missing' : 'sealed', { file: unread })
  return check('commit.lists', 'yes', 'holds', { lists: c.value.lists.length })
})

/** 8: population and exclusions make the register. */
export const registerPartition = withCommitment('register.partition', (c, context) => {
  const { population, exclusionIds } = lists(context)
  if (!population)
    return check('register.partition', 'unknown', context.listsOpen ? 'missing' : 'sealed', {
      file: 'population.tsv',
    })
  if (!population.ok) return check('register.partition', 'unknown', 'not_read', { file: 'population.tsv' })
  if (population.twice) return check('register.partition', 'no', 'in_both', { id: population.twice })
  const rows = population.scan.rows + exclusionIds.length
  const root = c.value.sealed ? registerSalted(context, c.value) : toHex(population.register.root)
  if (!root) return check('register.partition', 'unknown', 'sealed')
  if (rows !== c.value.register.rows || root !== c.value.register.root)
    return check('register.partition', 'no', 'register_differs', { rows, stated: c.value.register.rows })
  return check('register.partition', 'yes', 'holds', { rows, excluded: exclusionIds.length })
})

/** 9: strata, demands and pools as counted. */
export const strataRows = withCommitment('strata.rows', (c, context) => {
  const { population } = lists(context)
  if (!population)
    return check('strata.rows', 'unknown', context.listsOpen ? 'missing' : 'sealed', {
      file: 'population.tsv',
    })
  if (!population.ok) {
    if (population.fault === 'unknown_stratum')
      return check('strata.rows', 'no', 'unknown_stratum', { line: population.line })
    return check('strata.rows', 'unknown', 'not_read', { file: 'population.tsv' })
  }
  const wrong = c.value.strata.findIndex((s, i) => population.scan.counts[i] !== s.rows)
  if (wrong >= 0) {
    const s = c.value.strata[wrong]!
    return check('strata.rows', 'no', 'stratum_rows', {
      stratum: s.code,
      stated: s.rows,
      found: population.scan.counts[wrong] ?? 0,
    })
  }
  return answer('strata.rows', demandsFault(context, c.value) ?? poolsFault(context, c.value), {
    strata: c.value.strata.length,
  })
})

/** 10: the quotas follow from the design. */
export const quota = withCommitment('quota', (c) => {
  const { design, strata } = c.value
  if (design.kind === 'pps' || design.kind === 'coverage') {
    const rows = strata.reduce((sum, s) => sum + s.rows, 0)
    const impossible = design.kind === 'pps' && design.n > rows
    return answer('quota', impossible ? because('quota_total', { total: rows }) : undefined)
  }
  try {
    const wanted = quotasOf(design, strata) ?? []
    const wrong = strata.findIndex((s, i) => s.n !== wanted[i] || s.n === 0)
    const s = strata[wrong]
    return answer(
      'quota',
      s && because('quota_differs', { stratum: s.code, stated: s.n ?? 0, follows: wanted[wrong] ?? 0 }),
    )
  } catch (error) {
    if (!(error instanceof QuotaError)) throw error
    return check('quota', 'no', 'quota_total', { reason: error.reason })
  }
})

/** 11: the sources. */
export const sourcesRules = withCommitment('sources.rules', (c) => {
  const fault = sourceFault(c.value)
  return answer('sources.rules', fault && because(`source_${fault.fault}`, { id: fault.id }), {
    sources: c.value.sources.length,
  })
})

/** The secret under which a list is salted, where the bundle gives it. */
export function saltSecret(context: Context, name: string): string | undefined {
  if (isL2(name)) return context.manifests.people?.value.secret
  const { commit } = context.manifests
  const servers = commit?.value.sources.filter((s) => s.kind === 'server') ?? []
  const secrets = context.opened?.secrets ?? []
  // A wrong secret is for values.secret to say; no list can be judged by it.
  const genuine = servers.every((s, i) =>
    opensSecret(context.manifests.alg, secrets[i]?.value ?? '', s.secret),
  )
  return genuine && secrets.length > 0 ? secrets.map((s) => s.value).join('') : undefined
}

/** Compares one list with its entry; `unread` where the salts are not given. */
function listState(context: Context, c: Commitment, entry: ListEntry): Detail | 'unread' | undefined {
  const { name } = entry
  if (isSalted(c, name)) {
    const secret = saltSecret(context, name)
    if (!secret) return 'unread'
    const { lines } = readTable(context.files.read(name))
    const root = toHex(saltedRoot(c.alg, secret, name, lines))
    return lines.length === entry.rows && root === entry.root
      ? undefined
      : because('list_differs', { file: name })
  }
  const found = openList(context, c, name)
  if (!found) return because('list_differs', { file: name })
  const same =
    found.rows === entry.rows &&
    found.hash === entry.hash &&
    compareBytes(found.root, fromHex(entry.root)) === 0
  return same ? undefined : because('list_differs', { file: name })
}

function openList(
  context: Context,
  c: Commitment,
  name: string,
): { rows: number; hash: string; root: Uint8Array } | undefined {
  const { population } = lists(context)
  if (name === 'population.tsv' && population?.ok)
    return { rows: population.scan.rows, hash: toHex(population.hash), root: population.tree.root }
  const bytes = context.files.read(name)
  const tree = kernelFor(c.alg).tree('line')
  tree.update(bytes)
  if (bytes.length > 0 && bytes.at(-1) !== 10) return undefined
  return { ...tree.finish(), hash: hashHex(c.alg, bytes) }
}

function registerSalted(context: Context, c: Commitment): string | undefined {
  const secret = saltSecret(context, 'population.tsv')
  if (!secret) return undefined
  const ids = ['population.tsv', 'exclusions.tsv'].flatMap((name) =>
    readCells(listOf(context, name) ?? new Uint8Array()).map(([id = '']) => id),
  )
  return toHex(saltedRoot(c.alg, secret, 'register', ids))
}

function demandsFault(context: Context, c: Commitment): Detail | undefined {
  const demands = listOf(context, 'demands.tsv')
  if (!demands || !c.lists.some((l) => l.name === 'demands.tsv')) return undefined
  const codes = new Set(c.demands.map((d) => d.code))
  const cells = readCells(demands)
  const odd = cells.find(([, code = '']) => !codes.has(code))
  if (odd) return because('demand_code', { id: odd[0] ?? '' })
  const ids = readCells(context.files.read('population.tsv')).map(([id]) => id)
  const differs = ids.length !== cells.length || ids.some((id, i) => cells[i]?.[0] !== id)
  return differs ? because('demand_ids') : undefined
}

function poolsFault(context: Context, c: Commitment): Detail | undefined {
  const inspectors = listOf(context, 'inspectors.tsv')
  if (!inspectors || c.matching.mode === 'none') return undefined
  const counts = new Map<string, number>()
  for (const [, authority = ''] of readCells(inspectors))
    counts.set(authority, (counts.get(authority) ?? 0) + 1)
  const wrong = c.pools.find((p) => counts.get(p.authority) !== p.rows)
  if (wrong)
    return because('pool_rows', {
      authority: wrong.authority,
      stated: wrong.rows,
      found: counts.get(wrong.authority) ?? 0,
    })
  if (counts.size !== c.pools.length) return because('pool_authority')
  return aliasFault(context, new Set(readCells(inspectors).map(([alias = '']) => alias)))
}

/** At L2: attributes.tsv names exactly the aliases of inspectors.tsv, and conflicts.tsv no others. */
function aliasFault(context: Context, aliases: ReadonlySet<string>): Detail | undefined {
  const named = (name: string): string[] =>
    readCells(listOf(context, name) ?? new Uint8Array()).map(([alias = '']) => alias)
  if (context.level === 'L1') return undefined
  const strange = [...named('attributes.tsv'), ...named('conflicts.tsv')].find((alias) => !aliases.has(alias))
  if (strange !== undefined) return because('alias_unknown', { alias: strange })
  const all =
    !context.files.names.includes('attributes.tsv') || named('attributes.tsv').length === aliases.size
  return all ? undefined : because('alias_missing')
}
