import { useTranslation } from 'react-i18next'
import { ChoiceFilter } from './choice-filter.tsx'

interface CodeFilterProps<Code extends string> {
  readonly label: string
  readonly value: string | undefined
  readonly codes: readonly Code[]
  readonly wordOf: (code: Code) => string
  readonly onChange: (value: string | undefined) => void
}

/** A filter by one of the few codes that a thing can have, such as its state; or by none. */
export function CodeFilter<Code extends string>({ codes, wordOf, ...rest }: CodeFilterProps<Code>) {
  const { t } = useTranslation()
  const choices = codes.map((value) => ({ value, label: wordOf(value) }))
  return <ChoiceFilter {...rest} choices={[{ value: '', label: t('ui.all') }, ...choices]} />
}

/** A filter by year: from the coming one, which is being planned, so many back. */
export function YearFilter({
  back = 2,
  ...rest
}: Omit<CodeFilterProps<string>, 'codes' | 'wordOf'> & { readonly back?: number }) {
  const coming = new Date().getFullYear() + 1
  const years = Array.from({ length: back + 2 }, (_, ago) => String(coming - ago))
  return <CodeFilter {...rest} codes={years} wordOf={(year) => year} />
}
