// Section 11 of the specification: the example's manifests, broken for reading, between its two markers.

const WIDTH = 118
const SHOWN = ['plan', 'commit', 'close', 'certificate', 'signatures', 'proofs', 'people']

/** The specification with its example printed anew from the bundle's files. */
export function withExample(spec: string, files: ReadonlyMap<string, Uint8Array>): string {
  const [head, rest = ''] = spec.split('<!-- example -->\n')
  const [, tail = ''] = rest.split('<!-- /example -->')
  const parts = SHOWN.map((name) => {
    const value: unknown = JSON.parse(new TextDecoder().decode(files.get(`${name}.json`)))
    return `**${name}.json**\n\n\`\`\`json\n${broken(value, '')}\n\`\`\`\n`
  })
  return `${head}<!-- example -->\n\n${parts.join('\n')}\n<!-- /example -->${tail}`
}

/** JSON on one line where it fits, else one member a line; long strings are cut in the middle and say so by "…". */
function broken(value: unknown, indent: string): string {
  const flat = JSON.stringify(value, (_, v: unknown) => (typeof v === 'string' ? shortened(v) : v))
  if (indent.length + flat.length <= WIDTH || typeof value !== 'object' || value === null) return flat
  const inner = `${indent}  `
  if (Array.isArray(value)) return `[\n${value.map((v) => inner + broken(v, inner)).join(',\n')}\n${indent}]`
  const members = Object.entries(value).map(
    ([key, v]) => `${inner}${JSON.stringify(key)}: ${broken(v, inner)}`,
  )
  return `{\n${members.join(',\n')}\n${indent}}`
}

function shortened(text: string): string {
  return /^[0-9a-f]{64,}$/.test(text) ? `${text.slice(0, 16)}…` : text
}
