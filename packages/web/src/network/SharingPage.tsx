import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { Reader } from '@tocsin/api/matters.ts'
import type { SharedAudience } from '@tocsin/api/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { StepUp } from '../identity/StepUp.tsx'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { SharingForm } from './SharingForm.tsx'
import { SharingSentence } from './SharingSentence.tsx'

type Props = {
  readonly opened: OpenedMatter
  readonly audiences: readonly SharedAudience[]
  readonly readers: readonly Reader[]
}

/** With whom a matter is shared and why others do not get it, and how that is widened. */
export function SharingPage({ opened: { matter }, audiences, readers }: Props) {
  const { t, locale } = useShell()
  const own = audiences.find(({ id }) => (id as string) === matter.id)
  return (
    <StepUp>
      <Masthead
        path={
          <a href={`/matters/${matter.id}`}>
            <bdi>{`${symbolOf('M', matter)} ${matter.title}`}</bdi>
          </a>
        }
        title={t('sharing.share-title')}
        lede={t('sharing.share-lede')}
        marking={matter.marking}
        facts={[]}
      />
      <section className="sec">
        <div className="h">
          <h2>{t('sharing.share-now')}</h2>
        </div>
        {audiences.length === 0 && <p>{t('sharing.share-nobody')}</p>}
        {audiences.map(({ id, sentence, redacted }) => (
          <div key={id} className="spoken">
            <SharingSentence sentence={sentence} />
            {redacted.length > 0 && (
              <p className="src">
                {t('shared.left-out', {
                  parts: new Intl.ListFormat(locale).format(
                    redacted.map((part) => t(`sharing.redacted-${part}`)),
                  ),
                })}
              </p>
            )}
          </div>
        ))}
      </section>
      {matter.closedAt === null && <SharingForm matter={matter} shared={own} readers={readers} />}
    </StepUp>
  )
}
