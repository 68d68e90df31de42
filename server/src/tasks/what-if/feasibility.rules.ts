// Whether inspectors can be matched at all: what M/1 finds out by searching, said in numbers.

/** The part of an authority in one trial. */
export interface Supply {
  /** Drawn inspectors who can do what is asked. */
  readonly able: number
  /** Inspectors to each subject. */
  readonly members: number
}

/**
 * Whether `subjects` subjects can each get `members` different inspectors of `able`, none more than `cap` subjects. Where
 * everybody may go to everybody this is so exactly when there are enough for one, and enough altogether.
 */
export function canMatch({ able, members }: Supply, subjects: number, cap: number): boolean {
  if (subjects === 0) return true
  return members <= able && subjects * members <= able * Math.min(cap, subjects)
}

/**
 * The same where some subjects cannot get everybody. `around`: for each such subject who is kept from it, as places among
 * the able. By min-cut: the subjects are served exactly when no set of inspectors stands in the way of more than it can
 * carry. Inspectors kept from the same subjects cannot be told apart, and the bound is concave in how many of them are
 * taken: only all or none of each kind need be tried.
 */
export function canMatchAround(
  supply: Supply,
  subjects: number,
  cap: number,
  around: readonly (readonly number[])[],
): boolean {
  if (!canMatch(supply, subjects, cap)) return false
  const kept = around.filter((places) => places.length > 0)
  if (kept.length === 0) return true
  const { able, members } = supply
  const kinds = kindsOf(able, kept)
  for (let set = 0; set < 2 ** kinds.length; set++) {
    const rest = kinds.filter((_, at) => ((set >> at) & 1) === 0)
    const left = sumOf(rest)
    const served =
      (able - left) * cap +
      (subjects - kept.length) * Math.min(members, left) +
      kept.reduce((sum, _, s) => sum + Math.min(members, sumOf(rest.filter(({ from }) => !from.has(s)))), 0)
    if (served < subjects * members) return false
  }
  return true
}

/** Inspectors who are kept from the same subjects. */
interface Kind {
  readonly from: ReadonlySet<number>
  readonly count: number
}

/** 1024 sets are tried in no time. The rarest beyond are taken as one, kept from all that any of them is: never too bold. */
const MOST_KINDS = 10

function kindsOf(able: number, kept: readonly (readonly number[])[]): readonly Kind[] {
  const from = new Map<number, number[]>()
  kept.forEach((places, s) => places.forEach((place) => from.set(place, [...(from.get(place) ?? []), s])))
  const counts = new Map<string, Kind>()
  for (const subjects of from.values()) {
    const key = subjects.join(',')
    counts.set(key, { from: new Set(subjects), count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const many = [...counts.values()].toSorted((a, b) => b.count - a.count)
  const last = many.slice(MOST_KINDS - 2)
  const lumped =
    last.length < 2 ? last : [{ from: new Set(last.flatMap((kind) => [...kind.from])), count: sumOf(last) }]
  return [{ from: new Set(), count: able - from.size }, ...many.slice(0, MOST_KINDS - 2), ...lumped]
}

function sumOf(kinds: readonly Kind[]): number {
  return kinds.reduce((sum, { count }) => sum + count, 0)
}

/** Whether an authority can give each of the teams its members, and the teams can take the subjects. */
export function canTeam({ able, members }: Supply, teams: number): boolean {
  return able >= teams * members
}

/** A share with the bounds between which it lies with 95 % (Wilson). */
export function shareOf(failed: number, trials: number): { share: number; low: number; high: number } {
  if (trials === 0) return { share: 0, low: 0, high: 1 }
  const z = 1.959_964
  const p = failed / trials
  const scale = 1 + z ** 2 / trials
  const centre = (p + z ** 2 / (2 * trials)) / scale
  const half = (z * Math.sqrt((p * (1 - p)) / trials + z ** 2 / (4 * trials ** 2))) / scale
  return { share: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
