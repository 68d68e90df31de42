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

/** Whom an authority may speak for. `domains`: each with everything below it. */
export interface NameConstraints {
  readonly domains: readonly string[]
  readonly networks: readonly Network[]
}

/** The extension's value. */
export function nameConstraints({ domains, networks }: NameConstraints): Uint8Array<ArrayBuffer> {
  const names = [
    ...domains.map((domain) => der(DNS_NAME, [...Buffer.from(domain, 'ascii')])),
    ...networks.map(({ address, mask }) => der(IP_ADDRESS, [...address, ...mask])),
  ]
  const subtrees = names.flatMap((name) => der(SEQUENCE, name))
  return new Uint8Array(der(SEQUENCE, der(PERMITTED, subtrees)))
}

/** What `nameConstraints` wrote. */
export function readNameConstraints(value: Uint8Array): NameConstraints {
  const [all] = parts(value)
  const [permitted] = parts(all?.content ?? new Uint8Array())
  const names = parts(permitted?.content ?? new Uint8Array()).flatMap(({ content }) => parts(content))
  const of = (tag: number): readonly Uint8Array[] =>
    names.filter((name) => name.tag === tag).map(({ content }) => content)
  return {
    domains: of(DNS_NAME).map((bytes) => Buffer.from(bytes).toString('ascii')),
    networks: of(IP_ADDRESS).map((bytes) => ({
      address: [...bytes.subarray(0, bytes.length / 2)],
      mask: [...bytes.subarray(bytes.length / 2)],
    })),
  }
}

interface Part {
  readonly tag: number
  readonly content: Uint8Array
}

function parts(bytes: Uint8Array): readonly Part[] {
  const found: Part[] = []
  for (let at = 0; at + 1 < bytes.length;) {
    const first = bytes[at + 1]!
    const long = first < 0x80 ? 0 : first & 0x7f
    const length = long === 0 ? first : Buffer.from(bytes).readUIntBE(at + 2, long)
    const from = at + 2 + long
    found.push({ tag: bytes[at]!, content: bytes.subarray(from, from + length) })
    at = from + length
  }
  return found
}

function der(tag: number, content: readonly number[]): number[] {
  return [tag, ...lengthOf(content.length), ...content]
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}
