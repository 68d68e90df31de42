// The certificates of `<folder>/tls`: made once, renewed in time, read at the start.

import { createPrivateKey, X509Certificate } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Settings } from '../../platform/settings.ts'
import { OperationRefused } from '../words.ts'
import { isPermitted, type Reachable, reachable } from './addresses.ts'
import { type Certified, certify, constraintsOf, makeAuthority } from './authority.ts'

/** What `sunlot tls` did. */
export interface MadeCertificates {
  readonly folder: string
  readonly made: readonly ('authority' | 'server')[]
  /** SHA-256 of the authority's certificate, to be compared on the phone. */
  readonly fingerprint: string
  readonly validUntil: Date
  readonly reachable: Reachable
}

/** What a server speaks TLS with. `local`: the certificate of the authority that phones must come to trust. */
export interface ServerTls {
  readonly cert: string
  readonly key: string
  readonly local: string | undefined
}

const DAY_MS = 86_400_000
const RENEW_BEFORE_DAYS = 30

/**
 * Makes authority and server certificate where they are missing, expire within 30 days, or lack a name or address. Names that
 * were given stay. Throws OperationRefused `name_malformed`, `name_forbidden`; what was there is then as it was.
 */
export async function makeCertificates(
  folder: string,
  options: { readonly names?: readonly string[]; readonly renew?: boolean; readonly now: Date },
): Promise<MadeCertificates> {
  const files = filesOf(folder)
  const given = [...new Set([...readNames(files.names), ...(options.names ?? [])])]
  const wished = reachable(given)
  mkdirSync(files.folder, { recursive: true, mode: 0o700 })
  const kept = readCertified(files.authority)
  const stays = kept !== undefined && daysLeft(kept.certificate, options.now) > RENEW_BEFORE_DAYS
  const authority = stays ? kept : await makeAuthority(`Sunlot ${hostname()}`, wished, options.now)
  demandPair(authority.certificate, authority.key, files.authority.certificate)
  const target = permitted(wished, { given, files, authority })
  if (given.length > 0) writeWhole(files.names, `${given.join('\n')}\n`, 0o600)
  if (authority !== kept) write(files.authority, authority)
  const old = readCertified(files.server)
  const renews = options.renew === true || authority !== kept || !old || !serves(old, target, options.now)
  const server = renews || !old ? await certify(authority, target, options.now) : old
  if (server !== old) write(files.server, server)
  return {
    folder: files.folder,
    made: [
      ...(authority === kept ? [] : ['authority' as const]),
      ...(server === old ? [] : ['server' as const]),
    ],
    fingerprint: new X509Certificate(authority.certificate).fingerprint256,
    validUntil: new Date(new X509Certificate(server.certificate).validTo),
    reachable: target,
  }
}

/** The certificate and key that the settings mean, or nothing. Throws OperationRefused where they do not fit together. */
export function readTls({ folder, tls }: Pick<Settings, 'folder' | 'tls'>): ServerTls | undefined {
  const files = filesOf(folder)
  const given = tls ?? { certificate: files.server.certificate, key: files.server.key }
  if (!tls && !existsSync(given.certificate)) return undefined
  const [cert, key] = [readFileSync(given.certificate, 'utf8'), readFileSync(given.key, 'utf8')]
  demandPair(cert, key, given.certificate)
  const local =
    tls || !existsSync(files.authority.certificate)
      ? undefined
      : readFileSync(files.authority.certificate, 'utf8')
  return { cert: local === undefined ? cert : `${cert.trimEnd()}\n${local}`, key, local }
}

/** Days until the certificate of the settings expires; nothing where there is none. */
export function certificateDaysLeft(
  settings: Pick<Settings, 'folder' | 'tls'>,
  now: Date,
): number | undefined {
  const tls = readTls(settings)
  return tls && daysLeft(tls.cert, now)
}

/** What the authority may speak for. What the machine itself is called beyond it is left out, what was given is refused. */
function permitted(
  { names, addresses }: Reachable,
  by: { readonly given: readonly string[]; readonly files: AllFiles; readonly authority: Certified },
): Reachable {
  const constraints = constraintsOf(by.authority.certificate)
  if (!constraints) return { names, addresses }
  const may = (one: string): boolean => isPermitted(one, constraints)
  const name = by.given.find((one) => !may(one.toLowerCase()))
  if (name !== undefined)
    throw new OperationRefused('name_forbidden', {
      name,
      within: constraints.domains.join(' '),
      files: join(by.files.folder, 'authority.*'),
      names: by.files.names,
    })
  return { names: names.filter(may), addresses: addresses.filter(may) }
}

/** The names that were given before, one a line. */
function readNames(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split(/\s+/).filter(Boolean) : []
}

function demandPair(cert: string, key: string, file: string): void {
  try {
    if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return
  } catch (cause) {
    throw new OperationRefused('certificate_malformed', { file }, { cause })
  }
  throw new OperationRefused('certificate_and_key_differ', { file })
}

/** Whether a certificate still has time and holds every name and address. */
function serves({ certificate }: Certified, { names, addresses }: Reachable, now: Date): boolean {
  const x509 = new X509Certificate(certificate)
  return (
    daysLeft(certificate, now) > RENEW_BEFORE_DAYS &&
    names.every((name) => x509.checkHost(name) !== undefined) &&
    addresses.every((address) => x509.checkIP(address) !== undefined)
  )
}

function daysLeft(certificate: string, now: Date): number {
  return Math.floor((Date.parse(new X509Certificate(certificate).validTo) - now.getTime()) / DAY_MS)
}

interface Files {
  readonly certificate: string
  readonly key: string
}

interface AllFiles {
  readonly folder: string
  readonly authority: Files
  readonly server: Files
  readonly names: string
}

function filesOf(folder: string): AllFiles {
  const tls = join(folder, 'tls')
  const pair = (name: string): Files => ({
    certificate: join(tls, `${name}.crt`),
    key: join(tls, `${name}.key`),
  })
  return { folder: tls, authority: pair('authority'), server: pair('server'), names: join(tls, 'names') }
}

function readCertified({ certificate, key }: Files): Certified | undefined {
  if (!existsSync(certificate) || !existsSync(key)) return undefined
  return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }
}

/** The key first: a certificate whose key is missing would keep the server from starting. */
function write(files: Files, { certificate, key }: Certified): void {
  writeWhole(files.key, key, 0o600)
  writeWhole(files.certificate, certificate, 0o644)
}

function writeWhole(path: string, text: string, mode: number): void {
  const draft = `${path}.new`
  const handle = openSync(draft, 'w', mode)
  writeSync(handle, text)
  fsyncSync(handle)
  closeSync(handle)
  chmodSync(draft, mode)
  renameSync(draft, path)
}
