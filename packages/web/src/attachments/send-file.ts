import { addAttachment } from '@tocsin/api/attachments.ts'
import { addressOf, problemOf } from '@tocsin/api/client.ts'
import type { Input } from '@tocsin/api/route.ts'
import { ATTACHMENT_BYTES, cleanName } from '@tocsin/domain/attachment.ts'
import { Problem } from '@tocsin/domain/problem.ts'

type Told = (sent: number) => void

/**
 * Puts a file on a matter and tells how many bytes have left: the one thing that `fetch` cannot say.
 * What the node would refuse does not leave at all.
 */
export async function sendFile(
  { params }: Pick<Input<typeof addAttachment>, 'params'>,
  file: File,
  tell: Told,
): Promise<void> {
  if (cleanName(file.name) === undefined) throw new Problem('attachment.wrong-type')
  if (file.size > ATTACHMENT_BYTES) throw new Problem('attachment.too-large')
  if (file.size === 0) throw new Problem('attachment.empty')
  const query = { name: file.name }
  const answer = await upload(addressOf(addAttachment, { params, query, stream: file }), file, tell)
  if (!answer.ok) throw await problemOf(answer)
}

const upload = (address: string, file: File, tell: Told): Promise<Response> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(addAttachment.method, address)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded }) => tell(loaded))
    // As `fetch` says that no answer came.
    request.addEventListener('error', () => reject(new TypeError('no answer came')))
    request.addEventListener('load', () =>
      resolve(new Response(request.responseText, { status: request.status })),
    )
    request.send(file)
  })
