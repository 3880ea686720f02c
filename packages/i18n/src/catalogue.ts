import type { desk } from './desk-en.ts'
import type { machine } from './machine-en.ts'
import type { open } from './open-en.ts'

/* English names every message; another language that lacks one does not compile. */

export type OpenMessages = Readonly<Record<keyof typeof open, string>>
export type DeskMessages = Readonly<Record<keyof typeof desk, string>>
export type MachineMessages = Readonly<Record<keyof typeof machine, string>>
export type Catalogue = OpenMessages & DeskMessages & MachineMessages
export type MessageKey = keyof Catalogue
