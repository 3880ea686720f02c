import type { AudienceSentence as Sentence } from '@tocsin/api/sharing.ts'
import { AudienceSentence } from '../docket/AudienceSentence.tsx'
import { useShell } from '../shell/context.ts'

/** Exactly who gets it, and for whoever does not, why: as the node decides it. */
export function SharingSentence({ sentence }: { readonly sentence: Sentence }) {
  const { t } = useShell()
  const isSimplyOut = ({ reason }: Sentence['notReaders'][number]) => reason === 'not-in-audience'
  return (
    <AudienceSentence
      visibleTo={sentence.readers.map(({ name }) => name)}
      notVisibleTo={[
        ...sentence.notReaders.filter(isSimplyOut).map(({ name }) => name),
        t('matter.public'),
      ]}
      notSent={sentence.notReaders.filter((left) => !isSimplyOut(left))}
    />
  )
}
