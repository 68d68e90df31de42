// The certificate: of this commitment and close, with these lists, signed (checks 23, 24 and 36).

import { toHex } from '../bytes.ts'
import type { Manifests } from '../bundle/load.ts'
import { resultLists } from '../bundle/names.ts'
import { hashHex } from '../hash.ts'
import { canonicalBytes, type JsonObject } from '../jcs.ts'
import { readTable } from '../lists/form.ts'
import type { Certificate, ResultList } from '../manifest/certificate.ts'
import type { Commitment } from '../manifest/commitment.ts'
import type { Signature } from '../manifest/proofs.ts'
import { saltedRoot } from '../people/salted.ts'
import { signatureHolds } from '../sign/signature.ts'
import { receiptHash, recordHash } from '../sources/record.ts'
import { isWeak } from '../sources/rules.ts'
import { saltSecret } from './commitment-checks.ts'
import { answer, because, type Context, withCommitment } from './context.ts'
import { withCertificate } from './randomness-checks.ts'
import { check, type Detail } from './report.ts'

/** 23: whose certificate it is. */
export const certCommit = withCertificate('cert.commit', (c, cert, { manifests }) => {
  const { value: v } = cert
  if (!manifests.close) return check('cert.commit', 'unknown', 'not_read', { file: 'close.json' })
  const software = hashHex(c.value.alg, canonicalBytes(c.value.software as unknown as JsonObject))
  const wrong =
    (v.commit !== c.hash && 'commit') ||
    (v.close !== manifests.close.hash && 'close') ||
    (v.alg !== c.value.alg && 'alg') ||
    (v.draw_id !== c.value.draw_id && 'draw_id') ||
    (v.software !== software && 'software') ||
    (v.weak !== isWeak(c.value.sources) && 'weak') ||
    (v.at < manifests.close.value.at && 'at') ||
    optionalFault(c.value, v)
  return answer('cert.commit', wrong ? because('certificate_field', { field: wrong }) : undefined)
})

/** 24: the result lists are the stated ones. */
export const certLists = withCertificate('cert.lists', (c, cert, context) => {
  const names = cert.value.lists.map((l) => l.name).join()
  if (names !== resultLists(c.value).join())
    return check('cert.lists', 'no', 'result_lists', { found: names })
  if (
    cert.value.lists.some(
      (l) => (l.root !== undefined) !== c.value.sealed || (l.hash !== undefined) === c.value.sealed,
    )
  )
    return check('cert.lists', 'no', 'result_lists', { found: names })
  if (!context.listsOpen) return check('cert.lists', 'unknown', 'sealed')
  for (const entry of cert.value.lists) {
    if (!context.files.names.includes(entry.name))
      return check('cert.lists', 'unknown', 'missing', { file: entry.name })
    if (!listFits(context, c.value, entry))
      return check('cert.lists', 'no', 'list_differs', { file: entry.name })
  }
  return check('cert.lists', 'yes', 'holds', { lists: cert.value.lists.length })
})

/** 36: every signature, and those that must be there. */
export const signatures = withCommitment('signatures', (c, context) => {
  const { signatures: file, certificate } = context.manifests
  if (!file) return check('signatures', 'unknown', 'not_read', { file: 'signatures.json' })
  const all = file.value.signatures
  const known = signedHashes(context.manifests)
  for (const s of all) {
    if (!known.has(`${s.of} ${s.hash}`))
      return check('signatures', 'no', 'signature_of_nothing', { by: s.by, of: s.of })
    if (!signatureHolds(s)) return check('signatures', 'no', 'signature', { by: s.by, of: s.of })
    const signer = c.value.signers.find((k) => k.by === s.by)
    if (signer && (signer.key !== s.key || signer.alg !== s.alg))
      return check('signatures', 'no', 'signer_key', { by: s.by })
  }
  const missing = missingSignature(c.value, c.hash, certificate?.hash, all)
  return answer('signatures', missing && because('unsigned', missing), { signatures: all.length })
})

function optionalFault(c: Commitment, v: Certificate): string | false {
  const open = !c.sealed && c.matching.mode !== 'none'
  if ((v.seed !== undefined) === c.sealed || (v.seed_hash !== undefined) !== c.sealed) return 'seed'
  if ((v.classes !== undefined) !== (c.design.kind === 'pps')) return 'classes'
  if ((v.match !== undefined) !== open) return 'match'
  if (c.matching.mode === 'none' && v.inspectors.length > 0) return 'inspectors'
  return (v.pair !== undefined) !== open && 'pair'
}

function listFits(context: Context, c: Commitment, entry: ResultList): boolean {
  const bytes = context.files.read(entry.name)
  const { lines } = readTable(bytes)
  if (lines.length !== entry.rows) return false
  if (!c.sealed) return entry.hash === hashHex(c.alg, bytes)
  const secret = saltSecret(context, entry.name)
  return secret !== undefined && entry.root === toHex(saltedRoot(c.alg, secret, entry.name, lines))
}

/** Everything in this bundle that a signature may be of, as `of hash`. */
/** What of a bundle may be signed: `<what it is of> <hash>`. A signature of anything else is one of nothing. */
export function signedHashes({
  alg,
  commit,
  close,
  certificate,
  events,
}: Pick<Manifests, 'alg' | 'commit' | 'close' | 'certificate' | 'events'>): ReadonlySet<string> {
  const known = new Set<string>()
  if (commit) known.add(`commit ${commit.hash}`)
  if (close) known.add(`close ${close.hash}`)
  if (certificate) known.add(`cert ${certificate.hash}`)
  for (const o of close?.value.observers ?? [])
    if (commit) known.add(`contrib ${receiptHash(alg, commit.hash, o)}`)
  for (const v of certificate?.value.values ?? [])
    if (v.by && commit) known.add(`contrib ${recordHash(alg, { commit: commit.hash }, v)}`)
  for (const { event, values } of events) {
    if (event) known.add(`event ${event.hash}`)
    for (const v of values?.value.values ?? [])
      if (v.by && event) known.add(`contrib ${recordHash(alg, { event: event.hash }, v)}`)
  }
  return known
}

function missingSignature(
  c: Commitment,
  commit: string,
  certificate: string | undefined,
  all: readonly Signature[],
): Detail['params'] | undefined {
  const has = (of: string, hash: string, by: string): boolean =>
    all.some((s) => s.of === of && s.hash === hash && s.by === by)
  if (certificate && !has('cert', certificate, c.authority)) return { by: c.authority, of: 'cert' }
  const { matching } = c
  const above = matching.mode !== 'none' && 4 * matching.max_conflicts.num > matching.max_conflicts.den
  return above && !has('commit', commit, c.oversight) ? { by: c.oversight, of: 'commit' } : undefined
}
