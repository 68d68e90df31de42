// The door of the freeze.
export { type FrozenRegister, freezeRegister, reportPath } from './freeze.ts'
export { freezeInspectors, type FrozenInspectors, type InspectorRow } from './inspectors.ts'
export { discardPartial } from './partial.ts'
export type { FreezeTools } from './tools.ts'
