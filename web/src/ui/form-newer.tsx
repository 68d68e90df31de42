// What a form does when the record under it is changed by somebody else: what was not touched follows, what was touched
// stays, and says so.

import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, type FormInstance } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from './problem.tsx'

type Fields = Readonly<Record<string, unknown>>

/**
 * Keeps the untouched fields as the newest version of the record has them, so that saving never takes back in silence
 * what somebody else wrote; a touched field that he changed too is marked with his value.
 */
export function useNewest(form: FormInstance, initial: Fields | undefined): void {
  const { t } = useTranslation()
  const known = useRef(initial)
  const text = JSON.stringify(initial ?? {})
  useEffect(() => {
    const before = known.current ?? {}
    const now = JSON.parse(text) as Fields
    known.current = now
    const names = new Set([...Object.keys(before), ...Object.keys(now)])
    for (const name of names) {
      if (JSON.stringify(before[name]) === JSON.stringify(now[name])) continue
      if (!form.isFieldTouched(name)) form.setFieldValue(name, now[name])
      else form.setFields([{ name, warnings: [t('ui.newer.theirs', { value: shownValue(now[name]) })] }])
    }
  }, [form, text, t])
}

/** Whether an edit came too late. */
export function isStale(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'stale_version'
}

/** Somebody was quicker: what one wrote is still there, and one step takes over the rest. */
export function NewerVersion({ onTaken }: { readonly onTaken: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const take = async (): Promise<void> => {
    setBusy(true)
    await client.invalidateQueries()
    setBusy(false)
    onTaken()
  }
  return (
    <Alert
      type="warning"
      showIcon
      className="failure"
      role="alert"
      title={t('ui.newer.title')}
      description={t('ui.newer.what')}
      action={
        <Button size="small" loading={isBusy} onClick={() => void take()}>
          {t('ui.newer.take')}
        </Button>
      }
    />
  )
}

function shownValue(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}
