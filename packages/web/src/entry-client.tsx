import { createBrowserHistory, RouterProvider } from '@tanstack/react-router'
import { createClient } from '@tocsin/api/client.ts'
import { listCountries } from '@tocsin/api/countries.ts'
import type { Output } from '@tocsin/api/route.ts'
import { getSession } from '@tocsin/api/session.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { Catalogue, DeskMessages, MessageKey, OpenMessages } from '@tocsin/i18n/catalogue.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import { hydrateRoot } from 'react-dom/client'
import './styles/index.css'
import { type Answers, remembering } from './shell/answers.ts'
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

type State = Omit<Shell, 'client' | 't' | 'has'> & { readonly answers: Answers }

/** What does not change while somebody reads: signing in or out loads a whole new page. */
const lasting = [listCountries, getSession]

async function start(root: HTMLElement, { answers, ...reader }: State): Promise<void> {
  const client = remembering(
    createClient((path, init) => fetch(path, init)),
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
  hydrateRoot(root, <RouterProvider router={router} />)
}

const root = document.getElementById('root')
const state = document.getElementById('state')?.textContent
if (root && state) void start(root, JSON.parse(state))
