import type { SharedAttachmentLine } from '@tocsin/api/attachments.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { getShared } from '@tocsin/api/shared.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { SharedFilesPart } from '../attachments/SharedFilesPart.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { SharedActs } from './SharedActs.tsx'
import { SharedContent } from './SharedContent.tsx'
import { SharedReceipts } from './SharedReceipts.tsx'

export type Shared = Output<typeof getShared>

type Props = { readonly shared: Shared; readonly files: readonly SharedAttachmentLine[] }

/** One thing that another organisation shared: what it says, what was left out, what was answered. */
export function SharedObjectPage({ shared, files }: Props) {
  const { t, locale } = useShell()
  const { type, title, author, marking, modified, redacted, isExercise } = shared
  return (
    <>
      <Masthead
        path={<a href="/network/shared">{t('shared.title')}</a>}
        title={title}
        lede={t('shared.by', { author, what: t(`shared.type-${type}`) })}
        marking={marking}
        facts={[
          { name: t('shared.shared-at'), value: formatInstant(locale, shared.created) },
          { name: t('shared.changed-at'), value: formatInstant(locale, modified) },
          { name: t('shared.kept-at'), value: formatInstant(locale, shared.keptAt) },
        ]}
      />
      {isExercise && (
        <p className="drill" role="note">
          <strong>{t('exercise.word')}</strong> {t('exercise.means')}
        </p>
      )}
      {redacted.length > 0 && (
        <p className="aud" role="note">
          {t('shared.left-out', {
            parts: new Intl.ListFormat(locale).format(
              redacted.map((part) => t(`shared.part-${part}`)),
            ),
          })}
        </p>
      )}
      {type !== 'attachment' && <SharedContent shared={shared} />}
      <SharedFilesPart id={ObjectId.parse(shared.id)} files={files} />
      {shared.reshare && <p className="src">{t(`shared.reshare-${shared.reshare}`)}</p>}
      <SharedActs shared={shared} />
      <SharedReceipts receipts={shared.receipts} />
    </>
  )
}
