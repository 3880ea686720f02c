import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { Reader } from '@tocsin/api/matters.ts'
import type { Group, SharedAudience } from '@tocsin/api/sharing.ts'
import { isOfStateConcerned } from '@tocsin/domain/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { StepUp } from '../identity/StepUp.tsx'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { GroupsPart } from './GroupsPart.tsx'
import { SharedAudienceItem } from './SharedAudienceItem.tsx'
import { SharingForm } from './SharingForm.tsx'
import { SharingProposals } from './SharingProposals.tsx'
import type { SharingProposal } from './sharing-proposals.ts'

type Props = {
  readonly opened: OpenedMatter
  readonly audiences: readonly SharedAudience[]
  readonly readers: readonly Reader[]
  readonly groups: readonly Group[]
  readonly proposals: readonly SharingProposal[]
}

/** With whom a matter is shared and why others do not get it, and how that is changed. */
export function SharingPage({ opened, audiences, readers, groups, proposals }: Props) {
  const { t } = useShell()
  const { matter, asOf } = opened
  const shared = audiences.find(({ id }) => (id as string) === matter.id)
  const nameOf = (id: string) => readers.find((reader) => reader.id === id)?.name ?? id
  const self = readers.find(({ id }) => id === matter.organisation)
  const concerned = readers.filter((reader) => self && isOfStateConcerned(matter, self, reader))
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
        <ul className="audiences">
          {audiences.map((audience) => (
            <SharedAudienceItem key={audience.id} audience={audience} asOf={asOf} nameOf={nameOf} />
          ))}
        </ul>
      </section>
      <SharingProposals proposals={proposals} />
      {matter.closedAt === null && (
        <>
          <section className="sec">
            <div className="h">
              <h2>{t('sharing.share-members')}</h2>
            </div>
            <SharingForm purpose="readers" {...{ matter, shared, readers, groups, proposals }} />
          </section>
          {concerned.length > 0 && (
            <details className="sec">
              <summary>{t('sharing.share-reply')}</summary>
              <p className="two">{t('sharing.share-reply-hint')}</p>
              <SharingForm
                purpose="right-of-reply"
                {...{ matter, shared: undefined, readers: concerned, groups: [], proposals }}
              />
            </details>
          )}
        </>
      )}
      <GroupsPart own={matter.organisation} groups={groups} readers={readers} />
    </StepUp>
  )
}
