import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openBrowser } from './browser.ts'

const designs = fileURLToPath(new URL('../../shared/ui/png/', import.meta.url))
const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))

const hasDesigns = existsSync(designs)
if (!hasDesigns) {
  process.stdout.write('Left out: pictures beside the design, because ../shared/ui is not here.\n')
}

const HEIGHT = 1600

/** Each of our pictures beside the design of the same screen: the design left, ours right. */
export async function putBeside(pairs: Readonly<Record<string, readonly [string, string]>>) {
  if (!hasDesigns) return
  const page = await (await openBrowser()).newPage()
  await page.setViewportSize({ width: 1600, height: HEIGHT })
  for (const [name, [design, ours]] of Object.entries(pairs)) {
    const images = await Promise.all(
      [`${designs}${design}.png`, `${screenshots}${ours}.png`].map(async (path) => {
        const src = `data:image/png;base64,${(await readFile(path)).toString('base64')}`
        return `<img height="${HEIGHT}" src="${src}" alt="">`
      }),
    )
    await page.setContent(`<main style="display:inline-flex;gap:16px">${images.join('')}</main>`)
    await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
    const picture = await page.locator('main').screenshot()
    await writeFile(`${screenshots}beside-${name}.png`, picture)
  }
}
