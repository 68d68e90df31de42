// Which character parts the cells.

/** The separators that are recognised. */
export type Delimiter = ',' | '\t' | ';'

const CANDIDATES: readonly Delimiter[] = [',', '\t', ';']
const SAMPLE_LINES = 50

/** The separator that parts most of the sample's lines into the same number of cells; a comma where none does. */
export function detectDelimiter(sample: string): Delimiter {
  const lines = sample
    .split(/\r\n|\n|\r/, SAMPLE_LINES)
    .filter((line) => line !== '')
    .map(withoutQuoted)
  let best: Delimiter = ','
  let bestScore = 0
  for (const candidate of CANDIDATES) {
    const score = agreement(lines.map((line) => line.split(candidate).length - 1))
    if (score > bestScore) {
      best = candidate
      bestScore = score
    }
  }
  return best
}

function withoutQuoted(line: string): string {
  return line.replaceAll(/"[^"]*"/g, '')
}

// Lines with the most common count; when the first line, as a rule the header, agrees it decides.
function agreement(counts: readonly number[]): number {
  const tally = new Map<number, number>()
  for (const count of counts) if (count > 0) tally.set(count, (tally.get(count) ?? 0) + 1)
  let most = 0
  let mode = 0
  for (const [count, times] of tally) {
    if (times > most || (times === most && count > mode)) {
      most = times
      mode = count
    }
  }
  const firstAgrees = mode > 0 && counts[0] === mode
  return most + (firstAgrees ? counts.length : 0) + mode / 10_000
}
