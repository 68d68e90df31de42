import { type Answer, answerOf, api, asBytes } from '../api.ts'
import { UploadInput } from '../ui/upload-input.tsx'
import { useWrite } from '../use-write.ts'

interface EvidenceInputProps {
  /** For what it is brought; it shows nothing else. */
  readonly purpose: 'outside' | 'visit'
  readonly value?: string
  readonly onChange?: (shown: string) => void
  readonly id?: string
}

/** A file that shows something: the ground of a task is named by its hash, what shows a visit by its id. */
export function EvidenceInput({ purpose, value, onChange, id }: EvidenceInputProps) {
  const upload = useWrite<File, Answer<'/api/v1/task-evidence', 'post'>>(
    (file, headers) =>
      answerOf(
        api.POST('/api/v1/task-evidence', { params: { query: { purpose } }, ...asBytes(file, headers) }),
      ),
    { changes: [], onDone: (stored) => onChange?.(purpose === 'visit' ? stored.id : stored.hash) },
  )
  return <UploadInput id={id} value={value} upload={upload} />
}
