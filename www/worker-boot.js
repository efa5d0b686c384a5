// The script of the Web Worker: it starts the second module, which then answers the page's messages.
import start from "./{{intake-worker.js}}";

await start();
