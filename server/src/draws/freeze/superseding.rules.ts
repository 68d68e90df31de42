// A draw in place of a void one is the same draw once more: what decides about the result is as it was (draw protocol, section 9).

import { canonical, type Commitment, type JsonObject } from '@sunlot/draw'
import type { Refusal } from '../../platform/refusal.ts'

/** What a draw must share with the one that it supersedes. */
export type Sameness = Pick<
  Commitment,
  'sealed' | 'design' | 'strata' | 'demands' | 'max_skips' | 'matching' | 'lists'
>

/** The void draw, and what was prepared for it. */
export interface Superseded {
  readonly name: string
  readonly prepared: Sameness
}

type Fraction = { readonly num: number; readonly den: number }
const LAW = 'draws.traced'

/** Why a draw cannot be begun with this choice: seal and caps are those of the draw that it supersedes. Absent: as they were. */
export function whyNotBeginAnew(
  { name: draw, prepared }: Superseded,
  asked: { readonly sealed: boolean | undefined; readonly maxConflicts: Fraction | undefined },
): Refusal | undefined {
  if (asked.sealed !== undefined && asked.sealed !== prepared.sealed)
    return { code: 'draw.supersedes_sealing', params: { draw }, law: LAW }
  const cap = capOf(prepared)
  const isOther =
    asked.maxConflicts && cap && asked.maxConflicts.num * cap.den !== asked.maxConflicts.den * cap.num
  return isOther
    ? { code: 'draw.supersedes_caps', params: { draw, most: `${cap.num}/${cap.den}` }, law: LAW }
    : undefined
}

/** Why what was frozen cannot stand in place of a void draw. `field`: the first of the commitment's that differs. */
export function whyNotSupersede({ name: draw, prepared }: Superseded, now: Sameness): Refusal | undefined {
  const [before, after] = [comparedOf(prepared), comparedOf(now)]
  const field = Object.keys({ ...before, ...after }).find((each) => before[each] !== after[each])
  return field === undefined
    ? undefined
    : { code: 'draw.supersedes_other', params: { draw, field }, law: LAW }
}

/** The most conflicts, as the commitment has them; nothing where nobody is matched. */
export function capOf({ matching }: Pick<Sameness, 'matching'>): Fraction | undefined {
  return matching.mode === 'none' ? undefined : matching.max_conflicts
}

/** Each field that decides, as one text. People may change, and with them the codes of abilities: they fall ill, they declare. */
function comparedOf(given: Sameness): Readonly<Record<string, string>> {
  const { sealed, design, strata, demands, max_skips: skips, matching, lists } = given
  const population = lists.find(({ name }) => name === 'population.tsv')
  const { teams, ...rules } = 'teams' in matching ? matching : { ...matching, teams: undefined }
  return {
    sealed: String(sealed),
    // Of a sealed draw each list is salted anew: its bytes were laid out from the old one.
    population: `${population?.rows ?? 0} ${sealed ? '' : (population?.hash ?? '')}`,
    design: text(design),
    strata: text(strata),
    demands: text(
      demands.map(({ code, authorities, ...rest }) => ({ ...rest, code, of: membersOf(authorities) })),
    ),
    max_skips: String(skips),
    matching: text(rules),
    teams: String(teams?.count ?? 0),
  }
}

function membersOf(authorities: Sameness['demands'][number]['authorities']): readonly object[] {
  return authorities.map(({ authority, members }) => ({ authority, members }))
}

function text(value: unknown): string {
  return canonical({ value } as unknown as JsonObject)
}
