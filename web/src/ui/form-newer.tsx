// What a form does when the record under it is changed by somebody else: what was not touched follows, what was touched
// stays, and says so.

import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, type FormInstance } from 'antd'
import type { TFunction } from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from './problem.tsx'

type Fields = Readonly<Record<string, unknown>>

/** A field that somebody else changed while it stood in a form. */
export interface Newer {
  readonly name: string
  readonly before: unknown
  readonly theirs: unknown
  /** It was touched here too: what stands in the form stays until one chooses theirs. */
  readonly isClash: boolean
}

/**
 * Keeps the untouched fields as the newest version of the record has them, so that saving never takes back in silence
 * what somebody else wrote; a touched field that he changed too is marked with his value. Gives what he changed.
 */
export function useNewest(form: FormInstance, initial: Fields | undefined): readonly Newer[] {
  const { t } = useTranslation()
  const known = useRef(initial)
  const [newer, setNewer] = useState<readonly Newer[]>([])
  const text = JSON.stringify(initial ?? {})
  useEffect(() => {
    const before = known.current ?? {}
    const now = JSON.parse(text) as Fields
    known.current = now
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    const changed = names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]))
      .map((name): Newer => ({
        name,
        before: before[name],
        theirs: now[name],
        isClash: form.isFieldTouched(name),
      }))
      // What one has just saved oneself is nobody else's.
      .filter(({ name }) => {
        const isOwn = JSON.stringify(form.getFieldValue(name)) === JSON.stringify(now[name])
        if (isOwn) form.setFields([{ name, touched: false, warnings: [] }])
        return !isOwn
      })
    for (const { name, isClash } of changed) {
      if (!isClash) form.setFieldValue(name, now[name])
      else form.setFields([{ name, warnings: [t('ui.newer.theirs', { value: said(t, now[name]) })] }])
    }
    setNewer(changed)
  }, [form, text, t])
  return newer
}

/** What somebody else changed, beside what it was and what stands here: one column each, and theirs can be taken over. */
export function NewerFields({
  form,
  newer,
}: {
  readonly form: FormInstance
  readonly newer: readonly Newer[]
}) {
  const { t } = useTranslation()
  const [taken, setTaken] = useState<readonly string[]>([])
  const take = ({ name, theirs }: Newer): void => {
    form.setFieldValue(name, theirs)
    form.setFields([{ name, warnings: [] }])
    setTaken([...taken, name])
  }
  if (newer.length === 0) return null
  return (
    <section className="newer-fields" aria-label={t('ui.newer.compared')}>
      <p>{t('ui.newer.compared')}</p>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              {(['field', 'before', 'his', 'mine'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`ui.newer.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {newer.map((one) => (
              <tr key={one.name}>
                <th scope="row">{labelOf(one.name)}</th>
                <td>{said(t, one.before)}</td>
                <td>
                  {said(t, one.theirs)}
                  {one.isClash && !taken.includes(one.name) ? (
                    <Button size="small" type="link" onClick={() => take(one)}>
                      {t('ui.newer.use_his')}
                    </Button>
                  ) : null}
                </td>
                <td>
                  {one.isClash && !taken.includes(one.name) ? (
                    <Mine form={form} name={one.name} />
                  ) : (
                    t('ui.newer.as_his')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Mine({ form, name }: { readonly form: FormInstance; readonly name: string }) {
  const { t } = useTranslation()
  return <>{said(t, Form.useWatch(name, form))}</>
}

/** What the form calls a field. */
function labelOf(name: string): string {
  return document.querySelector(`label[for="${CSS.escape(name)}"]`)?.textContent ?? name
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

/** A value as it can be said without its input: a text as it is, of a list how many it has. */
function said(t: TFunction, value: unknown): string {
  if (value === undefined || value === null || value === '') return '–'
  if (typeof value === 'boolean') return t(value ? 'ui.newer.yes' : 'ui.newer.no')
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string' && !UUID.test(each)) && value.length > 0
      ? value.join(t('ui.newer.and'))
      : t('ui.newer.items', { count: value.length })
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
