// Whatever is tried in whatever order by whomever: plan, amendment, filing, task, participation and scheme stay in their
// tables, and nobody decides what he himself handed in.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../src/platform/refusal.ts'
import {
  AMENDMENT_STEPS,
  whyNotAmendmentStep,
  whyNotDecideAmendment,
} from '../../src/plans/amendments/amendments.rules.ts'
import { FILING_STEPS, whyNotDecideFiling, whyNotFilingStep } from '../../src/plans/filings/filings.rules.ts'
import {
  whyNotDecide,
  whyNotDiscard,
  whyNotProposed,
  whyNotPublish,
} from '../../src/plans/plans/plans.rules.ts'
import { PLAN_STEPS, whyNotPlanStep } from '../../src/plans/plans/steps.rules.ts'
import {
  whyNotDecline,
  whyNotPrepare,
  whyNotRelease,
  whyNotReopen,
} from '../../src/tasks/consultation/participations.rules.ts'
import { PARTICIPATION_STEPS, whyNotStep as whyNotPart } from '../../src/tasks/consultation/steps.rules.ts'
import {
  SCHEME_STEPS,
  whyNotPublish as whyNotPublishScheme,
  whyNotStep as whyNotScheme,
} from '../../src/tasks/schemes/schemes.rules.ts'
import { defaultTerms } from '../../src/tasks/schemes/terms.rules.ts'
import { TASK_STEPS, whyNotStep as whyNotTask } from '../../src/tasks/tasks/steps.rules.ts'
import { whyNotSend } from '../../src/tasks/tasks/tasks.rules.ts'
import { LAW } from '../support/app.ts'

const place = { division: '990101', on: '2026-03-02' }
const SEQUENCES = 10_000
const LONGEST = 30
const PEOPLE = ['赵一', '钱二', '孙三'] as const

/** What a rule is asked of: where the thing stands, who handed it in, and a fact that a sequence draws anew each time. */
interface Asked {
  readonly state: string
  readonly by: string
  readonly actor: string
  readonly fact: boolean
}

interface Machine {
  readonly name: string
  readonly steps: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>
  readonly first: string
  /** By these commands somebody hands it in; by those (in a state) another decides. */
  readonly handsIn: readonly string[]
  readonly decides: readonly string[]
  readonly whyNot: (command: string, asked: Asked) => Refusal | undefined
}

const plan = ({ state, by }: Asked) => ({
  state: state as 'draft',
  kind: 'annual' as const,
  year: 2026,
  divisionCode: place.division,
  proposedById: by,
  drafterIds: [],
})
const consulted = { state: 'consulting', startsOn: place.on, leadAuthorityId: 'lead' } as const

