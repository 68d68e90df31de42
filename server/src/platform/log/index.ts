// The door of the log: what the server, the command and the routes use.

export {
  firstWitnessedFrom,
  latestCheckpoint,
  latestWitnessed,
  type StoredCheckpoint,
} from './checkpoints.ts'
export { LogHalted, LogRolledBack } from './faults.ts'
export { LogKeyRefused, makeLogKey, openLogKey, rotate, type SignedRotation } from './keys.ts'
export { isNamedKey, type LogPolicy } from './policy.ts'
export {
  checkReceipt,
  leafIdOfEvent,
  type Receipt,
  type ReceiptFinding,
  receiptInTime,
  receiptOf,
} from './receipts.ts'
export { Sequencer, type SequencerParts } from './sequencer.ts'
export { SequencerLoop, type SequencerStatus } from './sequencer-loop.ts'
export type { LogAlg, LogKey, LogSigner } from './signer.ts'
export { type PublishedLog, verifierKeys } from './publication.ts'
export { runnerOf, runnerWithin, type SqlRunner } from './sql.ts'
export { TileFolder } from './tile-folder.ts'
export { parseTilePath, TILE_WIDTH } from './tile-path.ts'
export type { WitnessAddress } from './witness-client.ts'
export { Witnessing, type WitnessingParts, type WitnessStatus } from './witnessing.ts'
export * from './verify/index.ts'
