// Runs tests that are compiled for WASI: node run.mjs MODULE ROOT TARGET [ARGUMENT…]
// They see the repository and cargo's target folder, each under its own path.
import { readFile } from 'node:fs/promises';
import { argv, env, exit } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { WASI } from 'node:wasi';

// Node 20 calls WASI by a short way that corrupts its own heap while the collector is at work on other threads:
// it then crashes somewhere later, or after all has passed. The long way is safe.
setFlagsFromString('--no-turbo-fast-api-calls');

const [, , file, root, target, ...args] = argv;
const own = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('INTAKE_')));
const wasi = new WASI({
  version: 'preview1',
  args: [file, ...args],
  env: own,
  preopens: { [root]: root, [target]: target },
  returnOnExit: true,
});
const module = await WebAssembly.compile(await readFile(file));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
exit(wasi.start(instance));
