// Whether inspectors can be matched at all: what M/1 finds out by searching, said in numbers where nobody is recused.

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
