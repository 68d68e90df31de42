/** Where, for whom and when something of the world is made. */
export interface Spot {
  readonly newId: () => string
  readonly authorityId: string
  readonly division: string
  readonly personId: string
  readonly now: Date
}
