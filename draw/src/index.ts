// The door of the draw: what the command, the page and the platform use.

export { compareBytes, concat, fromHex, toHex, utf8 } from './bytes.ts'
export {
  buildCommitment,
  buildPlan,
  type Built,
  type CommitmentChoices,
  type CommitmentCompletion,
  CommitmentRefused,
  type CommitmentSecrets,
  completeCommitment,
} from './build/commitment.ts'
export { buildClose, contributionOf } from './build/close.ts'
export { saltedEntryOf } from './build/lists.ts'
export { preflightLines, preflightOf } from './build/preflight.ts'
export { Log } from './build/log.ts'
export { buildCertificate, computeDraw, type DrawResult } from './build/result.ts'
export { type BundleFiles, memoryFiles } from './bundle/files.ts'
export { isSealedUntilOpen, type Loaded, loadManifests, type Manifests } from './bundle/load.ts'
export { eventName, eventValuesName, isL2 } from './bundle/names.ts'
export { QuotaError, quotasOf } from './choose/quota.ts'
export { type Replay, replay } from './events/replay.ts'
export { explain, explainer, type Fate, type PooledFate, type TicketPlace, type Visit } from './explain.ts'
export { type ListProof, ListProver } from './list-proof.ts'
export { type Alg, hashHex, tag } from './hash.ts'
export { canonical, canonicalBytes, type Json, type JsonObject } from './jcs.ts'
export { indexList, lineAt, type ListLine } from './list-index.ts'
export { readCells } from './lists/form.ts'
export { listBytes } from './lists/write.ts'
export {
  type Checkpoint,
  checkpointBody,
  cosignatureLine,
  cosignedAt,
  fromBase64,
  noteKeyId,
  parseCheckpoint,
  signatureLine,
  signCheckpoint,
  toBase64,
} from './log/checkpoint.ts'
export { logLeafHash } from './log/leaf.ts'
export { latestCosigning, namesNoWitness, type Policy, policy } from './log/policy.ts'
export type { Certificate } from './manifest/certificate.ts'
export type { Close } from './manifest/close.ts'
export type { Commitment, Demand, Matching, Members } from './manifest/commitment.ts'
export { type DrawEvent, event } from './manifest/event.ts'
export { FieldError } from './manifest/fields.ts'
export type { Design, Plan } from './manifest/plan.ts'
export type { LogLeaf, Signature } from './manifest/proofs.ts'
export { type FreshSource, freshSource, type Source, type SourceValue } from './manifest/source.ts'
export { explainInfeasible, match, type MatchProblem } from './matching/index.ts'
export {
  consistencyPath,
  consistent,
  inclusionPath,
  includes,
  leafHash,
  nodeHash,
  saltedLeafHash,
  treeRoot,
} from './merkle.ts'
export { aliasOf } from './people/alias.ts'
export { demandLookup, demandsOfDrawn } from './people/demand.ts'
export type { PreflightFault } from './people/preflight.ts'
export { readPeople } from './people/register.ts'
export { publicKeyEd25519, signEd25519, verifyEd25519 } from './sign/ed25519.ts'
export { publicKeyOf, signatureHolds, signHash, type SigningKey } from './sign/signature.ts'
export { publicKeySm2, signSm2, verifySm2 } from './sign/sm2.ts'
export { drandValue, roundAfterClose, timeOfRound } from './sources/drand.ts'
export { receiptHash, recordHash } from './sources/record.ts'
export { ENOUGH, outcomesOfAll } from './sources/outcomes.ts'
export { firstValueTime } from './sources/rules.ts'
export { drandHolds, valueIsWellFormed } from './sources/value.ts'
export {
  CREDIT_CODE_ALPHABET,
  creditCodeCheck,
  halfWidth,
  isCreditCode,
  isIdCardNumber,
  isNullWord,
  isRegistrationNumber,
  registrationCheckHolds,
  withoutBlanks,
} from './subject-code.ts'
export { CHECK_IDS, type CheckId, CHECKS, type Part } from './verify/checks.ts'
export { signedHashes } from './verify/certificate-checks.ts'
export { contextOf } from './verify/context.ts'
export { replayOf, type Replayer, replayWith } from './verify/replayed.ts'
export type { Check, Detail, Holds, Report, Verdict } from './verify/report.ts'
export { verify, type VerifyOptions, verifySteps } from './verify/verify.ts'
