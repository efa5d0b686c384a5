// The script of the Web Worker that keeps the answers: it starts the third module, which alone holds keys.
import start from "./{{intake-keeper.js}}";

await start();
