// The encoder that Node lacks, made by asking its decoder for every code.

const codes = new Map<string, Buffer>()

/** The text in GB18030. */
export function gb18030(text: string): Buffer {
  if (codes.size === 0) learnCodes()
  return Buffer.concat([...text].map((character) => codes.get(character) ?? beyondBmp(character)))
}

function learnCodes(): void {
  const decoder = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true })
  const learn = (...bytes: number[]): void => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes))
      if (character.length === 1 && !codes.has(character)) codes.set(character, Buffer.from(bytes))
    } catch {
      // No such code.
    }
  }
  for (let byte = 0; byte < 0x80; byte++) learn(byte)
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) learn(lead, trail)
  }
  for (let index = 0; index < 39_420; index++) learn(...fourBytes(index))
}

function beyondBmp(character: string): Buffer {
  return Buffer.from(fourBytes(189_000 + character.codePointAt(0)! - 0x10000))
}

function fourBytes(index: number): number[] {
  return [
    0x81 + Math.floor(index / 12_600),
    0x30 + (Math.floor(index / 1260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  ]
}
