import { encode } from 'uqr'

const SVG = 'http://www.w3.org/2000/svg'

/** A QR code as vector squares, dark on white, so that a phone reads it from the back of the room. */
export function qrOf(text: string, label: string): SVGElement {
  const { data, size } = encode(text, { border: 2 })
  const path = data
    .map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join(''))
    .join('')
  const svg = element('svg', {
    viewBox: `0 0 ${size} ${size}`,
    role: 'img',
    'aria-label': label,
    class: 'qr',
  })
  svg.append(
    element('rect', { width: String(size), height: String(size), fill: '#fff' }),
    element('path', { d: path, fill: '#000', 'shape-rendering': 'crispEdges' }),
  )
  return svg
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}