const MACHINES: readonly Machine[] = [
  {
    name: 'a plan',
    steps: PLAN_STEPS,
    first: 'draft',
    handsIn: ['propose'],
    decides: ['inReview.approve', 'inReview.return'],
    whyNot: (command, asked) => {
      if (command === 'approve' || command === 'return')
        return whyNotDecide(plan(asked), command, asked.actor)
      if (command === 'propose') return whyNotProposed(plan(asked), asked.fact ? 1 : 0)
      if (command === 'discard') return whyNotDiscard(plan(asked), asked.fact)
      if (command === 'publish') return whyNotPublish(plan(asked), asked.fact ? '政府网站' : null, LAW, place)
      return whyNotPlanStep(plan(asked), command as 'edit')
    },
  },
  {
    name: 'an amendment',
    steps: AMENDMENT_STEPS,
    first: 'draft',
    handsIn: ['propose'],
    decides: ['proposed.approve', 'proposed.reject'],
    whyNot: (command, { state, by, actor }) =>
      command === 'approve' || command === 'reject'
        ? whyNotDecideAmendment({ state: state as 'draft', proposedById: by, drafterIds: [] }, command, actor)
        : whyNotAmendmentStep({ state: state as 'draft' }, command as 'edit'),
  },
  {
    name: 'a filing',
    steps: FILING_STEPS,
    first: 'submitted',
    handsIn: [],
    decides: ['submitted.receive', 'submitted.return'],
    whyNot: (command, { state, by, actor, fact }) => {
      const filing = {
        kind: 'filing',
        state: state as 'submitted',
        isReviewed: fact,
        submittedById: by,
      } as const
      return command === 'receive' || command === 'return'
        ? whyNotDecideFiling(filing, command, actor)
        : whyNotFilingStep(filing, command as 'withdraw')
    },
  },
  {
    name: 'a task',
    steps: TASK_STEPS,
    first: 'drafted',
    handsIn: ['edit'],
    decides: ['drafted.dispatch', 'drafted.settle'],
    whyNot: (command, { state, by, actor, fact }) =>
      command === 'dispatch' || command === 'settle'
        ? whyNotSend(
            { state: state as 'drafted', mode: fact ? 'SECTORAL' : null, drafterIds: [by] },
            command,
            actor,
          )
        : whyNotTask(state as 'drafted', command as 'edit'),
  },
  {
    name: 'a participation',
    steps: PARTICIPATION_STEPS,
    first: 'prepared',
    handsIn: [],
    decides: [],
    whyNot: (command, { state, fact }) => {
      const part = { isLead: false, state: state as 'prepared', drafterIds: [] }
      if (command === 'prepare' && state !== 'prepared') return whyNotPrepare(part, consulted)
      if (command === 'release') return whyNotRelease(part, consulted)
      if (command === 'reopen') return whyNotReopen(part, consulted)
      if (command === 'decline')
        return whyNotDecline(part, consulted, { law: LAW, place }, fact ? 'hash' : null)
      return whyNotPart(state as 'prepared', command as 'ask')
    },
  },
  {
    name: 'a scheme',
    steps: SCHEME_STEPS,
    first: 'draft',
    handsIn: ['generate', 'edit'],
    decides: ['draft.publish'],
    whyNot: (command, { state, by, actor, fact }) => {
      if (command !== 'publish') return whyNotScheme(state as 'draft', command as 'edit')
      const terms = defaultTerms(LAW, place)
      const scheme = {
        state: state as 'draft',
        drafterIds: [by],
        taskVersion: 1,
        terms,
        sections: [],
        agreed: null,
      }
      return whyNotPublishScheme(
        scheme,
        { state: 'agreed', version: fact ? 1 : 2 },
        { law: LAW, place },
        actor,
      )
    },
  },
]

describe.each(MACHINES)('$name', ({ steps, first, handsIn, decides, whyNot }) => {
  const commands = [...new Set(Object.values(steps).flatMap((row) => Object.keys(row)))]
  const tried = fc.array(
    fc.record({
      command: fc.constantFrom(...commands),
      actor: fc.constantFrom(...PEOPLE),
      fact: fc.boolean(),
    }),
    { maxLength: LONGEST },
  )

  it('never leaves its table, and is never decided by whoever handed it in', () => {
    const seen = new Set<string>([first])
    fc.assert(
      fc.property(tried, (sequence) => {
        let state = first
        let by: string = PEOPLE[0]
        for (const { command, actor, fact } of sequence) {
          if (whyNot(command, { state, by, actor, fact })) continue
          const next = steps[state]?.[command]
          expect(next, `${command} in ${state}`).toBeDefined()
          expect(decides.includes(`${state}.${command}`) && actor === by).toBe(false)
          if (handsIn.includes(command)) by = actor
          state = next ?? ''
          expect(Object.keys(steps)).toContain(state)
          seen.add(state)
        }
      }),
      { numRuns: SEQUENCES, seed: 5 },
    )
    // Nothing in the table is out of reach of everybody.
    expect([...seen].toSorted()).toEqual(Object.keys(steps).toSorted())
  })

  it('refuses in an end state whatever is tried', () => {
    const ends = Object.entries(steps).filter(([, row]) => Object.keys(row).length === 0)
    for (const [state] of ends)
      for (const command of commands)
        for (const fact of [true, false])
          expect(whyNot(command, { state, by: '赵一', actor: '钱二', fact })?.code).toMatch(
            /not_in_this_state$/,
          )
  })
})
