// Reads a list that is too long to be held: its lines, as many at a time as one piece of the file has.

const latin1 = new TextDecoder('latin1')

/** The lines of a list without their LF, in order, in batches; the pieces may be cut anywhere. */
export function* lineBatches(chunks: Iterable<Uint8Array>): Generator<readonly string[]> {
  let rest = ''
  for (const chunk of chunks) {
    const lines = (rest + latin1.decode(chunk)).split('\n')
    rest = lines.pop() as string
    if (lines.length > 0) yield lines
  }
  if (rest !== '') yield [rest]
}

/** Column 1 of a line. */
export function firstCell(line: string): string {
  const tab = line.indexOf('\t')
  return tab < 0 ? line : line.slice(0, tab)
}
