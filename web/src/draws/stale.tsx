import { Alert } from 'antd'
import { Reason } from '../ui/problem.tsx'
import type { Draw } from './queries.ts'

/** Where no quorum had seen the close in time: nothing goes on, and why. */
export function Stale({ draw: { stale } }: { readonly draw: Draw }) {
  return stale ? <Alert type="error" showIcon title={<Reason refused={stale} />} /> : null
}
