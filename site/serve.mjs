// Serves the built site on this machine alone, below RESMARK_SITE_BASE. `node serve.mjs` says where.
import { preview } from 'vite'

/** Serves the folder `site` below the path `base`. Returns the address and the server, which is closed by `close()`. */
export async function serve(site, base, port = 0) {
  const server = await preview({
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    base,
    build: { outDir: site },
    preview: { host: '127.0.0.1', port },
  })
  return { address: `http://127.0.0.1:${server.httpServer.address().port}${base}`, server }
}

if (process.argv[1] === import.meta.filename) {
  const { address } = await serve(process.env.RESMARK_SITE, process.env.RESMARK_SITE_BASE ?? '/', 4173)
  console.log(`Read the guide at ${address}; Ctrl+C ends this.`)
}
