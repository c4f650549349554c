import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createRawServer, type Server as RawServer, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import { nodeFetcher, type ResolveName } from '../src/node/index.js'
import type { OutboundPolicy } from '../src/OutboundPolicy.js'

const running: (Server | RawServer)[] = []
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of running.splice(0)) server.close()
})

/** A host on the loopback address that ends with the test. Gives its port. */
export async function host(listener: RequestListener): Promise<number> {
  return listen(createServer(listener))
}

/** A host that speaks no HTTP of its own. */
export async function rawHost(listener: (socket: Socket) => void): Promise<number> {
  return listen(createRawServer(listener))
}

function listen(server: Server | RawServer): Promise<number> {
  running.push(server)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

/** A fetcher that may reach the loopback address on a port. */
export function localFetcher(ports: readonly number[], policy: OutboundPolicy = {}, resolve?: ResolveName) {
  return nodeFetcher({
    policy: { schemes: ['http'], ports, allowPrivateAddresses: true, deadline: 5000, ...policy },
    ...(resolve !== undefined && { resolve }),
  })
}
