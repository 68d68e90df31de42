// The door of the plan file.
export {
  choicesOf,
  type Demand,
  type Matching,
  type Members,
  type PlanChoices,
  type Pool,
} from './choices.ts'
export { type Design, expandDesign, type StratumRows } from './design.ts'
export { commitTime, parsePlanFile, type PlanFile, readPlanFile } from './plan-file.ts'
export { DEFECT_NAMES, type DefectName, POLICIES, type Policies } from './policies.ts'
export type { DiceSpec, DrandSpec, LotterySpec, SourceSpec } from './sources.ts'
