// The door of matching M/1.

export { isCertified } from './certified.ts'
export { explainInfeasible, type Explanation, type WhyNotEligible } from './explain.ts'
export { type LeaveResult, matchAndMeasure, matchOrLeave } from './leave.ts'
export { match } from './match.ts'
export type { Probability } from './pair-probability.ts'
export {
  assignmentFile,
  type AssignmentLine,
  type Hall,
  type Infeasible,
  type MatchProblem,
  type MatchReport,
  type MatchResult,
  type MatchSubject,
  type Short,
  type Tolerance,
} from './problem.ts'
export type { Repair } from './repairs.ts'
export {
  type Demand,
  type DemandedSubject,
  formTeams,
  matchPerSubject,
  type MatchRules,
  matchTeams,
  perSubjectProblems,
  type Person,
  type SubjectMatching,
  teamFormingProblems,
  teamMatchingProblem,
  type TeamPlan,
  type TeamsResult,
} from './teams.ts'
