// The example of the specification as a public draw: a whole bundle without a database.

import type { Certificate, Close, Commitment, Plan, Signature } from '@sunlot/draw'
import { readFileSync } from 'node:fs'
import type { PublicDraw, Said } from '../../src/draws/certificate/public-draw.ts'

export const EXAMPLE = new URL('../../../draw/spec/example/', import.meta.url)

/** A file of the example. */
export function exampleFile(name: string): Uint8Array {
  return readFileSync(new URL(name, EXAMPLE))
}

/** The example, certified. `over`: what a test has otherwise. */
export function exampleDraw(over: Partial<PublicDraw> = {}): PublicDraw {
  const said = <T>(name: string, hash: string): Said<T> => ({
    hash,
    value: JSON.parse(Buffer.from(exampleFile(name)).toString()),
  })
  const certificate = said<Certificate>('certificate.json', '958b07c04c337984'.padEnd(64, '0'))
  const { signatures } = JSON.parse(Buffer.from(exampleFile('signatures.json')).toString()) as {
    signatures: Signature[]
  }
  return {
    row: {
      id: '01990000-0000-7000-8000-000000000001',
      name: 'qingshi-2026-food-1',
      taskName: '食品经营主体“双随机、一公开”联合抽查',
      taskNumber: '2026-001',
      divisionCode: '990101',
      divisionName: '青石县',
      leadAuthorityName: '青石县市场监督管理局',
      oversightAuthorityName: '青石县司法局',
      isSealed: false,
      mode: 'teams',
      seq: 1,
      closeBy: new Date(1795395600_000),
      certifyBy: new Date(1795482000_000),
      openAt: null,
      openedAt: null,
      endedAt: null,
      endReason: null,
      supersedesName: null,
      figures: {
        scopeCount: 9,
        population: 8,
        exclusions: [{ code: 'NOT_ACTIVE', subjects: 1 }],
        strata: [],
        demands: [],
        pools: [],
        classes: [],
        conflicts: 0,
        short: 0,
        teams: 3,
      },
    },
    state: 'certified',
    supersededBy: null,
    plan: said<Plan>('plan.json', certificate.value.commit),
    commit: said<Commitment>('commit.json', certificate.value.commit),
    close: said<Close>('close.json', certificate.value.close),
    certificate,
    files: ['plan.json', 'commit.json', 'close.json', 'certificate.json'],
    authorities: new Map([
      ['d01', '青石县市场监督管理局'],
      ['d02', '青石县消防救援大队'],
      ['d90', '青石县司法局'],
    ]),
    observers: [
      { role: 'PEOPLES_CONGRESS_DEPUTY', count: 2, contributed: 2 },
      { role: 'OTHER', count: 2, contributed: 1 },
    ],
    presses: [
      { stage: 'objects', authority: '青石县市场监督管理局', instead: false, at: new Date(1795396400_000) },
      { stage: 'inspectors', authority: '青石县消防救援大队', instead: true, at: new Date(1795396460_000) },
    ],
    signatures,
    events: [],
    unassigned: 0,
    ...over,
  }
}
