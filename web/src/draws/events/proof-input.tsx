import { type Answer, answerOf, api, asBytes } from '../../api.ts'
import { UploadInput } from '../../ui/upload-input.tsx'
import { useWrite } from '../../use-write.ts'

interface ProofInputProps {
  readonly value?: string
  readonly onChange?: (hash: string) => void
  readonly id?: string
}

/** A file that shows a reason, named by its hash: that hash stands in the public event, the file does not. */
export function ProofInput({ value, onChange, id }: ProofInputProps) {
  const upload = useWrite<File, Answer<'/api/v1/draw-evidence', 'post'>>(
    (file, headers) => answerOf(api.POST('/api/v1/draw-evidence', asBytes(file, headers))),
    { changes: [], onDone: ({ hash }) => onChange?.(hash) },
  )
  return <UploadInput id={id} value={value} upload={upload} />
}
