// Under which names and addresses the machines of an office reach this one.

import { isIPv4, isIPv6 } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { OperationRefused } from '../words.ts'
import type { NameConstraints, Network } from './name-constraints.ts'

/** Names and addresses that a certificate is made for. */
export interface Reachable {
  readonly names: readonly string[]
  readonly addresses: readonly string[]
}

/** Networks that never leave a building (RFC 1918, RFC 4193, loopback, link-local), as address/bits. */
const LOCAL_NETWORKS = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
] as const

/** Names that no public domain ends in (RFC 6761, RFC 6762, RFC 8375). */
export const LOCAL_DOMAINS = ['localhost', 'local', 'lan', 'internal', 'home.arpa'] as const

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const NAME = new RegExp(`^(?=.{1,253}$)(?:${LABEL}\\.)*(?!\\d+$)${LABEL}$`)

/** How this machine can be reached now; `extra`: what its operator adds. Throws OperationRefused `name_malformed`. */
export function reachable(extra: readonly string[] = []): Reachable {
  const own = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    // An address of one link has a zone in it, which no certificate can hold.
    .filter(({ address }) => !address.startsWith('fe80:'))
    .map(({ address }) => address)
  const host = hostname().toLowerCase()
  const given = extra.map((name) => name.toLowerCase())
  const malformed = given.find((name) => !isAddress(name) && !NAME.test(name))
  if (malformed !== undefined) throw new OperationRefused('name_malformed', { name: malformed })
  const names = [host, `${host.split('.', 1)[0]}.local`, ...given.filter((name) => !isAddress(name))]
  return {
    names: [...new Set(['localhost', ...names])].filter((name) => NAME.test(name)),
    addresses: [...new Set(['127.0.0.1', '::1', ...own, ...given.filter(isAddress)])],
  }
}

/** The networks that the authority may speak for: the local ones, and exactly those addresses that lie outside them. */
export function permittedNetworks(addresses: readonly string[]): readonly Network[] {
  const local = LOCAL_NETWORKS.map((text) => {
    const [address = '', bits = ''] = text.split('/')
    return network(bytesOf(address), Number(bits))
  })
  const outside = addresses
    .map(bytesOf)
    .filter((address) => !local.some((one) => contains(one, address)))
    .map((address) => network(address, address.length * 8))
  return [...local, ...outside]
}

/** Whether a name is one that the authority may always speak for. */
export function isLocalName(name: string): boolean {
  return LOCAL_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`))
}

/** Whether an authority with these constraints may speak for a name or an address. */
export function isPermitted(one: string, { domains, networks }: NameConstraints): boolean {
  if (isAddress(one)) return networks.some((network) => contains(network, bytesOf(one)))
  return domains.some((domain) => one === domain || one.endsWith(`.${domain}`))
}

function isAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text)
}

function network(address: readonly number[], bits: number): Network {
  const mask = address.map((_, i) => (0xff << (8 - Math.min(8, Math.max(0, bits - i * 8)))) & 0xff)
  return { address, mask }
}

function contains({ address, mask }: Network, one: readonly number[]): boolean {
  return (
    address.length === one.length && address.every((byte, i) => (one[i]! & mask[i]!) === (byte & mask[i]!))
  )
}

function bytesOf(address: string): number[] {
  if (isIPv4(address)) return address.split('.').map(Number)
  const [head = '', tail] = address.split('::')
  const groups = (text: string): number[] =>
    text === ''
      ? []
      : text
          .split(':')
          .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
  const [left, right] = [groups(head), groups(tail ?? '')]
  return [...left, ...Array.from({ length: 16 - left.length - right.length }, () => 0), ...right]
}
