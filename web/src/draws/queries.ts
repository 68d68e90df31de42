// What the pages of 抽取 read.

/** A draw, as `draw.show` gives it. */
export interface Draw {
  readonly id: string
  readonly name: string
}
