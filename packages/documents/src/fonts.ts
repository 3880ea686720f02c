import { readFileSync } from 'node:fs'
import { create, type Font } from 'fontkit'

/*
 * The letterforms, as npm ships them: two weights for each script. Amiri sets Arabic, because with
 * Noto's Arabic fonts the page looks right and its text layer is garbled.
 */

const everyday = [
  '@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf',
  '@expo-google-fonts/noto-serif/700Bold/NotoSerif_700Bold.ttf',
  '@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf',
  '@expo-google-fonts/amiri/700Bold/Amiri_700Bold.ttf',
]
const chinese = [
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
]

const load = (paths: readonly string[]): Buffer[] =>
  paths.map((path) => readFileSync(new URL(import.meta.resolve(path))))

export type Letterforms = {
  readonly blobs: readonly Buffer[]
  readonly hasGlyph: (codePoint: number) => boolean
}

/** What is needed to set this text; the 21 MB of Chinese only where something in it is. */
export function letterformsFor(text: string): Letterforms {
  const few = lettersIn(load(everyday))
  const isEnough = [...new Set(text)].every((sign) => few.hasGlyph(sign.codePointAt(0) ?? 0))
  return isEnough ? few : lettersIn([...few.blobs, ...load(chinese)])
}

function lettersIn(blobs: readonly Buffer[]): Letterforms {
  // A weight has no letter that the other lacks. Collections, which have no such method, are not used.
  const fonts = blobs.filter((_, index) => index % 2 === 0).map((blob) => create(blob) as Font)
  return {
    blobs,
    hasGlyph: (codePoint) => fonts.some((font) => font.hasGlyphForCodePoint(codePoint)),
  }
}

/**
 * The text with every sign that no letterform shows written out by its number, `[U+0E44]`: an
 * archive file must not hold a sign that nobody can read, and nothing may drop out unseen. What is
 * invisible by nature goes, unless a letterform knows it.
 */
export function asShown(text: string, { hasGlyph }: Letterforms): string {
  let shown = ''
  for (const sign of text) {
    const codePoint = sign.codePointAt(0) ?? 0
    if (sign === '\n') shown += sign
    else if (sign === '\t') shown += ' '
    else if (hasGlyph(codePoint) && !forbidden.test(sign)) shown += sign
    else if (!/\p{Default_Ignorable_Code_Point}/u.test(sign)) shown += numberOf(codePoint)
  }
  return shown
}

/** What a tagged archive file must not hold, even where a letterform has it. */
const forbidden = /[\p{Cc}\p{Cs}\uFEFF\uFFFE\uFFFF]/u

const numberOf = (codePoint: number): string =>
  `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`
