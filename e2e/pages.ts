/** Every page a visitor can reach, by the name of its screenshot. A new page belongs here. */
export const publicPages: Readonly<Record<string, string>> = {
  world: '/world',
  country: '/country/TCD',
  bodies: '/bodies',
  body: '/bodies/AU',
  editions: '/editions',
  scores: '/scores',
  data: '/data',
  help: '/help',
  'not-found': '/no-such-page',
}
