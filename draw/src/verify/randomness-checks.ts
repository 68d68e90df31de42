// The values that nobody could know, and the seed made of them (checks 18–22 and 25).

import type { Loaded } from '../bundle/load.ts'
import { tag } from '../hash.ts'
import type { Certificate } from '../manifest/certificate.ts'
import type { Commitment } from '../manifest/commitment.ts'
import type { Source, SourceValue } from '../manifest/source.ts'
import { opensSecret } from '../people/salted.ts'
import { timeOfRound } from '../sources/drand.ts'
import { drandHolds, valueIsWellFormed } from '../sources/value.ts'
import { recordHash, recordSignedBy } from '../sources/record.ts'
import { answer, because, type CheckFunction, type Context, withCommitment } from './context.ts'
import type { CheckId } from './checks.ts'
import { check, type Check } from './report.ts'
import { seedOfBundle } from './seed.ts'

/** Runs a check that reads commitment and certificate; left out before there is one. */
export function withCertificate(
  id: CheckId,
  work: (c: Loaded<Commitment>, cert: Loaded<Certificate>, context: Context) => Check | undefined,
): CheckFunction {
  return withCommitment(id, (c, context) => {
    if (context.state !== 'drawn') return undefined
    const { certificate } = context.manifests
    return certificate
      ? work(c, certificate, context)
      : check(id, 'unknown', 'not_read', { file: 'certificate.json' })
  })
}

/** 18: one value per source, in order, the close's hash first. */
export const valuesOrder = withCertificate('values.order', (c, cert, { manifests }) => {
  const expected = c.value.sources.filter((s) => s.kind !== 'server').map((s) => s.id)
  const given = cert.value.values.map((v) => v.id)
  if (expected.join() !== given.join())
    return check('values.order', 'no', 'values_order', { given: given.join(', ') })
  if (!manifests.close) return check('values.order', 'unknown', 'not_read', { file: 'close.json' })
  const first = cert.value.values[0]?.value === manifests.close.hash
  return answer('values.order', first ? undefined : because('close_value'), { values: given.length })
})

/** 19: each value is one that its source can give. */
export const valuesForm = withCertificate('values.form', (c, cert) => {
  const wrong = paired(c.value, cert.value).find(([source, value]) => !valueIsWellFormed(source, value))
  return answer('values.form', wrong && because('value_form', { id: wrong[0].id, kind: wrong[0].kind }))
})

/** 20: the beacon. */
export const valuesDrand = withCertificate('values.drand', (c, cert) => {
  const beacons = paired(c.value, cert.value).filter(([source]) => source.kind === 'drand')
  if (beacons.length === 0) return undefined
  for (const [source, value] of beacons)
    if (
      source.kind === 'drand' &&
      (!drandHolds(source.round, value) || cert.value.at < timeOfRound(source.round))
    )
      return check('values.drand', 'no', 'beacon', { id: source.id, round: source.round })
  return check('values.drand', 'yes', 'holds', { beacons: beacons.length })
})

/** 21: dice and lottery values as two outsiders signed them. */
export const valuesRecord = withCertificate('values.record', (c, cert, { manifests }) => {
  const records = paired(c.value, cert.value).filter(([s]) => s.kind === 'dice' || s.kind === 'lottery')
  if (records.length === 0) return undefined
  if (!manifests.signatures) return check('values.record', 'unknown', 'not_read', { file: 'signatures.json' })
  for (const [source, value] of records) {
    const hash = recordHash(c.value.alg, { commit: c.hash }, value)
    const notBefore = 'not_before' in source ? source.not_before : 0
    const inTime = value.at !== undefined && value.at >= notBefore && value.at <= cert.value.at
    if (!inTime) return check('values.record', 'no', 'record_time', { id: source.id })
    if (!recordSignedBy(manifests.signatures.value.signatures, hash, value.by ?? [], c.value.signers))
      return check('values.record', 'no', 'record_unsigned', { id: source.id })
  }
  return check('values.record', 'yes', 'holds', { records: records.length })
})

/** 22: the opened secrets. */
export const valuesSecret = withCommitment('values.secret', (c, context) => {
  if (!context.sealed || context.state !== 'drawn') return undefined
  const { opened } = context
  if (!opened) return undefined
  const servers = c.value.sources.filter((s) => s.kind === 'server')
  const fits = servers.every(
    (s, i) => opened.secrets[i]?.id === s.id && opensSecret(c.value.alg, opened.secrets[i].value, s.secret),
  )
  return answer(
    'values.secret',
    fits && opened.secrets.length === servers.length ? undefined : because('secret'),
  )
})

/** 25: S. */
export const seed = withCertificate('seed', (c, cert, context) => {
  const found = seedOfBundle(context)
  if (!found) return check('seed', 'unknown', context.sealed && !context.opened ? 'sealed' : 'values_missing')
  const stated = c.value.sealed ? cert.value.seed_hash : cert.value.seed
  const expected = c.value.sealed ? tag(c.value.alg, 'secret', found) : found
  return answer('seed', stated === expected ? undefined : because('seed_differs'), { seed: found })
})

/** Sources with their values, by id; those without one are left out. */
function paired(c: Commitment, cert: Certificate): [Source, SourceValue][] {
  return c.sources.flatMap((source): [Source, SourceValue][] => {
    const value = cert.values.find((v) => v.id === source.id)
    return value ? [[source, value]] : []
  })
}
