import { z } from 'zod'

/** How grave a matter is judged to be: watch, notice, concern, warning, imminent, occurring. */
export const Level = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
])
export type Level = z.infer<typeof Level>

/** A level at which somebody is warned. */
export const WarningLevel = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
])
export type WarningLevel = z.infer<typeof WarningLevel>

/** How sure those who judge are of their judgement. */
export const Confidence = z.enum(['low', 'moderate', 'high'])
export type Confidence = z.infer<typeof Confidence>
