// Why the log does not go on. The platform turns read-only on the first, raises an alarm on the others.

/** What a fault names: codes and parameters; `words/…/log.json` makes the sentence. */
export type FaultParams = Readonly<Record<string, string | number>>

/** The database, the tiles or a witness remember more than this database does: an act was erased, or a backup restored. */
export class LogRolledBack extends Error {
  override readonly name = 'LogRolledBack'
  readonly code: 'checkpoint_lost' | 'sequence_lost' | 'root_differs' | 'tile_contradicts' | 'witness_ahead'
  readonly params: FaultParams

  constructor(code: LogRolledBack['code'], params: FaultParams) {
    super(`the log was rolled back: ${code} ${JSON.stringify(params)}`)
    this.code = code
    this.params = params
  }
}

/** A state that the log must not sign: it waits, and says why. */
export class LogHalted extends Error {
  override readonly name = 'LogHalted'
  readonly code: 'clock_went_back' | 'leaf_altered' | 'leaf_too_long'
  readonly params: FaultParams

  constructor(code: LogHalted['code'], params: FaultParams) {
    super(`the log halted: ${code} ${JSON.stringify(params)}`)
    this.code = code
    this.params = params
  }
}
