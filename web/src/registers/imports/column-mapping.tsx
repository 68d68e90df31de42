import { Checkbox, Input, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { EntryForm, Field as Entry } from '../../ui/form.tsx'
import { Loading } from '../../ui/notices.tsx'
import { Reason } from '../../ui/problem.tsx'
import { Rows } from '../../ui/rows.tsx'
import { useWrite } from '../../use-write.ts'
import { type Columns, mappingOf, type RowsSaid, sampleOf, unusedColumns, withColumn } from './columns.ts'
import { OpeningChoice } from './opening.tsx'
import { type Mapping, type RegisterImport, SOURCES, useMappings } from './queries.ts'

interface ColumnMappingProps {
  readonly one: RegisterImport
  readonly onDone: () => void
  /** Where there is a result already that one can go back to. */
  readonly onLeave?: (() => void) | undefined
}

/** 列对应: which column is which field, and what holds for all rows; then the file is compared. */
export function ColumnMapping({ one, onDone, onLeave }: ColumnMappingProps) {
  const remembered = useMappings(one.register)
  if (one.can.check)
    return (
      <p className="panel">
        <Reason refused={one.can.check} />
      </p>
    )
  if (remembered.isPending) return <Loading />
  const kept = remembered.data?.items.find(({ name }) => name === one.mappingName)
  const first = one.mapping ?? { ...kept?.mapping, columns: one.guess }
  return <MappingForm one={one} first={first} onDone={onDone} onLeave={onLeave} />
}

function MappingForm({ one, first, onDone, onLeave }: ColumnMappingProps & { readonly first: Mapping }) {
  const { t } = useTranslation('imports')
  const Choices = one.mode === 'reconcile' ? SourceFields : SubjectFields
  const [columns, setColumns] = useState<Columns>(first.columns)
  const check = useWrite(
    (body: Body<'/api/v1/register-imports/{id}/check'>, headers) =>
      answerOf(
        api.POST('/api/v1/register-imports/{id}/check', { params: { path: { id: one.id } }, body, headers }),
      ),
    { onDone, changes: [['registerImports'], ['importMappings'], ['todo']] },
  )
  const submit = (said: RowsSaid) => {
    const remember = said.remember?.trim() ?? ''
    check.mutate({ mapping: mappingOf(one, columns, said), ...(remember === '' ? {} : { remember }) })
  }
  return (
    <div className="stack">
      <OpeningChoice one={one} />
      <section>
        <h2>{t('mapping.title')}</h2>
        <p className="fine">
          {one.mappingName === null
            ? t('mapping.guessed')
            : t('mapping.remembered', { name: one.mappingName })}
        </p>
        <FieldTables one={one} first={first.columns} columns={columns} onChange={setColumns} />
        <Unused one={one} columns={columns} />
      </section>
      <section>
        <h2>{t('mapping.rows')}</h2>
        <EntryForm<RowsSaid>
          initial={firstSaid(one, first)}
          verb={t('verbs.check')}
          isBusy={check.isPending}
          error={check.error}
          onSubmit={submit}
          onLeave={onLeave}
        >
          {one.register === 'subject' ? <Choices one={one} /> : null}
          <Entry name="remember" label={t('mapping.remember')} help={t('mapping.remember_help')} isOptional>
            <Input maxLength={60} autoComplete="off" />
          </Entry>
        </EntryForm>
      </section>
    </div>
  )
}

/** Above a county there is no single one that all rows could belong to. */
function firstSaid({ division, mappingName }: RegisterImport, first: Mapping): RowsSaid {
  const isCounty = !division.code.endsWith('00')
  const { pool, tag, source, issueCodes = false } = first
  return {
    division: first.division ?? (isCounty ? 'stated' : 'resolve'),
    issueCodes,
    ...(pool === undefined ? {} : { pool }),
    ...(tag === undefined ? {} : { tag }),
    ...(source === undefined ? {} : { source }),
    ...(mappingName === null ? {} : { remember: mappingName }),
  }
}

interface FieldTableProps {
  readonly one: RegisterImport
  readonly columns: Columns
  readonly onChange: (columns: Columns) => void
}

/** The fields that have a column first; the others wait below, and stay where they are once they get one. */
function FieldTables({ first, ...table }: FieldTableProps & { readonly first: Columns }) {
  const { t } = useTranslation('imports')
  const { fields } = table.one
  const others = fields.filter(({ field }) => !(field in first))
  const matched = fields.filter(({ field }) => field in first)
  const left = others.filter(({ field }) => !(field in table.columns)).length
  return (
    <>
      {matched.length > 0 ? <FieldTable {...table} fields={matched} /> : null}
      {others.length > 0 ? (
        // Every register names what it holds: whoever has to look for that column is not made to look for the list.
        <details className="unmatched" open={!('name' in first)}>
          <summary>{t('mapping.unmatched', { count: left })}</summary>
          <FieldTable {...table} fields={others} />
        </details>
      ) : null}
    </>
  )
}

type Field = RegisterImport['fields'][number]

function FieldTable({
  one,
  columns,
  onChange,
  fields,
}: FieldTableProps & { readonly fields: readonly Field[] }) {
  const { t } = useTranslation('imports')
  const options = one.sheet.header.map((title, at) => ({
    value: at,
    label: t('mapping.column', { number: at + 1, title }),
  }))
  const choice = ({ field, title }: Field): ReactNode => (
    <Select<number>
      aria-label={t('mapping.column_of', { title })}
      className="column-of"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('mapping.none')}
      value={columns[field] ?? null}
      options={options}
      onChange={(column: number | undefined) => onChange(withColumn(columns, field, column))}
    />
  )
  return (
    <Rows<Field>
      items={fields}
      keyOf={({ field }) => field}
      isDimmed={({ field }) => !(field in columns)}
      isFixed
      columns={[
        { key: 'field', title: t('mapping.field'), isName: true, width: 220, show: ({ title }) => title },
        { key: 'column', title: t('mapping.file_column'), width: 300, show: choice },
        {
          key: 'sample',
          title: t('mapping.sample'),
          show: ({ field }) => <span className="sample">{sampleOf(one.sheet, columns[field]) || '–'}</span>,
        },
      ]}
    />
  )
}

