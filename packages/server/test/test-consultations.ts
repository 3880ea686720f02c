import * as api from '@tocsin/api/consultations.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { ConsultationId, Convening } from '@tocsin/domain/consultation.ts'
import type { ContributionId, Saying } from '@tocsin/domain/contribution.ts'
import { newId } from '@tocsin/domain/id.ts'
import { readMarkup } from '@tocsin/domain/rich-text.ts'
import type { TestPerson } from './test-people.ts'

export const convening = (
  participants: readonly OrganisationId[],
  parts: Partial<Convening> = {},
): Convening => ({
  id: newId<ConsultationId>(),
  title: 'Joint presence at the Marrow border posts',
  request: 'At the request of Belmara, after 1,900 people crossed in four days.',
  participants: [...participants],
  observers: [],
  concerned: [],
  agenda: ['Facts agreed', 'Joint presence'],
  ...parts,
})

export const saying = (words: string, parts: Partial<Saying> = {}): Saying => ({
  kind: 'statement',
  item: null,
  replyTo: null,
  locale: 'en',
  text: [...readMarkup(words)] as Saying['text'],
  writtenAt: null,
  translates: null,
  ...parts,
})

type Where = { readonly id?: ContributionId; readonly thread?: OrganisationId }

export const say = (
  { call }: TestPerson,
  consultation: ConsultationId,
  said: Saying,
  { id = newId<ContributionId>(), thread }: Where = {},
) =>
  call(api.contribute, {
    params: { consultation, contribution: id },
    query: { thread },
    body: said,
  })

export const exchangeOf = async (
  { call }: TestPerson,
  consultation: ConsultationId,
  query: { thread?: OrganisationId; before?: string } = {},
) => call(api.listContributions, { params: { consultation }, query })

/** Who said what, the oldest first, as somebody reads it. */
export const wordsOf = async (
  person: TestPerson,
  consultation: ConsultationId,
  thread?: OrganisationId,
) =>
  (await exchangeOf(person, consultation, thread ? { thread } : {})).contributions
    .map(({ organisation, text, heard }) => [
      heard?.organisation ?? organisation,
      JSON.stringify(text),
    ])
    .reverse()

export const roomOf = async ({ call }: TestPerson, consultation: ConsultationId) => {
  const found = await call(api.getConsultation, { params: { consultation } })
  if (found.view !== 'room') throw new Error('only heard')
  return found
}

/** The code of the problem that an act ends in; `done` where it is done. */
export const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (problem: { code: string }) => problem.code,
  )

/** A text of one paragraph, as it is told. */
export const paragraph = (words: string) => JSON.stringify([{ kind: 'paragraph', runs: [words] }])

/** What is real, and no drill. */
export const real = { exercise: false } as const
