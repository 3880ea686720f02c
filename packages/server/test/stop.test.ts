import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startTestNode } from './test-node.ts'

test('a node stops though the link of somebody broke in the middle of what they sent', async () => {
  const node = await startTestNode()
  const { hostname, port } = new URL(node.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  const ended = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  socket.write(
    `POST /api/session HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"half":`,
  )
  await expect.poll(() => socket.bytesWritten).toBeGreaterThan(0)
  // Another request has gone the same way since, so that the first is with the node.
  await fetch(`${node.url}/openapi.json`)
  await node.stop()
  await ended
})
