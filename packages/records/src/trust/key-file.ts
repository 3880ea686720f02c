import { armor, Decrypter, Encrypter } from 'age-encryption'
import { z } from 'zod'
import { fromBase64Url, toBase64Url } from '../base64.ts'

/*
 * One key of a root of trust in a file, under a passphrase: plain age, so that `age -d` opens it on
 * any machine, with or without this program.
 */

const KeyFile = z.strictObject({
  use: z.literal('tocsin-root-key'),
  seed: z.base64url().length(43),
})

export async function writeKeyFile(seed: Uint8Array, passphrase: string): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  const content = { use: 'tocsin-root-key', seed: toBase64Url(seed) }
  return armor.encode(await encrypter.encrypt(JSON.stringify(content)))
}

/** Undefined where the passphrase or the file is another one. */
export async function readKeyFile(
  text: string,
  passphrase: string,
): Promise<Uint8Array | undefined> {
  try {
    const decrypter = new Decrypter()
    decrypter.addPassphrase(passphrase)
    const content = await decrypter.decrypt(armor.decode(text), 'text')
    return fromBase64Url(KeyFile.parse(JSON.parse(content)).seed)
  } catch {
    return undefined
  }
}
