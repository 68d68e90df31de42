// HTTPS of an office's own: browsers that trust the authority are content, and nobody can abuse it.

import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { certify } from '../../src/operations/tls/authority.ts'
import { makeCertificates, readTls } from '../../src/operations/tls/certificates.ts'

const NOW = new Date()
const DAY_MS = 86_400_000
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunlot-tls-'))
  await makeCertificates(folder, { now: NOW })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const authority = () => ({
  certificate: readFileSync(join(folder, 'tls/authority.crt'), 'utf8'),
  key: readFileSync(join(folder, 'tls/authority.key'), 'utf8'),
})

/** What somebody who trusts the authority gets from a server with this certificate, under a name. */
async function visit(cert: string, key: string, servername: string): Promise<string> {
  const server = createServer({ cert, key }, (_request, response) => response.end('hello'))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  try {
    return await new Promise((resolve) => {
      const options = {
        host: '127.0.0.1',
        port,
        ca: authority().certificate,
        ...(/^[0-9.]+$/.test(servername) ? {} : { servername }),
      }
      const sent = request(options, (response) => {
        response.setEncoding('utf8').on('data', (text: string) => resolve(text))
      })
      sent.on('error', (error) => resolve(error.message))
      sent.end()
    })
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

it.each(['localhost', '127.0.0.1'])('is trusted as %s by whoever trusts the authority', async (name) => {
  const tls = readTls({ folder, tls: undefined })
  expect(await visit(tls?.cert ?? '', tls?.key ?? '', name)).toBe('hello')
})

it('has an authority that cannot pose as another site, even with its key stolen', async () => {
  const forged = await certify(authority(), { names: ['bank.example.com'], addresses: ['203.0.113.9'] }, NOW)
  expect(await visit(forged.certificate, forged.key, 'bank.example.com')).toContain(
    'permitted subtree violation',
  )
})

it('keeps keys to their owner, and makes nothing anew that is still good', async () => {
  for (const name of ['authority', 'server'])
    expect(statSync(join(folder, `tls/${name}.key`)).mode & 0o777).toBe(0o600)
  const before = readFileSync(join(folder, 'tls/server.crt'), 'utf8')
  expect((await makeCertificates(folder, { now: NOW })).made).toEqual([])
  expect(readFileSync(join(folder, 'tls/server.crt'), 'utf8')).toBe(before)
})

it('is renewed by the same authority a month before it expires, and when a name is added', async () => {
  const { fingerprint } = await makeCertificates(folder, { now: NOW })
  const later = await makeCertificates(folder, { now: new Date(NOW.getTime() + 380 * DAY_MS) })
  expect(later).toMatchObject({ made: ['server'], fingerprint })
  const named = await makeCertificates(folder, { now: NOW, names: ['shuangsuiji.lan', '10.1.2.3'] })
  expect(named.made).toEqual(['server'])
  const certificate = new X509Certificate(readFileSync(join(folder, 'tls/server.crt')))
  expect(certificate.checkHost('shuangsuiji.lan')).toBe('shuangsuiji.lan')
  expect(certificate.checkIP('10.1.2.3')).toBe('10.1.2.3')
})

it('refuses a name that its authority may not speak for, and leaves the good certificate in its place', async () => {
  const before = readFileSync(join(folder, 'tls/server.crt'), 'utf8')
  for (const name of ['www.bank.example', '203.0.113.9'])
    await expect(makeCertificates(folder, { now: NOW, names: [name] })).rejects.toMatchObject({
      code: 'name_forbidden',
      params: { name },
    })
  expect(readFileSync(join(folder, 'tls/server.crt'), 'utf8')).toBe(before)
  expect((await makeCertificates(folder, { now: NOW })).made).toEqual([])
})

it.each(['a b;c', '*.lan', '999.1.1.1', '-a.lan', ''])('refuses %j, which is no name', async (name) => {
  await expect(makeCertificates(folder, { now: NOW, names: [name] })).rejects.toMatchObject({
    code: 'name_malformed',
  })
})

it('keeps the names given before when one is added, and when it is renewed', async () => {
  await makeCertificates(folder, { now: NOW, names: ['Jianguan.lan'] })
  await makeCertificates(folder, { now: NOW, names: ['chouqian.lan'] })
  const { made } = await makeCertificates(folder, { now: NOW, renew: true })
  expect(made).toEqual(['server'])
  const certificate = new X509Certificate(readFileSync(join(folder, 'tls/server.crt')))
  for (const name of ['jianguan.lan', 'chouqian.lan']) expect(certificate.checkHost(name)).toBe(name)
  const { cert, key } = readTls({ folder, tls: undefined }) ?? { cert: '', key: '' }
  expect(await visit(cert, key, 'chouqian.lan')).toBe('hello')
})

it('makes a new authority for a name outside the local ones, where the old one was removed', async () => {
  const other = mkdtempSync(join(tmpdir(), 'sunlot-tls-'))
  const { made } = await makeCertificates(other, { now: NOW, names: ['amt.example'] })
  expect(made).toEqual(['authority', 'server'])
  expect((await makeCertificates(other, { now: NOW, names: ['tel.amt.example'] })).made).toEqual(['server'])
  rmSync(other, { recursive: true, force: true })
})

it('refuses a key that is not of the certificate', () => {
  const tls = { certificate: join(folder, 'tls/server.crt'), key: join(folder, 'tls/authority.key') }
  expect(() => readTls({ folder, tls })).toThrow('certificate_and_key_differ')
})
