// RFC 5280 §4.2.1.10 in DER: which names the local authority may speak for. Whoever steals its key cannot use it to
// pose as a bank.

const SEQUENCE = 0x30
const PERMITTED = 0xa0
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

/** An address with the mask of its network, both as bytes of the same length. */
export interface Network {
  readonly address: readonly number[]
  readonly mask: readonly number[]
}

/** The extension's value. `domains`: each with everything below it. */
export function nameConstraints(
  domains: readonly string[],
  networks: readonly Network[],
): Uint8Array<ArrayBuffer> {
  const names = [
    ...domains.map((domain) => der(DNS_NAME, [...Buffer.from(domain, 'ascii')])),
    ...networks.map(({ address, mask }) => der(IP_ADDRESS, [...address, ...mask])),
  ]
  const subtrees = names.flatMap((name) => der(SEQUENCE, name))
  return new Uint8Array(der(SEQUENCE, der(PERMITTED, subtrees)))
}

function der(tag: number, content: readonly number[]): number[] {
  return [tag, ...lengthOf(content.length), ...content]
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}
