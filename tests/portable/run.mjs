// Runs tests that are compiled for WASI: node run.mjs MODULE ROOT TARGET [ARGUMENT…]
// They see the repository and cargo's target folder, each under its own path.
import { readFile } from 'node:fs/promises';
import { argv, env, exit } from 'node:process';
import { WASI } from 'node:wasi';

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
