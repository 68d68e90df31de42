// The door of the draw: what the command, the page and the platform use.

export { fromHex, toHex, utf8 } from './bytes.ts'
export { type BundleFiles, memoryFiles } from './bundle/files.ts'
export { type Alg, hashHex } from './hash.ts'
export { type Policy, policy } from './log/policy.ts'
export { CHECK_IDS, type CheckId, CHECKS, type Part } from './verify/checks.ts'
export type { Check, Detail, Holds, Report, Verdict } from './verify/report.ts'
export { verify, type VerifyOptions, verifySteps } from './verify/verify.ts'
