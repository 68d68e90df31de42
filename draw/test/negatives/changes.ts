// Changes that several tables make: of a source, of a value.

import type { SourceValue } from '../../src/manifest/source.ts'
import type { Forgery } from './forgery.ts'
import type { Loose } from './loose.ts'

/** Changes the source of an id in the commitment. */
export const source = (id: string, change: Readonly<Record<string, unknown>>): Forgery => ({
  commit: (c) => void Object.assign(c.sources.find((s) => s.id === id) ?? {}, change),
})

/** Changes the value of an id in the certificate; everything after it follows. */
export const value = (id: string, change: (v: Loose<SourceValue>) => void): Forgery => ({
  values: (all) => change(all.find((v) => v.id === id) as Loose<SourceValue>),
})