/** What of the file is left out, so that nobody believes it was taken. */
function Unused({ one, columns }: Omit<FieldTableProps, 'onChange'>) {
  const { t } = useTranslation('imports')
  const unused = unusedColumns(one.sheet, columns)
  if (unused.length === 0) return <p className="fine">{t('mapping.all_used')}</p>
  return (
    <details className="unused">
      <summary>{t('mapping.unused', { count: unused.length })}</summary>
      <ul>
        {unused.map((at) => (
          <li key={at}>
            {one.sheet.header[at] || t('mapping.untitled', { number: at + 1 })}
            <span className="fine">{sampleOf(one.sheet, at)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Nothing is entered, so that neither a county nor a pool has to be said. */
function SourceFields() {
  const { t } = useTranslation('imports')
  return (
    <>
      <Entry name="source" label={t('source')} help={t('source_help')} isOptional>
        <Select allowClear options={SOURCES.map((value) => ({ value, label: t(`sources.${value}`) }))} />
      </Entry>
      <Entry
        name="issueCodes"
        label={t('mapping.codes')}
        help={t('compare_by_name_help')}
        valuePropName="checked"
        isOptional
      >
        <Checkbox>{t('compare_by_name')}</Checkbox>
      </Entry>
    </>
  )
}

function SubjectFields({ one }: { readonly one: RegisterImport }) {
  const { t } = useTranslation('imports')
  return (
    <>
      <Entry name="division" label={t('mapping.county')}>
        <Radio.Group
          className="mode-choice"
          options={[
            { value: 'stated', label: t('mapping.stated', { division: one.division.name }) },
            {
              value: 'resolve',
              label: (
                <>
                  {t('mapping.resolve')}
                  <span className="fine">{t('mapping.resolve_what')}</span>
                </>
              ),
            },
          ]}
        />
      </Entry>
      <Entry
        name="issueCodes"
        label={t('mapping.codes')}
        help={t('mapping.codes_help')}
        valuePropName="checked"
        isOptional
      >
        <Checkbox>{t('mapping.issue_codes')}</Checkbox>
      </Entry>
      <Entry name="pool" label={t('mapping.pool')} help={t('mapping.pool_help')} isOptional>
        <Input maxLength={60} autoComplete="off" />
      </Entry>
      <Entry name="tag" label={t('mapping.tag')} help={t('mapping.tag_help')} isOptional>
        <Input maxLength={60} autoComplete="off" />
      </Entry>
    </>
  )
}
