import { createBrowserHistory, RouterProvider } from '@tanstack/react-router'
import { createClient } from '@tocsin/api/client.ts'
import { listCountries } from '@tocsin/api/countries.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { Catalogue, MessageKey } from '@tocsin/i18n/catalogue-en.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import { hydrateRoot } from 'react-dom/client'
import './styles/index.css'
import { type Answers, remembering } from './shell/answers.ts'
import type { Shell } from './shell/context.ts'
import { followLinks } from './shell/follow-links.ts'
import { createPages } from './shell/router.tsx'

/** One language travels, not six. */
const loaders: Readonly<Record<Locale, () => Promise<Catalogue>>> = {
  ar: async () => (await import('@tocsin/i18n/catalogue-ar.ts')).ar,
  en: async () => (await import('@tocsin/i18n/catalogue-en.ts')).en,
  es: async () => (await import('@tocsin/i18n/catalogue-es.ts')).es,
  fr: async () => (await import('@tocsin/i18n/catalogue-fr.ts')).fr,
  ru: async () => (await import('@tocsin/i18n/catalogue-ru.ts')).ru,
  zh: async () => (await import('@tocsin/i18n/catalogue-zh.ts')).zh,
}

type State = Omit<Shell, 'client' | 't' | 'has'> & { readonly answers: Answers }

/** What does not change while somebody reads. */
const lasting = [listCountries]

async function start(root: HTMLElement, { answers, ...reader }: State): Promise<void> {
  const client = remembering(
    createClient((path, init) => fetch(path, init)),
    answers,
    lasting,
  )
  const catalogue = await loaders[reader.locale]()
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
