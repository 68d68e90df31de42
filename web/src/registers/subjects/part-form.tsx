import type { ReactNode } from 'react'
import { EntryForm } from '../../ui/form.tsx'
import type { Refused } from '../../ui/problem.tsx'
import { useWrite } from '../../use-write.ts'
import { fieldOfRefusal } from './refused-at.ts'

interface PartFormProps<Values extends object> {
  readonly verb: string
  readonly initial: Partial<Values>
  readonly send: (values: Values, headers: { readonly 'Idempotency-Key': string }) => Promise<unknown>
  readonly onDone: () => void
  readonly refusedAt?: (refused: Refused) => string | undefined
  readonly children: ReactNode
}

/** A form about a part of a subject: whatever shows the subject is asked for anew afterwards. */
export function PartForm<Values extends object>(form: PartFormProps<Values>) {
  const { verb, initial, send, onDone, refusedAt = fieldOfRefusal, children } = form
  const save = useWrite<Values, unknown>(send, {
    changes: [['subjects'], ['subject-changes']],
    onDone,
    says: 'saved',
  })
  return (
    <EntryForm<Values>
      verb={verb}
      initial={initial}
      isBusy={save.isPending}
      error={save.error}
      refusedAt={refusedAt}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      {children}
    </EntryForm>
  )
}
