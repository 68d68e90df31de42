// CSV text to records. A stray quote never swallows the rest of the file: a record whose quoting is broken ends at
// its first line, is marked, and reading goes on with the next line.

/** One record. Lines and numbers count from 1; blank lines are records of one empty cell. */
export interface CsvRecord {
  readonly number: number
  readonly line: number
  readonly cells: readonly string[]
  /** What is wrong with the quoting; see `Defect`. */
  readonly flaw?: QuoteFlaw
  /** False for a last record without a line end. */
  readonly ended: boolean
}

/** How quoting can be broken. */
export type QuoteFlaw = 'stray' | 'unterminated' | 'swallowed'

/** What the reader must know of the file. */
export interface CsvForm {
  readonly delimiter: string
  /** Cells of a sound record, once known: then a record of another width that holds whole lines was swallowed. */
  readonly width?: number
  /** Characters of one record. */
  readonly maxCharacters: number
}

/** A record that did not end within `maxCharacters`, at this line. */
export class EndlessRecord extends Error {
  constructor(
    readonly number: number,
    readonly line: number,
  ) {
    super(`record ${number} at line ${line} does not end`)
  }
}

interface Parsed {
  readonly cells: string[]
  /** Where the next record begins. */
  readonly next: number
  readonly lines: number
  readonly ended: boolean
  readonly flaw?: QuoteFlaw
}

/** A parser that takes text in pieces: `push` each, then `end`. Line ends may be LF, CRLF and CR, mixed. */
export class CsvRecords {
  readonly #form: CsvForm
  #text = ''
  #at = 0
  #number = 0
  #line = 1
  #final = false
  // The next place of each character at or after #at; #text.length where there is none. Found again only when passed.
  #lineFeed = -1
  #return = -1
  #quote = -1
  #comma = -1

  constructor(form: CsvForm) {
    this.#form = form
  }

  /** The records completed by this piece. */
  push(piece: string): CsvRecord[] {
    this.#text = this.#text.slice(this.#at) + piece
    this.#at = 0
    this.#forgetPlaces()
    return this.#take()
  }

  /** The records left when no more text comes. */
  end(): CsvRecord[] {
    this.#final = true
    return this.push('')
  }

  #take(): CsvRecord[] {
    const records: CsvRecord[] = []
    while (this.#at < this.#text.length) {
      const start = this.#at
      const parsed = this.#record()
      if (!parsed) {
        this.#refuseEndless(start)
        break
      }
      const { cells, next, lines, ended, flaw } = parsed
      const record = { number: ++this.#number, line: this.#line, cells, ended }
      records.push(flaw ? { ...record, flaw } : record)
      this.#line += lines
      this.#at = next
    }
    return records
  }

  #record(): Parsed | undefined {
    const end = this.#lineEnd(this.#at)
    if (end === undefined) return undefined
    if (this.#nextQuote(this.#at) >= end) {
      const cells = this.#text.slice(this.#at, end).split(this.#form.delimiter)
      return { cells, next: this.#afterLine(end), lines: 1, ended: end < this.#text.length }
    }
    const parsed = this.#quotedRecord()
    if (parsed === undefined) return undefined
    if (typeof parsed === 'string') return this.#brokenLine(end, parsed)
    const swallowed = this.#swallows(end, parsed)
    if (!swallowed) return parsed
    return parsed.cells.length === this.#form.width
      ? { ...parsed, flaw: 'swallowed' }
      : this.#brokenLine(end, 'swallowed')
  }

