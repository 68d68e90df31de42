// verify(bundle) → report: every check in the order of spec section 10, and one verdict. It never throws.

import type { BundleFiles } from '../bundle/files.ts'
import type { Policy } from '../log/policy.ts'
import { isWeak } from '../sources/rules.ts'
import * as bundle from './bundle-checks.ts'
import * as certificate from './certificate-checks.ts'
import { CHECK_IDS, type CheckId } from './checks.ts'
import * as close from './close-checks.ts'
import * as commitment from './commitment-checks.ts'
import { type CheckFunction, type Context, contextOf } from './context.ts'
import * as events from './event-checks.ts'
import { factsOf } from './facts.ts'
import { freshness } from './freshness.ts'
import * as log from './log-checks.ts'
import * as people from './people-checks.ts'
import * as randomness from './randomness-checks.ts'
import { check, type Check, partsOf, type Report, verdictOf } from './report.ts'
import * as subjects from './subject-checks.ts'

const FUNCTIONS: Readonly<Record<CheckId, CheckFunction>> = {
  'bundle.files': bundle.bundleFiles,
  'manifest.bytes': bundle.manifestBytes,
  'manifest.fields': bundle.manifestFields,
  'list.form': bundle.listForm,
  'plan.entry': commitment.planEntry,
  'commit.rules': commitment.commitRules,
  'commit.lists': commitment.commitLists,
  'register.partition': commitment.registerPartition,
  'strata.rows': commitment.strataRows,
  quota: commitment.quota,
  'sources.rules': commitment.sourcesRules,
  software: bundle.software,
  'close.commit': close.closeCommit,
  'close.files': close.closeFiles,
  'close.observers': close.closeObservers,
  'close.preflight': close.closePreflight,
  'close.signed': close.closeSigned,
  'values.order': randomness.valuesOrder,
  'values.form': randomness.valuesForm,
  'values.drand': randomness.valuesDrand,
  'values.record': randomness.valuesRecord,
  'values.secret': randomness.valuesSecret,
  'cert.commit': certificate.certCommit,
  'cert.lists': certificate.certLists,
  seed: randomness.seed,
  selection: subjects.selection,
  probabilities: subjects.probabilities,
  inspectors: people.inspectors,
  assignment: people.assignment,
  match: people.match,
  pair: people.pair,
  'log.proofs': log.logProofs,
  'log.order': log.logOrder,
  'log.sequence': log.logSequence,
  freshness,
  signatures: certificate.signatures,
  'events.chain': events.eventsChain,
  'events.rules': events.eventsRules,
  'events.substitute': events.eventsSubstitute,
  single: events.single,
}

/** What the verifying person adds of his own. */
export interface VerifyOptions {
  /** Whom he trusts to have seen the log; without it freshness stays unknown. */
  readonly policy?: Policy
}

/** Verifies a bundle. */
export function verify(files: BundleFiles, options: VerifyOptions = {}): Report {
  const steps = verifySteps(files, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same, check by check, so that a person can watch. */
export function* verifySteps(files: BundleFiles, options: VerifyOptions = {}): Generator<Check, Report> {
  const context = contextOf(files, options.policy)
  const checks: Check[] = []
  for (const id of CHECK_IDS) {
    const done = run(id, context)
    if (!done) continue
    checks.push(done)
    yield done
  }
  return reportOf(context, checks)
}

/** A check that could not run to its end is unknown, whatever stopped it. */
function run(id: CheckId, context: Context): Check | undefined {
  try {
    return FUNCTIONS[id](context)
  } catch (error) {
    return check(id, 'unknown', 'could_not_run', {
      error: error instanceof Error ? error.message : String(error),
    })
  }
}

/** Figures are a courtesy: where hostile lists stop their computing, the report stands without them. */
function factsOrNone(context: Context): Report['facts'] {
  try {
    return factsOf(context)
  } catch {
    return {}
  }
}

function reportOf(context: Context, checks: readonly Check[]): Report {
  const failed = checks.find((c) => c.holds === 'no')
  const c = context.manifests.commit?.value
  return {
    verdict: verdictOf(checks),
    weak: c ? isWeak(c.sources) : false,
    state: context.state,
    level: context.level,
    sealed: context.sealed,
    ...(failed ? { code: failed.id } : {}),
    parts: partsOf(checks),
    checks,
    facts: factsOrNone(context),
  }
}
