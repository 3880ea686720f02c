import { abolishPost, addPost } from '@tocsin/api/people.ts'
import { Day, type OrganisationId } from '@tocsin/domain/brand.ts'
import {
  type Holding,
  holdersOn,
  type Person,
  type Post,
  type PostId,
} from '@tocsin/domain/people.ts'
import { SureButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { AppointForm } from './AppointForm.tsx'
import { HoldingLine } from './HoldingLine.tsx'

type Props = {
  readonly organisation: OrganisationId
  readonly posts: readonly Post[]
  readonly holdings: readonly Holding[]
  readonly people: readonly Person[]
  readonly mayManage: boolean
}

/** The posts: functions that stay while those who hold them change. */
export function PostsPart({ organisation, posts, mayManage, ...held }: Props) {
  const { t, client } = useShell()
  const add = async (fields: FormData, id: string) => {
    const body = { id: id as PostId, organisation, title: textOf(fields, 'title') }
    await client(addPost, { body })
  }
  const standing = posts.filter(({ abolishedAt }) => abolishedAt === null)
  const abolished = posts.filter(({ abolishedAt }) => abolishedAt !== null)
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('people.posts')}</h2>
        <span className="more">{t('people.posts-hint')}</span>
      </div>
      {standing.length === 0 && <p>{t(mayManage ? 'people.no-posts' : 'people.no-posts-yet')}</p>}
      <ul className="list">
        {standing.map((post) => (
          <PostItem key={post.id} post={post} mayManage={mayManage} {...held} />
        ))}
      </ul>
      {abolished.length > 0 && (
        <details className="sure">
          <summary>{t('people.abolished-posts', { n: abolished.length })}</summary>
          <ul className="list">
            {abolished.map((post) => (
              <PostItem key={post.id} post={post} mayManage={false} {...held} />
            ))}
          </ul>
        </details>
      )}
      {mayManage && (
        <ActForm submit={t('people.add-post')} deed={add}>
          <Field name="title" label={t('people.new-post')} maxLength={200} required />
        </ActForm>
      )}
    </section>
  )
}

type ItemProps = Pick<Props, 'holdings' | 'people' | 'mayManage'> & { readonly post: Post }

function PostItem({ post, holdings, people, mayManage }: ItemProps) {
  const { t, client } = useShell()
  const { id, title, abolishedAt } = post
  const today = Day.parse(new Date().toISOString().slice(0, 10))
  const own = holdings.filter((holding) => holding.post === id)
  const now = holdersOn(own, today)
  const later = own.filter(({ fromDay }) => fromDay > today)
  const past = own.filter(({ untilDay }) => untilDay !== null && untilDay < today)
  const abolish = async () => {
    await client(abolishPost, { params: { post: id } })
  }
  const lines = (some: readonly Holding[]) =>
    some.map((holding) => (
      <HoldingLine key={holding.id} holding={holding} people={people} mayManage={mayManage} />
    ))
  return (
    <li>
      <div>
        <h3>{title}</h3>
        <ul>{lines(now)}</ul>
        {now.length === 0 && abolishedAt === null && (
          <p className="hold">{t(mayManage ? 'people.vacant' : 'people.vacant-now')}</p>
        )}
        {later.length > 0 && (
          <>
            <p className="two sm">{t('people.later-holders')}</p>
            <ul>{lines(later)}</ul>
          </>
        )}
        {past.length > 0 && (
          <details className="sure">
            <summary>{t('people.past-holders', { n: past.length })}</summary>
            <ul>{lines(past)}</ul>
          </details>
        )}
      </div>
      {mayManage && (
        <div className="side">
          <AppointForm post={id} people={people} today={today} />
          <SureButton
            act={t('people.abolish')}
            warning={t('people.abolish-warning')}
            about={title}
            deed={abolish}
          >
            {t('people.abolish')}
          </SureButton>
        </div>
      )}
    </li>
  )
}