  // A record with at least one quote in its first line; undefined when more text is needed.
  #quotedRecord(): Parsed | QuoteFlaw | undefined {
    const { delimiter } = this.#form
    const cells: string[] = []
    let stray = false
    let at = this.#at
    for (;;) {
      let end: number
      if (this.#text[at] === '"') {
        const closing = this.#closingQuote(at)
        if (closing === undefined || closing === 'unterminated') return closing
        const inner = this.#text.slice(at + 1, closing)
        cells.push(inner.includes('"') ? inner.replaceAll('""', '"') : inner)
        end = closing + 1
        const after = this.#text[end]
        if (after !== undefined && after !== delimiter && after !== '\n' && after !== '\r') return 'stray'
      } else {
        const lineEnd = this.#lineEnd(at)
        if (lineEnd === undefined) return undefined
        end = Math.min(lineEnd, this.#nextDelimiter(at))
        stray ||= this.#nextQuote(at) < end
        cells.push(this.#text.slice(at, end))
      }
      if (this.#text[end] !== delimiter) {
        if (this.#lineEnd(end) === undefined) return undefined
        const next = this.#afterLine(end)
        const lines = countLines(this.#text, this.#at, next)
        const parsed = { cells, next, lines, ended: end < this.#text.length }
        return stray ? { ...parsed, flaw: 'stray' } : parsed
      }
      at = end + 1
      if (at >= this.#text.length && !this.#final) return undefined
    }
  }

  #closingQuote(opening: number): number | 'unterminated' | undefined {
    for (let from = opening + 1; ;) {
      const quote = this.#text.indexOf('"', from)
      if (quote < 0 || (quote === this.#text.length - 1 && !this.#final)) {
        const tooLong = this.#text.length - this.#at > this.#form.maxCharacters
        return this.#final || tooLong ? 'unterminated' : undefined
      }
      if (quote - this.#at > this.#form.maxCharacters) return 'unterminated'
      if (this.#text[quote + 1] !== '"') return quote
      from = quote + 2
    }
  }

  // The first line of a record whose quoting is broken, parted as well as that line alone allows.
  #brokenLine(end: number, flaw: QuoteFlaw): Parsed {
    this.#forgetPlaces()
    const cells = leniently(this.#text.slice(this.#at, end), this.#form.delimiter)
    return { cells, next: this.#afterLine(end), lines: 1, ended: end < this.#text.length, flaw }
  }

  // Does a quoted cell hold lines that are rows by themselves?
  #swallows(firstLineEnd: number, { next, cells }: Parsed): boolean {
    const { width, delimiter } = this.#form
    if (width === undefined || width < 2 || this.#afterLine(firstLineEnd) >= next) return false
    const lines = this.#text
      .slice(this.#afterLine(firstLineEnd), next)
      .trimEnd()
      .split(/\r\n|\n|\r/)
    const whole = (line: string): boolean => leniently(line, delimiter).length === width
    // With the right width it may be an honest text of several lines: ask for whole rows inside, and enough cells.
    return cells.length === width ? width > 3 && lines.slice(0, -1).some(whole) : lines.some(whole)
  }

  #refuseEndless(start: number): void {
    if (this.#text.length - start <= this.#form.maxCharacters + 1) return
    if (this.#lineEnd(start) === undefined) throw new EndlessRecord(this.#number + 1, this.#line)
  }

  #forgetPlaces(): void {
    this.#lineFeed = this.#return = this.#quote = this.#comma = -1
  }

  // The end of the line that `from` is in; undefined when more text is needed to know.
  #lineEnd(from: number): number | undefined {
    if (this.#lineFeed < from) this.#lineFeed = this.#find('\n', from)
    if (this.#return < from) this.#return = this.#find('\r', from)
    const end = Math.min(this.#lineFeed, this.#return)
    if (this.#final) return end
    const open = end === this.#text.length || (end === this.#return && end === this.#text.length - 1)
    return open ? undefined : end
  }

  #afterLine(end: number): number {
    return this.#text[end] === '\r' && this.#text[end + 1] === '\n'
      ? end + 2
      : Math.min(end + 1, this.#text.length)
  }

  #nextQuote(from: number): number {
    if (this.#quote < from) this.#quote = this.#find('"', from)
    return this.#quote
  }

  #nextDelimiter(from: number): number {
    if (this.#comma < from) this.#comma = this.#find(this.#form.delimiter, from)
    return this.#comma
  }

  #find(character: string, from: number): number {
    const at = this.#text.indexOf(character, from)
    return at < 0 ? this.#text.length : at
  }
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === 13 || (code === 10 && (at === from || text.charCodeAt(at - 1) !== 13))) lines++
  }
  return lines
}

// One line: a quoted cell ends at the first quote before a delimiter or at the line's end; else quotes are text.
function leniently(line: string, delimiter: string): string[] {
  const cells: string[] = []
  let closes = true
  for (let at = 0; ;) {
    let closing = -1
    if (closes && line[at] === '"') {
      closing = line.indexOf(`"${delimiter}`, at + 1)
      closes = closing >= 0
      if (!closes && line.endsWith('"') && line.length > at + 1) closing = line.length - 1
    }
    const next = closing < 0 ? line.indexOf(delimiter, at) : closing + 1
    const end = next < 0 ? line.length : next
    cells.push(closing < 0 ? line.slice(at, end) : line.slice(at + 1, closing))
    if (end >= line.length) return cells
    at = end + 1
  }
}
