import { UploadOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import type { Column } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { countOf, effectsOf } from './figures.ts'
import { ImportStart } from './import-start.tsx'
import { REGISTERS, type RegisterImport, useRegisterImports } from './queries.ts'
import { ImportState } from './states.tsx'

/** Every file that was brought for a register, and the way to bring another. */
export function RegisterImportList() {
  const { t } = useTranslation('imports')
  const { t: ui } = useTranslation()
  const { search, change, onCursor } = useListSearch()
  const [isStarting, setStarting] = useState(false)
  const imports = useRegisterImports(search)
  const columns = useColumns()
  return (
    <>
      <ListPage<RegisterImport>
        title={t('title')}
        lead={t('lead')}
        acts={
          <ActButton
            type="primary"
            icon={<UploadOutlined aria-hidden />}
            refused={imports.data?.can.create}
            onClick={() => setStarting(true)}
          >
            {t('start')}
          </ActButton>
        }
        filters={
          <ChoiceFilter
            label={t('register')}
            value={search['register']}
            choices={[
              { value: '', label: ui('ui.all') },
              ...REGISTERS.map((value) => ({ value, label: t(`registers.${value}`) })),
            ]}
            onChange={(register) => change({ register })}
          />
        }
        query={imports}
        columns={columns}
        keyOf={({ id }) => id}
        empty={t('empty')}
        cursor={search['after']}
        onCursor={onCursor}
        isDimmed={({ state }) => state === 'discarded'}
      />
      <SideForm title={t('start')} isOpen={isStarting} onClose={() => setStarting(false)}>
        <ImportStart register={REGISTERS.find((one) => one === search['register']) ?? 'subject'} />
      </SideForm>
    </>
  )
}

/** What was only compared adds nothing and changes nothing. */
const writes = ({ mode }: RegisterImport): boolean => mode !== 'reconcile'

function useColumns(): readonly Column<RegisterImport>[] {
  const { t } = useTranslation('imports')
  const { instant, number } = useFormat()
  const figure = (
    key: string,
    title: string,
    of: (one: RegisterImport) => number,
    isTold: (one: RegisterImport) => boolean = writes,
  ): Column<RegisterImport> => ({
    key,
    title,
    isNumber: true,
    show: (one) => ('rows' in one.counts && isTold(one) ? number(of(one)) : '–'),
  })
  return [
    {
      key: 'file',
      title: t('file'),
      isName: true,
      show: ({ id, fileName }) => (
        <Link to="/registers/imports/$id" params={{ id }} className="file-name">
          {fileName}
        </Link>
      ),
    },
    { key: 'register', title: t('register'), show: ({ register }) => t(`registers.${register}`) },
    { key: 'mode', title: t('mode'), show: ({ mode }) => t(`modes.${mode}`) },
    figure(
      'rows',
      t('rows'),
      (one) => countOf(one, 'rows'),
      () => true,
    ),
    figure('new', t('results.new'), (one) => countOf(one, 'new')),
    figure('changed', t('results.changed'), (one) => effectsOf(one).changed),
    figure('unwritten', t('unwritten'), (one) => effectsOf(one).unwritten),
    { key: 'authority', title: t('authority'), show: ({ authority }) => authority.name, isSpare: true },
    { key: 'who', title: t('who'), show: ({ uploadedBy }) => uploadedBy.name },
    { key: 'at', title: t('at'), show: ({ uploadedAt }) => instant(uploadedAt) },
    { key: 'state', title: t('state'), show: (one) => <ImportState one={one} /> },
  ]
}
