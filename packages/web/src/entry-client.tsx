import { createBrowserHistory, RouterProvider } from '@tanstack/react-router'
import { createClient } from '@tocsin/api/client.ts'
import { listCountries } from '@tocsin/api/countries.ts'
import type { Output } from '@tocsin/api/route.ts'
import { getSession } from '@tocsin/api/session.ts'
import { directionOf, type Locale } from '@tocsin/domain/locale.ts'
import type { Catalogue, DeskMessages, MessageKey, OpenMessages } from '@tocsin/i18n/catalogue.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { forgetRoomUnlessOf, readKeptRoom } from './consultations/kept-room.ts'
import './styles/index.css'
import { type Answers, fallingBack, remembering } from './shell/answers.ts'
import type { Shell } from './shell/context.ts'
import { followLinks } from './shell/follow-links.ts'
import { createPages } from './shell/router.tsx'

/** One language travels, not six; and what only those need who have an account, only to them. */
const loaders: Readonly<Record<Locale, Loader>> = {
  ar: {
    open: async () => (await import('@tocsin/i18n/open-ar.ts')).open,
    desk: async () => (await import('@tocsin/i18n/desk-ar.ts')).desk,
  },
  en: {
    open: async () => (await import('@tocsin/i18n/open-en.ts')).open,
    desk: async () => (await import('@tocsin/i18n/desk-en.ts')).desk,
  },
  es: {
    open: async () => (await import('@tocsin/i18n/open-es.ts')).open,
    desk: async () => (await import('@tocsin/i18n/desk-es.ts')).desk,
  },
  fr: {
    open: async () => (await import('@tocsin/i18n/open-fr.ts')).open,
    desk: async () => (await import('@tocsin/i18n/desk-fr.ts')).desk,
  },
  ru: {
    open: async () => (await import('@tocsin/i18n/open-ru.ts')).open,
    desk: async () => (await import('@tocsin/i18n/desk-ru.ts')).desk,
  },
  zh: {
    open: async () => (await import('@tocsin/i18n/open-zh.ts')).open,
    desk: async () => (await import('@tocsin/i18n/desk-zh.ts')).desk,
  },
}
type Loader = {
  readonly open: () => Promise<OpenMessages>
  readonly desk: () => Promise<DeskMessages>
}

async function loadCatalogue(locale: Locale, answers: Answers): Promise<Catalogue> {
  const { open, desk } = loaders[locale]
  const session = answers[getSession.path] as Output<typeof getSession> | undefined
  // Without an account no page draws a message of the desk.
  const none = {} as DeskMessages
  const [opened, more] = await Promise.all([open(), session?.self ? desk() : none])
  // What the node and the command line say is never drawn here.
  return { ...opened, ...more } as Catalogue
}

type State = Omit<Shell, 'client' | 't' | 'has'> & {
  readonly answers: Answers
  /** The page without content that the worker answers with where the node does not. */
  readonly isBare?: true
}

/** What does not change while somebody reads: signing in or out loads a whole new page. */
const lasting = [listCountries, getSession]

/** What a bare page is drawn from: what was kept on the device for its reader, or for a visitor nothing. */
async function fillBare(state: State): Promise<State> {
  const room = await readKeptRoom()
  if (!room) return { ...state, answers: { [getSession.path]: { self: null } } }
  const { self, answers, reader } = room
  const { documentElement } = document
  documentElement.lang = reader.locale
  documentElement.dir = directionOf(reader.locale)
  if (reader.theme === 'auto') delete documentElement.dataset['theme']
  else documentElement.dataset['theme'] = reader.theme
  return { ...state, ...reader, answers: { ...answers, [getSession.path]: { self } } }
}

async function start(root: HTMLElement, given: State): Promise<void> {
  // What was loaded is known also after hours on one page, when it is to be kept.
  performance.setResourceTimingBufferSize(2_000)
  const { answers, isBare, ...reader } = given.isBare ? await fillBare(given) : given
  const session = answers[getSession.path] as Output<typeof getSession> | undefined
  forgetRoomUnlessOf(session?.self?.person)
  const client = remembering(
    fallingBack(
      createClient((path, init) => fetch(path, init)),
      async () => (await readKeptRoom())?.answers,
    ),
    answers,
    lasting,
  )
  const catalogue = await loadCatalogue(reader.locale, answers)
  const t = translator(reader.locale, catalogue)
  const has = (key: string): key is MessageKey => key in catalogue
  const router = createPages({ client, ...reader, t, has }, createBrowserHistory())
  await router.load()
  // Tells the router that the page is drawn already, so that it draws the same again and loads nothing.
  router.ssr = { manifest: undefined }
  followLinks(router, document)
  const pages = <RouterProvider router={router} />
  if (isBare) createRoot(root).render(pages)
  else hydrateRoot(root, pages)
}

const root = document.getElementById('root')
const state = document.getElementById('state')?.textContent
if (root && state) void start(root, JSON.parse(state))
