// The checkout as the architecture tests read it: paths, texts, imports.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

/** Path below the root → text. */
export type Sources = ReadonlyMap<string, string>

export function imports(tree: Sources): { readonly from: string; readonly to: string }[] {
  const forms =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)|(?:^|\n)\s*import\s*['"]([^'"]+)|\bimport\(\s*['"]([^'"]+)/g
  return [...tree].flatMap(([from, text]) =>
    [...codeOf(text).matchAll(forms)].map((found) => ({ from, to: found[1] ?? found[2] ?? found[3] ?? '' })),
  )
}

export function resolve(from: string, to: string): string {
  return posix.normalize(posix.join(dirname(from), to))
}

/** Without comments. */
export function codeOf(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
}

/** Without what stands in quotes. */
export function withoutText(code: string): string {
  return code.replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "''")
}

export function isTest(path: string): boolean {
  return /(^|\/)(test|e2e)\//.test(path) || /\.test\.tsx?$/.test(path)
}

export function isGenerated(path: string): boolean {
  return path.endsWith('.gen.ts') || path.startsWith('draw/kernel/assembly/')
}

export function only(tree: Sources, keep: (path: string) => boolean): Sources {
  return new Map([...tree].filter(([path]) => keep(path)))
}

export function readTree(root: string): Sources {
  const skipped = new Set(['node_modules', 'dist', 'var', 'coverage', '.git', '__pycache__'])
  const tree = new Map<string, string>()
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !skipped.has(entry.name)) visit(path)
      else if (entry.isFile() && /\.(ts|tsx|mjs|py|sh|sql|md|json|ya?ml)$/.test(entry.name))
        tree.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'))
    }
  }
  visit(root)
  return tree
}
