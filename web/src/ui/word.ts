import { useTranslation } from 'react-i18next'
import { fill } from './problem.tsx'

/** Sentences that are found by a code of the server under a branch of a file of words; an unknown code comes back as it is. */
export function useWord(
  branch: string,
  file = 'console',
): (code: string, params?: Readonly<Record<string, unknown>>) => string {
  const { i18n } = useTranslation()
  return (code, params = {}) => {
    const whole: unknown = i18n.getResourceBundle(i18n.language, file)
    const tree = branch.split('.').reduce(branchOf, whole)
    const sentence = branchOf(tree, code)
    return typeof sentence === 'string' ? fill(sentence, params) : code
  }
}

function branchOf(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && key in node
    ? (node as Readonly<Record<string, unknown>>)[key]
    : undefined
}
