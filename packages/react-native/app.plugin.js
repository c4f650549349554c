// Where Expo looks for a config plugin.
export { default } from './dist/plugin.js'
