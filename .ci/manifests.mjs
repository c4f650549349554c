// Writes package.json and the stub folders of every package from .ci/packages.mjs; with --check, only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packages } from './packages.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const check = process.argv.includes('--check')
const { version } = JSON.parse(readFileSync(join(root, 'packages/core/package.json'), 'utf8'))
const stale = []

function internalDependencies(name) {
  const found = new Set()
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (/\.tsx?$/.test(entry.name))
        for (const [, other] of readFileSync(path, 'utf8').matchAll(/(?:from|import\() ?'@cccd\/([a-z0-9-]+)/g))
          if (other !== name) found.add(other)
    }
  }
  const source = join(root, 'packages', name, 'src')
  if (existsSync(source)) walk(source)
  return [...found].sort()
}

function target(file) {
  return {
    import: { types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` },
    require: { types: `./dist/${file}.d.cts`, default: `./dist/${file}.cjs` },
  }
}

function exportOf(entry) {
  if (typeof entry === 'string') return { '@cccd/source': `./src/${entry}.ts`, ...target(entry) }
  const portable = target(entry.default)
  return {
    '@cccd/source': { types: `./src/${entry.default}.ts`, node: `./src/${entry.node}.ts`, default: `./src/${entry.default}.ts` },
    'react-native': portable,
    workerd: portable,
    'edge-light': portable,
    browser: portable,
    node: target(entry.node),
    default: portable,
  }
}

function put(path, value) {
  const text = typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  if (check) stale.push(path)
  else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

for (const [name, entry] of Object.entries(packages)) {
  const folder = join(root, 'packages', name)
  const file = join(folder, 'package.json')
  const main = typeof entry.entries['.'] === 'string' ? entry.entries['.'] : entry.entries['.'].default
  const dependencies = { ...entry.dependencies }
  for (const other of internalDependencies(name)) dependencies[`@cccd/${other}`] = version
  const sorted = (map) => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
  const subpaths = Object.keys(entry.entries).filter((subpath) => subpath !== '.')
  put(file, {
    name: `@cccd/${name}`,
    version,
    description: entry.description,
    license: 'Apache-2.0',
    engines: { node: '>=20.19' },
    type: 'module',
    sideEffects: false,
    files: ['dist', 'src', ...(entry.expoPlugin ? ['app.plugin.js'] : []), ...subpaths.map((subpath) => subpath.slice(2))],
    main: `./dist/${main}.cjs`,
    module: `./dist/${main}.js`,
    types: `./dist/${main}.d.ts`,
    'react-native': `./dist/${main}.cjs`,
    exports: {
      ...Object.fromEntries(Object.entries(entry.entries).map(([subpath, value]) => [subpath, exportOf(value)])),
      // Expo asks for this name, either through the exports or as the file beside package.json.
      ...(entry.expoPlugin ? { './app.plugin.js': target(entry.expoPlugin) } : {}),
      './package.json': './package.json',
    },
    ...(entry.bin ? { bin: { cccd: `./dist/${entry.bin}.js` } } : {}),
    ...(Object.keys(dependencies).length ? { dependencies: sorted(dependencies) } : {}),
    ...(entry.optional ? { optionalDependencies: sorted(entry.optional) } : {}),
    ...(entry.optionalPeers
      ? {
          peerDependencies: sorted(entry.optionalPeers),
          peerDependenciesMeta: Object.fromEntries(Object.keys(entry.optionalPeers).map((peer) => [peer, { optional: true }])),
        }
      : {}),
    publishConfig: { access: 'public' },
  })
  if (entry.expoPlugin)
    put(
      join(folder, 'app.plugin.js'),
      `// Where Expo looks for a config plugin.\nexport { default } from './dist/${entry.expoPlugin}.js'\n`,
    )
  const versionFile = join(folder, 'src/version.ts')
  if (existsSync(versionFile))
    put(versionFile, `/** The version of this package, written from its manifest. */\nexport const version = '${version}'\n`)
  for (const subpath of subpaths) {
    const value = entry.entries[subpath]
    const up = subpath
      .slice(2)
      .split('/')
      .map(() => '..')
      .join('/')
    put(join(folder, subpath, 'package.json'), {
      main: `${up}/dist/${value}.cjs`,
      module: `${up}/dist/${value}.js`,
      types: `${up}/dist/${value}.d.ts`,
      'react-native': `${up}/dist/${value}.cjs`,
    })
  }
}
if (stale.length) {
  console.error(`stale manifests, run npm run manifests:\n${stale.join('\n')}`)
  process.exit(1)
}
