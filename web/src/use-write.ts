// One way to change something: it sends a key, asks for the password again where the server wants that, and refreshes
// what is on the screen.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from './api.ts'
import { ProblemError } from './ui/problem.tsx'
import { proveAgain } from './ui/prove-again.ts'

interface WriteOptions<Result> {
  /** Query keys whose answers may have changed; all, if absent. */
  readonly changes?: readonly (readonly unknown[])[]
  readonly onDone?: (result: Result) => void
  /** What is said when it is done. */
  readonly says?: 'created' | 'saved' | 'proposed' | 'done'
}

/**
 * A mutation. `send` gets the headers of this attempt: the same key again after a failure without an answer, so that what
 * arrived is not done twice.
 */
export function useWrite<Input, Result>(
  send: (input: Input, headers: { readonly 'Idempotency-Key': string }) => Promise<Result>,
  { changes, onDone, says }: WriteOptions<Result> = {},
) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useTranslation()
  const attempt = useRef<{ readonly key: string; readonly text: string } | undefined>(undefined)
  return useMutation({
    mutationFn: async (input: Input) => {
      const text = JSON.stringify(input) ?? ''
      if (attempt.current?.text !== text) attempt.current = { key: newKey(), text }
      const { key } = attempt.current
      const result = await provingAgain(
        () => send(input, { 'Idempotency-Key': key }),
        () => send(input, { 'Idempotency-Key': newKey() }),
      )
      attempt.current = undefined
      return result
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.status > 0 && error.status < 500) attempt.current = undefined
    },
    onSuccess: async (result) => {
      if (says) void message.success(t(`ui.said.${says}`))
      onDone?.(result)
      if (changes) await Promise.all(changes.map((queryKey) => client.invalidateQueries({ queryKey })))
      else await client.invalidateQueries()
    },
  })
}

/** Some acts want the password again, at most some minutes ago: asked for once, then the act is sent again. */
async function provingAgain<Result>(
  first: () => Promise<Result>,
  again: () => Promise<Result>,
): Promise<Result> {
  try {
    return await first()
  } catch (error) {
    const isWanted = error instanceof ProblemError && error.code === 'reauthentication_needed'
    if (!isWanted || !(await proveAgain())) throw error
    return again()
  }
}
