import type { FileDetails } from '../../../../shared/models/listing.ts'
import { contradicts } from '../../format/type.ts'
import { useApp } from '../../store/store-context.tsx'
import { Field } from './field.tsx'

type FoundFieldProps = {
  readonly node: number
  readonly file: FileDetails
  readonly onCopy: (text: string) => void
}

/** The MIME type that a file's first bytes tell, once they have been looked at. */
export function FoundField({ node, file, onCopy }: FoundFieldProps) {
  const found = useApp(({ foundType, listing }) =>
    foundType?.node === node && foundType.listing === listing?.listing ? foundType : null,
  )
  if (!found) return null
  const isOther = found.mime !== null && contradicts(file.mimeType, found.mime)
  return (
    <Field
      label="Found"
      note={`${found.mime ?? 'No known type'}${isOther ? ', not what the run says' : ''}`}
      copy={found.mime ?? undefined}
      onCopy={onCopy}
    >
      {found.description}
    </Field>
  )
}
