import { z } from 'zod'

/** Text of several lines that people wrote: line breaks stay, nothing invisible that could deceive. */
export const Paragraphs = z
  .string()
  .normalize('NFC')
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(8000)
      .regex(/^(?:[^\p{Cs}\p{Bidi_Control}\p{Cc}\p{Noncharacter_Code_Point}]|[\n\t])*$/u),
  )
