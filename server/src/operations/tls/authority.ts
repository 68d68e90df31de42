// A certificate authority of one office, and the certificate of its server: ECDSA P-256, made and renewed here.

import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { isLocalName, LOCAL_DOMAINS, permittedNetworks, type Reachable } from './addresses.ts'
import { type NameConstraints, nameConstraints, readNameConstraints } from './name-constraints.ts'

/** A certificate with its key, both as PEM. */
export interface Certified {
  readonly certificate: string
  readonly key: string
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const NAME_CONSTRAINTS = '2.5.29.30'
const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 3650
// Phones refuse certificates of servers that are valid for longer than 398 days.
const SERVER_DAYS = 397

x509.cryptoProvider.set(webcrypto as unknown as Crypto)

/** Makes an authority that may only speak for local names and addresses, and for those given. */
export async function makeAuthority(
  name: string,
  { names, addresses }: Reachable,
  now: Date,
): Promise<Certified> {
  const keys = await makeKeys()
  const domains = [...LOCAL_DOMAINS, ...names.filter((one) => !isLocalName(one))]
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: subject(name),
    ...validity(now, AUTHORITY_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.Extension(
        NAME_CONSTRAINTS,
        true,
        nameConstraints({ domains, networks: permittedNetworks(addresses) }),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) }
}

/** Whom an authority may speak for; nothing where it may for everybody: then it was not made here. */
export function constraintsOf(certificate: string): NameConstraints | undefined {
  const extension = new x509.X509Certificate(certificate).getExtension(NAME_CONSTRAINTS)
  return extension ? readNameConstraints(new Uint8Array(extension.value)) : undefined
}

/** Makes a server's certificate in the name of an authority. */
export async function certify(
  authority: Certified,
  { names, addresses }: Reachable,
  now: Date,
): Promise<Certified> {
  const issuer = new x509.X509Certificate(authority.certificate)
  const keys = await makeKeys()
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: subject(names[0] ?? 'localhost'),
    issuer: issuer.subject,
    ...validity(now, SERVER_DAYS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns', value }) as const),
        ...addresses.map((value) => ({ type: 'ip', value }) as const),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) }
}

function makeKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, [
    'sign',
    'verify',
  ]) as unknown as Promise<CryptoKeyPair>
}

async function pemOf(key: CryptoKey): Promise<string> {
  const bytes = await webcrypto.subtle.exportKey('pkcs8', key as webcrypto.CryptoKey)
  return x509.PemConverter.encode(bytes, 'PRIVATE KEY')
}

function importKey(pem: string): Promise<CryptoKey> {
  const [bytes] = x509.PemConverter.decode(pem)
  if (!bytes) throw new Error('the key file of the local authority holds no key')
  return webcrypto.subtle.importKey('pkcs8', bytes, ALGORITHM, false, [
    'sign',
  ]) as unknown as Promise<CryptoKey>
}

function validity(now: Date, days: number): { readonly notBefore: Date; readonly notAfter: Date } {
  // A phone whose clock is behind must not see a certificate from tomorrow.
  const notBefore = new Date(now.getTime() - DAY_MS)
  return { notBefore, notAfter: new Date(notBefore.getTime() + days * DAY_MS) }
}

function subject(name: string): x509.Name {
  return new x509.Name([{ CN: [{ utf8String: name }] }])
}

function serial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16))
  // A positive number, as RFC 5280 wants it.
  return Buffer.from(bytes.map((byte, i) => (i === 0 ? (byte & 0x7f) | 0x40 : byte))).toString('hex')
}
